//! The access log and the metrics.

use crate::running::{Running, hourly, keys};
use mock_gateway::server::{AccessLog, Settings};
use serde_json::Value;
use std::io::Write;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_access_log_has_a_line_for_each_answer_under_amazons_names() {
    let lines = Lines::default();
    let access_log = Some(AccessLog::new(lines.clone()));
    let gateway = Running::start(Settings { access_log, api_keys: keys(&["a-secret"]), ..hourly(1) });
    let key = [("x-api-key", "a-secret"), ("user-agent", "test")];
    let answers = [
        gateway.request("GET", "/api/v1/resource/17", &key, ""),
        gateway.request("GET", "/api/v1/resource/17", &key, ""),
        gateway.get("/unknown"),
    ];
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(!text.contains("a-secret"), "a key is a secret");
    let logged: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(logged.len(), 3);
    for (answer, line) in answers.iter().zip(&logged) {
        assert_eq!(line["requestId"], answer.header("x-amzn-requestid").unwrap());
        assert_eq!(line["extendedRequestId"], answer.header("x-amz-apigw-id").unwrap());
        assert_eq!(line["status"], answer.status().to_string());
        assert_eq!(line["responseLength"], answer.body().len().to_string());
        assert_eq!(line["identity.sourceIp"], "127.0.0.1");
        assert_eq!(line["protocol"], "HTTP/1.1");
        assert!(line["requestTimeEpoch"].as_str().unwrap().parse::<u64>().unwrap() > 1_700_000_000_000);
        assert!(line["responseLatency"].as_str().unwrap().parse::<u64>().is_ok());
        assert!(line.as_object().unwrap().values().all(Value::is_string), "as Amazon quotes them");
    }
    let of =
        |name: &str| logged.iter().map(|line| line[name].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(of("error.responseType"), ["-", "THROTTLED", "MISSING_AUTHENTICATION_TOKEN"]);
    assert_eq!(of("error.message"), ["-", "Too Many Requests", "Missing Authentication Token"]);
    assert_eq!(of("identity.apiKeyId"), ["key-1", "key-1", "-"]);
    assert_eq!(of("resourcePath"), ["/api/v1/resource/{proxy+}", "/api/v1/resource/{proxy+}", "-"]);
    assert_eq!(of("path"), ["/api/v1/resource/17", "/api/v1/resource/17", "/unknown"]);
    assert_eq!(of("httpMethod"), ["GET"; 3]);
    assert_eq!(of("identity.userAgent").first().map(String::as_str), Some("test"));
}

#[test]
fn the_metrics_count_what_the_checks_came_to_and_survive_a_reset() {
    let gateway = Running::start(hourly(2));
    for _ in 0..5 {
        gateway.call(&[]);
    }
    gateway.get("/unknown");
    gateway.request("OPTIONS", "/api/v1/resource", &[], "");
    gateway.reset("");
    let metrics = gateway.get("/metrics");
    assert_eq!(metrics.status(), 200);
    assert!(metrics.header("content-type").unwrap().starts_with("application/openmetrics-text"));
    for line in [
        r#"mock_gateway_requests_total{outcome="admitted"} 2"#,
        r#"mock_gateway_requests_total{outcome="throttled"} 3"#,
        r#"mock_gateway_requests_total{outcome="forbidden"} 1"#,
        "mock_gateway_decision_seconds_count 5",
        "mock_gateway_answer_seconds_count 7",
        "# EOF",
    ] {
        assert!(metrics.body().lines().any(|there| there == line), "{line} is not in:\n{}", metrics.body());
    }
}
