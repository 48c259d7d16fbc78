use super::share::Share;
use super::word::Word;
use crate::time::{Instant, Span};

/// The other tabs, as far as they were heard of.
#[derive(Debug, Clone, Default)]
pub(super) struct Peers {
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
    /// How many acceptances and throttles were heard of.
    accepted: u32,
    throttled: u32,
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
pub(super) struct News {
    /// Whether nothing was heard of this tab before.
    pub(super) is_newcomer: bool,
    /// How many acceptances.
    pub(super) accepted: u32,
    /// How many throttles.
    pub(super) throttled: u32,
}

impl Peers {
    /// A word comes in; `None` if it is not listened to: there are too many, or it was overtaken by a later one.
    pub(super) fn hear(&mut self, now: Instant, word: &Word) -> Option<News> {
        if now.since(self.listening.0) >= SECOND {
            self.listening = (now, 0);
        }
        self.listening.1 += 1;
        if self.listening.1 > MOST_WORDS {
            return None;
        }
        let (accepted, throttled) = (word.accepted.count, word.throttled.count);
        let Word { id, number, demand, .. } = *word;
        let heard = Peer { id, heard_at: now, number, demand, accepted, throttled };
        if let Some(peer) = self.peers.iter_mut().find(|peer| peer.id == word.id) {
            if word.number <= peer.number {
                return None;
            }
            let before = std::mem::replace(peer, heard);
            return Some(News {
                is_newcomer: false,
                accepted: accepted.saturating_sub(before.accepted),
                throttled: throttled.saturating_sub(before.throttled),
            });
        }
        if self.peers.len() >= MOST {
            self.peers.retain(|peer| now.since(peer.heard_at) < FRESH);
        }
        if self.peers.len() >= MOST {
            return None;
        }
        self.peers.push(heard);
        Some(News { is_newcomer: true, accepted, throttled })
    }

    /// What is left to a tab with this id and demand.
    pub(super) fn leave(&self, now: Instant, id: u32, demand: f64) -> Share {
        Share::among(demand, self.with_demand(now).map(|peer| (peer.demand, peer.id < id)))
    }

    /// Whether another tab wants to send.
    pub(super) fn have_demand(&self, now: Instant) -> bool {
        self.with_demand(now).next().is_some()
    }

    fn with_demand(&self, now: Instant) -> impl Iterator<Item = &Peer> {
        self.peers.iter().filter(move |peer| peer.demand > 0.0 && now.since(peer.heard_at) < FRESH)
    }
}
