//! The limits beside one another: a limit that another one hides is not felt.

use crate::mistake::Mistake;
use crate::template::{Place, Template};

/// The account's limits in a region, unless Amazon raises them.
const ACCOUNT_RATE: f64 = 10_000.0;
const ACCOUNT_BURST: f64 = 5_000.0;

pub(super) fn order(template: &Template) -> Vec<Mistake> {
    let settings: Vec<_> = template
        .resources("AWS::ApiGateway::Stage")
        .filter_map(|stage| stage.property("MethodSettings"))
        .flat_map(|settings| settings.elements())
        .collect();
    let mut mistakes = Vec::new();
    for setting in &settings {
        mistakes.extend(other_unit(setting, "ThrottlingRateLimit"));
        mistakes.extend(above(setting.get("ThrottlingRateLimit"), ACCOUNT_RATE, "the account's rate"));
        mistakes.extend(above(setting.get("ThrottlingBurstLimit"), ACCOUNT_BURST, "the account's burst"));
        let (rate, burst) = (number(setting, "ThrottlingRateLimit"), number(setting, "ThrottlingBurstLimit"));
        if rate.zip(burst).is_some_and(|(rate, burst)| burst < rate) {
            mistakes.push(setting.mistake("its burst is below its rate: a second's requests never fit in"));
        }
    }
    for plan in template.resources("AWS::ApiGateway::UsagePlan") {
        mistakes.extend(plan.property("Throttle").and_then(|throttle| other_unit(&throttle, "RateLimit")));
        mistakes.extend(settings.iter().flat_map(|setting| beyond(&plan, setting)));
        mistakes.extend(wrong_quota(&plan));
        mistakes.extend(firewalls(template).into_iter().filter_map(|limit| too_low(&limit, &plan)));
    }
    for (limit, setting) in firewalls(template).iter().zip(&settings) {
        let most = number(setting, "ThrottlingRateLimit").map(|rate| rate * WINDOW / 10.0);
        mistakes.extend(most.and_then(|most| {
            above(
                Some(limit.clone()),
                most,
                "a tenth of the stage's rate: an address takes up the whole stage",
            )
        }));
    }
    mistakes
}

fn number(place: &Place<'_>, name: &str) -> Option<f64> {
    place.get(name)?.node().number()
}

/// A rate that is a parameter of another unit, by the parameter's name.
fn other_unit(limits: &Place<'_>, name: &str) -> Option<Mistake> {
    let parameter = limits.node().get(name)?.reference()?;
    let is_other = limits.template().parameter(parameter).is_some() && !parameter.ends_with("PerSecond");
    Some(limits.get(name)?.mistake(format!("a rate is in requests a second, {parameter} is not")))
        .filter(|_| is_other)
}

fn above(limit: Option<Place<'_>>, most: f64, name: &str) -> Option<Mistake> {
    let limit = limit.filter(|limit| limit.node().number().is_some_and(|number| number > most))?;
    Some(limit.mistake(format!("above {most}, {name}: it is never felt")))
}

/// A plan's limits that the stage's hide.
fn beyond(plan: &Place<'_>, setting: &Place<'_>) -> Vec<Mistake> {
    let pairs = [("RateLimit", "ThrottlingRateLimit"), ("BurstLimit", "ThrottlingBurstLimit")];
    let hidden = pairs.into_iter().filter_map(|(own, all)| {
        let limit = plan.property("Throttle")?.get(own)?;
        let most = number(setting, all)?;
        // Ten clients at once are the least that a limit for all clients is for, a burst is one client's at a time.
        let most = if own == "RateLimit" { most / 10.0 } else { most };
        above(Some(limit), most, "what the stage has for all clients (of its rate a tenth)")
    });
    hidden.collect()
}

/// A quota that is used up in a quarter of its period, or that the rate does not let anybody reach.
fn wrong_quota(plan: &Place<'_>) -> Option<Mistake> {
    let quota = plan.property("Quota")?;
    let limit = quota.get("Limit")?;
    let requests = limit.node().number()?;
    if requests.fract() != 0.0 {
        return Some(limit.mistake("a quota is a whole number of requests"));
    }
    let rate = number(&plan.property("Throttle")?, "RateLimit")?;
    let days = match quota.get("Period")?.text()? {
        "DAY" => 1.0,
        "WEEK" => 7.0,
        _ => 30.0,
    };
    if requests > rate * days * 86_400.0 {
        return Some(limit.mistake("more than the plan's rate admits in the period: it is never reached"));
    }
    let least = (rate * days * 86_400.0 / 4.0).ceil();
    (requests < least).then(|| {
        limit.mistake(format!("below {least}: at the plan's rate it is used up in a quarter of its period"))
    })
}

/// Seconds in which the firewall counts.
const WINDOW: f64 = 60.0;

fn firewalls(template: &Template) -> Vec<Place<'_>> {
    let rules = template.resources("AWS::WAFv2::WebACL").filter_map(|firewall| firewall.property("Rules"));
    let limits = rules.flat_map(|rules| rules.elements());
    limits.filter_map(|rule| rule.at(&["Statement", "RateBasedStatement", "Limit"])).collect()
}

/// A firewall that blocks a client which its plan admits.
fn too_low(limit: &Place<'_>, plan: &Place<'_>) -> Option<Mistake> {
    let throttle = plan.property("Throttle")?;
    let first_window = (number(&throttle, "BurstLimit")? + number(&throttle, "RateLimit")? * WINDOW).floor();
    (limit.node().number()? < first_window).then(|| {
        limit.mistake(format!("below {first_window}, what the plan admits in a client's first minute: the firewall refuses it first"))
    })
}
