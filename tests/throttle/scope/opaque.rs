//! A throttle that CORS hides from the page.
//!
//! It is recognised by its pattern and one probe. Only requests that may be repeated safely are resent, and a broken
//! network is never mistaken for a throttle.

use api_service_client::throttle::{
    Backoff, Jitter, Limits, Notice, OpaqueThrottling, PauseSource, Rejection, Request, Status, UniformSample,
};

use crate::throttle::driver::{Client, End, millis, secs};

const UNSAFE: Request = Request {
    safe: false,
    priority: api_service_client::throttle::Priority::Auto,
    max_wait: None,
    resend: true,
    idempotent: true,
    route: api_service_client::throttle::Route::UNKNOWN,
};

fn client(mode: OpaqueThrottling) -> Client {
    client_with(Limits::default(), mode)
}

fn client_with(limits: Limits, mode: OpaqueThrottling) -> Client {
    let backoff = Backoff::new(millis(500), secs(30), Jitter::None);
    let mut client = Client::with_opaque_throttling(limits, backoff, mode);
    // The server has answered before.
    client.calls(1);
    client.pass(millis(20));
    client.accept(1);
    client
}

fn retrying() -> Client {
    client(OpaqueThrottling::Retry)
}

/// Sends `count` more requests, from number 2 on, that stay in flight for 20 ms.
fn sends(client: &mut Client, count: u32) {
    client.calls(count);
    client.pass(millis(20));
}

/// A client whose server is known to hide throttles. Two throttled calls wait in the pause.
fn known() -> Client {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.reachability_checked(true);
    assert_eq!(client.checks(), 1);
    client.notices();
    client
}

fn paused() -> Notice {
    Notice::Throttled { delay: millis(500), source: PauseSource::Opaque }
}

#[test]
fn two_failures_at_once_and_a_probe_that_arrives_are_a_throttle() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    assert_eq!(client.checks(), 1);
    client.pass(millis(20));
    client.reachability_checked(true);
    assert_eq!(client.notices(), [Notice::Diagnosed, paused()]);
    assert_eq!((client.status(), client.queued(), client.snapshot().throttled), (Status::Paused, 2, 2));
    client.finish();
    assert_eq!([2, 3].map(|id| client.end_of(id)), [Some(End::Accepted); 2]);
}

#[test]
fn what_was_throttled_goes_to_the_front_in_its_old_order() {
    let mut client = client_with(Limits { max_in_flight: 3, ..Limits::default() }, OpaqueThrottling::Retry);
    client.calls(5);
    client.pass(millis(20));
    for id in [4, 2, 3] {
        client.fail_opaquely(id);
    }
    client.reachability_checked(true);
    client.sent();
    client.finish();
    assert_eq!(client.sent(), [2, 3, 4, 5, 6]);
}

#[test]
fn nothing_leaves_while_the_probe_is_out() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.calls(3);
    client.pass(millis(1_999));
    assert_eq!((client.wire(), client.queued()), (&[3][..], 3));
    assert_eq!(client.end_of(2), None);
}

#[test]
fn a_probe_that_fails_is_a_network_that_is_down_and_errors_go_to_their_callers() {
    let mut client = retrying();
    sends(&mut client, 3);
    for id in [2, 3, 4] {
        client.fail_opaquely(id);
    }
    client.reachability_checked(false);
    let failed = Some(End::Rejected(Rejection::Failed));
    assert_eq!([2, 3, 4].map(|id| client.end_of(id)), [failed; 3]);
    assert_eq!((client.status(), client.notices()), (Status::Open, vec![]));
}

#[test]
fn a_probe_that_takes_longer_than_a_refusal_has_reached_nobody() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.pass(secs(2));
    let failed = Some(End::Rejected(Rejection::Failed));
    assert_eq!([2, 3].map(|id| client.end_of(id)), [failed; 2]);
    client.reachability_checked(true);
    assert_eq!(client.status(), Status::Open, "and nobody waits for it any more");
}

#[test]
fn an_outage_of_a_minute_costs_six_probes_and_holds_nobody_but_while_they_are_out() {
    let mut client = retrying();
    let mut probes = 0;
    for _ in 0..600 {
        let ids = [client.call(Request::default()), client.call(Request::default())];
        client.pass(millis(50));
        for id in ids {
            client.fail_opaquely(id);
        }
        let asked = client.checks();
        if asked > 0 {
            client.reachability_checked(false);
        }
        probes += asked;
        assert!(ids.iter().all(|id| client.end_of(*id).is_some()), "an error is its caller's at once");
        client.pass(millis(50));
    }
    assert_eq!((probes, client.snapshot().throttled), (6, 0));
}

