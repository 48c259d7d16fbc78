use simulation::gateway::{Gateway, Schedule};
use simulation::{Plan, Rate};

use super::{ONE, at, burst, decisions, throttled};

const FAST: Plan = Plan { rate: Rate::per_second(10), burst: 4 };
const SLOW: Plan = Plan { rate: Rate::per_second(1), burst: 2 };

#[test]
fn until_the_change_the_first_plan_applies() {
    let mut gateway = Schedule::new(FAST).then(1, SLOW);
    assert_eq!(decisions(&mut gateway, &[0, 0, 0, 0, 0, 100, 900, 900]), "++++-+++");
}

#[test]
fn from_the_change_on_the_next_one_applies() {
    let mut gateway = Schedule::new(FAST).then(1, SLOW).then(10, FAST);
    burst(&mut gateway, 950, 4);
    // Half a token remains from before the change. The other half refills at the new rate.
    assert_eq!(decisions(&mut gateway, &[1_000, 1_499, 1_500, 2_499, 2_500]), "--+-+");
    assert_eq!(burst(&mut gateway, 10_400, 5), "++++-");
}

#[test]
fn what_does_not_fit_a_smaller_bucket_is_lost() {
    let mut gateway = Schedule::new(FAST).then(1, SLOW);
    assert_eq!(burst(&mut gateway, 1_000, 4), "++--");
}

#[test]
fn a_wait_across_a_change_counts_both_rates() {
    let mut gateway = Schedule::new(SLOW).then(1, FAST);
    burst(&mut gateway, 500, 2);
    // Half a token refills before the change, the other half in the following 50 ms.
    assert_eq!(gateway.decide(at(500), ONE), throttled(550));
    assert_eq!(gateway.earliest(at(500), ONE), Some(at(1_050)));
}

#[test]
fn a_rate_of_zero_ends_with_the_next_change() {
    let stopped = Plan { rate: Rate::per_second(0), burst: 4 };
    let mut gateway = Schedule::new(stopped).then(2, FAST);
    burst(&mut gateway, 0, 4);
    assert_eq!(gateway.decide(at(0), ONE), throttled(2_100));
}
