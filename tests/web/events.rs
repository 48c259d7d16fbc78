//! The events of a client, and their number.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, get, ok, quota_exceeded, throttled, throttled_for};

#[wasm_bindgen_test]
async fn a_pause_is_announced_once_however_many_requests_it_throttles() {
    let client = Client::new();
    let _calls = client.calls(["/a", "/b", "/c"]);
    for path in ["/a", "/b", "/c"] {
        client.answer(path, throttled_for("10")).await;
    }
    let heard = client.heard();
    assert_eq!(heard.iter().filter(|event| event.starts_with("throttled")).count(), 1, "{heard:?}");
    assert_eq!(heard[0], "throttled 10000 retry-after");
}

#[wasm_bindgen_test]
async fn each_request_that_goes_back_to_the_queue_is() {
    let client = Client::new();
    let _calls = client.calls(["/a", "/b"]);
    client.answer("/a", throttled_for("10")).await;
    client.pass(1_000.0).await;
    client.answer("/b", throttled_for("2")).await;
    client.pass(9_000.0).await;
    client.answer("/a", throttled_for("20")).await;
    let retries: Vec<String> =
        client.heard().into_iter().filter(|event| event.starts_with("retry")).collect();
    assert_eq!(retries, ["retry GET /a 1 in 10000", "retry GET /b 1 in 9000", "retry GET /a 2 in 20000"]);
}

#[wasm_bindgen_test]
async fn a_pause_that_becomes_longer_is() {
    let client = Client::new();
    let _calls = client.calls(["/a", "/b", "/c"]);
    client.answer("/a", throttled_for("10")).await;
    client.answer("/b", throttled_for("5")).await;
    client.answer("/c", throttled_for("60")).await;
    let heard = client.heard();
    let pauses: Vec<&String> = heard.iter().filter(|event| !event.starts_with("retry")).collect();
    assert_eq!(pauses, ["throttled 10000 retry-after", "extended 60000 retry-after"]);
}

#[wasm_bindgen_test]
async fn the_end_of_a_pause_is_announced_when_its_probe_is_accepted() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    client.pass(10_000.0).await;
    client.heard();
    client.pass(40.0).await;
    assert!(client.heard().is_empty());
    client.answer("/a", ok()).await;
    assert_eq!(client.heard(), ["resumed after 10040"]);
}

#[wasm_bindgen_test]
async fn a_used_up_quota_is() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", quota_exceeded()).await;
    assert_eq!(client.heard(), ["quotaexceeded"]);
    assert_eq!((call.status(), client.status().as_str()), (429.0, "quota-exceeded"));
}

#[wasm_bindgen_test]
async fn a_pause_comes_with_the_answer_that_caused_it_unread() {
    let client = Client::new();
    let seen = Rc::new(RefCell::new(None));
    let answer = Rc::clone(&seen);
    client.on("throttled", move |event| {
        let response = get(&get(&event, "detail"), "response");
        let is_unread = get(&response, "bodyUsed") == false;
        answer.replace(Some((response, is_unread)));
    });
    let _calls = client.calls(["/a"]);
    let cause = throttled_for("10");
    client.answer("/a", cause.clone()).await;
    assert_eq!(seen.take(), Some((cause, true)));
}

#[wasm_bindgen_test]
async fn a_pause_without_an_end_is_infinitely_long_wherever_its_length_is_told() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.caller().pause(None);
    client.answer("/a", throttled()).await;
    assert_eq!(client.heard(), ["throttled inf manual", "retry GET /a 1 in inf"]);
}

#[wasm_bindgen_test]
async fn a_change_of_state_is_announced_at_most_once_a_task_and_never_missed() {
    let client = Client::new();
    let changes = Rc::new(Cell::new(0));
    let counted = Rc::clone(&changes);
    client.on("statechange", move |_| counted.set(counted.get() + 1));
    for n in 0..100 {
        let _call = client.calls([["/a", "/b"][n % 2]]);
    }
    assert_eq!(changes.get(), 0, "what runs now is not interrupted");
    client.settle().await;
    assert_eq!(changes.get(), 1);
    client.pass(1_000.0).await;
    assert_eq!(changes.get(), 1, "nothing has changed since");
    client.answer("/a", ok()).await;
    client.answer("/b", ok()).await;
    client.pass(1.0).await;
    assert_eq!(changes.get(), 3, "the first answer at once, the second in the next task");
}

#[wasm_bindgen_test]
async fn whoever_hears_of_a_change_sees_it() {
    let client = Client::new();
    let seen: Rc<RefCell<Vec<String>>> = Rc::default();
    let (states, caller) = (Rc::clone(&seen), client.caller());
    client.on("statechange", move |_| states.borrow_mut().push(caller.status()));
    let _calls = client.calls(["/a"]);
    client.settle().await;
    client.pass(1.0).await;
    client.answer("/a", throttled_for("10")).await;
    client.pass(10_000.0).await;
    client.answer("/a", ok()).await;
    client.pass(1.0).await;
    assert_eq!(seen.take(), ["open", "paused", "recovering", "open"]);
}
