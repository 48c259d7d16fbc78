//! A client with a plan is never refused, whatever the plan and the latency.

use api_service_client::time::Span;
use proptest::prelude::*;
use simulation::gateway::{Gateway, TokenBucket};
use simulation::{Feature, Latency, Outcome, Plan, Rate, Scenario, Setup, Workload, minimum, run};

/// Simultaneous calls by a client that was given the gateway's plan.
fn planned(plan: Plan, calls: u32) -> Scenario {
    let keeps_to_it = |scenario: &Scenario| -> Box<dyn Gateway> {
        Box::new(TokenBucket::new(scenario.setup.plan.expect("the plan of both")))
    };
    let planned = Scenario::new("planned", "the plan is known", keeps_to_it, Workload::AtOnce(calls));
    let setup = Setup { plan: Some(plan), ..Setup::default() };
    Scenario { setup, needs: Some(Feature::KnownPlan), ..planned }
}

fn outcome(scenario: &Scenario, seed: u64) -> Outcome {
    Outcome::of(scenario, &run(scenario, seed))
}

#[test]
fn a_burst_of_five_is_five_requests_and_not_one_more() {
    for seed in 1..=20 {
        let Outcome { rejections, .. } =
            outcome(&planned(Plan { rate: Rate::per_second(10), burst: 5 }, 15), seed);
        assert_eq!(rejections, 0, "seed {seed}");
    }
}

#[test]
fn a_plan_of_one_request_a_minute_is_not_hurried() {
    let Outcome { rejections, .. } = outcome(&planned(Plan { rate: Rate::per_minute(1), burst: 1 }, 5), 1);
    assert_eq!(rejections, 0);
}

/// From one a minute to 1,000 a second, evenly over the orders of magnitude.
fn rate() -> impl Strategy<Value = Rate> {
    (0.0..1.0_f64).prop_map(|magnitude| Rate::per_minute(60_000_f64.powf(magnitude) as u64))
}

fn plan() -> impl Strategy<Value = Plan> {
    let burst = prop_oneof![3 => 1..8_u32, 2 => 8..40_u32];
    (rate(), burst).prop_map(|(rate, burst)| Plan { rate, burst })
}

/// Round trips of up to 1.2 s, of which up to 0.72 s to the gateway, and a backend that may be slow.
fn latency() -> impl Strategy<Value = Latency> {
    let processing = prop_oneof![Just(0), 0..3_000_u64];
    (1..600_u64, 0.0..=1.0_f64, processing).prop_map(|(mean, spread, processing)| Latency {
        processing: Span::from_millis(processing),
        ..Latency::millis(mean, (mean as f64 * spread) as u64)
    })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let work = (1..120_u32, any::<bool>());
    (plan(), latency(), 1..20_u32, 0..16_u64, work).prop_map(
        |(plan, latency, max_in_flight, late, (calls, at_once))| {
            let scenario = planned(plan, calls);
            let lasting = Span::from_secs_ceil(f64::from(calls) / plan.rate.as_per_second());
            let workload =
                if at_once { scenario.workload } else { Workload::Poisson { rate: plan.rate, lasting } };
            let timer_lateness = Span::from_millis(late);
            let setup = Setup { max_in_flight, timer_lateness, ..scenario.setup };
            Scenario { latency, workload, setup, ..scenario }
        },
    )
}

/// The longest round trip, including the backend, in seconds.
fn longest_trip(latency: Latency) -> f64 {
    (latency.mean + latency.spread + latency.processing).as_secs()
}

/// The extra time of a run over a client that always knows the bucket, in seconds.
fn costs(scenario: &Scenario, seed: u64) -> f64 {
    let record = run(scenario, seed);
    let least = minimum(scenario, &record).drained.as_secs();
    (Outcome::of(scenario, &record).ratio - 1.0) * least
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_is_exceeded_and_every_call_is_answered(scenario in scenario(), seed in any::<u64>()) {
        let outcome = outcome(&scenario, seed);
        prop_assert_eq!((outcome.rejections, outcome.lost, outcome.broken), (0, 0, Vec::new()));
    }

    /// Plans whose burst, like `maxInFlight`, leaves room for the unanswered requests at that rate.
    #[test]
    fn a_plan_is_used_to_the_full_but_for_the_first_and_the_last_round_trip(
        (rate, latency, calls, seed) in (rate(), latency(), 1..300_u32, any::<u64>()),
    ) {
        let unanswered = (rate.as_per_second() * longest_trip(latency)).ceil() as u32 + 1;
        let plan = Plan { rate, burst: unanswered + 1 };
        let scenario = Scenario { latency, ..planned(plan, calls) };
        let setup = Setup { max_in_flight: calls, ..scenario.setup };
        let cost = costs(&Scenario { setup, ..scenario }, seed);
        prop_assert!(cost <= 2.0 * longest_trip(latency) + 0.001, "{cost} s");
    }

    /// Plans without that room: a request counts as arrived after 1 s, so requests leave whatever is answered.
    #[test]
    fn however_small_the_burst_and_slow_the_answers_something_leaves(
        (plan, latency, calls, seed) in (plan(), latency(), 1..100_u32, any::<u64>()),
    ) {
        let scenario = Scenario { latency, ..planned(plan, calls) };
        let setup = Setup { max_in_flight: calls, ..scenario.setup };
        let outcome = outcome(&Scenario { setup, ..scenario }, seed);
        let (rate, burst) = (plan.rate.as_per_second(), f64::from(plan.burst));
        let least_rate = rate.min(burst / (1.0 + 1.0 / rate));
        let longest = f64::from(calls) / least_rate + longest_trip(latency) + 0.001;
        prop_assert!(outcome.longest_wait <= longest, "{} s, at most {longest} s", outcome.longest_wait);
    }
}
