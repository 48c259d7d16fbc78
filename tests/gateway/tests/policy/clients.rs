//! The clients: how they are told apart, and how long they are remembered.

use crate::{admitted, client, is_admitted, items, policy};
use mock_gateway::policy::{ApiKeys, Client, Instant};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[test]
fn each_client_has_a_bucket_of_its_own() {
    let mut policy = policy("1/min", 1);
    for id in ["one", "two"] {
        assert_eq!(policy.evaluate(&client(id), &items(), Instant::START), admitted(0));
        assert!(!is_admitted(policy.evaluate(&client(id), &items(), Instant::START)));
    }
}

#[test]
fn without_keys_a_client_is_its_address_whatever_key_it_sends() {
    let keys = ApiKeys::default();
    assert_eq!(keys.identify(None, HERE), Some(Client::SourceIp(HERE)));
    assert_eq!(keys.identify(Some("any"), HERE), Some(Client::SourceIp(HERE)));
}

#[test]
fn with_keys_a_client_is_its_key_whatever_its_address() {
    let keys = ApiKeys::new(["first".to_owned(), "second".to_owned()]);
    assert_eq!(keys.identify(Some("second"), HERE), Some(Client::ApiKey("key-2".into())));
    assert_eq!(keys.identify(Some("other"), HERE), None);
    assert_eq!(keys.identify(Some(""), HERE), None);
    assert_eq!(keys.identify(None, HERE), None);
}

#[test]
fn a_client_is_shown_by_its_id_never_by_its_key() {
    let keys = ApiKeys::new(["a-secret".to_owned()]);
    let client = keys.identify(Some("a-secret"), HERE).unwrap();
    assert_eq!(client.to_string(), "key-1");
    assert!(!format!("{client:?}").contains("secret"));
}

#[test]
fn idle_clients_are_forgotten() {
    let mut policy = policy("10/s", 10);
    for n in 0..50_000_u32 {
        let client = Client::SourceIp(Ipv4Addr::from_bits(n).into());
        policy.evaluate(&client, &items(), Instant::START + Duration::from_millis(n.into()));
        assert!(policy.remembered_clients() <= 1_024, "{} of {n}", policy.remembered_clients());
    }
}

#[test]
fn a_client_that_is_not_idle_is_not_forgotten_however_many_come() {
    let mut policy = policy("1/hour", 1);
    let busy = client("busy");
    policy.evaluate(&busy, &items(), Instant::START);
    for n in 0..10_000_u32 {
        policy.evaluate(&Client::SourceIp(Ipv4Addr::from_bits(n).into()), &items(), Instant::START);
    }
    assert!(!is_admitted(policy.evaluate(&busy, &items(), Instant::START)));
}

#[test]
fn a_hundred_thousand_clients_are_each_held_to_their_limit_and_forgotten_once_they_are_idle() {
    let mut policy = policy("1/s", 1);
    let address = |n| Client::SourceIp(Ipv4Addr::from_bits(n).into());
    for n in 0..100_000 {
        assert!(is_admitted(policy.evaluate(&address(n), &items(), Instant::START)));
    }
    for n in 0..100_000 {
        assert!(!is_admitted(policy.evaluate(&address(n), &items(), Instant::START)));
    }
    assert_eq!(policy.remembered_clients(), 100_000);
    // Another 110,000 clients come one after the other. At any time about 1,000 buckets are not full, and 1,000 more
    // have just become full.
    for n in 100_000..210_000 {
        let now = Instant::START + Duration::from_millis(n.into());
        policy.evaluate(&address(n), &items(), now);
        assert!(policy.remembered_clients() <= 200_000);
    }
    assert!(policy.remembered_clients() <= 4_000, "{}", policy.remembered_clients());
}
