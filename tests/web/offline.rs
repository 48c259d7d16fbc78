//! The browser's reports of the network.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget};

use super::driver::{Client, counted_listeners, get, ok, throttled_for};

/// Replaces `navigator.onLine` while it lives.
struct Network;

impl Network {
    fn gone() -> Network {
        Network::says(false);
        Network
    }

    fn is_back(&self) {
        Network::says(true);
    }

    fn says(is_online: bool) {
        let navigator = get(&js_sys::global(), "navigator");
        let property = Object::new();
        for (name, value) in [("value", is_online), ("configurable", true)] {
            Reflect::set(&property, &name.into(), &value.into()).unwrap();
        }
        Object::define_property(navigator.unchecked_ref::<Object>(), &"onLine".into(), &property);
        let event = Event::new(if is_online { "online" } else { "offline" }).unwrap();
        js_sys::global().unchecked_ref::<EventTarget>().dispatch_event(&event).unwrap();
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        Network::says(true);
        let navigator = get(&js_sys::global(), "navigator");
        Reflect::delete_property(navigator.unchecked_ref::<Object>(), &"onLine".into()).unwrap();
    }
}

#[wasm_bindgen_test]
async fn nothing_is_sent_until_the_network_is_back_and_then_one_goes_first() {
    let client = Client::new();
    let [before] = client.calls(["/before"]);
    client.answer("/before", ok()).await;
    let network = Network::gone();
    let calls = client.calls(["/a", "/b", "/c"]);
    client.pass(60_000.0).await;
    assert_eq!((client.sent().len(), client.queued()), (1, 3.0));
    network.is_back();
    client.settle().await;
    assert_eq!(client.sent()[1..], ["/a"]);
    client.answer("/a", ok()).await;
    assert_eq!(client.sent()[2..], ["/b", "/c"]);
    for path in ["/b", "/c"] {
        client.answer(path, ok()).await;
    }
    assert!(calls.iter().chain([&before]).all(|call| call.status() == 200.0));
    assert_eq!(client.heard(), Vec::<String>::new(), "nobody was throttled");
}

#[wasm_bindgen_test]
async fn a_client_that_is_made_without_a_network_waits_for_it() {
    let network = Network::gone();
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.pass(1_000.0).await;
    assert!(client.sent().is_empty());
    network.is_back();
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn the_state_is_a_pause_without_an_end_in_words_of_its_own() {
    let client = Client::new();
    let [_call] = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    let busy = get(&client.state(), "message");
    let network = Network::gone();
    let state = client.state();
    assert_eq!(get(&state, "status"), "paused");
    assert!(get(&state, "resumeAt").is_null());
    assert_eq!(get(&state, "message"), "There is no network. Requests wait until it is back.");
    network.is_back();
    client.settle().await;
    assert_eq!(get(&client.state(), "message"), busy, "the pause beneath goes on");
}

#[wasm_bindgen_test]
async fn the_words_are_the_pages_own_where_it_has_some() {
    let words = Function::new_with_args("detail", "return detail.source + ' until ' + detail.resumeAt");
    let client = Client::with(&[("message", words.into())]);
    let _network = Network::gone();
    let [_call] = client.calls(["/a"]);
    assert_eq!(get(&client.state(), "message"), "offline until Infinity");
}

#[wasm_bindgen_test]
async fn a_change_is_announced() {
    let client = Client::new();
    let [_call] = client.calls(["/a"]);
    client.answer("/a", ok()).await;
    let changes = std::rc::Rc::new(std::cell::Cell::new(0));
    let counted = std::rc::Rc::clone(&changes);
    client.on("statechange", move |_| counted.set(counted.get() + 1));
    let _network = Network::gone();
    client.settle().await;
    assert_eq!(changes.get(), 1);
}

#[wasm_bindgen_test]
async fn a_client_listens_from_when_it_knows_where_its_calls_go_until_it_is_closed() {
    let window = js_sys::global();
    let listeners = counted_listeners(&window);
    let count = || listeners.call0(&JsValue::UNDEFINED).unwrap().as_f64().unwrap();
    let client = Client::with(&[("baseUrl", JsValue::UNDEFINED)]);
    assert_eq!(count(), 0.0);
    let [_call] = client.calls(["/a"]);
    assert_eq!(count(), 1.0);
    client.caller().close();
    let client = Client::new();
    assert_eq!(count(), 1.0);
    let [_call] = client.calls(["/a"]);
    let _elsewhere = client.call("https://other.example.com/", &JsValue::UNDEFINED);
    assert_eq!(count(), 1.0);
    client.caller().close();
    assert_eq!(count(), 0.0);
    for name in ["addEventListener", "removeEventListener"] {
        Reflect::delete_property(&window, &name.into()).unwrap();
    }
}
