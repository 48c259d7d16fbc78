//! The limits of a client.

use crate::patch::{TEMPLATE, only, patched, said, said_about, without};

#[test]
fn a_plan_without_limits_is_found() {
    assert_eq!(
        only("UsagePlan", "        BurstLimit: !Ref Burst\n", ""),
        "UsagePlan.Properties.Throttle: Throttle has no BurstLimit: the plan limits nobody [plan-limits]"
    );
    // One step too far to the left: valid, and without a limit.
    let shifted =
        "      Throttle:\n        RateLimit: !Ref RequestsPerSecond\n        BurstLimit: !Ref Burst\n";
    let said =
        said("UsagePlan", shifted, "      RateLimit: !Ref RequestsPerSecond\n      BurstLimit: !Ref Burst\n");
    assert_eq!(said.len(), 2, "{said:#?}");
    assert_eq!(said[0], "UsagePlan: Throttle has no RateLimit: the plan limits nobody [plan-limits]");
}

#[test]
fn a_burst_that_is_a_fraction_is_found() {
    let burst = "UsagePlan.Properties.Throttle.BurstLimit: 1.5: a burst is a whole number, from 0 on; only a rate may be a fraction [burst]";
    assert_eq!(only("UsagePlan", "BurstLimit: !Ref Burst", "BurstLimit: 1.5"), burst);
    // Also where it is the default of a parameter.
    assert_eq!(said_about(&TEMPLATE.replace("Default: 200\n", "Default: 1.5\n")), [burst]);
}

#[test]
fn a_burst_that_is_no_number_is_found() {
    assert!(
        only("UsagePlan", "BurstLimit: !Ref Burst", "BurstLimit: many")
            .contains("many: a burst is a whole number")
    );
    assert!(
        only("UsagePlan", "BurstLimit: !Ref Burst", "BurstLimit: -1")
            .contains("-1: a burst is a whole number")
    );
}

#[test]
fn what_only_a_deployment_knows_is_left_alone() {
    assert_eq!(said("UsagePlan", "BurstLimit: !Ref Burst", "BurstLimit: !ImportValue burst"), [""; 0]);
    assert_eq!(said("UsagePlan", "Period: !Ref QuotaPeriod", "Period: !ImportValue period"), [""; 0]);
}

#[test]
fn a_period_that_amazon_does_not_know_is_found() {
    assert_eq!(
        only("UsagePlan", "Period: !Ref QuotaPeriod", "Period: MINUTE"),
        "UsagePlan.Properties.Quota.Period: MINUTE: a quota's period is DAY, WEEK or MONTH [quota-period]"
    );
    assert_eq!(
        only("UsagePlan", "        Period: !Ref QuotaPeriod\n", ""),
        "UsagePlan.Properties.Quota: a quota has a Period: DAY, WEEK or MONTH [quota-period]"
    );
}

fn with_method_limit(method: &str) -> Vec<String> {
    let limit = format!(
        "Stage: !Ref Stage\n          Throttle:\n            \"{method}\": {{ RateLimit: 1, BurstLimit: 2 }}"
    );
    said("UsagePlan", "Stage: !Ref Stage", &limit)
}

#[test]
fn a_limit_on_a_method_names_a_path_of_the_api_and_a_method() {
    assert_eq!(with_method_limit("/api/v1/resource/GET"), [""; 0]);
    assert_eq!(with_method_limit("/api/v1/resource/{proxy+}/POST"), [""; 0]);
    let at = |method: &str| format!("UsagePlan.Properties.ApiStages.0.Throttle.{method}");
    assert_eq!(
        with_method_limit("items-GET"),
        [format!("{}: 'items-GET' is no method; one is written /path/METHOD [plan-method]", at("items-GET"))]
    );
    assert_eq!(
        with_method_limit("/items/GET"),
        [format!("{}: the API has no resource '/items' [plan-method]", at("/items/GET"))]
    );
    assert!(with_method_limit("/api/v1/resource/FETCH")[0].contains("is no method"));
}

#[test]
fn the_burst_of_a_method_is_a_whole_number_too() {
    let limit = "Stage: !Ref Stage\n          Throttle:\n            /api/v1/resource/GET: { RateLimit: 1, BurstLimit: 2.5 }";
    assert_eq!(
        only("UsagePlan", "Stage: !Ref Stage", limit),
        "UsagePlan.Properties.ApiStages.0.Throttle./api/v1/resource/GET.BurstLimit: 2.5: a burst is a whole number, from 0 on; only a rate may be a fraction [burst]"
    );
}

#[test]
fn a_stage_that_is_not_there_is_found() {
    assert_eq!(
        only("UsagePlan", "Stage: !Ref Stage", "Stage: production"),
        "UsagePlan.Properties.ApiStages.0.Stage: production: no stage of this template has that name; write !Ref and its logical id [plan-stage]"
    );
}

#[test]
fn a_plan_does_not_come_before_its_stage() {
    let early = "UsagePlan.Properties.ApiStages.0.Stage: prod: the plan may come before its stage; write !Ref Stage [plan-stage]";
    assert_eq!(only("UsagePlan", "Stage: !Ref Stage", "Stage: prod"), early);
    assert_eq!(only("UsagePlan", "Stage: !Ref Stage", "Stage: !Ref StageName"), early);
    let named = patched(TEMPLATE, "UsagePlan", "Stage: !Ref Stage", "Stage: prod");
    let in_order = patched(&named, "UsagePlan", "    Properties:", "    DependsOn: Stage\n    Properties:");
    assert_eq!(said_about(&in_order), [""; 0]);
}

#[test]
fn a_plan_without_a_key_is_found() {
    assert_eq!(
        said_about(&without("UsagePlanKey")),
        ["UsagePlan: no UsagePlanKey adds a key to it: it limits nobody, and nobody gets in [plan-key]"]
    );
}
