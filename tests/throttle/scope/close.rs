//! The end of a scope: nothing more is sent, and every waiting request is rejected.

use api_service_client::throttle::{Limits, Rejection, Request, Status, UniformSample};

use crate::throttle::driver::{Client, End, secs};

const CLOSED: Option<End> = Some(End::Rejected(Rejection::Closed));

/// A closed scope with two requests in flight and two waiting.
fn closed() -> Client {
    let mut client = Client::with_limits(Limits { max_in_flight: 2, ..Limits::default() });
    client.calls(3);
    client.call(Request { max_wait: Some(secs(60)), ..Request::default() });
    client.close();
    client
}

#[test]
fn what_waits_is_rejected() {
    let client = closed();
    assert_eq!((client.end_of(3), client.end_of(4)), (CLOSED, CLOSED));
    assert_eq!((client.status(), client.wire()), (Status::Closed, &[1, 2][..]));
}

#[test]
fn what_is_called_later_is_rejected() {
    let mut client = closed();
    client.calls(1);
    assert_eq!(client.end_of(5), CLOSED);
}

#[test]
fn what_is_in_flight_ends_by_itself() {
    let mut client = closed();
    client.accept(1);
    client.fail(2);
    assert_eq!((client.end_of(1), client.end_of(2)), (Some(End::Accepted), Some(End::Failed)));
}

#[test]
fn what_is_throttled_in_flight_gets_its_answer_and_pauses_nothing() {
    let mut client = closed();
    client.throttle_for(1, secs(10));
    client.throttle(2);
    assert_eq!((client.end_of(1), client.end_of(2)), (Some(End::Refused), Some(End::Refused)));
    assert_eq!((client.status(), client.notices()), (Status::Closed, vec![]));
}

#[test]
fn closing_again_changes_nothing() {
    let mut client = closed();
    let before = client.snapshot();
    client.close();
    assert_eq!(client.snapshot(), before);
}

#[test]
fn nothing_opens_it_again() {
    let mut client = closed();
    client.pause(Some(secs(1)));
    client.resume();
    client.throttled_externally(Some(secs(1).into()), UniformSample::ZERO);
    client.exceed_quota(1);
    client.pass(secs(3_600));
    client.wake();
    assert_eq!((client.status(), client.notices()), (Status::Closed, vec![]));
}

#[test]
fn it_needs_no_more_waking() {
    assert_eq!(closed().next_wake(), None);
}

#[test]
fn a_paused_scope_can_be_closed() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.close();
    assert_eq!((client.end_of(1), client.status()), (CLOSED, Status::Closed));
    assert_eq!((client.snapshot().resume_at, client.next_wake()), (None, None));
}
