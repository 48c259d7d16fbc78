//! The rules, in the order of the README.

use super::{
    Rule, access_log, alarm, alarm_metric, api_key, burst, dashboard, deployment, document, gateway_response,
    limit, metric_filter, operation, origin, output, parameter, preflight_answer, proxy, reference,
    refusal_metric, settings, stage, usage_plan, web_acl,
};

/// All rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "gateway-response-type",
        asks: "A ResponseType is one that API Gateway knows",
        mistakes: gateway_response::types,
    },
    Rule {
        id: "gateway-response-value",
        asks: "A header's static value has single quotes of its own, a variable has none",
        mistakes: gateway_response::values,
    },
    Rule {
        id: "gateway-response-cors",
        asks: "Every gateway response has Access-Control-Allow-Origin",
        mistakes: gateway_response::cors,
    },
    Rule {
        id: "gateway-response-expose",
        asks: "Every gateway response exposes what a client has to read",
        mistakes: gateway_response::exposed,
    },
    Rule {
        id: "gateway-response-status",
        asks: "THROTTLED, QUOTA_EXCEEDED and UNAUTHORIZED have their status, DEFAULT_4XX and DEFAULT_5XX have none",
        mistakes: gateway_response::status,
    },
    Rule {
        id: "gateway-response-present",
        asks: "DEFAULT_4XX, DEFAULT_5XX and UNAUTHORIZED are there",
        mistakes: gateway_response::present,
    },
    Rule {
        id: "allow-origin",
        asks: "Access-Control-Allow-Origin is the same everywhere",
        mistakes: origin::origins,
    },
    Rule {
        id: "retry-after",
        asks: "THROTTLED and QUOTA_EXCEEDED are there, with a Retry-After that is not too short",
        mistakes: gateway_response::retry_after,
    },
    Rule {
        id: "method-api-key",
        asks: "Every method but OPTIONS requires a key, without which it counts against no plan",
        mistakes: operation::api_keys,
    },
    Rule {
        id: "method-authorizer",
        asks: "Every method but OPTIONS requires an authorizer",
        mistakes: operation::authorizers,
    },
    Rule {
        id: "preflight-open",
        asks: "OPTIONS requires neither key nor authorizer",
        mistakes: operation::open_preflights,
    },
    Rule {
        id: "preflight",
        asks: "Every path has OPTIONS, and another method",
        mistakes: operation::preflights,
    },
    Rule {
        id: "preflight-answer",
        asks: "A preflight is answered by a mock, with all that a browser needs for a yes",
        mistakes: preflight_answer::answers,
    },
    Rule {
        id: "proxy",
        asks: "A request goes to the backend over HTTPS, at the same path, with the same method",
        mistakes: proxy::integrations,
    },
    Rule {
        id: "security-scheme",
        asks: "What a method requires is a security scheme of its document",
        mistakes: operation::schemes,
    },
    Rule {
        id: "integration",
        asks: "Every method has an integration, without which nothing can be deployed",
        mistakes: operation::integrations,
    },
    Rule {
        id: "request-validator",
        asks: "What validates requests is a validator of their document",
        mistakes: operation::validators,
    },
    Rule {
        id: "api-body",
        asks: "An API is its OpenAPI document, in the template, and nothing beside it that an import takes away",
        mistakes: document::bodies,
    },
    Rule {
        id: "api-mode",
        asks: "An import overwrites, so that what is no longer in the document goes",
        mistakes: document::modes,
    },
    Rule {
        id: "api-warnings",
        asks: "An import that does not understand something fails",
        mistakes: document::warnings,
    },
    Rule { id: "plan-limits", asks: "A usage plan has a rate and a burst", mistakes: usage_plan::limits },
    Rule {
        id: "limit-order",
        asks: "No limit hides another: firewall, plan, stage, account, quota",
        mistakes: limit::order,
    },
    Rule { id: "burst", asks: "A burst is a whole number", mistakes: burst::whole },
    Rule {
        id: "quota-period",
        asks: "The period of a quota is DAY, WEEK or MONTH",
        mistakes: usage_plan::quota_periods,
    },
    Rule {
        id: "plan-method",
        asks: "A limit in a plan is for /path/METHOD, and the path is there",
        mistakes: usage_plan::methods,
    },
    Rule {
        id: "plan-stage",
        asks: "A plan names a stage of this template, by reference or in order",
        mistakes: usage_plan::stages,
    },
    Rule { id: "plan-key", asks: "A usage plan has a key", mistakes: usage_plan::keys },
    Rule { id: "api-key-value", asks: "A key has 20 to 128 characters", mistakes: api_key::values },
    Rule { id: "api-key-enabled", asks: "A key is enabled", mistakes: api_key::enabled },
    Rule {
        id: "stage-method",
        asks: "A method setting's path is written with ~1 for its slashes, and is there",
        mistakes: stage::methods,
    },
    Rule {
        id: "stage-preflight",
        asks: "Where a stage limits all methods, OPTIONS has a limit of its own, and not a lower one",
        mistakes: stage::preflights,
    },
    Rule {
        id: "access-log",
        asks: "A stage has an access log, and a line of it is one object in JSON",
        mistakes: access_log::formats,
    },
    Rule {
        id: "access-log-request-id",
        asks: "An access log has the request's id, without which API Gateway refuses it",
        mistakes: access_log::request_ids,
    },
    Rule { id: "access-log-key", asks: "An access log has no key in it", mistakes: access_log::keys },
    Rule {
        id: "access-log-variable",
        asks: "An access log has the variables that tell refusals apart, and none that is unknown",
        mistakes: access_log::variables_known,
    },
    Rule { id: "filter-pattern", asks: "A filter pattern can be read", mistakes: metric_filter::patterns },
    Rule {
        id: "filter-field",
        asks: "A filter asks for a field that the log has, in quotes exactly where the log has it in quotes",
        mistakes: metric_filter::fields,
    },
    Rule {
        id: "metric-value",
        asks: "A metric's value is a number, or a field that is a number in the log",
        mistakes: metric_filter::values,
    },
    Rule {
        id: "metric-default",
        asks: "A metric has a DefaultValue or Dimensions, not both",
        mistakes: metric_filter::defaults,
    },
    Rule {
        id: "metric-refusal",
        asks: "Throttled requests, used-up quotas and the latency of a 429 are metrics",
        mistakes: refusal_metric::metrics,
    },
    Rule {
        id: "alarm-metric",
        asks: "An alarm watches a metric that is published",
        mistakes: alarm::metrics,
    },
    Rule {
        id: "alarm-missing",
        asks: "Every metric of the log has an alarm, in its unit",
        mistakes: alarm_metric::rung,
    },
    Rule {
        id: "alarm-dimension",
        asks: "A metric of API Gateway is asked for by the API's name and its stage",
        mistakes: alarm_metric::dimensions,
    },
    Rule {
        id: "alarm-expression",
        asks: "A percentage is 100 * refused / total, of enough requests",
        mistakes: alarm_metric::expressions,
    },
    Rule {
        id: "alarm-threshold",
        asks: "A threshold is one that its alarm can reach",
        mistakes: alarm_metric::thresholds,
    },
    Rule {
        id: "dashboard",
        asks: "A dashboard shows metrics that are published, and fields that the log has",
        mistakes: dashboard::dashboards,
    },
    Rule { id: "alarm-action", asks: "An alarm tells someone", mistakes: alarm::actions },
    Rule {
        id: "deployment-id",
        asks: "A deployment's logical id ends in the digest of what it deploys",
        mistakes: deployment::ids,
    },
    Rule {
        id: "deployment-order",
        asks: "A deployment waits for every method and gateway response that is a resource of its own",
        mistakes: deployment::order,
    },
    Rule {
        id: "deployment-parameter",
        asks: "What is deployed refers to no parameter, whose new value alone would not be deployed",
        mistakes: deployment::parameters,
    },
    Rule {
        id: "waf-response",
        asks: "A firewall's rate limit answers 429 with Retry-After and CORS, unquoted",
        mistakes: web_acl::responses,
    },
    Rule {
        id: "waf-preflight",
        asks: "A firewall's rate limit leaves OPTIONS alone",
        mistakes: web_acl::preflights,
    },
    Rule {
        id: "waf-association",
        asks: "A firewall is associated with a stage, by reference",
        mistakes: web_acl::associations,
    },
    Rule { id: "reference", asks: "What a reference names is there", mistakes: reference::targets },
    Rule {
        id: "parameter",
        asks: "A parameter has a default or a pattern, and a rate says what it is in a minute",
        mistakes: parameter::parameters,
    },
    Rule { id: "output", asks: "The outputs are those that the guide asks for", mistakes: output::outputs },
    Rule {
        id: "document-setting",
        asks: "The document has the names and values with which API Gateway does what is meant",
        mistakes: settings::document::settings,
    },
    Rule {
        id: "stage-setting",
        asks: "A stage limits all methods, counts them, and logs neither bodies nor keys",
        mistakes: settings::stage::settings,
    },
    Rule {
        id: "plan-setting",
        asks: "A plan limits a stage of this template, with limits that a page can work with",
        mistakes: settings::plan::settings,
    },
    Rule {
        id: "firewall-setting",
        asks: "A firewall limits each address in a minute, and blocks nothing else",
        mistakes: settings::firewall::settings,
    },
    Rule {
        id: "log-setting",
        asks: "The log is kept for a while, and API Gateway may write it",
        mistakes: settings::log::settings,
    },
    Rule {
        id: "alarm-setting",
        asks: "An alarm rings for too many of something, soon, and never for missing data",
        mistakes: settings::alarm::settings,
    },
    Rule {
        id: "user-setting",
        asks: "Only an administrator makes users, and a page keeps no secret",
        mistakes: settings::users::settings,
    },
];
