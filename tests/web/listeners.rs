//! A listener may call any method: the client holds no lock during the call.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use super::driver::{Client, Outcome, ok, throttled_for};

#[wasm_bindgen_test]
async fn one_that_throws_stops_neither_the_others_nor_the_client() {
    let client = Client::new();
    // An error thrown by a listener is reported as uncaught, which would fail the test runner.
    let hush = Function::new_with_args("event", "event.preventDefault(); event.stopImmediatePropagation();");
    let window: web_sys::EventTarget = js_sys::global().unchecked_into();
    window.add_event_listener_with_callback_and_bool("error", &hush, true).unwrap();
    let throws = Function::new_no_args("throw new Error('a listener of a test')");
    let heard = Rc::new(Cell::new(0));
    for kind in ["throttled", "retry", "resumed"] {
        client.on_function(kind, &throws);
        let heard = Rc::clone(&heard);
        client.on(kind, move |_| heard.set(heard.get() + 1));
    }
    let [call] = client.calls(["/a"]);
    client.answer("/a", throttled_for("1")).await;
    client.pass(1_000.0).await;
    client.answer("/a", ok()).await;
    window.remove_event_listener_with_callback_and_bool("error", &hush, true).unwrap();
    assert_eq!((call.status(), heard.get()), (200.0, 3));
}

#[wasm_bindgen_test]
async fn one_may_make_a_call_which_is_held_by_the_pause_it_hears_of() {
    let client = Client::new();
    let caller = client.caller();
    client.on("throttled", move |_| {
        let _ = caller.fetch("/from-a-listener", &JsValue::UNDEFINED);
    });
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    assert_eq!((client.sent().len(), client.queued()), (1, 2.0));
    client.pass(10_000.0).await;
    client.answer("/a", ok()).await;
    client.pass(1_000.0).await;
    assert_eq!(client.sent(), ["/a", "/a", "/from-a-listener"]);
}

#[wasm_bindgen_test]
async fn one_may_close_the_client() {
    let client = Client::new();
    let caller = client.caller();
    client.on("throttled", move |_| caller.close());
    let [call, other] = client.calls(["/a", "/b"]);
    client.answer("/a", throttled_for("10")).await;
    assert_eq!(call.error_name(), "ClientClosedError");
    client.answer("/b", ok()).await;
    assert_eq!((other.status(), client.status().as_str()), (200.0, "closed"));
}

#[wasm_bindgen_test]
async fn one_may_end_the_pause_it_hears_of() {
    let client = Client::new();
    let caller = client.caller();
    client.on("throttled", move |_| caller.resume());
    let _calls = client.calls(["/a", "/b"]);
    client.answer("/a", throttled_for("10")).await;
    assert_eq!(client.sent(), ["/a", "/b", "/a"]);
    assert_eq!(client.status(), "recovering");
}

#[wasm_bindgen_test]
async fn one_may_make_the_pause_longer() {
    let client = Client::new();
    let caller = client.caller();
    client.on("throttled", move |_| caller.pause(Some(60_000.0)));
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    client.pass(59_999.0).await;
    assert_eq!(client.sent().len(), 1);
    client.pass(1.0).await;
    assert_eq!(client.sent().len(), 2);
}

#[wasm_bindgen_test]
async fn one_may_abort_the_very_request_it_hears_of() {
    let client = Client::new();
    let controller = AbortController::new().unwrap();
    let aborting = controller.clone();
    client.on("retry", move |_| aborting.abort());
    let call = client.abortable("/a", &controller);
    client.answer("/a", throttled_for("1")).await;
    assert_eq!((call.error_name().as_str(), client.queued()), ("AbortError", 0.0));
    client.pass(10_000.0).await;
    assert_eq!(client.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn one_that_answers_every_change_with_a_change_gives_way_to_others() {
    let client = Client::new();
    let caller = client.caller();
    let times = Rc::new(Cell::new(0));
    let counted = Rc::clone(&times);
    client.on("statechange", move |_| {
        counted.set(counted.get() + 1);
        let _ = Outcome::of(&caller.fetch("/again", &JsValue::UNDEFINED));
    });
    let _calls = client.calls(["/a"]);
    client.settle().await;
    assert_eq!(times.get(), 1);
    client.pass(10.0).await;
    assert_eq!(times.get(), 11, "each in a task of its own, not in a row");
}

#[wasm_bindgen_test]
async fn the_words_of_the_notification_may_come_from_a_function_that_calls_back() {
    let words = Rc::new(Cell::new(None::<super::driver::Caller>));
    let given = Rc::clone(&words);
    let message = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |_: JsValue| {
        // The extended pause calls it a second time.
        if let Some(caller) = given.take() {
            let _ = caller.fetch("/from-the-words", &JsValue::UNDEFINED);
            caller.pause(Some(20_000.0));
        }
        JsValue::from("Busy!")
    });
    let client = Client::with(&[("message", message.into_js_value())]);
    words.set(Some(client.caller()));
    let _calls = client.calls(["/a"]);
    client.answer("/a", throttled_for("10")).await;
    assert_eq!(super::driver::get(&client.state(), "queued"), 2);
    client.pass(19_000.0).await;
    assert_eq!(client.sent().len(), 1);
}
