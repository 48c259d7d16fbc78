//! The limits in a template.

use super::{Stage, TemplateError, invalid};
use crate::policy::{Method, Period, Quota, Rate, StageLimits, Throttle, UsagePlan};
use crate::server::cloud_formation::{CloudFormation, Place};
use std::fmt::Display;

/// The usage plan of a chosen stage, otherwise the first plan.
pub(super) fn plan_for<'a>(template: &'a CloudFormation<'a>, stage: Option<Stage<'_>>) -> Option<Place<'a>> {
    let chosen = stage.filter(|stage| stage.is_chosen);
    let mut plans = template.resources("AWS::ApiGateway::UsagePlan").map(|(_, plan)| plan);
    plans.find(|plan| chosen.is_none_or(|stage| is_for(*plan, stage)))
}

/// Whether a plan names the stage, by reference or by its deployed name.
fn is_for(plan: Place<'_>, stage: Stage<'_>) -> bool {
    plan.get("ApiStages").into_iter().flat_map(Place::elements).any(|named| {
        let is_called_so =
            named.get("Stage").and_then(Place::text).is_some_and(|name| stage.name == Some(name));
        named.reference("Stage") == Some(stage.id) || is_called_so
    })
}

pub(super) fn of_plan(properties: Place<'_>) -> Result<UsagePlan, TemplateError> {
    let limit = properties.get("Throttle").ok_or(TemplateError::NoUsagePlan)?;
    let mut plan = UsagePlan::new(throttle(limit, "RateLimit", "BurstLimit")?);
    plan.quota = properties.get("Quota").map(quota).transpose()?;
    let stages = properties.get("ApiStages").into_iter().flat_map(Place::elements);
    for (path, limit) in stages.filter_map(|stage| stage.get("Throttle")).flat_map(Place::entries) {
        // Keys have the form /path/METHOD.
        let method = path.rsplit_once('/').map(|(resource, verb)| format!("{verb} {resource}"));
        let method = method.unwrap_or_default().parse::<Method>();
        plan.methods.insert(
            method.map_err(|error| invalid("ApiStages", path, error.to_string()))?,
            throttle(limit, "RateLimit", "BurstLimit")?,
        );
    }
    Ok(plan)
}

pub(super) fn of_stage(properties: Place<'_>) -> Result<StageLimits, TemplateError> {
    let mut limits = StageLimits::default();
    for setting in properties.get("MethodSettings").into_iter().flat_map(Place::elements) {
        if setting.get("ThrottlingRateLimit").is_none() {
            continue;
        }
        let limit = throttle(setting, "ThrottlingRateLimit", "ThrottlingBurstLimit")?;
        let text = |name| setting.get(name).and_then(Place::text).unwrap_or_default();
        match (text("ResourcePath"), text("HttpMethod")) {
            ("/*", "*") => limits.throttle = Some(limit),
            (path, verb) => {
                // All slashes of a path but the first are written ~1.
                let method = format!("{verb} /{}", path.replace("~1", "/").trim_start_matches('/'));
                let method = method
                    .parse::<Method>()
                    .map_err(|error| invalid("MethodSettings", method, error.to_string()))?;
                limits.methods.insert(method, limit);
            }
        }
    }
    Ok(limits)
}

fn quota(properties: Place<'_>) -> Result<Quota, TemplateError> {
    let limit = whole_number(properties, "Limit", "Quota.Limit")?;
    let period = match properties.get("Period").and_then(Place::text) {
        Some("DAY") => Period::Day,
        Some("WEEK") => Period::Week,
        Some("MONTH") => Period::Month,
        _ => return Err(invalid("Quota.Period", properties.written("Period"), "DAY, WEEK or MONTH")),
    };
    Ok(Quota { limit, period })
}

fn throttle(limit: Place<'_>, rate: &str, burst: &str) -> Result<Throttle, TemplateError> {
    let of = |key, error: &dyn Display| invalid(key, limit.written(key), error.to_string());
    let per_second = limit.get(rate).and_then(Place::number).ok_or_else(|| of(rate, &NO_NUMBER))?;
    let per_second = Rate::per_second(per_second).map_err(|error| of(rate, &error))?;
    Throttle::new(per_second, whole_number(limit, burst, burst)?).map_err(|error| of(burst, &error))
}

fn whole_number(of: Place<'_>, property: &str, key: &str) -> Result<u32, TemplateError> {
    let number = of.get(property).and_then(Place::whole_number);
    number.ok_or_else(|| invalid(key, of.written(property), NO_WHOLE_NUMBER))
}

const NO_NUMBER: &str = "not a number, nor a parameter with one for its default";
const NO_WHOLE_NUMBER: &str = "not a whole number from 0 on, nor a parameter with one for its default";
