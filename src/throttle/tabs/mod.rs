//! The exchange with other tabs of the same page's origin.

pub(crate) mod message;
mod peers;
pub(crate) mod persisted;

use crate::throttle::limit::share::Share;
use crate::throttle::tabs::message::{Decision, Decisions, ScopeReport, TabMessage};
use crate::throttle::tabs::peers::{Peers, Received};
use crate::time::{Instant, Span};

/// This tab's messages, and its knowledge of the other tabs.
///
/// There is no leader. Every tab reports its own state, and tabs that received the same messages draw the same
/// conclusions.
#[derive(Debug, Clone)]
pub(crate) struct Tabs {
    id: u32,
    peers: Peers,
    /// The decisions about this tab's own requests.
    decisions: Decisions,
    /// Messages so far.
    messages: u32,
    /// The time of the last message.
    sent_at: Option<Instant>,
    /// The demand in the last message.
    announced_demand: f64,
    urgency: Urgency,
    /// Whether a pause is on, and this tab has not announced yet that it has no request in flight.
    is_unsettled: bool,
    /// Whether a limit was met. The first burst of all tabs together is not for one tab to spend.
    has_met_limit: bool,
    /// The time at which this tab asked for the demand of the others, if it has had none itself since.
    asked_at: Option<Instant>,
}

/// The urgency of the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    /// Nothing to announce.
    None,
    /// News, which may wait as long as no other tab has demand.
    News,
    /// A reply, due within [`MESSAGE_INTERVAL`].
    Reply,
    /// Due at once, and again as `News`, should it be lost.
    AtOnce,
}

/// The largest difference between the ends of one pause as several tabs see it.
pub(crate) const SAME_END: Span = Span::from_millis(50);
/// The shortest time between messages that are not due at once.
const MESSAGE_INTERVAL: Span = Span::from_millis(100);
/// The time in which tabs reply. A tab that does not is asleep or gone. Leaves time to repeat a lost message.
const REPLY_TIMEOUT: Span = Span::from_millis(150);
/// The longest time between messages while this tab and another one have demand. A tab that is alone sends no
/// heartbeat of its own accord.
const HEARTBEAT: Span = Span::from_secs(1);

impl Tabs {
    pub(crate) fn new(id: u32) -> Tabs {
        Tabs {
            id,
            peers: Peers::default(),
            decisions: Decisions::default(),
            messages: 0,
            sent_at: None,
            announced_demand: 0.0,
            // The other tabs reply to the first message, and are known from then on.
            urgency: Urgency::AtOnce,
            is_unsettled: false,
            has_met_limit: false,
            asked_at: None,
        }
    }

    /// Expects demand after a time without. Gives up the tabs that have not replied until now.
    pub(crate) fn expect_demand(&mut self, now: Instant) {
        if let Some(asked_at) = self.asked_at.take().filter(|asked_at| now >= *asked_at + REPLY_TIMEOUT) {
            self.peers.give_up(asked_at);
        }
    }

    /// Returns the end of the time in which replies are awaited.
    pub(crate) fn replies_until(&self, now: Instant) -> Option<Instant> {
        let until = self.asked_at.map(|asked_at| asked_at + REPLY_TIMEOUT);
        until.filter(|_| self.peers.any_silent(self.silent_since(now)))
    }

    /// Returns the time since which a tab without demand must have sent a message. A tab that has not is taken to want
    /// as much as this tab.
    fn silent_since(&self, now: Instant) -> Instant {
        match self.asked_at {
            _ if self.has_met_limit => Instant::START,
            Some(asked_at) if now >= asked_at + REPLY_TIMEOUT => Instant::START,
            Some(asked_at) => asked_at,
            None => now,
        }
    }

    /// Records that a limit was met, by this tab or another.
    pub(crate) fn limit_met(&mut self) {
        self.has_met_limit = true;
    }