#[test]
fn a_server_that_is_known_to_hide_its_throttles_needs_no_probe() {
    let mut client = known();
    let probe = client.next_send();
    client.pass(millis(20));
    client.accept(probe);
    let next = client.wire()[0];
    client.notices();
    client.pass(millis(20));
    client.fail_opaquely(next);
    assert_eq!((client.checks(), client.notices()), (0, vec![Notice::Diagnosed, paused()]));
}

#[test]
fn a_probe_is_sent_again_where_nothing_was_answered_since_the_last_pause() {
    let mut client = known();
    for delay in [1_000, 2_000, 4_000] {
        let probe = client.next_send();
        client.pass(millis(20));
        client.fail_opaquely(probe);
        assert_eq!((client.checks(), client.queued(), client.end_of(probe)), (1, 1, None));
        client.reachability_checked(true);
        assert_eq!(client.pause_left(), millis(delay), "the backoff doubles");
    }
}

#[test]
fn a_network_that_goes_down_later_is_not_waited_for_as_for_a_throttle() {
    let mut client = known();
    let probe = client.next_send();
    client.pass(millis(20));
    client.fail_opaquely(probe);
    client.reachability_checked(false);
    let next = client.wire()[0];
    client.pass(millis(20));
    client.fail_opaquely(next);
    let failed = Some(End::Rejected(Rejection::Failed));
    assert_eq!([probe, next].map(|id| client.end_of(id)), [failed, Some(End::Failed)]);
    assert_eq!((client.checks(), client.pause_left()), (1, millis(0)));
}

#[test]
fn attempts_are_counted_and_the_last_error_is_its_callers() {
    let limits = Limits { max_attempts: 3, ..Limits::default() };
    let mut client = client_with(limits, OpaqueThrottling::Retry);
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.reachability_checked(true);
    for _ in 0..2 {
        assert_eq!((client.end_of(2), client.next_send()), (None, 2));
        client.pass(millis(20));
        client.fail_opaquely(2);
        client.reachability_checked(true);
    }
    assert_eq!(client.end_of(2), Some(End::Rejected(Rejection::Failed)));
}

#[test]
fn what_fails_six_times_without_a_word_has_a_reason_of_its_own() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.reachability_checked(true);
    for _ in 1..6 {
        assert_eq!((client.end_of(2), client.next_send()), (None, 2));
        client.pass(millis(20));
        client.fail_opaquely(2);
        client.reachability_checked(true);
    }
    assert_eq!(client.end_of(2), Some(End::Rejected(Rejection::Failed)));
    assert_eq!(client.next_send(), 3, "and the next one probes");
}

#[test]
fn what_may_have_been_acted_on_is_not_sent_again_and_the_scope_pauses_all_the_same() {
    let mut client = retrying();
    client.call(UNSAFE);
    client.call(UNSAFE);
    client.pass(millis(20));
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.reachability_checked(true);
    let failed = Some(End::Rejected(Rejection::Failed));
    assert_eq!([2, 3].map(|id| client.end_of(id)), [failed; 2]);
    assert_eq!((client.status(), client.queued()), (Status::Paused, 0));
}

#[test]
fn a_failure_alone_is_no_pattern() {
    let mut client = retrying();
    sends(&mut client, 1);
    client.fail_opaquely(2);
    assert_eq!((client.end_of(2), client.checks(), client.status()), (Some(End::Failed), 0, Status::Open));
}

#[test]
fn a_failure_while_others_are_on_the_wire_is_held_and_alone_it_stays_a_failure() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    assert_eq!((client.end_of(2), client.checks()), (None, 1));
    client.accept(3);
    client.reachability_checked(true);
    assert_eq!(client.end_of(2), Some(End::Rejected(Rejection::Failed)));
    assert_eq!((client.status(), client.notices()), (Status::Open, vec![]));

    // A known result of the probe is not probed again.
    sends(&mut client, 2);
    client.fail_opaquely(4);
    assert_eq!((client.checks(), client.notices()), (0, vec![Notice::Diagnosed, paused()]));
}

#[test]
fn another_tab_that_was_throttled_shows_that_the_server_is_there() {
    let backoff = Backoff::new(millis(500), secs(30), Jitter::None);
    let mut client = Client::with_opaque_throttling(Limits::default(), backoff, OpaqueThrottling::Retry);
    sends(&mut client, 1);
    client.throttled_externally(Some(secs(5).into()), UniformSample::ZERO);
    client.fail_opaquely(1);
    client.reachability_checked(true);
    assert_eq!((client.end_of(1), client.queued(), client.pause_left()), (None, 1, secs(5)));
}

