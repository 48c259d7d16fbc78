//! The address of a request behind proxies.

use crate::running::{Running, hourly};
use mock_gateway::server::{Settings, TrustedProxies};

fn clients(trusted: &[&str], forwarded_for: &[&[(&str, &str)]]) -> Vec<String> {
    let networks = trusted.iter().map(|network| network.parse().unwrap()).collect();
    let gateway = Running::start(Settings { trusted_proxies: TrustedProxies::new(networks), ..hourly(99) });
    for headers in forwarded_for {
        gateway.call(headers);
    }
    gateway.log().iter().map(|entry| entry["client"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nobody_is_believed_about_the_address_unless_told_so() {
    assert_eq!(clients(&[], &[&[("x-forwarded-for", "203.0.113.7")]]), ["127.0.0.1"]);
    assert_eq!(clients(&["10.0.0.0/8"], &[&[("x-forwarded-for", "203.0.113.7")]]), ["127.0.0.1"]);
}

#[test]
fn a_trusted_proxy_is_believed_and_whoever_it_trusts_too() {
    let trusted = ["127.0.0.0/8", "10.0.0.0/8"];
    let cases: [&[(&str, &str)]; 4] = [
        &[("x-forwarded-for", "203.0.113.7")],
        &[("x-forwarded-for", "198.51.100.1, 203.0.113.7,10.0.0.3")],
        &[("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.7, 10.0.0.3")],
        &[("x-forwarded-for", "2001:db8::7")],
    ];
    assert_eq!(clients(&trusted, &cases), ["203.0.113.7", "203.0.113.7", "203.0.113.7", "2001:db8::7"]);
}

#[test]
fn what_is_no_address_ends_the_search() {
    let trusted = ["127.0.0.0/8", "10.0.0.0/8"];
    let cases: [&[(&str, &str)]; 3] =
        [&[], &[("x-forwarded-for", "unknown")], &[("x-forwarded-for", "203.0.113.7, nonsense, 10.0.0.3")]];
    assert_eq!(clients(&trusted, &cases), ["127.0.0.1", "127.0.0.1", "10.0.0.3"]);
}

#[test]
fn each_address_has_its_own_bucket() {
    let networks = vec!["127.0.0.0/8".parse().unwrap()];
    let gateway = Running::start(Settings { trusted_proxies: TrustedProxies::new(networks), ..hourly(1) });
    let status = |address| gateway.call(&[("x-forwarded-for", address)]).status();
    assert_eq!([status("203.0.113.1"), status("203.0.113.1"), status("203.0.113.2")], [200, 429, 200]);
}
