//! A route with a limit of its own: only this route is held.

use std::collections::BTreeMap;

use api_service_client::throttle::{
    Action, Backoff, Disposition, Entry, Jitter, Limits, Notice, Outcome, PauseSource, Request, Route,
    RouteTarget, Scope, Status, Ticket, UniformSample,
};
use api_service_client::time::{Instant, Span};

use crate::throttle::driver::{millis, secs};

const LIST: Route = Route(1);
const REPORT: Route = Route(2);

/// A scope and the scopes of split routes, driven as the shell does.
struct Client {
    limits: Limits,
    scopes: Vec<(Route, Scope<u32>)>,
    now: Instant,
    /// The scope and ticket of each pending call.
    calls: BTreeMap<u32, (usize, Ticket)>,
    made: u32,
    wire: Vec<u32>,
    heard: Vec<(usize, Notice)>,
}

impl Client {
    fn new() -> Client {
        Client::with(Limits::default())
    }

    fn with(limits: Limits) -> Client {
        let mut client = Client {
            limits,
            scopes: Vec::new(),
            now: Instant::START,
            calls: BTreeMap::new(),
            made: 0,
            wire: Vec::new(),
            heard: Vec::new(),
        };
        client.scope_of(Route::UNKNOWN);
        client
    }

    fn scope_of(&mut self, route: Route) -> usize {
        let known = self.scopes.iter().position(|(whose, _)| *whose == route);
        known.unwrap_or_else(|| {
            let backoff = Backoff::new(millis(500), secs(30), Jitter::None);
            self.scopes.push((route, Scope::new(self.limits, backoff, None)));
            self.scopes.len() - 1
        })
    }

    fn target(&mut self, route: Route) -> RouteTarget {
        let ((_, parent), others) = self.scopes.split_first_mut().expect("the scope of all");
        let own = others.iter().find(|(whose, _)| *whose == route).map(|(_, own)| own);
        parent.route_for(self.now, route, own)
    }

    fn call(&mut self, route: Route) -> u32 {
        self.made += 1;
        let id = self.made;
        let at = if self.target(route) == RouteTarget::Own { self.scope_of(route) } else { 0 };
        let request = Request { route, ..Request::default() };
        let (Entry::Send(ticket) | Entry::Wait(ticket)) =
            self.scopes[at].1.enqueue(self.now, request, id).unwrap();
        self.calls.insert(id, (at, ticket));
        if self.scopes[at].1.snapshot().queued == 0 {
            self.wire.push(id);
        }
        self.drive();
        id
    }

    fn accept(&mut self, id: u32) {
        let (at, ticket) = self.takes_off(id);
        self.calls.remove(&id);
        self.scopes[at].1.finish(self.now, ticket, Outcome::Accepted, UniformSample::ZERO);
        self.drive();
    }

    fn throttle(&mut self, id: u32) {
        let (at, ticket) = self.takes_off(id);
        let outcome = Outcome::Throttled(Some(secs(1).into()));
        let disposition = self.scopes[at].1.finish(self.now, ticket, outcome, UniformSample::ZERO);
        assert_eq!(disposition, Disposition::Withhold);
        self.drive();
    }

    /// Waits until a request is sent, and removes it from the wire.
    fn takes_off(&mut self, id: u32) -> (usize, Ticket) {
        let since = self.now;
        while !self.wire.contains(&id) {
            assert!(self.now.since(since) < secs(60), "{id} does not leave");
            self.pass(millis(10));
        }
        self.wire.retain(|other| *other != id);
        self.calls[&id]
    }

    fn pass(&mut self, span: Span) {
        let until = self.now + span;
        loop {
            let now = self.now;
            let next = self.scopes.iter_mut().filter_map(|(_, scope)| scope.next_wake(now)).min();
            let Some(at) = next.filter(|at| *at <= until) else { break };
            self.now = at;
            self.scopes.iter_mut().for_each(|(_, scope)| scope.wake(at));
            self.drive();
        }
        self.now = until;
    }

