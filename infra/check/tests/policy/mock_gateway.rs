//! The mock gateway throttles as the template says.

use crate::patch::TEMPLATE;
use mock_gateway::answer::{GatewayResponse, RetryAfter};
use mock_gateway::policy::Method;
use mock_gateway::server::Template;

#[test]
fn the_mock_gateway_reads_its_plan_from_the_template() {
    let Template { plan, stage, api, retry_after, responses } =
        Template::read(TEMPLATE, Some("prod")).unwrap();
    assert_eq!(plan.throttle, "1.6667/s,200".parse().unwrap());
    assert_eq!(plan.quota, Some("50000/day".parse().unwrap()));
    assert_eq!(retry_after, RetryAfter::Seconds(1));
    let responses = responses.unwrap();
    assert_eq!(responses.retry_after(GatewayResponse::Throttled), Some("1"));
    assert_eq!(responses.retry_after(GatewayResponse::QuotaExceeded), Some("3600"));

    assert_eq!(stage.throttle, Some("500/s,1000".parse().unwrap()));
    let preflight = "2000/s,4000".parse().unwrap();
    let paths = ["/api/v1/resource", "/api/v1/resource/{proxy+}"];
    let mut resources: Vec<_> = api.as_ref().unwrap().resources().collect();
    resources.sort_unstable();
    assert_eq!(resources, paths);
    assert_eq!(stage.methods, paths.map(|path| (Method::new("OPTIONS", path), preflight)).into());
}
