//! The client's decisions against every kind of rate limit, in virtual time.
//!
//! A discrete-event simulation: pages call, [`Client`]s drive a `throttle::Scope` as the shell in a page does,
//! requests travel, a [`gateway::Gateway`] decides, answers come back. An hour takes milliseconds, and the same seed
//! gives the same run.
//!
//! ```sh
//! cargo run --profile sim -p simulation                              # the table
//! cargo run --profile sim -p simulation -- --scenario C --trace      # everything that happens in one run
//! cargo run --profile sim -p simulation -- --scenario C --plot DIR   # the same as a diagram
//! cargo run --profile sim -p simulation -- --json                    # the medians, for other programs
//! cargo run --profile sim -p simulation -- --crowd                   # many users of one bucket
//! ```

pub mod gateway;

mod catalogue;
mod client;
mod clock;
mod crowd;
mod event_queue;
mod invariants;
mod json;
mod latency;
mod measures;
mod methods;
mod oracle;
mod outage;
mod page;
mod plot;
mod rate;
mod record;
mod report;
mod scenario;
mod tab;
mod targets;
mod trace;
mod workload;
mod world;

pub use catalogue::catalogue;
pub use client::{Answer, BUILT, Client, Effect, Ending, Feature, RequestId, Setup};
pub use clock::Clock;
pub use crowd::{
    Arrivals, CROWD_LEGEND, Contender, CrowdMeasures, CrowdOutcome, CrowdRow, Crowded, Step, User,
    crowd_rows, crowd_table, run_crowd,
};
pub use event_queue::EventQueue;
pub use invariants::Invariants;
pub use json::json;
pub use latency::{Latency, Trip};
pub use measures::{Measures, Outcome, percentile};
pub use methods::{Methods, Seen};
pub use oracle::{Minimum, minimum, minimum_after_first_pause, reachable};
pub use outage::Outage;
pub use page::{Page, Timer};
pub use plot::plot;
pub use rate::{Plan, REQUEST, Rate};
pub use record::{Event, Record, Send, What};
pub use report::{LEGEND, missed, report};
pub use scenario::Scenario;
pub use tab::{Tab, Talk};
pub use targets::{Figure, TARGETS, targets};
pub use trace::Trace;
pub use workload::{Poisson, Workload};
pub use world::run;
