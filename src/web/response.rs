use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::headers::Fields;

#[wasm_bindgen]
extern "C" {
    /// Anything that answers for a `Response`: a transport may make up its own.
    pub type Answer;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn headers(this: &Answer) -> Result<AnswerHeaders, JsValue>;

    pub type AnswerHeaders;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &AnswerHeaders, name: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = String)]
    fn text_of(value: &JsValue) -> Result<String, JsValue>;
}

thread_local! {
    /// The names of fields, as JavaScript has them: some are looked for in every answer, and to make a string of one
    /// takes as long as to look for it.
    static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// The header fields of an answer, as far as the page may read them.
impl Fields for AnswerHeaders {
    fn get(&self, name: &'static str) -> Option<String> {
        let value = AnswerHeaders::get(self, &interned(name)).ok()?;
        // Headers that somebody made up may hold numbers.
        if value.is_null() || value.is_undefined() { None } else { text_of(&value).ok() }
    }
}

/// An answer without headers.
impl Fields for Option<AnswerHeaders> {
    fn get(&self, name: &'static str) -> Option<String> {
        Fields::get(self.as_ref()?, name)
    }
}

fn interned(name: &'static str) -> JsValue {
    NAMES.with_borrow_mut(|names| {
        // There are some fifteen, each of them one place in memory.
        if let Some((_, known)) = names.iter().find(|(known, _)| std::ptr::eq(*known, name)) {
            return known.clone();
        }
        let text = JsValue::from_str(name);
        names.push((name, text.clone()));
        text
    })
}
