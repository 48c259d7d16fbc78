//! The scenarios.

use api_service_client::throttle::OpaqueThrottling;
use api_service_client::time::Span;

use crate::client::{Feature, Setup};
use crate::clock::Clock;
use crate::gateway::{
    Concurrency, FixedWindow, Gateway, Gcra, LeakyBucket, RetryAfter, Schedule, SlidingWindow, TokenBucket,
};
use crate::latency::Latency;
use crate::outage::Outage;
use crate::rate::{Plan, Rate};
use crate::scenario::Scenario;
use crate::workload::Workload;

mod tabs;

const HUNDRED_A_MINUTE: Plan = Plan { rate: Rate::per_minute(100), burst: 200 };
const TEN_A_SECOND: Plan = Plan { rate: Rate::per_second(10), burst: 20 };
const LARGE_BURST: Plan = Plan { rate: Rate::per_second(20), burst: 1_700 };
const TINY_BURST: Plan = Plan { burst: 2, ..TEN_A_SECOND };
const SMALL_BURST: Plan = Plan { burst: 5, ..TEN_A_SECOND };
const TWENTY_A_SECOND: Plan = Plan { rate: Rate::per_second(20), burst: 40 };
const TWO_A_SECOND: Plan = Plan { rate: Rate::per_second(2), burst: 20 };
const TWO_HUNDRED_A_SECOND: Plan = Plan { rate: Rate::per_second(200), burst: 100 };

/// Every scenario in the order of the table: those with targets, the same with a known plan, then all other kinds of
/// limit.
#[must_use]
pub fn catalogue() -> Vec<Scenario> {
    [measured(), known(), other_kinds(), circumstances(), tabs::tabs()].concat()
}

fn measured() -> Vec<Scenario> {
    vec![
        a(),
        b(),
        c(),
        a1(),
        c1(),
        d(),
        e(),
        f(),
        g(),
        j(),
        Scenario { name: "J silent", about: "as J, no Retry-After", retry_after: RetryAfter::None, ..j() },
        l(),
        Scenario { name: "A 5000", about: "as A, 5,000 at once", workload: Workload::AtOnce(5_000), ..a() },
    ]
}

fn a() -> Scenario {
    let about = "100/min burst 200, 500 at once, Retry-After: 10";
    let a = Scenario::new("A", about, |_| bucket(HUNDRED_A_MINUTE), Workload::AtOnce(500));
    Scenario { retry_after: RetryAfter::Fixed(10), ..a }
}

fn b() -> Scenario {
    Scenario { name: "B", about: "as A, no Retry-After", retry_after: RetryAfter::None, ..a() }
}

fn c() -> Scenario {
    let about = "10/s burst 20, 300 at once, Retry-After: 1";
    let c = Scenario::new("C", about, |_| bucket(TEN_A_SECOND), Workload::AtOnce(300));
    Scenario { retry_after: RetryAfter::Fixed(1), ..c }
}

fn a1() -> Scenario {
    Scenario { name: "A1", about: "as A, one in flight", setup: one_in_flight(), ..a() }
}

fn c1() -> Scenario {
    Scenario { name: "C1", about: "as C, one in flight", setup: one_in_flight(), ..c() }
}

fn d() -> Scenario {
    let about = "as C, no Retry-After, 5 tabs with 100 at once each";
    let (workload, clients, needs) = (Workload::AtOnce(100), 5, Some(Feature::Tabs));
    Scenario { name: "D", about, retry_after: RetryAfter::None, workload, clients, needs, ..c() }
}

fn e() -> Scenario {
    let workload = Workload::Poisson { rate: Rate::per_second(10), lasting: Span::from_secs(600) };
    Scenario { name: "E", about: "as C, Poisson arrivals at 10/s for 600 s", workload, ..c() }
}

fn f() -> Scenario {
    let about = "10/s, 2/s from 20 s, 10/s from 80 s, 600 at once, Retry-After: 1";
    let gateway = |_: &Scenario| -> Box<dyn Gateway> {
        Box::new(Schedule::new(TEN_A_SECOND).then(20, TWO_A_SECOND).then(80, TEN_A_SECOND))
    };
    let f = Scenario::new("F", about, gateway, Workload::AtOnce(600));
    Scenario { retry_after: RetryAfter::Fixed(1), ..f }
}

fn g() -> Scenario {
    let setup = Setup { opaque_throttling: OpaqueThrottling::Retry, ..Setup::default() };
    Scenario {
        name: "G",
        about: "as C, no Retry-After, opaque",
        retry_after: RetryAfter::None,
        hides_throttles: true,
        setup,
        needs: Some(Feature::OpaqueThrottling),
        ..c()
    }
}

fn j() -> Scenario {
    let about = "200/s burst 100, 2,000 at once, Retry-After: 1";
    let j = Scenario::new("J", about, |_| bucket(TWO_HUNDRED_A_SECOND), Workload::AtOnce(2_000));
    Scenario { retry_after: RetryAfter::Fixed(1), ..j }
}

fn l() -> Scenario {
    Scenario { name: "L", about: "as C, latency 300 ms ± 200", latency: Latency::millis(300, 200), ..c() }
}

