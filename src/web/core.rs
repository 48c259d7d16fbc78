//! What JavaScript calls. Scopes go by number, calls by the number of their ticket, and what is not known is NaN.
//!
//! Whoever calls something that may change a scope asks [`next`] afterwards what is to be done, until that is nothing,
//! and then [`arm`] when to come back.

use wasm_bindgen::prelude::*;

use super::clock::{Clock, wall};
use super::fields::Lines;
use super::lane::{Lane, Recipe};
use super::report::{Kind, Report, millis};
use super::verdict::Verdict;
use super::world::{with_scope, with_world};
use crate::headers::{Class, classify, classify_body, how_long};
use crate::throttle::{Advice, Backoff, Entry, Fate, Jitter, Limits, Plan, Priority, Request, Ticket, Unit};
use crate::time::Span;

// Bits of what `enter` is told of a request, above its priority; the same stand in call.js.
const PRIORITY: u32 = 3;
const RESEND: u32 = 4;
const AGAIN_IF_UNAVAILABLE: u32 = 8;

/// Makes a scope with these options, checked numbers or NaN for the default, and returns its number. The jitter goes
/// by its place in the list of `options.js`.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "to hand an object across would cost more than the scope")]
pub fn open(
    max_in_flight: f64,
    max_attempts: f64,
    max_pause_ms: f64,
    max_queue: f64,
    base_ms: f64,
    max_ms: f64,
    jitter: u32,
    rate: f64,
    burst: f64,
) -> u32 {
    let count = |number: f64, default: u32| if number.is_nan() { default } else { number as u32 };
    let limits = Limits::default();
    let limits = Limits {
        max_in_flight: count(max_in_flight, limits.max_in_flight),
        max_attempts: count(max_attempts, limits.max_attempts),
        max_pause: span(max_pause_ms).unwrap_or(limits.max_pause),
        max_queue: count(max_queue, limits.max_queue),
    };
    let jitter = match jitter {
        1 => Jitter::Equal,
        2 => Jitter::Decorrelated,
        3 => Jitter::None,
        _ => Jitter::Full,
    };
    let backoff = Backoff::default();
    let (base, max) = (span(base_ms).unwrap_or(backoff.base), span(max_ms).unwrap_or(backoff.max));
    let backoff = Backoff::new(base, max, jitter);
    let plan = (!rate.is_nan()).then_some(Plan { rate, burst });
    with_world(|world| world.lanes.insert(Lane::new(Recipe { limits, backoff, plan }, Clock::start())))
}

/// Makes a scope with the options of another. Where a person holds that, or has closed it, the new one is too.
#[wasm_bindgen]
pub fn another(scope: u32) -> u32 {
    with_world(|world| {
        let lane = world.lanes.get_mut(scope).map(Lane::another);
        lane.map_or(0, |lane| world.lanes.insert(lane))
    })
}

/// Forgets a scope.
#[wasm_bindgen]
pub fn release(scope: u32) {
    with_world(|world| {
        world.lanes.remove(scope);
    });
}

/// A call is made, which the other half knows by this number. Returns its ticket: above zero if it is to be sent now,
/// below if it waits. Zero if it cannot even wait: the report says why.
#[wasm_bindgen]
pub fn enter(scope: u32, call: u32, flags: u32, max_wait_ms: f64) -> f64 {
    let request = Request {
        priority: match flags & PRIORITY {
            0 => Priority::High,
            1 => Priority::Auto,
            _ => Priority::Low,
        },
        max_wait: span(max_wait_ms),
        resend: flags & RESEND != 0,
        idempotent: flags & AGAIN_IF_UNAVAILABLE != 0,
    };
    with_world(|world| {
        let Some(lane) = world.lanes.get_mut(scope) else { return 0.0 };
        match lane.scope.enqueue(lane.clock.now(), request, call) {
            Ok(Entry::Send(ticket)) => ticket.to_number(),
            Ok(Entry::Wait(ticket)) => -ticket.to_number(),
            Err(refusal) => {
                world.report = Report::rejection(call, refusal.rejection, &lane.clock);
                0.0
            }
        }
    })
}

/// A call was answered by what is no throttle, whatever its headers say.
#[wasm_bindgen]
pub fn accepted(scope: u32, ticket: f64) {
    with_scope(scope, |scope, now| scope.accepted(now, Ticket::from_number(ticket)));
}

/// A call was answered by what may be a throttle. Says what becomes of the answer.
#[wasm_bindgen]
pub fn answered(scope: u32, ticket: f64, status: u16, fields: &str, random: u32) -> u32 {
    judge(scope, ticket, classify(status, &Lines(fields)), status, fields, random) as u32
}

/// The body of an undecided answer was read.
#[wasm_bindgen]
pub fn judged(scope: u32, ticket: f64, body: &str, fields: &str, random: u32) -> u32 {
    judge(scope, ticket, classify_body(body), 429, fields, random) as u32
}

/// A call came back without an answer.
#[wasm_bindgen]
pub fn failed(scope: u32, ticket: f64) {
    with_scope(scope, |scope, now| scope.failed(now, Ticket::from_number(ticket)));
}

