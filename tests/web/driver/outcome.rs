use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;

/// What has become of a call so far.
#[derive(Clone, Default)]
pub(crate) struct Outcome(Rc<RefCell<Vec<Result<JsValue, JsValue>>>>);

impl Outcome {
    pub(crate) fn of(promise: &Promise) -> Outcome {
        let outcome = Outcome::default();
        let (resolved, rejected) = (outcome.clone(), outcome.clone());
        let resolved = Closure::once(move |value| resolved.0.borrow_mut().push(Ok(value)));
        let rejected = Closure::once(move |error| rejected.0.borrow_mut().push(Err(error)));
        let _ = promise.then2(&resolved, &rejected);
        resolved.forget();
        rejected.forget();
        outcome
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// What it resolved with.
    pub(crate) fn value(&self) -> JsValue {
        match self.0.borrow().first() {
            Some(Ok(value)) => value.clone(),
            Some(Err(error)) => panic!("rejected with {error:?}"),
            None => panic!("still pending"),
        }
    }

    /// The status of the answer that it resolved with.
    pub(crate) fn status(&self) -> f64 {
        get(&self.value(), "status").as_f64().unwrap()
    }

    /// What it rejected with.
    pub(crate) fn error(&self) -> JsValue {
        match self.0.borrow().first() {
            Some(Err(error)) => error.clone(),
            Some(Ok(value)) => panic!("resolved with {value:?}"),
            None => panic!("still pending"),
        }
    }

    /// The name of the error that it rejected with.
    pub(crate) fn error_name(&self) -> String {
        get(&self.error(), "name").as_string().unwrap()
    }
}

/// A member of an object.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}
