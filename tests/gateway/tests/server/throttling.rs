//! The limit, and the requests that it does not affect.

use crate::running::{Running, hourly, keys, limit};
use mock_gateway::answer::RetryAfter;
use mock_gateway::policy::{Method, Order, Period, Quota, StageLimits, UsagePlan};
use mock_gateway::server::{Authorizer, Settings};
use serde_json::json;
use std::time::{Duration, Instant, SystemTime};

#[test]
fn a_throttled_request_is_answered_as_amazon_answers_it() {
    let gateway = Running::start(hourly(1));
    assert_eq!(gateway.call(&[]).status(), 200);
    let answer = gateway.call(&[]);
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.body(), r#"{"message":"Too Many Requests"}"#);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-amzn-errortype"), Some("TooManyRequestsException"));
    assert_eq!(answer.header("retry-after"), None);
    let request_id = answer.header("x-amzn-requestid").unwrap();
    assert_eq!(request_id.len(), 36);
    assert_eq!(request_id.as_bytes()[14], b'4', "a random UUID");
    let extended = answer.header("x-amz-apigw-id").unwrap();
    assert!(extended.len() == 16 && extended.ends_with('='), "{extended}");
}

#[test]
fn a_throttled_request_reaches_neither_authorizer_nor_backend() {
    let authorizer = Authorizer::Tokens(vec!["good".into()]);
    let gateway = Running::start(Settings { authorizer, ..hourly(3) });
    for _ in 0..10 {
        gateway.call(&[("authorization", "good")]);
    }
    let expected = json!({"admitted": 3, "throttled": 7, "quotaExceeded": 0, "unauthorized": 0, "forbidden": 0,
        "authorizer": 3, "backend": 3});
    assert_eq!(gateway.stats(), expected);
}

#[test]
fn a_thousand_at_once_get_no_more_than_the_burst() {
    let gateway = Running::start(hourly(20));
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| (0..50).for_each(|_| drop(gateway.call(&[]))));
        }
    });
    let stats = gateway.stats();
    assert_eq!((stats["admitted"].as_u64(), stats["throttled"].as_u64()), (Some(20), Some(980)));
    assert_eq!(stats["backend"], 20);
}

#[test]
fn the_bucket_refills_in_real_time() {
    let gateway = Running::start(Settings::new(UsagePlan::new(limit("20/s", 1))));
    assert_eq!(gateway.call(&[]).status(), 200);
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(gateway.call(&[]).status(), 200);
}

#[test]
fn every_method_and_every_path_below_the_resource_counts() {
    let gateway = Running::start(hourly(5));
    for (method, path) in
        [("GET", "/17"), ("POST", ""), ("PUT", "/a/b"), ("DELETE", "/17?x=1"), ("PATCH", "/17")]
    {
        let answer = gateway.request(method, &format!("/api/v1/resource{path}"), &[], "");
        assert_eq!(answer.status(), 200, "{method} {path}");
    }
    assert_eq!(gateway.call(&[]).status(), 429);
}

#[test]
fn retry_after_says_when_the_next_token_comes() {
    let retry_after = |retry_after| {
        let gateway = Running::start(Settings { retry_after, ..hourly(1) });
        assert_eq!(gateway.call(&[]).header("retry-after"), None, "only on a 429");
        gateway.call(&[]).header("retry-after").unwrap().to_owned()
    };
    assert_eq!(retry_after(RetryAfter::Seconds(10)), "10");
    let computed: u64 = retry_after(RetryAfter::Computed).parse().unwrap();
    assert!((3_590..=3_600).contains(&computed), "{computed}");
    let date = httpdate::parse_http_date(&retry_after(RetryAfter::HttpDate)).unwrap();
    let wait = date.duration_since(SystemTime::now()).unwrap().as_secs();
    assert!((3_590..=3_601).contains(&wait), "{wait}");
}

#[test]
fn each_key_has_its_own_bucket() {
    let gateway = Running::start(Settings { api_keys: keys(&["first", "second"]), ..hourly(1) });
    assert_eq!(gateway.call(&[("x-api-key", "first")]).status(), 200);
    assert_eq!(gateway.call(&[("x-api-key", "first")]).status(), 429);
    assert_eq!(gateway.call(&[("x-api-key", "second")]).status(), 200);
}

