//! How long one decision takes, with 100,000 clients remembered. The specification allows 5 ms.

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

/// Everyone has been seen, and nobody's bucket is full, so that nobody can be forgotten.
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
    let mut bench = |name: &str, plan: &UsagePlan, stage: &StageLimits| {
        let mut policy = policy(plan, stage, &clients, &method);
        // Far apart, so that no cache helps.
        let mut turn = (0..CLIENTS).cycle().step_by(7_919);
        let now = Instant::START + Duration::from_millis(1);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let client = turn.next().and_then(|turn| clients.get(turn)).unwrap();
                black_box(policy.evaluate(black_box(client), &method, now))
            });
        });
    };

    let unlimited = StageLimits::default();
    bench("admitted", &UsagePlan::new(throttle("1/hour,800000")), &unlimited);
    bench("throttled", &UsagePlan::new(throttle("1/hour,1")), &unlimited);
    let mut all = UsagePlan::new(throttle("1/hour,800000"));
    all.quota = Some("4000000000/month".parse::<Quota>().unwrap());
    let stage = StageLimits { throttle: Some(throttle("1000000/s,4000000000")), ..StageLimits::default() };
    bench("admitted, with a quota and a limit on the stage", &all, &stage);
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
