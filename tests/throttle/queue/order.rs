//! The order of the queue: by priority, then by call.

use api_service_client::throttle::{Limits, Priority, Rejection, Request};

use crate::throttle::driver::{Client, End, secs};

fn one_at_a_time() -> Client {
    Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() })
}

fn of(priority: Priority) -> Request {
    Request { priority, ..Request::default() }
}

#[test]
fn equal_priorities_leave_in_the_order_of_the_calls() {
    let mut client = one_at_a_time();
    client.calls(100);
    client.finish();
    assert_eq!(client.sent(), Vec::from_iter(1..=100));
}

#[test]
fn a_higher_priority_leaves_first() {
    let mut client = one_at_a_time();
    client.calls(1);
    let [low, auto, high] =
        [Priority::Low, Priority::Auto, Priority::High].map(|priority| client.call(of(priority)));
    client.finish();
    assert_eq!(client.sent(), [1, high, auto, low]);
}

#[test]
fn a_higher_priority_does_not_recall_what_has_left() {
    let mut client = one_at_a_time();
    let low = client.call(of(Priority::Low));
    client.call(of(Priority::High));
    assert_eq!(client.wire(), [low]);
}

#[test]
fn a_higher_priority_leaves_before_one_that_was_throttled() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    let high = client.call(of(Priority::High));
    client.pass(secs(10));
    assert_eq!(client.wire(), [high]);
    client.finish();
}

#[test]
fn throttled_requests_go_back_to_the_front() {
    let mut client = Client::with_limits(Limits { max_in_flight: 3, ..Limits::default() });
    client.calls(6);
    for id in [1, 2, 3] {
        client.throttle_for(id, secs(10));
    }
    client.sent();
    client.finish();
    assert_eq!(client.sent(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn throttled_requests_go_back_in_their_old_order_however_their_answers_come_in() {
    for answers in [[3, 2, 1], [2, 3, 1], [1, 3, 2], [3, 1, 2]] {
        let mut client = Client::with_limits(Limits { max_in_flight: 3, ..Limits::default() });
        client.calls(6);
        for id in answers {
            client.throttle_for(id, secs(10));
        }
        client.sent();
        client.finish();
        assert_eq!(client.sent(), [1, 2, 3, 4, 5, 6], "answered as {answers:?}");
    }
}

#[test]
fn throttled_requests_keep_their_order_over_many_pauses() {
    let mut client = Client::with_limits(Limits { max_attempts: 100, ..Limits::default() });
    client.calls(40);
    for _ in 0..5 {
        for id in client.wire().to_vec().into_iter().rev() {
            client.throttle_for(id, secs(10));
        }
        client.sent();
        client.pass(secs(10));
        client.accept(client.wire()[0]);
        if client.wire().is_empty() {
            client.next_send();
        }
    }
    // The driver checks the order at each send.
    client.finish();
}

#[test]
fn one_more_than_may_wait_is_rejected() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, max_queue: 2, ..Limits::default() });
    client.calls(4);
    assert_eq!(client.end_of(4), Some(End::Rejected(Rejection::QueueFull { limit: 2 })));
    assert_eq!((client.wire(), client.queued()), (&[1][..], 2));
}

#[test]
fn a_place_in_a_full_queue_is_free_again_once_one_has_left() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, max_queue: 1, ..Limits::default() });
    client.calls(2);
    client.accept(1);
    client.calls(1);
    assert_eq!((client.wire(), client.end_of(3)), (&[2][..], None));
}

#[test]
fn a_full_queue_still_takes_back_what_was_throttled() {
    let mut client = Client::with_limits(Limits { max_in_flight: 3, max_queue: 1, ..Limits::default() });
    client.calls(4);
    for id in [1, 2, 3] {
        client.throttle_for(id, secs(10));
    }
    assert_eq!(client.queued(), 4);
    client.calls(1);
    assert_eq!(client.end_of(5), Some(End::Rejected(Rejection::QueueFull { limit: 1 })));
    client.finish();
    assert_eq!(client.end_of(3), Some(End::Accepted));
}

#[test]
fn a_queue_of_no_length_sends_what_can_leave_at_once_and_rejects_the_rest() {
    let mut client = Client::with_limits(Limits { max_in_flight: 2, max_queue: 0, ..Limits::default() });
    client.calls(3);
    assert_eq!(client.wire(), [1, 2]);
    assert_eq!(client.end_of(3), Some(End::Rejected(Rejection::QueueFull { limit: 0 })));
}

#[test]
fn each_place_on_the_wire_that_comes_free_is_taken_at_once() {
    let mut client = Client::with_limits(Limits { max_in_flight: 2, ..Limits::default() });
    client.calls(5);
    client.accept(2);
    client.fail(1);
    client.abort(3);
    assert_eq!(client.wire(), [4, 5]);
}
