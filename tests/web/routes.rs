//! A method that has a limit of its own.

use js_sys::Object;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{BASE, Client, get, ok, throttled_for};

const REPORTS: &str = "https://api.example.com GET /reports/*";

fn status(client: &Client, scope: &str) -> Option<String> {
    get(&get(&get(&client.state(), "scopes"), scope), "status").as_string()
}

fn scopes(client: &Client) -> usize {
    Object::keys::<Object>(get(&client.state(), "scopes").unchecked_ref()).length() as usize
}

/// A report is throttled, then admitted after the pause with all other requests.
async fn throttled_once(client: &Client) {
    let report = client.calls(["/reports/1?of=today"]);
    client.answer("/reports/1?of=today", throttled_for("1")).await;
    client.pass(1_000.0).await;
    client.answer("/reports/1?of=today", ok()).await;
    for _ in 0..6 {
        let _item = client.calls(["/items"]);
        client.answer("/items", ok()).await;
    }
    drop(report);
}

#[wasm_bindgen_test]
async fn it_alone_is_held_once_it_is_throttled_again_and_others_are_not() {
    let client = Client::new();
    throttled_once(&client).await;
    let _report = client.calls(["/reports/2?of=tomorrow"]);
    client.answer("/reports/2?of=tomorrow", throttled_for("1")).await;
    assert_eq!(status(&client, REPORTS).as_deref(), Some("paused"));
    assert_eq!(status(&client, BASE).as_deref(), Some("open"));
    assert_eq!(scopes(&client), 2, "ids make no route, and no query is in a name");

    let _others = client.calls(["/items", "/reports/3"]);
    assert_eq!(client.sent().last().map(String::as_str), Some("/items"), "the other report waits");
    client.pass(1_000.0).await;
    assert_eq!(client.sent().last().map(String::as_str), Some("/reports/2?of=tomorrow"));
    client.answer("/reports/2?of=tomorrow", ok()).await;
    client.answer("/reports/3", ok()).await;
    assert_eq!(scopes(&client), 1, "nothing is left to be held alone");
}
