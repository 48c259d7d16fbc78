//! Requests wait while a suspicious answer, which may be a throttle, is examined.

use api_service_client::throttle::{Backoff, Limits, Scope, Status};
use api_service_client::time::Instant;

use crate::throttle::driver::{Client, millis, secs};

/// A request in flight with a suspicious answer, and a waiting request.
fn suspicious() -> Client {
    let mut client = Client::with_limits(Limits { max_in_flight: 2, ..Limits::default() });
    client.calls(1);
    client.suspect();
    client.calls(1);
    client
}

#[test]
fn nothing_leaves_while_an_answer_is_looked_into() {
    let mut client = suspicious();
    client.pass(millis(999));
    assert_eq!((client.wire(), client.queued()), (&[1][..], 1));
}

#[test]
fn an_answer_that_is_never_settled_holds_the_scope_for_a_second() {
    let mut client = suspicious();
    assert_eq!(client.next_wake(), Some(secs(1)));
    client.pass(secs(1));
    assert_eq!((client.wire(), client.status()), (&[1, 2][..], Status::Open));
}

#[test]
fn a_suspicion_that_proves_right_becomes_a_pause() {
    let mut client = suspicious();
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    assert_eq!(client.next_wake(), None);
    assert_eq!(client.wire(), [1]);
}

#[test]
fn a_suspicion_that_proves_to_be_a_quota_rejects_what_waits() {
    let mut client = suspicious();
    client.exceed_quota(1);
    assert_eq!((client.status(), client.queued(), client.next_wake()), (Status::QuotaExceeded, 0, None));
}

#[test]
fn a_suspicion_is_nothing_that_listeners_hear_of() {
    let mut client = suspicious();
    client.pass(secs(2));
    assert_eq!(client.notices(), []);
}

#[test]
fn the_time_to_read_the_body_is_over_before_the_scope_stops_waiting() {
    let mut scope: Scope<()> = Scope::new(Limits::default(), Backoff::default(), None);
    let is_read = Instant::START + scope.suspect(Instant::START);
    assert!(scope.next_wake(Instant::START).is_some_and(|stops| is_read < stops));
}
