//! What a scope gives out to be kept, and what it makes of it when it is made anew.

use api_service_client::throttle::{Notice, PauseSource, Status};
use api_service_client::time::Span;

use super::driver::{Client, millis, secs};

/// The memory of a tab whose gateway has just asked for a pause.
fn paused_for(delay: Span) -> Vec<f64> {
    let mut tab = Client::new();
    tab.calls(1);
    tab.throttle_for(1, delay);
    tab.memories().pop().expect("a pause is worth keeping")
}

fn reloaded(age: Span, memory: &[f64]) -> Client {
    let mut tab = Client::new();
    tab.remember(age, memory);
    tab
}

#[test]
fn a_pause_survives_a_reload() {
    let mut tab = reloaded(secs(10), &paused_for(secs(60)));
    tab.calls(2);
    assert_eq!((tab.status(), tab.pause_left(), tab.wire().len()), (Status::Paused, secs(50), 0));
    assert_eq!(tab.heard(), [Notice::Throttled { delay: secs(50), source: PauseSource::AnotherTab }]);
    tab.pass(secs(50));
    assert_eq!(tab.wire(), [1]);
}

#[test]
fn a_pause_that_has_ended_meanwhile_is_none() {
    let mut tab = reloaded(secs(60), &paused_for(secs(60)));
    tab.calls(2);
    assert_eq!((tab.status(), tab.wire().len()), (Status::Open, 2));
}

#[test]
fn a_clock_that_was_set_back_makes_a_pause_no_longer_than_it_was() {
    let tab = reloaded(Span::ZERO, &paused_for(secs(60)));
    assert_eq!(tab.pause_left(), secs(60));
}

#[test]
fn a_page_without_a_pause_keeps_nothing() {
    let mut tab = Client::new();
    tab.calls(1);
    tab.accept(1);
    assert_eq!(tab.memories(), Vec::<Vec<f64>>::new());
}

#[test]
fn what_is_kept_of_a_pause_goes_with_it() {
    let mut tab = Client::new();
    tab.calls(1);
    tab.throttle_for(1, secs(5));
    assert_eq!(tab.memories().len(), 1);
    tab.pass(secs(5));
    tab.accept(1);
    assert_eq!(tab.memories(), [Vec::new()]);
}

#[test]
fn a_pause_that_is_extended_is_kept_anew_and_one_that_is_not_is_not() {
    let mut tab = Client::new();
    tab.calls(3);
    tab.throttle_for(1, secs(5));
    tab.throttle_for(2, secs(9));
    assert_eq!(tab.memories().len(), 2);
    tab.pass(millis(10));
    tab.throttle_for(3, secs(9));
    assert_eq!(tab.memories().len(), 0);
}

#[test]
fn a_persons_pause_does_not_outlive_their_page() {
    let mut tab = Client::new();
    tab.pause(Some(secs(60)));
    assert_eq!(tab.memories(), Vec::<Vec<f64>>::new());
}

#[test]
fn what_is_out_of_date_in_the_storage_is_removed() {
    let mut tab = reloaded(secs(5), &paused_for(secs(60)));
    assert_eq!(tab.memories(), Vec::<Vec<f64>>::new());
    tab.pass(secs(55));
    assert_eq!(tab.memories(), [Vec::new()]);
}
