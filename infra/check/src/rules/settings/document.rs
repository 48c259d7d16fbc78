//! The OpenAPI document: its names, and what API Gateway does only with one value.

use super::{Setting, Wanted, differing, names, of_resources, one, present, reference};
use crate::mistake::Mistake;
use crate::open_api::{
    GATEWAY_RESPONSES, INTEGRATION, VALIDATOR, VALIDATORS, documents, gateway_responses, operations,
};
use crate::template::Template;

const API: &[Setting] = &[
    one(
        &["Properties", "Name"],
        &["!Ref AWS::StackName"],
        "metrics and alarms ask for it by the stack's name",
    ),
    one(
        &["Properties", "EndpointConfiguration", "Types"],
        &["[REGIONAL]"],
        "a firewall of scope REGIONAL stands before it",
    ),
    one(
        &["Properties", "Parameters", "endpointConfigurationTypes"],
        &["REGIONAL"],
        "an import without it makes the endpoint EDGE",
    ),
];

const DOCUMENT: &[Setting] = &[
    one(&["openapi"], &["3.0.0", "3.0.1", "3.0.2", "3.0.3"], "API Gateway imports OpenAPI 3.0"),
    one(&["info", "title"], &["!Ref AWS::StackName"], "an import gives the API its title for a name"),
    present(&["info", "version"], "OpenAPI asks for it"),
    present(&["paths"], "an API without paths answers nothing"),
    Setting {
        at: &["x-amazon-apigateway-api-key-source"],
        is: Wanted::OneOf(&["HEADER"]),
        because: "clients send their key in x-api-key",
    },
    one(
        &["components", "securitySchemes", "*", "type"],
        &["apiKey"],
        "API Gateway reads keys and tokens from a header",
    ),
    one(
        &["components", "securitySchemes", "*", "in"],
        &["header"],
        "clients send keys and tokens in headers",
    ),
    one(
        &["components", "securitySchemes", "*", "name"],
        &["x-api-key", "Authorization"],
        "clients send these headers",
    ),
    names(
        &[],
        &[
            "openapi",
            "info",
            "servers",
            "tags",
            "paths",
            "components",
            "security",
            "x-amazon-apigateway-api-key-source",
            VALIDATORS,
            VALIDATOR,
            GATEWAY_RESPONSES,
            "x-amazon-apigateway-policy",
            "x-amazon-apigateway-binary-media-types",
            "x-amazon-apigateway-minimum-compression-size",
            "x-amazon-apigateway-endpoint-configuration",
        ],
        "API Gateway ignores what it does not know, or fails",
    ),
    names(&["info"], &["title", "version", "description"], OPEN_API),
    names(&["components"], &["securitySchemes", "schemas"], OPEN_API),
    names(
        &["components", "securitySchemes", "*"],
        &["type", "name", "in", "description", AUTHTYPE, AUTHORIZER],
        OPEN_API,
    ),
    names(&[VALIDATORS, "*"], &["validateRequestParameters", "validateRequestBody"], OPEN_API),
    names(
        &["paths", "*"],
        &[
            "x-amazon-apigateway-any-method",
            "delete",
            "get",
            "head",
            "options",
            "patch",
            "post",
            "put",
            "parameters",
        ],
        "what is no method is not served",
    ),
];

/// A scheme with an authorizer.
const COGNITO: &[Setting] = &[
    one(&["name"], &["Authorization"], "clients send their token in it"),
    one(&[AUTHTYPE], &["cognito_user_pools"], "a token is one of the user pool"),
    one(&[AUTHORIZER, "type"], &["cognito_user_pools"], "a token is one of the user pool"),
    reference(
        &[AUTHORIZER, "providerARNs", "*"],
        "AWS::Cognito::UserPool",
        "a token is one of the user pool",
    ),
];

const OPERATION: &[Setting] = &[
    names(
        &[],
        &[
            "summary",
            "description",
            "operationId",
            "tags",
            "parameters",
            "requestBody",
            "responses",
            "security",
            INTEGRATION,
            VALIDATOR,
            "x-amazon-apigateway-auth",
        ],
        OPEN_API,
    ),
    present(&["security"], "an operation says what its callers show, if only nothing"),
    present(&["responses"], OPEN_API),
    names(
        &["responses"],
        &["default", "200", "201", "202", "204"],
        "a response is for a status, or for all others",
    ),
    present(&["responses", "*", "description"], OPEN_API),
    names(&["responses", "*"], &["description", "headers", "content"], OPEN_API),
    names(&["responses", "*", "headers", "*"], &["description", "schema"], OPEN_API),
    names(
        &[INTEGRATION],
        &[
            "type",
            "httpMethod",
            "uri",
            "passthroughBehavior",
            "requestParameters",
            "requestTemplates",
            "responses",
            "timeoutInMillis",
            "connectionType",
            "connectionId",
            "credentials",
            "contentHandling",
            "cacheNamespace",
            "cacheKeyParameters",
            "tlsConfig",
        ],
        OPEN_API,
    ),
    names(
        &[INTEGRATION, "responses", "*"],
        &["statusCode", "responseParameters", "responseTemplates", "contentHandling"],
        OPEN_API,
    ),
];

const GATEWAY_RESPONSE: &[Setting] = &[
    names(&[], &["statusCode", "responseParameters", "responseTemplates"], OPEN_API),
    one(
        &["responseTemplates", "application/json"],
        &[r#"{"message":$context.error.messageString}"#],
        "clients read the message, which has quotes of its own",
    ),
];

const OPEN_API: &str = "OpenAPI, or API Gateway's extension of it, asks for it";
const AUTHTYPE: &str = "x-amazon-apigateway-authtype";
const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for document in documents(template) {
        mistakes.extend(differing(&document, DOCUMENT));
        let schemes = document
            .at(&["components", "securitySchemes"])
            .map(|schemes| schemes.entries())
            .unwrap_or_default();
        let authorizers = schemes
            .iter()
            .filter(|(_, scheme)| scheme.get("name").and_then(|name| name.text()) != Some("x-api-key"));
        mistakes.extend(authorizers.flat_map(|(_, scheme)| differing(scheme, COGNITO)));
    }
    if documents(template).next().is_some() {
        mistakes.extend(of_resources(template, "AWS::ApiGateway::RestApi", API));
    }
    mistakes.extend(operations(template).iter().flat_map(|operation| differing(&operation.place, OPERATION)));
    let responses = gateway_responses(template);
    mistakes.extend(responses.iter().flat_map(|(_, response)| differing(response, GATEWAY_RESPONSE)));
    mistakes
}
