//! The pace while other clients use the same limit.

use api_service_client::time::Span;

use crate::throttle::driver::{Client, Tabs, millis, secs};

/// A client of whose first requests one was admitted, and whose probe was refused twice, each time after a pause in
/// which a client alone would have found a token.
fn in_company(requested: Option<Span>) -> Client {
    let mut client = Client::new();
    let refuse = |client: &mut Client| match requested {
        Some(requested) => client.throttle_for(2, requested),
        None => client.throttle(2),
    };
    client.calls(5);
    client.accept(1);
    refuse(&mut client);
    for id in [3, 4, 5] {
        client.throttle(id);
    }
    for _ in 0..2 {
        assert_eq!(client.next_send(), 2);
        refuse(&mut client);
    }
    client
}

fn rate(client: &Client) -> f64 {
    client.snapshot().rate.expect("a pace")
}

#[test]
fn a_probe_that_is_refused_again_and_again_waits_for_its_token_beyond_the_pause() {
    for requested in [None, Some(secs(1))] {
        let mut client = in_company(requested);
        client.pass(client.pause_left());
        assert!(client.wire().is_empty(), "{requested:?}");
        assert!((0.3..1.0).contains(&rate(&client)), "{}", rate(&client));
        let (resumed, before) = (client.elapsed(), rate(&client));
        assert_eq!(client.next_send(), 2);
        let waited = client.elapsed() - resumed;
        assert!((millis(500)..=secs(3)).contains(&waited), "{waited:?}");
        assert!(rate(&client) > before, "the pace does not grow");
    }
}

#[test]
fn a_client_slows_down_with_each_refusal() {
    let mut client = in_company(None);
    client.pass(client.pause_left());
    let before = rate(&client);
    for _ in 0..3 {
        client.next_send();
        client.throttle(2);
    }
    client.pass(client.pause_left());
    assert!(rate(&client) < before, "{} after {before}", rate(&client));
}

#[test]
fn a_gateway_that_admits_nothing_is_no_company() {
    let mut client = Client::new();
    client.calls(3);
    for _ in 0..6 {
        client.throttle_for(1, secs(1));
        client.pass(client.pause_left());
        assert_eq!(client.wire()[client.wire().len() - 1], 1);
    }
}

#[test]
fn a_tab_that_opens_takes_part_although_the_page_has_company() {
    let mut tabs = Tabs::new(1);
    tabs.open({
        let mut client = in_company(None);
        client.pass(client.pause_left());
        client
    });
    tabs.act(0, |tab| tab.calls(3));
    for _ in 0..200 {
        for tab in 0..2 {
            for id in tabs.tab(tab).wire().to_vec() {
                tabs.act(tab, |tab| tab.accept(id));
            }
        }
        tabs.pass(millis(100));
    }
    assert_eq!((tabs.tab(0).queued(), tabs.tab(1).queued()), (0, 0));
}
