//! The gateway's refusals: exact bodies and header values, as pure values.

mod exposed_headers;
mod gateway_response;
mod rate_limit;
mod retry_after;

pub use exposed_headers::EXPOSED_HEADERS;
pub use gateway_response::GatewayResponse;
pub use rate_limit::{rate_limit, rate_limit_policy};
pub use retry_after::{RetryAfter, RetryAfterError};
