//! What the gateway answers by itself.

use crate::patch::{TEMPLATE, only, patched, said, said_about, without};

const HEADERS: &str = "Throttled.Properties.ResponseParameters.gatewayresponse.header";

#[test]
fn a_static_value_without_quotes_of_its_own_is_found() {
    assert_eq!(
        only("Throttled", "\"'1'\"", "\"1\""),
        format!(
            "{HEADERS}.Retry-After: 1: a static value has single quotes of its own, such as \"'1'\" [gateway-response-value]"
        )
    );
}

#[test]
fn a_value_that_yaml_takes_for_a_number_is_found_too() {
    assert!(only("Throttled", "\"'1'\"", "1").contains("[gateway-response-value]"));
}

#[test]
fn a_variable_in_quotes_would_be_sent_as_it_is_written() {
    let to = "x-request-id: \"'$context.requestId'\"\n        gatewayresponse.header.Retry-After: \"'1'\"";
    let said = only("Throttled", "Retry-After: \"'1'\"", to);
    assert_eq!(
        said,
        format!(
            "{HEADERS}.x-request-id: '$context.requestId': its single quotes make it a text, sent as it stands here; a variable has none [gateway-response-value]"
        )
    );
}

#[test]
fn a_value_that_is_mapped_needs_no_quotes() {
    assert_eq!(said("AnyClientError", "\"'*'\"", "method.request.header.Origin"), [""; 0]);
}

#[test]
fn a_misspelt_type_is_found() {
    let said = said("QuotaExceeded", "QUOTA_EXCEEDED", "QUOTA_EXCEDED");
    assert_eq!(
        said,
        [
            "Resources: there is no gateway response QUOTA_EXCEEDED: its 429 has no Retry-After [retry-after]",
            "QuotaExceeded.Properties.ResponseType: QUOTA_EXCEDED: no type of gateway response; nothing would ever be answered with it [gateway-response-type]",
        ]
    );
}

#[test]
fn one_without_cors_hides_the_defaults() {
    let said = only("Throttled", "gatewayresponse.header.Access-Control-Allow-Origin: \"'*'\"\n", "\n");
    assert_eq!(
        said,
        "Throttled: THROTTLED has no Access-Control-Allow-Origin: a page sees a TypeError instead, and hides what DEFAULT_4XX or DEFAULT_5XX has (types are not merged) [gateway-response-cors]"
    );
}

#[test]
fn the_case_of_a_headers_name_does_not_matter() {
    assert_eq!(said("Throttled", "Access-Control-Allow-Origin", "access-control-allow-origin"), [""; 0]);
}

#[test]
fn a_list_of_exposed_headers_without_retry_after_is_found() {
    assert_eq!(
        only("Throttled", "'Retry-After,", "'"),
        format!(
            "{HEADERS}.Access-Control-Expose-Headers: 'x-amzn-ErrorType,x-amzn-RequestId': Access-Control-Expose-Headers lacks Retry-After: it is sent, and a page cannot read it [gateway-response-expose]"
        )
    );
}

#[test]
fn a_page_has_to_tell_throttle_from_quota() {
    let said = only("QuotaExceeded", ",x-amzn-ErrorType", "");
    assert!(said.contains("lacks x-amzn-ErrorType") && said.contains("[gateway-response-expose]"), "{said}");
}

#[test]
fn no_list_exposes_nothing_and_a_star_exposes_all() {
    let said_without = said("Throttled", "Access-Control-Expose-Headers", "x-other");
    assert_eq!(said_without.len(), 2, "{said_without:#?}");
    assert!(
        said_without.iter().all(|said| said.starts_with("Throttled: Access-Control-Expose-Headers lacks"))
    );
    assert_eq!(said("Throttled", "'Retry-After,x-amzn-ErrorType,x-amzn-RequestId'", "'*'"), [""; 0]);
}

#[test]
fn a_default_with_a_status_would_rewrite_every_other() {
    assert_eq!(
        only(
            "AnyClientError",
            "ResponseType: DEFAULT_4XX",
            "ResponseType: DEFAULT_4XX\n      StatusCode: \"400\""
        ),
        "AnyClientError.Properties.StatusCode: 400: a default response with a status gives it to every answer that it stands in for [gateway-response-status]"
    );
}

#[test]
fn a_429_without_retry_after_is_found() {
    assert_eq!(
        only("QuotaExceeded", "gatewayresponse.header.Retry-After: \"'3600'\"", ""),
        "QuotaExceeded: QUOTA_EXCEEDED has no Retry-After: a client has to guess [retry-after]"
    );
    let gone = without("Throttled").replace("      - Throttled\n", "");
    assert_eq!(
        said_about(&gone),
        ["Resources: there is no gateway response THROTTLED: its 429 has no Retry-After [retry-after]"]
    );
}

#[test]
fn a_retry_after_is_a_whole_number_of_seconds() {
    assert!(
        only("Throttled", "'1'", "'0.6'")
            .contains("0.6': a Retry-After that never changes is a whole number")
    );
    assert!(only("Throttled", "'1'", "'soon'").contains("RFC 9110"));
}

#[test]
fn a_retry_after_is_not_shorter_than_a_token_takes() {
    let slow = TEMPLATE.replace("Default: 1.6667", "Default: 0.4");
    assert_eq!(
        said_about(&slow),
        [format!(
            "{HEADERS}.Retry-After: '1': too early: at the plan's rate a token comes back after 3 s [retry-after]"
        )]
    );
    assert_eq!(said_about(&patched(&slow, "Throttled", "'1'", "'3'")), [""; 0]);
}
