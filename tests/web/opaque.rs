//! A throttle that CORS hides: the page sees only a TypeError.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::TypeError;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::driver::{BASE, Client, Outcome, get, object, ok};

fn hidden() -> JsValue {
    TypeError::new("Failed to fetch").into()
}

fn abort_error() -> JsValue {
    let controller = web_sys::AbortController::new().unwrap();
    controller.abort();
    controller.signal().reason()
}

/// A client whose server has answered before.
async fn client(mode: &str) -> Client {
    let client = Client::with(&[("opaqueThrottling", mode.into())]);
    let [_before] = client.calls(["/before"]);
    client.answer("/before", ok()).await;
    client
}

/// Lets all requests in flight fail after 20 ms, without any reaction yet.
async fn fail(client: &Client, paths: &[&str]) {
    client.pass(20.0).await;
    for path in paths {
        client.fail(path, hidden()).await;
    }
}

#[wasm_bindgen_test]
async fn get_and_head_are_sent_again_after_a_pause() {
    let client = client("retry").await;
    let head = object(&[("method", "HEAD".into())]);
    let calls = [client.calls(["/a"])[0].clone(), client.call("/b", &head)];
    fail(&client, &["/a", "/b"]).await;
    assert_eq!(client.probes().len(), 1);
    assert!(calls.iter().all(Outcome::is_pending));
    client.answer("/a", ok()).await;
    let heard = client.heard();
    assert_eq!(
        heard,
        ["diagnostic", "throttled 500 opaque", "retry GET /a 1 in 500", "retry HEAD /b 1 in 500"]
    );
    client.pass(500.0).await;
    client.answer("/a", ok()).await;
    client.pass(500.0).await;
    client.answer("/b", ok()).await;
    assert_eq!(calls.map(|call| call.status()), [200.0, 200.0]);
    assert_eq!(client.heard(), ["resumed after 500"]);
}

#[wasm_bindgen_test]
async fn a_later_throttle_pauses_again_and_is_not_diagnosed_again() {
    let client = client("retry").await;
    let _calls = client.calls(["/a", "/b"]);
    fail(&client, &["/a", "/b"]).await;
    client.answer("/a", ok()).await;
    client.pass(500.0).await;
    client.answer("/a", ok()).await;
    client.pass(500.0).await;
    client.answer("/b", ok()).await;
    assert_eq!(client.heard()[0], "diagnostic");
    let _later = client.calls(["/c"]);
    fail(&client, &["/c"]).await;
    assert_eq!(client.status(), "paused");
    assert!(!client.heard().contains(&"diagnostic".to_owned()));
}

#[wasm_bindgen_test]
async fn the_probe_takes_nothing_of_the_callers_along_but_the_path() {
    let client = Client::with(&[
        ("opaqueThrottling", "retry".into()),
        ("headers", object(&[("authorization", "secret".into())])),
    ]);
    let [_before] = client.calls(["/before"]);
    client.answer("/before", ok()).await;
    let init = object(&[("headers", object(&[("x-api-key", "secret".into())]))]);
    let _calls = [client.call("/a?key=secret#there", &init), client.call("/a?key=secret#there", &init)];
    fail(&client, &["/a?key=secret#there"]).await;
    let [(url, init)] = &client.probes()[..] else { panic!("one probe") };
    assert_eq!(*url, format!("{BASE}/a"));
    let text = js_sys::JSON::stringify(init).unwrap();
    assert_eq!(
        text,
        r#"{"method":"HEAD","mode":"no-cors","credentials":"omit","cache":"no-store","referrerPolicy":"no-referrer"}"#
    );
}

#[wasm_bindgen_test]
async fn a_post_rejects_with_its_error_and_the_scope_pauses_all_the_same() {
    let client = client("retry").await;
    let post = object(&[("method", "POST".into())]);
    let calls = [client.call("/a", &post), client.call("/b", &post)];
    let error = hidden();
    client.pass(20.0).await;
    client.fail("/a", error.clone()).await;
    client.fail("/b", hidden()).await;
    client.answer("/a", ok()).await;
    assert_eq!(calls[0].error(), error);
    assert_eq!(calls[1].error_name(), "TypeError");
    assert_eq!(client.status(), "paused");
}

#[wasm_bindgen_test]
async fn a_probe_that_fails_gives_every_caller_its_error() {
    let client = client("retry").await;
    let calls = client.calls(["/a", "/b"]);
    let errors = [hidden(), hidden()];
    client.pass(20.0).await;
    client.fail("/a", errors[0].clone()).await;
    client.fail("/b", errors[1].clone()).await;
    client.fail("/a", hidden()).await;
    assert_eq!(calls.map(|call| call.error()), errors);
    assert_eq!((client.status().as_str(), client.heard().len()), ("open", 0));
}

