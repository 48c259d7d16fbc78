//! Whatever the transport does, its request ends and frees its slot.

use js_sys::{Error, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{Client, Outcome, booby, get, object, ok, with_foreign_body};

/// A client with one slot and a transport written as a function of `input` and `init`.
fn over(body: &str) -> Client {
    let transport = Function::new_with_args("input, init", body);
    Client::with(&[("fetch", transport.into()), ("maxInFlight", 1.into())])
}

/// Whether the slot is free. A call that waits for it would be counted.
fn has_a_free_slot(client: &Client) -> bool {
    (client.queued(), client.in_flight()) == (0.0, 0.0)
}

#[wasm_bindgen_test]
async fn what_it_throws_is_what_the_caller_is_rejected_with() {
    let client = over("throw new RangeError('thrown, not rejected')");
    let [call] = client.calls(["/a"]);
    client.settle().await;
    assert_eq!(call.error_name(), "RangeError");
    assert!(has_a_free_slot(&client));
}

#[wasm_bindgen_test]
async fn what_it_rejects_with_is_too() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let [call, next] = client.calls(["/a", "/b"]);
    let reason: JsValue = Error::new("no network").into();
    client.fail("/a", reason.clone()).await;
    assert_eq!(call.error(), reason, "the very same");
    assert_eq!(client.sent(), ["/a", "/b"]);
    client.answer("/b", ok()).await;
    assert_eq!(next.status(), 200.0);
    assert!(client.heard().is_empty(), "a network that fails is no throttle");
}

#[wasm_bindgen_test]
async fn nonsense_goes_to_the_caller_as_it_is() {
    for nonsense in
        ["undefined", "null", "7", "'text'", "false", "{}", "{ status: 'teapot' }", "{ status: NaN }"]
    {
        let client = over(&format!("return Promise.resolve({nonsense})"));
        let [call, next] = client.calls(["/a", "/b"]);
        client.settle().await;
        let expected = js_sys::eval(&format!("JSON.stringify([{nonsense}])")).unwrap();
        for call in [call, next] {
            let got = js_sys::JSON::stringify(&js_sys::Array::of1(&call.value())).unwrap();
            assert_eq!(JsValue::from(got), expected);
        }
        assert!(has_a_free_slot(&client), "after {nonsense}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_without_a_promise_is_an_answer() {
    let client = over("return { status: 200 }");
    let [call] = client.calls(["/a"]);
    client.settle().await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn an_answer_that_throws_when_it_is_looked_at_rejects_its_caller() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let [call, next] = client.calls(["/a", "/b"]);
    client.answer("/a", booby()).await;
    assert_eq!(get(&call.error(), "message"), "status was looked at");
    client.answer("/b", ok()).await;
    assert_eq!(next.status(), 200.0);
    assert!(has_a_free_slot(&client));
}

#[wasm_bindgen_test]
async fn a_429_without_headers_and_body_is_a_throttle() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", object(&[("status", 429.into())])).await;
    assert_eq!(client.heard()[0], "throttled 500 backoff");
    client.pass(500.0).await;
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn a_429_whose_body_is_no_stream_of_the_browsers_is_sent_again_as_any_other() {
    let client = Client::new();
    let [call] = client.calls(["/a"]);
    client.answer("/a", with_foreign_body(429)).await;
    assert!(call.is_pending());
    client.pass(1_000.0).await;
    client.answer("/a", ok()).await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn one_that_never_answers_holds_no_more_than_its_own_slot() {
    let client = Client::with(&[("maxInFlight", 2.into())]);
    let [never, _] = client.calls(["/never", "/a"]);
    for _ in 0..10 {
        client.answer("/a", ok()).await;
        let _call = client.calls(["/a"]);
    }
    client.pass(86_400_000.0).await;
    assert!(never.is_pending());
    assert_eq!((client.sent().len(), client.in_flight()), (12, 2.0));
}

#[wasm_bindgen_test]
async fn one_may_call_the_client_again_while_it_is_called() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let caller = client.caller();
    let inner: std::rc::Rc<std::cell::RefCell<Vec<Outcome>>> = std::rc::Rc::default();
    let nested = std::rc::Rc::clone(&inner);
    let transport = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |input: JsValue| {
        if input.as_string().is_some_and(|url| url.ends_with("/outer")) {
            nested.borrow_mut().push(Outcome::of(&caller.fetch("/inner", &JsValue::UNDEFINED)));
        }
        ok()
    });
    let outer = Client::with(&[("fetch", transport.into_js_value())]);
    let [call] = outer.calls(["/outer"]);
    outer.settle().await;
    assert_eq!(call.status(), 200.0);
    assert!(inner.borrow()[0].is_pending());
    client.answer("/inner", ok()).await;
    assert_eq!(inner.borrow()[0].status(), 200.0);
}

#[wasm_bindgen_test]
async fn headers_that_somebody_made_up_may_hold_numbers() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    let made_up = js_sys::eval("({ status: 429, headers: new Map([['retry-after', 7]]) })").unwrap();
    client.answer("/a", made_up).await;
    assert_eq!(client.heard()[0], "throttled 7000 retry-after");
}

#[wasm_bindgen_test]
async fn a_429_whose_body_cannot_be_read_is_a_throttle() {
    let client = Client::new();
    let _calls = client.calls(["/a"]);
    let unreadable = Function::new_no_args(
        "return { status: 429, headers: new Headers(), clone() { throw new TypeError('used already'); } }",
    );
    client.answer("/a", unreadable.call0(&JsValue::UNDEFINED).unwrap()).await;
    assert_eq!(client.heard()[0], "throttled 500 backoff");
}
