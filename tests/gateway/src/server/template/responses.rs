//! The gateway responses in a template.

use super::{TemplateError, invalid};
use crate::answer::{GatewayResponse, RetryAfter};
use crate::server::cloud_formation::{CloudFormation, Place};
use crate::server::gateway_responses::{GatewayResponses, Setup};
use axum::http::{HeaderName, HeaderValue, StatusCode};

/// What a header's key begins with.
const HEADER: &str = "gatewayresponse.header.";

/// What the value of a header begins with that is not static. What is in a request or a stage is not imitated.
const MAPPED: [&str; 3] = ["method.request.", "context.", "stageVariables."];

/// All of them, and the `Retry-After` of `THROTTLED`.
pub(super) fn read(template: &CloudFormation<'_>) -> Result<(GatewayResponses, RetryAfter), TemplateError> {
    let mut responses = GatewayResponses::default();
    for (_, response) in template.resources("AWS::ApiGateway::GatewayResponse") {
        if let Some(response_type) = response.get("ResponseType").and_then(Place::text) {
            responses.insert(response_type, setup(response)?);
        }
    }
    let retry_after = match responses.retry_after(GatewayResponse::Throttled) {
        None => RetryAfter::None,
        Some(value) => RetryAfter::Seconds(value.parse().map_err(|_| {
            invalid(&format!("{HEADER}Retry-After"), format!("'{value}'"), "not a number of seconds")
        })?),
    };
    Ok((responses, retry_after))
}

fn setup(response: Place<'_>) -> Result<Setup, TemplateError> {
    let mut setup = Setup::default();
    if response.get("StatusCode").is_some() {
        let status = response.get("StatusCode").and_then(Place::whole_number);
        let status = status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
        let value = response.written("StatusCode");
        setup.status = Some(status.ok_or_else(|| invalid("StatusCode", value, "no status of HTTP"))?);
    }
    if let Some(parameters) = response.get("ResponseParameters") {
        for (key, value) in parameters.entries() {
            let Some(name) = key.strip_prefix(HEADER) else { continue };
            let text = value.text().unwrap_or_default();
            if MAPPED.iter().any(|mapped| text.starts_with(mapped)) {
                continue;
            }
            let value =
                text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).ok_or_else(|| {
                    let reason = "a static value is in single quotes of its own, such as \"'1'\"";
                    invalid(key, parameters.written(key), reason)
                })?;
            let no_header = || invalid(key, text, "no header of HTTP");
            let name = HeaderName::try_from(name).map_err(|_| no_header())?;
            setup.headers.insert(name, HeaderValue::try_from(value).map_err(|_| no_header())?);
        }
    }
    let body = response.get("ResponseTemplates").and_then(|templates| templates.get("application/json"));
    setup.body = body.and_then(Place::text).map(str::to_owned);
    Ok(setup)
}
