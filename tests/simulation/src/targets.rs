use Figure::{LastOverFirst, Late, Lost, Peak, QuietWait, Ratio, RatioP95, Rejections, WaitP99};

/// The figures that have targets. Medians over the seeds, unless they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// How many sends were answered with a 429.
    Rejections,
    /// The time to drain ÷ the theoretical minimum.
    Ratio,
    /// The 95th percentile of that.
    RatioP95,
    /// The 99th percentile of the time from call to answer, in seconds.
    WaitP99,
    /// The longest time from call to answer in the tab that calls least, in seconds.
    QuietWait,
    /// When the last client is done ÷ when the first is.
    LastOverFirst,
    /// The most sends in any second after a pause, with any seed.
    Peak,
    /// Of the first 500 sends after the second pause, the share that was answered with a 429.
    Late,
    /// Calls that did not end with the backend's answer, with any seed.
    Lost,
}

/// What is to be reached, by the name of the scenario: in each figure, at most so much.
///
/// No second after a pause may hold more sends than the limit allows: what the bucket holds and what it gains in a
/// second. A client that knows the plan is never refused.
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
    // Amazon's own 429s ask for nothing, so that nothing overflows.
    ("J silent", &[(Rejections, 28.0), (Ratio, 1.03), (RatioP95, 1.05), (Peak, 300.0)]),
    ("L", &[(Rejections, 28.0), (Ratio, 1.03), (RatioP95, 1.05), (Peak, 30.0)]),
    // Ten times the work, and not one rejection more.
    ("A 5000", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (Peak, 201.0), (Late, 0.02)]),
    ("A plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("B plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("C plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("A1 plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("C1 plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("E plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05), (WaitP99, 6.0)]),
    ("J plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    ("L plan", &[(Rejections, 0.0), (Ratio, 1.005), (RatioP95, 1.05)]),
    // What is unanswered may be all that a small bucket holds.
    ("small plan", &[(Rejections, 0.0), (Ratio, 1.05), (RatioP95, 1.07)]),
    // A plan that is not so is corrected by what happens, at the price of learning one.
    ("C wrong plan", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05)]),
    // Who meets no limit is not slowed: every call takes one round trip.
    ("trickle", &[(Rejections, 0.0), (WaitP99, 0.06)]),
    // Words that are lost, tabs that come late, end without a word or stand still change next to nothing.
    ("D lossy", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D asked", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D ten", &[(Rejections, 170.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    // Tabs that were open before any called send no more at first than one would.
    ("D open", &[(Rejections, 40.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D open lossy", &[(Rejections, 50.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("D staggered", &[(Rejections, 40.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    ("A tabs", &[(Rejections, 28.0), (Ratio, 1.010), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    // Without a burst, two tabs must never send within a tenth of a second.
    ("D leaky", &[(Rejections, 100.0), (Ratio, 1.8), (LastOverFirst, 1.2)]),
    ("D late", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05)]),
    ("D crash", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05)]),
    ("D frozen", &[(Rejections, 90.0), (Ratio, 1.02), (RatioP95, 1.05), (LastOverFirst, 1.05)]),
    // Nobody waits for the queue of another tab: 50 calls at half the rate take 8 s, one call a moment.
    ("D unequal", &[(Rejections, 45.0), (Ratio, 1.02), (RatioP95, 1.05), (QuietWait, 10.0)]),
    ("D one", &[(Rejections, 28.0), (Ratio, 1.02), (RatioP95, 1.05), (QuietWait, 0.5)]),
    ("D idle", &[(Rejections, 40.0), (Ratio, 1.02), (RatioP95, 1.05), (QuietWait, 1.5)]),
    // Where calls are few, the first that is refused may fail alone, which is no pattern yet.
    ("G light", &[(Rejections, 60.0), (Lost, 2.0)]),
    // What is on its way when the network goes is lost; nothing else is, where the browser knows. 230 of the calls have
    // to wait for the end of it, and 210 of those for a token: 2.0 times as long as without, and what is allowed on top.
    ("outage", &[(Rejections, 28.0)]),
    ("offline", &[(Rejections, 28.0), (Lost, 16.0), (Ratio, 2.04), (RatioP95, 2.10), (Peak, 30.0)]),
    // Who is told what remains need not be refused.
    ("window fields", &[(Rejections, 0.0), (Ratio, 1.05)]),
    // A bucket that took long to empty looks as if its limit was fast.
    ("large burst", &[(Rejections, 28.0), (Ratio, 1.02), (Late, 0.02)]),
    // A bucket that every pause overflows gives up its rate only in pieces. What it costs may only fall.
    ("C tiny", &[(Rejections, 45.0), (Ratio, 3.0)]),
    ("C small", &[(Rejections, 28.0), (Ratio, 1.30)]),
    ("D tiny", &[(Rejections, 110.0), (Ratio, 1.20)]),
    ("D small", &[(Rejections, 110.0), (Ratio, 1.02)]),
    // Every kind of limit is learned: after the second pause one send in fifty is refused at most. What it costs in
    // time may only fall.
    ("window", &[(Late, 0.02), (Ratio, 1.20)]),
    ("sliding", &[(Late, 0.02), (Ratio, 1.45)]),
    ("gcra", &[(Late, 0.02), (Ratio, 1.01)]),
    ("leaky", &[(Late, 0.02), (Ratio, 1.35)]),
    ("concurrency", &[(Late, 0.02), (Ratio, 1.55)]),
    ("shared", &[(Late, 0.02), (Ratio, 1.70)]),
];

/// What a scenario has to reach.
#[must_use]
pub fn targets(scenario: &str) -> &'static [(Figure, f64)] {
    TARGETS.iter().find(|(name, _)| *name == scenario).map_or(&[], |(_, targets)| targets)
}
