use simulation::gateway::{Gateway, TokenBucket, Verdict};
use simulation::{Plan, Rate};

use super::{ONE, OTHER, at, burst, decisions, throttled};

fn ten_a_second() -> TokenBucket {
    TokenBucket::new(Plan { rate: Rate::per_second(10), burst: 3 })
}

#[test]
fn it_is_full_at_first_and_admits_its_burst_at_once() {
    assert_eq!(burst(&mut ten_a_second(), 0, 5), "+++--");
}

#[test]
fn it_refills_all_the_time_and_not_in_steps() {
    assert_eq!(decisions(&mut ten_a_second(), &[0, 0, 0, 50, 99, 100, 101, 199, 200]), "+++--+--+");
}

#[test]
fn it_never_holds_more_than_its_burst() {
    let mut bucket = ten_a_second();
    assert_eq!(burst(&mut bucket, 0, 4), "+++-");
    assert_eq!(burst(&mut bucket, 3_600_000, 5), "+++--");
}

#[test]
fn what_it_refuses_costs_nothing() {
    let mut bucket = ten_a_second();
    burst(&mut bucket, 0, 50);
    assert_eq!(burst(&mut bucket, 100, 2), "+-");
}

#[test]
fn it_says_how_long_until_the_next_token() {
    let mut bucket = ten_a_second();
    burst(&mut bucket, 0, 3);
    assert_eq!(bucket.decide(at(0), ONE), throttled(100));
    assert_eq!(bucket.decide(at(70), ONE), throttled(30));
    assert_eq!(bucket.earliest(at(70), ONE), Some(at(100)));
}

#[test]
fn a_hundred_a_minute_is_a_token_every_600_ms() {
    let mut bucket = TokenBucket::new(Plan { rate: Rate::per_minute(100), burst: 1 });
    assert_eq!(decisions(&mut bucket, &[0, 599, 600, 1_199, 1_200]), "+-+-+");
}

#[test]
fn all_clients_drink_from_it() {
    let mut bucket = ten_a_second();
    burst(&mut bucket, 0, 3);
    assert_eq!(bucket.decide(at(0), OTHER), throttled(100));
}

#[test]
fn without_a_rate_it_is_empty_for_good() {
    let mut bucket = TokenBucket::new(Plan { rate: Rate::per_second(0), burst: 1 });
    assert_eq!(decisions(&mut bucket, &[0, 86_400_000]), "+-");
    assert_eq!(bucket.decide(at(86_400_000), ONE), Verdict::Throttled { wait: None });
}
