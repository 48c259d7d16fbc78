//! The gateway responses that a template configures.

use super::request_id::{EXTENDED_REQUEST_ID, REQUEST_ID};
use crate::answer::GatewayResponse;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use std::collections::HashMap;

/// The configuration of each of Amazon's response types. Types are not merged: a default applies only to types
/// without an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatewayResponses(HashMap<String, Setup>);

/// The configuration of one response type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Setup {
    /// Replaces Amazon's status.
    pub(super) status: Option<StatusCode>,
    /// Headers in addition to Amazon's.
    pub(super) headers: HeaderMap,
    /// Replaces Amazon's body; may contain Amazon's variables.
    pub(super) body: Option<String>,
}

impl GatewayResponses {
    pub(super) fn insert(&mut self, response_type: &str, setup: Setup) {
        self.0.insert(response_type.to_owned(), setup);
    }

    /// The configuration for this answer, if any.
    pub(super) fn of(&self, refusal: GatewayResponse) -> Option<&Setup> {
        let default = if refusal.status() < 500 { "DEFAULT_4XX" } else { "DEFAULT_5XX" };
        self.0.get(refusal.response_type()).or_else(|| self.0.get(default))
    }

    /// The `Retry-After` of an answer, if its configuration has one.
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
        // The longer name comes first if a name is a prefix of another.
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

/// Whether a header is one of CORS.
pub(super) fn is_cors(name: &HeaderName) -> bool {
    name.as_str().starts_with("access-control-")
}
