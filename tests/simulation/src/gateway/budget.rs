//! The RateLimit fields of an answer.

use api_service_client::time::Span;

/// The contents of the `RateLimit` and `RateLimit-Policy` fields (draft-ietf-httpapi-ratelimit-headers-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// `q`: the requests of a window.
    pub quota: u32,
    /// `w`: the length of the window.
    pub window: Span,
    /// `r`: the remaining requests.
    pub remaining: u32,
    /// `t`: whole seconds until `quota` requests are available again.
    pub resets_in: Span,
}
