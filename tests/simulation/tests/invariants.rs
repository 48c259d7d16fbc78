//! The observer of a client detects violated rules.

use api_service_client::throttle::{Backoff, Limits, Notice, PauseSource, Scope, ScopeSnapshot, Ticket};
use api_service_client::time::{Instant, Span};
use simulation::{Answer, Effect, Ending, Invariants, RequestId};

const ONE: RequestId = RequestId(1);
const TWO: RequestId = RequestId(2);
const OK: Answer = Answer { throttled: false, retry_after: None, budget: None };

fn at(millis: u64) -> Instant {
    Instant::START + Span::from_millis(millis)
}

fn throttled(secs: u64) -> Answer {
    Answer { throttled: true, retry_after: Some(Span::from_secs(secs)), budget: None }
}

fn send(request: RequestId) -> Effect {
    Effect::Send(Ticket::from_number(f64::from(request.0)), request)
}

fn end(request: RequestId) -> Effect {
    Effect::End(request, Ending::Answered)
}

/// The state of an open scope.
fn open() -> ScopeSnapshot {
    Scope::<()>::new(Limits::default(), Backoff::default(), None).snapshot()
}

fn paused() -> ScopeSnapshot {
    let mut scope = Scope::<()>::new(Limits::default(), Backoff::default(), None);
    scope.pause(Instant::START, None);
    scope.snapshot()
}

/// Observes two calls, the first of which is sent at once.
fn watch() -> Invariants {
    let mut watch = Invariants::new(1);
    watch.called(ONE);
    watch.called(TWO);
    watch.does(at(0), send(ONE), &open());
    watch
}

fn only(broken: &[String]) -> &str {
    assert_eq!(broken.len(), 1, "{broken:?}");
    &broken[0]
}

#[test]
fn a_client_that_keeps_the_rules_breaks_nothing() {
    let mut watch = watch();
    watch.answered(at(40), ONE, throttled(1));
    watch.does(at(1_040), send(ONE), &open());
    watch.answered(at(1_080), ONE, OK);
    watch.does(at(1_080), end(ONE), &open());
    watch.does(at(1_080), send(TWO), &open());
    watch.answered(at(1_120), TWO, OK);
    watch.does(at(1_120), end(TWO), &open());
    watch.settled(at(1_120), &open());
    assert_eq!(watch.finished(at(1_120)), Vec::<String>::new());
}

/// The violations after both calls have ended.
fn broken(mut watch: Invariants, on_wire: RequestId) -> Vec<String> {
    watch.answered(at(9_000), on_wire, OK);
    for request in [ONE, TWO] {
        watch.does(at(9_000), end(request), &open());
    }
    watch.finished(at(9_000))
}

#[test]
fn too_many_on_the_wire_are_noticed() {
    let mut watch = watch();
    watch.does(at(0), send(TWO), &open());
    watch.answered(at(10), ONE, OK);
    assert!(only(&broken(watch, TWO)).contains("2 are on the wire"));
}

#[test]
fn a_send_before_the_gateway_allows_it_is_noticed() {
    let mut watch = watch();
    watch.answered(at(40), ONE, throttled(1));
    watch.does(at(1_039), send(TWO), &open());
    assert!(only(&broken(watch, TWO)).contains("1 ms before the gateway asked"));
}

#[test]
fn a_later_shorter_retry_after_does_not_excuse_a_send_in_the_first_pause() {
    let mut watch = watch();
    watch.answered(at(40), ONE, throttled(5));
    watch.does(at(5_040), send(ONE), &open());
    watch.answered(at(5_080), ONE, throttled(2));
    watch.does(at(6_080), send(ONE), &open());
    assert!(only(&broken(watch, ONE)).contains("before the gateway asked"));
}

#[test]
fn a_send_before_listeners_were_told_is_noticed() {
    let mut watch = watch();
    watch.answered(at(40), ONE, Answer { retry_after: None, ..throttled(0) });
    let delay = Span::from_millis(500);
    watch.does(at(40), Effect::Notice(Notice::Throttled { delay, source: PauseSource::Backoff }), &open());
    watch.does(at(539), send(ONE), &open());
    assert!(only(&broken(watch, ONE)).contains("before listeners were told"));
}

#[test]
fn a_send_from_a_paused_scope_is_noticed() {
    let mut watch = watch();
    watch.answered(at(40), ONE, Answer { retry_after: None, ..throttled(0) });
    watch.does(at(50), send(ONE), &paused());
    assert!(only(&broken(watch, ONE)).contains("during a pause"));
}

#[test]
fn a_send_without_a_network_is_noticed() {
    let mut watch = watch();
    watch.network(false);
    watch.failed(at(40), ONE);
    watch.does(at(50), send(ONE), &open());
    assert!(only(&broken(watch, ONE)).contains("without a network"));
}

#[test]
fn a_request_that_is_on_the_wire_already_is_noticed() {
    let mut watch = Invariants::new(2);
    watch.called(ONE);
    watch.called(TWO);
    watch.does(at(0), send(ONE), &open());
    watch.does(at(0), send(ONE), &open());
    assert!(only(&broken(watch, ONE)).contains("is sent and does not wait"));
}

#[test]
fn a_call_that_ends_twice_is_noticed() {
    let mut watch = watch();
    watch.answered(at(40), ONE, OK);
    watch.does(at(40), end(ONE), &open());
    watch.does(at(40), send(TWO), &open());
    assert!(only(&broken(watch, TWO)).contains("ends twice"));
}

#[test]
fn a_call_that_never_ends_is_noticed() {
    let mut watch = watch();
    watch.answered(at(40), ONE, OK);
    watch.does(at(40), end(ONE), &open());
    assert!(only(&watch.finished(at(50))).contains("1 calls never ended"));
}

#[test]
fn a_scope_that_miscounts_what_is_on_the_wire_is_noticed() {
    let mut watch = watch();
    watch.settled(at(0), &open());
    assert!(only(&broken(watch, ONE)).contains("shows 0 in flight and has 1"));
}
