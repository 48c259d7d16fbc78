//! The moments at which the users of a crowd call.

use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::gateway::ClientId;
use crate::rate::Rate;
use crate::workload::Poisson;

/// The moments at which the users of a crowd call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrivals {
    /// Every user makes so many calls at the same instant.
    AtOnce(u32),
    /// The same, at the instant at which the network is back. Before it, the browser has said that there is none.
    AfterOutage(u32),
    /// Users come one by one, at uniformly distributed moments, and make all their calls then.
    Over {
        /// Calls of each user.
        calls: u32,
        /// The time within which all of them come.
        within: Span,
    },
    /// Independent calls, each of a random user.
    Poisson {
        /// The average rate of all users together.
        rate: Rate,
        /// The time within which calls come.
        lasting: Span,
    },
}

impl Arrivals {
    /// The calls of so many users, in the order of time.
    pub fn calls(&self, users: u32, rng: &mut Rng) -> Vec<(ClientId, Instant)> {
        match *self {
            Arrivals::AtOnce(calls) | Arrivals::AfterOutage(calls) => {
                each(calls, (0..users).map(|user| (ClientId(user), Instant::START)))
            }
            Arrivals::Over { calls, within } => {
                let mut came: Vec<_> = (0..users)
                    .map(|user| (ClientId(user), Instant::START + within.scaled(rng.f64())))
                    .collect();
                came.sort_by_key(|(_, at)| *at);
                each(calls, came.into_iter())
            }
            Arrivals::Poisson { rate, lasting } => Poisson::new(rate, rng.fork())
                .take_while(|at| at.since(Instant::START) < lasting)
                .map(|at| (ClientId(rng.u32(..users)), at))
                .collect(),
        }
    }
}

fn each(calls: u32, users: impl Iterator<Item = (ClientId, Instant)>) -> Vec<(ClientId, Instant)> {
    users.flat_map(|user| std::iter::repeat_n(user, calls as usize)).collect()
}
