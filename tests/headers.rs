#![cfg(not(target_arch = "wasm32"))]
//! What is understood of a server's answer: how long to wait, how much remains, throttle or quota.
//!
//! The values are those of RFC 9110, of the drafts, and of servers met in the wild.

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
