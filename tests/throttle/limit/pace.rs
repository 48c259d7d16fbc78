//! The pace while a limit is learned.

use api_service_client::time::Span;

use crate::throttle::driver::{Client, millis};

/// The requests that a bucket of 10 a second and 20 at once admits and refuses in 20 s, a tenth of a second at a time.
/// The client is asked for its next wake after each `step`.
fn served(step: Span) -> Vec<(u32, u32)> {
    let mut client = Client::new();
    client.calls(400);
    let mut tokens = 20;
    let mut served = Vec::new();
    for _ in 0..200 {
        let (mut admitted, mut refused) = (0, 0);
        for id in client.wire().to_vec() {
            if tokens > 0 {
                tokens -= 1;
                admitted += 1;
                client.accept(id);
            } else {
                refused += 1;
                client.throttle(id);
            }
        }
        served.push((admitted, refused));
        for _ in 0..millis(100).as_micros() / step.as_micros() {
            client.pass(step);
        }
        tokens = (tokens + 1).min(20);
    }
    served
}

#[test]
fn a_driver_that_asks_often_and_one_that_waits_send_the_same() {
    let waits = served(millis(100));
    assert_eq!(waits, served(millis(1)));
    let (admitted, refused) = waits.iter().fold((0, 0), |sum, now| (sum.0 + now.0, sum.1 + now.1));
    assert!(admitted > 200 && refused < 40, "{admitted} admitted, {refused} refused");
}
