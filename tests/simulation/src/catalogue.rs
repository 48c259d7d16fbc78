use api_service_client::time::Span;

use crate::client::{Feature, Setup};
use crate::clock::Clock;
use crate::gateway::{
    Concurrency, FixedWindow, Gateway, Gcra, LeakyBucket, RetryAfter, Schedule, SlidingWindow, TokenBucket,
};
use crate::latency::Latency;
use crate::oracle::most_in_a_second;
use crate::rate::{Plan, Rate};
use crate::scenario::{Figure, Scenario};
use crate::workload::Workload;

const HUNDRED_A_MINUTE: Plan = Plan { rate: Rate::per_minute(100), burst: 200 };
const TEN_A_SECOND: Plan = Plan { rate: Rate::per_second(10), burst: 20 };
const TWO_A_SECOND: Plan = Plan { rate: Rate::per_second(2), burst: 20 };
const TWO_HUNDRED_A_SECOND: Plan = Plan { rate: Rate::per_second(200), burst: 100 };

/// Every scenario, in the order of the table: those that have numbers to reach, the same with the plan known, and
/// every other kind of limit.
#[must_use]
pub fn catalogue() -> Vec<Scenario> {
    let measured = vec![a(), b(), c(), a1(), c1(), d(), e(), f(), g(), j(), l(), a5000()];
    let known = [
        ("A plan", HUNDRED_A_MINUTE, a()),
        ("B plan", HUNDRED_A_MINUTE, b()),
        ("C plan", TEN_A_SECOND, c()),
        ("A1 plan", HUNDRED_A_MINUTE, a1()),
        ("C1 plan", TEN_A_SECOND, c1()),
        ("E plan", TEN_A_SECOND, e()),
        ("J plan", TWO_HUNDRED_A_SECOND, j()),
        ("L plan", TEN_A_SECOND, l()),
    ];
    let known = known.map(|(name, plan, scenario)| with_plan(name, plan, &scenario));
    measured.into_iter().chain(known).chain(kinds()).collect()
}

fn a() -> Scenario {
    let about = "100/min burst 200, 500 at once, Retry-After: 10";
    let a = Scenario::new("A", about, || bucket(HUNDRED_A_MINUTE), Workload::AtOnce(500));
    drained(Scenario { retry_after: RetryAfter::Fixed(10), ..a }, 28.0, 1.010)
}

fn b() -> Scenario {
    Scenario { name: "B", about: "as A, no Retry-After", retry_after: RetryAfter::None, ..a() }
}

fn c() -> Scenario {
    let about = "10/s burst 20, 300 at once, Retry-After: 1";
    let c = Scenario::new("C", about, || bucket(TEN_A_SECOND), Workload::AtOnce(300));
    drained(Scenario { retry_after: RetryAfter::Fixed(1), ..c }, 28.0, 1.010)
}

fn a1() -> Scenario {
    Scenario { name: "A1", about: "as A, one in flight", setup: one_in_flight(), targets: vec![], ..a() }
        .at_most(Figure::Rejections, 8.0)
}

fn c1() -> Scenario {
    Scenario { name: "C1", about: "as C, one in flight", setup: one_in_flight(), targets: vec![], ..c() }
        .at_most(Figure::Rejections, 8.0)
}

fn d() -> Scenario {
    let (about, workload) = ("as C, no Retry-After, 5 tabs with 100 at once each", Workload::AtOnce(100));
    let (retry_after, needs) = (RetryAfter::None, Some(Feature::Tabs));
    Scenario { name: "D", about, retry_after, workload, clients: 5, needs, targets: vec![], ..c() }
        .at_most(Figure::Rejections, 90.0)
        .at_most(Figure::Ratio, 1.02)
        .at_most(Figure::RatioP95, 1.05)
        .at_most(Figure::LastOverFirst, 1.05)
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
    let f = Scenario::new("F", about, gateway, Workload::AtOnce(600));
    drained(Scenario { retry_after: RetryAfter::Fixed(1), ..f }, 48.0, 1.02)
}

fn g() -> Scenario {
    let (about, needs) = ("as C, no Retry-After, opaque", Some(Feature::OpaqueThrottling));
    let g = Scenario { name: "G", about, retry_after: RetryAfter::None, needs, targets: vec![], ..c() };
    drained(g, 28.0, 1.02)
}

fn j() -> Scenario {
    let about = "200/s burst 100, 2,000 at once, Retry-After: 1";
    let j = Scenario::new("J", about, || bucket(TWO_HUNDRED_A_SECOND), Workload::AtOnce(2_000));
    drained(Scenario { retry_after: RetryAfter::Fixed(1), ..j }, 24.0, 1.02)
}

fn l() -> Scenario {
    let latency = Latency::millis(300, 200);
    drained(
        Scenario { name: "L", about: "as C, latency 300 ms ± 200", latency, targets: vec![], ..c() },
        28.0,
        1.03,
    )
}

