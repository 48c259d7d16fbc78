//! Several clients of one origin: a pause of one is known to all. Two clients of a page count as two tabs.

use std::collections::HashSet;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget};

use super::driver::{Client, ok, throttled_for};

#[wasm_bindgen(module = "/tests/web/other-tab.js")]
extern "C" {
    type OtherTab;
    #[wasm_bindgen(constructor)]
    fn new() -> OtherTab;
    #[wasm_bindgen(method, getter)]
    fn heard(this: &OtherTab) -> Array;
    #[wasm_bindgen(method)]
    fn say(this: &OtherTab, anything: &JsValue);
    #[wasm_bindgen(method)]
    fn close(this: &OtherTab);
    /// Malformed messages, close to this valid one.
    fn rubbish(message: &JsValue) -> Array;
    /// A function that returns the number of errors that the page has reported since.
    fn uncaught() -> Function;
}

/// The options of a client that shares. Each test has a scope of its own, so that no message crosses tests.
fn sharing(scope: &str) -> [(&'static str, JsValue); 2] {
    let scope = Function::new_no_args(&format!("return {scope:?}"));
    [("scope", scope.into()), ("tabs", true.into())]
}

fn two_that_share(scope: &str) -> [Client; 2] {
    let one = Client::with(&sharing(scope));
    let other = Client::beside(&one, &sharing(scope));
    [one, other]
}

/// Makes a successful call. From then on the client listens.
async fn is_at_work(client: &Client) {
    let [_call] = client.calls(["/hello"]);
    client.answer("/hello", ok()).await;
}

/// Makes a call that is throttled for 10 s.
async fn is_throttled(client: &Client) {
    let [_call] = client.calls(["/refused"]);
    client.answer("/refused", throttled_for("10")).await;
}

fn is_paused(client: &Client) -> bool {
    client.status() == "paused"
}

/// Waits until the client has received every message of this tab.
async fn is_heard(tab: &OtherTab, client: &Client) {
    let witness = OtherTab::new();
    tab.say(&"the last".into());
    client.until(|| witness.heard().iter().any(|message| message == "the last")).await;
    witness.close();
    // Each listener receives it, in any order.
    client.pass(100.0).await;
}

/// Advances `seconds` seconds, one at a time. Messages travel in real time, so each second waits until they have arrived.
async fn seconds_pass(client: &Client, seconds: u32) {
    let tab = OtherTab::new();
    for _ in 0..seconds {
        client.pass(900.0).await;
        is_heard(&tab, client).await;
    }
    tab.close();
}

fn happens(kind: &str) {
    let window: EventTarget = js_sys::global().unchecked_into();
    window.dispatch_event(&Event::new(kind).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_pause_that_one_is_asked_for_holds_the_other_which_says_so() {
    let [one, other] = two_that_share("a pause");
    is_at_work(&other).await;
    is_throttled(&one).await;
    other.until(|| is_paused(&other)).await;
    assert_eq!(other.heard(), ["throttled 10000 another-tab"]);
    let [call] = other.calls(["/held"]);
    seconds_pass(&other, 9).await;
    other.pass(999.0).await;
    assert_eq!(other.sent(), ["/hello"]);
    seconds_pass(&other, 1).await;
    // The client with the lower random id probes for both. The other waits for the result, at most 3 s.
    let mut in_turn = [(&one, "/refused"), (&other, "/held")];
    in_turn.sort_by_key(|(tab, _)| tab.sent().len() < 2);
    for (tab, path) in in_turn {
        tab.answer(path, ok()).await;
        seconds_pass(tab, 3).await;
    }
    assert_eq!(other.sent(), ["/hello", "/held"]);
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn one_that_comes_during_the_pause_hears_of_it() {
    let [one, late] = two_that_share("a late one");
    is_throttled(&one).await;
    one.pass(1_000.0).await;
    is_at_work(&late).await;
    late.until(|| is_paused(&late)).await;
}

#[wasm_bindgen_test]
async fn one_with_a_base_url_hears_of_a_pause_before_its_first_call() {
    let tabs = [("tabs", true.into())];
    let one = Client::with(&tabs);
    is_throttled(&one).await;
    one.pass(1_000.0).await;
    let late = Client::beside(&one, &tabs);
    late.until(|| is_paused(&late)).await;
    assert_eq!((late.sent().len(), late.heard()), (0, vec!["throttled 9000 another-tab".to_owned()]));
    for client in [one, late] {
        client.caller().close();
    }
}

#[wasm_bindgen_test]
async fn what_one_meets_in_a_scope_is_nothing_to_another_scope() {
    let one = Client::with(&sharing("a scope"));
    let [other, witness] = ["another scope", "a scope"].map(|scope| Client::beside(&one, &sharing(scope)));
    is_at_work(&other).await;
    is_at_work(&witness).await;
    is_throttled(&one).await;
    one.until(|| is_paused(&witness)).await;
    assert_eq!(other.status(), "open");
}

#[wasm_bindgen_test]
async fn one_that_does_not_share_neither_tells_nor_hears() {
    let tab = OtherTab::new();
    let [one, other] = two_that_share("alone");
    let mut options = sharing("alone").to_vec();
    options.push(("tabs", false.into()));
    let alone = Client::beside(&one, &options);
    for client in [&one, &other, &alone] {
        is_at_work(client).await;
    }
    is_throttled(&alone).await;
    assert_eq!([one.status(), other.status()], ["open", "open"]);
    alone.pass(10_000.0).await;
    alone.answer("/refused", ok()).await;
    is_throttled(&one).await;
    one.until(|| is_paused(&other)).await;
    assert_eq!(alone.status(), "open");
    is_heard(&tab, &one).await;
    let senders: HashSet<_> = tab.heard().iter().map(|message| sender_of(&message) as u32).collect();
    assert_eq!(senders.len(), 2);
    tab.close();
}

/// The id of the client that sent a message.
fn sender_of(message: &JsValue) -> f64 {
    let word: js_sys::Float64Array = Array::from(message).get(2).unchecked_into();
    word.get_index(1)
}

#[wasm_bindgen_test]
async fn one_that_is_closed_is_not_heard_any_more_and_hears_nothing() {
    let [one, closed] = two_that_share("closed");
    let witness = Client::beside(&one, &sharing("closed"));
    for client in [&closed, &witness] {
        is_at_work(client).await;
    }
    closed.caller().close();
    is_throttled(&one).await;
    one.until(|| is_paused(&witness)).await;
    assert_eq!((closed.status().as_str(), closed.heard().len()), ("closed", 0));
}

#[wasm_bindgen_test]
async fn a_page_that_was_put_away_hears_nothing_until_it_is_back() {
    let away = Client::with(&sharing("away"));
    is_at_work(&away).await;
    happens("pagehide");
    let [one, witness] = [0, 1].map(|_| Client::beside(&away, &sharing("away")));
    is_at_work(&witness).await;
    is_throttled(&one).await;
    one.until(|| is_paused(&witness)).await;
    assert_eq!(away.status(), "open");
    one.pass(1_000.0).await;
    happens("pageshow");
    is_at_work(&away).await;
    away.until(|| is_paused(&away)).await;
}

#[wasm_bindgen_test]
async fn no_address_is_on_the_channel() {
    let tab = OtherTab::new();
    let client = Client::with(&[("tabs", true.into())]);
    is_throttled(&client).await;
    client.until(|| tab.heard().length() > 0).await;
    tab.close();
    client.caller().close();
    for message in tab.heard().iter() {
        let kinds: Vec<_> = Array::from(&message).iter().map(|part| part.js_typeof()).collect();
        assert_eq!(kinds, ["bigint", "number", "object"]);
    }
}

#[wasm_bindgen_test]
async fn rubbish_changes_nothing_and_raises_nothing() {
    let errors = uncaught();
    let tab = OtherTab::new();
    let [one, other] = two_that_share("rubbish");
    is_at_work(&one).await;
    is_at_work(&other).await;
    one.until(|| tab.heard().length() > 0).await;
    for message in rubbish(&tab.heard().get(0)).iter() {
        tab.say(&message);
    }
    is_heard(&tab, &one).await;
    assert_eq!([one.status(), other.status()], ["open", "open"]);
    is_throttled(&one).await;
    other.until(|| is_paused(&other)).await;
    assert_eq!(errors.call0(&JsValue::UNDEFINED).unwrap(), 0);
    tab.close();
}

#[wasm_bindgen_test]
async fn a_flood_of_words_holds_no_one_up_for_longer_than_it_lasts() {
    let tab = OtherTab::new();
    let [one, other] = two_that_share("a flood");
    is_at_work(&one).await;
    is_at_work(&other).await;
    one.until(|| tab.heard().length() > 0).await;
    let message = tab.heard().get(0);
    for number in 0..5_000 {
        let copy: js_sys::Float64Array = Array::from(&message).get(2).unchecked_into();
        copy.set_index(1, f64::from(number));
        tab.say(&message);
    }
    let [call] = one.calls(["/meanwhile"]);
    one.answer("/meanwhile", ok()).await;
    assert_eq!(call.status(), 200.0);
    is_heard(&tab, &one).await;
    // The messages name more tabs than the client distinguishes. Silent ones are forgotten after 3 s.
    one.pass(4_000.0).await;
    is_throttled(&one).await;
    other.until(|| is_paused(&other)).await;
    tab.close();
}
