use simulation::Rate;
use simulation::gateway::{Gateway, LeakyBucket};

use super::{ONE, OTHER, at, decisions, throttled};

fn ten_a_second() -> LeakyBucket {
    LeakyBucket::new(Rate::per_second(10))
}

#[test]
fn two_at_once_are_one_too_many() {
    assert_eq!(decisions(&mut ten_a_second(), &[0, 0, 1, 99, 100]), "+---+");
}

#[test]
fn rest_earns_nothing() {
    assert_eq!(decisions(&mut ten_a_second(), &[0, 60_000, 60_000, 60_099, 60_100]), "++--+");
}

#[test]
fn what_it_refuses_delays_nothing() {
    assert_eq!(decisions(&mut ten_a_second(), &[0, 50, 90, 99, 100, 150, 200]), "+---+-+");
}

#[test]
fn all_clients_share_it() {
    let mut gateway = ten_a_second();
    gateway.decide(at(0), ONE);
    assert_eq!(gateway.decide(at(30), OTHER), throttled(70));
}
