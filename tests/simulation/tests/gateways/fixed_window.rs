use api_service_client::time::Span;
use simulation::gateway::{Budget, FixedWindow, Gateway, Verdict};

use super::{ONE, OTHER, at, burst, decisions, throttled};

fn three_in_a_second() -> FixedWindow {
    FixedWindow::new(3, Span::from_secs(1))
}

#[test]
fn the_window_begins_with_the_first_request() {
    assert_eq!(decisions(&mut three_in_a_second(), &[700, 800, 900, 1_000, 1_699, 1_700]), "+++--+");
}

#[test]
fn no_window_follows_until_the_next_request_comes() {
    let mut gateway = three_in_a_second();
    burst(&mut gateway, 0, 3);
    assert_eq!(decisions(&mut gateway, &[5_500, 5_500, 5_500, 6_499, 6_500]), "+++-+");
}

#[test]
fn twice_the_limit_fits_around_the_end_of_a_window() {
    assert_eq!(decisions(&mut three_in_a_second(), &[0, 999, 999, 1_000, 1_000, 1_000, 1_001]), "++++++-");
}

#[test]
fn it_says_how_much_of_the_window_is_left() {
    let mut gateway = three_in_a_second();
    burst(&mut gateway, 100, 3);
    assert_eq!(gateway.decide(at(400), ONE), throttled(700));
}

#[test]
fn each_client_has_its_own() {
    let mut gateway = three_in_a_second();
    burst(&mut gateway, 0, 4);
    assert_eq!(gateway.decide(at(500), OTHER), Verdict::Admitted);
}

#[test]
fn its_fields_say_what_is_left_in_whole_seconds() {
    let mut gateway = FixedWindow::new(100, Span::from_secs(10));
    burst(&mut gateway, 0, 30);
    let budget =
        Budget { quota: 100, window: Span::from_secs(10), remaining: 70, resets_in: Span::from_secs(8) };
    assert_eq!(gateway.budget(at(2_500), ONE), Some(budget));
}
