//! The attempts of a request, and the requests that may be resent.

use api_service_client::throttle::{Limits, Request, Status};

use crate::throttle::driver::{Client, End, paused_for, secs};

/// A request whose body is a stream.
fn once() -> Request {
    Request { resend: false, ..Request::default() }
}

/// A POST.
fn post() -> Request {
    Request { idempotent: false, ..Request::default() }
}

#[test]
fn a_request_is_sent_as_often_as_it_may_be_then_its_caller_gets_the_throttled_answer() {
    let mut client = Client::with_limits(Limits { max_attempts: 3, ..Limits::default() });
    client.calls(1);
    for _ in 0..2 {
        client.throttle_for(1, secs(1));
        assert_eq!(client.next_send(), 1);
    }
    client.throttle_for(1, secs(1));
    assert_eq!((client.end_of(1), client.snapshot().sent), (Some(End::Refused), 3));
}

#[test]
fn the_last_attempt_pauses_the_scope_all_the_same() {
    let mut client = Client::with_limits(Limits { max_attempts: 1, ..Limits::default() });
    client.calls(1);
    client.throttle_for(1, secs(10));
    assert_eq!(client.end_of(1), Some(End::Refused));
    assert_eq!((client.status(), client.notices()), (Status::Paused, vec![paused_for(secs(10))]));
}

#[test]
fn each_request_has_attempts_of_its_own() {
    let mut client = Client::with_limits(Limits { max_attempts: 2, ..Limits::default() });
    client.calls(2);
    client.throttle_for(1, secs(1));
    client.accept(2);
    client.next_send();
    client.throttle_for(1, secs(1));
    client.calls(1);
    client.next_send();
    client.throttle_for(3, secs(1));
    assert_eq!((client.end_of(1), client.end_of(3)), (Some(End::Refused), None));
}

#[test]
fn a_request_that_may_not_be_sent_again_gets_its_throttled_answer_and_pauses_the_scope() {
    let mut client = Client::new();
    let once = client.call(once());
    client.throttle_for(once, secs(10));
    assert_eq!(client.end_of(once), Some(End::Refused));
    assert_eq!((client.status(), client.notices()), (Status::Paused, vec![paused_for(secs(10))]));
}

#[test]
fn a_request_that_may_not_be_sent_again_still_waits_for_its_turn() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    client.abort(1);
    let once = client.call(once());
    client.pass(secs(10));
    assert_eq!(client.wire(), [once]);
}

#[test]
fn a_throttled_request_is_sent_again_even_if_it_is_not_idempotent() {
    let mut client = Client::new();
    let post = client.call(post());
    client.throttle_for(post, secs(10));
    client.pass(secs(10));
    assert_eq!(client.wire(), [post]);
}

#[test]
fn a_503_is_sent_again_only_if_it_is_idempotent() {
    let mut client = Client::new();
    let [get, post] = [Request::default(), post()].map(|request| client.call(request));
    client.unavailable_for(get, secs(10));
    client.unavailable_for(post, secs(10));
    assert_eq!((client.end_of(get), client.end_of(post)), (None, Some(End::Refused)));
    client.pass(secs(10));
    assert_eq!(client.wire(), [get]);
}

#[test]
fn a_503_that_is_not_sent_again_pauses_the_scope_all_the_same() {
    let mut client = Client::new();
    let post = client.call(post());
    client.unavailable_for(post, secs(10));
    assert_eq!((client.status(), client.notices()), (Status::Paused, vec![paused_for(secs(10))]));
}

#[test]
fn a_network_error_is_its_callers_and_pauses_nothing() {
    let mut client = Client::new();
    client.calls(1);
    client.fail(1);
    assert_eq!((client.end_of(1), client.status()), (Some(End::Failed), Status::Open));
    assert_eq!(client.notices(), []);
}
