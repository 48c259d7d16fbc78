pub(crate) mod message;
pub(crate) mod peers;
pub(crate) mod persisted;

use crate::throttle::limit::share::Share;
use crate::throttle::tabs::message::Decision;
use crate::throttle::tabs::message::Decisions;
use crate::throttle::tabs::message::ScopeReport;
use crate::throttle::tabs::message::TabMessage;
use crate::throttle::tabs::peers::Peers;
use crate::throttle::tabs::peers::Received;
use crate::time::{Instant, Span};

/// What this tab tells the others, and has heard of them.
///
/// There is no leader. Every tab says what it sees, and every tab that has heard the same comes to the same picture.
#[derive(Debug, Clone)]
pub(crate) struct Tabs {
    id: u32,
    peers: Peers,
    /// What happened to this tab's own requests.
    answers: Decisions,
    /// Words so far, and when the last one was posted.
    words: u32,
    posted_at: Option<Instant>,
    /// What it said of the demand.
    told_demand: f64,
    /// Whether something happened that others have to hear of at once.
    is_urgent: bool,
    /// Whether another tab wants to know of this one.
    owes_answer: bool,
    /// Whether something happened that others should hear of soon.
    has_news: bool,
    /// Whether a pause is on in which it has not yet said that everything is back.
    is_unsettled: bool,
    /// Whether any limit was met. What all tabs send before that is a burst that one of them must not spend alone.
    has_met_limit: bool,
    /// When it asked what the others want, if it has since it had nothing to do.
    asked_at: Option<Instant>,
}

/// The ends of one pause, as several tabs see it, are no further apart.
pub(crate) const SAME_END: Span = Span::from_millis(50);
/// How far apart words are at least that are not urgent.
const EVERY: Span = Span::from_millis(100);
/// Whoever was asked, and has not answered for so long, is asleep or gone. It is time for a word that is lost to be said
/// again.
const ANSWERS: Span = Span::from_millis(150);
/// How far apart words are at most of a tab that wants to send while others do, so that it is not forgotten. One that
/// seems to be alone says no more often that it wants to, and only when something happens anyway.
const HEARTBEAT: Span = Span::from_secs(1);

impl Tabs {
    pub(crate) fn new(id: u32) -> Tabs {
        Tabs {
            id,
            peers: Peers::default(),
            answers: Decisions::default(),
            words: 0,
            posted_at: None,
            told_demand: 0.0,
            // The others answer, and are known from then on.
            is_urgent: true,
            owes_answer: false,
            has_news: false,
            is_unsettled: false,
            has_met_limit: false,
            asked_at: None,
        }
    }

    /// There is something to do again.
    pub(crate) fn turns_busy(&mut self, now: Instant) {
        if let Some(asked) = self.asked_at.take().filter(|asked| now >= *asked + ANSWERS) {
            self.peers.give_up(asked);
        }
    }

    /// Until when something may wait for what the others say that they want.
    pub(crate) fn listens_until(&self, now: Instant) -> Option<Instant> {
        self.asked_at.map(|asked| asked + ANSWERS).filter(|_| self.peers.are_silent(self.unheard_since(now)))
    }

    /// Whoever has said nothing since then may want to send as much as this tab.
    fn unheard_since(&self, now: Instant) -> Instant {
        match self.asked_at {
            _ if self.has_met_limit => Instant::START,
            Some(asked) if now >= asked + ANSWERS => Instant::START,
            Some(asked) => asked,
            None => now,
        }
    }

    /// A limit was met, here or elsewhere.
    pub(crate) fn met_limit(&mut self) {
        self.has_met_limit = true;
    }

    /// Something has happened that others have to hear of at once, and again soon, should that be lost.
    pub(crate) fn tell_at_once(&mut self) {
        self.is_urgent = true;
    }

    /// One of this tab's requests was answered.
    pub(crate) fn answered(&mut self, answer: Decision) {
        self.answers.add(answer);
        self.has_news = true;
    }

    /// A pause begins: before it is over, everybody has to know what was admitted until then.
    pub(crate) fn paused(&mut self) {
        self.is_unsettled = true;
        self.has_met_limit = true;
    }

    /// The pause is over that began then. Returns how many of the others may have had something admitted before that
    /// they have not told of.
    pub(crate) fn resumed(&mut self, now: Instant, began: Instant) -> usize {
        self.is_unsettled = false;
        self.peers.unsettled(now, began)
    }

    /// This tab's part, with such a demand.
    pub(crate) fn share(&self, now: Instant, demand: f64) -> Share {
        // A tab that wants nothing is ready for the first that it will want.
        self.peers.leave(now, self.id, demand.max(1.0), self.unheard_since(now))
    }

    /// A word comes in, while this tab shows so much. Returns what is new in it; `None` if it is not to be listened to:
    /// it is this tab's own, or an old one.
    pub(crate) fn hear(&mut self, now: Instant, word: &TabMessage, shown: ScopeReport) -> Option<Received> {
        if word.id == self.id {
            return None;
        }
        let news = self.peers.hear(now, word)?;
        self.owes_answer |= news.is_newcomer || word.asks;
        // Who does not know of the pause has to hear of it again.
        let known = word.shown.pause.map_or(now, |pause| pause.end) + SAME_END;
        self.has_news |= shown.pause.is_some_and(|pause| pause.end > known);
        Some(news)
    }

    /// When the next word is due, if one is.
    pub(crate) fn due(&self, now: Instant, demand: f64, on_wire: f64) -> Option<Instant> {
        let since_last = |span| self.posted_at.map_or(now, |posted| posted + span).max(now);
        if self.is_urgent || self.asks(now, demand > on_wire) {
            Some(now)
        } else if self.owes_answer {
            Some(since_last(EVERY))
        } else if !self.peers.have_demand(now) {
            // Those who were not heard count with it as it is.
            let is_told = demand > 0.0 && !self.peers.are_silent(self.unheard_since(now));
            Some(since_last(HEARTBEAT)).filter(|at| is_told && *at == now)
        } else if self.is_unsettled && on_wire == 0.0 && demand > 0.0 {
            Some(now)
        } else if self.has_news || demand != self.told_demand {
            Some(since_last(EVERY))
        } else {
            (demand > 0.0).then(|| since_last(HEARTBEAT))
        }
    }

    /// Whether something waits only because nobody knows what the others want.
    fn asks(&self, now: Instant, waits: bool) -> bool {
        waits && self.asked_at.is_none() && self.peers.are_silent(self.unheard_since(now))
    }

    /// The word to post now.
    pub(crate) fn post(&mut self, now: Instant, shown: ScopeReport) -> TabMessage {
        let asks = self.asks(now, shown.demand > shown.on_wire);
        if asks {
            self.asked_at = Some(now);
        }
        self.words = self.words.saturating_add(1);
        self.posted_at = Some(now);
        self.told_demand = shown.demand;
        self.owes_answer = false;
        self.has_news = std::mem::take(&mut self.is_urgent);
        self.is_unsettled &= shown.on_wire > 0.0;
        let answers = self.answers.clone();
        TabMessage { id: self.id, number: self.words, said_at: now, asks, shown, answers }
    }
}
