//! The answer and cost of each order: the table of docs/api-gateway.md, line by line.

use crate::running::{Running, hourly, keys};
use mock_gateway::policy::Order::{self, AuthorizerFirst, RateLimitFirst};
use mock_gateway::server::{Authorizer, Settings};

/// A request with this key and this token, after `taken` requests to a bucket of two tokens.
struct Case {
    key: &'static str,
    token: &'static str,
    taken: usize,
}

const fn case(key: &'static str, token: &'static str, taken: usize) -> Case {
    Case { key, token, taken }
}

/// The status, whether the authorizer was called, and the number of remaining tokens.
fn outcome(order: Order, Case { key, token, taken }: &Case) -> (u16, bool, usize) {
    let authorizer = Authorizer::Tokens(vec!["good".into()]);
    let gateway = Running::start(Settings { authorizer, order, api_keys: keys(&["key"]), ..hourly(2) });
    let call = |key, token| gateway.call(&[("x-api-key", key), ("authorization", token)]).status();
    for _ in 0..*taken {
        call("key", "good");
    }
    let asked = || gateway.stats()["authorizer"].as_u64();
    let before = asked();
    let status = call(key, token);
    let was_asked = asked() != before;
    let left = (0..3).filter(|_| call("key", "good") == 200).count();
    (status, was_asked, left)
}

#[test]
fn both_orders_line_by_line() {
    let table = [
        (case("key", "good", 0), (200, true, 1), (200, true, 1)),
        (case("key", "bad", 0), (401, true, 1), (401, true, 2)),
        (case("key", "good", 2), (429, false, 0), (429, true, 0)),
        (case("key", "bad", 2), (429, false, 0), (401, true, 0)),
        (case("other", "good", 0), (403, false, 2), (403, true, 2)),
        (case("other", "bad", 0), (403, false, 2), (401, true, 2)),
    ];
    for (case, rate_limit_first, authorizer_first) in table {
        let Case { key, token, taken } = &case;
        let what = format!("key {key}, token {token}, {taken} taken");
        assert_eq!(outcome(RateLimitFirst, &case), rate_limit_first, "{what}");
        assert_eq!(outcome(AuthorizerFirst, &case), authorizer_first, "{what}");
    }
}
