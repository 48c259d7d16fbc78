//! One time from a clock that may stand still and a clock that may be set.

use api_service_client::time::Timeline;
use api_service_client::time::{Span, WallTime};

const HOUR: Span = Span::from_secs(3_600);

fn noon() -> WallTime {
    WallTime::from_epoch_secs(1_795_521_600)
}

#[test]
fn time_goes_on_with_the_monotonic_clock() {
    let mut time = Timeline::new(Span::ZERO, noon());
    let before = time.read(Span::from_millis(1), noon());
    let after = time.read(Span::from_millis(251), noon() + Span::from_millis(250));
    assert_eq!(after.since(before), Span::from_millis(250));
}

#[test]
fn an_hour_of_sleep_that_only_the_wall_clock_saw_has_passed() {
    let mut time = Timeline::new(Span::ZERO, noon());
    let before = time.read(Span::ZERO, noon());
    let after = time.read(Span::from_secs(1), noon() + HOUR);
    assert_eq!(after.since(before), HOUR);
}

#[test]
fn a_wall_clock_that_is_set_back_an_hour_makes_no_wait_longer() {
    let mut time = Timeline::new(HOUR, noon() + HOUR);
    let before = time.read(HOUR, noon() + HOUR);
    let after = time.read(HOUR + Span::from_secs(5), noon() + Span::from_secs(5));
    assert_eq!(after.since(before), Span::from_secs(5));
}

#[test]
fn a_wall_clock_that_is_set_back_still_sees_the_next_sleep() {
    let mut time = Timeline::new(HOUR, noon() + HOUR);
    let before = time.read(HOUR, noon());
    let after = time.read(HOUR, noon() + Span::from_secs(600));
    assert_eq!(after.since(before), Span::from_secs(600));
}

#[test]
fn small_steps_of_a_wall_clock_alone_add_up() {
    let mut time = Timeline::new(Span::ZERO, noon());
    let before = time.read(Span::ZERO, noon());
    let mut after = before;
    for halves in 1..=6 {
        after = time.read(Span::ZERO, noon() + Span::from_millis(500 * halves));
    }
    assert_eq!(after.since(before), Span::from_secs(3));
}

#[test]
fn a_moment_keeps_its_date_while_neither_clock_jumps() {
    let mut time = Timeline::new(Span::ZERO, noon());
    let moment = time.read(Span::ZERO, noon()) + Span::from_secs(30);
    let date = time.date_of(moment);
    for millis in 0..100 {
        time.read(Span::from_micros(millis * 1_003), noon() + Span::from_millis(millis));
        assert_eq!(time.date_of(moment), date);
    }
}

#[test]
fn after_a_jump_dates_are_those_of_the_new_clock() {
    let mut time = Timeline::new(Span::ZERO, noon() + HOUR);
    let now = time.read(Span::from_secs(1), noon());
    assert_eq!(time.date_of(now), noon());
}
