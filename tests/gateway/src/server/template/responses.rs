//! The gateway responses in a template.

use super::{TemplateError, invalid};
use crate::answer::{GatewayResponse, RetryAfter};
use crate::server::cloud_formation::{CloudFormation, Place};
use crate::server::gateway_responses::{GatewayResponses, Setup};
use axum::http::{HeaderName, HeaderValue, StatusCode};

/// The prefix of a header's key.
const HEADER: &str = "gatewayresponse.header.";

/// The prefixes of a header value that is not static. The mock does not imitate values from the request or the stage.
const MAPPED: [&str; 3] = ["method.request.", "context.", "stageVariables."];

/// The key in an OpenAPI document, by response type.
const RESPONSES: &str = "x-amazon-apigateway-gateway-responses";

/// The names of its parts.
#[derive(Debug, Clone, Copy)]
struct Names {
    status: &'static str,
    headers: &'static str,
    bodies: &'static str,
}

const IN_RESOURCE: Names =
    Names { status: "StatusCode", headers: "ResponseParameters", bodies: "ResponseTemplates" };
const IN_DOCUMENT: Names =
    Names { status: "statusCode", headers: "responseParameters", bodies: "responseTemplates" };

/// Reads all gateway responses, inside or beside the OpenAPI document, and the `Retry-After` of `THROTTLED`.
pub(super) fn read(
    template: &CloudFormation<'_>,
    document: Option<Place<'_>>,
) -> Result<(GatewayResponses, RetryAfter), TemplateError> {
    let mut responses = GatewayResponses::default();
    for (_, response) in template.resources("AWS::ApiGateway::GatewayResponse") {
        if let Some(response_type) = response.get("ResponseType").and_then(Place::text) {
            responses.insert(response_type, setup(response, IN_RESOURCE)?);
        }
    }
    let documented = document.and_then(|document| document.get(RESPONSES));
    for (response_type, response) in documented.into_iter().flat_map(Place::entries) {
        responses.insert(response_type, setup(response, IN_DOCUMENT)?);
    }
    let retry_after = match responses.retry_after(GatewayResponse::Throttled) {
        None => RetryAfter::None,
        Some(value) => RetryAfter::Seconds(value.parse().map_err(|_| {
            invalid(&format!("{HEADER}Retry-After"), format!("'{value}'"), "not a number of seconds")
        })?),
    };
    Ok((responses, retry_after))
}

fn setup(response: Place<'_>, names: Names) -> Result<Setup, TemplateError> {
    let mut setup = Setup::default();
    if response.get(names.status).is_some() {
        let status = response.get(names.status).and_then(Place::whole_number);
        let status = status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
        let value = response.written(names.status);
        setup.status = Some(status.ok_or_else(|| invalid(names.status, value, "no status of HTTP"))?);
    }
    if let Some(parameters) = response.get(names.headers) {
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
    let body = response.get(names.bodies).and_then(|templates| templates.get("application/json"));
    setup.body = body.and_then(Place::text).map(str::to_owned);
    Ok(setup)
}
