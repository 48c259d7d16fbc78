//! A machine that sleeps, and a clock that is set.

use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, get, ok, throttled_for};

const HOUR_MS: f64 = 3_600_000.0;

#[wasm_bindgen_test]
async fn a_machine_that_slept_through_the_pause_sends_with_its_first_call() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", throttled_for("120")).await;
    client.pass(1_000.0).await;
    client.clock().sleep(HOUR_MS);
    let [later] = client.calls(["/b"]);
    client.settle().await;
    assert_eq!(client.sent(), ["/a", "/a"], "the one that was throttled probes");
    client.answer("/a", ok()).await;
    client.answer("/b", ok()).await;
    assert_eq!((call.status(), later.status()), (200.0, 200.0));
}

#[wasm_bindgen_test]
async fn one_that_slept_through_half_of_it_waits_for_the_other_half_only() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("120")).await;
    client.clock().sleep(60_000.0);
    let _later = client.calls(["/b"]);
    client.pass(59_000.0).await;
    assert_eq!(client.sent().len(), 1);
    client.pass(1_000.0).await;
    assert_eq!(client.sent().len(), 2);
}

#[wasm_bindgen_test]
async fn a_clock_that_is_set_back_an_hour_makes_the_pause_no_longer() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("60")).await;
    client.pass(10_000.0).await;
    client.clock().set_wall_clock_by(-HOUR_MS);
    let _later = client.calls(["/b"]);
    client.pass(49_999.0).await;
    assert_eq!(client.sent().len(), 1);
    client.pass(1.0).await;
    assert_eq!(client.sent().len(), 2);
}

#[wasm_bindgen_test]
async fn and_its_end_is_told_in_the_new_time() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("60")).await;
    let before = client.state();
    client.clock().set_wall_clock_by(-HOUR_MS);
    let after = client.state();
    assert_eq!(get(&after, "resumeAt").as_f64().unwrap() - js_sys::Date::now(), 60_000.0);
    assert_ne!(before, after);
    assert_eq!(client.state(), after);
}

#[wasm_bindgen_test]
async fn a_clock_that_is_slewed_by_less_than_a_second_is_no_sleep() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("2")).await;
    client.clock().set_wall_clock_by(900.0);
    let _later = client.calls(["/b"]);
    client.pass(1_999.0).await;
    assert_eq!(client.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn a_page_in_sight_that_nothing_tells_of_the_sleep_finds_out_in_an_eighth_of_the_rest() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("120")).await;
    let _later = client.calls(["/b"]);
    client.pass(1_000.0).await;
    client.clock().sleep(HOUR_MS);
    client.pass(13_999.0).await;
    assert_eq!(client.sent().len(), 1);
    client.pass(1.0).await;
    assert_eq!(client.sent().len(), 2);
}

#[wasm_bindgen_test]
async fn a_clock_that_is_set_forward_an_hour_looks_like_an_hour_of_sleep_and_ends_the_pause() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("120")).await;
    client.clock().set_wall_clock_by(HOUR_MS);
    let _later = client.calls(["/b"]);
    // The cost is one early probe: after sleep, a page must not wait for another two minutes.
    assert_eq!(client.sent(), ["/a", "/a"]);
    client.answer("/a", throttled_for("120")).await;
    client.pass(119_999.0).await;
    assert_eq!(client.sent().len(), 2);
    client.pass(1.0).await;
    assert_eq!(client.sent().len(), 3);
}
