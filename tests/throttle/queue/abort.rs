//! Aborts: the request frees its place at once in every state.

use api_service_client::throttle::{Action, Backoff, Entry, Limits, Outcome, Request, Scope, UniformSample};
use api_service_client::time::Instant;

use crate::throttle::driver::{Client, End, secs};

#[test]
fn an_abort_in_the_queue_frees_the_place_there() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, max_queue: 1, ..Limits::default() });
    client.calls(2);
    client.abort(2);
    client.calls(1);
    assert_eq!(client.end_of(2), Some(End::Aborted));
    assert_eq!((client.end_of(3), client.queued()), (None, 1));
}

#[test]
fn an_abort_in_the_queue_sends_the_next_in_its_place() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() });
    client.calls(3);
    client.abort(2);
    client.accept(1);
    assert_eq!(client.wire(), [3]);
}

#[test]
fn an_abort_in_flight_frees_the_place_there() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() });
    client.calls(2);
    client.abort(1);
    assert_eq!(client.wire(), [2]);
}

#[test]
fn an_abort_during_a_pause_takes_effect_at_once() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(60));
    client.throttle_for(2, secs(60));
    client.abort(1);
    assert_eq!((client.end_of(1), client.queued()), (Some(End::Aborted), 1));
    client.pass(secs(60));
    assert_eq!(client.wire(), [2]);
}

#[test]
fn an_abort_of_the_last_that_waits_does_not_end_the_pause() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(60));
    client.abort(1);
    assert_eq!(client.pause_left(), secs(60));
}

#[test]
fn an_answer_that_comes_after_the_abort_is_nobodys() {
    let mut client = Client::new();
    client.calls(1);
    client.abort(1);
    client.answer_wrongly(1);
    assert_eq!(client.snapshot().throttled, 0);
}

#[test]
fn ten_thousand_aborts_at_once_leave_exactly_the_others() {
    let mut client = Client::with_limits(Limits { max_queue: 20_000, ..Limits::default() });
    client.calls(20_000);
    for id in (1..=20_000).filter(|id| id % 2 == 0) {
        client.abort(id);
    }
    client.finish();
    assert_eq!(client.snapshot().queued, 0);
    for id in 1..=20_000 {
        let expected = if id % 2 == 0 { End::Aborted } else { End::Accepted };
        assert_eq!(client.end_of(id), Some(expected), "{id}");
    }
}

#[test]
fn ten_thousand_aborts_of_everything_during_a_pause_leave_nothing() {
    for newest_first in [false, true] {
        let mut client = Client::with_limits(Limits { max_queue: 10_000, ..Limits::default() });
        client.pause(None);
        client.calls(10_000);
        for id in 1..=10_000 {
            client.abort(if newest_first { 10_001 - id } else { id });
        }
        client.resume();
        client.calls(1);
        assert_eq!((client.queued(), client.wire()), (0, &[10_001][..]));
    }
}

/// An action that was decided but not carried out may name a request that has been aborted since.
#[test]
fn an_abort_before_the_send_was_carried_out_leaves_it_nothing_to_send() {
    let mut scope = Scope::new(Limits { max_in_flight: 1, ..Limits::default() }, Backoff::default(), None);
    let now = Instant::START;
    let Ok(Entry::Send(first)) = scope.enqueue(now, Request::default(), "first") else { panic!() };
    let Ok(Entry::Wait(second)) = scope.enqueue(now, Request::default(), "second") else { panic!() };
    scope.finish(now, first, Outcome::Accepted, UniformSample::ZERO);
    assert_eq!(scope.abort(now, second), Some("second"));
    assert_eq!(scope.next_action(), Some(Action::Send(second)));
    assert_eq!((scope.payload(second), scope.snapshot().in_flight), (None, 0));
}
