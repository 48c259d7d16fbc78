//! The template as it is meant: each rule about the whole, broken by a small change.

use crate::patch::{MEANT, meant, without_meant};

/// Place, text, replacement, rule, and words of its message.
const BROKEN: &[[&str; 5]] = &[
    [
        "AccessLogSetting",
        "$context.responseLatency",
        "$context.responselatency",
        "access-log-variable",
        "there is no variable $context.responselatency",
    ],
    [
        "AccessLogSetting",
        "\"sourceIp\"",
        "\"source\"",
        "access-log-variable",
        "is called sourceIp, as filters and queries call it",
    ],
    [
        "AccessLogSetting",
        "\"$context.wafResponseCode\"",
        "$context.wafResponseCode",
        "access-log-variable",
        "whatever may be a dash has",
    ],
    [
        "ThrottledAlarm",
        "Name: ApiName, Value: !Ref AWS::StackName",
        "Name: ApiName, Value: !Ref Api",
        "alarm-dimension",
        "dimensions have to be ApiName",
    ],
    [
        "ThrottledAlarm",
        "100 * throttled / total",
        "throttled / total",
        "alarm-expression",
        "a percentage is written IF(total >= least, 100 * throttled / total, 0)",
    ],
    [
        "QuotaExceededAlarm",
        "MetricName: QuotaExceeded",
        "MetricName: Throttled",
        "alarm-missing",
        "no alarm watches it",
    ],
    [
        "RefusalLatencyAlarm",
        "Unit: Milliseconds",
        "Unit: Seconds",
        "alarm-missing",
        "another Unit than that of the metric",
    ],
    [
        "QuotaExceededAlarm",
        "TreatMissingData: notBreaching",
        "TreatMissingData: breaching",
        "alarm-setting",
        "it has to be notBreaching",
    ],
    [
        "RefusalLatencyAlarm",
        "DatapointsToAlarm: 3",
        "DatapointsToAlarm: 6",
        "alarm-setting",
        "6 of 5 periods",
    ],
    [
        "AlarmsByEmail",
        "Condition: HasAlarmEmail",
        "Condition: ManagesAccountLogging",
        "alarm-setting",
        "!Not [!Equals [!Ref AlarmEmail, ]]",
    ],
    ["QuotaExceededAlarm", "Threshold: 0", "Threshold: 1", "alarm-threshold", "from 0 to 0 requests"],
    [
        "THROTTLED",
        "Allow-Origin: \"'*'\"",
        "Allow-Origin: \"'https://a.example'\"",
        "allow-origin",
        "everywhere else it is *",
    ],
    [
        "Dashboard",
        "\"QuotaExceeded\"",
        "\"Quota\"",
        "dashboard",
        "nobody publishes the metric ${AWS::StackName} Quota",
    ],
    ["Dashboard", "max(responseLatency)", "max(latency)", "dashboard", "the access log has no field latency"],
    [
        "securitySchemes",
        "name: Authorization",
        "name: X-Token",
        "document-setting",
        "X-Token: it has to be x-api-key or Authorization",
    ],
    [
        "/api/v1/resource > options",
        "security: []\n",
        "securities: []\n",
        "document-setting",
        "securities is none of",
    ],
    [
        "WebAcl",
        "AggregateKeyType: IP",
        "AggregateKeyType: CONSTANT",
        "firewall-setting",
        "each address has a limit of its own",
    ],
    ["WebAcl", "Value: \"60\"", "Value: \"30\"", "firewall-setting", "Retry-After is the window"],
    [
        "WebAcl",
        "CustomResponseBodyKey: TooManyRequests",
        "CustomResponseBodyKey: TooMany",
        "firewall-setting",
        "CustomResponseBodies has none of that name",
    ],
    [
        "Api",
        "          UNAUTHORIZED:\n",
        "          ACCESS_DENIED:\n",
        "gateway-response-present",
        "there is no gateway response UNAUTHORIZED",
    ],
    [
        "UsagePlan",
        "RateLimit: !Ref RequestsPerSecond",
        "RateLimit: 100",
        "limit-order",
        "above 50, what the stage has for all clients",
    ],
    ["UsagePlan", "Limit: !Ref QuotaLimit", "Limit: 500000", "limit-order", "it is never reached"],
    [
        "Stage",
        "ThrottlingBurstLimit: !Ref MethodBurst",
        "ThrottlingBurstLimit: 100",
        "limit-order",
        "its burst is below its rate",
    ],
    [
        "AddressRequestsPerMinute",
        "Default: 300",
        "Default: 200",
        "limit-order",
        "the firewall refuses it first",
    ],
    ["AccessLog", "RetentionInDays: 30", "RetentionInDays: 3", "log-setting", "from 7 to 400"],
    [
        "AccountLogging",
        "    Condition: ManagesAccountLogging\n",
        "",
        "log-setting",
        "made only where that is asked for",
    ],
    [
        "/api/v1/resource > x-amazon-apigateway-any-method",
        "[{ users: [] }, { key: [] }]",
        "[{ key: [] }]",
        "method-authorizer",
        "whoever has the key of a page gets in",
    ],
    [
        "ThrottledFilter",
        "MetricValue: \"1\"",
        "MetricValue: \"100\"",
        "metric-refusal",
        "MetricValue has to be 1",
    ],
    ["ThrottledFilter", " = \"THROTTLED\"", " != \"THROTTLED\"", "metric-refusal", "nobody counts it"],
    [
        "ApiKeyId",
        "Value: !Ref ApiKey\n",
        "Value: !Ref UsagePlanKey\n",
        "output",
        "the output ApiKeyId has to be a Ref to an AWS::ApiGateway::ApiKey",
    ],
    ["RequestsPerSecond", "Default: 1.6667", "Default: 100", "parameter", "'100 is 6000 a minute.'"],
    ["ManageAccountLogging", "Default: \"false\"", "Default: \"true\"", "parameter", "not true"],
    [
        "UsagePlan",
        "          Stage: !Ref Stage\n",
        "",
        "plan-setting",
        "it has no Stage: the plan limits this stage",
    ],
    ["UsagePlan", "ApiStages:", "Stages:", "plan-setting", "it has no ApiStages: it limits nobody"],
    [
        "UsagePlanKey",
        "KeyId: !Ref ApiKey",
        "KeyId: !Ref Api",
        "plan-setting",
        "it has to refer to an AWS::ApiGateway::ApiKey",
    ],
    [
        "/api/v1/resource > options",
        ",x-api-key'",
        "'",
        "preflight-answer",
        "it lacks x-api-key: a browser does not send the request",
    ],
    [
        "/api/v1/resource > options",
        "\"statusCode\": 204",
        "\"statusCode\": 200",
        "preflight-answer",
        "name one status, of success",
    ],
    [
        "/api/v1/resource > options",
        "Max-Age: \"'7200'\"",
        "Max-Age: \"'7'\"",
        "preflight-answer",
        "seconds, from 600 to 86400",
    ],
    [
        "/api/v1/resource > x-amazon-apigateway-any-method",
        "uri: https:",
        "uri: http:",
        "proxy",
        "a backend is called over https",
    ],
    [
        "/api/v1/resource/{proxy+} > x-amazon-apigateway-any-method",
        "path.proxy: method.request",
        "path.item: method.request",
        "proxy",
        "otherwise the backend's path has a hole",
    ],
    ["Stage", "backendHost: !Ref", "backend: !Ref", "proxy", "a stage has no variable backendHost"],
    [
        "UsagePlanKey",
        "!Ref ApiKey",
        "!Ref ApiKeys",
        "reference",
        "UsagePlanKey.Properties.KeyId: !Ref ApiKeys: the template has no resource or parameter ApiKeys",
    ],
    [
        "Stage",
        "DataTraceEnabled: false",
        "DataTraceEnabled: true",
        "stage-setting",
        "it would log bodies and keys",
    ],
    [
        "Stage",
        "!If [ManagesAccountLogging,",
        "!If [HasAlarmEmail,",
        "stage-setting",
        "it may come before AccountLogging",
    ],
    [
        "UserPool",
        "AllowAdminCreateUserOnly: true",
        "AllowAdminCreateUserOnly: false",
        "user-setting",
        "otherwise anybody signs up",
    ],
];

#[test]
fn each_change_breaks_the_rule_that_is_about_it() {
    for [place, from, to, rule, words] in BROKEN {
        let said = meant(place, from, to);
        let end = format!("[{rule}]");
        assert!(
            said.iter().any(|said| said.contains(words) && said.ends_with(&end)),
            "{rule}: {to}: {said:#?}"
        );
    }
}

#[test]
fn every_rule_is_broken_by_a_change() {
    let unbroken = MEANT.iter().filter(|rule| !BROKEN.iter().any(|[.., known, _]| known == *rule));
    assert_eq!(unbroken.collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn a_template_without_a_dashboard_shows_nobody_what_is_counted() {
    let said = without_meant("Dashboard");
    assert!(said.iter().any(|said| said.contains("no Dashboard shows what is counted")), "{said:#?}");
}

#[test]
fn what_only_a_deployment_knows_is_left_alone() {
    let said = meant("UsagePlan", "ApiId: !Ref Api", "ApiId: !ImportValue api");
    assert_eq!(said, [""; 0]);
}
