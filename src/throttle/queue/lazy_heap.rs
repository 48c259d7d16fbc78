use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::throttle::queue::ticket::Ticket;

/// Requests in the order of a number, the lowest first: whose turn is next, or whose patience ends next.
///
/// One that ends early leaves its entry behind, to be skipped when it comes up. That makes an abort free of any search.
/// Once most entries are leftovers they are swept.
#[derive(Debug, Default)]
pub(crate) struct LazyHeap {
    entries: BinaryHeap<Reverse<(u64, u32, u32)>>,
}

/// Below so many leftovers a sweep costs more than the memory is worth.
const SWEEP_ABOVE: usize = 64;

impl LazyHeap {
    pub(crate) fn add(&mut self, order: u64, ticket: Ticket) {
        self.entries.push(Reverse((order, ticket.seq, ticket.slot)));
    }

    /// The first that counts, and its number. Whatever stands before it is gone then.
    pub(crate) fn first(&mut self, counts: &dyn Fn(Ticket) -> bool) -> Option<(u64, Ticket)> {
        while let Some(Reverse((order, seq, slot))) = self.entries.peek() {
            let ticket = Ticket { slot: *slot, seq: *seq };
            if counts(ticket) {
                return Some((*order, ticket));
            }
            self.entries.pop();
        }
        None
    }

    /// Takes the first out.
    pub(crate) fn drop_first(&mut self) {
        self.entries.pop();
    }

    /// Sweeps if far more entries are held than `of_use`.
    pub(crate) fn sweep(&mut self, of_use: usize, counts: &dyn Fn(Ticket) -> bool) {
        if self.entries.len() > 2 * of_use + SWEEP_ABOVE {
            self.entries.retain(|Reverse((_, seq, slot))| counts(Ticket { slot: *slot, seq: *seq }));
        }
    }
}