    fn drive(&mut self) {
        let mut at = 0;
        while at < self.scopes.len() {
            match self.scopes[at].1.next_action() {
                None => at += 1,
                Some(Action::Send(ticket)) => {
                    let id = *self.scopes[at].1.payload(ticket).unwrap();
                    self.wire.push(id);
                }
                Some(Action::Reject(id, rejection)) => panic!("{id} is rejected: {rejection:?}"),
                Some(Action::CheckReachable) => unreachable!("every answer can be read"),
                Some(Action::Notify(notice)) => self.heard.push((at, notice)),
                Some(Action::SplitRoute(demotion)) => {
                    let held = self.scope_of(demotion.route);
                    let tickets = self.scopes[held].1.receive_split(self.now, demotion, UniformSample::ZERO);
                    self.move_to(held, tickets);
                }
                Some(Action::RejoinRoute(route)) => {
                    let held = self.scope_of(route);
                    let moved = self.scopes[held].1.release(route);
                    let tickets = self.scopes[at].1.receive(self.now, moved);
                    self.move_to(at, tickets);
                }
            }
        }
    }

    fn move_to(&mut self, at: usize, tickets: Vec<Ticket>) {
        for ticket in tickets {
            let id = *self.scopes[at].1.payload(ticket).unwrap();
            self.calls.insert(id, (at, ticket));
        }
    }

    fn status(&self, route: Route) -> Status {
        let of = |(_, scope): &(Route, Scope<u32>)| scope.snapshot().status;
        self.scopes.iter().find(|(whose, _)| *whose == route).map(of).expect("a scope of its own")
    }

    /// Throttles the report, beside admitted lists, until this many pauses have begun.
    fn throttled_again_and_again(&mut self, pauses: u32) {
        for _ in 0..pauses {
            let report = self.call(REPORT);
            self.throttle(report);
            self.pass(secs(2));
            self.accept(report);
            for _ in 0..6 {
                let list = self.call(LIST);
                self.pass(millis(20));
                self.accept(list);
            }
        }
    }
}

/// A client whose report was throttled twice, with lists admitted in between.
fn with_a_held_route() -> (Client, u32) {
    let mut client = Client::new();
    client.throttled_again_and_again(1);
    let report = client.call(REPORT);
    client.throttle(report);
    (client, report)
}

#[test]
fn after_the_second_throttle_of_a_route_the_others_flow() {
    let (mut client, _) = with_a_held_route();
    assert_eq!(client.status(Route::UNKNOWN), Status::Open);
    for _ in 0..3 {
        let list = client.call(LIST);
        assert!(client.wire.contains(&list));
        client.accept(list);
    }
}

#[test]
fn the_route_is_held_for_as_long_as_the_gateway_asks() {
    let (mut client, report) = with_a_held_route();
    assert_eq!(client.status(REPORT), Status::Paused);
    let next = client.call(REPORT);
    client.pass(millis(999));
    assert_eq!(client.wire, Vec::<u32>::new());
    client.pass(secs(1));
    assert_eq!(client.wire, [report], "a probe, the one that was refused");
    client.accept(report);
    assert_eq!(client.wire, [next]);
}

#[test]
fn its_pause_is_one_event_and_its_retry_another() {
    let (mut client, _) = with_a_held_route();
    let (held, events) = (client.scope_of(REPORT), std::mem::take(&mut client.heard));
    let of_route: Vec<_> = events.iter().filter(|(at, _)| *at == held).map(|(_, notice)| *notice).collect();
    assert!(matches!(
        of_route.as_slice(),
        [Notice::Throttled { source: PauseSource::RetryAfter, .. }, Notice::Retry { attempt: 1, .. }]
    ));
}

