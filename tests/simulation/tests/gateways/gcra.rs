use simulation::gateway::{Gateway, Gcra, Verdict};
use simulation::{Plan, Rate};

use super::{ONE, OTHER, at, burst, decisions, throttled};

fn ten_a_second() -> Gcra {
    Gcra::new(Plan { rate: Rate::per_second(10), burst: 3 })
}

#[test]
fn it_admits_its_burst_and_then_one_each_interval() {
    assert_eq!(decisions(&mut ten_a_second(), &[0, 0, 0, 0, 99, 100, 101, 200]), "+++--+-+");
}

#[test]
fn rest_earns_the_burst_back_and_no_more() {
    let mut gateway = ten_a_second();
    burst(&mut gateway, 0, 3);
    assert_eq!(burst(&mut gateway, 200, 3), "++-");
    assert_eq!(burst(&mut gateway, 60_000, 4), "+++-");
}

#[test]
fn it_says_how_long_to_wait() {
    let mut gateway = ten_a_second();
    burst(&mut gateway, 0, 3);
    assert_eq!(gateway.decide(at(40), ONE), throttled(60));
}

#[test]
fn each_client_has_its_own() {
    let mut gateway = ten_a_second();
    burst(&mut gateway, 0, 4);
    assert_eq!(gateway.decide(at(0), OTHER), Verdict::Admitted);
}