/// A caller has lost interest.
#[wasm_bindgen]
pub fn abort(scope: u32, ticket: f64) {
    with_scope(scope, |scope, now| scope.abort(now, Ticket::from_number(ticket)));
}

/// An answer that no scope has asked for. Returns for how long the scope now pauses, in milliseconds; below zero if
/// the answer is no throttle.
#[wasm_bindgen(js_name = answeredElsewhere)]
pub fn answered_elsewhere(scope: u32, status: u16, fields: &str, random: u32) -> f64 {
    let class = classify(status, &Lines(fields));
    if class == Class::Other {
        return -1.0;
    }
    let advice = how_long(status, &Lines(fields), wall()).map(Advice::from);
    let unit = Unit::from_bits(random);
    let paused = with_scope(scope, |scope, now| {
        if class == Class::QuotaExceeded {
            scope.quota_exceeded_elsewhere(now);
            return None;
        }
        Some(scope.throttled_elsewhere(now, advice, unit))
    });
    paused.map_or(0.0, millis)
}

/// A person holds the scope; without a duration, until [`resume`].
#[wasm_bindgen]
pub fn pause(scope: u32, duration_ms: f64) {
    with_scope(scope, |scope, now| {
        scope.pause(now, span(duration_ms));
    });
}

/// A person ends the pause.
#[wasm_bindgen]
pub fn resume(scope: u32) {
    with_scope(scope, |scope, now| {
        scope.resume(now);
    });
}

/// Rejects what waits, and every later call.
#[wasm_bindgen]
pub fn close(scope: u32) {
    with_scope(scope, |scope, _| {
        scope.close();
    });
}

/// The scope's timer has fired.
#[wasm_bindgen]
pub fn wake(scope: u32) {
    with_world(|world| {
        if let Some(lane) = world.lanes.get_mut(scope) {
            lane.wake.disarm();
            lane.scope.wake(lane.clock.now());
        }
    });
}

/// What the scope wants done next; the report has the particulars.
#[wasm_bindgen]
pub fn next(scope: u32) -> u32 {
    with_world(|world| {
        let Some(lane) = world.lanes.get_mut(scope) else { return Kind::Nothing as u32 };
        while let Some(action) = lane.scope.next_action() {
            if let Some((kind, report)) = Report::action(&action, &lane.scope, &lane.clock) {
                world.report = report;
                return kind as u32;
            }
        }
        Kind::Nothing as u32
    })
}

/// What to set the scope's timer to, in milliseconds: infinite to clear it, below zero to leave it as it is.
#[wasm_bindgen]
pub fn arm(scope: u32) -> f64 {
    with_world(|world| {
        let Some(lane) = world.lanes.get_mut(scope) else { return -1.0 };
        let at = lane.scope.next_wake(lane.clock.last());
        // Without a time to wait for, what time it is makes no difference.
        let now = if at.is_some() { lane.clock.now() } else { lane.clock.last() };
        lane.wake.arm(now, at)
    })
}

/// Has the report tell what the scope shows of itself.
#[wasm_bindgen]
pub fn look(scope: u32) {
    with_world(|world| {
        if let Some(lane) = world.lanes.get_mut(scope) {
            // Dates are shown by the wall clock as it stands now.
            lane.clock.now();
            world.report = Report::snapshot(&lane.scope.snapshot(), &lane.clock);
        }
    });
}

/// One number of the report.
#[wasm_bindgen]
pub fn value(index: u32) -> f64 {
    with_world(|world| world.report.value(index))
}

fn judge(scope: u32, ticket: f64, class: Class, status: u16, fields: &str, random: u32) -> Verdict {
    let unit = Unit::from_bits(random);
    let advice = match class {
        Class::Throttled => how_long(status, &Lines(fields), wall()).map(Advice::from),
        _ => None,
    };
    let verdict = with_scope(scope, |scope, now| {
        let ticket = Ticket::from_number(ticket);
        Some(match (class, advice) {
            (Class::Undecided, _) => {
                scope.suspect(now);
                Verdict::Undecided
            }
            (Class::Other, _) => {
                scope.accepted(now, ticket);
                Verdict::Deliver
            }
            (Class::QuotaExceeded, _) => {
                scope.quota_exceeded(now, ticket);
                Verdict::DeliverRefused
            }
            (Class::Throttled, Some(advice)) if status == 503 => {
                Verdict::of(&scope.unavailable(now, ticket, advice, unit))
            }
            (Class::Throttled, _) => Verdict::of(&scope.throttled(now, ticket, advice, unit)),
        })
    });
    verdict.unwrap_or(Verdict::Deliver)
}

impl Verdict {
    fn of(fate: &Fate<u32>) -> Verdict {
        match fate {
            Fate::Deliver(_) => Verdict::DeliverRefused,
            Fate::Requeued | Fate::Ended => Verdict::Withheld,
        }
    }
}

/// A length of time that was checked; none where there is no number.
fn span(millis: f64) -> Option<Span> {
    (!millis.is_nan()).then(|| Span::from_js_millis(millis))
}
