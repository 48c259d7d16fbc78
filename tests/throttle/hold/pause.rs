//! The duration of a pause, its effect, and its notices.

use api_service_client::throttle::{Notice, PauseSource, RequestedDelay, Status, UniformSample};

use crate::throttle::driver::{Client, extended_to, millis, paused_for, secs};

#[test]
fn a_scope_that_has_met_no_limit_sends_at_once_as_much_as_may_be_in_flight() {
    let mut client = Client::new();
    client.calls(17);
    assert_eq!(client.wire(), Vec::from_iter(1..=16));
    assert_eq!(client.status(), Status::Open);
    assert_eq!(client.next_wake(), None);
}

#[test]
fn a_throttle_holds_what_waits_and_what_is_called_later() {
    let mut client = Client::new();
    client.calls(20);
    client.throttle_for(1, secs(10));
    for id in 2..=16 {
        client.accept(id);
    }
    client.sent();
    client.pass(secs(5));
    client.calls(3);
    client.pass(millis(4_999));
    assert_eq!((client.status(), client.wire()), (Status::Paused, &[][..]));
    client.pass(millis(1));
    assert_eq!(client.sent(), [1]);
}

#[test]
fn a_pause_lasts_for_as_long_as_the_gateway_asks() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    assert_eq!(client.pause_left(), secs(10));
    assert_eq!(client.next_wake(), Some(secs(10)));
    assert_eq!(client.notices(), [paused_for(secs(10))]);
}

#[test]
fn a_later_shorter_retry_after_does_not_shorten_the_pause() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.pass(secs(1));
    client.throttle_for(2, secs(2));
    assert_eq!(client.pause_left(), secs(9));
    assert_eq!(client.notices(), [paused_for(secs(10))]);
}

#[test]
fn a_later_longer_retry_after_extends_the_pause() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.pass(secs(1));
    client.throttle_for(2, secs(20));
    assert_eq!(client.pause_left(), secs(20));
    assert_eq!(client.notices(), [paused_for(secs(10)), extended_to(secs(20))]);
}

#[test]
fn a_retry_after_extends_a_pause_whose_length_was_a_guess() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle(1);
    client.throttle_for(2, secs(20));
    assert_eq!(client.pause_left(), secs(20));
    let guessed = Notice::Throttled { delay: millis(500), source: PauseSource::Backoff };
    assert_eq!(client.notices(), [guessed, extended_to(secs(20))]);
}

#[test]
fn a_throttle_of_the_same_flight_that_asks_for_nothing_leaves_the_pause_as_it_is() {
    let mut client = Client::new();
    client.calls(16);
    client.throttle(1);
    client.pass(millis(300));
    for id in 2..=16 {
        client.throttle(id);
    }
    assert_eq!(client.pause_left(), millis(200));
    assert_eq!(client.notices().len(), 1);
}

#[test]
fn a_flight_that_is_throttled_is_one_pause_with_one_notice() {
    let mut client = Client::new();
    client.calls(16);
    for id in 1..=16 {
        client.throttle_for(id, secs(10));
        client.pass(millis(10));
    }
    assert_eq!(client.snapshot().throttled, 16);
    assert_eq!(client.notices(), [paused_for(secs(10))]);
}

#[test]
fn a_pause_that_grows_bit_by_bit_is_heard_of_once_it_has_grown_noticeably() {
    let mut client = Client::new();
    client.calls(16);
    for id in 1..=16 {
        client.throttle_for(id, secs(10));
        client.pass(millis(200));
    }
    let heard = client.notices();
    let extensions = heard.iter().filter(|notice| matches!(notice, Notice::Extended { .. })).count();
    assert!((1..16).contains(&extensions), "three seconds longer, yet all that was heard is {heard:?}");
}

#[test]
fn a_request_that_is_accepted_during_a_pause_does_not_end_it() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.accept(2);
    client.pass(secs(9));
    assert_eq!(client.status(), Status::Paused);
}

#[test]
fn retry_after_zero_waits_for_one_backoff_base() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(0));
    assert_eq!(client.pause_left(), millis(500));
}

#[test]
fn retry_after_zero_again_and_again_backs_off() {
    let mut client = Client::new();
    client.calls(1);
    let mut pauses = Vec::new();
    for _ in 0..4 {
        client.throttle_for(1, secs(0));
        pauses.push(client.pause_left());
        client.next_send();
    }
    assert_eq!(pauses, [millis(500), secs(1), secs(2), secs(4)]);
}

#[test]
fn a_notice_says_what_the_length_of_the_pause_comes_from() {
    for source in [PauseSource::RetryAfter, PauseSource::RateLimitHeader] {
        let mut client = Client::new();
        client.calls(1);
        client.throttle_with(1, Some(RequestedDelay { delay: secs(3), source }), UniformSample::ZERO);
        assert_eq!(client.notices(), [Notice::Throttled { delay: secs(3), source }]);
    }
}

#[test]
fn somebody_elses_throttle_pauses_the_scope_as_if_it_were_its_own() {
    let mut client = Client::new();
    assert_eq!(client.throttled_externally(Some(secs(10).into()), UniformSample::ZERO), secs(10));
    client.calls(2);
    assert_eq!((client.wire(), client.queued()), (&[][..], 2));
    assert_eq!(client.notices(), [paused_for(secs(10))]);
    assert_eq!(
        client.throttled_externally(None, UniformSample::ZERO),
        secs(10),
        "the running pause covers it"
    );
    assert_eq!(client.notices(), []);
}

#[test]
fn somebody_elses_throttle_pauses_a_scope_whose_timer_is_late() {
    let mut client = Client::new();
    client.throttled_externally(Some(secs(10).into()), UniformSample::ZERO);
    client.sleep(secs(11));
    assert!(
        client.throttled_externally(None, UniformSample::ZERO) >= millis(100),
        "the old pause is over, and covers nothing"
    );
}

#[test]
fn a_laptop_that_slept_through_the_pause_probes_as_soon_as_it_wakes() {
    let mut client = Client::new();
    client.calls(20);
    client.throttle_for(1, secs(10));
    client.sent();
    client.sleep(secs(3_600));
    client.wake();
    assert_eq!(client.sent(), [1]);
}

#[test]
fn a_call_that_finds_the_pause_over_goes_behind_what_waits() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.accept(2);
    client.sent();
    client.sleep(secs(11));
    client.calls(1);
    assert_eq!((client.sent(), client.queued()), (vec![1], 1));
}
