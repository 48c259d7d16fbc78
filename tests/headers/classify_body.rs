//! The class of a 429 by its body, if the fields leave it open.

use api_service_client::headers::{Class, classify_body};
use proptest::prelude::*;

fn is_quota(body: &str) -> bool {
    match classify_body(body) {
        Class::QuotaExceeded => true,
        Class::Throttled => false,
        other => panic!("{other:?}"),
    }
}

#[test]
fn amazons_own_bodies_are_told_apart() {
    assert!(is_quota(r#"{"message":"Limit Exceeded"}"#));
    assert!(!is_quota(r#"{"message":"Too Many Requests"}"#));
    assert!(!is_quota(r#"{"message": "Too Many Requests. Please wait ...", "code": "429"}"#));
}

#[test]
fn white_space_order_and_case_of_the_key_do_not_matter() {
    assert!(is_quota("\r\n\t {\n  \"message\" :\t\"Limit Exceeded\"\n}\n"));
    assert!(is_quota(r#"{"Message":"Limit Exceeded"}"#));
    assert!(is_quota(
        r#"{"code":429,"ok":false,"list":[1,{"a":[]}],"none":null,"message":"Limit Exceeded","x":{}}"#
    ));
}

#[test]
fn the_problem_type_of_a_quota_is_recognised() {
    assert!(is_quota(
        r#"{
            "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
            "title": "Request cannot be satisfied as assigned quota has been exceeded",
            "violated-policies": ["daily","bandwidth"]
        }"#
    ));
    // PHP escapes the slashes.
    assert!(is_quota(r#"{"type":"https:\/\/iana.org\/assignments\/http-problem-types#quota-exceeded"}"#));
}

#[test]
fn a_missing_comma_as_in_the_draft_does_not_hide_the_problem_type() {
    assert!(is_quota(
        "{\n\"title\": \"Too Many Requests\"\n\"type\": \"https://iana.org/#quota-exceeded\"\n}"
    ));
}

#[test]
fn the_other_problem_types_are_throttles() {
    for name in ["temporary-reduced-capacity", "abnormal-usage-detected", "quota-exceeded-soon", "other"] {
        let body = ["{\"type\":\"https://iana.org/assignments/http-problem-types#", name, "\"}"].concat();
        assert!(!is_quota(&body), "{name}");
    }
    assert!(!is_quota(r#"{"type":"quota-exceeded"}"#));
    assert!(!is_quota(
        r#"{"type":"about:blank","title":"https://iana.org/assignments/http-problem-types#quota-exceeded"}"#
    ));
}

#[test]
fn the_words_elsewhere_are_about_something_else() {
    for body in [
        r#"{"error":{"message":"Limit Exceeded"}}"#,
        r#"{"errors":[{"message":"Limit Exceeded"}],"message":"Too Many Requests"}"#,
        r#"[{"message":"Limit Exceeded"}]"#,
        r#"{"message":["Limit Exceeded"]}"#,
        r#"{"type":["https://iana.org/assignments/http-problem-types#quota-exceeded"]}"#,
        r#"{"message":{"text":"Limit Exceeded"}}"#,
        r#"{"detail":"\"message\":\"Limit Exceeded\""}"#,
        r#"{"detail":"{\"message\":\"Limit Exceeded\"}"}"#,
        r#"{"detail":"\\","note":"\"message\":\"Limit Exceeded\""}"#,
        r#"{"message":"Limit Exceeded for today"}"#,
        r#"{"message":"The Limit Exceeded"}"#,
        r#"{"message":"limit exceeded"}"#,
        r#"{"reason":"Limit Exceeded"}"#,
        r#"{"message":"message","reason":"Limit Exceeded"}"#,
        r#"{"x":"message","y":"Limit Exceeded"}"#,
        r#"{"message":5,"reason":"Limit Exceeded"}"#,
        r#"{"list":["message","Limit Exceeded"]}"#,
        r#"{}{"message":"Limit Exceeded"}"#,
        r#""{\"message\":\"Limit Exceeded\"}""#,
        "Limit Exceeded",
        "\"Limit Exceeded\"",
        "message: Limit Exceeded",
        "<p>{\"message\":\"Limit Exceeded\"}</p>",
    ] {
        assert!(!is_quota(body), "{body}");
    }
}

#[test]
fn a_body_that_is_cut_off_is_read_as_far_as_it_goes() {
    let body = r#"{"message":"Limit Exceeded"}"#;
    let until_the_quote = body.len() - 1;
    assert!(is_quota(&body[..until_the_quote]));
    for length in 0..until_the_quote {
        assert!(!is_quota(&body[..length]), "{}", &body[..length]);
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    let depth = 1_000_000;
    assert!(!is_quota(&"{".repeat(depth)));
    assert!(!is_quota(&["{", &"]".repeat(depth)].concat()));
    let inside =
        ["{\"a\":", &"[".repeat(depth), &"]".repeat(depth), ",\"message\":\"Limit Exceeded\"}"].concat();
    assert!(is_quota(&inside));
}

/// Any JSON value, as text.
fn json() -> impl Strategy<Value = String> {
    let string = r#"([ -!#-\[\]-~]|\\["\\/bfnrt]|\\u[0-9a-f]{4}|é){0,12}"#
        .prop_map(|text| ["\"", &text, "\""].concat());
    let leaf = prop_oneof![
        string,
        Just("\"message\"".to_owned()),
        Just("\"Limit Exceeded\"".to_owned()),
        "-?[0-9]{1,5}(\\.[0-9]{1,3})?",
        "true|false|null",
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| ["[", &items.join(", "), "]"].concat()),
            prop::collection::vec(inner, 0..4).prop_map(|items| {
                let members =
                    items.iter().enumerate().map(|(index, item)| format!("\"message{index}\": {item}"));
                ["{", &members.collect::<Vec<_>>().join(","), "}"].concat()
            }),
        ]
    })
}

proptest! {
    #[test]
    fn the_message_is_found_among_whatever_else_the_object_has(before in json(), after in json()) {
        let body = ["{\"a\":", &before, ",\"message\":\"Limit Exceeded\",\"b\":", &after, "}"].concat();
        prop_assert!(is_quota(&body), "{}", body);
    }

    #[test]
    fn no_value_of_another_member_is_taken_for_the_message(value in json()) {
        let body = ["{\"a\":", &value, ",\"message\":\"Too Many Requests\"}"].concat();
        prop_assert!(!is_quota(&body), "{}", body);
    }
}