#[test]
fn one_failure_after_the_other_within_a_second_is_a_pattern_too() {
    let mut client = retrying();
    for id in [2, 3] {
        sends(&mut client, 1);
        client.fail_opaquely(id);
        client.pass(millis(900));
    }
    assert_eq!((client.end_of(2), client.end_of(3)), (Some(End::Failed), None));
    client.reachability_checked(true);
    assert_eq!((client.status(), client.queued()), (Status::Paused, 1));
}

#[test]
fn failures_further_apart_than_a_second_are_none() {
    let mut client = retrying();
    for id in [2, 3] {
        sends(&mut client, 1);
        client.fail_opaquely(id);
        client.pass(millis(1_001));
    }
    assert_eq!((client.end_of(3), client.checks()), (Some(End::Failed), 0));
}

#[test]
fn a_server_that_has_never_answered_may_not_be_there_at_all() {
    let backoff = Backoff::new(millis(500), secs(30), Jitter::None);
    let mut client = Client::with_opaque_throttling(Limits::default(), backoff, OpaqueThrottling::Retry);
    client.calls(2);
    client.pass(millis(20));
    client.fail_opaquely(1);
    client.fail_opaquely(2);
    assert_eq!([1, 2].map(|id| client.end_of(id)), [Some(End::Failed); 2]);
    assert_eq!(client.checks(), 0);
}

#[test]
fn what_takes_longer_than_a_refusal_or_no_time_at_all_is_none() {
    for took in [millis(2_001), millis(0)] {
        let mut client = retrying();
        client.calls(2);
        client.pass(took);
        client.fail_opaquely(2);
        client.fail_opaquely(3);
        assert_eq!([2, 3].map(|id| client.end_of(id)), [Some(End::Failed); 2]);
        assert_eq!(client.checks(), 0);
    }
}

#[test]
fn without_a_network_a_failure_is_what_it_looks_like() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.offline();
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    assert_eq!([2, 3].map(|id| client.end_of(id)), [Some(End::Failed); 2]);
    assert_eq!(client.checks(), 0);
}

#[test]
fn a_network_that_goes_while_the_probe_is_out_ends_the_waiting() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.offline();
    let failed = Some(End::Rejected(Rejection::Failed));
    assert_eq!([2, 3].map(|id| client.end_of(id)), [failed; 2]);
}

#[test]
fn an_abort_ends_a_request_that_is_held() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    client.abort(2);
    client.reachability_checked(true);
    assert_eq!((client.end_of(2), client.queued()), (Some(End::Aborted), 1));
}

#[test]
fn closing_gives_whoever_is_held_its_error() {
    let mut client = retrying();
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.close();
    assert_eq!(client.end_of(2), Some(End::Rejected(Rejection::Failed)));
}

#[test]
fn diagnosing_holds_nothing_and_says_what_was_seen_once() {
    let mut client = client(OpaqueThrottling::Diagnose);
    sends(&mut client, 4);
    for id in [2, 3, 4, 5] {
        client.fail_opaquely(id);
        assert_eq!(client.end_of(id), Some(End::Failed));
    }
    assert_eq!((client.checks(), client.notices()), (1, vec![]));
    client.reachability_checked(true);
    assert_eq!((client.notices(), client.status()), (vec![Notice::Diagnosed], Status::Open));
    client.pass(secs(60));
    sends(&mut client, 2);
    client.fail_opaquely(6);
    client.fail_opaquely(7);
    assert_eq!((client.checks(), client.notices()), (0, vec![]));
    assert_eq!(client.snapshot().throttled, 0);
}

#[test]
fn turned_off_it_does_nothing_at_all() {
    let mut client = client(OpaqueThrottling::Off);
    sends(&mut client, 2);
    client.fail_opaquely(2);
    client.fail_opaquely(3);
    assert_eq!([2, 3].map(|id| client.end_of(id)), [Some(End::Failed); 2]);
    assert_eq!((client.checks(), client.notices()), (0, vec![]));
}

#[test]
fn a_throttle_that_could_be_read_makes_the_next_hidden_one_likely() {
    let mut client = retrying();
    sends(&mut client, 3);
    client.throttle_for(2, secs(5));
    client.fail_opaquely(3);
    client.reachability_checked(true);
    assert_eq!((client.end_of(3), client.queued(), client.pause_left()), (None, 2, secs(5)));
}

#[test]
fn the_limit_is_learned_from_hidden_throttles() {
    let mut client = known();
    assert_eq!(client.snapshot().rate, None);
    client.calls(10);
    let probe = client.next_send();
    client.pass(millis(20));
    client.accept(probe);
    for _ in 0..3 {
        client.pass(millis(20));
        client.accept(client.wire()[0]);
    }
    client.pass(millis(20));
    client.fail_opaquely(client.wire()[0]);
    client.next_send();
    assert!(client.snapshot().rate.is_some());
}
