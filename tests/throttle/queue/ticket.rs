//! A ticket names one request until its end, and never another.

use api_service_client::throttle::{Backoff, Entry, Limits, Request, Scope, Ticket};
use api_service_client::time::Instant;
use proptest::prelude::*;

use crate::throttle::driver::{Client, secs};
use crate::throttle::random_inputs;

#[test]
fn what_is_reported_of_a_request_that_has_ended_changes_nothing() {
    let mut client = Client::new();
    client.calls(20);
    client.accept(1);
    client.fail(2);
    client.abort(3);
    client.abort(20);
    for id in [1, 2, 3, 20] {
        client.answer_wrongly(id);
    }
}

#[test]
fn an_answer_to_a_request_that_waits_changes_nothing() {
    let mut client = Client::new();
    client.calls(17);
    client.answer_wrongly(17);
    client.throttle_for(1, secs(10));
    client.answer_wrongly(1);
    client.finish();
}

#[test]
fn the_ticket_of_a_request_that_has_ended_does_not_name_the_one_that_took_its_place() {
    let mut client = Client::new();
    for ended in (1..200).step_by(2) {
        client.calls(1);
        client.accept(ended);
        client.calls(1);
        client.answer_wrongly(ended);
        assert_eq!(client.wire(), [ended + 1]);
        client.abort(ended + 1);
    }
}

fn scope_with_one_on_the_wire() -> (Scope<&'static str>, Ticket) {
    let mut scope = Scope::new(Limits::default(), Backoff::default(), None);
    let Ok(Entry::Send(ticket)) = scope.enqueue(Instant::START, Request::default(), "here") else {
        panic!("nothing restricts it")
    };
    (scope, ticket)
}

#[test]
fn a_ticket_survives_the_way_through_javascript() {
    let (mut scope, ticket) = scope_with_one_on_the_wire();
    let back = Ticket::from_number(ticket.to_number());
    assert_eq!(back, ticket);
    assert_eq!(scope.payload(back), Some(&"here"));
    assert_eq!(scope.abort(Instant::START, back), Some("here"));
    assert_eq!(scope.payload(back), None);
}

proptest! {
    #![proptest_config(random_inputs())]

    #[test]
    fn no_other_number_names_a_request(number in any::<f64>()) {
        let (scope, ticket) = scope_with_one_on_the_wire();
        prop_assume!(number != ticket.to_number());
        prop_assert_eq!(scope.payload(Ticket::from_number(number)), None);
    }

    #[test]
    fn not_even_a_number_close_by_names_a_request(off in -2.0_f64..2.0) {
        let (scope, ticket) = scope_with_one_on_the_wire();
        let number = ticket.to_number() + off;
        prop_assume!(number != ticket.to_number());
        prop_assert_eq!(scope.payload(Ticket::from_number(number)), None);
    }
}
