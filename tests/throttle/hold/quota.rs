//! A used-up quota: waiting requests are rejected, and a probe goes out at intervals.

use api_service_client::throttle::{Limits, Notice, Rejection, Request, Status, UniformSample};

use crate::throttle::driver::{Client, End, secs};

/// A client whose only request has met a used-up quota.
fn with_no_quota_left() -> Client {
    let mut client = Client::new();
    client.calls(1);
    client.exceed_quota(1);
    client
}

fn met_the_quota(end: Option<End>) -> bool {
    matches!(end, Some(End::Rejected(Rejection::QuotaExceeded { .. })))
}

#[test]
fn the_answer_goes_to_its_caller() {
    let client = with_no_quota_left();
    assert_eq!((client.end_of(1), client.status()), (Some(End::Refused), Status::QuotaExceeded));
}

#[test]
fn what_waits_and_what_is_called_later_is_rejected() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() });
    client.calls(3);
    client.exceed_quota(1);
    client.calls(1);
    for id in [2, 3, 4] {
        assert!(met_the_quota(client.end_of(id)), "{id}");
    }
}

#[test]
fn a_flight_that_meets_the_quota_is_heard_of_once() {
    let mut client = Client::new();
    client.calls(16);
    for id in 1..=16 {
        client.exceed_quota(id);
    }
    assert!(matches!(client.notices()[..], [Notice::QuotaExceeded { .. }]));
}

#[test]
fn a_flight_of_somebody_else_that_meets_the_quota_counts_once() {
    let mut client = Client::new();
    for _ in 0..16 {
        client.exceed_quota_externally();
    }
    assert!(matches!(client.notices()[..], [Notice::QuotaExceeded { .. }]));
    client.pass(secs(60));
    client.calls(1);
    assert_eq!(client.wire(), [1]);
}

#[test]
fn one_request_probes_after_a_minute() {
    let mut client = with_no_quota_left();
    client.pass(secs(59));
    client.calls(1);
    client.pass(secs(1));
    client.calls(2);
    assert!(met_the_quota(client.end_of(2)) && met_the_quota(client.end_of(4)));
    assert_eq!(client.wire(), [3]);
}

#[test]
fn each_probe_that_finds_it_used_up_doubles_the_interval_up_to_a_quarter_of_an_hour() {
    let mut client = with_no_quota_left();
    for minutes in [1, 2, 4, 8, 15, 15] {
        client.pass(secs(60 * minutes - 1));
        client.calls(1);
        client.pass(secs(1));
        client.calls(1);
        let probe = client.calls_so_far();
        assert!(met_the_quota(client.end_of(probe - 1)));
        assert_eq!(client.wire(), [probe], "after {minutes} min");
        client.exceed_quota(probe);
    }
}

#[test]
fn an_accepted_probe_opens_the_scope() {
    let mut client = with_no_quota_left();
    client.pass(secs(60));
    client.calls(1);
    client.accept(2);
    assert_eq!(client.status(), Status::Open);
    client.calls(3);
    assert_eq!(client.wire(), [3, 4, 5]);
}

#[test]
fn a_lost_probe_is_replaced_by_the_next_call() {
    for lose in [Client::fail, Client::abort] {
        let mut client = with_no_quota_left();
        client.pass(secs(60));
        client.calls(1);
        lose(&mut client, 2);
        client.calls(2);
        assert_eq!(client.wire(), [3]);
        assert!(met_the_quota(client.end_of(4)));
    }
}

#[test]
fn an_answer_from_before_does_not_open_the_scope() {
    let mut client = Client::new();
    client.calls(2);
    client.exceed_quota(1);
    client.accept(2);
    assert_eq!(client.status(), Status::QuotaExceeded);
}

/// A scope without a quota has no wake-up.
#[test]
fn a_straggler_that_is_throttled_does_not_wait_in_vain() {
    let mut client = Client::new();
    client.calls(2);
    client.exceed_quota(1);
    client.throttle(2);
    assert!(met_the_quota(client.end_of(2)), "{:?}, {:?}", client.end_of(2), client.snapshot());
}

#[test]
fn a_straggler_that_asks_for_a_pause_does_not_bring_the_quota_back() {
    let mut client = Client::new();
    client.calls(2);
    client.exceed_quota(1);
    client.throttle_for(2, secs(1));
    client.pass(secs(10));
    client.calls(1);
    assert!(met_the_quota(client.end_of(3)), "{:?}, {:?}", client.end_of(3), client.snapshot());
}

#[test]
fn somebody_elses_throttle_does_not_bring_the_quota_back() {
    for advice in [None, Some(secs(1).into())] {
        let mut client = with_no_quota_left();
        client.throttled_externally(advice, UniformSample::ZERO);
        client.pass(secs(10));
        client.calls(1);
        assert!(met_the_quota(client.end_of(2)), "{:?}, {:?}", client.end_of(2), client.snapshot());
    }
}

#[test]
fn a_used_up_quota_does_not_shorten_a_pause() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(120));
    client.exceed_quota(2);
    client.pass(secs(119));
    client.calls(1);
    assert_eq!(client.wire(), [], "two minutes were asked for");
}

#[test]
fn a_used_up_quota_does_not_end_a_pause_by_hand() {
    let mut client = Client::new();
    client.calls(1);
    client.pause(None);
    client.exceed_quota(1);
    client.pass(secs(3_600));
    client.calls(1);
    assert_eq!(client.wire(), [], "only a person ends what a person began");
}

#[test]
fn a_used_up_quota_can_be_closed() {
    let mut client = with_no_quota_left();
    client.close();
    client.call(Request::default());
    assert_eq!(client.end_of(2), Some(End::Rejected(Rejection::Closed)));
}
