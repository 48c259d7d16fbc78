//! Waits longer than a timer can be set for: 2^31 - 1 ms, not quite 25 days.

use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, ok, throttled_for};

const DAY_MS: f64 = 86_400_000.0;

#[wasm_bindgen_test]
async fn thirty_days_of_pause_are_thirty_days() {
    let client = Client::with(&[("maxPauseMs", (31.0 * DAY_MS).into())]);
    let [call] = client.calls(["/a"]);
    client.answer("/a", throttled_for("2592000")).await;
    client.pass(30.0 * DAY_MS - 1.0).await;
    assert_eq!((client.sent().len(), client.status().as_str()), (1, "paused"));
    client.pass(1.0).await;
    assert_eq!(client.sent().len(), 2);
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
    assert_eq!(client.heard()[..2], ["throttled 2592000000 retry-after", "retry GET /a 1 in 2592000000"]);
}

#[wasm_bindgen_test]
async fn a_pause_that_no_number_holds_does_not_end_at_once() {
    let client = Client::with(&[("maxPauseMs", 1e15.into())]);
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("999999999999999999999999999999")).await;
    client.pass(3_650.0 * DAY_MS).await;
    assert_eq!((client.sent().len(), client.status().as_str()), (1, "paused"));
}

#[wasm_bindgen_test]
async fn a_long_pause_takes_one_timer_at_a_time() {
    let client = Client::with(&[("maxPauseMs", (1_000.0 * DAY_MS).into())]);
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("86400000")).await;
    for _ in 0..100 {
        client.pass(DAY_MS).await;
        assert_eq!(client.clock().timers(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_pause_by_hand_of_thirty_days_is_not_over_at_once_either() {
    let client = Client::new();
    client.caller().pause(Some(30.0 * DAY_MS));
    let _calls = client.calls(["/a"]);
    client.pass(29.0 * DAY_MS).await;
    assert!(client.sent().is_empty());
    client.pass(DAY_MS).await;
    assert_eq!(client.sent(), ["/a"]);
}

#[wasm_bindgen_test]
async fn so_is_a_wait_with_a_deadline_in_thirty_days() {
    let client = Client::with(&[("maxWaitMs", (30.0 * DAY_MS).into())]);
    client.caller().pause(None);
    let [call] = client.calls(["/a"]);
    client.pass(30.0 * DAY_MS - 1.0).await;
    assert!(call.is_pending());
    client.pass(1.0).await;
    assert_eq!(call.error_name(), "QueueTimeoutError");
}
