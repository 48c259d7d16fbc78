//! The detector of throttles that CORS hides from the page.

use crate::throttle::queue::FinishedAttempt;
use crate::time::{Instant, Span};

/// The treatment of throttles that CORS hides: a browser shows them as the same bare `TypeError` as a network failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OpaqueThrottling {
    /// Treat them as failures.
    Off,
    /// Report them.
    #[default]
    Diagnose,
    /// Report them, pause as for a 429, and resend GET and HEAD.
    Retry,
}

/// Tells hidden throttles from network failures.
///
/// A failure looks like a throttle if it came quickly, from a server that has responded before, and either together
/// with another one or close to the limit. This is no proof. So a reachability check is sent, whose response need not
/// be readable: if it arrives, the server could be reached all the time. From then on, the look of a failure is enough
/// as long as responses arrive between the throttles. A network that fails later must not be taken for a throttle.
#[derive(Debug)]
pub(crate) struct OpaqueThrottleDetector {
    mode: OpaqueThrottling,
    responses: Responses,
    /// Whether a check has reached the server although requests failed.
    is_confirmed: bool,
    last_failure: Option<Instant>,
    /// The check that is in flight.
    check: Option<ReachabilityCheck>,
    /// Time before which no check is sent.
    next_check: Instant,
    /// Failed attempts that await the check.
    awaiting: Vec<FinishedAttempt>,
}

/// The time of the last response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Responses {
    None,
    BeforeThrottle,
    SinceThrottle,
}

#[derive(Debug, Clone, Copy)]
struct ReachabilityCheck {
    until: Instant,
    /// Whether the last failure looked like a throttle.
    is_throttle_likely: bool,
}

/// The meaning of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Classification {
    Failure,
    Throttle,
    /// The reachability check in flight decides.
    Unclear,
}

/// The circumstances of a failure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailureContext {
    /// Time from the sending to the failure.
    pub(crate) took: Span,
    /// Whether a throttle would be no surprise.
    pub(crate) is_near_limit: bool,
    /// Whether the scope is paused already, most likely for the same reason.
    pub(crate) is_paused: bool,
    /// Whether other requests are in flight, which may fail as well.
    pub(crate) has_company: bool,
}

/// The longest time in which a gateway refuses a request or responds to a check: a round trip. A request that takes
/// longer has met no server.
const MAX_REFUSAL_TIME: Span = Span::from_secs(2);
/// The shortest time in which a server can refuse a request. A quicker failure comes from `fetch` itself.
const MIN_REFUSAL_TIME: Span = Span::from_millis(1);
/// The longest time between two failures with the same cause.
const SAME_CAUSE_WINDOW: Span = Span::from_secs(1);
/// The shortest time between two checks.
const CHECK_INTERVAL: Span = Span::from_secs(10);

impl OpaqueThrottleDetector {
    pub(crate) fn new() -> OpaqueThrottleDetector {
        OpaqueThrottleDetector {
            mode: OpaqueThrottling::default(),
            responses: Responses::None,
            is_confirmed: false,
            last_failure: None,
            check: None,
            next_check: Instant::START,
            awaiting: Vec::new(),
        }
    }

    pub(crate) fn set_mode(&mut self, mode: OpaqueThrottling) {
        self.mode = mode;
    }

    /// Records a response.
    pub(crate) fn responded(&mut self) {
        self.responses = Responses::SinceThrottle;
    }

    /// Classifies a failure. The second value says whether to send a reachability check.
    pub(crate) fn classify(&mut self, now: Instant, context: FailureContext) -> (Classification, bool) {
        // A server that throttles is there, too.
        let is_server_there = self.responses != Responses::None || context.is_near_limit || context.is_paused;
        let is_round_trip = (MIN_REFUSAL_TIME..=MAX_REFUSAL_TIME).contains(&context.took);
        if self.mode == OpaqueThrottling::Off || !is_server_there || !is_round_trip {
            return (Classification::Failure, false);
        }
        let is_one_of_several = self.check.is_some()
            || self.last_failure.is_some_and(|last| now.since(last) <= SAME_CAUSE_WINDOW);
        self.last_failure = Some(now);
        let is_likely = is_one_of_several || context.is_near_limit || context.is_paused;
        if self.mode == OpaqueThrottling::Diagnose {
            // The caller gets the error at once, so a single failure is not worth a check.
            let starts_check = is_likely && !self.is_confirmed && self.start_check(now, is_likely);
            return (Classification::Failure, starts_check);
        }
        let is_fresh = self.responses == Responses::SinceThrottle || context.is_paused;
        if self.is_confirmed && is_likely && is_fresh {
            self.throttled();
            return (Classification::Throttle, false);
        }
        let starts_check = (is_likely || context.has_company) && self.start_check(now, is_likely);
        let is_unclear = self.check.is_some();
        (if is_unclear { Classification::Unclear } else { Classification::Failure }, starts_check)
    }

    /// Returns whether to send a check now.
    fn start_check(&mut self, now: Instant, is_throttle_likely: bool) -> bool {
        if let Some(check) = &mut self.check {
            check.is_throttle_likely = is_throttle_likely;
            return false;
        }
        let is_due = now >= self.next_check;
        if is_due {
            self.check = Some(ReachabilityCheck { until: now + MAX_REFUSAL_TIME, is_throttle_likely });
            self.next_check = now + CHECK_INTERVAL;
        }
        is_due
    }

    fn throttled(&mut self) {
        if self.responses == Responses::SinceThrottle {
            self.responses = Responses::BeforeThrottle;
        }
        // The next pause may have a check of its own.
        self.next_check = Instant::START;
    }

    /// Keeps a failed attempt until the check is over.
    pub(crate) fn await_check(&mut self, finished: FinishedAttempt) {
        self.awaiting.push(finished);
    }

    /// Ends the check. Returns the attempts that have awaited it, and whether they were throttled.
    pub(crate) fn end_check(&mut self, is_reachable: bool) -> (Vec<FinishedAttempt>, bool) {
        let reached = self.check.take().filter(|_| is_reachable);
        let is_throttle = reached.is_some_and(|check| check.is_throttle_likely);
        self.is_confirmed |= reached.is_some();
        if is_throttle {
            self.throttled();
        }
        (std::mem::take(&mut self.awaiting), is_throttle)
    }

    /// Returns the end of the check in flight.
    pub(crate) fn check_until(&self) -> Option<Instant> {
        self.check.map(|check| check.until)
    }

    /// Whether the scope waits for the check.
    pub(crate) fn blocks(&self) -> bool {
        !self.awaiting.is_empty()
    }
}
