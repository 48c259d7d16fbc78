//! The OpenAPI document in a template: the `Body` of its `AWS::ApiGateway::RestApi`, with Amazon's extensions.

use super::{TemplateError, invalid};
use crate::policy::Resources;
use crate::server::api::{ANY, Api, Integration, Mock, Operation};
use crate::server::cloud_formation::{CloudFormation, Place};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

const ANY_METHOD: &str = "x-amazon-apigateway-any-method";
const INTEGRATION: &str = "x-amazon-apigateway-integration";
const VERBS: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// The prefix of a header's key.
const HEADER: &str = "method.response.header.";

/// The document of the stage's API, otherwise the first document.
pub(super) fn document<'a>(template: &'a CloudFormation<'a>, stage: Option<Place<'a>>) -> Option<Place<'a>> {
    let named = stage.and_then(|stage| stage.reference("RestApiId"));
    let mut apis = template.resources("AWS::ApiGateway::RestApi");
    apis.find(|(id, _)| named.is_none_or(|named| named == *id))?.1.get("Body")
}

/// Reads the methods of a document.
pub(super) fn read(document: Place<'_>) -> Result<Api, TemplateError> {
    let mut api = Api::default();
    for (path, item) in document.get("paths").into_iter().flat_map(Place::entries) {
        if !path.starts_with('/') {
            return Err(invalid("paths", path, "a path begins with a slash"));
        }
        for (name, operation) in item.entries() {
            let verb = match name {
                ANY_METHOD => ANY.to_owned(),
                name if VERBS.contains(&name) => name.to_ascii_uppercase(),
                _ => continue,
            };
            api.insert(path, &verb, read_operation(document, &format!("paths.{path}.{name}"), operation)?);
        }
    }
    Resources::new(api.resources()).map_err(|error| {
        invalid("paths", format!("{}, {}", error.first, error.second), "the same to a caller")
    })?;
    Ok(api)
}

fn read_operation(document: Place<'_>, key: &str, place: Place<'_>) -> Result<Operation, TemplateError> {
    let mut operation = Operation { integration: integration(key, place)?, ..Operation::PREFLIGHT };
    // Both forms require all schemes: one list element with several, or several elements.
    let requirements = place.get("security").into_iter().flat_map(Place::elements).flat_map(Place::entries);
    for (name, _) in requirements {
        let schemes = document.get("components").and_then(|components| components.get("securitySchemes"));
        let scheme = schemes.and_then(|schemes| schemes.get(name));
        let scheme = scheme
            .ok_or_else(|| invalid(&format!("{key}.security"), name, "there is no such security scheme"))?;
        if is_key(scheme) {
            operation.needs_key = true;
        } else {
            operation.asks_authorizer = true;
        }
    }
    Ok(operation)
}

fn is_key(scheme: Place<'_>) -> bool {
    let has = |name| scheme.get(name).is_some();
    let name = scheme.get("name").and_then(Place::text).unwrap_or_default();
    name.eq_ignore_ascii_case("x-api-key")
        && !has("x-amazon-apigateway-authtype")
        && !has("x-amazon-apigateway-authorizer")
}

fn integration(key: &str, operation: Place<'_>) -> Result<Integration, TemplateError> {
    let integration = operation.get(INTEGRATION);
    let is_mock = |kind: &str| kind.eq_ignore_ascii_case("mock");
    let is_mock = integration.and_then(|it| it.get("type")?.text()).is_some_and(is_mock);
    let Some(integration) = integration.filter(|_| is_mock) else { return Ok(Integration::Backend) };
    let answer = integration.get("responses").and_then(|responses| responses.get("default"));
    let key = format!("{key}.{INTEGRATION}.responses.default");
    let answer =
        answer.ok_or_else(|| invalid(&key, "absent", "a method without a backend needs a static answer"))?;
    Ok(Integration::Mock(Mock { status: status(&key, answer)?, headers: headers(&key, answer)? }))
}

fn status(key: &str, answer: Place<'_>) -> Result<StatusCode, TemplateError> {
    let code = answer.get("statusCode").and_then(Place::whole_number);
    let status = code.and_then(|code| StatusCode::from_u16(u16::try_from(code).ok()?).ok());
    status.ok_or_else(|| {
        invalid(&format!("{key}.statusCode"), answer.written("statusCode"), "no status of HTTP")
    })
}

/// The static headers.
fn headers(key: &str, answer: Place<'_>) -> Result<HeaderMap, TemplateError> {
    let mut headers = HeaderMap::new();
    for (name, value) in answer.get("responseParameters").into_iter().flat_map(Place::entries) {
        let value = value.text().unwrap_or_default();
        let Some(text) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) else { continue };
        let no_header = || invalid(&format!("{key}.responseParameters.{name}"), value, "no header of HTTP");
        let name = name.strip_prefix(HEADER).ok_or_else(no_header)?;
        headers.insert(
            HeaderName::try_from(name).map_err(|_| no_header())?,
            HeaderValue::try_from(text).map_err(|_| no_header())?,
        );
    }
    Ok(headers)
}
