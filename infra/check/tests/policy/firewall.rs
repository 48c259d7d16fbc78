//! The limit that comes before every authorizer.

use crate::patch::{only, said, said_about, without};

const RESPONSE: &str = "WebAcl.Properties.Rules.0.Action.Block.CustomResponse";

#[test]
fn a_limit_that_is_not_answered_with_429_is_found() {
    assert_eq!(
        only("WebAcl", "ResponseCode: 429", "ResponseCode: 403"),
        format!("{RESPONSE}.ResponseCode: 403: who sends too much is answered with 429 [waf-response]")
    );
    assert_eq!(
        only("WebAcl", "CustomResponse:", "Other:"),
        "WebAcl.Properties.Rules.0: it blocks with 403; a CustomResponse can answer 429 [waf-response]"
    );
}

#[test]
fn a_limits_answer_has_headers_of_its_own() {
    for name in ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Retry-After"] {
        assert_eq!(
            only("WebAcl", &format!("Name: {name},"), "Name: x-other,"),
            format!("{RESPONSE}: it has no {name}, and a gateway response adds none to it [waf-response]")
        );
    }
}

#[test]
fn a_page_can_read_its_retry_after() {
    let said = only("WebAcl", "\"Retry-After,x-amzn", "\"x-amzn");
    assert!(
        said.ends_with("it lacks Retry-After: it is sent, and a page cannot read it [waf-response]"),
        "{said}"
    );
}

#[test]
fn quotes_that_a_gateway_response_needs_are_wrong_there() {
    assert_eq!(
        only("WebAcl", "Value: \"60\"", "Value: \"'60'\""),
        format!(
            "{RESPONSE}.ResponseHeaders.2.Value: '60': its single quotes are sent; only a gateway response takes them off [waf-response]"
        )
    );
}

#[test]
fn a_limit_that_counts_preflights_is_found() {
    let counts = "WebAcl.Properties.Rules.0.Statement.RateBasedStatement: it counts OPTIONS too: a preflight that is blocked hides the 429 from the page [waf-preflight]";
    assert_eq!(only("WebAcl", "ScopeDownStatement:", "Other:"), counts);
    assert_eq!(only("WebAcl", "SearchString: OPTIONS", "SearchString: GET"), counts);
    // Only OPTIONS, in place of all but OPTIONS.
    assert_eq!(only("WebAcl", "NotStatement:", "AndStatement:"), counts);
}

#[test]
fn all_but_options_may_be_narrowed_further() {
    let method = "ByteMatchStatement: { FieldToMatch: { Method: {} }, SearchString: OPTIONS }";
    let other = "GeoMatchStatement: { CountryCodes: [AT] }";
    let both = |not: &str| {
        format!(
            "ScopeDownStatement: {{ AndStatement: {{ Statements: [{{ {other} }}, {not}] }} }}\n              Other:"
        )
    };
    let not = format!("{{ NotStatement: {{ Statement: {{ {method} }} }} }}");
    assert_eq!(said("WebAcl", "ScopeDownStatement:", &both(&not)), [""; 0]);
    let counts = only("WebAcl", "ScopeDownStatement:", &both(&format!("{{ {method} }}")));
    assert!(counts.ends_with("[waf-preflight]"), "{counts}");
}

#[test]
fn a_limit_without_blocking_is_left_alone() {
    assert_eq!(said("WebAcl", "            Block:", "            Count:"), [""; 0]);
}

#[test]
fn a_firewall_before_no_stage_is_found() {
    assert_eq!(
        said_about(&without("WebAclAssociation")),
        ["WebAcl: no WebACLAssociation puts it before a stage [waf-association]"]
    );
}

#[test]
fn an_association_waits_for_its_stage() {
    let said = only("WebAclAssociation", "stages/${Stage}", "stages/${StageName}");
    assert!(said.starts_with("WebAclAssociation.Properties.ResourceArn: !Sub arn:"), "{said}");
    assert!(
        said.ends_with("it refers to no Stage, and may come before it; write ${Stage} [waf-association]"),
        "{said}"
    );
}
