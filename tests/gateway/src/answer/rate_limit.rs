//! The fields that say how much is left: `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-11
//! has them. Amazon sends neither.

use super::retry_after::ceil_secs;
use crate::policy::{Decision, Limit, Period, Quota, Throttle};

/// The value of `RateLimit-Policy`: the bucket, as so many requests (`q`) in the seconds in which it refills (`w`),
/// and the quota.
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

/// The value of `RateLimit`: what is left (`r`), and the seconds until there is more (`t`). A request that the stage
/// refused learns nothing about its client's bucket, and gets none.
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
