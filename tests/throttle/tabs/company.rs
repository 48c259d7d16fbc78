//! Tabs of one origin share one limit: a pause of one tab holds all.

use api_service_client::throttle::{Limits, Notice, PauseSource, Status};
use api_service_client::time::Span;

use crate::throttle::driver::{Client, Tabs, millis, paused_for, secs};

/// The notice of a pause that another tab began.
const fn heard_of(delay: Span) -> Notice {
    Notice::Throttled { delay, source: PauseSource::AnotherTab }
}

/// The messages of a tab after an action.
fn said(id: u32, does: impl FnOnce(&mut Client)) -> Vec<Vec<f64>> {
    let mut tab = Client::new();
    tab.set_id(id);
    does(&mut tab);
    tab.messages()
}

fn a_pause_of(delay: Span) -> Vec<f64> {
    let messages = said(7, |tab| {
        tab.calls(1);
        tab.throttle_for(1, delay);
    });
    messages.last().expect("a pause is told at once").clone()
}

#[test]
fn a_pause_of_one_tab_holds_the_others() {
    let mut tabs = Tabs::new(3);
    tabs.act(0, |tab| tab.calls(1));
    tabs.act(0, |tab| tab.throttle_for(1, secs(5)));
    for tab in 1..3 {
        tabs.act(tab, |tab| tab.calls(2));
        assert_eq!(tabs.tab(tab).wire(), []);
        assert_eq!(tabs.tab(tab).notices(), [heard_of(secs(5))]);
    }
    tabs.pass(millis(4_999));
    assert!((0..3).all(|tab| tabs.tab(tab).status() == Status::Paused));
}

#[test]
fn a_pause_that_was_heard_of_is_as_long_as_what_is_left_of_it() {
    let mut tab = Client::new();
    tab.set_id(1);
    tab.receive(millis(20), &a_pause_of(secs(5)));
    assert_eq!(tab.pause_left(), millis(4_980));
}

#[test]
fn the_later_end_wins_wherever_it_comes_from() {
    let mut tab = Client::new();
    tab.set_id(1);
    tab.calls(1);
    tab.throttle_for(1, secs(10));
    tab.receive(Span::ZERO, &a_pause_of(secs(5)));
    assert_eq!((tab.pause_left(), tab.notices()), (secs(10), vec![paused_for(secs(10))]));
    tab.receive(
        Span::ZERO,
        &said(8, |tab| {
            tab.calls(1);
            tab.throttle_for(1, secs(20));
        })[1],
    );
    assert_eq!(tab.pause_left(), secs(20));
}

#[test]
fn a_pause_does_not_grow_by_being_told_back_and_forth() {
    let mut tabs = Tabs::new(3);
    tabs.act(0, |tab| tab.calls(3));
    tabs.act(1, |tab| tab.calls(3));
    tabs.act(2, |tab| tab.calls(3));
    tabs.act(0, |tab| tab.throttle_for(1, secs(5)));
    tabs.pass(secs(2));
    assert_eq!(Vec::from_iter((0..3).map(|tab| tabs.tab(tab).pause_left())), [secs(3); 3]);
}

#[test]
fn an_old_word_does_not_pause_again() {
    let message = a_pause_of(secs(1));
    let mut tab = Client::new();
    tab.set_id(1);
    tab.receive(secs(1), &message);
    assert_eq!(tab.status(), Status::Open);
}

#[test]
fn a_word_that_was_overtaken_is_ignored() {
    let messages = said(7, |tab| {
        tab.calls(2);
        tab.throttle_for(1, secs(1));
        tab.throttle_for(2, secs(60));
    });
    let mut tab = Client::new();
    tab.set_id(1);
    tab.receive(Span::ZERO, messages.last().unwrap());
    let before = tab.snapshot();
    messages.iter().for_each(|message| tab.receive(Span::ZERO, message));
    assert_eq!(tab.snapshot(), before);
}

#[test]
fn a_pause_is_believed_for_no_longer_than_anyone_should_wait() {
    let mut tab = Client::with_limits(Limits { max_pause: secs(60), ..Limits::default() });
    tab.set_id(1);
    let before = tab.call(Default::default());
    tab.receive(Span::ZERO, &a_pause_of(secs(200)));
    tab.calls(1);
    assert_eq!((tab.pause_left(), tab.queued()), (secs(60), 1));
    tab.accept(before);
    tab.pass(secs(60));
    assert_eq!(tab.wire(), [2]);
}

#[test]
fn who_opens_during_a_pause_hears_of_it_at_the_first_call() {
    let mut tabs = Tabs::new(1);
    tabs.act(0, |tab| tab.calls(1));
    tabs.act(0, |tab| tab.throttle_for(1, secs(30)));
    tabs.pass(secs(10));
    tabs.open(Client::new());
    tabs.act(1, |tab| tab.calls(2));
    assert_eq!((tabs.tab(1).status(), tabs.tab(1).pause_left()), (Status::Paused, secs(20)));
}

