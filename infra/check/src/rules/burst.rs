//! The bursts of plans and stages. They are counted in tokens.

use crate::mistake::Mistake;
use crate::template::{Place, Template};

pub(super) fn whole(template: &Template) -> Vec<Mistake> {
    let is_whole = |burst: &Place<'_>| {
        burst.node().is_call()
            || burst.node().number().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
    };
    let bursts = in_plans(template).into_iter().chain(in_stages(template));
    bursts
        .filter(|burst| !is_whole(burst))
        .map(|burst| burst.mistake("a burst is a whole number, from 0 on; only a rate may be a fraction"))
        .collect()
}

fn in_plans(template: &Template) -> Vec<Place<'_>> {
    let plans = template.resources("AWS::ApiGateway::UsagePlan");
    plans
        .flat_map(|plan| {
            let stages = plan.property("ApiStages").map(|stages| stages.elements()).unwrap_or_default();
            let methods = stages.into_iter().filter_map(|stage| stage.get("Throttle"));
            let methods = methods.flat_map(|limits| limits.entries()).map(|(_, limit)| limit);
            plan.property("Throttle").into_iter().chain(methods).collect::<Vec<_>>()
        })
        .filter_map(|limit| limit.get("BurstLimit"))
        .collect()
}

fn in_stages(template: &Template) -> Vec<Place<'_>> {
    let stages = template.resources("AWS::ApiGateway::Stage");
    stages
        .filter_map(|stage| stage.property("MethodSettings"))
        .flat_map(|settings| settings.elements())
        .filter_map(|setting| setting.get("ThrottlingBurstLimit"))
        .collect()
}
