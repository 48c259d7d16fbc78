//! The name of a request.

/// Names one request of a scope until it ends. A ticket of a request that has ended is never mistaken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    pub(crate) slot: u32,
    /// Counts the calls, so that it tells both which request this is and which came first.
    pub(crate) seq: u32,
}

impl Ticket {
    /// One number that JavaScript can hold exactly.
    #[must_use]
    pub fn to_number(self) -> f64 {
        // Slots are as many as requests alive at once: far below the 2^21 that fit above a 32-bit sequence.
        f64::from(self.slot) * 4_294_967_296.0 + f64::from(self.seq)
    }

    /// The ticket of [`Ticket::to_number`]. Any other number names no request.
    #[must_use]
    pub fn from_number(number: f64) -> Ticket {
        let bits = number as u64;
        let ticket = Ticket { slot: (bits >> 32) as u32, seq: bits as u32 };
        if ticket.to_number() == number { ticket } else { NOBODY }
    }
}

/// No request has so high a slot.
const NOBODY: Ticket = Ticket { slot: u32::MAX, seq: 0 };
