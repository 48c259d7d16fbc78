//! The time of one decision with 100,000 clients remembered: the mean by Criterion, and the 99th percentile of a
//! million single decisions.
//!
//! The requirement for a refusal is 5 ms. The target for a decision is 5 µs.

use criterion::{Criterion, criterion_group, criterion_main};
use mock_gateway::policy::{
    Client, Instant, Method, Quota, RateLimitPolicy, StageLimits, Throttle, UsagePlan, WallTime,
};
use std::hint::black_box;
use std::time::Duration;

const CLIENTS: usize = 100_000;

fn clients() -> Vec<Client> {
    (0..CLIENTS).map(|n| Client::ApiKey(format!("key-{n}").into())).collect()
}

/// A policy that remembers every client. No bucket is full, so the policy cannot forget a client.
fn policy(plan: &UsagePlan, stage: &StageLimits, clients: &[Client], method: &Method) -> RateLimitPolicy {
    let mut policy = RateLimitPolicy::new(plan, stage, WallTime::EPOCH);
    for client in clients {
        policy.evaluate(client, method, Instant::START);
    }
    assert_eq!(policy.remembered_clients(), CLIENTS);
    policy
}

fn throttle(limit: &str) -> Throttle {
    limit.parse().unwrap()
}

fn evaluate(criterion: &mut Criterion) {
    let clients = clients();
    let method = Method::new("GET", "/items");
    let mut group = criterion.benchmark_group("evaluate, 100,000 clients");
    let mut percentiles = Vec::new();
    let mut bench = |name: &str, plan: &UsagePlan, stage: &StageLimits| {
        let mut policy = policy(plan, stage, &clients, &method);
        // A large stride, so that no processor cache helps.
        let mut turn = (0..CLIENTS).cycle().step_by(7_919);
        let now = Instant::START + Duration::from_millis(1);
        let mut one = || {
            let client = turn.next().and_then(|turn| clients.get(turn)).unwrap();
            black_box(policy.evaluate(black_box(client), &method, now))
        };
        group.bench_function(name, |bencher| bencher.iter(&mut one));
        percentiles.push((name.to_owned(), slowest_hundredth(one)));
    };

    let unlimited = StageLimits::default();
    bench("admitted", &UsagePlan::new(throttle("1/hour,800000")), &unlimited);
    bench("throttled", &UsagePlan::new(throttle("1/hour,1")), &unlimited);
    let mut all = UsagePlan::new(throttle("1/hour,800000"));
    all.quota = Some("4000000000/month".parse::<Quota>().unwrap());
    let stage = StageLimits { throttle: Some(throttle("1000000/s,4000000000")), ..StageLimits::default() };
    bench("admitted, with a quota and a limit on the stage", &all, &stage);
    group.finish();

    for (name, took) in percentiles {
        let verdict = if took <= TARGET { "met" } else { "not met" };
        println!("p99 {took:>8.2?}  {name} (at most {TARGET:?}: {verdict})");
    }
}

/// The longest decision allowed at the 99th percentile.
const TARGET: Duration = Duration::from_micros(5);

/// The 99th percentile of a million decisions, including the time to read the clock.
fn slowest_hundredth<T>(mut decide: impl FnMut() -> T) -> Duration {
    let mut took: Vec<_> = (0..1_000_000)
        .map(|_| {
            let began = std::time::Instant::now();
            decide();
            began.elapsed()
        })
        .collect();
    let (_, p99, _) = took.select_nth_unstable(990_000);
    *p99
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