    pub(crate) fn announce_at_once(&mut self) {
        self.urgency = Urgency::AtOnce;
    }

    /// Records a decision about one of this tab's requests.
    pub(crate) fn decided(&mut self, decision: Decision) {
        self.decisions.add(decision);
        self.raise(Urgency::News);
    }

    fn raise(&mut self, urgency: Urgency) {
        self.urgency = self.urgency.max(urgency);
    }

    /// Records the start of a pause. Before it ends, each tab announces the decisions until then.
    pub(crate) fn paused(&mut self) {
        self.is_unsettled = true;
        self.has_met_limit = true;
    }

    /// Records the end of a pause. Returns the number of tabs that may not have announced all their decisions.
    pub(crate) fn resumed(&mut self, now: Instant, began: Instant) -> usize {
        self.is_unsettled = false;
        self.peers.unsettled(now, began)
    }

    /// Returns this tab's share of the limit, with this demand.
    pub(crate) fn share(&self, now: Instant, demand: f64) -> Share {
        // A tab without demand has a share for its first request.
        self.peers.share(now, self.id, demand.max(1.0), self.silent_since(now))
    }

    /// Takes a message; `report` is the state of this tab. Returns the news in it; `None` if it is outdated or this
    /// tab's own.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        message: &TabMessage,
        report: ScopeReport,
    ) -> Option<Received> {
        if message.id == self.id {
            return None;
        }
        let received = self.peers.receive(now, message)?;
        if received.is_newcomer || message.asks_demand {
            self.raise(Urgency::Reply);
        }
        // The other tab does not know the whole pause.
        let known_end = message.report.pause.map_or(now, |pause| pause.end) + SAME_END;
        if report.pause.is_some_and(|pause| pause.end > known_end) {
            self.raise(Urgency::News);
        }
        Some(received)
    }

    /// Returns the time at which the next message is due.
    pub(crate) fn next_message(&self, now: Instant, demand: f64, in_flight: f64) -> Option<Instant> {
        let since_last = |span| self.sent_at.map_or(now, |sent_at| sent_at + span).max(now);
        if self.urgency == Urgency::AtOnce || self.asks_demand(now, demand > in_flight) {
            Some(now)
        } else if self.urgency == Urgency::Reply {
            Some(since_last(MESSAGE_INTERVAL))
        } else if !self.peers.any_demand(now) {
            // Silent tabs count with the demand of this tab, so they need not know it.
            let is_known = demand > 0.0 && !self.peers.any_silent(self.silent_since(now));
            Some(since_last(HEARTBEAT)).filter(|at| is_known && *at == now)
        } else if self.is_unsettled && in_flight == 0.0 && demand > 0.0 {
            Some(now)
        } else if self.urgency == Urgency::News || demand != self.announced_demand {
            Some(since_last(MESSAGE_INTERVAL))
        } else {
            (demand > 0.0).then(|| since_last(HEARTBEAT))
        }
    }

    /// Whether requests are queued only because the demand of other tabs is not known.
    fn asks_demand(&self, now: Instant, has_queued: bool) -> bool {
        has_queued && self.asked_at.is_none() && self.peers.any_silent(self.silent_since(now))
    }

    /// Makes the message to post now.
    pub(crate) fn take_message(&mut self, now: Instant, report: ScopeReport) -> TabMessage {
        let asks_demand = self.asks_demand(now, report.demand > report.in_flight);
        if asks_demand {
            self.asked_at = Some(now);
        }
        self.messages = self.messages.saturating_add(1);
        self.sent_at = Some(now);
        self.announced_demand = report.demand;
        self.urgency = if self.urgency == Urgency::AtOnce { Urgency::News } else { Urgency::None };
        self.is_unsettled &= report.in_flight > 0.0;
        let decisions = self.decisions.clone();
        TabMessage { id: self.id, number: self.messages, sent_at: now, asks_demand, report, decisions }
    }
}
