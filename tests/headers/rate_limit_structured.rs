//! Agreement with another implementation of RFC 9651: both read or reject the same texts.

use std::cmp::Reverse;

use api_service_client::headers::{RateLimit, rate_limit};
use api_service_client::time::Span;
use proptest::prelude::*;
use sfv::{BareItem, FieldType, Item, Key, List, ListEntry, Parser, StringRef};

use super::given::now;

fn parameter_value() -> impl Strategy<Value = BareItem> {
    prop_oneof![
        (-999_999_999_999_999_i64..=999_999_999_999_999)
            .prop_map(|number| BareItem::Integer(number.try_into().unwrap())),
        (-999_999_999_i64..999_999_999).prop_map(|number| {
            BareItem::Decimal(sfv::Decimal::from_integer_scaled_1000(number.try_into().unwrap()))
        }),
        "[ -~]{0,8}".prop_map(|text| BareItem::String(StringRef::from_str(&text).unwrap().to_owned())),
        "[a-zA-Z*][a-zA-Z0-9:/!#$%&'*+.^_`|~-]{0,8}"
            .prop_map(|text| BareItem::Token(sfv::TokenRef::from_str(&text).unwrap().to_owned())),
        prop::collection::vec(any::<u8>(), 0..8).prop_map(BareItem::ByteSequence),
        any::<bool>().prop_map(BareItem::Boolean),
        (0_i64..9_999_999_999)
            .prop_map(|secs| BareItem::Date(sfv::Date::from_unix_seconds(secs.try_into().unwrap()))),
        "[ -~éü☃]{0,8}".prop_map(BareItem::DisplayString),
    ]
}

#[derive(Debug, Clone)]
struct Limit {
    name: String,
    remaining: u64,
    reset: Option<u64>,
    comments: Vec<(String, BareItem)>,
}

fn limit() -> impl Strategy<Value = Limit> {
    let comment = ("[a-p*][a-z0-9_.*-]{3,6}", parameter_value())
        .prop_filter("a key that means something", |(key, _)| key != "limit");
    let numbers = (0..=999_999_999_999_999_u64, prop::option::of(0..=3_155_760_000_u64));
    ("[ -~]{0,8}", numbers, prop::collection::vec(comment, 0..4))
        .prop_map(|(name, (remaining, reset), comments)| Limit { name, remaining, reset, comments })
}

fn written(limits: &[Limit]) -> String {
    let integer = |number: u64| BareItem::Integer(i64::try_from(number).unwrap().try_into().unwrap());
    let key = |key: &str| Key::from_string(key.to_owned()).unwrap();
    let list: List = limits
        .iter()
        .map(|limit| {
            let mut item = Item::new(StringRef::from_str(&limit.name).unwrap().to_owned());
            let comments = limit.comments.iter().map(|(name, value)| (key(name), value.clone()));
            item.params.extend(comments);
            item.params.insert(key("r"), integer(limit.remaining));
            item.params.extend(limit.reset.map(|reset| (key("t"), integer(reset))));
            ListEntry::Item(item)
        })
        .collect();
    list.serialize().unwrap()
}

proptest! {
    #[test]
    fn every_well_formed_field_is_understood(limits in prop::collection::vec(limit(), 1..4)) {
        let each = limits.iter().map(|limit| (limit.remaining, Reverse(limit.reset)));
        let (remaining, Reverse(reset)) = each.min().unwrap();
        let reset = reset.map(Span::from_secs);
        let expected = RateLimit { remaining, limit: None, window: None, reset };
        let text = written(&limits);
        prop_assert_eq!(rate_limit(&[("ratelimit", &*text)], now()), Some(expected), "{}", text);
    }

    #[test]
    fn a_damaged_field_is_understood_only_where_the_other_implementation_can_read_it(
        limits in prop::collection::vec(limit(), 1..3),
        position in any::<prop::sample::Index>(),
        damage in prop::sample::select(vec!["", "\"", ",", ";", "=", " ", "(", "\\", "é", "A", "-"]),
    ) {
        let plain: Vec<Limit> =
            limits.into_iter().map(|limit| Limit { comments: Vec::new(), ..limit }).collect();
        let mut text = written(&plain);
        let at = position.index(text.len());
        text.replace_range(at..=at, damage);
        if rate_limit(&[("ratelimit", &*text)], now()).is_some() {
            prop_assert!(Parser::new(&text).parse::<List>().is_ok(), "{}", text);
        }
    }
}
