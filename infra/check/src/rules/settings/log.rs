//! The log, what is counted in it, and the role with which it is written.

use super::{Setting, Wanted, of_resources, one, present, reference, within};
use crate::mistake::Mistake;
use crate::template::Template;

const LOG: &[Setting] = &[
    within(
        &["Properties", "RetentionInDays"],
        7.0,
        400.0,
        "a log that nobody deletes grows for ever, and a week is what it takes to look into an alarm",
    ),
    Setting {
        at: &["DeletionPolicy"],
        is: Wanted::OneOfIfPresent(&["Delete"]),
        because: "addresses of clients go with the stack",
    },
    Setting {
        at: &["UpdateReplacePolicy"],
        is: Wanted::OneOfIfPresent(&["Delete"]),
        because: "addresses of clients go with the stack",
    },
];

const FILTER: &[Setting] = &[
    reference(&["Properties", "LogGroupName"], "AWS::Logs::LogGroup", "a filter reads the access log"),
    present(&["Properties", "FilterPattern"], "without a pattern every line counts"),
    present(&["Properties", "MetricTransformations", "*", "MetricName"], "a metric has a name"),
    present(&["Properties", "MetricTransformations", "*", "MetricNamespace"], "a metric has a namespace"),
    present(&["Properties", "MetricTransformations", "*", "MetricValue"], "a metric has a value"),
    present(
        &["Properties", "MetricTransformations", "*", "Unit"],
        "a number without a unit is anybody's guess",
    ),
];

const ACCOUNT: &[Setting] = &[
    reference(
        &["Properties", "CloudWatchRoleArn"],
        "AWS::IAM::Role",
        "API Gateway writes logs with this role",
    ),
    CHOSEN,
    KEPT[0],
    KEPT[1],
];

const ROLE: &[Setting] = &[
    CHOSEN,
    KEPT[0],
    KEPT[1],
    one(
        &["Properties", "AssumeRolePolicyDocument", "Version"],
        &["2012-10-17"],
        "the only version with all elements",
    ),
    one(
        &["Properties", "AssumeRolePolicyDocument", "Statement", "*", "Effect"],
        &["Allow"],
        "API Gateway takes the role",
    ),
    one(
        &["Properties", "AssumeRolePolicyDocument", "Statement", "*", "Principal", "Service"],
        &["apigateway.amazonaws.com"],
        "API Gateway takes the role",
    ),
    one(
        &["Properties", "AssumeRolePolicyDocument", "Statement", "*", "Action"],
        &["sts:AssumeRole"],
        "API Gateway takes the role",
    ),
    one(
        &["Properties", "ManagedPolicyArns"],
        &["[!Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]"],
        "the policy that lets API Gateway write logs",
    ),
];

const KEPT: [Setting; 2] =
    [one(&["DeletionPolicy"], &["Retain"], OUTLIVES), one(&["UpdateReplacePolicy"], &["Retain"], OUTLIVES)];

const OUTLIVES: &str = "it is the whole account's in this region, so it outlives the stack";

const CHOSEN: Setting =
    present(&["Condition"], "it replaces the account's role, so it is made only where that is asked for");

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    [
        ("AWS::Logs::LogGroup", LOG),
        ("AWS::Logs::MetricFilter", FILTER),
        ("AWS::ApiGateway::Account", ACCOUNT),
        ("AWS::IAM::Role", ROLE),
    ]
    .into_iter()
    .flat_map(|(kind, settings)| of_resources(template, kind, settings))
    .collect()
}
