//! A client as the package makes it, in a time and with a transport that the test holds in its hands.

mod answers;
mod clock;
mod outcome;
mod transport;

use std::cell::RefCell;
use std::rc::Rc;

use api_service_client::web::Core;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, EventTarget};

pub(crate) use answers::{
    answer, booby, counted_listeners, counted_signal, ok, quota_exceeded, throttled, throttled_for,
    undecided, with_foreign_body,
};
pub(crate) use clock::Clock;
pub(crate) use outcome::{Outcome, get};
use transport::Transport;

/// What the paths of the tests are relative to.
pub(crate) const BASE: &str = "https://api.example.com";

#[wasm_bindgen(module = "/src/web/calls.js")]
extern "C" {
    type Calls;
    #[wasm_bindgen(constructor, catch)]
    fn new(core: &CoreHandle, owner: &EventTarget, options: &JsValue) -> Result<Calls, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn fetch(this: &Calls) -> Function;
    #[wasm_bindgen(method)]
    fn pause(this: &Calls, ms: JsValue);
}

// wasm-bindgen serves only the modules that Rust names. calls.js and options.js import these.
#[wasm_bindgen(module = "/src/web/border.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = RESEND)]
    static RESEND: u32;
}
#[wasm_bindgen(module = "/src/web/call.js")]
extern "C" {
    type Call;
}
#[wasm_bindgen(module = "/src/web/policy.js")]
extern "C" {
    #[wasm_bindgen(js_name = isSafe)]
    fn is_safe(method: &str) -> bool;
}
#[wasm_bindgen(module = "/src/web/request-init.js")]
extern "C" {
    #[wasm_bindgen(js_name = isStream)]
    fn is_stream(body: &JsValue) -> bool;
}
#[wasm_bindgen(module = "/src/web/url.js")]
extern "C" {
    #[wasm_bindgen(js_name = originOf)]
    fn origin_of(url: &str) -> String;
}

#[wasm_bindgen]
extern "C" {
    /// The WebAssembly half, as JavaScript sees it.
    #[derive(Clone)]
    type CoreHandle;
    #[wasm_bindgen(method)]
    fn state(this: &CoreHandle) -> JsValue;
    #[wasm_bindgen(method)]
    fn resume(this: &CoreHandle);
    #[wasm_bindgen(method)]
    fn close(this: &CoreHandle);
    #[wasm_bindgen(method)]
    fn watch(this: &CoreHandle);
}

pub(crate) struct Client {
    clock: Rc<Clock>,
    transport: Transport,
    core: CoreHandle,
    calls: Rc<Calls>,
    target: EventTarget,
    heard: Rc<RefCell<Vec<String>>>,
}

const EVENTS: [&str; 6] = ["throttled", "extended", "resumed", "retry", "quotaexceeded", "diagnostic"];

impl Client {
    pub(crate) fn new() -> Client {
        Client::with(&[])
    }

    /// A client with these options besides a backoff without jitter, so that every wait is known to the millisecond.
    pub(crate) fn with(options: &[(&str, JsValue)]) -> Client {
        Client::at(Rc::new(Clock::install()), options)
    }

    /// Another client of the same page.
    pub(crate) fn beside(other: &Client, options: &[(&str, JsValue)]) -> Client {
        Client::at(Rc::clone(&other.clock), options)
    }

    fn at(clock: Rc<Clock>, options: &[(&str, JsValue)]) -> Client {
        let transport = Transport::new();
        let all = object(&[
            ("baseUrl", BASE.into()),
            ("fetch", transport.function.clone()),
            ("backoff", object(&[("jitter", "none".into())])),
            // One test is not to hear of another.
            ("tabs", false.into()),
            ("persist", false.into()),
        ]);
        for (name, value) in options {
            Reflect::set(&all, &(*name).into(), value).unwrap();
        }
        let target = EventTarget::new().unwrap();
        let core: JsValue = Core::new(&all, &target).unwrap().into();
        let core: CoreHandle = core.unchecked_into();
        let calls = Rc::new(Calls::new(&core, &target, &all).unwrap());
        let heard: Rc<RefCell<Vec<String>>> = Rc::default();
        let client = Client { clock, transport, core, calls, target, heard };
        for kind in EVENTS {
            let heard = Rc::clone(&client.heard);
            client.on(kind, move |event| heard.borrow_mut().push(description(kind, &event)));
        }
        client
    }

