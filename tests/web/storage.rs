//! The state that survives a reload. A reloaded page is a new client here.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, ok, throttled_for};

#[wasm_bindgen(module = "/tests/web/stored.js")]
extern "C" {
    fn kept() -> Array;
    fn forget();
    #[wasm_bindgen(js_name = replaceBy)]
    fn replace_by(change: &Function);
    fn absent();
    fn blocked();
    fn full();
    #[wasm_bindgen(js_name = asItWas)]
    fn as_it_was();
    /// Pairs of a corruption's name and the function that makes it.
    fn corruptions() -> Array;
    #[wasm_bindgen(js_name = keptLaterBy)]
    fn kept_later_by(ms: f64);
    fn immense();
}

/// A page without stored state, whatever an earlier test has left.
fn page() -> Client {
    as_it_was();
    forget();
    Client::with(&[("persist", true.into())])
}

async fn paused_for_ten_seconds(client: &Client) {
    let _calls = client.calls(["/refused"]);
    client.answer("/refused", throttled_for("10")).await;
}

/// Reloads the page: a new client at the same time.
fn reloaded(client: &Client) -> Client {
    Client::beside(client, &[("persist", true.into())])
}

#[wasm_bindgen_test]
async fn a_pause_lasts_until_its_end_and_the_new_page_says_so() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    before.pass(4_000.0).await;
    let after = reloaded(&before);
    let [call] = after.calls(["/held"]);
    after.settle().await;
    assert_eq!(
        (after.status().as_str(), after.heard()),
        ("paused", vec!["throttled 6000 another-tab".into()])
    );
    after.pass(5_999.0).await;
    assert!(after.sent().is_empty());
    after.pass(1.0).await;
    assert_eq!(after.sent(), ["/held"]);
    after.answer("/held", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn one_that_has_ended_meanwhile_holds_nothing() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    before.caller().close();
    before.pass(10_000.0).await;
    let after = reloaded(&before);
    let _call = after.calls(["/free"]);
    assert_eq!(after.sent(), ["/free"]);
}

#[wasm_bindgen_test]
async fn a_page_that_closes_its_client_on_the_way_out_forgets_nothing() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    before.caller().close();
    let after = reloaded(&before);
    let _call = after.calls(["/held"]);
    assert!(after.sent().is_empty());
}

#[wasm_bindgen_test]
async fn a_pause_that_a_person_ends_is_forgotten() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    before.caller().resume();
    before.answer("/refused", ok()).await;
    let after = reloaded(&before);
    let _call = after.calls(["/free"]);
    assert_eq!(after.sent(), ["/free"]);
}

#[wasm_bindgen_test]
async fn another_scope_has_its_own_memory() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    let after = reloaded(&before);
    let _call = after.call("https://other.example.com/free", &JsValue::UNDEFINED);
    assert_eq!(after.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn a_client_that_keeps_nothing_reads_nothing() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    let others = kept().length();
    let after = Client::beside(&before, &[]);
    paused_for_ten_seconds(&after).await;
    assert_eq!((after.sent().len(), kept().length()), (1, others));
}

#[wasm_bindgen_test]
async fn what_is_kept_holds_no_address() {
    let client = page();
    paused_for_ten_seconds(&client).await;
    let entry = kept().get(0).as_string().unwrap();
    let entry = entry.strip_prefix("api-service-client:").unwrap();
    let (key, numbers) = entry.split_once(' ').unwrap();
    assert!(key.len() <= 13 && key.chars().all(|c| c.is_ascii_alphanumeric()), "{key}");
    assert!(numbers.chars().all(|c| c.is_ascii_digit() || "[],.e-".contains(c)), "{numbers}");
}

#[wasm_bindgen_test]
async fn where_there_is_no_storage_or_it_is_blocked_or_full_a_client_does_without() {
    for fail in [absent, blocked, full] {
        let client = page();
        fail();
        paused_for_ten_seconds(&client).await;
        let after = reloaded(&client);
        let [call] = after.calls(["/free"]);
        assert_eq!(after.sent(), ["/free"]);
        after.answer("/free", ok()).await;
        assert_eq!(call.status(), 200.0);
    }
    as_it_was();
}

#[wasm_bindgen_test]
async fn what_is_kept_but_is_no_memory_is_as_good_as_none() {
    for pair in corruptions() {
        let client = page();
        paused_for_ten_seconds(&client).await;
        assert_eq!(kept().length(), 1);
        let pair = Array::from(&pair);
        replace_by(pair.get(1).unchecked_ref());
        let after = reloaded(&client);
        let _call = after.calls(["/free"]);
        assert_eq!(after.sent(), ["/free"], "{:?}", pair.get(0));
    }
}

#[wasm_bindgen_test]
async fn a_clock_that_was_set_back_since_makes_no_pause_longer_than_it_was() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    kept_later_by(3_600_000.0);
    let after = reloaded(&before);
    let _call = after.calls(["/held"]);
    after.pass(9_999.0).await;
    assert!(after.sent().is_empty());
    after.pass(1.0).await;
    assert_eq!(after.sent(), ["/held"]);
}

#[wasm_bindgen_test]
async fn nothing_that_is_kept_holds_a_page_for_longer_than_it_would_wait() {
    let before = page();
    paused_for_ten_seconds(&before).await;
    immense();
    let after = reloaded(&before);
    let [call] = after.calls(["/held"]);
    after.pass(300_000.0).await;
    assert!(call.is_pending());
    assert_eq!(after.sent(), ["/held"]);
}
