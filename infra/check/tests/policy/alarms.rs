//! Alarms that ring, and alarms that would not.

use crate::patch::{only, said};

#[test]
fn an_alarm_on_a_metric_that_nothing_publishes_is_found() {
    assert_eq!(
        only("QuotaExceededAlarm", "MetricName: QuotaExceeded", "MetricName: QuotaExceded"),
        "QuotaExceededAlarm.Properties.MetricName: QuotaExceded: no metric filter of this template publishes it in that namespace [alarm-metric]"
    );
}

#[test]
fn a_part_of_an_expression_is_looked_at_too() {
    let said = only("ThrottledAlarm", "MetricName: Throttled }", "MetricName: Refused }");
    assert_eq!(
        said,
        "ThrottledAlarm.Properties.Metrics.1.MetricStat.Metric.MetricName: Refused: no metric filter of this template publishes it in that namespace [alarm-metric]"
    );
}

#[test]
fn the_namespace_counts_too() {
    let said = only("QuotaExceededAlarm", "Namespace: !Ref AWS::StackName", "Namespace: Gateway");
    assert!(said.contains("QuotaExceeded: no metric filter") && said.ends_with("[alarm-metric]"), "{said}");
}

#[test]
fn amazons_own_metrics_are_left_alone() {
    assert_eq!(
        said("QuotaExceededAlarm", "Namespace: !Ref AWS::StackName", "Namespace: AWS/ApiGateway"),
        [""; 0]
    );
}

#[test]
fn an_alarm_that_tells_nobody_is_found() {
    let none = "QuotaExceededAlarm: it has no AlarmActions [alarm-action]";
    assert_eq!(only("QuotaExceededAlarm", "      AlarmActions: [!Ref Alarms]", ""), none);
    assert_eq!(only("QuotaExceededAlarm", "AlarmActions: [!Ref Alarms]", "AlarmActions: []"), none);
}
