//! How a template sets up the answers that the gateway makes itself.

use super::request_id::{EXTENDED_REQUEST_ID, REQUEST_ID};
use crate::answer::GatewayResponse;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use std::collections::HashMap;

/// What is set up for each of Amazon's response types. Types are not merged: a default counts only for those that
/// nothing is said about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatewayResponses(HashMap<String, Setup>);

/// What is set up for a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Setup {
    /// Over Amazon's own.
    pub(super) status: Option<StatusCode>,
    /// Beside Amazon's own.
    pub(super) headers: HeaderMap,
    /// Over Amazon's own, with Amazon's variables in it.
    pub(super) body: Option<String>,
}

impl GatewayResponses {
    pub(super) fn insert(&mut self, response_type: &str, setup: Setup) {
        self.0.insert(response_type.to_owned(), setup);
    }

    /// What is set up for this answer, if anything.
    pub(super) fn of(&self, refusal: GatewayResponse) -> Option<&Setup> {
        let default = if refusal.status() < 500 { "DEFAULT_4XX" } else { "DEFAULT_5XX" };
        self.0.get(refusal.response_type()).or_else(|| self.0.get(default))
    }

    /// The `Retry-After` of an answer, if it has one.
    #[must_use]
    pub fn retry_after(&self, refusal: GatewayResponse) -> Option<&str> {
        self.of(refusal)?.headers.get(RETRY_AFTER)?.to_str().ok()
    }
}

impl Setup {
    /// The body of an answer with these headers.
    pub(super) fn body(&self, refusal: GatewayResponse, headers: &HeaderMap) -> Option<String> {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut body = self.body.clone()?;
        // The longer name first, where one begins with another.
        for (variable, value) in [
            ("$context.error.messageString", format!("\"{}\"", refusal.message()).as_str()),
            ("$context.error.message", refusal.message()),
            ("$context.error.responseType", refusal.response_type()),
            ("$context.requestId", header(REQUEST_ID)),
            ("$context.extendedRequestId", header(EXTENDED_REQUEST_ID)),
        ] {
            body = body.replace(variable, value);
        }
        Some(body)
    }
}

/// Whether pages of other origins are what a header is about.
pub(super) fn is_cors(name: &HeaderName) -> bool {
    name.as_str().starts_with("access-control-")
}
