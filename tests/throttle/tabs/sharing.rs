//! Tabs divide the limit between them, and one of them probes for all.

use api_service_client::throttle::{Limits, Notice, Status};
use api_service_client::time::Span;

use crate::throttle::driver::{Bucket, Client, Tabs, millis, secs};

/// The position in a message that asks for replies.
const ASKS: usize = 12;

/// A bucket of 10 a second and a burst of 20.
fn bucket() -> Bucket {
    Bucket { per_milli: 0.01, burst: 20.0, tokens: 20.0 }
}

/// Two tabs with work for minutes, and the bucket that they have learned for 20 s.
fn at_work(calls: [u32; 2]) -> (Tabs, Bucket) {
    let (mut tabs, mut bucket) =
        (Tabs::with_limits(2, Limits { max_queue: 10_000, ..Limits::default() }), bucket());
    for (tab, calls) in calls.into_iter().enumerate() {
        tabs.act(tab, |tab| tab.calls(calls));
    }
    tabs.serve(&mut bucket, secs(20));
    (tabs, bucket)
}

fn on_wire(tabs: &mut Tabs, count: usize) -> Vec<usize> {
    (0..count).map(|tab| tabs.tab(tab).wire().len()).collect()
}

/// This many tabs with three calls each, in a pause of 1 s that the last tab met.
fn paused(count: u32) -> Tabs {
    let mut tabs = Tabs::with_limits(count, Limits { max_in_flight: 1, ..Limits::default() });
    for tab in 0..count as usize {
        tabs.act(tab, |tab| tab.calls(3));
    }
    let last = count as usize - 1;
    tabs.act(last, |tab| tab.throttle_for(1, secs(1)));
    for tab in 0..last {
        tabs.act(tab, |tab| tab.accept(1));
    }
    tabs
}

#[test]
fn what_may_be_on_the_wire_is_divided() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(100));
    tabs.act(1, |tab| tab.calls(100));
    tabs.pass(millis(200));
    for id in 1..=16 {
        tabs.act(0, |tab| tab.accept(id));
    }
    assert_eq!(tabs.tab(0).wire().len(), 8);
}

#[test]
fn every_tab_may_have_one_on_the_wire_where_no_limit_was_met() {
    let mut tabs = Tabs::with_limits(3, Limits { max_in_flight: 1, ..Limits::default() });
    for tab in 0..3 {
        tabs.act(tab, |tab| tab.calls(2));
        tabs.act(tab, |tab| tab.accept(1));
    }
    assert_eq!(on_wire(&mut tabs, 3), [1, 1, 1]);
}

/// Tabs that know of each other, after the first has made `calls` calls. None of its messages has arrived.
fn unheard(count: u32, calls: u32) -> Tabs {
    let mut tabs = Tabs::new(count);
    tabs.pass(secs(1));
    tabs.tab(0).calls(calls);
    tabs
}

#[test]
fn tabs_that_call_at_the_same_instant_have_no_more_on_the_wire_than_one_may() {
    let mut tabs = unheard(5, 100);
    (1..5).for_each(|tab| tabs.tab(tab).calls(100));
    let before_any_word = on_wire(&mut tabs, 5);
    tabs.pass(millis(100));
    assert_eq!(before_any_word.iter().sum::<usize>(), 16, "{before_any_word:?}");
    assert_eq!(on_wire(&mut tabs, 5), before_any_word);
}

#[test]
fn a_tab_beside_idle_ones_sends_its_part_at_once_and_the_rest_as_soon_as_they_have_answered() {
    let mut tabs = unheard(4, 100);
    assert_eq!(tabs.tab(0).wire().len(), 4);
    tabs.act(0, |_| ());
    assert_eq!(tabs.tab(0).wire().len(), 16);
}

#[test]
fn who_calls_for_no_more_than_its_part_asks_nobody() {
    let mut tabs = unheard(4, 4);
    let tab = tabs.tab(0);
    assert_eq!((tab.wire().len(), tab.messages().len(), tab.next_wake()), (4, 0, None));
}

