//! A scope's memory does not grow with the number of past requests.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use api_service_client::throttle::{
    Action, Backoff, Entry, Limits, Outcome, Priority, Request, Scope, Ticket, UniformSample,
};
use api_service_client::time::{Instant, Span};

use crate::throttle::driver::{millis, secs};

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator, with a count of the bytes that each thread holds.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is forwarded unchanged to the system's allocator; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.set(HELD.get() + layout.size() as isize);
        // SAFETY: guaranteed by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.set(HELD.get() - layout.size() as isize);
        // SAFETY: guaranteed by the caller.
        unsafe { System.dealloc(at, layout) }
    }
}

/// The growth of held bytes during `act`.
fn growth(act: impl FnOnce()) -> isize {
    let before = HELD.get();
    act();
    HELD.get() - before
}

/// A scope that a person has paused.
fn paused_scope() -> Scope<()> {
    let limits = Limits { max_queue: u32::MAX, max_attempts: u32::MAX, ..Limits::default() };
    let mut scope = Scope::new(limits, Backoff::default(), None);
    scope.pause(Instant::START, None);
    while scope.next_action().is_some() {}
    scope
}

fn wait_in(scope: &mut Scope<()>, request: Request) -> Ticket {
    let Ok(Entry::Wait(ticket)) = scope.enqueue(Instant::START, request, ()) else { panic!("it is paused") };
    ticket
}

/// Requests of each priority, with and without a deadline.
fn requests() -> Vec<Request> {
    let priorities = [Priority::High, Priority::Auto, Priority::Low];
    let waits = [None, Some(secs(3_600)), Some(secs(7_200))];
    let each = |priority| waits.map(|max_wait| Request { priority, max_wait, ..Request::default() });
    priorities.into_iter().flat_map(each).collect()
}

#[test]
fn calls_that_are_aborted_leave_nothing_behind() {
    let mut scope = paused_scope();
    let churn = |scope: &mut Scope<()>, rounds| {
        for _ in 0..rounds {
            for request in requests() {
                let ticket = wait_in(scope, request);
                scope.abort(Instant::START, ticket);
            }
        }
    };
    churn(&mut scope, 100);
    assert_eq!(growth(|| churn(&mut scope, 10_000)), 0);
}

#[test]
fn calls_that_are_aborted_leave_nothing_behind_among_others_that_wait() {
    let mut scope = paused_scope();
    for _ in 0..100 {
        for request in requests() {
            wait_in(&mut scope, request);
        }
    }
    let mut late = Vec::new();
    let mut churn = |scope: &mut Scope<()>, rounds| {
        for _ in 0..rounds {
            for request in requests() {
                late.push(wait_in(scope, request));
            }
            // The oldest go first, so that their gaps lie between waiting requests.
            for ticket in late.drain(..) {
                scope.abort(Instant::START, ticket);
            }
        }
    };
    churn(&mut scope, 1_000);
    assert_eq!(growth(|| churn(&mut scope, 10_000)), 0);
}

#[test]
fn a_request_that_is_throttled_again_and_again_leaves_nothing_behind() {
    let mut scope = paused_scope();
    let patient = Request { max_wait: Some(Span::MAX), ..Request::default() };
    for _ in 0..16 {
        wait_in(&mut scope, patient);
    }
    let mut now = Instant::START;
    scope.resume(now);
    let throttled = Outcome::Throttled(Some(millis(1).into()));
    let mut churn = |rounds| {
        let mut sends = 0;
        while sends < rounds {
            let mut sent = Vec::new();
            while let Some(action) = scope.next_action() {
                if let Action::Send(ticket) = action {
                    sent.push(ticket);
                }
            }
            sends += sent.len();
            for ticket in sent {
                scope.finish(now, ticket, throttled, UniformSample::ZERO);
            }
            now = scope.next_wake(now).expect("something waits").max(now);
            scope.wake(now);
        }
    };
    churn(1_000);
    assert_eq!(growth(|| churn(10_000)), 0);
}

#[test]
fn a_request_that_waits_holds_less_than_a_kilobyte() {
    let mut scope = paused_scope();
    let held = growth(|| {
        for _ in 0..1_200 {
            for request in requests() {
                wait_in(&mut scope, request);
            }
        }
    });
    let each = held / (1_200 * requests().len() as isize);
    assert!(each < 1_024, "{each} bytes are held for each");
}

#[test]
fn a_scope_that_goes_takes_all_that_it_held_with_it() {
    let held = growth(|| {
        let mut scope = paused_scope();
        for request in requests() {
            wait_in(&mut scope, request);
        }
        scope.close();
    });
    assert_eq!(held, 0);
}
