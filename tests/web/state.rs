//! The snapshot of a client.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{BASE, Client, get, ok, throttled_for};

fn scope(state: &JsValue) -> JsValue {
    get(&get(state, "scopes"), BASE)
}

fn is_frozen(value: &JsValue) -> bool {
    Object::is_frozen::<Object>(value.unchecked_ref())
}

#[wasm_bindgen_test]
async fn it_is_frozen_in_all_its_depth() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    let state = client.state();
    assert!(is_frozen(&state) && is_frozen(&get(&state, "scopes")) && is_frozen(&scope(&state)));
}

#[wasm_bindgen_test]
async fn it_is_the_same_object_until_something_in_it_changes() {
    let client = Client::new();
    let before = client.state();
    assert_eq!(client.state(), before);
    let _calls = client.calls(["/a"]);
    let after = client.state();
    assert_ne!(after, before);
    client.pass(60_000.0).await;
    assert_eq!(client.state(), after, "time alone is no change");
}

#[wasm_bindgen_test]
async fn a_scope_that_has_not_changed_is_the_same_object_in_a_state_that_has() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    let before = client.state();
    let _elsewhere = client.call("https://other.example.com/", &JsValue::UNDEFINED);
    let after = client.state();
    assert_ne!(after, before);
    assert_eq!(scope(&after), scope(&before));
}

#[wasm_bindgen_test]
async fn it_counts_what_waits_what_flies_what_was_sent_and_what_was_throttled() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let _calls = client.calls(["/a", "/b", "/c"]);
    let count = |name| get(&scope(&client.state()), name).as_f64().unwrap();
    assert_eq!(["queued", "inFlight", "sent", "throttled"].map(count), [2.0, 1.0, 1.0, 0.0]);
    client.answer("/a", throttled_for("1")).await;
    assert_eq!(["queued", "inFlight", "sent", "throttled"].map(count), [3.0, 0.0, 1.0, 1.0]);
}

#[wasm_bindgen_test]
async fn while_it_is_paused_it_says_until_when_and_what_to_tell_people() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    let before = client.state();
    assert!(get(&before, "resumeAt").is_null() && get(&before, "message").is_null());
    client.answer("/a", throttled_for("10")).await;
    let state = client.state();
    assert_eq!(get(&state, "resumeAt").as_f64().unwrap(), js_sys::Date::now() + 10_000.0);
    assert_eq!(get(&scope(&state), "resumeAt"), get(&state, "resumeAt"));
    assert_eq!(get(&state, "message"), "The application is busy, please try again in a moment.");
    client.pass(10_000.0).await;
    client.answer("/a", ok()).await;
    let after = client.state();
    assert!(get(&after, "resumeAt").is_null() && get(&after, "message").is_null());
}

#[wasm_bindgen_test]
async fn a_pause_without_an_end_has_no_date_even_beside_one_that_has() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    let _elsewhere = client.call("https://other.example.com/", &JsValue::UNDEFINED);
    client.caller().pause(None);
    let state = client.state();
    assert_eq!(get(&state, "status"), "paused");
    assert!(get(&state, "resumeAt").is_null());
}
