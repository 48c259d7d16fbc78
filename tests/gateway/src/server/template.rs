//! What an infrastructure template says about throttling.

use super::cloud_formation::{CloudFormation, Place};
use crate::answer::RetryAfter;
use crate::policy::{Method, Period, Quota, Rate, StageLimits, Throttle, UsagePlan};
use std::collections::HashMap;

/// The limits of a CloudFormation template and how it words a refusal, so that a mock has those of the real gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Of the first `AWS::ApiGateway::UsagePlan`.
    pub plan: UsagePlan,
    /// Of the first `AWS::ApiGateway::Stage`.
    pub stage: StageLimits,
    /// Of the gateway response `THROTTLED`.
    pub retry_after: RetryAfter,
    /// Whether the gateway response `THROTTLED` has CORS.
    pub error_cors: bool,
}

/// What a template lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Neither YAML nor JSON.
    #[error("not YAML: {0}")]
    Malformed(String),
    /// Nothing to learn from.
    #[error("there is no AWS::ApiGateway::UsagePlan with a Throttle in it")]
    NoUsagePlan,
    /// A value that is absent, not a number, or known only once deployed.
    #[error("{0}: not a number, or a reference to a parameter without a default")]
    NoNumber(&'static str),
    /// A value that is none.
    #[error("{name}: {reason}")]
    Invalid {
        /// Of which property.
        name: &'static str,
        /// Why.
        reason: String,
    },
}

impl Template {
    /// Reads a template in YAML or JSON. References to parameters stand for their defaults.
    ///
    /// # Errors
    /// One without a usage plan, or with limits that are none.
    pub fn read(text: &str) -> Result<Template, TemplateError> {
        let template = CloudFormation::parse(text).map_err(TemplateError::Malformed)?;
        let plan =
            template.resources("AWS::ApiGateway::UsagePlan").next().ok_or(TemplateError::NoUsagePlan)?;
        let stage = template.resources("AWS::ApiGateway::Stage").next();
        let refusal = refusal(&template);
        Ok(Template {
            plan: usage_plan(plan)?,
            stage: stage.map(stage_limits).transpose()?.unwrap_or_default(),
            retry_after: refusal.map_or(Ok(RetryAfter::None), retry_after)?,
            error_cors: refusal.is_some_and(|headers| headers.get(ALLOW_ORIGIN).is_some()),
        })
    }
}

const ALLOW_ORIGIN: &str = "gatewayresponse.header.Access-Control-Allow-Origin";
const RETRY_AFTER: &str = "gatewayresponse.header.Retry-After";

fn usage_plan(properties: Place<'_>) -> Result<UsagePlan, TemplateError> {
    let limit = properties.get("Throttle").ok_or(TemplateError::NoUsagePlan)?;
    let mut plan = UsagePlan::new(throttle(limit, "RateLimit", "BurstLimit")?);
    plan.quota = properties.get("Quota").map(quota).transpose()?;
    let stages = properties.get("ApiStages").into_iter().flat_map(Place::elements);
    for (path, limit) in stages.filter_map(|stage| stage.get("Throttle")).flat_map(Place::entries) {
        // Keys are /path/METHOD.
        let method = path.rsplit_once('/').map(|(resource, verb)| format!("{verb} {resource}"));
        plan.methods.insert(
            named("ApiStages", method.unwrap_or_default().parse())?,
            throttle(limit, "RateLimit", "BurstLimit")?,
        );
    }
    Ok(plan)
}

fn stage_limits(properties: Place<'_>) -> Result<StageLimits, TemplateError> {
    let mut limits = StageLimits { throttle: None, methods: HashMap::new() };
    for setting in properties.get("MethodSettings").into_iter().flat_map(Place::elements) {
        if setting.get("ThrottlingRateLimit").is_none() {
            continue;
        }
        let limit = throttle(setting, "ThrottlingRateLimit", "ThrottlingBurstLimit")?;
        let text = |name| setting.get(name).and_then(Place::text).unwrap_or_default();
        match (text("ResourcePath"), text("HttpMethod")) {
            ("/*", "*") => limits.throttle = Some(limit),
            (path, verb) => {
                // A path's slashes are written ~1, all but the first.
                let path = path.replace("~1", "/");
                let method = format!("{verb} /{}", path.trim_start_matches('/'));
                limits.methods.insert(named::<Method, _>("MethodSettings", method.parse())?, limit);
            }
        }
    }
    Ok(limits)
}

/// The headers of the gateway response that answers a throttled request. Responses are not merged: the default for
/// all 4XX counts only where there is none for `THROTTLED`.
fn refusal<'a>(template: &'a CloudFormation<'a>) -> Option<Place<'a>> {
    let of = |kind| {
        let mut responses = template.resources("AWS::ApiGateway::GatewayResponse");
        responses.find(|response| response.get("ResponseType").and_then(Place::text) == Some(kind))
    };
    of("THROTTLED").or_else(|| of("DEFAULT_4XX"))?.get("ResponseParameters")
}

fn retry_after(headers: Place<'_>) -> Result<RetryAfter, TemplateError> {
    let Some(value) = headers.get(RETRY_AFTER) else { return Ok(RetryAfter::None) };
    let quoted = value.text().unwrap_or_default();
    let seconds = quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).map(str::parse);
    match seconds {
        Some(Ok(seconds)) => Ok(RetryAfter::Seconds(seconds)),
        _ => Err(TemplateError::Invalid {
            name: RETRY_AFTER,
            reason: "a static value is in single quotes of its own, such as \"'1'\"".to_owned(),
        }),
    }
}

fn quota(properties: Place<'_>) -> Result<Quota, TemplateError> {
    let limit = properties
        .get("Limit")
        .and_then(Place::whole_number)
        .ok_or(TemplateError::NoNumber("Quota.Limit"))?;
    let period = match properties.get("Period").and_then(Place::text) {
        Some("DAY") => Period::Day,
        Some("WEEK") => Period::Week,
        Some("MONTH") => Period::Month,
        _ => {
            let reason = "DAY, WEEK or MONTH".to_owned();
            return Err(TemplateError::Invalid { name: "Quota.Period", reason });
        }
    };
    Ok(Quota { limit, period })
}

fn throttle(limit: Place<'_>, rate: &'static str, burst: &'static str) -> Result<Throttle, TemplateError> {
    let per_second = limit.get(rate).and_then(Place::number).ok_or(TemplateError::NoNumber(rate))?;
    let tokens = limit.get(burst).and_then(Place::whole_number).ok_or(TemplateError::NoNumber(burst))?;
    named(burst, Throttle::new(named(rate, Rate::per_second(per_second))?, tokens))
}

fn named<T, E: std::fmt::Display>(name: &'static str, result: Result<T, E>) -> Result<T, TemplateError> {
    result.map_err(|error| TemplateError::Invalid { name, reason: error.to_string() })
}
