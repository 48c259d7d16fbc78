//! Faults on demand.

use crate::running::{Running, hourly};
use serde_json::Value;
use std::time::{Duration, Instant};

#[test]
fn a_status_takes_the_place_of_the_backends_answer_so_many_times() {
    let gateway = Running::start(hourly(9));
    assert_eq!(gateway.faults(r#"{"status": 503, "retryAfter": 2, "count": 2}"#).status(), 204);
    for _ in 0..2 {
        let answer = gateway.call(&[]);
        assert_eq!((answer.status(), answer.header("retry-after")), (503, Some("2")));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "as of a backend, readable");
    }
    assert_eq!(gateway.call(&[]).status(), 200);
    let stats = gateway.stats();
    assert_eq!((stats["admitted"].as_u64(), stats["backend"].as_u64()), (Some(3), Some(1)));
}

#[test]
fn a_reset_ends_the_connection_without_an_answer_and_the_next_call_is_served() {
    let gateway = Running::start(hourly(9));
    gateway.faults(r#"{"reset": true}"#);
    let error = gateway.call_in_vain();
    assert!(
        matches!(&error, ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionReset),
        "{error:?}"
    );
    assert_eq!(gateway.call(&[]).status(), 200);
    let statuses: Vec<_> = gateway.log().iter().map(|entry| entry["status"].clone()).collect();
    assert_eq!(statuses, [Value::Null, 200.into()]);
    assert_eq!(gateway.stats()["backend"], 1);
}

#[test]
fn a_delay_comes_before_the_backend() {
    let gateway = Running::start(hourly(9));
    gateway.faults(r#"{"delayMs": 50}"#);
    let asked = Instant::now();
    assert_eq!(gateway.call(&[]).status(), 200);
    assert!(asked.elapsed() >= Duration::from_millis(50));
}

#[test]
fn faults_happen_in_the_order_in_which_they_were_asked_for() {
    let gateway = Running::start(hourly(9));
    gateway.faults(r#"{"status": 500}"#);
    gateway.faults(r#"{"status": 502, "count": 0}"#);
    gateway.faults(r#"{"status": 503}"#);
    let statuses = [0; 3].map(|_| gateway.call(&[]).status());
    assert_eq!(statuses, [500, 503, 200]);
}

#[test]
fn what_does_not_pass_the_checks_meets_no_fault() {
    let gateway = Running::start(hourly(1));
    gateway.faults(r#"{"status": 503}"#);
    assert_eq!(gateway.request("OPTIONS", "/api/v1/resource", &[], "").status(), 200);
    assert_eq!(gateway.get("/unknown").status(), 403);
    assert_eq!([gateway.call(&[]).status(), gateway.call(&[]).status()], [503, 429]);
}

#[test]
fn a_reset_takes_back_the_faults_that_have_not_happened() {
    let gateway = Running::start(hourly(1));
    gateway.faults(r#"{"status": 503}"#);
    gateway.reset("");
    assert_eq!(gateway.call(&[]).status(), 200);
}

#[test]
fn what_is_no_fault_is_refused() {
    let gateway = Running::start(hourly(9));
    for wrong in [
        "",
        "{}",
        r#"{"count": 2}"#,
        r#"{"status": 503, "reset": true}"#,
        r#"{"status": 99}"#,
        r#"{"status": 101}"#,
        r#"{"status": 503, "retryAfter": "\n"}"#,
        r#"{"delay": 3}"#,
    ] {
        let answer = gateway.faults(wrong);
        assert_eq!((answer.status(), answer.body().lines().count()), (400, 1), "{wrong}: {}", answer.body());
    }
    assert_eq!(gateway.call(&[]).status(), 200);
}
