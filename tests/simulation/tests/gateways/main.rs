//! Each gateway against a table of decisions, and all of them against common properties.

mod concurrency;
mod fixed_window;
mod gcra;
mod leaky_bucket;
mod properties;
mod retry_after;
mod schedule;
mod sliding_window;
mod token_bucket;

use api_service_client::time::{Instant, Span};
use simulation::gateway::{ClientId, Gateway, Verdict};

const ONE: ClientId = ClientId(1);
const OTHER: ClientId = ClientId(2);

fn at(millis: u64) -> Instant {
    Instant::START + Span::from_millis(millis)
}

/// The decisions about one client's requests at these milliseconds: `+` admitted, `-` throttled.
fn decisions(gateway: &mut dyn Gateway, millis: &[u64]) -> String {
    millis
        .iter()
        .map(|millis| if gateway.decide(at(*millis), ONE) == Verdict::Admitted { '+' } else { '-' })
        .collect()
}

/// The decisions about `requests` requests at the same millisecond.
fn burst(gateway: &mut dyn Gateway, millis: u64, requests: usize) -> String {
    decisions(gateway, &vec![millis; requests])
}

fn throttled(wait_millis: u64) -> Verdict {
    Verdict::Throttled { wait: Some(Span::from_millis(wait_millis)) }
}
