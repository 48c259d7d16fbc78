//! The metrics that are counted in the access log.

use crate::patch::{only, said};

const THROTTLED: &str = "'{ $.errorResponseType = \"THROTTLED\" }'";
const PATTERN: &str = "ThrottledFilter.Properties.FilterPattern";

fn only_of_pattern(pattern: &str) -> String {
    only("ThrottledFilter", THROTTLED, pattern)
}

#[test]
fn a_pattern_that_cannot_be_read_is_found() {
    assert_eq!(
        only_of_pattern("'{ $.errorResponseType = \"THROTTLED\" '"),
        format!(
            "{PATTERN}: {{ $.errorResponseType = \"THROTTLED\" : a closing brace is missing, or something stands before it that is no comparison [filter-pattern]"
        )
    );
    for (pattern, wrong) in [
        ("THROTTLED", "lines in JSON need a pattern in braces"),
        ("'{ errorResponseType = \"THROTTLED\" }'", "a field begins with $."),
        ("'{ $. = \"THROTTLED\" }'", "a field has no name"),
        ("'{ $.status }'", "a field is followed by ="),
        ("'{ $.status == 429 }'", "equal is written =, not =="),
        ("'{ $.status = }'", "nothing to compare with"),
        ("'{ ($.status = 429 }'", "a closing bracket is missing"),
        ("'{ $.status = 429 && }'", "a field begins with $."),
        ("'{ $.status = 429 } x'", "something follows the closing brace"),
        ("'{ $.errorResponseType = \"THROTTLED }'", "a closing quote is missing"),
        ("\"{ $.errorResponseType = 'THROTTLED' }\"", "a text is in double quotes"),
    ] {
        let said = only_of_pattern(pattern);
        assert!(said.contains(wrong) && said.ends_with("[filter-pattern]"), "{pattern}: {said}");
    }
}

#[test]
fn brackets_alternatives_and_words_are_read() {
    for pattern in [
        "'{ ($.status = 429) && ($.errorResponseType != \"QUOTA_EXCEEDED\") }'",
        "'{ $.status >= 400 || ($.responseLatency > 29e3 && $.apiKeyId = \"-\") }'",
        "'{ $.errorResponseType = THROTTLED }'",
        "'{ $.sourceIp = 10.0.* && $.apiKeyId = * }'",
        "'{ $.apiKeyId NOT EXISTS || $.apiKeyId IS NULL }'",
        "''",
    ] {
        assert_eq!(said("ThrottledFilter", THROTTLED, pattern), [""; 0], "{pattern}");
    }
}

#[test]
fn brackets_without_end_are_no_stack_overflow() {
    let said = only_of_pattern(&format!("'{{ {} }}'", "(".repeat(100_000)));
    assert!(said.ends_with("it is nested too deeply [filter-pattern]"));
}

#[test]
fn a_text_is_compared_with_where_the_log_has_quotes_and_a_number_where_it_has_none() {
    assert_eq!(
        only("RefusalLatencyFilter", "\"{ $.status = 429 }\"", "'{ $.status = \"429\" }'"),
        "RefusalLatencyFilter.Properties.FilterPattern: { $.status = \"429\" }: the access log has status without quotes, so it is compared without: 429 [filter-field]"
    );
    assert_eq!(
        only("Stage", "\"status\":$context.status", "\"status\":\"$context.status\""),
        "RefusalLatencyFilter.Properties.FilterPattern: { $.status = 429 }: the access log has status in quotes, so it is compared with a text in quotes [filter-field]"
    );
}

#[test]
fn a_field_that_the_log_does_not_have_is_found() {
    assert_eq!(
        only_of_pattern("'{ $.responseType = \"THROTTLED\" }'"),
        format!(
            "{PATTERN}: {{ $.responseType = \"THROTTLED\" }}: the access log has no field responseType: it never matches [filter-field]"
        )
    );
}

#[test]
fn a_filter_of_another_log_is_left_alone() {
    assert_eq!(said("ThrottledFilter", "LogGroupName: !Ref AccessLog", "LogGroupName: other"), [""; 0]);
}

#[test]
fn what_is_counted_is_a_number() {
    assert_eq!(
        only(
            "Stage",
            "\"responseLatency\":$context.responseLatency",
            "\"responseLatency\":\"$context.responseLatency\""
        ),
        "RefusalLatencyFilter.Properties.MetricTransformations.0.MetricValue: $.responseLatency: the access log has responseLatency in quotes, so it is no number to be counted [metric-value]"
    );
    assert!(
        only("RefusalLatencyFilter", "$.responseLatency", "$.latency")
            .contains("has no field latency [metric-value]")
    );
    assert!(
        only("ThrottledFilter", "\"1\"", "one")
            .contains("one: a number, or a field such as $.responseLatency")
    );
}

#[test]
fn a_default_together_with_dimensions_is_found() {
    let to = "DefaultValue: 0\n          Dimensions: [{ Key: apiKeyId, Value: $.apiKeyId }]";
    assert_eq!(
        only("ThrottledFilter", "DefaultValue: 0", to),
        "ThrottledFilter.Properties.MetricTransformations.0.DefaultValue: 0: a metric with Dimensions can have no DefaultValue [metric-default]"
    );
}
