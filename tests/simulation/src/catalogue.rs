use api_service_client::time::Span;

use crate::client::Setup;
use crate::gateway::{Gateway, RetryAfter, Schedule, TokenBucket};
use crate::latency::Latency;
use crate::rate::{Plan, Rate};
use crate::scenario::{Figure, Scenario};
use crate::workload::Workload;

const HUNDRED_A_MINUTE: Plan = Plan { rate: Rate::per_minute(100), burst: 200 };
const TEN_A_SECOND: Plan = Plan { rate: Rate::per_second(10), burst: 20 };
const TWO_A_SECOND: Plan = Plan { rate: Rate::per_second(2), burst: 20 };
const TWO_HUNDRED_A_SECOND: Plan = Plan { rate: Rate::per_second(200), burst: 100 };

/// Every scenario, in the order of the table.
#[must_use]
pub fn catalogue() -> Vec<Scenario> {
    vec![
        a(),
        b(),
        c(),
        Scenario { name: "A1", about: "as A, one in flight", setup: in_flight(1), targets: vec![], ..a() }
            .at_most(Figure::Rejections, 8.0),
        Scenario { name: "C1", about: "as C, one in flight", setup: in_flight(1), targets: vec![], ..c() }
            .at_most(Figure::Rejections, 8.0),
        e(),
        f(),
        j(),
        l(),
    ]
}

fn a() -> Scenario {
    let gateway = || -> Box<dyn Gateway> { Box::new(TokenBucket::new(HUNDRED_A_MINUTE)) };
    let about = "100/min burst 200, 500 at once, Retry-After: 10";
    drained(
        Scenario {
            retry_after: RetryAfter::Fixed(10),
            ..Scenario::new("A", about, gateway, Workload::AtOnce(500))
        },
        28.0,
        1.010,
    )
}

fn b() -> Scenario {
    Scenario { name: "B", about: "as A, no Retry-After", retry_after: RetryAfter::None, ..a() }
}

fn c() -> Scenario {
    let gateway = || -> Box<dyn Gateway> { Box::new(TokenBucket::new(TEN_A_SECOND)) };
    let about = "10/s burst 20, 300 at once, Retry-After: 1";
    drained(
        Scenario {
            retry_after: RetryAfter::Fixed(1),
            ..Scenario::new("C", about, gateway, Workload::AtOnce(300))
        },
        28.0,
        1.010,
    )
}

fn e() -> Scenario {
    let workload = Workload::Poisson { rate: Rate::per_second(10), lasting: Span::from_secs(600) };
    Scenario {
        name: "E",
        about: "as C, Poisson arrivals at 10/s for 600 s",
        workload,
        targets: vec![],
        ..c()
    }
    .at_most(Figure::Rejections, 60.0)
    .at_most(Figure::WaitP99, 6.0)
}

fn f() -> Scenario {
    let gateway = || -> Box<dyn Gateway> {
        Box::new(Schedule::new(TEN_A_SECOND).then(20, TWO_A_SECOND).then(80, TEN_A_SECOND))
    };
    let about = "10/s, 2/s from 20 s, 10/s from 80 s, 600 at once, Retry-After: 1";
    drained(
        Scenario {
            retry_after: RetryAfter::Fixed(1),
            ..Scenario::new("F", about, gateway, Workload::AtOnce(600))
        },
        48.0,
        1.02,
    )
}

fn j() -> Scenario {
    let gateway = || -> Box<dyn Gateway> { Box::new(TokenBucket::new(TWO_HUNDRED_A_SECOND)) };
    let about = "200/s burst 100, 2,000 at once, Retry-After: 1";
    drained(
        Scenario {
            retry_after: RetryAfter::Fixed(1),
            ..Scenario::new("J", about, gateway, Workload::AtOnce(2_000))
        },
        24.0,
        1.02,
    )
}

fn l() -> Scenario {
    let latency = Latency::millis(300, 200);
    drained(
        Scenario { name: "L", about: "as C, latency 300 ms ± 200", latency, targets: vec![], ..c() },
        28.0,
        1.03,
    )
}

fn drained(scenario: Scenario, rejections: f64, ratio: f64) -> Scenario {
    scenario
        .at_most(Figure::Rejections, rejections)
        .at_most(Figure::Ratio, ratio)
        .at_most(Figure::RatioP95, 1.05)
}

fn in_flight(max_in_flight: u32) -> Setup {
    Setup { max_in_flight, ..Setup::default() }
}
