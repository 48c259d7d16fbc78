//! The targets of the scenarios.

use Figure::{LastOverFirst, Late, Lost, Peak, QuietWait, Ratio, RatioP95, Rejections, WaitP99};

/// The figures with targets. Each is a median over the seeds, unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// Attempts answered with a 429.
    Rejections,
    /// The time to drain ÷ the theoretical minimum.
    Ratio,
    /// The 95th percentile of the ratio.
    RatioP95,
    /// The 99th percentile of the time from call to answer, in seconds.
    WaitP99,
    /// The longest time from call to answer in the tab with the fewest calls, in seconds.
    QuietWait,
    /// The last client's end ÷ the first client's end.
    LastOverFirst,
    /// The most requests sent in any second after a pause, over all seeds.
    Peak,
    /// The fraction of the first 500 requests after the second pause that were answered with a 429.
    Late,
    /// Calls that did not end with the backend's answer, over all seeds.
    Lost,
}

/// The targets by name of the scenario: the upper bound of each figure.
///
/// No second after a pause may hold more requests than the limit allows: the burst plus the refill of a second. A
/// client that knows the plan is never refused.
pub const TARGETS: &[(&str, &[(Figure, f64)])] = &[
    ("A", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (Peak, 201.0)]),
    ("B", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (Peak, 201.0)]),
    ("C", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (Peak, 30.0)]),
    ("A1", &[(Rejections, 8.0)]),
    ("C1", &[(Rejections, 8.0)]),
    ("D", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("E", &[(Rejections, 60.0), (WaitP99, 6.0)]),
    ("F", &[(Rejections, 48.0), (Ratio, 1.02), (RatioP95, 1.05), (Peak, 30.0)]),
    ("G", &[(Rejections, 28.0), (Ratio, 1.02), (RatioP95, 1.05), (Peak, 30.0)]),
    ("J", &[(Rejections, 24.0), (Ratio, 1.02), (RatioP95, 1.05), (Peak, 300.0)]),
    // Amazon's 429s ask for no pause, so the bucket does not overflow.
    ("J silent", &[(Rejections, 28.0), (Ratio, 1.03), (RatioP95, 1.05), (Peak, 300.0)]),
    ("L", &[(Rejections, 28.0), (Ratio, 1.03), (RatioP95, 1.05), (Peak, 30.0)]),
    // Ten times the work must not cost one more rejection.
    ("A 5000", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (Peak, 201.0), (Late, 0.02)]),
    ("A plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("B plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("C plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("A1 plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("C1 plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("E plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05), (WaitP99, 6.0)]),
    ("J plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("L plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    // Unanswered requests can equal the whole burst of a small bucket.
    ("small plan", &[(Rejections, 0.0), (Ratio, 1.05), (RatioP95, 1.07)]),
    // A wrong plan is corrected by the answers, at the cost of learning a limit.
    ("C wrong plan", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05)]),
    // A client that meets no limit is not slowed: every call takes one round trip.
    ("trickle", &[(Rejections, 0.0), (WaitP99, 0.06)]),
    // Lost messages and late, crashed or frozen tabs change little.
    ("D lossy", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D asked", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D ten", &[(Rejections, 170.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    // Tabs that were open before any call send, all together, no more at first than one tab would.
    ("D open", &[(Rejections, 40.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D open lossy", &[(Rejections, 50.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D staggered", &[(Rejections, 40.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("A tabs", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    // Without a burst, two tabs must never send within 0.1 s of each other.
    ("D leaky", &[(Rejections, 100.0), (Ratio, 1.8), (LastOverFirst, 1.2)]),
    ("D late", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05)]),
    ("D crash", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05)]),
    ("D frozen", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    // No tab waits for another tab's queue: 50 calls at half the rate take 8 s, a single call takes a moment.
    ("D unequal", &[(Rejections, 45.0), (Ratio, 1.02), (RatioP95, 1.05), (QuietWait, 10.0)]),
    ("D one", &[(Rejections, 28.0), (Ratio, 1.02), (RatioP95, 1.05), (QuietWait, 0.5)]),
    ("D idle", &[(Rejections, 40.0), (Ratio, 1.02), (RatioP95, 1.05), (QuietWait, 1.5)]),
    // With few calls, the first refused one may fail alone, which is no pattern yet.
    ("G light", &[(Rejections, 60.0), (Lost, 2.0)]),
    // Requests in flight are lost when the network goes; all others succeed if the browser knows.
    //
    // Of the calls, 230 wait for the end of the outage, and 210 of those for a token: 2.0 times the time without an outage,
    // plus the allowed extra.
    ("outage", &[(Rejections, 28.0)]),
    ("offline", &[(Rejections, 28.0), (Lost, 16.0), (Ratio, 2.04), (RatioP95, 2.10), (Peak, 30.0)]),
    // A client that knows `remaining` need not be refused.
    ("window fields", &[(Rejections, 0.0), (Ratio, 1.05)]),
    // A bucket that took long to empty suggests a rate that is too high.
    ("large burst", &[(Rejections, 28.0), (Ratio, 1.02), (Late, 0.02)]),
    // A bucket that overflows in every pause reveals its rate only in parts. These costs may only fall.
    ("C tiny", &[(Rejections, 45.0), (Ratio, 3.0)]),
    ("C small", &[(Rejections, 28.0), (Ratio, 1.30)]),
    ("D tiny", &[(Rejections, 110.0), (Ratio, 1.20)]),
    ("D small", &[(Rejections, 110.0), (Ratio, 1.02)]),
    // Every kind of limit is learned: after the second pause, at most one request in 50 is refused. These costs in
    // time may only fall.
    ("window", &[(Late, 0.02), (Ratio, 1.20)]),
    ("sliding", &[(Late, 0.02), (Ratio, 1.45)]),
    ("gcra", &[(Late, 0.02), (Ratio, 1.01)]),
    ("leaky", &[(Late, 0.02), (Ratio, 1.35)]),
    ("concurrency", &[(Late, 0.02), (Ratio, 1.55)]),
    ("shared", &[(Late, 0.02), (Ratio, 1.70)]),
];

/// The targets of a scenario.
#[must_use]
pub fn targets(scenario: &str) -> &'static [(Figure, f64)] {
    TARGETS.iter().find(|(name, _)| *name == scenario).map_or(&[], |(_, targets)| targets)
}