#[test]
fn the_limit_comes_before_the_authorizer() {
    let authorizer = Authorizer::Tokens(vec!["good".into()]);
    let gateway = Running::start(Settings { authorizer, ..hourly(2) });
    let status = |token: &str| gateway.call(&[("authorization", token)]).status();
    assert_eq!(status("Bearer bad"), 401);
    assert_eq!(status("Bearer good"), 200);
    assert_eq!(status("Bearer bad"), 429);
    assert_eq!(status("Bearer good"), 429);
    assert_eq!(gateway.stats()["authorizer"], 2, "it is not asked about what is throttled");
}

#[test]
fn in_amazons_order_only_authorized_requests_count() {
    let authorizer = Authorizer::Tokens(vec!["good".into()]);
    let gateway = Running::start(Settings { authorizer, order: Order::AuthorizerFirst, ..hourly(1) });
    let status = |token: &str| gateway.call(&[("authorization", token)]).status();
    for _ in 0..5 {
        assert_eq!(status("Bearer bad"), 401);
    }
    assert_eq!(status("Bearer good"), 200);
    assert_eq!(status("Bearer good"), 429);
    assert_eq!(status("Bearer bad"), 401);
    assert_eq!(gateway.stats()["authorizer"], 8, "it is asked about every request");
}

#[test]
fn every_answer_takes_its_latency() {
    let mut settings = hourly(1);
    settings.delay.latency = Duration::from_millis(60);
    settings.delay.jitter = Duration::from_millis(20);
    let gateway = Running::start(settings);
    for _ in 0..3 {
        let asked = Instant::now();
        gateway.call(&[]);
        assert!(asked.elapsed() >= Duration::from_millis(40));
    }
}

#[test]
fn a_used_up_quota_is_answered_as_amazon_answers_it() {
    let mut settings = Settings { retry_after: RetryAfter::Seconds(1), ..hourly(9) };
    settings.plan.quota = Some(Quota { limit: 1, period: Period::Month });
    let gateway = Running::start(settings);
    assert_eq!(gateway.call(&[]).status(), 200);
    let answer = gateway.call(&[]);
    assert_eq!((answer.status(), answer.body()), (429, r#"{"message":"Limit Exceeded"}"#));
    assert_eq!(answer.header("x-amzn-errortype"), Some("LimitExceededException"));
    assert_eq!(answer.header("retry-after"), None, "it is not a matter of seconds");
    let stats = gateway.stats();
    assert_eq!(
        (&stats["quotaExceeded"], &stats["throttled"], &stats["backend"]),
        (&json!(1), &json!(0), &json!(1))
    );
}

#[test]
fn a_method_can_have_a_limit_of_its_own() {
    let mut settings = hourly(9);
    settings.plan.methods.insert(Method::new("GET", "/api/v1/resource/{id}"), limit("1/hour", 1));
    let gateway = Running::start(settings);
    assert_eq!(gateway.get("/api/v1/resource/1").status(), 200);
    assert_eq!(gateway.get("/api/v1/resource/2").status(), 429);
    assert_eq!(gateway.get("/api/v1/resource").status(), 200);
    assert_eq!(gateway.get("/api/v1/resource/1/parts").status(), 200);
    assert_eq!(gateway.request("PUT", "/api/v1/resource/1", &[], "").status(), 200);
}

#[test]
fn the_stages_limit_counts_preflights_and_answers_them_with_429() {
    let stage = StageLimits { throttle: Some(limit("1/hour", 1)), ..StageLimits::default() };
    let gateway = Running::start(Settings { stage, ..hourly(9) });
    let preflight = || gateway.request("OPTIONS", "/api/v1/resource", &[], "").status();
    assert_eq!([preflight(), preflight()], [200, 429]);
    assert_eq!([gateway.call(&[]).status(), gateway.call(&[]).status()], [200, 429]);
}

#[test]
fn rate_limit_fields_are_sent_when_asked_for_with_every_answer_that_asked_the_limits() {
    let gateway = Running::start(Settings { rate_limit_fields: true, ..hourly(1) });
    let fields = |status| {
        let answer = gateway.call(&[]);
        assert_eq!(answer.status(), status);
        assert_eq!(answer.header("ratelimit-policy"), Some(r#""default";q=1;w=3600"#));
        answer.header("ratelimit").unwrap().to_owned()
    };
    assert_eq!(fields(200), r#""default";r=0;t=3600"#);
    assert!(fields(429).starts_with(r#""default";r=0;t=3"#));
    assert_eq!(gateway.get("/unknown").header("ratelimit-policy"), None);
    gateway.reset(r#"{"rateLimitFields": false}"#);
    assert_eq!(gateway.call(&[]).header("ratelimit"), None);
}
