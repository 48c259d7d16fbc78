//! The gateway's own responses.

use crate::patch::{TEMPLATE, only, patched, said, said_about, without};

const RESPONSES: &str = "Api.Properties.Body.x-amazon-apigateway-gateway-responses";
const HEADERS: &str = "Api.Properties.Body.x-amazon-apigateway-gateway-responses.THROTTLED.responseParameters.gatewayresponse.header";

#[test]
fn a_static_value_without_quotes_of_its_own_is_found() {
    assert_eq!(
        only("THROTTLED", "\"'1'\"", "\"1\""),
        format!(
            "{HEADERS}.Retry-After: 1: a static value has single quotes of its own, such as \"'1'\" [gateway-response-value]"
        )
    );
}

#[test]
fn a_value_that_yaml_takes_for_a_number_is_found_too() {
    assert!(only("THROTTLED", "\"'1'\"", "1").contains("[gateway-response-value]"));
}

#[test]
fn a_variable_in_quotes_would_be_sent_as_it_is_written() {
    let to =
        "x-request-id: \"'$context.requestId'\"\n              gatewayresponse.header.Retry-After: \"'1'\"";
    let said = only("THROTTLED", "Retry-After: \"'1'\"", to);
    assert_eq!(
        said,
        format!(
            "{HEADERS}.x-request-id: '$context.requestId': its single quotes make it a text, sent as it stands here; a variable has none [gateway-response-value]"
        )
    );
}

#[test]
fn a_value_that_is_mapped_needs_no_quotes() {
    assert_eq!(said("DEFAULT_4XX", "\"'*'\"", "method.request.header.Origin"), [""; 0]);
}

#[test]
fn a_misspelt_type_is_found() {
    let said = said("Api", "QUOTA_EXCEEDED", "QUOTA_EXCEDED");
    assert_eq!(
        said,
        [
            "Resources: there is no gateway response QUOTA_EXCEEDED: its 429 has no Retry-After [retry-after]".to_owned(),
            format!("{RESPONSES}.QUOTA_EXCEDED: QUOTA_EXCEDED is no type of gateway response; nothing would ever be answered with it [gateway-response-type]"),
        ]
    );
}

#[test]
fn one_without_cors_hides_the_defaults() {
    let said = only("THROTTLED", "gatewayresponse.header.Access-Control-Allow-Origin: \"'*'\"\n", "\n");
    assert_eq!(
        said,
        format!(
            "{RESPONSES}.THROTTLED: THROTTLED has no Access-Control-Allow-Origin: a page sees a TypeError instead, and hides what DEFAULT_4XX or DEFAULT_5XX has (types are not merged) [gateway-response-cors]"
        )
    );
}

#[test]
fn the_case_of_a_headers_name_does_not_matter() {
    assert_eq!(said("THROTTLED", "Access-Control-Allow-Origin", "access-control-allow-origin"), [""; 0]);
}

#[test]
fn a_list_of_exposed_headers_without_retry_after_is_found() {
    assert_eq!(
        only("THROTTLED", "'Retry-After,", "'"),
        format!(
            "{HEADERS}.Access-Control-Expose-Headers: 'x-amzn-ErrorType,x-amzn-RequestId': Access-Control-Expose-Headers lacks Retry-After: it is sent, and a page cannot read it [gateway-response-expose]"
        )
    );
}

#[test]
fn a_page_has_to_tell_throttle_from_quota() {
    let said = only("QUOTA_EXCEEDED", ",x-amzn-ErrorType", "");
    assert!(said.contains("lacks x-amzn-ErrorType") && said.contains("[gateway-response-expose]"), "{said}");
}

#[test]
fn no_list_exposes_nothing_and_a_star_exposes_all() {
    let said_without = said("THROTTLED", "Access-Control-Expose-Headers", "x-other");
    assert_eq!(said_without.len(), 3, "{said_without:#?}");
    let lacks = format!("{RESPONSES}.THROTTLED: Access-Control-Expose-Headers lacks");
    assert!(said_without.iter().all(|said| said.starts_with(&lacks)));
    assert_eq!(said("THROTTLED", "'Retry-After,x-amzn-ErrorType,x-amzn-RequestId'", "'*'"), [""; 0]);
}

#[test]
fn a_default_with_a_status_would_rewrite_every_other() {
    assert_eq!(
        only(
            "DEFAULT_4XX",
            "            responseTemplates:",
            "            statusCode: \"400\"\n            responseTemplates:"
        ),
        format!(
            "{RESPONSES}.DEFAULT_4XX.statusCode: 400: a default response with a status gives it to every answer that it stands in for [gateway-response-status]"
        )
    );
}

#[test]
fn a_429_without_retry_after_is_found() {
    assert_eq!(
        only("QUOTA_EXCEEDED", "gatewayresponse.header.Retry-After: \"'3600'\"", ""),
        format!(
            "{RESPONSES}.QUOTA_EXCEEDED: QUOTA_EXCEEDED has no Retry-After: a client has to guess [retry-after]"
        )
    );
    assert_eq!(
        said_about(&without("THROTTLED")),
        ["Resources: there is no gateway response THROTTLED: its 429 has no Retry-After [retry-after]"]
    );
}

#[test]
fn a_retry_after_is_a_whole_number_of_seconds() {
    assert!(
        only("THROTTLED", "'1'", "'0.6'")
            .contains("0.6': a Retry-After that never changes is a whole number")
    );
    assert!(only("THROTTLED", "'1'", "'soon'").contains("RFC 9110"));
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
    assert_eq!(said_about(&patched(&slow, "THROTTLED", "'1'", "'3'")), [""; 0]);
}
