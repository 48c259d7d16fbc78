//! The errors of the client that fetch itself does not have.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, get, object, ok, throttled, throttled_for};

#[wasm_bindgen_test]
async fn a_pause_longer_than_anyone_should_wait_rejects_what_waits_and_what_was_throttled() {
    let client = Client::with(&[("maxPauseMs", 5_000.into())]);
    let [throttled, other] = client.calls(["/a", "/b"]);
    client.answer("/a", throttled_for("6")).await;
    assert_eq!(throttled.error_name(), "PauseTooLongError");
    assert_eq!(get(&throttled.error(), "resumeAt"), get(&client.state(), "resumeAt"));
    let [later] = client.calls(["/later"]);
    client.settle().await;
    assert_eq!(later.error_name(), "PauseTooLongError");
    client.answer("/b", ok()).await;
    assert_eq!(other.status(), 200.0);
    client.pass(6_000.0).await;
    let _calls = client.calls(["/c"]);
    assert_eq!(client.sent(), ["/a", "/b", "/c"]);
}

#[wasm_bindgen_test]
async fn the_last_second_of_a_long_pause_is_waited_out() {
    let client = Client::with(&[("maxPauseMs", 5_000.into())]);
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("60")).await;
    client.pass(55_000.0).await;
    let [patient] = client.calls(["/b"]);
    client.pass(5_000.0).await;
    client.answer("/b", ok()).await;
    assert_eq!(patient.status(), 200.0);
}

#[wasm_bindgen_test]
async fn a_full_queue_rejects_one_more() {
    let client = Client::with(&[("maxQueue", 2.into())]);
    client.caller().pause(None);
    let [first, second, third] = client.calls(["/a", "/b", "/c"]);
    client.settle().await;
    assert!(first.is_pending() && second.is_pending());
    assert_eq!(third.error_name(), "QueueFullError");
    assert_eq!(get(&third.error(), "limit"), 2);
}

#[wasm_bindgen_test]
async fn a_request_waits_no_longer_than_it_was_told_to() {
    let client = Client::with(&[("maxWaitMs", 3_000.into())]);
    client.caller().pause(None);
    let [call] = client.calls(["/a"]);
    let throttle = object(&[("maxWaitMs", 1_000.into())]);
    let hasty = client.call("/b", &object(&[("throttle", throttle)]));
    client.pass(1_000.0).await;
    assert_eq!(hasty.error_name(), "QueueTimeoutError");
    assert_eq!(get(&hasty.error(), "waitedMs"), 1_000);
    client.pass(1_999.0).await;
    assert!(call.is_pending());
    client.pass(1.0).await;
    assert_eq!(call.error_name(), "QueueTimeoutError");
    client.caller().resume();
    assert!(client.sent().is_empty());
}

#[wasm_bindgen_test]
async fn one_that_is_throttled_after_its_time_is_up_is_not_sent_again() {
    let client = Client::with(&[("maxWaitMs", 1_000.into())]);
    let [call] = client.calls(["/a"]);
    client.pass(2_000.0).await;
    assert!(call.is_pending(), "on the wire it does not wait");
    client.answer("/a", throttled()).await;
    assert_eq!(call.error_name(), "QueueTimeoutError");
    client.pass(10_000.0).await;
    assert_eq!(client.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn a_client_that_has_rejected_goes_on() {
    let client = Client::with(&[("maxPauseMs", 5_000.into())]);
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("6")).await;
    client.pass(6_000.0).await;
    let [first, second] = client.calls(["/b", "/c"]);
    client.answer("/b", ok()).await;
    client.answer("/c", ok()).await;
    assert_eq!((first.status(), second.status()), (200.0, 200.0));
}

#[wasm_bindgen_test]
async fn when_the_attempts_are_used_up_the_last_429_is_the_callers() {
    let client = Client::with(&[("maxAttempts", 3.into())]);
    let [call] = client.calls(["/a"]);
    for _ in 0..3 {
        client.answer("/a", throttled_for("1")).await;
        client.pass(1_000.0).await;
    }
    assert_eq!((call.status(), client.sent().len()), (429.0, 3));
}

#[wasm_bindgen_test]
async fn a_wait_that_is_no_length_of_time_is_the_callers_mistake() {
    let client = Client::new();
    for wrong in [JsValue::NULL, f64::NAN.into(), (-1).into(), f64::INFINITY.into(), "1000".into()] {
        let throttle = object(&[("maxWaitMs", wrong)]);
        let call = client.call("/a", &object(&[("throttle", throttle)]));
        client.settle().await;
        assert_eq!(call.error_name(), "TypeError");
    }
    assert!(client.sent().is_empty());
}
