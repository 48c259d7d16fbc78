//! `init.signal` works in every state, and frees the request's place at once.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Error, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use super::driver::{Client, Outcome, counted_signal, object, ok, throttled_for, undecided};

fn controller() -> AbortController {
    AbortController::new().unwrap()
}

#[wasm_bindgen_test]
async fn before_the_call_nothing_is_sent() {
    let client = Client::new();
    let controller = controller();
    controller.abort();
    let call = client.abortable("/a", &controller);
    client.settle().await;
    assert_eq!(call.error_name(), "AbortError");
    assert!(client.sent().is_empty());
}

#[wasm_bindgen_test]
async fn with_a_reason_the_call_rejects_with_that_very_reason() {
    let client = Client::new();
    let controller = controller();
    let call = client.abortable("/a", &controller);
    let reason: JsValue = Error::new("changed my mind").into();
    controller.abort_with_reason(&reason);
    client.settle().await;
    assert_eq!(call.error(), reason);
}

#[wasm_bindgen_test]
async fn while_it_is_queued_it_leaves_the_queue_and_is_never_sent() {
    let client = Client::with(&[("maxQueue", 1.into())]);
    client.caller().pause(None);
    let controller = controller();
    let call = client.abortable("/a", &controller);
    controller.abort();
    assert_eq!(client.queued(), 0.0, "in the same task");
    let [next] = client.calls(["/b"]);
    client.settle().await;
    assert_eq!(call.error_name(), "AbortError");
    assert!(next.is_pending(), "its place was free");
    client.caller().resume();
    assert_eq!(client.sent(), ["/b"]);
}

#[wasm_bindgen_test]
async fn in_flight_it_frees_its_slot_even_if_the_transport_ignores_the_signal() {
    let client = Client::with(&[("maxInFlight", 1.into())]);
    let controller = controller();
    let call = client.abortable("/a", &controller);
    let [next] = client.calls(["/b"]);
    controller.abort();
    assert_eq!(client.sent(), ["/a", "/b"], "in the same task");
    client.settle().await;
    assert_eq!(call.error_name(), "AbortError");
    client.answer("/a", ok()).await;
    assert_eq!(client.in_flight(), 1.0, "an answer that comes too late counts for nothing");
    client.answer("/b", ok()).await;
    assert_eq!((next.status(), client.in_flight()), (200.0, 0.0));
}

#[wasm_bindgen_test]
async fn while_it_waits_to_be_sent_again_it_is_given_up() {
    let client = Client::new();
    let controller = controller();
    let call = client.abortable("/a", &controller);
    client.answer("/a", throttled_for("10")).await;
    controller.abort();
    client.settle().await;
    assert_eq!((call.error_name().as_str(), client.queued()), ("AbortError", 0.0));
    client.pass(20_000.0).await;
    assert_eq!(client.sent().len(), 1);
    let _next = client.calls(["/b"]);
    assert_eq!(client.sent(), ["/a", "/b"], "the next call probes");
}

#[wasm_bindgen_test]
async fn of_a_probe_lets_the_next_one_probe() {
    let client = Client::new();
    let controller = controller();
    let _call = client.abortable("/a", &controller);
    client.answer("/a", throttled_for("10")).await;
    let _waiting = client.calls(["/b"]);
    client.pass(10_000.0).await;
    assert_eq!(client.sent(), ["/a", "/a"]);
    controller.abort();
    assert_eq!(client.sent(), ["/a", "/a", "/b"]);
}

#[wasm_bindgen_test]
async fn while_asynchronous_headers_are_awaited_nothing_is_sent_and_its_slot_is_free() {
    let resolvers: Rc<RefCell<Vec<js_sys::Function>>> = Rc::default();
    let taken = Rc::clone(&resolvers);
    let headers = Closure::<dyn Fn() -> Promise>::new(move || {
        Promise::new(&mut |resolve, _| taken.borrow_mut().push(resolve))
    });
    let client = Client::with(&[("headers", headers.into_js_value()), ("maxInFlight", 1.into())]);
    let controller = controller();
    let call = client.abortable("/a", &controller);
    let _next = client.calls(["/b"]);
    client.settle().await;
    assert_eq!(resolvers.borrow().len(), 1);
    controller.abort();
    client.settle().await;
    assert_eq!(call.error_name(), "AbortError");
    for resolve in resolvers.take() {
        resolve.call1(&JsValue::UNDEFINED, &object(&[])).unwrap();
    }
    client.settle().await;
    assert_eq!(client.sent(), ["/b"]);
}

