//! The other tabs, as this tab knows them from their messages.

use crate::throttle::limit::share::{DEMAND_CAP, Share};
use crate::throttle::tabs::message::TabMessage;
use crate::time::{Instant, Span};

/// The other tabs.
#[derive(Debug, Clone, Default)]
pub(super) struct Peers {
    peers: Vec<Peer>,
    /// The start of the second in which messages are counted.
    second: Instant,
    /// Messages in that second.
    messages: u32,
}

#[derive(Debug, Clone, Copy)]
struct Peer {
    id: u32,
    received_at: Instant,
    /// The number of its last message.
    number: u32,
    demand: f64,
    /// The last time in a pause at which it had no request in flight.
    settled_at: Option<Instant>,
    /// Its decisions so far.
    decisions: u32,
    /// Whether it has replied to every question.
    is_responsive: bool,
}

/// The largest number of tabs that are told apart.
const MAX_PEERS: usize = 32;
/// The largest number of messages that are read in a second.
const MAX_MESSAGES_PER_SECOND: u32 = 200;
/// Time without a message after which a tab is asleep or gone, and has no share.
const PEER_TIMEOUT: Span = Span::from_secs(3);

/// The news in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Received {
    /// Whether it is the first message of its tab.
    pub(super) is_newcomer: bool,
    /// Decisions since the last message of its tab.
    pub(crate) decisions: usize,
}

impl Peers {
    /// Takes a message; `None` if there are too many, or a later one has overtaken it.
    pub(super) fn receive(&mut self, now: Instant, message: &TabMessage) -> Option<Received> {
        if now.since(self.second) >= Span::from_secs(1) {
            (self.second, self.messages) = (now, 0);
        }
        self.messages += 1;
        if self.messages > MAX_MESSAGES_PER_SECOND {
            return None;
        }
        let TabMessage { id, number, sent_at, asks_demand, report, .. } = *message;
        let is_settled = report.pause.is_some() && report.in_flight == 0.0;
        let mut peer = Peer {
            id,
            received_at: now,
            number,
            // A tab that asks has only begun to call, and will want more.
            demand: if asks_demand { report.demand.max(DEMAND_CAP) } else { report.demand },
            settled_at: is_settled.then_some(sent_at),
            decisions: message.decisions.count,
            is_responsive: true,
        };
        let known = self.peers.iter_mut().find(|known| known.id == id);
        let is_newcomer = known.is_none();
        let mut decisions_before = 0;
        if let Some(known) = known {
            if number <= known.number {
                return None;
            }
            decisions_before = known.decisions;
            peer.settled_at = peer.settled_at.or(known.settled_at);
            *known = peer;
        } else {
            self.make_room(now)?;
            self.peers.push(peer);
        }
        Some(Received { is_newcomer, decisions: peer.decisions.saturating_sub(decisions_before) as usize })
    }

    /// Forgets the tabs that are gone, if there are too many; `None` if there still are.
    fn make_room(&mut self, now: Instant) -> Option<()> {
        if self.peers.len() >= MAX_PEERS {
            self.peers.retain(|peer| now.since(peer.received_at) < PEER_TIMEOUT);
        }
        (self.peers.len() < MAX_PEERS).then_some(())
    }

    /// Returns the share of the tab with this id and demand. A tab that has been silent since `silent_since` is taken to
    /// want as much.
    pub(super) fn share(&self, now: Instant, id: u32, demand: f64, silent_since: Instant) -> Share {
        let others = self.peers.iter().filter_map(|peer| {
            let known = peer.has_demand(now).then_some(peer.demand);
            Some((known.or(peer.is_silent(silent_since).then_some(demand))?, peer.id < id))
        });
        Share::among(demand, others)
    }

    /// Whether a responsive tab that had no demand has sent no message since then.
    pub(super) fn any_silent(&self, since: Instant) -> bool {
        self.peers.iter().any(|peer| peer.is_silent(since))
    }

    /// Marks the tabs that have not replied since `asked_at`. They are not waited for until their next message.
    pub(super) fn give_up(&mut self, asked_at: Instant) {
        for peer in &mut self.peers {
            peer.is_responsive &= peer.received_at >= asked_at;
        }
    }

    /// Returns the number of tabs that may not have announced all decisions before the pause that began at `began`.
    pub(super) fn unsettled(&self, now: Instant, began: Instant) -> usize {
        let is_settled = |peer: &&Peer| peer.settled_at.is_some_and(|settled_at| settled_at >= began);
        self.peers.iter().filter(|peer| peer.has_demand(now) && !is_settled(peer)).count()
    }

    /// Whether another tab has demand.
    pub(super) fn any_demand(&self, now: Instant) -> bool {
        self.peers.iter().any(|peer| peer.has_demand(now))
    }
}

impl Peer {
    fn has_demand(&self, now: Instant) -> bool {
        self.demand > 0.0 && now.since(self.received_at) < PEER_TIMEOUT
    }

    fn is_silent(&self, since: Instant) -> bool {
        self.is_responsive && self.demand == 0.0 && self.received_at < since
    }
}