#[wasm_bindgen_test]
async fn diagnosing_leaves_the_errors_to_the_callers_and_says_once_a_client_what_to_change() {
    let client = client("diagnose").await;
    let other = "https://other.example.com";
    let calls = client.calls(["/a", "/b"]);
    fail(&client, &["/a", "/b"]).await;
    assert!(calls.iter().all(|call| call.error_name() == "TypeError"));
    client.answer("/b", ok()).await;
    assert_eq!((client.heard(), client.status()), (vec!["diagnostic".to_owned()], "open".to_owned()));

    // Another scope, whose throttles are hidden, too.
    let _before = client.call(&[other, "/"].concat(), &JsValue::UNDEFINED);
    client.answer(&[other, "/"].concat(), ok()).await;
    for path in ["/c", "/d"] {
        let _call = client.call(&[other, path].concat(), &JsValue::UNDEFINED);
    }
    client.pass(20.0).await;
    for path in ["/c", "/d"] {
        client.fail(&[other, path].concat(), hidden()).await;
    }
    assert_eq!(client.probes().len(), 2);
    client.answer(&[other, "/d"].concat(), ok()).await;
    assert_eq!(client.heard(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn the_diagnosis_names_the_remedy() {
    let client = client("diagnose").await;
    let detail: Rc<RefCell<JsValue>> = Rc::default();
    let heard = Rc::clone(&detail);
    client.on("diagnostic", move |event| drop(heard.replace(get(&event, "detail"))));
    let _calls = client.calls(["/a", "/b"]);
    fail(&client, &["/a", "/b"]).await;
    client.answer("/b", ok()).await;
    let detail = detail.borrow().clone();
    let text = |name| get(&detail, name).as_string().unwrap();
    assert_eq!(text("code"), "opaque-throttling");
    assert!(text("message").contains(BASE));
    for word in ["Access-Control-Allow-Origin", "Retry-After", "THROTTLED", "DEFAULT_4XX"] {
        assert!(text("help").contains(word), "{word}");
    }
}

#[wasm_bindgen_test]
async fn what_is_not_from_another_origin_or_not_a_type_error_is_never_suspected() {
    let here = get(&js_sys::global(), "origin").as_string().unwrap();
    let client = Client::with(&[("opaqueThrottling", "retry".into()), ("baseUrl", here.as_str().into())]);
    let urls = ["/before", "/a", "/b"].map(|path| [&here, path].concat());
    let _before = client.call(&urls[0], &JsValue::UNDEFINED);
    client.answer(&urls[0], ok()).await;
    let calls = [&urls[1], &urls[2]].map(|url| client.call(url, &JsValue::UNDEFINED));
    client.pass(20.0).await;
    for url in &urls[1..] {
        client.fail(url, hidden()).await;
    }
    assert!(calls.iter().all(|call| call.error_name() == "TypeError"));

    for (error, init) in [
        (abort_error(), JsValue::UNDEFINED),
        (js_sys::Error::new("anything").into(), JsValue::UNDEFINED),
        (JsValue::UNDEFINED, JsValue::UNDEFINED),
        (hidden(), object(&[("mode", "same-origin".into())])),
        (hidden(), object(&[("mode", "no-cors".into())])),
    ] {
        let client = self::client("retry").await;
        let calls = ["/a", "/b"].map(|path| client.call(path, &init));
        client.pass(20.0).await;
        for (path, call) in ["/a", "/b"].into_iter().zip(&calls) {
            client.fail(path, error.clone()).await;
            assert_eq!(call.error(), error);
        }
        assert!(client.probes().is_empty(), "{error:?}");
    }
}

#[wasm_bindgen_test]
async fn a_function_for_the_headers_that_throws_is_the_pages_own() {
    let throws = js_sys::Function::new_no_args("throw new TypeError('no token')");
    let slow = js_sys::Function::new_no_args(
        "return new Promise((_, reject) => setTimeout(reject, 20, new TypeError('no token')))",
    );
    for headers in [throws, slow] {
        let switch = object(&[("on", false.into())]);
        let wrapped =
            js_sys::Function::new_with_args("headers, state", "return () => state.on ? headers() : {}")
                .call2(&JsValue::UNDEFINED, &headers, &switch)
                .unwrap();
        let client = Client::with(&[("opaqueThrottling", "retry".into()), ("headers", wrapped)]);
        let [_before] = client.calls(["/before"]);
        client.answer("/before", ok()).await;
        js_sys::Reflect::set(&switch, &"on".into(), &true.into()).unwrap();
        let calls = client.calls(["/a", "/b"]);
        client.pass(50.0).await;
        assert!(calls.iter().all(|call| call.error_name() == "TypeError"));
        assert!(client.probes().is_empty());
    }
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_call_that_is_held() {
    let client = client("retry").await;
    let controller = web_sys::AbortController::new().unwrap();
    let held = client.abortable("/a", &controller);
    let [_other] = client.calls(["/b"]);
    fail(&client, &["/a"]).await;
    assert!(held.is_pending());
    controller.abort();
    client.settle().await;
    assert_eq!(held.error_name(), "AbortError");
    client.answer("/a", ok()).await;
    assert_eq!(client.queued(), 0.0);
}
