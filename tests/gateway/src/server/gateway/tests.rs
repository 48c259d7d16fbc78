//! The ledger and the limits across a reset.

use super::{Gateway, Settings, Ticket};
use crate::policy::{Throttle, UsagePlan};
use crate::server::checks::check;
use axum::http::Request;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

fn settings() -> Settings {
    Settings::new(UsagePlan::new("1/hour,9".parse::<Throttle>().unwrap()))
}

fn request() -> Parts {
    Request::get("/api/v1/resource").body(()).unwrap().into_parts().0
}

fn call(gateway: &Gateway) -> Ticket {
    let (trail, verdict) = check(gateway, &gateway.config(), &request(), IpAddr::V4(Ipv4Addr::LOCALHOST));
    gateway.settle(&request(), &trail, verdict)
}

#[test]
fn a_request_that_was_decided_before_a_reset_is_not_counted_after_it() {
    let gateway = Gateway::new(settings()).unwrap();
    let (trail, verdict) = check(&gateway, &gateway.config(), &request(), IpAddr::V4(Ipv4Addr::LOCALHOST));
    gateway.reset(settings()).unwrap();
    gateway.settle(&request(), &trail, verdict);
    assert_eq!(gateway.stats().admitted, 0);
    assert!(gateway.log().is_empty());
}

#[test]
fn a_request_from_before_a_reset_changes_nothing_of_what_came_after_it() {
    let gateway = Gateway::new(settings()).unwrap();
    let before = call(&gateway);
    gateway.reset(settings()).unwrap();
    gateway.add_faults(serde_json::from_str(r#"{"reset": true}"#).unwrap());
    let after = call(&gateway);
    gateway.reached_backend(before);
    gateway.answered(before, Some(500), Duration::ZERO);
    assert_eq!(gateway.next_fault(before), None);
    assert_eq!((gateway.stats().backend, gateway.log()[0].status), (0, None));
    gateway.answered(after, Some(200), Duration::ZERO);
    assert_eq!(gateway.log()[0].status, Some(200));
    assert!(gateway.next_fault(after).is_some());
}

#[test]
fn whoever_sends_long_paths_from_a_hundred_thousand_addresses_fills_no_memory() {
    let gateway = Gateway::new(settings()).unwrap();
    let path = format!("/api/v1/resource/{}?{}", "p".repeat(600), "q".repeat(9_000));
    let request = Request::get(path).body(()).unwrap().into_parts().0;
    for n in 0..100_100 {
        let source = IpAddr::V4(Ipv4Addr::from_bits(n));
        let (trail, verdict) = check(&gateway, &gateway.config(), &request, source);
        gateway.settle(&request, &trail, verdict);
    }
    let log = gateway.log();
    assert_eq!((log.len(), gateway.stats().admitted), (100_000, 100_100));
    assert!(log.iter().all(|entry| entry.path.len() == 512 && entry.query.len() == 512));
}
