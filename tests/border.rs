#![cfg(not(target_arch = "wasm32"))]
//! The numbers that the two halves of the shell exchange are the same in `border.rs` and `border.js`.

use std::collections::BTreeMap;
use std::fmt::Debug;

use api_service_client::throttle::{self, Jitter, OpaqueThrottling, Priority, Status};
use border::{OptionNumbers, ScopeNumbers};

#[path = "../src/web/border.rs"]
mod border;

const JAVASCRIPT: &str = include_str!("../src/web/border.js");

/// The value of a constant that `border.js` exports, as it is written.
fn exported(name: &str) -> &'static str {
    let declaration = ["export const ", name, " = "].concat();
    let (_, rest) = JAVASCRIPT.split_once(&declaration).unwrap_or_else(|| panic!("border.js has no {name}"));
    rest.split_once(';').unwrap().0
}

fn number(name: &str) -> u32 {
    exported(name).parse().unwrap()
}

fn names(name: &str) -> Vec<&'static str> {
    let list = exported(name).strip_prefix('[').unwrap().strip_suffix(']').unwrap();
    let items = list.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| item.strip_prefix('"').unwrap().strip_suffix('"').unwrap()).collect()
}

/// The public name of a variant: `QuotaExceeded` is "quota-exceeded".
fn public_name(variant: &impl Debug) -> String {
    let mut name = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// The name in JavaScript of a field: `max_in_flight` is "maxInFlight".
fn camel_case(field: &str) -> String {
    let mut words = field.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        name += &first.to_uppercase();
        name += rest;
    }
    name
}

#[test]
fn the_flags_and_the_verdicts() {
    let constants = BTreeMap::from([
        ("RESEND", border::RESEND),
        ("RESEND_IF_UNAVAILABLE", border::RESEND_IF_UNAVAILABLE),
        ("RESEND_IF_OPAQUE", border::RESEND_IF_OPAQUE),
        ("DELIVER", border::DELIVER),
        ("WITHHOLD", border::WITHHOLD),
    ]);
    for (name, value) in constants {
        assert_eq!(number(name), value, "{name}");
    }
}

#[test]
fn the_numbers_of_names() {
    let public: Vec<String> = (0..3).map(|i| public_name(&border::priority(i))).collect();
    assert_eq!(names("PRIORITIES"), public);
    let public: Vec<String> = (0..4).map(|i| public_name(&border::jitter(i.into()))).collect();
    assert_eq!(names("JITTERS"), public);
    let public: Vec<String> = (0..3).map(|i| public_name(&border::opaque_throttling(i.into()))).collect();
    assert_eq!(names("OPAQUE_THROTTLING"), public);
}

#[test]
fn a_name_that_is_not_in_the_list_is_the_default() {
    // JavaScript's -1, converted to the type that crosses.
    assert_eq!(border::priority(u32::MAX), Priority::default());
    assert_eq!(border::jitter(-1.0), Jitter::Full);
    assert_eq!(border::opaque_throttling(-1.0), OpaqueThrottling::default());
}

#[test]
fn the_statuses_and_their_order() {
    let all = [Status::Open, Status::Recovering, Status::Paused, Status::QuotaExceeded, Status::Closed];
    assert!(all.is_sorted());
    assert_eq!(names("STATUSES").len(), all.len());
    for status in all {
        assert_eq!(names("STATUSES")[border::status_number(status) as usize], public_name(&status));
    }
}

#[test]
fn the_order_of_the_options() {
    let in_javascript = names("OPTION_NUMBERS");
    let numbers: Vec<f64> = in_javascript.iter().zip(0_u8..).map(|(_, number)| number.into()).collect();
    let in_rust = OptionNumbers::from_slice(&numbers)
        .expect("border.rs and border.js have the same number of options")
        .by_name();
    let public: Vec<_> = in_rust.iter().map(|(name, _)| camel_case(name)).collect();
    assert_eq!(in_javascript, public);
    let in_order: Vec<_> = in_rust.iter().map(|(_, number)| *number).collect();
    assert_eq!(in_order, numbers);
    assert!(OptionNumbers::from_slice(&numbers[1..]).is_none());
}

#[test]
fn the_order_of_the_state_of_a_scope() {
    let state = ScopeNumbers {
        status: 1.0,
        resume_at: 2.0,
        queued: 3.0,
        in_flight: 4.0,
        rate: 5.0,
        sent: 6.0,
        throttled: 7.0,
    };
    let by_name = BTreeMap::from([
        ("status", state.status),
        ("resumeAt", state.resume_at),
        ("queued", state.queued),
        ("inFlight", state.in_flight),
        ("rate", state.rate),
        ("sent", state.sent),
        ("throttled", state.throttled),
    ]);
    let in_javascript: Vec<f64> = names("SCOPE_NUMBERS").iter().map(|name| by_name[name]).collect();
    assert_eq!(in_javascript, state.to_array());
}
