use api_service_client::time::Span;

/// What the `RateLimit` and `RateLimit-Policy` fields of an answer say (draft-ietf-httpapi-ratelimit-headers-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// `q`: how many requests a window holds.
    pub quota: u32,
    /// `w`: how long it is.
    pub window: Span,
    /// `r`: how many are left.
    pub remaining: u32,
    /// `t`: whole seconds until there are `quota` again.
    pub resets_in: Span,
}
