//! The spread of the delay.

use super::Delay;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);

#[test]
fn every_share_is_within_the_jitter_on_both_sides_of_the_latency() {
    fastrand::seed(1);
    let delay = Delay { latency: 40 * MS, jitter: 20 * MS };
    let drawn: Vec<_> = (0..10_000).map(|_| delay.draw()).collect();
    assert!(drawn.iter().all(|share| (20 * MS..=60 * MS).contains(share)));
    assert!(drawn.iter().any(|share| *share < 21 * MS) && drawn.iter().any(|share| *share > 59 * MS));
    let mean = drawn.iter().sum::<Duration>() / 10_000;
    assert!((39 * MS..41 * MS).contains(&mean), "{mean:?}");
}

#[test]
fn without_jitter_every_share_is_the_latency() {
    assert_eq!(Delay { latency: 40 * MS, jitter: Duration::ZERO }.draw(), 40 * MS);
}

#[test]
fn more_jitter_than_latency_is_never_less_than_nothing() {
    let delay = Delay { latency: MS, jitter: 20 * MS };
    assert!((0..1_000).all(|_| delay.draw() <= 21 * MS));
}
