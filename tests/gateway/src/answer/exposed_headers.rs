//! The value of `access-control-expose-headers`.

/// The headers that a page of another origin may read, besides the safelisted ones.
pub const EXPOSED_HEADERS: [&str; 7] = [
    "retry-after",
    "date",
    "x-amzn-requestid",
    "x-amzn-errortype",
    "x-amz-apigw-id",
    "ratelimit",
    "ratelimit-policy",
];
