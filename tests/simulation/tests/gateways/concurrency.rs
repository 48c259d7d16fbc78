use simulation::gateway::{Concurrency, Gateway, Verdict};

use super::{ONE, OTHER, at, burst};

#[test]
fn it_admits_as_many_as_may_be_processed_at_once() {
    assert_eq!(burst(&mut Concurrency::new(3), 0, 5), "+++--");
}

#[test]
fn time_alone_makes_no_room() {
    let mut gateway = Concurrency::new(1);
    assert_eq!(burst(&mut gateway, 0, 1), "+");
    assert_eq!(burst(&mut gateway, 86_400_000, 1), "-");
    assert_eq!(gateway.earliest(at(86_400_000), ONE), None);
}

#[test]
fn each_that_ends_makes_room_for_one() {
    let mut gateway = Concurrency::new(2);
    burst(&mut gateway, 0, 2);
    gateway.finished(at(10));
    assert_eq!(burst(&mut gateway, 10, 2), "+-");
}

#[test]
fn it_cannot_say_how_long_to_wait_and_serves_all_clients() {
    let mut gateway = Concurrency::new(1);
    gateway.decide(at(0), ONE);
    assert_eq!(gateway.decide(at(0), OTHER), Verdict::Throttled { wait: None });
}
