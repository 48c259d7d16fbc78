//! Reads the header fields of a response, and the body of a 429.
//!
//! Values come in, values go out: no clock, no JavaScript, nothing that can panic. A malformed field counts as absent, and
//! the caller backs off.

mod advice;
mod classify;
mod cursor;
mod decimal;
mod fields;
pub mod http_date;
mod rate_limit;
mod retry_after;
mod server_clock;
mod structured_field;

pub use advice::{Advice, Source, requested_delay};
pub use classify::{Class, classify, classify_body};
pub use fields::Fields;
pub use rate_limit::{RateLimit, rate_limit};
pub use retry_after::{LONGEST, retry_after};