#[wasm_bindgen_test]
async fn by_the_headers_function_itself_nothing_is_sent() {
    let controller = controller();
    let aborting = controller.clone();
    let headers = Closure::<dyn Fn() -> JsValue>::new(move || {
        aborting.abort();
        object(&[])
    });
    let client = Client::with(&[("headers", headers.into_js_value())]);
    let call = client.abortable("/a", &controller);
    client.settle().await;
    assert_eq!(call.error_name(), "AbortError");
    assert!(client.sent().is_empty());
    assert_eq!(client.in_flight(), 0.0);
}

#[wasm_bindgen_test]
async fn by_the_transport_itself_its_answer_comes_too_late() {
    let controller = controller();
    let aborting = controller.clone();
    let transport = Closure::<dyn Fn() -> JsValue>::new(move || {
        aborting.abort();
        ok()
    });
    let client = Client::with(&[("fetch", transport.into_js_value())]);
    let call = client.abortable("/a", &controller);
    client.settle().await;
    assert_eq!((call.error_name().as_str(), client.in_flight()), ("AbortError", 0.0));
}

#[wasm_bindgen_test]
async fn while_the_body_of_its_429_is_looked_into_it_is_given_up() {
    let client = Client::new();
    let controller = controller();
    let call = client.abortable("/a", &controller);
    client.answer("/a", undecided(None)).await;
    assert_eq!(client.in_flight(), 1.0);
    controller.abort();
    client.settle().await;
    assert_eq!((call.error_name().as_str(), client.in_flight()), ("AbortError", 0.0));
    let [next] = client.calls(["/b"]);
    client.pass(1_000.0).await;
    client.answer("/b", ok()).await;
    assert_eq!(next.status(), 200.0);
}

#[wasm_bindgen_test]
async fn after_the_answer_it_changes_nothing() {
    let client = Client::new();
    let controller = controller();
    let call = client.abortable("/a", &controller);
    client.answer("/a", ok()).await;
    controller.abort();
    client.settle().await;
    assert_eq!(call.status(), 200.0);
}

#[wasm_bindgen_test]
async fn of_ten_thousand_in_one_task_each_rejects_once_and_nothing_is_left() {
    let client = Client::with(&[("maxQueue", 20_000.into())]);
    client.caller().pause(None);
    let controllers: Vec<AbortController> = (0..10_000).map(|_| controller()).collect();
    let calls: Vec<Outcome> =
        controllers.iter().map(|controller| client.abortable("/a", controller)).collect();
    assert_eq!(client.queued(), 10_000.0);
    // The order starts in the middle and alternates, so that neither end of the queue is favoured.
    let (first, second) = controllers.split_at(5_000);
    for controller in second.iter().chain(first.iter().rev()) {
        controller.abort();
    }
    assert_eq!(client.queued(), 0.0);
    client.settle().await;
    assert!(calls.iter().all(|call| call.error_name() == "AbortError"));
    client.caller().resume();
    client.settle().await;
    assert!(client.sent().is_empty());
}

#[wasm_bindgen_test]
async fn of_a_signal_that_ten_thousand_calls_share_ends_all_of_them() {
    let client = Client::with(&[("maxQueue", 20_000.into())]);
    let controller = controller();
    let calls: Vec<Outcome> = (0..10_000).map(|_| client.abortable("/a", &controller)).collect();
    controller.abort();
    assert_eq!((client.queued(), client.in_flight()), (0.0, 0.0));
    client.settle().await;
    assert!(calls.iter().all(|call| call.error_name() == "AbortError"));
}

#[wasm_bindgen_test]
async fn a_signal_that_outlives_thousands_of_calls_has_no_listener_left() {
    let client = Client::new();
    let controller = controller();
    let listeners = counted_signal(&controller);
    let count = || listeners.call0(&JsValue::UNDEFINED).unwrap().as_f64().unwrap();
    for round in 0..2_000 {
        // Each round has a scope of its own, so that no limit met in another round paces it.
        let throttle = object(&[("scope", round.to_string().into())]);
        let signal = controller.signal().into();
        let call = client.call("/a", &object(&[("signal", signal), ("throttle", throttle)]));
        assert_eq!(count(), 1.0);
        match round % 3 {
            0 => client.answer("/a", ok()).await,
            1 => client.fail("/a", JsValue::from("no network")).await,
            _ => {
                client.answer("/a", throttled_for("1")).await;
                assert_eq!(count(), 1.0);
                client.pass(1_000.0).await;
                client.answer("/a", ok()).await;
            }
        }
        assert!(!call.is_pending());
        assert_eq!(count(), 0.0);
    }
}
