//! Decides which requests pass, and when. It has no clock, socket or randomness: time is an argument.

mod buckets;
mod client;
mod decision;
mod limits;
mod method;
mod order;
mod quota;
mod rate;
mod rate_limit_policy;
mod resources;
mod throttle;
mod time;

pub use client::{ApiKeys, Client};
pub use decision::{Decision, Limit};
pub use limits::{StageLimits, UsagePlan};
pub use method::{Method, MethodError};
pub use order::{Check, Order, OrderError};
pub use quota::{Period, Quota, QuotaError};
pub use rate::{Rate, RateError};
pub use rate_limit_policy::RateLimitPolicy;
pub use resources::{ResourceError, Resources};
pub use throttle::{Throttle, ThrottleError, ThrottleTextError};
pub use time::{Instant, WallTime};
