//! Wrong values that a person could take for right.

/// The values that a property may have, by the property's name. The first match counts.
const ENUMS: &[(&str, &[&str])] = &[
    ("TreatMissingData", &["breaching", "ignore", "missing", "notBreaching"]),
    (
        "ComparisonOperator",
        &[
            "GreaterThanOrEqualToThreshold",
            "GreaterThanThreshold",
            "LessThanOrEqualToThreshold",
            "LessThanThreshold",
        ],
    ),
    ("Statistic", STATISTICS),
    ("Stat", STATISTICS),
    ("ExtendedStatistic", &["p50", "p90", "p99", "p99.9"]),
    ("EvaluateLowSampleCountPercentile", &["evaluate", "ignore"]),
    ("Unit", &["Bytes", "Count", "Milliseconds", "None", "Seconds"]),
    ("Scope", &["CLOUDFRONT", "REGIONAL"]),
    ("AggregateKeyType", &["CONSTANT", "FORWARDED_IP", "IP"]),
    ("PositionalConstraint", &["CONTAINS", "ENDS_WITH", "EXACTLY", "STARTS_WITH"]),
    ("ContentType", &["APPLICATION_JSON", "TEXT_HTML", "TEXT_PLAIN"]),
    ("Types", ENDPOINTS),
    ("endpointConfigurationTypes", ENDPOINTS),
    ("Mode", &["merge", "overwrite"]),
    ("LoggingLevel", &["ERROR", "INFO", "OFF"]),
    ("HttpMethod", &["*", "GET", "OPTIONS"]),
    ("httpMethod", &["ANY", "GET", "POST"]),
    ("SearchString", &["GET", "OPTIONS"]),
    ("DeletionPolicy", POLICIES),
    ("UpdateReplacePolicy", POLICIES),
    ("Effect", &["Allow", "Deny"]),
    ("PreventUserExistenceErrors", &["ENABLED", "LEGACY"]),
    (
        "ExplicitAuthFlows",
        &[
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH",
        ],
    ),
    ("Protocol", &["email", "email-json", "https", "sms"]),
    ("in", &["cookie", "header", "path", "query"]),
    ("type", &["apiKey", "http", "oauth2"]),
    ("type", &["aws", "aws_proxy", "http", "http_proxy", "mock"]),
    ("type", &["cognito_user_pools", "request", "token"]),
    ("type", &["boolean", "integer", "string"]),
    ("x-amazon-apigateway-authtype", &["awsSigv4", "cognito_user_pools", "custom"]),
    ("x-amazon-apigateway-api-key-source", &["AUTHORIZER", "HEADER"]),
    ("passthroughBehavior", &["never", "when_no_match", "when_no_templates"]),
    ("FilterPattern", &["THROTTLED", "QUOTA_EXCEEDED"]),
    ("Default", &["DAY", "MONTH", "WEEK"]),
    ("AllowedValues", &["DAY", "MONTH", "WEEK", "MINUTE"]),
    ("Default", &["false", "true"]),
    ("AllowedValues", &["false", "true"]),
    ("Type", &["CommaDelimitedList", "Number", "String"]),
    ("Type", &["COMPRESS_WHITE_SPACE", "LOWERCASE", "NONE"]),
];

const STATISTICS: &[&str] = &["Average", "Maximum", "Minimum", "SampleCount", "Sum"];
const ENDPOINTS: &[&str] = &["EDGE", "PRIVATE", "REGIONAL"];
const POLICIES: &[&str] = &["Delete", "Retain"];

/// Names of which a template has one, and could have the other.
const NAMES: &[&[&str]] = &[
    &["Allow", "Block", "Count"],
    &["Method", "UriPath"],
    &["AlarmActions", "OKActions"],
    &["application/json", "text/plain"],
    &["THROTTLED", "INVALID_API_KEY"],
    &["default", "200"],
];

/// Statuses of each class.
const STATUSES: [f64; 5] = [200.0, 302.0, 403.0, 429.0, 503.0];

/// The other values of the property.
pub(super) fn values(property: &str, value: &str) -> Vec<String> {
    let known = ENUMS.iter().find(|(name, values)| *name == property && values.contains(&value));
    others(known.map_or(&[], |(_, values)| *values), value)
}

/// The other names that an entry could have.
pub(super) fn names(name: &str) -> Vec<String> {
    others(NAMES.iter().find(|names| names.contains(&name)).map_or(&[], |names| *names), name)
}

fn others(known: &[&str], value: &str) -> Vec<String> {
    known.iter().filter(|other| **other != value).map(|other| (*other).to_owned()).collect()
}

/// A unit mistaken (a minute for a second, a percentage for a part), or a status of another class.
pub(super) fn numbers(number: f64) -> Vec<f64> {
    if STATUSES.contains(&number) || [201.0, 204.0, 400.0, 401.0, 500.0].contains(&number) {
        return STATUSES.into_iter().filter(|status| *status != number).collect();
    }
    if number == 0.0 {
        return vec![1.0, 60.0, 100.0];
    }
    [number * 60.0, number / 60.0, number * 100.0, number / 100.0].into_iter().map(rounded).collect()
}

/// Six decimals, as a person would write it.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
