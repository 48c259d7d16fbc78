//! Limits that all clients share.

use crate::patch::{TEMPLATE, only, said, said_about};

#[test]
fn a_path_without_its_slashes_encoded_is_found() {
    let said = said("Stage", "ResourcePath: /~1api~1v1~1resource\n", "ResourcePath: /api/v1/resource\n");
    assert_eq!(
        said,
        [
            "Stage.Properties.MethodSettings.0: it limits OPTIONS /api/v1/resource too: a preflight that is throttled is an error that no page can read [stage-preflight]",
            "Stage.Properties.MethodSettings.1.ResourcePath: /api/v1/resource: a path is written with ~1 for its slashes after the first: /~1items~1{id} [stage-method]",
        ]
    );
}

#[test]
fn a_path_that_the_api_does_not_have_is_found() {
    let said = said("Stage", "ResourcePath: /~1api~1v1~1resource\n", "ResourcePath: /~1items\n");
    assert!(said[1].ends_with("/~1items: the API has no resource '/items' [stage-method]"), "{said:#?}");
}

#[test]
fn a_method_that_http_does_not_have_is_found() {
    assert_eq!(
        only("Stage", "HttpMethod: \"*\"", "HttpMethod: ALL"),
        "Stage.Properties.MethodSettings.0.HttpMethod: ALL: no method of HTTP, nor * for all [stage-method]"
    );
}

#[test]
fn a_burst_that_is_a_fraction_is_found() {
    assert_eq!(
        only("Stage", "ThrottlingBurstLimit: !Ref MethodBurst", "ThrottlingBurstLimit: 10.5"),
        "Stage.Properties.MethodSettings.0.ThrottlingBurstLimit: 10.5: a burst is a whole number, from 0 on; only a rate may be a fraction [burst]"
    );
}

#[test]
fn preflights_are_not_refused_before_what_they_ask_for() {
    let slow = TEMPLATE.replace("Default: 2000\n", "Default: 10\n");
    let said = said_about(&slow);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert_eq!(
        said[0],
        "Stage.Properties.MethodSettings.1.ThrottlingRateLimit: 10: lower than that of all methods: preflights would be refused first [stage-preflight]"
    );
}

#[test]
fn without_a_limit_on_all_methods_preflights_need_none_of_their_own() {
    let for_all = "          ThrottlingRateLimit: !Ref MethodRequestsPerSecond\n          ThrottlingBurstLimit: !Ref MethodBurst\n";
    assert_eq!(said("Stage", for_all, ""), [""; 0]);
}
