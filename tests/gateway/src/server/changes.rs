//! The changes that a reset may request.

use super::number_or_text::NumberOrText;
use super::settings::Settings;
use crate::answer::RetryAfter;
use crate::policy::{ApiKeys, Method, Rate, Throttle};
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Duration;

/// The changes that a reset may request. All other settings return to those of the start.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Changes {
    rate: Option<NumberOrText>,
    burst: Option<u32>,
    quota: Option<String>,
    method_limits: Option<HashMap<String, String>>,
    stage_limit: Option<String>,
    stage_method_limits: Option<HashMap<String, String>>,
    rate_limit_fields: Option<bool>,
    retry_after: Option<NumberOrText>,
    order: Option<String>,
    api_keys: Option<Vec<String>>,
    error_cors: Option<bool>,
    latency_ms: Option<u32>,
    jitter_ms: Option<u32>,
}

impl Changes {
    /// Applies the changes to these settings.
    pub(super) fn apply(self, mut settings: Settings) -> Result<Settings, String> {
        let rate = match self.rate {
            None => settings.plan.throttle.rate(),
            Some(NumberOrText::Number(per_second)) => named("rate", Rate::per_second(per_second))?,
            Some(NumberOrText::Text(text)) => named("rate", text.parse())?,
        };
        let burst = self.burst.unwrap_or(settings.plan.throttle.burst());
        settings.plan.throttle = named("burst", Throttle::new(rate, burst))?;
        if let Some(quota) = self.quota {
            settings.plan.quota = Some(named("quota", quota.parse())?);
        }
        if let Some(limits) = self.method_limits {
            settings.plan.methods = by_method("methodLimits", limits)?;
        }
        if let Some(limit) = self.stage_limit {
            settings.stage.throttle = Some(named("stageLimit", limit.parse())?);
        }
        if let Some(limits) = self.stage_method_limits {
            settings.stage.methods = by_method("stageMethodLimits", limits)?;
        }
        if let Some(retry_after) = self.retry_after {
            settings.retry_after = named("retryAfter", retry_after.to_string().parse::<RetryAfter>())?;
        }
        if let Some(order) = self.order {
            settings.order = named("order", order.parse())?;
        }
        if let Some(keys) = self.api_keys {
            settings.api_keys = ApiKeys::new(keys);
        }
        settings.rate_limit_fields = self.rate_limit_fields.unwrap_or(settings.rate_limit_fields);
        settings.error_cors = self.error_cors.unwrap_or(settings.error_cors);
        if let Some(latency) = self.latency_ms {
            settings.delay.latency = Duration::from_millis(latency.into());
        }
        if let Some(jitter) = self.jitter_ms {
            settings.delay.jitter = Duration::from_millis(jitter.into());
        }
        Ok(settings)
    }
}

fn by_method(name: &str, limits: HashMap<String, String>) -> Result<HashMap<Method, Throttle>, String> {
    let parsed = limits
        .into_iter()
        .map(|(method, limit)| Ok((named(name, method.parse())?, named(name, limit.parse())?)));
    parsed.collect()
}

fn named<T, E: std::fmt::Display>(name: &str, result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| format!("{name}: {error}"))
}