/// The scenarios of one tab and one plan, with a client that knows the plan.
fn known() -> Vec<Scenario> {
    let with_plan = [
        ("A plan", HUNDRED_A_MINUTE, a()),
        ("B plan", HUNDRED_A_MINUTE, b()),
        ("C plan", TEN_A_SECOND, c()),
        ("A1 plan", HUNDRED_A_MINUTE, a1()),
        ("C1 plan", TEN_A_SECOND, c1()),
        ("E plan", TEN_A_SECOND, e()),
        ("J plan", TWO_HUNDRED_A_SECOND, j()),
        ("L plan", TEN_A_SECOND, l()),
        (
            "small plan",
            SMALL_BURST,
            Scenario { about: "as L, burst 5", gateway: |_| bucket(SMALL_BURST), ..l() },
        ),
        ("C wrong plan", TWENTY_A_SECOND, Scenario { about: "as C, given twice the rate and burst", ..c() }),
    ];
    with_plan
        .map(|(name, plan, scenario)| {
            let setup = Setup { plan: Some(plan), ..scenario.setup };
            Scenario { name, setup, needs: Some(Feature::KnownPlan), ..scenario }
        })
        .to_vec()
}

/// The other kinds of limit found in practice.
fn other_kinds() -> Vec<Scenario> {
    let window = Scenario {
        retry_after: RetryAfter::RoundedUp,
        ..Scenario::new(
            "window",
            "fixed window, 100 in 10 s, 1,000 at once, Retry-After: what is left of it",
            |_| Box::new(FixedWindow::new(100, Span::from_secs(10))),
            Workload::AtOnce(1_000),
        )
    };
    let gcra = Scenario::new(
        "gcra",
        "GCRA, 10/s burst 20, 1,000 at once, Retry-After: truncated to 0",
        |_| Box::new(Gcra::new(TEN_A_SECOND)),
        Workload::AtOnce(1_000),
    );
    let concurrency = Scenario::new(
        "concurrency",
        "8 at once in the backend, 200 ms each, 1,000 at once, no Retry-After",
        |_| Box::new(Concurrency::new(8)),
        Workload::AtOnce(1_000),
    );
    vec![
        window,
        Scenario {
            name: "window fields",
            about: "as window, with RateLimit fields",
            sends_budget: true,
            needs: Some(Feature::RateLimitFields),
            ..window
        },
        Scenario::new(
            "sliding",
            "sliding window, 100 in 10 s, refused ones count, 1,000 at once, no Retry-After",
            |_| Box::new(SlidingWindow::new(100, Span::from_secs(10))),
            Workload::AtOnce(1_000),
        ),
        Scenario { retry_after: RetryAfter::Truncated, ..gcra },
        Scenario::new(
            "leaky",
            "leaky bucket, 10/s, no burst, 1,000 at once, no Retry-After",
            |_| Box::new(LeakyBucket::new(Rate::per_second(10))),
            Workload::AtOnce(1_000),
        ),
        Scenario {
            latency: Latency { processing: Span::from_millis(200), ..concurrency.latency },
            ..concurrency
        },
        Scenario {
            name: "shared",
            about: "as C, 1,000 at once, others take 4/s of it",
            workload: Workload::AtOnce(1_000),
            others: Some(Rate::per_second(4)),
            ..c()
        },
        Scenario {
            name: "computed",
            about: "as A, Retry-After: until the next token",
            retry_after: RetryAfter::RoundedUp,
            ..a()
        },
    ]
}

/// The plan of C under other circumstances.
fn circumstances() -> Vec<Scenario> {
    let evenly = |calls, rate| Workload::Steady { calls, rate: Rate::per_second(rate) };
    let clock = Clock { shows: Span::from_secs(10), drift_ppm: 100 };
    let off = Setup { clock, timer_lateness: Span::from_millis(16), ..Setup::default() };
    vec![
        Scenario { name: "trickle", about: "as C, 8/s for 100 s, evenly", workload: evenly(800, 8), ..c() },
        Scenario {
            name: "overload",
            about: "as C, 12/s for 100 s, evenly",
            workload: evenly(1_200, 12),
            ..c()
        },
        Scenario {
            retry_after: RetryAfter::Fixed(2),
            latency: Latency::millis(15, 10),
            ..Scenario::new(
                "large burst",
                "20/s burst 1,700, 2,000 at once, Retry-After: 2",
                |_| bucket(LARGE_BURST),
                Workload::AtOnce(2_000),
            )
        },
        Scenario { name: "C tiny", about: "as C, burst 2", gateway: |_| bucket(TINY_BURST), ..c() },
        Scenario { name: "C small", about: "as C, burst 5", gateway: |_| bucket(SMALL_BURST), ..c() },
        Scenario {
            name: "clocks",
            about: "as C, timers up to 16 ms late, clock 100 ppm fast",
            setup: off,
            ..c()
        },
        Scenario {
            name: "G light",
            about: "as G, Poisson arrivals at 10/s for 600 s",
            workload: e().workload,
            ..g()
        },
        Scenario {
            name: "outage",
            about: "as G, no network from 5 s to 35 s, and nobody says so",
            outage: Some(half_a_minute(false)),
            ..g()
        },
        Scenario {
            name: "offline",
            about: "as G, no network from 5 s to 35 s, and the browser knows",
            outage: Some(half_a_minute(true)),
            ..g()
        },
    ]
}

fn bucket(plan: Plan) -> Box<dyn Gateway> {
    Box::new(TokenBucket::new(plan))
}

fn half_a_minute(is_known: bool) -> Outage {
    Outage { from: Span::from_secs(5), until: Span::from_secs(35), is_known }
}

fn one_in_flight() -> Setup {
    Setup { max_in_flight: 1, ..Setup::default() }
}
