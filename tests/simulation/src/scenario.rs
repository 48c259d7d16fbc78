//! A scenario.

use crate::client::{BUILT, Feature, Setup};
use crate::gateway::{ClientId, Gateway, RetryAfter};
use crate::latency::Latency;
use crate::outage::Outage;
use crate::rate::Rate;
use crate::tab::{Tab, Talk};
use crate::targets::{Figure, targets};
use crate::workload::Workload;

/// Clients, their work, and the gateway between them and the backend.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// The name in tables, tests and on the command line.
    pub name: &'static str,
    /// A short description.
    pub about: &'static str,
    /// Creates the gateway.
    pub gateway: fn(&Scenario) -> Box<dyn Gateway>,
    /// The `Retry-After` of its 429s.
    pub retry_after: RetryAfter,
    /// Whether all answers carry RateLimit fields.
    pub sends_budget: bool,
    /// Whether the page cannot read 429s, and sees an error instead.
    pub hides_throttles: bool,
    /// A time without a network.
    pub outage: Option<Outage>,
    /// The latency of requests and answers.
    pub latency: Latency,
    /// The number of clients.
    pub clients: u32,
    /// The configuration of each client.
    pub setup: Setup,
    /// The calls of each client.
    pub workload: Workload,
    /// The clients, if they differ: each then has its own workload.
    pub tabs: &'static [Tab],
    /// The messages between tabs.
    pub talk: Talk,
    /// Requests of other users against the same limit. They are sent regardless of the gateway's answers.
    pub others: Option<Rate>,
    /// The feature that the client must have.
    pub needs: Option<Feature>,
}

impl Scenario {
    /// A scenario of one client with default settings, a latency of 40 ms ± 20, and no `Retry-After`.
    #[must_use]
    pub fn new(
        name: &'static str,
        about: &'static str,
        gateway: fn(&Scenario) -> Box<dyn Gateway>,
        workload: Workload,
    ) -> Scenario {
        Scenario {
            name,
            about,
            gateway,
            retry_after: RetryAfter::None,
            sends_budget: false,
            hides_throttles: false,
            outage: None,
            latency: Latency::millis(40, 20),
            clients: 1,
            setup: Setup::default(),
            workload,
            tabs: &[],
            talk: Talk::RELIABLE,
            others: None,
            needs: None,
        }
    }

    /// Whether the client has the required feature.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.needs.is_none_or(|feature| BUILT.contains(&feature))
    }

    /// The properties of a client.
    #[must_use]
    pub fn tab(&self, client: ClientId) -> Tab {
        self.tabs.get(client.0 as usize).copied().unwrap_or(Tab::with(self.workload))
    }

    /// Whether every call must end with the backend's answer.
    #[must_use]
    pub fn loses_nothing(&self) -> bool {
        self.outage.is_none() && self.target(Figure::Lost).is_none()
    }

    /// The target of a figure, if it has one.
    #[must_use]
    pub fn target(&self, figure: Figure) -> Option<f64> {
        targets(self.name).iter().find(|(of, _)| *of == figure).map(|(_, most)| *most)
    }
}
