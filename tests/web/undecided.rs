//! A 429 whose headers leave open whether a limit or a quota was met. The body decides.

use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, get, ok, undecided};

#[wasm_bindgen_test]
async fn a_body_that_tells_of_a_limit_makes_it_a_throttle() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", undecided(Some(r#"{"message":"Too Many Requests"}"#))).await;
    assert_eq!((client.status().as_str(), call.is_pending()), ("paused", true));
    client.pass(500.0).await;
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn a_body_that_tells_of_a_quota_makes_it_a_used_up_quota() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let [call, waiting] = client.calls(["/a", "/b"]);
    client.answer("/a", undecided(Some(r#"{"message":"Limit Exceeded"}"#))).await;
    assert_eq!((client.status().as_str(), call.status()), ("quota-exceeded", 429.0));
    assert_eq!(waiting.error_name(), "QuotaExceededError");
    assert_eq!(client.heard(), ["quotaexceeded"]);
}

#[wasm_bindgen_test]
async fn nothing_leaves_while_it_is_looked_into() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", undecided(None)).await;
    let _later = client.calls(["/b", "/c"]);
    client.pass(500.0).await;
    assert_eq!((client.sent().len(), client.queued()), (1, 2.0));
}

#[wasm_bindgen_test]
async fn a_body_that_hangs_is_a_throttle_within_a_second_and_nothing_leaves_before_it_is() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", undecided(None)).await;
    let _later = client.calls(["/b", "/c"]);
    client.pass(950.0).await;
    assert_eq!((client.sent().len(), client.status().as_str()), (1, "paused"));
    client.pass(500.0).await;
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn several_at_once_are_one_pause() {
    let client = Client::new();
    let _calls = client.calls(["/a", "/b"]);
    client.answer_only("/a", &undecided(Some("busy")));
    client.answer_only("/b", &undecided(Some("busy")));
    client.settle().await;
    let heard = client.heard();
    assert_eq!(heard, ["throttled 500 backoff", "retry GET /a 1 in 500", "retry GET /b 1 in 500"]);
}

#[wasm_bindgen_test]
async fn a_quota_that_is_used_up_lets_one_call_try_after_a_minute() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", undecided(Some(r#"{"message":"Limit Exceeded"}"#))).await;
    client.pass(59_999.0).await;
    let [early] = client.calls(["/early"]);
    client.settle().await;
    assert_eq!(early.error_name(), "QuotaExceededError");
    assert_eq!(get(&early.error(), "code"), "quota-exceeded");
    client.pass(1.0).await;
    let [probe, beside] = client.calls(["/probe", "/beside"]);
    client.settle().await;
    assert_eq!(client.sent(), ["/a", "/probe"]);
    assert_eq!(beside.error_name(), "QuotaExceededError");
    client.answer("/probe", ok()).await;
    assert_eq!((probe.status(), client.status().as_str()), (200.0, "open"));
}
