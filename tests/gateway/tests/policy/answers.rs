//! The refusals, byte for byte.

use mock_gateway::answer::{GatewayResponse, RetryAfter};
use mock_gateway::policy::{Check, Order, WallTime};
use std::time::Duration;

#[test]
fn gateway_responses_are_amazons() {
    use GatewayResponse::{
        IntegrationFailure, IntegrationTimeout, InvalidApiKey, MissingAuthenticationToken, QuotaExceeded,
        Throttled, TokenExpired, Unauthorized,
    };
    let all = [
        (Throttled, 429, "TooManyRequestsException", "THROTTLED", "Too Many Requests"),
        (QuotaExceeded, 429, "LimitExceededException", "QUOTA_EXCEEDED", "Limit Exceeded"),
        (InvalidApiKey, 403, "ForbiddenException", "INVALID_API_KEY", "Forbidden"),
        (Unauthorized, 401, "UnauthorizedException", "UNAUTHORIZED", "Unauthorized"),
        (TokenExpired, 401, "UnauthorizedException", "UNAUTHORIZED", "The incoming token has expired"),
        (
            MissingAuthenticationToken,
            403,
            "MissingAuthenticationTokenException",
            "MISSING_AUTHENTICATION_TOKEN",
            "Missing Authentication Token",
        ),
        (
            IntegrationFailure,
            504,
            "InternalServerErrorException",
            "INTEGRATION_FAILURE",
            "Network error communicating with endpoint",
        ),
        (
            IntegrationTimeout,
            504,
            "InternalServerErrorException",
            "INTEGRATION_TIMEOUT",
            "Endpoint request timed out",
        ),
    ];
    for (response, status, error_type, response_type, message) in all {
        assert_eq!(response.status(), status);
        assert_eq!((response.error_type(), response.response_type()), (error_type, response_type));
        assert_eq!(response.body(), format!("{{\"message\":\"{message}\"}}"));
    }
}

const WAIT: Option<Duration> = Some(Duration::from_millis(1_001));
/// 1994-11-06 08:49:37.5, the day of RFC 9110's examples.
const WALL: WallTime = WallTime::from_epoch(Duration::from_millis(784_111_777_500));

#[test]
fn retry_after_is_left_out_as_amazon_does() {
    assert_eq!(RetryAfter::default().value(WAIT, WALL), None);
}

#[test]
fn a_fixed_retry_after_is_the_same_whatever_the_wait() {
    assert_eq!(RetryAfter::Seconds(10).value(WAIT, WALL).as_deref(), Some("10"));
    assert_eq!(RetryAfter::Seconds(0).value(None, WALL).as_deref(), Some("0"));
}

#[test]
fn a_computed_retry_after_is_rounded_up_so_that_it_is_never_too_early() {
    let computed = |wait| RetryAfter::Computed.value(Some(wait), WALL);
    assert_eq!(computed(Duration::from_millis(1_001)).as_deref(), Some("2"));
    assert_eq!(computed(Duration::from_secs(2)).as_deref(), Some("2"));
    assert_eq!(computed(Duration::from_nanos(1)).as_deref(), Some("1"));
}

#[test]
fn a_date_is_an_imf_fixdate_not_before_the_next_token() {
    let date = RetryAfter::HttpDate.value(WAIT, WALL);
    assert_eq!(date.as_deref(), Some("Sun, 06 Nov 1994 08:49:39 GMT"));
}

#[test]
fn a_token_that_never_comes_has_no_moment() {
    assert_eq!(RetryAfter::Computed.value(None, WALL), None);
    assert_eq!(RetryAfter::HttpDate.value(None, WALL), None);
    assert_eq!(RetryAfter::HttpDate.value(Some(Duration::MAX), WALL), None);
    let after_9999 = Some(Duration::from_secs(300_000_000_000));
    assert_eq!(RetryAfter::HttpDate.value(after_9999, WALL), None, "a date has a year of four digits");
}

#[test]
fn retry_after_reads_its_four_kinds() {
    assert_eq!("none".parse(), Ok(RetryAfter::None));
    assert_eq!("30".parse(), Ok(RetryAfter::Seconds(30)));
    assert_eq!("computed".parse(), Ok(RetryAfter::Computed));
    assert_eq!("http-date".parse(), Ok(RetryAfter::HttpDate));
    for wrong in ["", "soon", "-1", "1.5", "COMPUTED"] {
        assert!(wrong.parse::<RetryAfter>().is_err(), "{wrong}");
    }
}

#[test]
fn the_limit_comes_first_unless_amazons_order_is_asked_for() {
    assert_eq!(Order::default().checks(), [Check::UsagePlan, Check::Authorizer]);
    assert_eq!("authorizer-first".parse(), Ok(Order::AuthorizerFirst));
    assert_eq!(Order::AuthorizerFirst.checks(), [Check::Authorizer, Check::UsagePlan]);
}
