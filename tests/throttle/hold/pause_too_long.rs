//! A pause above the limit: the queue rejects at once, and the scope stays paused.

use api_service_client::throttle::{Backoff, Jitter, Limits, Rejection, Request, Status, UniformSample};

use crate::throttle::driver::{Client, End, millis, secs};

fn client_that_waits_five_minutes() -> Client {
    Client::with_limits(Limits { max_pause: secs(300), ..Limits::default() })
}

fn was_too_long(end: Option<End>) -> bool {
    matches!(end, Some(End::Rejected(Rejection::PauseTooLong { .. })))
}

#[test]
fn it_rejects_what_waits_and_what_was_throttled_at_once() {
    let mut client = client_that_waits_five_minutes();
    client.calls(20);
    client.throttle_for(1, secs(3_600));
    for id in [1, 17, 18, 19, 20] {
        assert!(was_too_long(client.end_of(id)), "{id}");
    }
    assert_eq!(client.wire(), Vec::from_iter(2..=16), "what is in flight ends by itself");
}

#[test]
fn it_rejects_what_is_called_while_too_much_of_it_is_left() {
    let mut client = client_that_waits_five_minutes();
    client.calls(1);
    client.throttle_for(1, secs(3_600));
    client.pass(secs(3_299));
    client.calls(1);
    assert!(was_too_long(client.end_of(2)));
    client.pass(secs(1));
    client.calls(1);
    assert_eq!((client.end_of(3), client.queued()), (None, 1));
    client.pass(secs(300));
    assert_eq!(client.wire(), [3]);
}

#[test]
fn the_scope_stays_paused() {
    let mut client = client_that_waits_five_minutes();
    client.calls(1);
    client.throttle_for(1, secs(3_600));
    assert_eq!((client.status(), client.pause_left()), (Status::Paused, secs(3_600)));
    assert_eq!(client.next_wake(), Some(secs(3_600)));
}

#[test]
fn the_longest_pause_allowed_is_waited_out() {
    let mut client = client_that_waits_five_minutes();
    client.calls(2);
    client.throttle_for(1, secs(300));
    client.accept(2);
    client.calls(1);
    client.pass(secs(300));
    assert_eq!(client.wire(), [1]);
    client.finish();
}

/// The gateway's delay decides, not the client's jitter.
#[test]
fn jitter_makes_no_pause_too_long() {
    let limits = Limits { max_pause: secs(300), ..Limits::default() };
    let mut client = Client::with(limits, Backoff::new(millis(500), secs(30), Jitter::Full));
    client.calls(1);
    client.throttle_with(1, Some(secs(300).into()), UniformSample::from_bits(u32::MAX));
    assert_eq!(client.end_of(1), None);
}

#[test]
fn a_straggler_can_make_a_pause_too_long() {
    let mut client = client_that_waits_five_minutes();
    client.calls(18);
    client.throttle_for(1, secs(10));
    client.throttle_for(2, secs(3_600));
    for id in [1, 2, 17, 18] {
        assert!(was_too_long(client.end_of(id)), "{id}");
    }
}

#[test]
fn a_straggler_that_may_not_be_sent_again_gets_its_answer_all_the_same() {
    let mut client = client_that_waits_five_minutes();
    client.calls(1);
    let once = client.call(Request { resend: false, ..Request::default() });
    client.throttle_for(1, secs(3_600));
    client.throttle_for(once, secs(3_600));
    assert_eq!(client.end_of(once), Some(End::Refused));
}

#[test]
fn a_request_that_is_accepted_during_it_gets_its_answer() {
    let mut client = client_that_waits_five_minutes();
    client.calls(2);
    client.throttle_for(1, secs(3_600));
    client.accept(2);
    assert_eq!(client.end_of(2), Some(End::Accepted));
}

#[test]
fn a_rejection_says_when_the_pause_ends() {
    let mut client = client_that_waits_five_minutes();
    client.calls(1);
    client.throttle_for(1, secs(3_600));
    let Some(resume_at) = client.snapshot().resume_at else { panic!("it is paused") };
    assert_eq!(client.end_of(1), Some(End::Rejected(Rejection::PauseTooLong { resume_at })));
}

#[test]
fn a_person_can_end_it() {
    let mut client = client_that_waits_five_minutes();
    client.calls(1);
    client.throttle_for(1, secs(3_600));
    client.resume();
    client.calls(2);
    assert_eq!((client.wire(), client.queued()), (&[2][..], 1));
}

#[test]
fn a_pause_that_outlasts_time_itself_is_too_long() {
    let mut client = client_that_waits_five_minutes();
    client.calls(2);
    client.pass(secs(1));
    client.throttle_for(1, api_service_client::time::Span::MAX);
    assert!(was_too_long(client.end_of(1)));
    assert_eq!(client.status(), Status::Paused);
}
