//! The backoff without a Retry-After, and the jitter added to a Retry-After.

use api_service_client::throttle::{Backoff, Jitter, Limits, Notice, PauseSource, UniformSample};
use api_service_client::time::Span;
use proptest::prelude::*;

use crate::throttle::driver::{Client, millis, secs};
use crate::throttle::random_inputs;

const BASE: Span = millis(500);
const MAX: Span = secs(30);
/// The shortest backoff, whatever the random number.
const LEAST: Span = millis(100);

fn exponential(throttle: u32) -> Span {
    Span::from_micros(BASE.as_micros() << throttle).min(MAX)
}

fn delays(jitter: Jitter, dice: &[UniformSample]) -> Vec<Span> {
    let mut backoff = Backoff::new(BASE, MAX, jitter);
    dice.iter().map(|unit| backoff.next(*unit)).collect()
}

fn unit() -> impl Strategy<Value = UniformSample> {
    prop_oneof![any::<u32>(), Just(0), Just(u32::MAX)].prop_map(UniformSample::from_bits)
}

fn dice() -> impl Strategy<Value = Vec<UniformSample>> {
    prop::collection::vec(unit(), 1..20)
}

fn any_jitter() -> impl Strategy<Value = Jitter> {
    prop_oneof![Just(Jitter::Full), Just(Jitter::Equal), Just(Jitter::Decorrelated), Just(Jitter::None)]
}

proptest! {
    #![proptest_config(random_inputs())]

    #[test]
    fn full_jitter_is_anywhere_up_to_the_exponential_delay(dice in dice()) {
        for (delay, throttle) in delays(Jitter::Full, &dice).into_iter().zip(0..) {
            prop_assert!((LEAST..=exponential(throttle)).contains(&delay), "{delay:?}");
        }
    }

    #[test]
    fn equal_jitter_is_never_below_half_of_the_exponential_delay(dice in dice()) {
        for (delay, throttle) in delays(Jitter::Equal, &dice).into_iter().zip(0..) {
            let exponential = exponential(throttle);
            prop_assert!((exponential.scaled(0.5)..=exponential).contains(&delay), "{delay:?}");
        }
    }

    #[test]
    fn decorrelated_jitter_is_between_the_base_and_three_times_the_delay_before(dice in dice()) {
        let mut before = BASE;
        for delay in delays(Jitter::Decorrelated, &dice) {
            prop_assert!((BASE..=before.scaled(3.0).min(MAX)).contains(&delay), "{delay:?} after {before:?}");
            before = delay;
        }
    }

    #[test]
    fn no_jitter_is_the_exponential_delay_itself(dice in dice()) {
        for (delay, throttle) in delays(Jitter::None, &dice).into_iter().zip(0..) {
            prop_assert_eq!(delay, exponential(throttle));
        }
    }

    #[test]
    fn any_delay_is_bounded_however_often_the_client_was_throttled(
        jitter in any_jitter(),
        unit in unit(),
        base in 0..100_000_u64,
        max in 0..1_000_000_u64,
    ) {
        let mut backoff = Backoff::new(millis(base), millis(max), jitter);
        for _ in 0..100 {
            let delay = backoff.next(unit);
            prop_assert!((LEAST..=LEAST.max(millis(max))).contains(&delay), "{delay:?}");
        }
    }

    #[test]
    fn jitter_is_only_ever_added_to_what_the_gateway_asks_for(
        jitter in any_jitter(),
        dice in dice(),
        asked in 1..10_000_000_u64,
    ) {
        let mut backoff = Backoff::new(BASE, MAX, jitter);
        for unit in dice {
            let delay = backoff.honour(millis(asked), unit);
            prop_assert!(delay >= millis(asked));
            prop_assert!(delay <= millis(asked).scaled(1.05).min(millis(asked) + millis(500)), "{delay:?}");
        }
    }

    #[test]
    fn retry_after_zero_waits_at_least_one_base_however_the_dice_fall(jitter in any_jitter(), dice in dice()) {
        let mut backoff = Backoff::new(BASE, MAX, jitter);
        for unit in dice {
            prop_assert!((BASE..=MAX).contains(&backoff.honour(Span::ZERO, unit)));
        }
    }

    #[test]
    fn the_longest_advice_there_is_stays_the_longest(jitter in any_jitter(), unit in unit()) {
        prop_assert_eq!(Backoff::new(BASE, MAX, jitter).honour(Span::MAX, unit), Span::MAX);
    }

    #[test]
    fn a_pause_without_advice_is_never_shorter_than_the_least_delay(jitter in any_jitter(), dice in dice()) {
        let limits = Limits { max_attempts: 100, ..Limits::default() };
        let mut client = Client::with(limits, Backoff::new(BASE, MAX, jitter));
        client.calls(1);
        for unit in dice {
            client.throttle_with(1, None, unit);
            prop_assert!((LEAST..=MAX).contains(&client.pause_left()));
            prop_assert_eq!(client.next_send(), 1);
        }
    }
}