#[test]
fn whoever_has_missed_a_pause_is_told_again() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(1));
    tabs.act(1, |tab| tab.calls(1));
    tabs.tab(0).throttle_for(1, secs(30));
    assert_eq!(tabs.tab(0).messages().len(), 1);
    tabs.pass(millis(200));
    assert_eq!(tabs.tab(1).status(), Status::Paused);
}

#[test]
fn a_persons_pause_is_their_tabs_alone() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.pause(Some(secs(60))));
    tabs.act(0, |tab| tab.calls(1));
    tabs.act(1, |tab| tab.calls(1));
    assert_eq!((tabs.tab(0).wire().len(), tabs.tab(1).wire().len()), (0, 1));
}

#[test]
fn what_a_person_adds_to_a_pause_is_their_tabs_alone() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(1));
    tabs.act(0, |tab| tab.throttle_for(1, secs(5)));
    tabs.act(0, |tab| tab.pause(None));
    tabs.pass(secs(1));
    tabs.act(1, |tab| tab.calls(1));
    assert_eq!(tabs.tab(1).pause_left(), secs(4));
}

#[test]
fn what_a_person_ends_in_one_tab_goes_on_in_the_others_and_is_not_begun_again_by_them() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(2));
    tabs.act(1, |tab| tab.calls(2));
    tabs.act(0, |tab| tab.throttle_for(1, secs(30)));
    tabs.pass(secs(1));
    tabs.act(0, Client::resume);
    tabs.pass(secs(3));
    assert_eq!((tabs.tab(0).status(), tabs.tab(1).status()), (Status::Recovering, Status::Paused));
}

#[test]
fn a_tab_alone_says_one_word_a_second_at_most_and_sets_no_timer_for_it() {
    let mut tab = Client::new();
    tab.set_id(1);
    for id in 1..=100 {
        tab.calls(1);
        assert_eq!(tab.next_wake(), None);
        tab.pass(millis(40));
        tab.accept(id);
    }
    assert_eq!(tab.messages().len(), 4);
}

#[test]
fn tabs_that_have_nothing_to_do_say_nothing() {
    let mut tabs = Tabs::new(2);
    for tab in 0..2 {
        tabs.act(tab, |tab| tab.calls(1));
        tabs.act(tab, |tab| tab.accept(1));
    }
    tabs.pass(secs(1));
    tabs.tab(0).pass(secs(3_600));
    assert_eq!((tabs.tab(0).next_wake(), tabs.tab(0).messages().len()), (None, 0));
}

#[test]
fn tabs_at_work_say_ten_words_a_second_at_most() {
    let mut tabs = Tabs::new(2);
    tabs.act(0, |tab| tab.calls(1_000));
    tabs.act(1, |tab| tab.calls(1));
    tabs.pass(millis(200));
    let mut messages = 0;
    for _ in 0..100 {
        let first = tabs.tab(0).wire()[0];
        tabs.tab(0).accept(first);
        messages += tabs.tab(0).messages().len();
        tabs.tab(0).pass(millis(10));
        messages += tabs.tab(0).messages().len();
    }
    assert!((9..=11).contains(&messages), "{messages}");
}

#[test]
fn a_tab_says_that_it_has_opened_and_every_other_answers() {
    let mut tabs = Tabs::new(1);
    tabs.pass(secs(60));
    let mut late = Client::new();
    late.set_id(7);
    late.pass(millis(1));
    let hello = late.messages();
    assert_eq!((hello.len(), late.next_wake()), (1, None));
    let other = tabs.tab(0);
    other.messages();
    other.receive(Span::ZERO, &hello[0]);
    assert_eq!(other.messages().len(), 1);
}

#[test]
fn whoever_is_asked_again_and_again_answers_ten_times_a_second_at_most() {
    let mut idle = Client::new();
    idle.set_id(1);
    let mut answers = idle.messages().len();
    let mut message = said(7, |tab| tab.calls(1)).remove(0);
    for number in 1..=1_000 {
        message[2] = f64::from(number);
        // The message asks for a reply.
        message[12] = 1.0;
        idle.receive(Span::ZERO, &message);
        answers += idle.messages().len();
        idle.pass(millis(5));
    }
    assert!((45..=52).contains(&answers), "{answers}");
}

#[test]
fn without_an_id_nothing_is_said_and_nothing_heard() {
    let mut tab = Client::new();
    tab.calls(1);
    tab.throttle_for(1, secs(1));
    tab.pass(secs(1));
    tab.accept(1);
    tab.receive(Span::ZERO, &a_pause_of(secs(5)));
    assert_eq!((tab.messages().len(), tab.status()), (0, Status::Open));
}

#[test]
fn a_closed_tab_says_nothing() {
    let mut tab = Client::new();
    tab.set_id(1);
    tab.calls(1);
    tab.close();
    tab.messages();
    tab.throttle_for(1, secs(1));
    assert_eq!((tab.messages().len(), tab.next_wake()), (0, None));
}
