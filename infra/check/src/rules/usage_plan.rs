//! `AWS::ApiGateway::UsagePlan`: how often a client may call.

use crate::mistake::Mistake;
use crate::open_api::{has_path, is_verb};
use crate::template::{Place, Template};

fn plans(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::ApiGateway::UsagePlan")
}

fn api_stages(template: &Template) -> Vec<Place<'_>> {
    plans(template)
        .filter_map(|plan| plan.property("ApiStages"))
        .flat_map(|stages| stages.elements())
        .collect()
}

pub(super) fn limits(template: &Template) -> Vec<Mistake> {
    plans(template)
        .flat_map(|plan| {
            let throttle = plan.property("Throttle");
            let at = throttle.clone().unwrap_or_else(|| plan.clone());
            let lacks = |name: &&str| throttle.as_ref().is_none_or(|throttle| throttle.get(name).is_none());
            ["RateLimit", "BurstLimit"]
                .into_iter()
                .filter(lacks)
                .map(move |name| at.mistake(format!("Throttle has no {name}: the plan limits nobody")))
                .collect::<Vec<_>>()
        })
        .collect()
}

pub(super) fn quota_periods(template: &Template) -> Vec<Mistake> {
    plans(template)
        .filter_map(|plan| plan.property("Quota"))
        .filter_map(|quota| match quota.get("Period") {
            None => Some(quota.mistake("a quota has a Period: DAY, WEEK or MONTH")),
            Some(period) => {
                let is_known =
                    period.node().is_call() || matches!(period.text(), Some("DAY" | "WEEK" | "MONTH"));
                (!is_known).then(|| period.mistake("a quota's period is DAY, WEEK or MONTH"))
            }
        })
        .collect()
}

pub(super) fn methods(template: &Template) -> Vec<Mistake> {
    let limits = api_stages(template).into_iter().filter_map(|stage| stage.get("Throttle"));
    limits
        .flat_map(|limits| limits.entries())
        .filter_map(|(method, limit)| {
            let Some((path, _)) = method.rsplit_once('/').filter(|(_, verb)| is_verb(verb)) else {
                return Some(limit.mistake(format!("'{method}' is no method; one is written /path/METHOD")));
            };
            let path = if path.is_empty() { "/" } else { path };
            (!has_path(template, path)).then(|| limit.mistake(format!("the API has no resource '{path}'")))
        })
        .collect()
}

pub(super) fn stages(template: &Template) -> Vec<Mistake> {
    api_stages(template).into_iter().filter_map(|stage| wrong_stage(&stage)).collect()
}

fn wrong_stage(entry: &Place<'_>) -> Option<Mistake> {
    let template = entry.template();
    let Some(stage) = entry.get("Stage") else { return Some(entry.mistake("it names no Stage")) };
    // By reference to a stage, which is there before the plan is.
    let name = stage.text()?;
    let named =
        template.resources("AWS::ApiGateway::Stage").find(|known| known.text_of("StageName") == Some(name));
    let Some(named) = named else {
        return Some(stage.mistake("no stage of this template has that name; write !Ref and its logical id"));
    };
    let plan = template.resource(entry.logical_id())?;
    let waits = plan.get("DependsOn").is_some_and(|on| {
        on.text() == Some(named.logical_id())
            || on.node().elements().iter().any(|other| other.text() == Some(named.logical_id()))
    });
    (!waits).then(|| {
        stage.mistake(format!("the plan may come before its stage; write !Ref {}", named.logical_id()))
    })
}

pub(super) fn keys(template: &Template) -> Vec<Mistake> {
    let keys: Vec<_> = template.resources("AWS::ApiGateway::UsagePlanKey").collect();
    let has_key = |plan: &Place<'_>| {
        keys.iter()
            .filter_map(|key| key.property("UsagePlanId"))
            .any(|id| id.node().references().contains(&plan.logical_id()))
    };
    plans(template)
        .filter(|plan| !has_key(plan))
        .map(|plan| plan.mistake("no UsagePlanKey adds a key to it: it limits nobody, and nobody gets in"))
        .collect()
}
