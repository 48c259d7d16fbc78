use std::rc::Rc;

use api_service_client::throttle::{
    Disposition, Entry, Refusal, Request, RequestedDelay, Ticket, UniformSample,
};
use api_service_client::time::Span;

use super::{Call, Client, End, Payload};

/// What can happen to a scope.
impl Client {
    /// So many calls, one after the other, at the same moment.
    pub(crate) fn calls(&mut self, count: u32) {
        for _ in 0..count {
            self.call(Request::default());
        }
    }

    /// Makes a call, and returns its number.
    pub(crate) fn call(&mut self, request: Request) -> u32 {
        let id = self.calls_so_far() + 1;
        self.payloads.set(self.payloads.get() + 1);
        let payload = Payload { id, alive: Rc::clone(&self.payloads) };
        self.calls.push(Call { request, at: self.now, ticket: None, sends: 0, end: None });
        self.begin();
        let entry = self.scope.enqueue(self.now, request, payload);
        // What the passing of time had set free was decided before this call.
        self.carry_out();
        match entry {
            Ok(Entry::Send(ticket)) => self.put_on_wire(ticket),
            Ok(Entry::Wait(ticket)) => {
                let call = self.look_up_mut(id);
                call.ticket = Some(ticket);
                if call.sends == 0 && call.end.is_none() {
                    self.waiting.insert((request.priority, id));
                }
            }
            Err(Refusal { payload, rejection }) => self.end(id, Some(payload), End::Rejected(rejection)),
        }
        self.settle();
        id
    }

    /// A request is answered, and not by a throttle.
    pub(crate) fn accept(&mut self, id: u32) {
        self.begin();
        self.invariants.connected();
        let payload = self.scope.accepted(self.now, self.ticket(id));
        self.end(id, payload, End::Accepted);
        self.settle();
    }

    /// A request is throttled without a word on how long.
    pub(crate) fn throttle(&mut self, id: u32) {
        self.throttle_with(id, None, UniformSample::ZERO);
    }

    /// A request is throttled with a `Retry-After`.
    pub(crate) fn throttle_for(&mut self, id: u32, retry_after: Span) {
        self.throttle_with(id, Some(retry_after.into()), UniformSample::ZERO);
    }

    pub(crate) fn throttle_with(&mut self, id: u32, advice: Option<RequestedDelay>, unit: UniformSample) {
        self.begin();
        self.invariants.throttled(self.now, advice);
        self.invariants.connected();
        let fate = self.scope.throttled(self.now, self.ticket(id), advice, unit);
        self.meet(id, fate);
    }

    /// A request is answered by a 503 with a `Retry-After`.
    pub(crate) fn unavailable_for(&mut self, id: u32, retry_after: Span) {
        let advice = retry_after.into();
        self.begin();
        self.invariants.throttled(self.now, Some(advice));
        self.invariants.connected();
        let fate = self.scope.unavailable(self.now, self.ticket(id), advice, UniformSample::ZERO);
        self.meet(id, fate);
    }

    /// A request is answered by a 429 of a quota that is used up.
    pub(crate) fn exceed_quota(&mut self, id: u32) {
        self.begin();
        self.invariants.throttled(self.now, None);
        self.invariants.connected();
        let payload = self.scope.quota_exceeded(self.now, self.ticket(id));
        self.end(id, payload, End::Refused);
        self.settle();
    }

    /// Somebody else's request met a quota that is used up.
    pub(crate) fn exceed_quota_elsewhere(&mut self) {
        self.begin();
        self.invariants.throttled(self.now, None);
        self.scope.quota_exceeded_externally(self.now);
        self.settle();
    }

    /// A request came back without an answer.
    pub(crate) fn fail(&mut self, id: u32) {
        self.begin();
        let payload = self.scope.failed(self.now, self.ticket(id));
        self.end(id, payload, End::Failed);
        self.settle();
    }

    /// From now on it is one of several tabs.
    pub(crate) fn set_id(&mut self, id: u32) {
        self.scope.join_tabs(id);
    }

    /// Another tab has said something, `age` ago.
    pub(crate) fn hear(&mut self, age: Span, word: &[f64]) {
        self.begin();
        self.scope.receive_message(self.now, age, word);
        self.settle();
    }

    /// Something was kept from before, `age` ago.
    pub(crate) fn remember(&mut self, age: Span, memory: &[f64]) {
        self.begin();
        self.scope.restore(self.now, age, memory);
        self.settle();
    }

