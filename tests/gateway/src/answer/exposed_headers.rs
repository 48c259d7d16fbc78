/// What an answer lets a page of another origin read, beyond the safelisted headers.
pub const EXPOSED_HEADERS: [&str; 7] = [
    "retry-after",
    "date",
    "x-amzn-requestid",
    "x-amzn-errortype",
    "x-amz-apigw-id",
    "ratelimit",
    "ratelimit-policy",
];
