//! `RateLimit` and `RateLimit-Policy`, "RateLimit header fields for HTTP", draft 11.

use api_service_client::headers::{RateLimit, rate_limit};

use super::given::{now, remaining, under};

fn read(value: &str) -> Option<RateLimit> {
    rate_limit(&[("ratelimit", value)], now())
}

fn read_with_policy(value: &str, policy: &str) -> Option<RateLimit> {
    rate_limit(&[("ratelimit", value), ("ratelimit-policy", policy)], now())
}

#[test]
fn the_examples_of_the_draft_are_understood() {
    for (value, expected) in [
        (r#""default";r=50;t=30"#, remaining(50, 30)),
        (r#""default";r=999;pk=:dHJpYWwxMjEzMjM=:"#, remaining(999, None)),
        (r#""default";r=300000000;t=60;pk=:QXBwLTk5OQ==:"#, remaining(300_000_000, 60)),
        (r#""problemPolicy";r=0;t=10"#, remaining(0, 10)),
        (r#""default";r=1;t=7"#, remaining(1, 7)),
        (r#""default";r=0;t=50"#, remaining(0, 50)),
        (r#""dayLimit";r=100;t=36000"#, remaining(100, 36_000)),
        (r#""daily";r=1;t=86400"#, remaining(1, 86_400)),
        (r#""dynamic";r=15;t=40"#, remaining(15, 40)),
    ] {
        assert_eq!(read(value), Some(expected), "{value}");
    }
}

#[test]
fn the_policy_of_the_same_name_gives_limit_and_window() {
    for (value, policy, expected) in [
        (r#""basic";r=60;t=58"#, r#""basic";q=100;w=60"#, under(100, 60, remaining(60, 58))),
        (r#""fixedwindow";r=99;t=50"#, r#""fixedwindow";q=100;w=60"#, under(100, 60, remaining(99, 50))),
        (
            r#""somepolicy";r=10000;t=10"#,
            r#""somepolicy";q=10000;w=1000"#,
            under(10_000, 1_000, remaining(10_000, 10)),
        ),
        (
            r#""daily";r=7"#,
            r#""burst";q=100;w=60,"daily";q=1000;w=86400"#,
            under(1_000, 86_400, remaining(7, None)),
        ),
        (
            r#""perhr";r=7;t=9"#,
            r#""permin";q=50;w=60,"perhr";q=1000;w=3600"#,
            under(1_000, 3_600, remaining(7, 9)),
        ),
        (r#""default";r=5"#, r#""default";q=100"#, under(100, None, remaining(5, None))),
        // The field of express-rate-limit.
        (
            r#""2-in-1min"; r=0; t=60"#,
            r#""2-in-1min"; q=2; w=60; pk=:MTJjYTE3YjQ5YWYy:"#,
            under(2, 60, remaining(0, 60)),
        ),
    ] {
        assert_eq!(read_with_policy(value, policy), Some(expected), "{value} {policy}");
    }
}

#[test]
fn a_policy_of_another_name_is_about_another_limit() {
    assert_eq!(read_with_policy(r#""a";r=5;t=3"#, r#""b";q=100;w=60"#), Some(remaining(5, 3)));
    assert_eq!(read_with_policy(r#""100";r=5;t=3"#, "100;w=60"), Some(remaining(5, 3)));
}

#[test]
fn padding_bits_that_are_not_zero_do_not_spoil_a_partition_key() {
    // Two examples in the draft have parameters of this kind.
    let value = r#""peruser";r=5;pk=:cHsdsRa894==:"#;
    assert_eq!(
        read_with_policy(value, r#""peruser";q=100;w=60;pk=:cHsdsRa894==:"#),
        Some(under(100, 60, remaining(5, None))),
    );
    let policy = r#""peruser";q=100;w=60,"bytes";q=65535;qu="content-bytes";w=10;pk=:sdfjLJUOUH==:"#;
    assert_eq!(read_with_policy(value, policy), Some(under(100, 60, remaining(5, None))));
}

#[test]
fn of_several_limits_the_one_with_the_least_remaining_counts() {
    assert_eq!(read(r#""permin";r=40;t=30, "perhr";r=5;t=1800"#), Some(remaining(5, 1_800)));
    assert_eq!(read(r#""perhr";r=5;t=1800,"permin";r=40;t=30"#), Some(remaining(5, 1_800)));
}

#[test]
fn of_those_with_nothing_remaining_the_longest_counts() {
    for value in [
        r#""a";r=0;t=5,"b";r=0;t=60,"c";r=9;t=3600"#,
        r#""c";r=9;t=3600,"b";r=0;t=60,"a";r=0;t=5"#,
        r#""b";r=0;t=60,"d";r=0"#,
    ] {
        assert_eq!(read(value), Some(remaining(0, 60)), "{value}");
    }
}

#[test]
fn several_lines_are_one_list() {
    let lines = [("RateLimit", r#""a";r=9;t=5"#), ("RateLimit", r#""b";r=3;t=60"#)];
    assert_eq!(rate_limit(&lines, now()), Some(remaining(3, 60)));
}

#[test]
fn only_limits_on_requests_count() {
    let policy = [
        r#""bytes";q=65535;qu="content-bytes";w=10"#,
        r#""slots";q=4;qu="concurrent-requests""#,
        r#""calls";q=10;qu="requests";w=1"#,
    ];
    let policy = &policy.join(", ");
    assert_eq!(
        read_with_policy(r#""bytes";r=0;t=9,"calls";r=4;t=1"#, policy),
        Some(under(10, 1, remaining(4, 1)))
    );
    assert_eq!(read_with_policy(r#""bytes";r=0;t=9"#, policy), None);
    assert_eq!(read_with_policy(r#""slots";r=0"#, policy), None);
    assert_eq!(read(r#""bytes";r=0;t=9;qu="content-bytes""#), None);
    assert_eq!(read(r#""calls";r=4;qu="requests""#), Some(remaining(4, None)));
    // The draft's registry uses this spelling.
    assert_eq!(read(r#""calls";r=4;qu="request""#), Some(remaining(4, None)));
}

#[test]
fn unknown_parameters_are_comments() {
    for comment in [
        "acme-burst=1.5",
        "*x",
        r#"note="a, b; \"c\"""#,
        "when=@1659578233",
        "ok=?1",
        "key=a/b:c",
        "n=-5",
        "blob=:aGk=:",
        r#"who=%"z%c3%bc\""#,
    ] {
        let value = [r#""default";"#, comment, ";r=50;", comment, ";t=30; ", comment].concat();
        assert_eq!(read(&value), Some(remaining(50, 30)), "{value}");
    }
}

#[test]
fn of_a_repeated_parameter_the_last_counts() {
    assert_eq!(read(r#""default";r=1;r=5;t=2;t=3"#), Some(remaining(5, 3)));
}

#[test]
fn quota_and_window_may_stand_in_the_limit_itself() {
    assert_eq!(read(r#""default";q=100;w=60;r=50;t=30"#), Some(under(100, 60, remaining(50, 30))));
}

#[test]
fn names_are_compared_with_their_escapes() {
    let policy = r#""a\"b, c";q=10;w=1"#;
    assert_eq!(read_with_policy(r#""a\"b, c";r=5"#, policy), Some(under(10, 1, remaining(5, None))));
}

#[test]
fn a_malformed_field_is_ignored_as_a_whole() {
    for value in [
        "",
        r#""default""#,
        r#""default";t=30"#,
        r#""default";r"#,
        r#""default";r="50""#,
        r#""default";r=%"50""#,
        r#""default";r=-1"#,
        r#""default";r=5.0"#,
        r#""default";r=1000000000000000"#,
        r#""default";r=50;t=-1"#,
        r#""default";r=50;t=1.5"#,
        r#""default";r=50;t=soon"#,
        r#""default";r=50;pk="key""#,
        r#""default";r=50;pk=:a2V5"#,
        r#""default";r=50;x=("#,
        r#""default";r=50;x=(1 2)"#,
        r#""default";r=50;"#,
        r#""default";r=50;;t=3"#,
        r#""default";r=50 ;t=30"#,
        r#""default";r= 50"#,
        r#""default";R=50"#,
        r#""default";r=50,"#,
        r#""default";r=50 "other";r=60"#,
        r#""default";r=50,,"other";r=60"#,
        r#""default";r=50,"other""#,
        r#""default";r=50,other;r=60"#,
        r#""default";r=50,5;r=60"#,
        r#"("default");r=50"#,
        r#""default;r=50;t=30"#,
        r#""def\ault";r=50"#,
        "\"défaut\";r=50",
        "default;r=50;t=30",
        "50;t=30",
    ] {
        assert_eq!(read(value), None, "{value}");
    }
}

#[test]
fn a_malformed_policy_does_not_spoil_the_limit() {
    for policy in [
        "",
        r#""basic";q=100;w=0"#,
        r#""basic";q=100;w=-60"#,
        r#""basic";w=60"#,
        r#""basic";q=1.5;w=60"#,
        r#""basic";q=100;w=60,"#,
        r#""basic";q=100;w=60,"other""#,
        r#""basic";q=100;w=60;pk=key"#,
        r#""basic";q=100;w=60 x"#,
    ] {
        assert_eq!(read_with_policy(r#""basic";r=60;t=58"#, policy), Some(remaining(60, 58)), "{policy}");
    }
}

#[test]
fn an_answer_from_a_cache_says_nothing() {
    let field = ("ratelimit", r#""default";r=50;t=30"#);
    assert_eq!(rate_limit(&[field, ("age", "1")], now()), None);
    assert_eq!(rate_limit(&[field, ("age", "0.5")], now()), None);
    for age in ["0", "", "-1", "new"] {
        assert_eq!(rate_limit(&[field, ("age", age)], now()), Some(remaining(50, 30)), "{age}");
    }
}
