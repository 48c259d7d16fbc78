use crate::client::{BUILT, Feature, Setup};
use crate::gateway::{ClientId, Gateway, RetryAfter};
use crate::latency::Latency;
use crate::outage::Outage;
use crate::rate::Rate;
use crate::tab::{Tab, Talk};
use crate::targets::{Figure, targets};
use crate::workload::Workload;

/// Some clients, some work, and the gateway that stands in its way.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// How tables, tests and the command line call it.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Makes the gateway.
    pub gateway: fn(&Scenario) -> Box<dyn Gateway>,
    /// What its 429s say.
    pub retry_after: RetryAfter,
    /// Whether all its answers carry RateLimit fields.
    pub sends_budget: bool,
    /// Whether the page cannot read its 429s, and sees an error instead.
    pub hides_throttles: bool,
    /// A time without a network.
    pub outage: Option<Outage>,
    /// The way to it and back.
    pub latency: Latency,
    /// How many clients there are.
    pub clients: u32,
    /// How each of them is set up.
    pub setup: Setup,
    /// What each of them is asked to do.
    pub workload: Workload,
    /// The clients, where they are not all alike: each has its own workload instead.
    pub tabs: &'static [Tab],
    /// How they hear each other.
    pub talk: Talk,
    /// Requests of others against the same limit, who send them whatever the gateway says.
    pub others: Option<Rate>,
    /// What the client must be able to do for this to make sense.
    pub needs: Option<Feature>,
}

impl Scenario {
    /// A scenario with one client as it comes and a way of 40 ms ± 20; 429s say nothing.
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

    /// Whether the client can do all that this needs.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.needs.is_none_or(|feature| BUILT.contains(&feature))
    }

    /// What one of the clients is like.
    #[must_use]
    pub fn tab(&self, client: ClientId) -> Tab {
        self.tabs.get(client.0 as usize).copied().unwrap_or(Tab::with(self.workload))
    }

    /// Whether every call is to end with the backend's answer.
    #[must_use]
    pub fn loses_nothing(&self) -> bool {
        self.outage.is_none() && self.target(Figure::Lost).is_none()
    }

    /// What is to be reached in one figure, if anything is.
    #[must_use]
    pub fn target(&self, figure: Figure) -> Option<f64> {
        targets(self.name).iter().find(|(of, _)| *of == figure).map(|(_, most)| *most)
    }
}
