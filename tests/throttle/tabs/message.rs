//! Messages from other tabs and stored values are untrusted.

use api_service_client::throttle::{Limits, Status};
use api_service_client::time::Span;
use proptest::prelude::*;

use crate::throttle::driver::{Client, millis, secs};
use crate::throttle::random_inputs;

/// A message of another tab that pauses.
fn message() -> Vec<f64> {
    let mut tab = Client::new();
    tab.set_id(7);
    tab.calls(1);
    tab.throttle_for(1, secs(5));
    tab.messages().pop().expect("a pause is told at once")
}

fn status_after(message: &[f64]) -> Status {
    let mut tab = Client::new();
    tab.set_id(1);
    tab.receive(Span::ZERO, message);
    tab.status()
}

#[test]
fn a_word_is_understood() {
    assert_eq!(status_after(&message()), Status::Paused);
}

#[test]
fn a_word_of_another_version_is_ignored() {
    let mut message = message();
    message[0] += 1.0;
    assert_eq!(status_after(&message), Status::Open);
}

#[test]
fn a_word_is_ignored_as_a_whole_if_any_number_in_it_is_none() {
    for place in 0..message().len() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
            let mut message = message();
            message[place] = bad;
            assert_eq!(status_after(&message), Status::Open, "{bad} at {place}");
        }
    }
}

#[test]
fn a_word_that_was_cut_off_is_ignored() {
    for length in 0..message().len() {
        assert_eq!(status_after(&message()[..length]), Status::Open, "{length} numbers");
    }
}

#[test]
fn a_word_that_is_too_long_is_ignored() {
    let mut message = message();
    message.extend([1.0; 1_000]);
    assert_eq!(status_after(&message), Status::Open);
}

#[test]
fn after_two_hundred_words_in_a_second_nobody_listens_until_the_next() {
    let mut tab = Client::new();
    tab.set_id(1);
    let idle = [1.0, 8.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    for number in 0..1_000 {
        let mut flood = idle;
        flood[2] = f64::from(number);
        tab.receive(Span::ZERO, &flood);
    }
    tab.receive(Span::ZERO, &message());
    assert_eq!(tab.status(), Status::Open);
    tab.pass(secs(1));
    tab.receive(Span::ZERO, &message());
    assert_eq!(tab.status(), Status::Paused);
}

#[test]
fn a_call_that_could_leave_at_once_does_not_wait_for_a_token_that_is_kept_in_reserve() {
    let mut tab = Client::new();
    tab.set_id(3);
    let (most, capacity) = (24_000.0, 2.0);
    tab.receive(Span::ZERO, &[1.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, most, capacity, 0.0, 0.0]);
    tab.calls(1);
    tab.pass(millis(1));
    tab.accept(1);
    tab.calls(1);
    tab.finish();
}

/// Any number, with the significant ones more often than by chance.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (0..200_u32).prop_map(f64::from),
        2 => 0.0..1e5,
        1 => Just(0.0),
        1 => any::<f64>(),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::MAX), Just(f64::MIN_POSITIVE), Just(1e300)],
    ]
}

/// Any message, mostly close to a valid one.
fn anything() -> impl Strategy<Value = Vec<f64>> {
    let answers = prop::collection::vec((number(), number(), number()), 0..40);
    let looks_right = (prop::collection::vec(number(), 12), answers).prop_map(|(header, answers)| {
        let count = answers.len() as f64;
        let answers = answers.into_iter().take(32).flat_map(|(middle, slack, kind)| [middle, slack, kind]);
        std::iter::once(1.0).chain(header).chain([count]).chain(answers).collect()
    });
    prop_oneof![6 => looks_right, 1 => prop::collection::vec(number(), 0..120)]
}

fn age() -> impl Strategy<Value = Span> {
    prop_oneof![4 => (0..100_u64).prop_map(millis), 1 => any::<u64>().prop_map(Span::from_micros)]
}

/// Calls and answers of a tab that receives random messages in between. Times are in milliseconds.
#[derive(Debug, Clone)]
enum Step {
    Receive(Span, Vec<f64>),
    Calls(u32),
    AcceptAll,
    ThrottleOne(u64),
    Pass(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (age(), anything()).prop_map(|(age, message)| Step::Receive(age, message)),
        2 => (1..30_u32).prop_map(Step::Calls),
        2 => Just(Step::AcceptAll),
        1 => (0..20_000_u64).prop_map(Step::ThrottleOne),
        2 => (1..5_000_u64).prop_map(Step::Pass),
    ]
}

fn act(tab: &mut Client, step: Step) {
    match step {
        Step::Receive(age, message) => tab.receive(age, &message),
        Step::Calls(count) => tab.calls(count),
        Step::AcceptAll => tab.wire().to_vec().into_iter().for_each(|id| tab.accept(id)),
        Step::ThrottleOne(delay) => {
            if let [id, ..] = *tab.wire() {
                tab.throttle_for(id, millis(delay));
            }
        }
        Step::Pass(span) => tab.pass(millis(span)),
    }
}

proptest! {
    #![proptest_config(random_inputs())]

    #[test]
    fn whatever_is_heard_every_request_ends_once_and_none_leaves_in_a_pause(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let limits = Limits { max_pause: secs(60), max_attempts: 100, ..Limits::default() };
        let mut tab = Client::with_limits(limits);
        tab.set_id(3);
        for step in steps {
            let before = tab.pause_left();
            let heard = matches!(step, Step::Receive(..));
            act(&mut tab, step);
            if heard {
                prop_assert!(tab.pause_left() <= before.max(limits.max_pause));
            }
        }
        tab.finish();
        prop_assert!((1..=tab.calls_so_far()).all(|id| tab.end_of(id).is_some()));
    }

    #[test]
    fn whatever_is_remembered_every_request_ends_once(age in age(), persisted in anything()) {
        let limits = Limits { max_pause: secs(60), ..Limits::default() };
        let mut tab = Client::with_limits(limits);
        tab.restore(age, &persisted);
        prop_assert!(tab.pause_left() <= limits.max_pause);
        tab.calls(40);
        tab.finish();
    }

    #[test]
    fn who_has_met_no_limit_is_only_ever_slowed_by_what_it_hears(
        heard in prop::collection::vec((age(), anything()), 0..20),
    ) {
        let (mut deaf, mut tab) = (Client::new(), Client::new());
        tab.set_id(3);
        deaf.calls(100);
        tab.calls(100);
        for (age, message) in heard {
            tab.receive(age, &message);
            for client in [&mut deaf, &mut tab] {
                client.pass(millis(50));
                act(client, Step::AcceptAll);
            }
            prop_assert!(tab.snapshot().sent <= deaf.snapshot().sent);
        }
    }

    #[test]
    fn what_is_heard_in_a_pause_ends_it_no_sooner(heard in prop::collection::vec((age(), anything()), 0..20)) {
        let mut tab = Client::new();
        tab.set_id(3);
        tab.calls(3);
        tab.throttle_for(1, secs(10));
        tab.sent();
        for (age, message) in heard {
            tab.receive(age, &message);
            tab.pass(millis(450));
        }
        prop_assert_eq!(tab.sent(), Vec::<u32>::new());
    }
}
