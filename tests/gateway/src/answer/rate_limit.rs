//! The header fields `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-11.
//!
//! Amazon sends neither.

use super::retry_after::ceil_secs;
use crate::policy::{Decision, Limit, Period, Quota, Throttle};

/// The value of `RateLimit-Policy`: the quota, and the bucket with its capacity (`q`) and its refill time in seconds
/// (`w`).
#[must_use]
pub fn rate_limit_policy(bucket: Throttle, quota: Option<Quota>) -> String {
    let refill = bucket.rate().interval().map(|interval| interval.saturating_mul(bucket.burst()));
    let window = refill.map(|refill| format!(";w={}", ceil_secs(refill).max(1))).unwrap_or_default();
    let bucket = format!("\"default\";q={}{window}", bucket.burst());
    match quota {
        None => bucket,
        Some(quota) => {
            let window = quota.period.seconds().map(|seconds| format!(";w={seconds}")).unwrap_or_default();
            format!("{bucket},\"{}\";q={}{window}", name(quota.period), quota.limit)
        }
    }
}

/// The value of `RateLimit`: the remaining requests (`r`), and the seconds until the next token (`t`).
///
/// A request refused by the stage gets no field, since the stage says nothing about the client's bucket.
#[must_use]
pub fn rate_limit(decision: Decision, bucket: Throttle, quota: Option<Quota>) -> Option<String> {
    match decision {
        Decision::Admitted { remaining, quota_remaining } => {
            let more = bucket.rate().interval().map(|interval| format!(";t={}", ceil_secs(interval)));
            let bucket = format!("\"default\";r={remaining}{}", more.unwrap_or_default());
            Some(match quota.zip(quota_remaining) {
                None => bucket,
                Some((quota, left)) => format!("{bucket},\"{}\";r={left}", name(quota.period)),
            })
        }
        Decision::Throttled { by: Limit::UsagePlan, next_token_in } => {
            let more = next_token_in.map(|wait| format!(";t={}", ceil_secs(wait))).unwrap_or_default();
            Some(format!("\"default\";r=0{more}"))
        }
        Decision::Throttled { by: Limit::Stage, .. } => None,
        Decision::QuotaExceeded => quota.map(|quota| format!("\"{}\";r=0", name(quota.period))),
    }
}

fn name(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
    }
}
