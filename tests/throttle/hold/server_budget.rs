//! The server's announced budget: the client respects it before the first refusal.

use api_service_client::throttle::{
    Backoff, Budget, Entry, Limits, Outcome, Request, Scope, Status, Ticket, UniformSample,
};
use api_service_client::time::{Instant, Span};

const NOW: Instant = Instant::START;

fn scope() -> Scope<u32> {
    Scope::new(Limits::default(), Backoff::default(), None)
}

fn budget(remaining: u32, secs: u64) -> Budget {
    Budget { remaining, resets_in: Span::from_secs(secs) }
}

/// Calls until a request has to wait. Returns the sent requests.
fn fill(scope: &mut Scope<u32>, now: Instant) -> Vec<Ticket> {
    let mut sent = Vec::new();
    while let Ok(Entry::Send(ticket)) = scope.enqueue(now, Request::default(), 0) {
        sent.push(ticket);
    }
    sent
}

#[test]
fn nothing_leaves_once_nothing_remains_until_the_budget_is_renewed() {
    let mut scope = scope();
    let Ok(Entry::Send(first)) = scope.enqueue(NOW, Request::default(), 0) else {
        panic!("the scope is open")
    };
    scope.announce_budget(NOW, budget(0, 7));
    scope.finish(NOW, first, Outcome::Accepted, UniformSample::ZERO);
    assert_eq!(fill(&mut scope, NOW).len(), 0);
    assert_eq!(scope.next_wake(NOW), Some(NOW + Span::from_secs(7)));
    scope.wake(NOW + Span::from_secs(7));
    assert_eq!(scope.snapshot().in_flight, 1);
}

#[test]
fn what_is_on_the_wire_may_use_up_what_remains() {
    let mut scope = scope();
    let Ok(Entry::Send(first)) = scope.enqueue(NOW, Request::default(), 0) else {
        panic!("the scope is open")
    };
    scope.announce_budget(NOW, budget(5, 60));
    scope.finish(NOW, first, Outcome::Accepted, UniformSample::ZERO);
    assert_eq!(fill(&mut scope, NOW).len(), 5);
}

#[test]
fn holding_back_is_no_pause_and_nobody_is_notified() {
    let mut scope = scope();
    scope.announce_budget(NOW, budget(0, 7));
    fill(&mut scope, NOW);
    assert_eq!((scope.snapshot().status, scope.snapshot().resume_at), (Status::Open, None));
    assert!(scope.next_action().is_none());
}

#[test]
fn of_two_answers_that_overtake_each_other_the_lesser_budget_counts() {
    let mut scope = scope();
    scope.announce_budget(NOW, budget(2, 60));
    scope.announce_budget(NOW, budget(9, 60));
    assert_eq!(fill(&mut scope, NOW).len(), 2);
}

#[test]
fn a_budget_of_the_next_window_replaces_the_one_before() {
    let mut scope = scope();
    scope.announce_budget(NOW, budget(0, 1));
    let later = NOW + Span::from_millis(1_500);
    scope.announce_budget(later, budget(8, 10));
    assert_eq!(fill(&mut scope, later).len(), 8);
}

#[test]
fn a_budget_that_is_renewed_in_a_day_is_for_the_server_to_enforce() {
    let mut scope = scope();
    scope.announce_budget(NOW, budget(0, 86_400));
    assert_eq!(fill(&mut scope, NOW).len(), 16);
}
