//! The limits and answers in an infrastructure template.

mod limits;
mod open_api;
mod responses;

use super::api::Api;
use super::cloud_formation::{CloudFormation, Place};
use super::gateway_responses::GatewayResponses;
use crate::answer::RetryAfter;
use crate::policy::{StageLimits, UsagePlan};

/// The limits and refusals of a CloudFormation template, so that the mock has those of the real gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The usage plan.
    pub plan: UsagePlan,
    /// The limits of the stage.
    pub stage: StageLimits,
    /// The methods of the API, if the template has an OpenAPI document.
    pub api: Option<Api>,
    /// The `Retry-After` of the gateway response `THROTTLED`.
    pub retry_after: RetryAfter,
    /// All gateway responses; `None` without a template.
    pub responses: Option<GatewayResponses>,
}

/// The mistakes that a template can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The text is neither YAML nor JSON.
    #[error("not YAML: {0}")]
    Malformed(String),
    /// The template has no usage plan with a throttle.
    #[error("there is no AWS::ApiGateway::UsagePlan with a Throttle in it")]
    NoUsagePlan,
    /// A value is invalid, or known only to a deployment.
    #[error("{key}: {value}: {reason}")]
    Invalid {
        /// The property.
        key: String,
        /// The value as written, or "absent".
        value: String,
        /// The reason.
        reason: String,
    },
}

impl Template {
    /// Reads a template in YAML or JSON. References to parameters are resolved to their defaults.
    ///
    /// With the name of a stage, reads that stage and its plan. Without a name, reads the first of each.
    ///
    /// # Errors
    /// The template has no such stage or no usage plan, or its limits or answers are invalid.
    pub fn read(text: &str, stage: Option<&str>) -> Result<Template, TemplateError> {
        let template = CloudFormation::parse(text).map_err(TemplateError::Malformed)?;
        let stage =
            stage.map_or_else(|| Ok(stages(&template).next()), |name| named(&template, name).map(Some))?;
        let plan = limits::plan_for(&template, stage).ok_or(TemplateError::NoUsagePlan)?;
        let document = open_api::document(&template, stage.map(|stage| stage.properties));
        let (responses, retry_after) = responses::read(&template, document)?;
        Ok(Template {
            plan: limits::of_plan(plan)?,
            stage: stage.map(|stage| limits::of_stage(stage.properties)).transpose()?.unwrap_or_default(),
            api: document.map(open_api::read).transpose()?,
            retry_after,
            responses: Some(responses),
        })
    }
}

/// A stage in a template.
#[derive(Debug, Clone, Copy)]
struct Stage<'a> {
    /// The logical id in the template.
    id: &'a str,
    /// The deployed name, if it is known.
    name: Option<&'a str>,
    properties: Place<'a>,
    /// Whether the caller chose the stage by its name.
    is_chosen: bool,
}

fn stages<'a>(template: &'a CloudFormation<'a>) -> impl Iterator<Item = Stage<'a>> {
    template.resources("AWS::ApiGateway::Stage").map(|(id, properties)| {
        let name = properties.get("StageName").and_then(Place::text);
        Stage { id, name, properties, is_chosen: false }
    })
}

fn named<'a>(template: &'a CloudFormation<'a>, name: &str) -> Result<Stage<'a>, TemplateError> {
    let stage = stages(template).find(|stage| stage.name == Some(name));
    stage.map(|stage| Stage { is_chosen: true, ..stage }).ok_or_else(|| {
        let there: Vec<_> = stages(template).filter_map(|stage| stage.name).collect();
        let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
        invalid("StageName", name, format!("no stage is called that; there is {there}"))
    })
}

fn invalid(key: &str, value: impl Into<String>, reason: impl Into<String>) -> TemplateError {
    TemplateError::Invalid { key: key.to_owned(), value: value.into(), reason: reason.into() }
}
