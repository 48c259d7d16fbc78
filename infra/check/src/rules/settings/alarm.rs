//! `AWS::CloudWatch::Alarm`, and who is told.

use super::{Setting, Wanted, of_resources, one, present, reference, within};
use crate::mistake::Mistake;
use crate::template::{Place, Template};

const ALARM: &[Setting] = &[
    one(&["Properties", "TreatMissingData"], &["notBreaching"], "a minute without a request is no alarm"),
    one(
        &["Properties", "ComparisonOperator"],
        &["GreaterThanThreshold"],
        "more is worse, and none is not too many",
    ),
    within(&["Properties", "Threshold"], 0.0, 1_000.0, "a percentage, a count, or milliseconds"),
    within(&["Properties", "EvaluationPeriods"], 1.0, 10.0, "who is told after ten periods is told too late"),
    reference(&["Properties", "AlarmActions", "*"], "AWS::SNS::Topic", "an alarm tells the topic"),
    Setting {
        at: &["Properties", "Period"],
        is: Wanted::OneOfIfPresent(&["60", "300"]),
        because: "a minute as for other metrics of API Gateway, or five",
    },
    Setting {
        at: &["Properties", "Statistic"],
        is: Wanted::OneOfIfPresent(&["Sum"]),
        because: "what a filter counts is summed up",
    },
    Setting {
        at: &["Properties", "ExtendedStatistic"],
        is: Wanted::OneOfIfPresent(&["p99"]),
        because: "an average hides what is slow",
    },
    Setting {
        at: &["Properties", "EvaluateLowSampleCountPercentile"],
        is: Wanted::OneOfIfPresent(&["ignore"]),
        because: "a percentile of a few requests is an accident",
    },
];

/// A metric in an expression.
const METRIC: &[Setting] = &[
    one(&["MetricStat", "Stat"], &["Sum"], "requests are summed up"),
    one(&["MetricStat", "Period"], &["60"], "the parts of an expression are of the same minute"),
    one(&["ReturnData"], &["false"], "only the expression rings the alarm"),
];

const SUBSCRIPTION: &[Setting] = &[
    reference(&["Properties", "TopicArn"], "AWS::SNS::Topic", "whoever is told of alarms subscribes to them"),
    one(&["Properties", "Protocol"], &["email"], "its endpoint is an address of mail"),
    present(&["Properties", "Endpoint"], "an address is told"),
];

/// A subscription that is made without an address, or not made with one.
fn unconditional(subscription: &Place<'_>) -> Option<Mistake> {
    let endpoint = subscription.get("Properties")?.node().get("Endpoint")?.reference()?;
    let condition = subscription.get("Condition").and_then(|name| {
        Some(subscription.template().root().at(&["Conditions", name.text()?])?.node().to_string())
    });
    let wanted = format!("!Not [!Equals [!Ref {endpoint}, ]]");
    (condition.as_deref() != Some(&wanted)).then(|| {
        subscription
            .mistake(format!("its Condition has to be {wanted}: without an address there is nobody to tell"))
    })
}

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    let mut mistakes = of_resources(template, "AWS::CloudWatch::Alarm", ALARM);
    for alarm in template.resources("AWS::CloudWatch::Alarm") {
        let parts = alarm.property("Metrics").map(|metrics| metrics.elements()).unwrap_or_default();
        let metrics = parts.iter().filter(|part| part.get("Expression").is_none());
        mistakes.extend(metrics.flat_map(|metric| super::differing(metric, METRIC)));

        let number = |name: &str| alarm.property(name).and_then(|place| place.node().number());
        let (of, needed) = (number("EvaluationPeriods"), number("DatapointsToAlarm"));
        if let (Some(of), Some(needed)) = (of, needed)
            && !(of / 2.0..=of).contains(&needed)
        {
            mistakes.push(alarm.mistake(format!(
                "{needed} of {of} periods: more than half of them, and no more than there are"
            )));
        }
        if needed.is_none() && of.is_some_and(|of| of > 1.0) {
            mistakes.push(alarm.mistake("it has no DatapointsToAlarm: one good minute hides four bad ones"));
        }
        if alarm.property("Metrics").is_none() && alarm.property("Period").is_none() {
            mistakes.push(alarm.mistake("it has no Period"));
        }
        if alarm.property("ExtendedStatistic").is_some()
            && alarm.property("EvaluateLowSampleCountPercentile").is_none()
        {
            mistakes.push(alarm.mistake(
                "it has no EvaluateLowSampleCountPercentile: a percentile of a few requests is an accident",
            ));
        }
    }
    mistakes.extend(of_resources(template, "AWS::SNS::Subscription", SUBSCRIPTION));
    mistakes.extend(
        template.resources("AWS::SNS::Subscription").filter_map(|subscription| unconditional(&subscription)),
    );
    mistakes.extend(template.resources("AWS::SNS::Topic").filter_map(|topic| {
        let is_its = |place: Place<'_>| place.node().reference() == Some(topic.logical_id());
        let mut subscriptions =
            template.resources("AWS::SNS::Subscription").filter_map(|it| it.property("TopicArn"));
        (!subscriptions.any(is_its)).then(|| topic.mistake("nobody subscribes to it"))
    }));
    mistakes
}
