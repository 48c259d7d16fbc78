//! The name of a request.

/// The name of a request of one scope. The ticket of an ended request never names another request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    pub(super) slot: u32,
    /// The number of the call, modulo 2^32.
    pub(super) seq: u32,
}

/// A ticket that no request has: no slot is so high.
const NO_REQUEST: Ticket = Ticket { slot: u32::MAX, seq: 0 };

impl Ticket {
    /// Returns the ticket as a number that JavaScript represents exactly.
    #[must_use]
    pub fn to_number(self) -> f64 {
        // Slots number the pending requests: far below the 2^21 that fit above a 32-bit sequence.
        f64::from(self.slot) * 4_294_967_296.0 + f64::from(self.seq)
    }

    /// Returns the ticket of [`Ticket::to_number`]. Any other number gives a ticket that names no request.
    #[must_use]
    pub fn from_number(number: f64) -> Ticket {
        let bits = number as u64;
        let ticket = Ticket { slot: (bits >> 32) as u32, seq: bits as u32 };
        if ticket.to_number() == number { ticket } else { NO_REQUEST }
    }
}
