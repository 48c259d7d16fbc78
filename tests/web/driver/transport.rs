use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

/// A transport that takes down what it is given, and leaves the answers to the test.
pub(crate) struct Transport {
    sends: Rc<RefCell<Vec<Send>>>,
    pub(crate) function: JsValue,
}

struct Send {
    url: String,
    /// `None` once it is answered.
    open: Option<(Function, Function)>,
}

impl Transport {
    pub(crate) fn new() -> Transport {
        let sends: Rc<RefCell<Vec<Send>>> = Rc::default();
        let taken = Rc::clone(&sends);
        let function = Closure::<dyn Fn(JsValue) -> Promise>::new(move |input: JsValue| {
            Promise::new(&mut |resolve, reject| {
                let url = input.as_string().unwrap_or_default();
                taken.borrow_mut().push(Send { url, open: Some((resolve, reject)) });
            })
        });
        Transport { sends, function: function.into_js_value() }
    }

    /// The paths of everything sent so far.
    pub(crate) fn sent(&self) -> Vec<String> {
        let path = |send: &Send| send.url.replace(super::BASE, "");
        self.sends.borrow().iter().map(path).collect()
    }

    /// Answers the oldest send to this path that has no answer yet.
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
        let url = [super::BASE, path].concat();
        let mut sends = self.sends.borrow_mut();
        let open = sends.iter_mut().filter(|send| send.url == url).find_map(|send| send.open.take());
        open.unwrap_or_else(|| panic!("{path} is not on the wire"))
    }
}