#[test]
fn what_waits_of_the_route_moves_with_it_and_in_order() {
    let mut client = Client::with(Limits { max_in_flight: 1, ..Limits::default() });
    client.throttled_again_and_again(1);
    let reports: Vec<u32> = (0..3).map(|_| client.call(REPORT)).collect();
    let list = client.call(LIST);
    client.throttle(reports[0]);
    assert_eq!(client.wire, [list]);
    client.accept(list);
    assert_eq!(client.status(REPORT), Status::Paused);
    let mut sent = Vec::new();
    for _ in 0..5 {
        client.pass(secs(2));
        for id in client.wire.clone() {
            sent.push(id);
            client.accept(id);
        }
    }
    sent.retain(|id| reports.contains(id));
    assert_eq!(sent, reports);
}

#[test]
fn a_request_of_the_route_that_was_on_its_way_joins_it() {
    let mut client = Client::new();
    client.throttled_again_and_again(1);
    let (first, second) = (client.call(REPORT), client.call(REPORT));
    client.throttle(first);
    client.throttle(second);
    assert_eq!(client.status(Route::UNKNOWN), Status::Open);
    client.pass(secs(2));
    client.accept(first);
    client.accept(second);
}

#[test]
fn where_others_are_refused_as_well_the_scope_is_held() {
    let mut client = Client::new();
    for route in [REPORT, LIST, REPORT, LIST] {
        let refused = client.call(route);
        client.throttle(refused);
        assert_eq!(client.status(Route::UNKNOWN), Status::Paused);
        client.pass(secs(2));
        client.accept(refused);
        for _ in 0..6 {
            let list = client.call(LIST);
            client.accept(list);
        }
    }
    assert_eq!(client.scopes.len(), 1);
}

#[test]
fn where_hardly_anything_but_the_route_is_sent_the_scope_is_held() {
    let mut client = Client::new();
    for _ in 0..3 {
        let refused = client.call(REPORT);
        client.throttle(refused);
        assert_eq!(client.status(Route::UNKNOWN), Status::Paused);
        client.pass(secs(2));
        client.accept(refused);
        for route in [REPORT, REPORT, LIST, REPORT] {
            let other = client.call(route);
            client.pass(millis(20));
            client.accept(other);
        }
    }
}

#[test]
fn a_route_that_is_refused_when_it_probes_makes_room_for_others() {
    let mut client = Client::new();
    let report = client.call(REPORT);
    client.throttle(report);
    let list = client.call(LIST);
    client.pass(secs(2));
    assert_eq!(client.wire, [report]);
    client.throttle(report);
    assert_eq!(client.wire, [list]);
}

#[test]
fn a_route_was_held_in_error_if_others_are_refused_soon_after() {
    let (mut client, report) = with_a_held_route();
    let list = client.call(LIST);
    client.throttle(list);
    assert_eq!(client.status(Route::UNKNOWN), Status::Paused);
    assert_eq!(client.target(REPORT), RouteTarget::Parent);
    // Both wait in the same queue again.
    client.pass(secs(2));
    assert_eq!(client.wire, [list]);
    client.accept(list);
    client.pass(secs(1));
    assert_eq!(client.wire, [report]);
    client.accept(report);
    // The next split requires more throttles.
    client.throttled_again_and_again(2);
    assert_eq!(client.target(REPORT), RouteTarget::Parent);
}

#[test]
fn a_route_that_was_not_throttled_for_ten_minutes_may_be_taken_back() {
    let (mut client, report) = with_a_held_route();
    client.pass(secs(2));
    client.accept(report);
    client.pass(secs(590));
    assert_eq!(client.target(REPORT), RouteTarget::Own);
    client.pass(secs(20));
    assert_eq!(client.target(REPORT), RouteTarget::Parent);
}

#[test]
fn requests_of_unknown_routes_are_never_held_alone() {
    let mut client = Client::new();
    for _ in 0..4 {
        let refused = client.call(Route::UNKNOWN);
        client.throttle(refused);
        assert_eq!(client.status(Route::UNKNOWN), Status::Paused);
        client.pass(secs(2));
        client.accept(refused);
        for _ in 0..6 {
            let list = client.call(LIST);
            client.accept(list);
        }
    }
}
