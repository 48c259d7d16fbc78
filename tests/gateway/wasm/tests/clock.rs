//! The clock under changes that a test may make.

use mock_gateway::policy::{Instant, WallTime};
use mock_gateway_wasm::Clock;
use std::time::Duration;

fn seconds(seconds: u64) -> WallTime {
    WallTime::from_epoch(Duration::from_secs(seconds))
}

fn after(seconds: u64) -> Instant {
    Instant::after(Duration::from_secs(seconds))
}

#[test]
fn it_counts_from_its_start() {
    let mut clock = Clock::start(seconds(1_000));
    assert_eq!(clock.at(seconds(1_000)), Instant::START);
    assert_eq!(clock.at(seconds(1_010)), after(10));
    assert_eq!(clock.at(seconds(1_025)), after(25));
}

#[test]
fn one_that_is_set_back_goes_on_from_there() {
    let mut clock = Clock::start(seconds(1_000));
    assert_eq!(clock.at(seconds(1_010)), after(10));
    assert_eq!(clock.at(seconds(0)), after(10));
    assert_eq!(clock.at(seconds(7)), after(17));
}

#[test]
fn one_that_is_set_forward_has_let_that_time_pass() {
    let mut clock = Clock::start(WallTime::EPOCH);
    assert_eq!(clock.at(seconds(86_400 * 365)), after(86_400 * 365));
}
