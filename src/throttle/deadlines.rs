use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::request::Ticket;
use crate::time::Instant;

/// When waiting requests give up, the soonest first.
///
/// As in the queue, a request that ends early leaves its entry behind; entries are swept once most are leftovers.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    heap: BinaryHeap<Reverse<(Instant, u32, u32)>>,
}

impl Deadlines {
    pub(super) fn push(&mut self, at: Instant, ticket: Ticket) {
        self.heap.push(Reverse((at, ticket.seq, ticket.slot)));
    }

    /// A request whose deadline has come, if any is left.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<Ticket> {
        let Reverse((at, ..)) = self.heap.peek()?;
        if *at > now {
            return None;
        }
        self.heap.pop().map(|Reverse((_, seq, slot))| Ticket { slot, seq })
    }

    /// The next deadline, once the entries in front of it that no longer count are gone.
    pub(super) fn next(&mut self, counts: impl Fn(Ticket) -> bool) -> Option<Instant> {
        while let Some(Reverse((at, seq, slot))) = self.heap.peek() {
            if counts(Ticket { slot: *slot, seq: *seq }) {
                return Some(*at);
            }
            self.heap.pop();
        }
        None
    }

    /// Sweeps if far more entries are held than requests are alive.
    pub(super) fn trim(&mut self, alive: usize, counts: impl Fn(Ticket) -> bool) {
        if self.heap.len() > 2 * alive + 64 {
            self.heap.retain(|Reverse((_, seq, slot))| counts(Ticket { slot: *slot, seq: *seq }));
        }
    }
}
