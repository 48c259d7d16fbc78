use std::collections::VecDeque;

use super::request::{Priority, Ticket};

/// The order in which requests leave: by priority, then by the order of the calls.
///
/// A request that ends while it waits leaves its ticket behind, to be skipped when its turn comes. That makes an
/// abort free of any search; [`Queue::forget`] counts what was left and sweeps before it could pile up.
#[derive(Debug, Default)]
pub(super) struct Queue {
    lanes: [Lane; 3],
}

#[derive(Debug, Default)]
struct Lane {
    line: VecDeque<Ticket>,
    /// How many tickets of the line belong to requests that have ended.
    gone: usize,
}

/// Below so many leftovers a sweep costs more than the memory is worth.
const SWEEP_ABOVE: usize = 64;

impl Queue {
    /// Puts a new request behind all of its priority.
    pub(super) fn push(&mut self, priority: Priority, ticket: Ticket) {
        self.lane(priority).line.push_back(ticket);
    }

    /// Puts a request that was sent already back to where the order of the calls wants it: ahead of all that have
    /// not been sent, in line with those that come back with it.
    pub(super) fn push_back_in_order(&mut self, priority: Priority, ticket: Ticket) {
        let line = &mut self.lane(priority).line;
        let at = line.iter().position(|other| is_before(ticket, *other)).unwrap_or(line.len());
        line.insert(at, ticket);
    }

    /// The next to leave.
    pub(super) fn pop(&mut self, is_waiting: impl Fn(Ticket) -> bool) -> Option<Ticket> {
        self.lanes.iter_mut().find_map(|lane| {
            while let Some(ticket) = lane.line.pop_front() {
                if is_waiting(ticket) {
                    return Some(ticket);
                }
                lane.gone = lane.gone.saturating_sub(1);
            }
            None
        })
    }

    /// Says that a waiting request of this priority has ended without having left.
    pub(super) fn forget(&mut self, priority: Priority, is_waiting: impl Fn(Ticket) -> bool) {
        let lane = self.lane(priority);
        lane.gone += 1;
        if lane.gone > SWEEP_ABOVE && lane.gone > lane.line.len() / 2 {
            lane.line.retain(|ticket| is_waiting(*ticket));
            lane.gone = 0;
        }
    }

    fn lane(&mut self, priority: Priority) -> &mut Lane {
        let [high, auto, low] = &mut self.lanes;
        match priority {
            Priority::High => high,
            Priority::Auto => auto,
            Priority::Low => low,
        }
    }
}

/// Whether one call came before another. The counter of the calls may wrap; no two that are alive are 2^31 apart.
fn is_before(one: Ticket, other: Ticket) -> bool {
    one.seq != other.seq && other.seq.wrapping_sub(one.seq) < u32::MAX / 2
}