#[test]
fn the_dice_reach_both_ends_of_full_jitter() {
    let [most, least] = [u32::MAX, 0].map(|bits| delays(Jitter::Full, &[UniformSample::from_bits(bits); 4]));
    assert_eq!(least, [LEAST; 4]);
    assert!(most.into_iter().zip(0..).all(|(delay, throttle)| delay > exponential(throttle).scaled(0.99)));
}

#[test]
fn decorrelated_jitter_grows_up_to_the_longest_delay() {
    let most = delays(Jitter::Decorrelated, &[UniformSample::from_bits(u32::MAX); 6]);
    assert!(most.windows(2).all(|pair| pair[0] < pair[1] || pair[1] == MAX), "{most:?}");
    assert_eq!(most.last(), Some(&MAX));
}

#[test]
fn the_defaults_are_those_of_the_package() {
    let backoff = Backoff::default();
    assert_eq!((backoff.base, backoff.max, backoff.jitter), (millis(500), secs(30), Jitter::Full));
}

fn backoff_pause(delay: Span) -> Vec<Notice> {
    vec![Notice::Throttled { delay, source: PauseSource::Backoff }]
}

#[test]
fn a_success_resets_the_backoff() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle(1);
    client.next_send();
    client.throttle(1);
    client.next_send();
    client.accept(1);
    client.notices();
    client.calls(1);
    if client.wire().is_empty() {
        client.next_send();
    }
    client.throttle(2);
    assert_eq!(client.notices(), backoff_pause(BASE));
}

#[test]
fn a_success_of_a_request_sent_before_the_pause_does_not_reset_the_backoff() {
    let mut client = Client::new();
    client.calls(3);
    client.throttle(1);
    client.accept(2);
    client.next_send();
    client.accept(3);
    client.notices();
    client.throttle(1);
    assert_eq!(client.notices(), backoff_pause(secs(1)));
}

#[test]
fn a_failure_does_not_reset_the_backoff() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle(1);
    client.calls(1);
    client.next_send();
    client.notices();
    client.fail(1);
    client.throttle(2);
    assert_eq!(client.notices(), backoff_pause(secs(1)));
}

#[test]
fn a_whole_flight_that_is_throttled_backs_off_once() {
    let mut client = Client::new();
    client.calls(16);
    for id in 1..=16 {
        client.throttle(id);
    }
    client.next_send();
    client.notices();
    client.throttle(1);
    assert_eq!(client.notices(), backoff_pause(secs(1)));
}

#[test]
fn somebody_elses_flight_that_is_throttled_backs_off_once() {
    let mut client = Client::new();
    for _ in 0..16 {
        assert_eq!(client.throttled_externally(None, UniformSample::ZERO), BASE);
    }
    client.pass(BASE);
    assert_eq!(client.throttled_externally(None, UniformSample::ZERO), secs(1));
}

#[test]
fn throttles_with_advice_count_towards_the_backoff_of_those_without() {
    let mut client = Client::new();
    client.calls(1);
    client.throttle_for(1, secs(10));
    client.next_send();
    client.notices();
    client.throttle(1);
    assert_eq!(client.notices(), backoff_pause(secs(1)));
}
