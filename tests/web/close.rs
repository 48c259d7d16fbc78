//! `close()` with requests in every state.

use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, get, ok, throttled, throttled_for, undecided};

#[wasm_bindgen_test]
async fn what_waits_is_rejected_and_what_is_in_flight_ends_by_itself() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let [flying, waiting] = client.calls(["/a", "/b"]);
    client.caller().close();
    client.settle().await;
    assert_eq!(waiting.error_name(), "ClientClosedError");
    assert_eq!(get(&waiting.error(), "code"), "closed");
    assert!(flying.is_pending());
    client.answer("/a", ok()).await;
    assert_eq!(flying.status(), 200.0);
}

#[wasm_bindgen_test]
async fn every_later_call_is_rejected_wherever_it_goes() {
    let client = Client::new();
    client.caller().close();
    let [here] = client.calls(["/a"]);
    let there = client.call("https://other.example.com/", &wasm_bindgen::JsValue::UNDEFINED);
    client.settle().await;
    assert_eq!([here.error_name(), there.error_name()], ["ClientClosedError", "ClientClosedError"]);
    assert!(client.sent().is_empty());
}

#[wasm_bindgen_test]
async fn a_throttle_that_arrives_afterwards_goes_to_its_caller() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.caller().close();
    client.answer("/a", throttled()).await;
    assert_eq!(call.status(), 429.0);
    assert!(client.heard().is_empty());
}

#[wasm_bindgen_test]
async fn so_does_one_whose_body_was_being_looked_into() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", undecided(None)).await;
    client.caller().close();
    client.pass(2_000.0).await;
    assert_eq!(call.status(), 429.0);
}

#[wasm_bindgen_test]
async fn a_second_time_it_does_nothing() {
    let client = Client::new();
    client.caller().close();
    client.caller().close();
    client.caller().resume();
    client.caller().pause(Some(1_000.0));
    client.pass(2_000.0).await;
    assert_eq!(client.status(), "closed");
    assert!(client.heard().is_empty());
}

#[wasm_bindgen_test]
async fn no_timer_of_a_pause_is_left() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    assert_eq!(client.clock().timers(), 1);
    client.caller().close();
    assert_eq!(client.clock().timers(), 0);
}
