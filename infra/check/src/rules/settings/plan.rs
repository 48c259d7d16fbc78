//! `AWS::ApiGateway::UsagePlan`, its keys, and the deployment.

use super::{Setting, of_resources, one, present, reference, within};
use crate::mistake::Mistake;
use crate::template::Template;

const PLAN: &[Setting] = &[
    reference(
        &["Properties", "ApiStages", "*", "ApiId"],
        "AWS::ApiGateway::RestApi",
        "the plan limits this API",
    ),
    reference(
        &["Properties", "ApiStages", "*", "Stage"],
        "AWS::ApiGateway::Stage",
        "the plan limits this stage",
    ),
    within(
        &["Properties", "Throttle", "RateLimit"],
        0.01,
        10_000.0,
        "requests a second, at most the account's",
    ),
    within(
        &["Properties", "Throttle", "BurstLimit"],
        6.0,
        5_000.0,
        "a page sends 6 requests at once, the account allows 5000",
    ),
    present(&["Properties", "Quota", "Limit"], "a quota has a limit"),
];

const KEY_OF_A_PLAN: &[Setting] = &[
    reference(&["Properties", "KeyId"], "AWS::ApiGateway::ApiKey", "the plan's key"),
    one(&["Properties", "KeyType"], &["API_KEY"], "there is no other type"),
    reference(&["Properties", "UsagePlanId"], "AWS::ApiGateway::UsagePlan", "the key's plan"),
];

const DEPLOYMENT: &[Setting] = &[reference(
    &["Properties", "RestApiId"],
    "AWS::ApiGateway::RestApi",
    "a deployment is a snapshot of an API",
)];

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    let mut mistakes = of_resources(template, "AWS::ApiGateway::UsagePlan", PLAN);
    let idle = template.resources("AWS::ApiGateway::UsagePlan").filter(|plan| {
        plan.property("ApiStages")
            .is_none_or(|stages| stages.node().elements().is_empty() && !stages.node().is_call())
    });
    mistakes.extend(
        idle.map(|plan| plan.mistake("it has no ApiStages: it limits nobody, and its keys open nothing")),
    );
    mistakes.extend(of_resources(template, "AWS::ApiGateway::UsagePlanKey", KEY_OF_A_PLAN));
    mistakes.extend(of_resources(template, "AWS::ApiGateway::Deployment", DEPLOYMENT));
    mistakes
}
