//! A usage plan can limit single methods: only the limited method is held.

use api_service_client::time::Span;
use simulation::gateway::RetryAfter;
use simulation::{Methods, Plan, Rate, Seen, percentile};

const PLENTY: Plan = Plan { rate: Rate::per_second(100), burst: 200 };

/// A method limited to 2 a second and called 3 times a second, beside others called 10 times a second.
const METHODS: Methods = Methods {
    of_one: Plan { rate: Rate::per_second(2), burst: 4 },
    of_all: PLENTY,
    calls: (Rate::per_second(3), Rate::per_second(10)),
    lasting: Span::from_secs(60),
    retry_after: RetryAfter::None,
};

fn median(methods: &Methods, of: impl Fn(&Seen) -> f64) -> f64 {
    let seen: Vec<f64> = (1..=20).map(|seed| of(&methods.run(seed))).collect();
    percentile(&seen, 0.5)
}

fn all_seeds(methods: &Methods) -> impl Iterator<Item = Seen> {
    (1..=20).map(|seed| methods.run(seed))
}

#[test]
fn after_the_second_429_of_a_method_the_others_are_not_held() {
    for retry_after in [RetryAfter::None, RetryAfter::Fixed(1)] {
        let methods = Methods { retry_after, ..METHODS };
        for seen in all_seeds(&methods) {
            // A round trip takes at most 60 ms. The first call may wait for the requests that show the end of the
            // pause.
            assert!(seen.longest_of_others <= Span::from_millis(200), "{seen:?}");
            assert_eq!((seen.refused.1, seen.is_held), (0, true), "{seen:?}");
            assert_eq!(seen.pauses.0, 1, "{seen:?}");
        }
    }
}

#[test]
fn the_method_drains_at_its_own_limit_and_is_refused_as_seldom_as_a_scope_would_be() {
    // 180 calls at 2 a second, of which the bucket holds 4.
    let least = 88.0;
    let drained = median(&METHODS, |seen| seen.drained.as_secs());
    assert!((least..=1.03 * least).contains(&drained), "{drained} s");
    let refused = median(&METHODS, |seen| f64::from(seen.refused.0));
    assert!(refused <= 20.0, "{refused}");
}

#[test]
fn where_all_share_one_limit_hardly_a_method_is_held_alone() {
    // The same calls with half of the rate that they need.
    let shared = Methods { of_one: PLENTY, of_all: Plan { rate: Rate::per_second(6), burst: 12 }, ..METHODS };
    let held = all_seeds(&shared).filter(|seen| seen.is_held).count();
    assert!(held <= 2, "{held} of 20");
    let refused = median(&shared, |seen| f64::from(seen.refused.0 + seen.refused.1));
    assert!(refused <= 30.0, "{refused}");
}