fn a5000() -> Scenario {
    Scenario { name: "A 5000", about: "as A, 5,000 at once", workload: Workload::AtOnce(5_000), ..a() }
}

/// The other kinds of limit that are met in the wild, and other circumstances.
fn kinds() -> Vec<Scenario> {
    let ten_seconds = Span::from_secs(10);
    let steady = |calls, rate| Workload::Steady { calls, rate: Rate::per_second(rate) };
    vec![
        Scenario {
            retry_after: RetryAfter::RoundedUp,
            ..Scenario::new(
                "window",
                "fixed window, 100 in 10 s, 500 at once, Retry-After: what is left of it",
                || Box::new(FixedWindow::new(100, Span::from_secs(10))),
                Workload::AtOnce(500),
            )
        },
        Scenario {
            retry_after: RetryAfter::RoundedUp,
            sends_budget: true,
            needs: Some(Feature::RateLimitFields),
            ..Scenario::new(
                "window fields",
                "as window, with RateLimit fields",
                || Box::new(FixedWindow::new(100, Span::from_secs(10))),
                Workload::AtOnce(500),
            )
        },
        Scenario::new(
            "sliding",
            "sliding window, 100 in 10 s, refused ones count, 500 at once, no Retry-After",
            || Box::new(SlidingWindow::new(100, Span::from_secs(10))),
            Workload::AtOnce(500),
        ),
        Scenario {
            retry_after: RetryAfter::Truncated,
            ..Scenario::new(
                "gcra",
                "GCRA, 10/s burst 20, 300 at once, Retry-After: truncated to 0",
                || Box::new(Gcra::new(TEN_A_SECOND)),
                Workload::AtOnce(300),
            )
        },
        Scenario::new(
            "leaky",
            "leaky bucket, 10/s, no burst, 300 at once, no Retry-After",
            || Box::new(LeakyBucket::new(Rate::per_second(10))),
            Workload::AtOnce(300),
        ),
        Scenario {
            latency: Latency { processing: Span::from_millis(200), ..Latency::millis(40, 20) },
            ..Scenario::new(
                "concurrency",
                "8 at once in the backend, 200 ms each, 300 at once, no Retry-After",
                || Box::new(Concurrency::new(8)),
                Workload::AtOnce(300),
            )
        },
        Scenario {
            name: "shared",
            about: "as C, others take 4/s of it",
            others: Some(Rate::per_second(4)),
            targets: vec![],
            ..c()
        },
        Scenario {
            name: "computed",
            about: "as A, Retry-After: until the next token",
            retry_after: RetryAfter::RoundedUp,
            targets: vec![],
            ..a()
        },
        Scenario {
            name: "trickle",
            about: "as C, 8/s for 100 s, evenly",
            workload: steady(800, 8),
            targets: vec![],
            ..c()
        }
        .at_most(Figure::Rejections, 0.0)
        .at_most(Figure::WaitP99, 0.06),
        Scenario {
            name: "overload",
            about: "as C, 12/s for 100 s, evenly",
            workload: steady(1_200, 12),
            targets: vec![],
            ..c()
        },
        Scenario {
            name: "clocks",
            about: "as C, timers up to 16 ms late, the clock 100 ppm fast",
            setup: Setup {
                clock: Clock { shows: ten_seconds, drift_ppm: 100 },
                timer_lateness: Span::from_millis(16),
                ..Setup::default()
            },
            targets: vec![],
            ..c()
        },
    ]
}

fn bucket(plan: Plan) -> Box<dyn Gateway> {
    Box::new(TokenBucket::new(plan))
}

/// With the targets of all that is called at once: little is refused, no time is lost, and no second after a pause
/// holds more than the limit allows.
fn drained(scenario: Scenario, rejections: f64, ratio: f64) -> Scenario {
    let peak = f64::from(most_in_a_second(&scenario));
    scenario
        .at_most(Figure::Rejections, rejections)
        .at_most(Figure::Ratio, ratio)
        .at_most(Figure::RatioP95, 1.05)
        .at_most(Figure::Peak, peak)
}

/// A client that has been told the plan is never refused.
fn with_plan(name: &'static str, plan: Plan, scenario: &Scenario) -> Scenario {
    let setup = Setup { plan: Some(plan), ..scenario.setup };
    let wait = scenario.target(Figure::WaitP99);
    let about = scenario.about;
    let known =
        Scenario { name, about, setup, needs: Some(Feature::KnownPlan), targets: vec![], ..scenario.clone() }
            .at_most(Figure::Rejections, 0.0)
            .at_most(Figure::Ratio, 1.005)
            .at_most(Figure::RatioP95, 1.05);
    match wait {
        Some(most) => known.at_most(Figure::WaitP99, most),
        None => known,
    }
}

fn one_in_flight() -> Setup {
    Setup { max_in_flight: 1, ..Setup::default() }
}
