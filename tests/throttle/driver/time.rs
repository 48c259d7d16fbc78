use api_service_client::time::{Instant, Span};

use super::Client;

/// The passing of time.
impl Client {
    /// Passes the time, and wakes the scope exactly when it asks to be woken.
    pub(crate) fn pass(&mut self, span: Span) {
        let until = self.now + span;
        while let Some(at) = self.scope.next_wake(self.now).filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.wake();
        }
        self.now = until;
    }

    /// Passes the time without a timer, as while a laptop sleeps.
    pub(crate) fn sleep(&mut self, span: Span) {
        self.now = self.now + span;
    }

    /// Wakes the scope, which then must not ask for the moment that it was woken at.
    pub(crate) fn wake(&mut self) {
        self.begin();
        self.scope.wake(self.now);
        self.settle();
        if let Some(next) = self.scope.next_wake(self.now) {
            assert!(next > self.now, "woken at {:?}, the scope asks for {next:?}: a hot loop", self.now);
        }
    }

    /// Passes the time until a request leaves, and returns its number.
    pub(crate) fn next_send(&mut self) -> u32 {
        self.sends.clear();
        while self.sends.is_empty() {
            self.wait("nothing is going to leave");
        }
        self.sends.remove(0)
    }

    /// Accepts the requests in flight, and passes the time, until every request has ended.
    pub(crate) fn finish(&mut self) {
        // A round ends a request or waits; a scope that needs more of them than this is stuck in all but name.
        for _ in 0..1_000 + 100 * self.calls.len() {
            if let Some(id) = self.wire.first() {
                self.accept(*id);
            } else if self.waiting.is_empty() && self.withheld.is_empty() {
                return;
            } else {
                self.wait("requests wait that nothing is going to wake");
            }
        }
        panic!("{} requests are stuck: {:?}", self.waiting.len(), self.snapshot());
    }

    /// The time until the next wake.
    pub(crate) fn next_wake(&mut self) -> Option<Span> {
        self.scope.next_wake(self.now).map(|at| at.since(self.now))
    }

    /// The time since the client was made.
    pub(crate) fn elapsed(&self) -> Span {
        self.now.since(Instant::START)
    }

    fn wait(&mut self, otherwise: &str) {
        self.now = self.scope.next_wake(self.now).expect(otherwise).max(self.now);
        self.wake();
    }
}
