use crate::throttle::queue::attempt::FinishedAttempt;
use crate::time::{Instant, Span};

/// What to do about a throttle that CORS hides from the page: a browser shows it as the same bare TypeError as a
/// network that is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OpaqueThrottling {
    /// Nothing.
    Off,
    /// Say so, once.
    #[default]
    Diagnose,
    /// Say so, and treat it as the throttle that it is, as far as a request may be sent again that may have been acted
    /// on.
    Retry,
}

/// Tells a throttle that is hidden from a network that is down.
///
/// The pattern: a failure without a word that came back quickly, from where something was answered before, and either
/// not the only one or close to the limit. It is not proof. So a probe is sent, whose answer CORS need not let anyone
/// read: if that arrives, the server was there all the time. From then on the pattern is enough, for as long as
/// something is answered in between: a network that goes down later must not be waited for as for a throttle.
#[derive(Debug)]
pub(crate) struct OpaqueThrottleDetector {
    mode: OpaqueThrottling,
    has_answered: bool,
    /// Whether something was answered since the last throttle.
    is_fresh: bool,
    /// A probe has reached the server while failures said nothing.
    is_known: bool,
    last_failure: Option<Instant>,
    /// Until when the probe may take, while one is out.
    probe: Option<Instant>,
    /// Whether the pattern was seen so far.
    is_likely: bool,
    /// No probe before.
    next_probe: Instant,
    /// What came back while it is being found out.
    held: Vec<FinishedAttempt>,
}

/// What a failure without a word is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Classification {
    /// What it looks like.
    Failure,
    /// A throttle.
    Throttle,
    /// A probe has to tell, and the request is held for so long.
    Unclear,
}

/// The circumstances of a failure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailureContext {
    /// How long it took.
    pub(crate) took: Span,
    /// Whether a throttle would be no surprise.
    pub(crate) is_near_limit: bool,
    /// Whether a throttle has paused the scope already, most likely the same.
    pub(crate) is_paused: bool,
    /// Whether others are on the wire, which may fail as well.
    pub(crate) has_company: bool,
}

/// A gateway refuses in a round trip. What takes longer has waited for somebody that is not there; the same goes for
/// the probe.
const QUICK: Span = Span::from_secs(2);
/// What takes no time was not refused by anyone far away: fetch could not make sense of it.
const INSTANT: Span = Span::from_millis(1);
/// Failures so close to each other have one reason.
const AT_ONCE: Span = Span::from_secs(1);
/// So rarely a probe is sent: whatever it has found, it is so for a while.
const BETWEEN_PROBES: Span = Span::from_secs(10);

impl OpaqueThrottleDetector {
    pub(crate) fn new() -> OpaqueThrottleDetector {
        OpaqueThrottleDetector {
            mode: OpaqueThrottling::default(),
            has_answered: false,
            is_fresh: false,
            is_known: false,
            last_failure: None,
            probe: None,
            is_likely: false,
            next_probe: Instant::START,
            held: Vec::new(),
        }
    }

    pub(crate) fn set(&mut self, mode: OpaqueThrottling) {
        self.mode = mode;
    }

    /// Something was answered.
    pub(crate) fn answered(&mut self) {
        self.has_answered = true;
        self.is_fresh = true;
    }

    /// What to take a failure without a word for, and whether a probe is to be sent.
    pub(crate) fn judge(&mut self, now: Instant, context: FailureContext) -> (Classification, bool) {
        // A server that has thrown others back is there, too.
        let is_there = self.has_answered || context.is_near_limit || context.is_paused;
        if self.mode == OpaqueThrottling::Off || !is_there || context.took < INSTANT || context.took > QUICK {
            return (Classification::Failure, false);
        }
        let is_out = self.probe.is_some();
        let is_one_of_several = is_out || self.last_failure.is_some_and(|last| now.since(last) <= AT_ONCE);
        self.last_failure = Some(now);
        let is_likely = is_one_of_several || context.is_near_limit || context.is_paused;
        if self.mode == OpaqueThrottling::Diagnose {
            // Whoever is given its error at once can wait for a second failure before it is worth a probe.
            return (Classification::Failure, is_likely && !self.is_known && self.asks(now, is_likely));
        }
        if self.is_known && is_likely && (self.is_fresh || context.is_paused) {
            self.throttles();
            return (Classification::Throttle, false);
        }
        let asks = (is_likely || context.has_company) && self.asks(now, is_likely);
        (if is_out || asks { Classification::Unclear } else { Classification::Failure }, asks)
    }

    /// Whether to send a probe now.
    fn asks(&mut self, now: Instant, is_likely: bool) -> bool {
        let is_due = self.probe.is_none() && now >= self.next_probe;
        if is_due {
            self.probe = Some(now + QUICK);
            self.next_probe = now + BETWEEN_PROBES;
        }
        // What fails while a probe is out is one of several.
        self.is_likely = is_likely;
        is_due
    }

    fn throttles(&mut self) {
        self.is_fresh = false;
        // The next pause may have a probe of its own.
        self.next_probe = Instant::START;
    }

    /// What has landed is held until the probe is back.
    pub(crate) fn hold(&mut self, held: FinishedAttempt) {
        self.held.push(held);
    }

    /// The probe is back, or is not waited for any longer. Returns what was held, and whether that was throttled.
    pub(crate) fn settle(&mut self, is_reachable: bool) -> (Vec<FinishedAttempt>, bool) {
        let has_reached = self.probe.take().is_some() && is_reachable;
        let is_throttle = has_reached && self.is_likely;
        self.is_known |= has_reached;
        if is_throttle {
            self.throttles();
        }
        (std::mem::take(&mut self.held), is_throttle)
    }

    /// Until when the probe may take, while one is out.
    pub(crate) fn probe_until(&self) -> Option<Instant> {
        self.probe
    }

    /// Whether the scope waits for the probe.
    pub(crate) fn holds(&self) -> bool {
        !self.held.is_empty()
    }
}