    /// A request came back with the error that hides what it was.
    pub(crate) fn fail_opaquely(&mut self, id: u32) {
        self.begin();
        let (now, ticket) = (self.now, self.ticket(id));
        let before = self.snapshot().throttled;
        let fate = self.scope.failed_opaquely(now, ticket, UniformSample::ZERO);
        if self.snapshot().throttled > before {
            self.invariants.throttled(now, None);
        }
        match fate {
            Disposition::Deliver(payload) => {
                self.end(id, Some(payload), End::Failed);
                self.settle();
            }
            Disposition::Held => {
                self.take_off_wire(id);
                self.held.insert(id);
                self.settle();
            }
            fate => self.meet(id, fate),
        }
    }

    /// The probe is back.
    pub(crate) fn probed(&mut self, is_reachable: bool) {
        self.begin();
        let before = self.snapshot().throttled;
        self.scope.reachability_checked(self.now, is_reachable, UniformSample::ZERO);
        for _ in before..self.snapshot().throttled {
            self.invariants.throttled(self.now, None);
        }
        self.settle();
    }

    pub(crate) fn offline(&mut self) {
        self.begin();
        self.scope.offline(self.now);
        self.settle();
    }

    pub(crate) fn online(&mut self) {
        self.begin();
        self.invariants.connected();
        self.scope.online(self.now);
        self.settle();
    }

    /// A caller loses interest.
    pub(crate) fn abort(&mut self, id: u32) {
        self.begin();
        let payload = self.scope.abort(self.now, self.ticket(id));
        self.end(id, payload, End::Aborted);
        self.settle();
    }

    /// Somebody else's request was throttled. Returns how long the scope says that it pauses.
    pub(crate) fn throttled_elsewhere(
        &mut self,
        advice: Option<RequestedDelay>,
        unit: UniformSample,
    ) -> Span {
        self.begin();
        self.invariants.throttled(self.now, advice);
        let delay = self.scope.throttled_externally(self.now, advice, unit);
        self.settle();
        delay
    }

    /// An answer is being looked into that may turn out to be a throttle.
    pub(crate) fn suspect(&mut self) {
        self.begin();
        self.invariants.suspected(self.now);
        self.scope.suspect(self.now);
        self.settle();
    }

    /// A person pauses the scope; without a duration, until they resume it.
    pub(crate) fn pause(&mut self, duration: Option<Span>) {
        self.begin();
        self.scope.pause(self.now, duration);
        self.settle();
    }

    pub(crate) fn resume(&mut self) {
        self.begin();
        self.invariants.released();
        self.scope.resume(self.now);
        self.settle();
    }

    pub(crate) fn close(&mut self) {
        self.begin();
        self.scope.close();
        self.settle();
    }

    /// Whatever is reported of a request that has ended, or that is not on the wire, changes nothing.
    pub(crate) fn answer_wrongly(&mut self, id: u32) {
        let Some(ticket) = self.look_up(id).ticket else { return };
        let (before, wake) = (self.snapshot(), self.scope.next_wake(self.now));
        let scope = &mut self.scope;
        let advice = Some(Span::from_secs(1_000).into());
        assert!(scope.accepted(self.now, ticket).is_none());
        assert!(scope.failed(self.now, ticket).is_none());
        assert!(scope.quota_exceeded(self.now, ticket).is_none());
        assert!(matches!(scope.throttled(self.now, ticket, advice, UniformSample::ZERO), Disposition::Ended));
        if self.look_up(id).end.is_some() {
            assert!(self.scope.abort(self.now, ticket).is_none());
            assert!(self.scope.payload(ticket).is_none());
        }
        assert_eq!((self.snapshot(), self.scope.next_wake(self.now)), (before, wake));
        assert!(self.scope.next_action().is_none());
    }

    fn meet(&mut self, id: u32, fate: Disposition<Payload>) {
        match fate {
            Disposition::Deliver(payload) => self.end(id, Some(payload), End::Refused),
            Disposition::Requeued => {
                let priority = self.look_up(id).request.priority;
                self.take_off_wire(id);
                self.waiting.insert((priority, id));
                self.requeued = Some(id);
            }
            Disposition::Held => unreachable!("only a failure is held"),
            Disposition::Ended => {}
        }
        self.settle();
    }

    fn ticket(&self, id: u32) -> Ticket {
        self.look_up(id).ticket.expect("the call was let in")
    }
}
