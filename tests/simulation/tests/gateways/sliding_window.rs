use api_service_client::time::Span;
use simulation::gateway::{Gateway, SlidingWindow, Verdict};

use super::{ONE, OTHER, at, burst, decisions};

fn four_in_a_second() -> SlidingWindow {
    SlidingWindow::new(4, Span::from_secs(1))
}

#[test]
fn it_admits_the_limit_in_the_first_period() {
    assert_eq!(decisions(&mut four_in_a_second(), &[0, 100, 200, 300, 400]), "++++-");
}

#[test]
fn the_period_before_counts_as_far_as_it_still_reaches() {
    let mut gateway = four_in_a_second();
    burst(&mut gateway, 0, 4);
    // At 1,250 ms three quarters of the previous four count: 3, and one more makes 4.
    assert_eq!(decisions(&mut gateway, &[1_250]), "+");
    let mut gateway = four_in_a_second();
    burst(&mut gateway, 0, 4);
    assert_eq!(decisions(&mut gateway, &[1_249]), "-");
}

#[test]
fn refused_requests_count_too() {
    let mut gateway = four_in_a_second();
    burst(&mut gateway, 0, 8);
    // At 1,500 ms the previous eight weigh 4 and leave no room.
    assert_eq!(decisions(&mut gateway, &[1_500]), "-");
}

#[test]
fn two_quiet_periods_clear_it() {
    let mut gateway = four_in_a_second();
    burst(&mut gateway, 0, 100);
    assert_eq!(burst(&mut gateway, 2_000, 5), "++++-");
}

#[test]
fn it_knows_when_the_past_has_faded_enough() {
    let mut gateway = four_in_a_second();
    burst(&mut gateway, 0, 4);
    assert_eq!(gateway.earliest(at(500), ONE), Some(at(1_250)));
}

#[test]
fn each_client_has_its_own() {
    let mut gateway = four_in_a_second();
    burst(&mut gateway, 0, 9);
    assert_eq!(gateway.decide(at(1), OTHER), Verdict::Admitted);
}
