//! The manual pause: a person may begin, extend and end a pause.

use api_service_client::throttle::{Limits, Notice, PauseSource, Status};
use api_service_client::time::Span;

use crate::throttle::driver::{Client, secs};

const ENDLESS: Notice = Notice::Throttled { delay: Span::MAX, source: PauseSource::Manual };

#[test]
fn a_pause_without_an_end_holds_the_queue_until_it_is_resumed() {
    let mut client = Client::new();
    client.pause(None);
    client.calls(3);
    client.pass(secs(24 * 3_600));
    assert_eq!((client.status(), client.snapshot().resume_at), (Status::Paused, None));
    assert_eq!(client.next_wake(), None);
    assert_eq!(client.wire(), []);
    client.resume();
    assert_eq!(client.wire(), [1]);
    client.finish();
}

#[test]
fn a_pause_with_an_end_ends_by_itself() {
    let mut client = Client::new();
    client.pause(Some(secs(60)));
    client.calls(1);
    client.pass(secs(59));
    assert_eq!(client.wire(), []);
    client.pass(secs(1));
    assert_eq!(client.wire(), [1]);
}

#[test]
fn a_manual_pause_never_shortens_that_of_the_gateway() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(60));
    client.pause(Some(secs(10)));
    assert_eq!(client.pause_left(), secs(60));
    client.pause(Some(secs(90)));
    assert_eq!(client.pause_left(), secs(90));
}

#[test]
fn a_retry_after_does_not_give_an_endless_pause_an_end() {
    let mut client = Client::new();
    client.calls(1);
    client.pause(None);
    client.throttle_for(1, secs(5));
    client.pass(secs(60));
    assert_eq!((client.status(), client.wire()), (Status::Paused, &[][..]));
    assert_eq!(client.notices(), [ENDLESS]);
}

#[test]
fn pausing_twice_is_one_pause() {
    let mut client = Client::new();
    client.pause(None);
    client.pause(None);
    assert_eq!(client.notices(), [ENDLESS]);
}

#[test]
fn resuming_ends_the_gateways_pause_too_and_starts_with_one_probe() {
    let mut client = Client::new();
    client.calls(20);
    for id in 1..=16 {
        client.throttle_for(id, secs(60));
    }
    client.resume();
    assert_eq!((client.wire(), client.status()), (&[1][..], Status::Recovering));
}

#[test]
fn resuming_what_is_not_paused_changes_nothing() {
    let mut client = Client::with_limits(Limits { max_in_flight: 1, ..Limits::default() });
    client.calls(3);
    let before = client.snapshot();
    client.resume();
    assert_eq!(client.snapshot(), before);
    assert_eq!(client.notices(), []);
}

#[test]
fn a_person_who_pauses_knows_what_for_so_that_nothing_is_rejected() {
    let mut client = Client::with_limits(Limits { max_pause: secs(300), ..Limits::default() });
    client.pause(Some(secs(3_600)));
    client.calls(1);
    client.pass(secs(3_600));
    assert_eq!(client.wire(), [1]);
}

#[test]
fn what_is_in_flight_when_a_person_pauses_is_answered_as_ever() {
    let mut client = Client::new();
    client.calls(2);
    client.pause(None);
    client.accept(1);
    client.fail(2);
    assert_eq!(client.snapshot().in_flight, 0);
}
