//! The requests by which a test inspects and changes the gateway.

use crate::running::{Answer, Running, hourly, keys};
use mock_gateway::server::Settings;
use serde_json::json;

#[test]
fn the_log_has_every_decision_in_order() {
    let gateway = Running::start(Settings { api_keys: keys(&["a-secret"]), ..hourly(1) });
    let key = [("x-api-key", "a-secret")];
    gateway.request("POST", "/api/v1/resource/1?n=1", &key, "");
    gateway.call(&key);
    gateway.call(&[]);
    gateway.request("OPTIONS", "/api/v1/resource", &[], "");
    let log = gateway.log();
    let seen: Vec<_> = log
        .iter()
        .map(|entry| {
            json!([entry["client"], entry["method"], entry["path"], entry["query"], entry["status"]])
        })
        .collect();
    let expected = [
        json!(["key-1", "POST", "/api/v1/resource/1", "n=1", 200]),
        json!(["key-1", "GET", "/api/v1/resource", "", 429]),
        json!(["127.0.0.1", "GET", "/api/v1/resource", "", 403]),
        json!(["127.0.0.1", "OPTIONS", "/api/v1/resource", "", 200]),
    ];
    assert_eq!(seen, expected);
    let times: Vec<_> = log.iter().map(|entry| entry["ms"].as_f64().unwrap()).collect();
    assert!(times.is_sorted() && times[0] > 0.0, "{times:?}");
}

#[test]
fn asking_takes_no_token_and_is_not_counted() {
    let gateway = Running::start(hourly(1));
    for _ in 0..5 {
        assert_eq!(gateway.stats()["admitted"], 0);
        assert!(gateway.log().is_empty());
    }
    assert_eq!(gateway.call(&[]).status(), 200);
}

#[test]
fn a_reset_fills_the_buckets_and_forgets_what_was() {
    let gateway = Running::start(hourly(1));
    gateway.call(&[]);
    assert_eq!(gateway.call(&[]).status(), 429);
    assert_eq!(gateway.reset("").status(), 204);
    assert!(gateway.log().is_empty());
    assert_eq!(gateway.stats()["throttled"], 0);
    assert_eq!(gateway.call(&[]).status(), 200);
}

#[test]
fn a_reset_can_change_the_plan_and_the_next_one_goes_back() {
    let gateway = Running::start(hourly(1));
    assert_eq!(gateway.reset(r#"{"rate": "1/day", "burst": 2, "retryAfter": 7}"#).status(), 204);
    let answers = [gateway.call(&[]), gateway.call(&[]), gateway.call(&[])];
    assert_eq!(answers.each_ref().map(Answer::status), [200, 200, 429]);
    assert_eq!(answers[2].header("retry-after"), Some("7"));
    gateway.reset("{}");
    let answers = [gateway.call(&[]), gateway.call(&[])];
    assert_eq!(answers.each_ref().map(Answer::status), [200, 429]);
    assert_eq!(answers[1].header("retry-after"), None);
}

#[test]
fn a_reset_can_change_everything_a_page_can_feel() {
    let gateway = Running::start(hourly(9));
    let all = r#"{"rate": 0, "burst": 0, "retryAfter": "computed", "order": "authorizer-first", "apiKeys": ["k"],
        "errorCors": false, "latencyMs": 1, "jitterMs": 1, "quota": "9/day", "rateLimitFields": true,
        "methodLimits": {"GET /api/v1/resource/{id}": "1/hour,1"}, "stageLimit": "9/s,9",
        "stageMethodLimits": {"PUT /api/v1/resource": "1/hour,1"}}"#;
    assert_eq!(gateway.reset(all).status(), 204);
    assert_eq!(gateway.call(&[]).status(), 403);
    let answer = gateway.call(&[("x-api-key", "k")]);
    assert_eq!((answer.status(), answer.header("access-control-allow-origin")), (429, None));
    assert_eq!(answer.header("ratelimit-policy"), Some(r#""default";q=0,"day";q=9;w=86400"#));
    let by_id = || gateway.request("GET", "/api/v1/resource/1", &[("x-api-key", "k")], "").status();
    assert_eq!([by_id(), by_id()], [200, 429]);
}

#[test]
fn a_reset_that_is_wrong_says_where_and_changes_nothing() {
    let gateway = Running::start(hourly(1));
    gateway.call(&[]);
    let wrong = [
        (r#"{"rate": "fast"}"#, "rate: a rate is a number and a unit, such as 100/min, 10/s or 5000/hour\n"),
        (r#"{"rate": -1}"#, "rate: a rate is a number from 0 on\n"),
        (r#"{"burst": 4000000}"#, "burst: a burst of 4000000 takes more than a century to refill\n"),
        (
            r#"{"retryAfter": 1.5}"#,
            "retryAfter: Retry-After is none, a number of seconds, computed, or http-date\n",
        ),
        (
            r#"{"quota": "9"}"#,
            "quota: a quota is a whole number and a period: day, week or month, such as 10000/day\n",
        ),
        (
            r#"{"methodLimits": {"GET": "1/s,1"}}"#,
            "methodLimits: a method is an HTTP method and a resource, such as 'GET /items/{id}'\n",
        ),
        (r#"{"stageLimit": "1/s"}"#, "stageLimit: a limit is a rate and a burst, such as 10/s,20\n"),
        (
            r#"{"methodLimits": {"GET /a/{b}": "1/s,1", "GET /a/{c}": "1/s,1"}}"#,
            "the resources '/a/{b}' and '/a/{c}' have the same paths\n",
        ),
        (r#"{"order": "any"}"#, "order: the order is rate-limit-first or authorizer-first\n"),
    ];
    for (changes, message) in wrong {
        let answer = gateway.reset(changes);
        assert_eq!((answer.status(), answer.body()), (400, message));
    }
    assert!(gateway.reset(r#"{"brust": 1}"#).body().contains("unknown field `brust`"));
    assert_eq!(gateway.reset("[").status(), 400);
    assert_eq!(gateway.stats()["admitted"], 1);
}

#[test]
fn a_wrong_question_is_answered_without_a_token() {
    let gateway = Running::start(hourly(1));
    assert_eq!(gateway.get("/__gateway/reset").status(), 405);
    assert_eq!(gateway.get("/__gateway/nothing").status(), 404);
    assert_eq!(gateway.call(&[]).status(), 200);
}

#[test]
fn a_request_that_a_reset_overtakes_counts_neither_before_nor_after_it() {
    let gateway = Running::start(hourly(1));
    gateway.faults(r#"{"delayMs": 100}"#);
    std::thread::scope(|scope| {
        let call = scope.spawn(|| gateway.call(&[]).status());
        while gateway.log().is_empty() {
            std::thread::yield_now();
        }
        gateway.reset("");
        assert_eq!(call.join().unwrap(), 200);
    });
    assert!(gateway.log().is_empty());
    let stats = gateway.stats();
    assert_eq!((stats["admitted"].as_u64(), stats["backend"].as_u64()), (Some(0), Some(0)));
}
