//! A binary heap with lazy deletion.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::throttle::queue::ticket::Ticket;

/// Tickets ordered by a number, the lowest first.
///
/// A request that ends early leaves its entry behind, which is skipped when it comes up. So an abort needs no search.
/// [`LazyHeap::sweep`] removes the stale entries once they are the majority.
#[derive(Debug, Default)]
pub(crate) struct LazyHeap {
    entries: BinaryHeap<Reverse<(u64, u32, u32)>>,
}

/// Number of stale entries below which a sweep costs more than it saves.
const MIN_STALE_ENTRIES: usize = 64;

impl LazyHeap {
    pub(super) fn add(&mut self, order: u64, ticket: Ticket) {
        self.entries.push(Reverse((order, ticket.seq, ticket.slot)));
    }

    /// Returns the first entry that is not stale, and drops the stale entries before it.
    pub(super) fn first(&mut self, is_valid: &dyn Fn(Ticket) -> bool) -> Option<(u64, Ticket)> {
        while let Some(Reverse((order, seq, slot))) = self.entries.peek() {
            let ticket = Ticket { slot: *slot, seq: *seq };
            if is_valid(ticket) {
                return Some((*order, ticket));
            }
            self.entries.pop();
        }
        None
    }

    pub(super) fn drop_first(&mut self) {
        self.entries.pop();
    }

    /// Removes the stale entries if they outnumber the `valid` ones.
    pub(super) fn sweep(&mut self, valid: usize, is_valid: &dyn Fn(Ticket) -> bool) {
        if self.entries.len() > 2 * valid + MIN_STALE_ENTRIES {
            self.entries.retain(|Reverse((_, seq, slot))| is_valid(Ticket { slot: *slot, seq: *seq }));
        }
    }
}
