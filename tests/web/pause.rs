//! A throttle pauses the whole queue for as long as the gateway asks, and a recovery follows.

use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, answer, ok, throttled, throttled_for};

#[wasm_bindgen_test]
async fn a_call_leaves_at_once_and_resolves_with_its_answer() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    assert_eq!(client.sent(), ["/a"]);
    let made = ok();
    client.answer("/a", made.clone()).await;
    assert_eq!(call.value(), made, "the transport's own answer, not a copy");
}

#[wasm_bindgen_test]
async fn a_throttled_call_is_sent_again_after_the_pause_and_its_caller_never_sees_it() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    client.pass(9_999.0).await;
    assert!(call.is_pending());
    assert_eq!(client.sent(), ["/a"]);
    client.pass(1.0).await;
    assert_eq!(client.sent(), ["/a", "/a"]);
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn a_pause_holds_the_calls_that_are_made_while_it_lasts() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    for second in 0..10 {
        let _later = client.calls(["/later"]);
        assert_eq!(client.queued(), f64::from(second + 2));
        client.pass(999.0).await;
    }
    assert_eq!(client.sent(), ["/a"]);
}

#[wasm_bindgen_test]
async fn a_pause_ends_with_one_probe_and_what_waits_follows_once_it_is_accepted() {
    let client = Client::new();
    let calls = client.calls(["/a", "/b", "/c", "/d"]);
    for path in ["/a", "/b", "/c", "/d"] {
        client.answer(path, throttled_for("1")).await;
    }
    client.pass(1_000.0).await;
    assert_eq!(client.sent()[4..], ["/a"]);
    client.pass(5_000.0).await;
    assert_eq!(client.sent()[4..], ["/a"], "nothing follows a probe that has no answer");
    client.answer("/a", ok()).await;
    for path in ["/b", "/c", "/d"] {
        client.pass(2_000.0).await;
        client.answer(path, ok()).await;
    }
    assert_eq!(client.sent()[4..], ["/a", "/b", "/c", "/d"], "in the order of the calls");
    assert!(calls.iter().all(|call| call.status() == 200.0));
    assert_eq!(client.status(), "open");
}

#[wasm_bindgen_test]
async fn an_hour_of_pause_is_an_hour() {
    let client = Client::with(&[("maxPauseMs", 7_200_000.into())]);
    let [call] = client.calls(["/a"]);
    client.answer("/a", throttled_for("3600")).await;
    client.pass(3_599_999.0).await;
    assert_eq!((client.sent().len(), client.status().as_str()), (1, "paused"));
    client.pass(1.0).await;
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn a_date_is_measured_from_the_date_of_its_own_answer() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    // The client's clock shows noon, five hours ahead of the server's.
    let fields = [
        ("content-type", "text/html"),
        ("date", "Tue, 24 Nov 2026 07:00:00 GMT"),
        ("retry-after", "Tue, 24 Nov 2026 07:00:30 GMT"),
    ];
    client.answer("/a", answer(429, &fields)).await;
    assert_eq!(client.heard()[0], "throttled 30000 retry-after");
}

#[wasm_bindgen_test]
async fn a_date_is_measured_from_the_clock_where_its_answer_has_none() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("Tue, 24 Nov 2026 12:00:30 GMT")).await;
    assert_eq!(client.heard()[0], "throttled 30000 retry-after");
}

#[wasm_bindgen_test]
async fn without_advice_a_pause_is_the_backoff_and_doubles() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    for delay in ["500", "1000", "2000"] {
        client.answer("/a", throttled()).await;
        assert_eq!(client.heard()[0], format!("throttled {delay} backoff"));
        client.pass(delay.parse().unwrap()).await;
    }
    assert_eq!(client.sent().len(), 4);
}

#[wasm_bindgen_test]
async fn a_rate_limit_field_is_advice() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    let fields = [("content-type", "text/html"), ("ratelimit", "\"minute\";r=0;t=7")];
    client.answer("/a", answer(429, &fields)).await;
    assert_eq!(client.heard()[0], "throttled 7000 rate-limit-header");
}

#[wasm_bindgen_test]
async fn backoff_has_jitter_from_the_platforms_randomness() {
    let mut delays = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let client = Client::with(&[("backoff", super::driver::object(&[("baseMs", 10_000.into())]))]);
        let _calls = client.calls(["/a"]);
        client.answer("/a", throttled()).await;
        delays.insert(client.heard().swap_remove(0));
    }
    assert!(delays.len() > 15, "{delays:?}");
}

#[wasm_bindgen_test]
async fn a_pause_by_hand_holds_until_it_is_resumed() {
    let client = Client::new();
    client.caller().pause(None);
    let [call] = client.calls(["/a"]);
    client.pass(86_400_000.0).await;
    assert!(client.sent().is_empty());
    client.caller().resume();
    assert_eq!(client.sent(), ["/a"]);
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn a_shorter_pause_by_hand_does_not_end_an_endless_one_for_a_scope_to_come() {
    let client = Client::new();
    client.caller().pause(None);
    client.caller().pause(Some(1_000.0));
    let _elsewhere = client.call("https://other.example.com/", &wasm_bindgen::JsValue::UNDEFINED);
    client.pass(60_000.0).await;
    assert!(client.sent().is_empty());
}

#[wasm_bindgen_test]
async fn scopes_are_paused_on_their_own() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    let _elsewhere = client.call("https://other.example.com/b", &wasm_bindgen::JsValue::UNDEFINED);
    assert_eq!(client.sent(), ["/a", "https://other.example.com/b"]);
}
