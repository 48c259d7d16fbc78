//! Arbitrary input causes no panic, and no wait without an end.

use api_service_client::headers::{
    Class, Fields, LONGEST, classify, classify_body, http_date, rate_limit, requested_delay,
};
use api_service_client::time::WallTime;
use proptest::prelude::*;

const NAMES: [&str; 20] = [
    "retry-after",
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "date",
    "age",
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-ratelimit-reset-after",
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
    "x-amzn-errortype",
    "content-type",
    "x-unknown",
];

/// Noise, numbers of every size, and fragments of valid fields.
fn value() -> impl Strategy<Value = String> {
    let bytes = prop::collection::vec(any::<u8>(), 0..40);
    prop_oneof![
        // A header field is a string of bytes. Each byte becomes one character.
        bytes.prop_map(|bytes| bytes.into_iter().map(char::from).collect()),
        any::<String>(),
        "[+-]?[0-9]{0,40}(\\.[0-9]{0,40})?",
        "(Sun|Sunday|Mon),? [0-9]{1,2}[ -](Nov|Feb|Dec)[ -][0-9]{2,4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
        "Sun Feb [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}",
        "(\"a\"(;(r|t|q|w|qu|pk|x)(=-?[0-9]{1,16}|=\"[a-z]{0,3}\"|=:[a-z=]{0,4}:)?){0,4},? ?){0,3}",
        "((limit|remaining|reset)=[0-9]{1,16}(;w=[0-9]{1,3})?, ?){0,4}",
        "(LimitExceeded|TooManyRequests)Exception(:.{0,8})?|text/html|application/json",
    ]
}

#[derive(Debug)]
struct Pairs(Vec<(&'static str, String)>);

impl Fields for Pairs {
    fn get(&self, name: &'static str) -> Option<String> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    }
}

fn fields() -> impl Strategy<Value = Pairs> {
    prop::collection::vec((prop::sample::select(&NAMES[..]), value()), 0..12).prop_map(Pairs)
}

proptest! {
    #[test]
    fn no_answer_asks_for_more_than_a_century(
        status in prop_oneof![Just(429_u16), Just(503), any::<u16>()],
        fields in fields(),
        now in any::<f64>(),
    ) {
        let now = WallTime::from_epoch_millis(now);
        let advice = requested_delay(status, &fields, now);
        prop_assert!(advice.is_none_or(|advice| advice.delay <= LONGEST));
        let limit = rate_limit(&fields, now);
        prop_assert!(limit.and_then(|limit| limit.reset).is_none_or(|reset| reset <= LONGEST));
        prop_assert!(limit.and_then(|limit| limit.window).is_none_or(|window| window <= LONGEST));
    }

    #[test]
    fn advice_is_given_for_throttled_answers_only(
        status in prop_oneof![Just(429_u16), Just(503), any::<u16>()],
        fields in fields(),
    ) {
        let advice = requested_delay(status, &fields, WallTime::default());
        match classify(status, &fields) {
            Class::Other => prop_assert!(status != 429 && advice.is_none()),
            _ => prop_assert!(status == 429 || status == 503 && advice.is_some()),
        }
    }

    #[test]
    fn every_body_is_either_a_throttle_or_a_quota(
        body in prop_oneof![any::<String>(), "[{}\\[\\]\",:\\\\a ]{0,60}"],
    ) {
        prop_assert!(matches!(classify_body(&body), Class::Throttled | Class::QuotaExceeded));
    }

    #[test]
    fn every_text_is_a_date_or_none(text in value(), now in any::<f64>()) {
        let _ = http_date::parse(&text, WallTime::from_epoch_millis(now));
    }
}
