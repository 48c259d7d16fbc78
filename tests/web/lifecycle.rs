//! A page that is hidden, frozen, put away and shown again, on a machine that sleeps and wakes.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget};

use super::driver::{Caller, Client, object, ok, throttled_for};

const MINUTE_MS: f64 = 60_000.0;
const HOUR_MS: f64 = 60.0 * MINUTE_MS;

/// The events that indicate lost time, with their targets.
const COMES_BACK: [(&str, &str); 4] =
    [("visibilitychange", "document"), ("resume", "document"), ("pageshow", "window"), ("online", "window")];

fn happens(kind: &str, place: &str) {
    let place: EventTarget = Reflect::get(&js_sys::global(), &place.into()).unwrap().unchecked_into();
    place.dispatch_event(&Event::new(kind).unwrap()).unwrap();
}

/// A client in a pause of two minutes, with a waiting call.
async fn paused_for_two_minutes() -> Client {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("120")).await;
    let _later = client.calls(["/b"]);
    client
}

#[wasm_bindgen_test]
async fn a_page_that_was_frozen_for_ten_minutes_sends_as_soon_as_it_is_back() {
    for (kind, place) in COMES_BACK {
        let client = paused_for_two_minutes().await;
        client.clock().freeze(10.0 * MINUTE_MS);
        assert_eq!(client.sent(), ["/a"]);
        happens(kind, place);
        assert_eq!(client.sent(), ["/a", "/a"], "{kind}");
    }
}

#[wasm_bindgen_test]
async fn a_machine_that_slept_for_an_hour_sends_as_soon_as_it_is_awake() {
    for (kind, place) in COMES_BACK {
        let client = paused_for_two_minutes().await;
        client.clock().sleep(HOUR_MS);
        happens(kind, place);
        assert_eq!(client.sent(), ["/a", "/a"], "{kind}");
    }
}

#[wasm_bindgen_test]
async fn a_page_that_is_shown_before_the_end_of_the_pause_waits_for_it() {
    for (kind, place) in COMES_BACK {
        let client = paused_for_two_minutes().await;
        client.pass(119_000.0).await;
        happens(kind, place);
        assert_eq!(client.sent(), ["/a"], "{kind}");
        client.pass(1_000.0).await;
        assert_eq!(client.sent(), ["/a", "/a"], "{kind}");
    }
}

#[wasm_bindgen_test]
async fn one_that_is_shown_after_a_clock_was_set_back_waits_no_longer_either() {
    let client = paused_for_two_minutes().await;
    client.pass(MINUTE_MS).await;
    client.clock().set_wall_clock_by(-HOUR_MS);
    happens("visibilitychange", "document");
    client.pass(MINUTE_MS - 1.0).await;
    assert_eq!(client.sent().len(), 1);
    client.pass(1.0).await;
    assert_eq!(client.sent().len(), 2);
}

#[wasm_bindgen_test]
async fn while_timers_come_once_a_minute_no_more_leaves_than_the_plan_allows_and_nothing_is_lost() {
    let plan = object(&[("rate", 2.into()), ("burst", 10.into())]);
    let client = Client::with(&[("plan", plan)]);
    client.clock().throttle_timers(MINUTE_MS);
    let calls: Vec<_> = (0..40).map(|_| client.call("/a", &JsValue::UNDEFINED)).collect();
    for minute in 1..=4 {
        assert_eq!(client.sent().len(), minute * 10);
        for _ in 0..10 {
            client.answer("/a", ok()).await;
        }
        client.pass(MINUTE_MS).await;
    }
    assert!(calls.iter().all(|call| call.status() == 200.0));
}

#[wasm_bindgen_test]
async fn and_a_page_that_is_shown_need_not_wait_for_the_minute() {
    let client = paused_for_two_minutes().await;
    client.clock().throttle_timers(HOUR_MS);
    client.pass(119_000.0).await;
    client.clock().freeze(2_000.0);
    assert_eq!(client.sent().len(), 1);
    happens("visibilitychange", "document");
    assert_eq!(client.sent().len(), 2);
}

#[wasm_bindgen_test]
async fn a_page_that_goes_away_and_comes_back_from_the_history_sends_what_is_due() {
    let client = paused_for_two_minutes().await;
    happens("pagehide", "window");
    client.clock().freeze(10.0 * MINUTE_MS);
    happens("pageshow", "window");
    client.answer("/a", ok()).await;
    client.answer("/b", ok()).await;
    assert_eq!(client.sent(), ["/a", "/a", "/b"]);
}

#[wasm_bindgen_test]
async fn what_is_sent_when_the_page_comes_back_may_close_the_client() {
    let held = Rc::new(Cell::new(None::<Caller>));
    let closing = Rc::clone(&held);
    let transport = Closure::<dyn Fn() -> Promise>::new(move || {
        if let Some(caller) = closing.take() {
            caller.close();
        }
        Promise::resolve(&ok())
    });
    let client = Client::with(&[("fetch", transport.into_js_value())]);
    client.caller().pause(Some(MINUTE_MS));
    let [sent, waiting] = client.calls(["/a", "/b"]);
    held.set(Some(client.caller()));
    client.clock().freeze(10.0 * MINUTE_MS);
    happens("resume", "document");
    happens("resume", "document");
    client.settle().await;
    assert_eq!((sent.status(), waiting.error_name().as_str()), (200.0, "ClientClosedError"));
}