#[test]
fn who_does_not_answer_is_waited_for_once_and_for_no_longer_than_150_ms() {
    let mut tabs = unheard(4, 100);
    // From here on, no message of the other tabs arrives.
    let alone = tabs.tab(0);
    alone.messages();
    alone.pass(millis(149));
    assert_eq!(alone.wire().len(), 4);
    alone.pass(millis(1));
    assert_eq!(alone.wire().len(), 16);
    (1..=100).for_each(|id| alone.accept(id));
    alone.calls(100);
    assert_eq!(alone.wire().len(), 16);
}

#[test]
fn who_speaks_again_is_waited_for_again() {
    let mut tabs = unheard(2, 100);
    let alone = tabs.tab(0);
    alone.messages();
    alone.pass(secs(1));
    (1..=100).for_each(|id| alone.accept(id));
    tabs.act(1, |tab| tab.calls(1));
    tabs.act(1, |tab| tab.accept(1));
    tabs.pass(secs(1));
    tabs.tab(0).calls(100);
    assert_eq!(tabs.tab(0).wire().len(), 8);
}

#[test]
fn once_a_limit_is_known_nobody_is_asked() {
    let (mut tabs, _) = at_work([100, 100]);
    tabs.pass(secs(60));
    let tab = tabs.tab(0);
    tab.calls(100);
    assert!(tab.queued() > 0 && tab.messages().iter().all(|message| message[ASKS] == 0.0));
}

#[test]
fn a_tab_that_is_done_leaves_all_to_the_others() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(100));
    tabs.act(1, |tab| tab.calls(1));
    tabs.act(1, |tab| tab.accept(1));
    tabs.pass(millis(200));
    for id in 1..=16 {
        tabs.act(0, |tab| tab.accept(id));
    }
    assert_eq!(tabs.tab(0).wire().len(), 16);
}

#[test]
fn a_tab_that_was_not_heard_of_for_three_seconds_takes_nothing() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(100));
    tabs.act(1, |tab| tab.calls(100));
    tabs.pass(millis(200));
    // The other tab crashes, so its messages stop.
    let alone = tabs.tab(0);
    (1..=16).for_each(|id| alone.accept(id));
    assert_eq!(alone.wire().len(), 8);
    alone.pass(millis(3_100));
    assert_eq!(alone.wire().len(), 16);
}

#[test]
fn one_tab_probes_and_the_others_go_on_when_they_hear_of_it() {
    let mut tabs = paused(3);
    tabs.pass(secs(1));
    assert_eq!(on_wire(&mut tabs, 3), [1, 0, 0]);
    tabs.act(0, |tab| tab.accept(2));
    for tab in 0..3 {
        let heard = tabs.tab(tab).notices();
        assert!(matches!(heard[..], [Notice::Throttled { .. }, Notice::Resumed { .. }]), "{heard:?}");
    }
}

#[test]
fn where_the_first_tab_is_frozen_the_next_probes_a_quarter_of_a_second_later() {
    let mut tabs = paused(3);
    tabs.pass(millis(990));
    // The first tab is frozen.
    let second = tabs.tab(1);
    second.pass(millis(10 + 249));
    assert_eq!((second.status(), second.wire()), (Status::Recovering, &[][..]));
    second.pass(millis(1));
    assert_eq!(second.wire(), [2]);
}

#[test]
fn a_probe_that_is_refused_holds_all() {
    let mut tabs = paused(3);
    tabs.pass(secs(1));
    tabs.act(0, |tab| tab.throttle_for(2, secs(5)));
    tabs.pass(secs(2));
    assert!((0..3).all(|tab| tabs.tab(tab).status() == Status::Paused));
    assert_eq!(on_wire(&mut tabs, 3), [0, 0, 0]);
}

