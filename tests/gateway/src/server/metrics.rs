//! `/metrics`, for Prometheus. A reset leaves them as they are, unlike the statistics of a test.

use super::outcome::Outcome;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// The media type of [`Metrics::text`].
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    outcome: Outcome,
}

#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    decisions: Histogram,
    answers: Histogram,
}

impl Metrics {
    pub(super) fn new() -> Metrics {
        let mut registry = Registry::with_prefix("mock_gateway");
        let requests = Family::<Labels, Counter>::default();
        registry.register(
            "requests",
            "Requests, by what the checks came to; no preflights",
            requests.clone(),
        );
        // From 250 ns to 8 ms.
        let decisions = Histogram::new(exponential_buckets(250e-9, 2.0, 16));
        let help = "How long the limits took to decide";
        registry.register_with_unit("decision", help, Unit::Seconds, decisions.clone());
        // From 62.5 µs to 32 s.
        let answers = Histogram::new(exponential_buckets(62.5e-6, 2.0, 20));
        let help = "How long a request took until its answer was sent, with the delay that was asked for";
        registry.register_with_unit("answer", help, Unit::Seconds, answers.clone());
        Metrics { registry, requests, decisions, answers }
    }

    pub(super) fn checked(&self, outcome: Outcome) {
        self.requests.get_or_create(&Labels { outcome }).inc();
    }

    pub(super) fn decided(&self, took: Duration) {
        self.decisions.observe(took.as_secs_f64());
    }

    pub(super) fn answered(&self, took: Duration) {
        self.answers.observe(took.as_secs_f64());
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