    /// Calls `fetch` with one path after the other.
    pub(crate) fn calls<const N: usize>(&self, paths: [&str; N]) -> [Outcome; N] {
        paths.map(|path| self.call(path, &JsValue::UNDEFINED))
    }

    pub(crate) fn call(&self, path: &str, init: &JsValue) -> Outcome {
        Outcome::of(&self.caller().fetch(path, init))
    }

    /// A call that `controller` aborts.
    pub(crate) fn abortable(&self, path: &str, controller: &AbortController) -> Outcome {
        self.call(path, &object(&[("signal", controller.signal().into())]))
    }

    /// What a listener needs in order to call back.
    pub(crate) fn caller(&self) -> Caller {
        Caller { core: self.core.clone(), calls: Rc::clone(&self.calls) }
    }

    /// Answers the oldest send to this path, and lets everything happen that comes of it.
    pub(crate) async fn answer(&self, path: &str, with: JsValue) {
        self.transport.answer(path, &with);
        self.settle().await;
    }

    /// Answers without letting anything happen yet.
    pub(crate) fn answer_only(&self, path: &str, with: &JsValue) {
        self.transport.answer(path, with);
    }

    pub(crate) async fn fail(&self, path: &str, with: JsValue) {
        self.transport.fail(path, &with);
        self.settle().await;
    }

    /// Lets everything happen that can without time passing.
    pub(crate) async fn settle(&self) {
        self.pass(0.0).await;
    }

    pub(crate) async fn pass(&self, ms: f64) {
        self.clock.pass(ms).await;
    }

    /// Lets everything happen until something holds that needs more than this page.
    pub(crate) async fn until(&self, holds: impl Fn() -> bool) {
        for _ in 0..5_000 {
            if holds() {
                return;
            }
            self.settle().await;
        }
        panic!("it never came to hold");
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The paths of everything sent so far.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.transport.sent()
    }

    /// The probes sent so far, by their address and what else they are made of.
    pub(crate) fn probes(&self) -> Vec<(String, JsValue)> {
        self.transport.probes()
    }

    /// The events since the last look.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.take()
    }

    pub(crate) fn on(&self, kind: &str, listener: impl Fn(JsValue) + 'static) {
        if kind == "statechange" {
            self.core.watch();
        }
        let listener = Closure::<dyn Fn(JsValue)>::new(listener).into_js_value();
        self.target.add_event_listener_with_callback(kind, listener.unchecked_ref()).unwrap();
    }

    /// As [`Client::on`], with a function of JavaScript: one of Rust cannot throw.
    pub(crate) fn on_function(&self, kind: &str, listener: &Function) {
        self.target.add_event_listener_with_callback(kind, listener).unwrap();
    }

    pub(crate) fn state(&self) -> JsValue {
        self.core.state()
    }

    pub(crate) fn status(&self) -> String {
        self.caller().status()
    }

    pub(crate) fn queued(&self) -> f64 {
        get(&self.state(), "queued").as_f64().unwrap()
    }

    pub(crate) fn in_flight(&self) -> f64 {
        get(&self.state(), "inFlight").as_f64().unwrap()
    }
}

/// The functions of a client.
#[derive(Clone)]
pub(crate) struct Caller {
    core: CoreHandle,
    calls: Rc<Calls>,
}

impl Caller {
    pub(crate) fn fetch(&self, path: &str, init: &JsValue) -> Promise {
        self.calls.fetch().call2(&JsValue::UNDEFINED, &path.into(), init).unwrap().unchecked_into()
    }

    pub(crate) fn pause(&self, ms: Option<f64>) {
        self.calls.pause(ms.into());
    }

    pub(crate) fn resume(&self) {
        self.core.resume();
    }

    pub(crate) fn close(&self) {
        self.core.close();
    }

    pub(crate) fn status(&self) -> String {
        get(&self.core.state(), "status").as_string().unwrap()
    }
}

/// A plain object.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

/// An event in one line: its type, and what of its detail a test may want to know.
fn description(kind: &str, event: &JsValue) -> String {
    let detail = get(event, "detail");
    let number = |name| get(&detail, name).as_f64().unwrap();
    let text = |name| get(&detail, name).as_string().unwrap();
    match kind {
        "throttled" | "extended" => format!("{kind} {} {}", number("delayMs"), text("source")),
        "resumed" => format!("resumed after {}", number("pausedMs")),
        "retry" => {
            let path = text("url").replace(BASE, "");
            format!("retry {} {path} {} in {}", text("method"), number("attempt"), number("delayMs"))
        }
        _ => kind.to_owned(),
    }
}