#[test]
fn a_backoff_goes_on_doubling_whichever_tab_probes() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(1));
    tabs.act(1, |tab| tab.calls(1));
    tabs.act(0, |tab| tab.throttle(1));
    assert_eq!(tabs.tab(1).pause_left(), millis(500));
    tabs.pass(millis(500));
    // The first tab's caller aborts.
    tabs.act(0, |tab| tab.abort(1));
    tabs.pass(millis(300));
    let ids = tabs.tab(1).wire().to_vec();
    assert_eq!(ids, [1]);
}

#[test]
fn an_acceptance_in_one_tab_ends_the_backoff_of_all() {
    let mut tabs = paused(2);
    tabs.pass(secs(1));
    tabs.act(0, |tab| tab.accept(2));
    tabs.pass(millis(250));
    let id = tabs.tab(1).wire()[0];
    tabs.act(1, |tab| tab.throttle(id));
    assert_eq!(tabs.tab(1).pause_left(), millis(500));
}

#[test]
fn tabs_with_as_much_to_do_get_as_much_done() {
    let (mut tabs, mut bucket) = at_work([2_000, 2_000]);
    let served = tabs.serve(&mut bucket, secs(60));
    let [first, second] = served[..] else { panic!("two tabs") };
    assert!(first.0.abs_diff(second.0) <= 15, "{served:?}");
    assert!(first.0 + second.0 >= 595, "{served:?}");
    assert!(first.1 + second.1 <= 12, "{served:?}");
}

#[test]
fn a_single_call_does_not_wait_for_the_queue_of_another_tab() {
    let (mut tabs, mut bucket) = at_work([2_000, 0]);
    tabs.act(1, |tab| tab.calls(1));
    assert_eq!(tabs.tab(1).wire(), [1]);
    // The bucket may be empty at that moment.
    tabs.serve(&mut bucket, millis(1_500));
    assert!(tabs.tab(1).end_of(1).is_some());
}

#[test]
fn a_tab_that_opens_beside_a_busy_one_learns_the_limit_from_its_first_word() {
    let (mut tabs, mut bucket) = at_work([2_000, 0]);
    let mut late = Client::new();
    late.sleep(secs(20));
    tabs.open(late);
    tabs.act(2, |tab| tab.calls(100));
    let known = tabs.tab(0).snapshot().rate.expect("it has met the limit");
    let learned = tabs.tab(2).snapshot().rate.expect("it was told");
    assert!((learned - known).abs() < 0.01, "{learned}, {known}");
    // Requests sent before the first message may be refused. Later ones may not.
    tabs.serve(&mut bucket, secs(2));
    let served = tabs.serve(&mut bucket, secs(20));
    assert!(served.iter().map(|(_, refused)| refused).sum::<u32>() <= 8, "{served:?}");
}

#[test]
fn a_tab_that_has_missed_more_than_a_word_holds_does_not_take_the_rate_to_be_lower() {
    let (mut tabs, mut bucket) = at_work([2_000, 0]);
    // The second tab is frozen for 10 s, in which 100 requests are admitted.
    let mut frozen = Client::new();
    std::mem::swap(&mut frozen, tabs.tab(1));
    tabs.serve(&mut bucket, secs(10));
    frozen.sleep(secs(10));
    std::mem::swap(&mut frozen, tabs.tab(1));
    tabs.act(1, |tab| tab.calls(200));
    tabs.serve(&mut bucket, secs(20));
    let rate = tabs.tab(1).snapshot().rate.expect("it has learned the limit");
    assert!((9.0..12.0).contains(&rate), "{rate}");
}

#[test]
fn who_is_alone_does_the_same_as_without_other_tabs() {
    let (mut alone, mut other) = (Tabs::new(1), Client::new());
    let (mut bucket, mut same) = (bucket(), bucket());
    alone.act(0, |tab| tab.calls(300));
    other.calls(300);
    let mut without = Tabs::new(0);
    without.open_without_id(other);
    let (with, without) = (alone.serve(&mut bucket, secs(25)), without.serve(&mut same, secs(25)));
    assert_eq!(with, without);
    assert_eq!(Span::ZERO, alone.tab(0).pause_left());
}
