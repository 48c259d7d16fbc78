use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::get;

/// A transport that takes down what it is given, and leaves the answers to the test.
pub(crate) struct Transport {
    sends: Rc<RefCell<Vec<Send>>>,
    pub(crate) function: JsValue,
}

struct Send {
    url: String,
    init: JsValue,
    /// `None` once it is answered.
    open: Option<(Function, Function)>,
}

impl Transport {
    pub(crate) fn new() -> Transport {
        let sends: Rc<RefCell<Vec<Send>>> = Rc::default();
        let taken = Rc::clone(&sends);
        let function =
            Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |input: JsValue, init: JsValue| {
                Promise::new(&mut |resolve, reject| {
                    let url = input.as_string().unwrap_or_default();
                    let init = init.clone();
                    taken.borrow_mut().push(Send { url, init, open: Some((resolve, reject)) });
                })
            });
        Transport { sends, function: function.into_js_value() }
    }

    /// The paths of everything sent so far.
    pub(crate) fn sent(&self) -> Vec<String> {
        let path = |send: &Send| send.url.replace(super::BASE, "");
        self.sends.borrow().iter().map(path).collect()
    }

    /// The probes sent so far, by their address and what else they are made of.
    pub(crate) fn probes(&self) -> Vec<(String, JsValue)> {
        let sends = self.sends.borrow();
        let is_probe = |send: &&Send| {
            !send.init.is_undefined()
                && get(&send.init, "method") == "HEAD"
                && get(&send.init, "mode") == "no-cors"
        };
        sends.iter().filter(is_probe).map(|send| (send.url.clone(), send.init.clone())).collect()
    }

    /// Answers the oldest send to this URL, or path, that has no answer yet.
    pub(crate) fn answer(&self, path: &str, with: &JsValue) {
        let (resolve, _) = self.take(path);
        resolve.call1(&JsValue::UNDEFINED, with).unwrap();
    }

    /// Fails it.
    pub(crate) fn fail(&self, path: &str, with: &JsValue) {
        let (_, reject) = self.take(path);
        reject.call1(&JsValue::UNDEFINED, with).unwrap();
    }

    fn take(&self, path: &str) -> (Function, Function) {
        let url = if path.starts_with('/') { [super::BASE, path].concat() } else { path.to_owned() };
        let mut sends = self.sends.borrow_mut();
        let open = sends.iter_mut().filter(|send| send.url == url).find_map(|send| send.open.take());
        open.unwrap_or_else(|| panic!("{path} is not on the wire"))
    }
}
