//! All that says afterwards who was refused, and why.

use crate::patch::{only, said};

#[test]
fn a_log_without_the_requests_id_is_found() {
    let both = "{\"requestId\":\"$context.requestId\",\n          \"extendedRequestId\":\"$context.extendedRequestId\",";
    let said = only("Stage", both, "{");
    assert!(said.starts_with("Stage.Properties.AccessLogSetting.Format: {"), "{said}");
    assert!(
        said.ends_with("it needs $context.requestId or $context.extendedRequestId [access-log-request-id]"),
        "{said}"
    );
}

#[test]
fn one_of_the_two_ids_is_enough() {
    assert_eq!(said("Stage", "{\"requestId\":\"$context.requestId\",", "{"), [""; 0]);
}

#[test]
fn a_log_with_the_key_itself_is_found() {
    let said = only("Stage", "$context.identity.apiKeyId", "$context.identity.apiKey");
    assert!(
        said.ends_with(
            "$context.identity.apiKey is the key itself; $context.identity.apiKeyId names it [access-log-key]"
        ),
        "{said}"
    );
}

#[test]
fn a_log_of_several_lines_is_found() {
    let said = only("Stage", "Format: >-", "Format: |-");
    assert!(said.ends_with("one line for each request; fold this one with >- [access-log]"), "{said}");
}

#[test]
fn a_log_that_no_filter_can_read_is_found() {
    let said = only("Stage", "\"status\":$context.status,", "\"status\":$context.status");
    assert!(
        said.ends_with("its lines are no objects in JSON, so that no filter can read a field [access-log]"),
        "{said}"
    );
}

#[test]
fn a_stage_without_a_log_is_found() {
    assert_eq!(
        only("Stage", "AccessLogSetting:", "Tags:"),
        "Stage: it has no AccessLogSetting: API Gateway counts no 429 by itself [access-log]"
    );
}
