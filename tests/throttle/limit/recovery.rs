//! Recovery from a pause: one probe, then full speed without a stampede.

use api_service_client::throttle::{Notice, PauseSource, Status};

use crate::throttle::driver::{Client, millis, paused_for, secs};

/// A client at the end of a pause of 10 s: its first 16 requests were throttled, and 84 more wait.
fn at_the_end_of_a_pause() -> Client {
    let mut client = Client::new();
    client.calls(100);
    for id in 1..=16 {
        client.throttle_for(id, secs(10));
    }
    client.sent();
    client.notices();
    client.pass(secs(10));
    client
}

#[test]
fn exactly_one_request_probes_however_many_wait() {
    let mut client = at_the_end_of_a_pause();
    assert_eq!((client.sent(), client.status()), (vec![1], Status::Recovering));
}

#[test]
fn nothing_else_leaves_until_the_probe_is_answered_however_long_that_takes() {
    let mut client = at_the_end_of_a_pause();
    client.calls(10);
    client.pass(secs(3_600));
    assert_eq!(client.wire(), [1]);
}

#[test]
fn an_accepted_probe_resumes_the_scope_and_everything_leaves_in_order() {
    let mut client = at_the_end_of_a_pause();
    client.pass(secs(1));
    client.accept(1);
    assert_eq!(client.notices(), [Notice::Resumed { paused: secs(11) }]);
    client.finish();
    assert_eq!(client.sent(), Vec::from_iter(1..=100));
    assert_eq!(client.notices(), [], "a pause ends with one notice");
}

#[test]
fn a_failed_probe_is_replaced_by_another() {
    let mut client = at_the_end_of_a_pause();
    client.fail(1);
    assert_eq!((client.wire(), client.status()), (&[2][..], Status::Recovering));
    client.fail(2);
    assert_eq!(client.wire(), [3]);
    assert_eq!(client.notices(), [], "no probe was accepted");
}

#[test]
fn an_aborted_probe_is_replaced_by_another() {
    let mut client = at_the_end_of_a_pause();
    client.abort(1);
    assert_eq!((client.wire(), client.status()), (&[2][..], Status::Recovering));
}

#[test]
fn a_throttled_probe_begins_a_new_pause_and_leaves_again_first() {
    let mut client = at_the_end_of_a_pause();
    client.throttle_for(1, secs(5));
    assert_eq!((client.status(), client.wire()), (Status::Paused, &[][..]));
    assert_eq!(client.notices(), [paused_for(secs(5))]);
    client.pass(secs(5));
    assert_eq!(client.wire(), [1]);
}

#[test]
fn a_throttled_probe_without_advice_doubles_the_backoff() {
    let mut client = Client::new();
    client.calls(3);
    client.throttle(1);
    for delay in [secs(1), secs(2), secs(4), secs(8)] {
        assert_eq!(client.next_send(), 1);
        client.notices();
        client.throttle(1);
        assert_eq!(client.notices(), [Notice::Throttled { delay, source: PauseSource::Backoff }]);
    }
}

#[test]
fn a_gateway_that_stays_down_sees_one_request_for_each_pause() {
    let mut client = at_the_end_of_a_pause();
    for _ in 0..5 {
        let probe = client.wire()[0];
        client.throttle_for(probe, secs(10));
        client.pass(secs(10));
    }
    assert_eq!(client.sent().len(), 6);
}

#[test]
fn a_slow_request_from_before_the_pause_does_not_hold_up_the_probe() {
    let mut client = Client::new();
    client.calls(17);
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    assert_eq!(client.wire().last(), Some(&1), "the probe is in flight, beside fifteen slow requests");
    client.accept(1);
    assert_eq!(client.notices().last(), Some(&Notice::Resumed { paused: secs(10) }));
}

#[test]
fn a_slow_request_from_before_the_pause_is_not_the_probe() {
    let mut client = Client::new();
    client.calls(20);
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    client.notices();
    client.accept(2);
    assert_eq!(client.status(), Status::Recovering);
    assert_eq!(client.notices(), []);
}

#[test]
fn a_slow_request_that_asks_for_a_pause_of_its_own_gets_one() {
    let mut client = Client::new();
    client.calls(3);
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    client.notices();
    client.throttle_for(2, secs(5));
    assert_eq!((client.status(), client.notices()), (Status::Paused, vec![paused_for(secs(5))]));
    client.accept(1);
    assert_eq!(client.status(), Status::Paused, "a probe ends only its own pause");
    client.pass(secs(5));
    assert_eq!(client.wire(), [3, 2]);
}

#[test]
fn the_recovery_ends_when_the_queue_is_empty() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    client.pass(secs(10));
    client.accept(1);
    assert_eq!(client.status(), Status::Open);
}

#[test]
fn a_pause_that_ends_with_nothing_to_send_still_probes_with_what_comes_first() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    client.abort(1);
    client.pass(secs(60));
    assert_eq!((client.status(), client.next_wake()), (Status::Recovering, None));
    client.calls(5);
    assert_eq!((client.wire(), client.queued()), (&[2][..], 4));
    client.finish();
}

#[test]
fn a_pause_by_hand_during_the_recovery_holds_everything_again() {
    let mut client = at_the_end_of_a_pause();
    client.pause(Some(secs(60)));
    client.accept(1);
    client.pass(secs(59));
    assert_eq!((client.status(), client.wire()), (Status::Paused, &[][..]));
    client.pass(secs(1));
    assert_eq!(client.wire(), [2]);
}

#[test]
fn a_late_timer_does_not_turn_stragglers_into_a_new_pause() {
    let mut client = Client::new();
    client.calls(3);
    client.throttle_for(1, secs(10));
    client.sleep(secs(11));
    client.throttle(2);
    assert_eq!((client.status(), client.wire()), (Status::Recovering, &[3, 1][..]));
}

#[test]
fn a_service_that_was_out_of_order_for_a_minute_is_used_at_once_when_it_is_back() {
    let mut client = Client::new();
    client.calls(3);
    client.accept(1);
    client.unavailable_for(2, secs(20));
    client.accept(3);
    for _ in 0..3 {
        client.pass(secs(20));
        client.unavailable_for(2, secs(20));
    }
    client.calls(40);
    client.pass(secs(20));
    // Round trips of 50 ms for one second.
    for _ in 0..20 {
        for id in client.wire().to_vec() {
            client.accept(id);
        }
        client.pass(millis(50));
    }
    assert_eq!(client.queued(), 0);
}
