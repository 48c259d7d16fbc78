use crate::throttle::limit::share::DEMAND_CAP;
use crate::throttle::limit::share::Share;
use crate::throttle::tabs::message::TabMessage;
use crate::time::{Instant, Span};

/// The other tabs, as far as they were heard of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Peers {
    peers: Vec<Peer>,
    /// Since when words are counted, and how many there were.
    listening: (Instant, u32),
}

#[derive(Debug, Clone, Copy)]
struct Peer {
    id: u32,
    heard_at: Instant,
    /// The last word that was heard of it.
    number: u32,
    demand: f64,
    /// When it last said in a pause that it has nothing on the wire.
    settled_at: Option<Instant>,
    /// How many answers were heard of.
    answers: u32,
    /// Whether it has answered whenever it was asked.
    is_there: bool,
}

/// More tabs than this are not told apart.
const MOST: usize = 32;
/// More words than this are not listened to within a second.
const MOST_WORDS: u32 = 200;
const SECOND: Span = Span::from_secs(1);
/// A tab that was not heard of for so long is asleep or gone, and takes nothing.
const FRESH: Span = Span::from_secs(3);

/// What is new in a word, to those who have heard the words before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Received {
    /// Whether nothing was heard of this tab before.
    pub(crate) is_newcomer: bool,
    /// How many answers there were since the last word.
    pub(crate) answers: usize,
}

impl Peers {
    /// A word comes in; `None` if it is not listened to: there are too many, or it was overtaken by a later one.
    pub(crate) fn hear(&mut self, now: Instant, word: &TabMessage) -> Option<Received> {
        if now.since(self.listening.0) >= SECOND {
            self.listening = (now, 0);
        }
        self.listening.1 += 1;
        if self.listening.1 > MOST_WORDS {
            return None;
        }
        let TabMessage { id, number, said_at, shown, .. } = *word;
        let settled_at = (shown.pause.is_some() && shown.on_wire == 0.0).then_some(said_at);
        // Who asks has just begun to call, and wants more than its part.
        let demand = if word.asks { shown.demand.max(DEMAND_CAP) } else { shown.demand };
        let answers = word.answers.count;
        let mut heard = Peer { id, heard_at: now, number, demand, settled_at, answers, is_there: true };
        let before = match self.peers.iter_mut().find(|peer| peer.id == id) {
            Some(peer) if number <= peer.number => return None,
            Some(peer) => {
                heard.settled_at = settled_at.or(peer.settled_at);
                Some(std::mem::replace(peer, heard))
            }
            None => {
                self.make_room(now)?;
                self.peers.push(heard);
                None
            }
        };
        let known = before.map_or(0, |peer| peer.answers);
        Some(Received { is_newcomer: before.is_none(), answers: answers.saturating_sub(known) as usize })
    }

    /// Forgets those that are gone, if there are too many; `None` if that does not help.
    fn make_room(&mut self, now: Instant) -> Option<()> {
        if self.peers.len() >= MOST {
            self.peers.retain(|peer| now.since(peer.heard_at) < FRESH);
        }
        (self.peers.len() < MOST).then_some(())
    }

    /// What is left to a tab with this id and demand. Whoever is there, and has not said since `asked` what it wants, is
    /// taken to want as much.
    pub(crate) fn leave(&self, now: Instant, id: u32, demand: f64, asked: Instant) -> Share {
        let others = self.peers.iter().filter_map(|peer| {
            let told = peer.has_demand(now).then_some(peer.demand);
            Some((told.or(peer.is_silent(asked).then_some(demand))?, peer.id < id))
        });
        Share::among(demand, others)
    }

    /// Whether anybody is there who last wanted nothing, and has not said since then what it wants.
    pub(crate) fn are_silent(&self, since: Instant) -> bool {
        self.peers.iter().any(|peer| peer.is_silent(since))
    }

    /// Who was asked then, and has not answered yet, is asleep or gone: it is not waited for again before it speaks.
    pub(crate) fn give_up(&mut self, asked: Instant) {
        for peer in &mut self.peers {
            peer.is_there &= peer.heard_at >= asked;
        }
    }

    /// How many tabs may have had something admitted that they have not told of, before the pause that began then.
    pub(crate) fn unsettled(&self, now: Instant, began: Instant) -> usize {
        self.with_demand(now).filter(|peer| peer.settled_at.is_none_or(|settled| settled < began)).count()
    }

    /// Whether another tab wants to send.
    pub(crate) fn have_demand(&self, now: Instant) -> bool {
        self.with_demand(now).next().is_some()
    }

    fn with_demand(&self, now: Instant) -> impl Iterator<Item = &Peer> {
        self.peers.iter().filter(move |peer| peer.has_demand(now))
    }
}

impl Peer {
    fn has_demand(&self, now: Instant) -> bool {
        self.demand > 0.0 && now.since(self.heard_at) < FRESH
    }

    fn is_silent(&self, since: Instant) -> bool {
        self.is_there && self.demand == 0.0 && self.heard_at < since
    }
}
