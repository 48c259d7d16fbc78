//! The queue of future events.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use api_service_client::time::Instant;

/// Future events, ordered by time. Events of the same moment keep the order of scheduling, so that a seed determines
/// the run.
#[derive(Debug)]
pub struct EventQueue<E> {
    heap: BinaryHeap<Scheduled<E>>,
    scheduled: u64,
}

#[derive(Debug)]
struct Scheduled<E> {
    at: Instant,
    order: u64,
    event: E,
}

impl<E> EventQueue<E> {
    /// Creates an empty queue.
    #[must_use]
    pub fn new() -> EventQueue<E> {
        EventQueue { heap: BinaryHeap::new(), scheduled: 0 }
    }

    /// Schedules `event` at `at`.
    pub fn schedule(&mut self, at: Instant, event: E) {
        self.heap.push(Scheduled { at, order: self.scheduled, event });
        self.scheduled += 1;
    }

    /// Takes the next event with its time.
    pub fn next_event(&mut self) -> Option<(Instant, E)> {
        self.heap.pop().map(|scheduled| (scheduled.at, scheduled.event))
    }
}

impl<E> Default for EventQueue<E> {
    fn default() -> EventQueue<E> {
        EventQueue::new()
    }
}

// `BinaryHeap` is a max-heap, so the earliest event must be the greatest.
impl<E> Ord for Scheduled<E> {
    fn cmp(&self, other: &Scheduled<E>) -> Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

impl<E> PartialOrd for Scheduled<E> {
    fn partial_cmp(&self, other: &Scheduled<E>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> PartialEq for Scheduled<E> {
    fn eq(&self, other: &Scheduled<E>) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<E> Eq for Scheduled<E> {}
