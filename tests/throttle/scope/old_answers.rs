//! Answers to requests sent before a pause say nothing about the limit after it.

use api_service_client::throttle::{Notice, Status};

use crate::throttle::driver::{Client, End, paused_for, secs};

/// Two requests. The pause caused by one ends before the other is answered.
fn with_a_slow_request() -> Client {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    client.notices();
    client
}

#[test]
fn a_throttle_without_advice_begins_no_new_pause() {
    let mut client = with_a_slow_request();
    client.throttle(2);
    assert_eq!((client.status(), client.notices()), (Status::Recovering, vec![]));
    assert_eq!((client.end_of(2), client.queued()), (None, 1), "it is sent again all the same");
    client.finish();
    assert_eq!(client.end_of(2), Some(End::Accepted));
}

#[test]
fn a_throttle_without_advice_begins_no_new_pause_when_the_scope_is_open_again() {
    let mut client = with_a_slow_request();
    client.accept(1);
    client.notices();
    client.throttle(2);
    assert_eq!(client.notices(), []);
    client.finish();
    assert_eq!(client.notices(), []);
}

#[test]
fn a_throttle_with_advice_is_the_gateways_word_whenever_it_comes() {
    let mut client = with_a_slow_request();
    client.throttle_for(2, secs(5));
    assert_eq!(client.notices(), [paused_for(secs(5))]);
}

#[test]
fn an_acceptance_does_not_end_the_probing() {
    let mut client = with_a_slow_request();
    client.calls(5);
    client.accept(2);
    assert_eq!(client.notices(), []);
    assert_eq!(client.wire(), [1]);
    client.accept(1);
    assert!(matches!(client.notices()[..], [Notice::Resumed { .. }]));
    client.finish();
}

#[test]
fn an_acceptance_from_two_pauses_ago_is_as_old() {
    let mut client = with_a_slow_request();
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    client.notices();
    client.accept(2);
    assert_eq!((client.status(), client.notices()), (Status::Recovering, vec![]));
}

#[test]
fn a_failure_or_an_abort_does_not_let_a_second_probe_out() {
    for end in [Client::fail, Client::abort] {
        let mut client = with_a_slow_request();
        client.calls(5);
        end(&mut client, 2);
        assert_eq!(client.wire(), [1]);
    }
}
