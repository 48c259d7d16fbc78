use std::rc::Rc;

use api_service_client::throttle::{
    Disposition, Entry, NotQueued, Outcome, Request, RequestedDelay, Ticket, UniformSample,
};
use api_service_client::time::Span;

use super::{Call, Client, End, Payload};

/// The events of a scope.
impl Client {
    /// Makes `count` calls at the same moment.
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
        // The actions so far were decided before this call.
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
            Err(NotQueued { payload, rejection }) => self.end(id, Some(payload), End::Rejected(rejection)),
        }
        self.settle();
        id
    }

    /// A request is answered, and not by a throttle.
    pub(crate) fn accept(&mut self, id: u32) {
        self.invariants.connected();
        self.finish_attempt(id, Outcome::Accepted, UniformSample::ZERO);
    }

    /// A request is throttled without a delay.
    pub(crate) fn throttle(&mut self, id: u32) {
        self.throttle_with(id, None, UniformSample::ZERO);
    }

    /// A request is throttled with a `Retry-After`.
    pub(crate) fn throttle_for(&mut self, id: u32, retry_after: Span) {
        self.throttle_with(id, Some(retry_after.into()), UniformSample::ZERO);
    }

    pub(crate) fn throttle_with(
        &mut self,
        id: u32,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
    ) {
        self.finish_attempt(id, Outcome::Throttled(requested), sample);
    }

    /// A request is answered by a 503 with a `Retry-After`.
    pub(crate) fn unavailable_for(&mut self, id: u32, retry_after: Span) {
        self.finish_attempt(id, Outcome::Unavailable(retry_after.into()), UniformSample::ZERO);
    }

    /// A request is answered by a 429 of a used-up quota.
    pub(crate) fn exceed_quota(&mut self, id: u32) {
        self.finish_attempt(id, Outcome::QuotaExceeded, UniformSample::ZERO);
    }

    /// A request fails without a response.
    pub(crate) fn fail(&mut self, id: u32) {
        self.finish_attempt(id, Outcome::Failed, UniformSample::ZERO);
    }

    /// A request fails with the error that browsers use for hidden responses too.
    pub(crate) fn fail_opaquely(&mut self, id: u32) {
        self.finish_attempt(id, Outcome::FailedOpaquely, UniformSample::ZERO);
    }

    fn finish_attempt(&mut self, id: u32, outcome: Outcome, sample: UniformSample) {
        self.begin();
        let (now, before) = (self.now, self.snapshot().throttled);
        let disposition = self.scope.finish(now, self.ticket(id), outcome, sample);
        match outcome {
            Outcome::Throttled(requested) => self.invariants.throttled(now, requested),
            Outcome::Unavailable(requested) => self.invariants.throttled(now, Some(requested)),
            Outcome::QuotaExceeded => self.invariants.throttled(now, None),
            Outcome::Accepted | Outcome::Failed => {}
            Outcome::FailedOpaquely => self.throttles_found_since(before),
        }
        let end = match outcome {
            Outcome::Accepted => End::Accepted,
            Outcome::Failed | Outcome::FailedOpaquely => End::Failed,
            _ => End::Refused,
        };
        if !matches!(end, End::Failed) {
            self.invariants.connected();
        }
        match disposition {
            Disposition::Deliver(payload) => self.end(id, Some(payload), end),
            Disposition::Withhold => {
                self.take_off_wire(id);
                self.withheld.insert(id);
            }
        }
        self.settle();
        let may_await_check = outcome == Outcome::FailedOpaquely;
        assert!(may_await_check || !self.withheld.contains(&id), "{id} is neither requeued nor ended");
    }

    fn throttles_found_since(&mut self, before: u32) {
        for _ in before..self.snapshot().throttled {
            self.invariants.throttled(self.now, None);
        }
    }

    /// Another library's request met a used-up quota.
    pub(crate) fn exceed_quota_externally(&mut self) {
        self.begin();
        self.invariants.throttled(self.now, None);
        self.scope.finish_externally(self.now, Outcome::QuotaExceeded, UniformSample::ZERO);
        self.settle();
    }

    /// Makes the client one of several tabs.
    pub(crate) fn set_id(&mut self, id: u32) {
        self.scope.join_tabs(id);
    }

    /// Takes a message that another tab posted `age` ago.
    pub(crate) fn receive(&mut self, age: Span, message: &[f64]) {
        self.begin();
        self.scope.receive_message(self.now, age, message);
        self.settle();
    }

    /// Restores the state that was persisted `age` ago.
    pub(crate) fn restore(&mut self, age: Span, persisted: &[f64]) {
        self.begin();
        self.scope.restore(self.now, age, persisted);
        self.settle();
    }

    /// Ends the reachability check.
    pub(crate) fn reachability_checked(&mut self, is_reachable: bool) {
        self.begin();
        let before = self.snapshot().throttled;
        self.scope.reachability_checked(self.now, is_reachable, UniformSample::ZERO);
        self.throttles_found_since(before);
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

    /// The caller aborts a request.
    pub(crate) fn abort(&mut self, id: u32) {
        self.begin();
        let payload = self.scope.abort(self.now, self.ticket(id));
        self.end(id, payload, End::Aborted);
        self.settle();
    }

    /// Another library's request was throttled. Returns the length of the pause.
    pub(crate) fn throttled_externally(
        &mut self,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
    ) -> Span {
        self.begin();
        self.invariants.throttled(self.now, requested);
        let delay = self.scope.finish_externally(self.now, Outcome::Throttled(requested), sample);
        self.settle();
        delay
    }

    /// The body of a 429 is being read.
    pub(crate) fn suspect(&mut self) {
        self.begin();
        self.invariants.suspected(self.now);
        self.scope.suspect(self.now);
        self.settle();
    }

    /// Pauses by hand; without a duration, until [`Client::resume`].
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

    /// Reports every outcome of a request that has ended or is not in flight, which must change nothing.
    pub(crate) fn answer_wrongly(&mut self, id: u32) {
        let Some(ticket) = self.look_up(id).ticket else { return };
        let (before, wake) = (self.snapshot(), self.scope.next_wake(self.now));
        let throttled = Outcome::Throttled(Some(Span::from_secs(1_000).into()));
        for outcome in
            [Outcome::Accepted, Outcome::Failed, Outcome::FailedOpaquely, Outcome::QuotaExceeded, throttled]
        {
            let disposition = self.scope.finish(self.now, ticket, outcome, UniformSample::ZERO);
            assert!(matches!(disposition, Disposition::Withhold));
        }
        if self.look_up(id).end.is_some() {
            assert!(self.scope.abort(self.now, ticket).is_none());
            assert!(self.scope.payload(ticket).is_none());
        }
        assert_eq!((self.snapshot(), self.scope.next_wake(self.now)), (before, wake));
        assert!(self.scope.next_action().is_none());
    }

    fn ticket(&self, id: u32) -> Ticket {
        self.look_up(id).ticket.expect("the call was let in")
    }
}
