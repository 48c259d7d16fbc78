//! The deadline of a request: it covers the queue and pauses, but not the time in flight.

use api_service_client::throttle::{Limits, Rejection, Request};
use api_service_client::time::Span;

use crate::throttle::driver::{Client, End, millis, secs};

fn willing_to_wait(span: Span) -> Request {
    Request { max_wait: Some(span), ..Request::default() }
}

fn timed_out_after(waited: Span) -> Option<End> {
    Some(End::Rejected(Rejection::QueueTimeout { waited }))
}

#[test]
fn a_request_gives_up_in_the_queue_when_its_time_is_up() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() });
    client.calls(1);
    let waits = client.call(willing_to_wait(secs(5)));
    assert_eq!(client.next_wake(), Some(secs(5)));
    client.pass(millis(4_999));
    assert_eq!(client.end_of(waits), None);
    client.pass(millis(1));
    assert_eq!(client.end_of(waits), timed_out_after(secs(5)));
}

#[test]
fn a_pause_counts_as_waiting() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(60));
    let waits = client.call(willing_to_wait(secs(5)));
    client.pass(secs(5));
    assert_eq!(client.end_of(waits), timed_out_after(secs(5)));
}

#[test]
fn each_request_waits_for_as_long_as_it_wants_itself() {
    let mut client = Client::new();
    client.pause(None);
    let [third, first, second] =
        [secs(30), secs(10), secs(20)].map(|span| client.call(willing_to_wait(span)));
    let patient = client.call(Request::default());
    client.pass(secs(24 * 3_600));
    assert_eq!(client.end_of(first), timed_out_after(secs(10)));
    assert_eq!(client.end_of(second), timed_out_after(secs(20)));
    assert_eq!(client.end_of(third), timed_out_after(secs(30)));
    assert_eq!((client.end_of(patient), client.queued()), (None, 1));
}

#[test]
fn a_request_that_gives_up_makes_room_for_another() {
    let mut client = Client::with_limits(Limits { max_queue: 1, ..Limits::default() });
    client.pause(None);
    client.call(willing_to_wait(secs(5)));
    client.pass(secs(5));
    let next = client.call(Request::default());
    assert_eq!((client.end_of(next), client.queued()), (None, 1));
}

#[test]
fn the_time_on_the_wire_is_not_waiting() {
    let mut client = Client::new();
    let sent = client.call(willing_to_wait(secs(5)));
    assert_eq!(client.next_wake(), None);
    client.pass(secs(60));
    client.wake();
    client.accept(sent);
    assert_eq!(client.end_of(sent), Some(End::Accepted));
}

#[test]
fn going_back_to_the_queue_does_not_start_the_wait_anew() {
    let mut client = Client::new();
    let waits = client.call(willing_to_wait(secs(25)));
    for _ in 0..2 {
        client.throttle_for(waits, secs(10));
        client.pass(secs(10));
        assert_eq!(client.wire(), [waits]);
    }
    client.throttle_for(waits, secs(10));
    client.pass(secs(5));
    assert_eq!(client.end_of(waits), timed_out_after(secs(25)));
}

#[test]
fn a_request_that_is_throttled_when_its_time_is_up_gives_up_instead_of_going_back() {
    let mut client = Client::new();
    let waits = client.call(willing_to_wait(secs(5)));
    client.pass(secs(6));
    client.throttle_for(waits, secs(1));
    assert_eq!(client.end_of(waits), timed_out_after(secs(6)));
}

#[test]
fn a_request_whose_time_is_up_as_the_pause_ends_is_not_the_probe() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(5));
    client.abort(1);
    let gives_up = client.call(willing_to_wait(secs(5)));
    let patient = client.call(Request::default());
    client.pass(secs(5));
    assert_eq!((client.end_of(gives_up), client.wire()), (timed_out_after(secs(5)), &[patient][..]));
}

#[test]
fn a_late_timer_sends_nothing_whose_time_is_up() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(5));
    client.abort(1);
    let gives_up = client.call(willing_to_wait(secs(10)));
    client.sleep(secs(60));
    let comes_later = client.call(Request::default());
    assert_eq!((client.end_of(gives_up), client.wire()), (timed_out_after(secs(60)), &[comes_later][..]));
}

#[test]
fn a_request_that_ended_leaves_no_deadline_behind() {
    let mut client = Client::new();
    client.pause(None);
    let waits = client.call(willing_to_wait(secs(5)));
    client.abort(waits);
    assert_eq!(client.next_wake(), None);
}

#[test]
fn a_request_that_would_not_wait_at_all_leaves_at_once_or_never() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() });
    let leaves = client.call(willing_to_wait(Span::ZERO));
    let never = client.call(willing_to_wait(Span::ZERO));
    client.wake();
    assert_eq!((client.wire(), client.end_of(never)), (&[leaves][..], timed_out_after(Span::ZERO)));
}
