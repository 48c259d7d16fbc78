#![cfg(not(target_arch = "wasm32"))]
//! The reading of a server's answer: the delay, the remaining requests, throttle or quota.
//!
//! The values come from RFC 9110, the drafts, and real servers.

mod headers {
    mod given;

    mod advice;
    mod any_input;
    mod classify;
    mod classify_body;
    mod http_date;
    mod peers;
    mod rate_limit_draft_11;
    mod rate_limit_older_drafts;
    mod rate_limit_structured;
    mod rate_limit_vendors;
    mod retry_after;
}
