//! The persisted state of a scope, and its restoration.

use api_service_client::throttle::{Notice, PauseSource, Status};
use api_service_client::time::Span;

use crate::throttle::driver::{Bucket, Client, Tabs, millis, secs};

/// The persisted state of a tab after the gateway has asked for a pause.
fn paused_for(delay: Span) -> Vec<f64> {
    let mut tab = Client::new();
    tab.calls(1);
    tab.throttle_for(1, delay);
    tab.persisted().pop().expect("a pause is worth keeping")
}

fn reloaded(age: Span, persisted: &[f64]) -> Client {
    let mut tab = Client::new();
    tab.restore(age, persisted);
    tab
}

#[test]
fn a_pause_survives_a_reload() {
    let mut tab = reloaded(secs(10), &paused_for(secs(60)));
    tab.calls(2);
    assert_eq!((tab.status(), tab.pause_left(), tab.wire().len()), (Status::Paused, secs(50), 0));
    assert_eq!(tab.notices(), [Notice::Throttled { delay: secs(50), source: PauseSource::AnotherTab }]);
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
    assert_eq!(tab.persisted(), Vec::<Vec<f64>>::new());
}

#[test]
fn what_is_kept_of_a_pause_goes_with_it() {
    let mut tab = Client::new();
    tab.calls(1);
    tab.throttle_for(1, secs(5));
    assert_eq!(tab.persisted().len(), 1);
    tab.pass(secs(5));
    tab.accept(1);
    assert_eq!(tab.persisted(), [Vec::new()]);
}

#[test]
fn a_pause_that_is_extended_is_kept_anew_and_one_that_is_not_is_not() {
    let mut tab = Client::new();
    tab.calls(3);
    tab.throttle_for(1, secs(5));
    tab.throttle_for(2, secs(9));
    assert_eq!(tab.persisted().len(), 2);
    tab.pass(millis(10));
    tab.throttle_for(3, secs(8));
    assert_eq!(tab.persisted().len(), 0);
}

#[test]
fn however_little_longer_a_pause_becomes_the_next_page_waits_for_its_end_too() {
    let mut tab = Client::new();
    tab.calls(2);
    tab.throttle_for(1, secs(5));
    tab.persisted();
    tab.pass(millis(10));
    tab.throttle_for(2, secs(5));
    let persisted = tab.persisted().pop().expect("a longer pause is worth keeping");
    assert_eq!(reloaded(Span::ZERO, &persisted).pause_left(), secs(5));
}

#[test]
fn a_persons_pause_does_not_outlive_their_page() {
    let mut tab = Client::new();
    tab.pause(Some(secs(60)));
    assert_eq!(tab.persisted(), Vec::<Vec<f64>>::new());
}

#[test]
fn what_is_out_of_date_in_the_storage_is_removed() {
    let mut tab = reloaded(secs(5), &paused_for(secs(60)));
    assert_eq!(tab.persisted(), Vec::<Vec<f64>>::new());
    tab.pass(secs(55));
    assert_eq!(tab.persisted(), [Vec::new()]);
}

/// A full bucket of `per_second` requests a second and a burst of 20.
fn bucket(per_second: f64) -> Bucket {
    Bucket { per_milli: per_second / 1_000.0, burst: 20.0, tokens: 20.0 }
}

fn with_work(mut tab: Client, calls: u32) -> Tabs {
    let mut tabs = Tabs::new(0);
    tab.calls(calls);
    tabs.open_without_id(tab);
    tabs
}

/// The persisted state of a tab after 30 s at 10 a second, with the bucket that it left.
fn learned() -> (Vec<f64>, Bucket) {
    let (mut tabs, mut bucket) = (with_work(Client::new(), 900), bucket(10.0));
    tabs.serve(&mut bucket, secs(30));
    (tabs.tab(0).persisted().pop().expect("a limit is worth keeping"), bucket)
}

fn rate(tabs: &mut Tabs) -> f64 {
    tabs.tab(0).snapshot().rate.expect("it knows the limit")
}

#[test]
fn a_limit_survives_a_reload() {
    let (persisted, mut bucket) = learned();
    let mut tabs = with_work(reloaded(secs(1), &persisted), 300);
    assert!((9.0..11.5).contains(&rate(&mut tabs)));
    bucket.tokens += 10.0;
    let served = tabs.serve(&mut bucket, secs(20));
    let [(answered, refused)] = served[..] else { panic!("one tab") };
    assert!(answered >= 200 && refused <= 5, "{served:?}");
}

#[test]
fn who_has_been_away_finds_a_full_bucket() {
    let (persisted, _) = learned();
    let tabs = &mut with_work(reloaded(secs(60), &persisted), 300);
    assert_eq!(tabs.tab(0).wire().len(), 16);
}

#[test]
fn who_is_back_at_once_finds_it_as_it_was() {
    let (persisted, _) = learned();
    let tabs = &mut with_work(reloaded(millis(200), &persisted), 300);
    assert!(tabs.tab(0).wire().len() <= 6, "{}", tabs.tab(0).wire().len());
}

#[test]
fn a_limit_is_forgotten_after_ten_minutes() {
    let (persisted, _) = learned();
    assert!(reloaded(secs(599), &persisted).snapshot().rate.is_some());
    assert_eq!(reloaded(secs(600), &persisted).snapshot().rate, None);
}

#[test]
fn a_limit_that_has_become_lower_meanwhile_is_learned_anew() {
    let (persisted, _) = learned();
    let (mut tabs, mut bucket) = (with_work(reloaded(secs(60), &persisted), 900), bucket(4.0));
    tabs.serve(&mut bucket, secs(30));
    assert!((3.0..6.0).contains(&rate(&mut tabs)), "{}", rate(&mut tabs));
}

#[test]
fn a_limit_that_has_become_higher_meanwhile_is_learned_anew() {
    let (persisted, _) = learned();
    let (mut tabs, mut bucket) = (with_work(reloaded(secs(60), &persisted), 950), bucket(25.0));
    let served = tabs.serve(&mut bucket, secs(40));
    assert!(served[0].0 > 600, "{served:?}");
}

#[test]
fn no_more_is_written_than_once_a_second() {
    let (mut tabs, mut bucket) = (with_work(Client::new(), 900), bucket(10.0));
    tabs.serve(&mut bucket, secs(20));
    tabs.tab(0).persisted();
    tabs.serve(&mut bucket, secs(10));
    let written = tabs.tab(0).persisted().len();
    // The beginning and end of each pause are written in addition.
    assert!((1..=16).contains(&written), "{written}");
}

#[test]
fn a_limit_that_was_never_true_is_found_out() {
    let (mut persisted, _) = learned();
    // The bounds of the rate: one request a minute.
    for (known, lie) in persisted.iter_mut().skip(8).zip([0.0, 1.0 / 60.0]) {
        *known = lie;
    }
    let (mut tabs, mut bucket) = (with_work(reloaded(secs(1), &persisted), 500), bucket(10.0));
    let served = tabs.serve(&mut bucket, secs(20));
    assert!(served[0].0 > 200 && served[0].1 < 10, "{served:?}");
}
