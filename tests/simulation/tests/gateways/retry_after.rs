use api_service_client::time::Span;
use simulation::gateway::RetryAfter;

#[test]
fn it_says_whole_seconds() {
    let wait = |millis| Some(Span::from_millis(millis));
    let secs = |secs| Some(Span::from_secs(secs));
    for (policy, wait, header) in [
        (RetryAfter::None, wait(1_500), None),
        (RetryAfter::Fixed(10), wait(1_500), secs(10)),
        (RetryAfter::Fixed(10), None, secs(10)),
        (RetryAfter::RoundedUp, wait(1_500), secs(2)),
        (RetryAfter::RoundedUp, wait(2_000), secs(2)),
        (RetryAfter::RoundedUp, wait(1), secs(1)),
        (RetryAfter::RoundedUp, None, None),
        (RetryAfter::Truncated, wait(1_999), secs(1)),
        (RetryAfter::Truncated, wait(999), secs(0)),
        (RetryAfter::Truncated, None, None),
    ] {
        assert_eq!(policy.header(wait), header, "{policy:?} after {wait:?}");
    }
}
