//! The clients that are compared.

mod adaptive;
mod endless;
mod ours;
mod serial;
mod timers;

use fastrand::Rng;

use crate::crowd::user::User;

/// A client that a user may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contender {
    /// The project's.
    Ours,
    /// AWS's adaptive rate limiter, in a loop that never gives up.
    Adaptive,
    /// p-queue, one request at a time, with a pause written by hand.
    Serial,
    /// ky, told never to give up.
    Endless,
}

impl Contender {
    /// The name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Contender::Ours => "ours",
            Contender::Adaptive => "AWS adaptive, endless",
            Contender::Serial => "p-queue, serial",
            Contender::Endless => "ky, endless",
        }
    }

    /// A user who has it. The generator is for its jitter.
    #[must_use]
    pub fn user(self, rng: Rng) -> Box<dyn User> {
        match self {
            Contender::Ours => Box::new(ours::Ours::new(rng)),
            Contender::Adaptive => Box::new(adaptive::Adaptive::new()),
            Contender::Serial => Box::new(serial::Serial::new(rng)),
            Contender::Endless => Box::new(endless::Endless::new(rng)),
        }
    }
}
