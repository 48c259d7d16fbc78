use crate::client::{BUILT, Feature, Setup};
use crate::gateway::{Gateway, RetryAfter};
use crate::latency::Latency;
use crate::rate::Rate;
use crate::workload::Workload;

/// Some clients, some work, and the gateway that stands in its way.
#[derive(Clone)]
pub struct Scenario {
    /// How tables, tests and the command line call it.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Makes the gateway.
    pub gateway: fn() -> Box<dyn Gateway>,
    /// What its 429s say.
    pub retry_after: RetryAfter,
    /// Whether all its answers carry RateLimit fields.
    pub sends_budget: bool,
    /// The way to it and back.
    pub latency: Latency,
    /// How many clients there are.
    pub clients: u32,
    /// How each of them is set up.
    pub setup: Setup,
    /// What each of them is asked to do.
    pub workload: Workload,
    /// Requests of others against the same limit, who send them whatever the gateway says.
    pub others: Option<Rate>,
    /// What the client must be able to do for this to make sense.
    pub needs: Option<Feature>,
    /// What is to be reached.
    pub targets: Vec<Target>,
}

/// What is to be reached: in one figure, at most so much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Of what.
    pub figure: Figure,
    /// How much at most.
    pub most: f64,
}

/// The figures that have targets. Medians over the seeds, unless they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// How many sends were answered with a 429.
    Rejections,
    /// The time to drain ÷ the theoretical minimum.
    Ratio,
    /// The 95th percentile of that.
    RatioP95,
    /// The 99th percentile of the time from call to answer, in seconds.
    WaitP99,
    /// When the last client is done ÷ when the first is.
    LastOverFirst,
    /// The most sends in any second after a pause, with any seed.
    Peak,
}

impl Scenario {
    /// A scenario with one client as it comes, a way of 40 ms ± 20, and no targets.
    #[must_use]
    pub fn new(
        name: &'static str,
        about: &'static str,
        gateway: fn() -> Box<dyn Gateway>,
        workload: Workload,
    ) -> Scenario {
        Scenario {
            name,
            about,
            gateway,
            retry_after: RetryAfter::None,
            sends_budget: false,
            latency: Latency::millis(40, 20),
            clients: 1,
            setup: Setup::default(),
            workload,
            others: None,
            needs: None,
            targets: Vec::new(),
        }
    }

    /// Adds a target.
    #[must_use]
    pub fn at_most(mut self, figure: Figure, most: f64) -> Scenario {
        self.targets.push(Target { figure, most });
        self
    }

    /// Whether the client can do all that this needs.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.needs.is_none_or(|feature| BUILT.contains(&feature))
    }

    /// What this promises in one figure, if it does.
    #[must_use]
    pub fn target(&self, figure: Figure) -> Option<f64> {
        self.targets.iter().find(|target| target.figure == figure).map(|target| target.most)
    }
}
