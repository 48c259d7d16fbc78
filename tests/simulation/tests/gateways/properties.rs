use std::num::NonZeroU32;
use std::time::Duration;

use api_service_client::time::{Instant, Span};
use governor::clock::FakeRelativeClock;
use governor::{Quota, RateLimiter};
use proptest::collection::vec;
use proptest::prelude::*;
use simulation::gateway::{
    FixedWindow, Gateway, Gcra, LeakyBucket, Schedule, SlidingWindow, TokenBucket, Verdict,
};
use simulation::{Plan, Rate};

use super::ONE;

const PLAN: Plan = Plan { rate: Rate::per_second(10), burst: 5 };
const PERIOD: Span = Span::from_millis(500);
const LIMIT: u32 = 5;

type Make = fn() -> Box<dyn Gateway>;

/// The gateways whose state depends on arrivals alone.
const GATEWAYS: [(&str, Make); 6] = [
    ("token bucket", || Box::new(TokenBucket::new(PLAN))),
    ("schedule", || {
        let slow = Plan { rate: Rate::per_second(2), burst: 3 };
        Box::new(Schedule::new(PLAN).then(1, slow).then(3, PLAN))
    }),
    ("fixed window", || Box::new(FixedWindow::new(LIMIT, PERIOD))),
    ("sliding window", || Box::new(SlidingWindow::new(LIMIT, PERIOD))),
    ("GCRA", || Box::new(Gcra::new(PLAN))),
    ("leaky bucket", || Box::new(LeakyBucket::new(PLAN.rate))),
];

/// Microseconds between arrivals: many together, some apart, and a few long gaps.
fn gaps() -> impl Strategy<Value = Vec<u64>> {
    vec(prop_oneof![4 => 0_u64..5_000, 3 => 0_u64..200_000, 1 => 0_u64..2_000_000], 1..80)
}

fn arrivals(gaps: &[u64]) -> Vec<Instant> {
    let mut now = Instant::START;
    gaps.iter()
        .map(|gap| {
            now = now + Span::from_micros(*gap);
            now
        })
        .collect()
}

/// A gateway after all these arrivals.
fn after(gateway: Make, arrivals: &[Instant]) -> Box<dyn Gateway> {
    let mut gateway = gateway();
    for at in arrivals {
        gateway.decide(*at, ONE);
    }
    gateway
}

fn admitted(mut gateway: Box<dyn Gateway>, arrivals: &[Instant]) -> Vec<Instant> {
    arrivals.iter().copied().filter(|at| gateway.decide(*at, ONE) == Verdict::Admitted).collect()
}

/// Whether every interval holds at most `most` admitted requests.
fn holds_in_every_interval(admitted: &[Instant], most: impl Fn(Span) -> f64) -> bool {
    admitted.iter().enumerate().all(|(first, from)| {
        admitted
            .iter()
            .skip(first)
            .zip(1_u32..)
            .all(|(to, count)| f64::from(count) <= most(to.since(*from)) + 1e-9)
    })
}

proptest! {
    #[test]
    fn one_is_admitted_at_the_earliest_moment_and_not_before(gaps in gaps()) {
        let arrivals = arrivals(&gaps);
        let now = *arrivals.last().unwrap();
        for (name, gateway) in GATEWAYS {
            let earliest = after(gateway, &arrivals).earliest(now, ONE).unwrap();
            prop_assert!(earliest >= now, "{name}");
            prop_assert_eq!(after(gateway, &arrivals).decide(earliest, ONE), Verdict::Admitted, "{}", name);
            let wait = earliest.since(now);
            if wait > Span::ZERO {
                let before = now + (wait - Span::from_micros(1));
                let verdict = after(gateway, &arrivals).decide(before, ONE);
                prop_assert!(matches!(verdict, Verdict::Throttled { .. }), "{}", name);
            }
        }
    }

    #[test]
    fn a_refusal_says_how_long_until_the_earliest_moment(gaps in gaps()) {
        for (name, gateway) in GATEWAYS {
            let mut gateway = gateway();
            for at in arrivals(&gaps) {
                if let Verdict::Throttled { wait } = gateway.decide(at, ONE) {
                    let earliest = gateway.earliest(at, ONE).map(|earliest| earliest.since(at));
                    prop_assert_eq!(wait, earliest, "{}", name);
                }
            }
        }
    }

    #[test]
    fn there_is_room_for_one_exactly_where_one_is_admitted(gaps in gaps()) {
        for (name, gateway) in GATEWAYS {
            let mut gateway = gateway();
            for at in arrivals(&gaps) {
                let has_room = gateway.room(at, ONE) >= 1.0;
                prop_assert_eq!(gateway.decide(at, ONE) == Verdict::Admitted, has_room, "{}", name);
            }
        }
    }

    #[test]
    fn the_token_bucket_decides_as_governor_does(gaps in gaps()) {
        let clock = FakeRelativeClock::default();
        let quota = Quota::per_second(NonZeroU32::new(10).unwrap()).allow_burst(NonZeroU32::new(PLAN.burst).unwrap());
        let governor = RateLimiter::direct_with_clock(quota, clock.clone());
        let mut bucket = TokenBucket::new(PLAN);
        for (gap, at) in gaps.iter().zip(arrivals(&gaps)) {
            clock.advance(Duration::from_micros(*gap));
            prop_assert_eq!(bucket.decide(at, ONE) == Verdict::Admitted, governor.check().is_ok());
        }
    }

    #[test]
    fn gcra_and_a_token_bucket_are_the_same_limit(gaps in gaps()) {
        let arrivals = arrivals(&gaps);
        let bucket = admitted(Box::new(TokenBucket::new(PLAN)), &arrivals);
        prop_assert_eq!(bucket, admitted(Box::new(Gcra::new(PLAN)), &arrivals));
    }

    #[test]
    fn no_interval_holds_more_than_its_limit_allows(gaps in gaps()) {
        let arrivals = arrivals(&gaps);
        let (rate, burst) = (PLAN.rate.as_per_second(), f64::from(PLAN.burst));
        let bucket = admitted(Box::new(TokenBucket::new(PLAN)), &arrivals);
        prop_assert!(holds_in_every_interval(&bucket, |span| burst + rate * span.as_secs()));
        let leaky = admitted(Box::new(LeakyBucket::new(PLAN.rate)), &arrivals);
        prop_assert!(holds_in_every_interval(&leaky, |span| 1.0 + rate * span.as_secs()));
        // Windows of any kind admit up to twice their limit around a boundary.
        let windows = |span: Span| f64::from(LIMIT) * (2.0 + (span.as_secs() / PERIOD.as_secs()).floor());
        let fixed = admitted(Box::new(FixedWindow::new(LIMIT, PERIOD)), &arrivals);
        prop_assert!(holds_in_every_interval(&fixed, windows));
        let sliding = admitted(Box::new(SlidingWindow::new(LIMIT, PERIOD)), &arrivals);
        prop_assert!(holds_in_every_interval(&sliding, windows));
    }
}
