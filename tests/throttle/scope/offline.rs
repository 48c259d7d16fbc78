//! Offline nothing is sent. The return of the network is a recovery.

use api_service_client::throttle::{Limits, Notice, Rejection, Request, Status};

use crate::throttle::driver::{Client, End, millis, paused_for, secs};

fn offline() -> Client {
    let mut client = Client::new();
    client.offline();
    client
}

#[test]
fn nothing_is_sent_and_nothing_fails() {
    let mut client = offline();
    client.calls(3);
    client.pass(secs(299));
    assert_eq!((client.wire(), client.queued()), (&[][..], 3));
}

#[test]
fn it_shows_as_a_pause_without_an_end_that_nobody_has_asked_for() {
    let mut client = offline();
    let snapshot = client.snapshot();
    assert_eq!((snapshot.status, snapshot.resume_at, snapshot.is_offline), (Status::Paused, None, true));
    assert_eq!(client.notices(), [Notice::Offline]);
    client.offline();
    assert_eq!(client.notices(), [], "once");
}

#[test]
fn coming_back_is_a_probe_and_a_recovery() {
    let mut client = offline();
    client.calls(50);
    client.pass(secs(30));
    client.online();
    assert_eq!((client.sent(), client.status()), (vec![1], Status::Recovering));
    client.pass(millis(40));
    client.accept(1);
    assert_eq!(client.sent(), [2, 3]);
    client.accept(2);
    client.accept(3);
    assert_eq!(client.sent(), [4, 5, 6, 7]);
    client.finish();
    assert_eq!(client.status(), Status::Open);
}

#[test]
fn a_browser_that_is_wrong_about_the_network_costs_its_callers_one_error_after_the_other() {
    let mut client = offline();
    client.calls(3);
    client.online();
    for id in [1, 2, 3] {
        assert_eq!(client.wire(), [id], "none leaves before the one before has failed");
        client.pass(millis(40));
        client.fail(id);
    }
    assert_eq!((client.status(), client.queued()), (Status::Open, 0));
}

#[test]
fn what_is_on_the_wire_may_still_be_answered_which_proves_that_there_is_a_network() {
    let mut client = Client::new();
    client.calls(1);
    client.offline();
    client.calls(2);
    assert_eq!(client.wire(), [1]);
    client.accept(1);
    assert_eq!((client.wire(), client.snapshot().is_offline), (&[2][..], false));
}

#[test]
fn a_throttle_proves_it_as_well() {
    let mut client = Client::new();
    client.calls(1);
    client.offline();
    client.throttle_for(1, secs(10));
    assert_eq!((client.snapshot().is_offline, client.pause_left()), (false, secs(10)));
}

#[test]
fn a_failure_proves_nothing() {
    let mut client = Client::new();
    client.calls(1);
    client.offline();
    client.calls(1);
    client.fail(1);
    assert_eq!((client.wire(), client.snapshot().is_offline), (&[][..], true));
}

#[test]
fn the_end_of_a_pause_is_not_the_return_of_the_network_nor_the_other_way_round() {
    let mut client = Client::new();
    client.calls(2);
    client.throttle_for(1, secs(10));
    client.offline();
    assert_eq!(client.snapshot().resume_at, None);
    client.fail(2);
    client.pass(secs(20));
    assert_eq!(client.wire(), []);
    client.online();
    assert_eq!(client.wire(), [1]);

    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    client.offline();
    client.pass(secs(4));
    client.online();
    assert_eq!((client.status(), client.pause_left()), (Status::Paused, secs(6)));
    client.pass(secs(6));
    assert_eq!(client.wire(), [1]);
}

#[test]
fn listeners_hear_nothing_of_a_pause() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(1));
    client.offline();
    client.pass(secs(2));
    client.online();
    client.accept(1);
    let heard = client.notices();
    assert_eq!(heard[..2], [paused_for(secs(1)), Notice::Offline]);
    assert_eq!(heard.len(), 3, "and the throttle's own end: {heard:?}");
}

#[test]
fn whoever_waits_no_longer_than_so_long_does_so_without_a_network_too() {
    let mut client = offline();
    let id = client.call(Request { max_wait: Some(secs(3)), ..Request::default() });
    client.pass(secs(3));
    assert_eq!(client.end_of(id), Some(End::Rejected(Rejection::QueueTimeout { waited: secs(3) })));
}

#[test]
fn an_abort_ends_the_wait() {
    let mut client = offline();
    client.calls(1);
    client.abort(1);
    assert_eq!(client.queued(), 0);
}

#[test]
fn a_queue_that_is_full_is_full() {
    let mut client = Client::with_limits(Limits { max_queue: 1, ..Limits::default() });
    client.offline();
    client.calls(2);
    assert_eq!(client.end_of(2), Some(End::Rejected(Rejection::QueueFull { limit: 1 })));
}

#[test]
fn no_wait_is_longer_than_the_longest_pause_then_one_request_tries() {
    let mut client = offline();
    client.calls(2);
    client.pass(secs(300));
    assert_eq!((client.wire(), client.snapshot().is_offline), (&[1][..], false));
    client.fail(1);
    assert_eq!(client.wire(), [2], "and fetch's own error is each caller's");
}

#[test]
fn a_person_who_knows_better_resumes() {
    let mut client = offline();
    client.calls(2);
    client.resume();
    assert_eq!(client.wire(), [1]);
}

#[test]
fn a_browser_that_was_wrong_and_says_so_again_is_not_believed_until_it_has_said_otherwise() {
    let mut client = offline();
    client.resume();
    client.offline();
    client.calls(1);
    assert_eq!((client.wire(), client.snapshot().is_offline), (&[1][..], false));
    client.online();
    client.offline();
    client.calls(1);
    assert_eq!((client.wire(), client.queued()), (&[1][..], 1));
}

#[test]
fn a_closed_scope_is_closed() {
    let mut client = Client::new();
    client.close();
    client.offline();
    assert_eq!((client.status(), client.notices()), (Status::Closed, vec![]));
}
