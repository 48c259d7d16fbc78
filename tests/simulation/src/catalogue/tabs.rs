//! The scenarios of several tabs.

use api_service_client::time::Span;

use super::{SMALL_BURST, TINY_BURST, a, bucket, d};
use crate::gateway::{LeakyBucket, RetryAfter};
use crate::rate::Rate;
use crate::scenario::Scenario;
use crate::tab::{Tab, Talk};
use crate::workload::Workload;

const HUNDRED: Tab = Tab::with(Workload::AtOnce(100));
const FOUR_HUNDRED: Tab = Tab::with(Workload::AtOnce(400));

const LATE: &[Tab] = &[HUNDRED, HUNDRED, HUNDRED, HUNDRED, Tab { opens: Span::from_secs(20), ..HUNDRED }];

const CRASH: &[Tab] =
    &[Tab { crashes: Some(Span::from_secs(10)), ..HUNDRED }, HUNDRED, HUNDRED, HUNDRED, HUNDRED];

const FROZEN: &[Tab] = &[
    Tab { freezes: Some((Span::from_secs(5), Span::from_secs(15))), ..HUNDRED },
    HUNDRED,
    HUNDRED,
    HUNDRED,
    HUNDRED,
];

/// Five pages that open one second before all of them call.
const OPEN: &[Tab] = &[Tab { calls: Span::from_secs(1), ..HUNDRED }; 5];

/// The same pages, calling one after the other before the first knows of any limit.
const STAGGERED: &[Tab] = &[
    Tab { calls: Span::from_millis(1_000), ..HUNDRED },
    Tab { calls: Span::from_millis(1_010), ..HUNDRED },
    Tab { calls: Span::from_millis(1_020), ..HUNDRED },
    Tab { calls: Span::from_millis(1_030), ..HUNDRED },
    Tab { calls: Span::from_millis(1_040), ..HUNDRED },
];

const UNEQUAL: &[Tab] = &[Tab::with(Workload::AtOnce(50)), Tab::with(Workload::AtOnce(450))];

const ONE: &[Tab] = &[FOUR_HUNDRED, Tab { opens: Span::from_secs(10), ..Tab::with(Workload::AtOnce(1)) }];

const NOW_AND_THEN: &[Tab] =
    &[FOUR_HUNDRED, Tab::with(Workload::Steady { calls: 15, rate: Rate::per_minute(30) })];

/// Variants of D.
pub(super) fn tabs() -> Vec<Scenario> {
    let unlike = |name, about, tabs: &'static [Tab]| {
        let clients = tabs.len() as u32;
        Scenario { name, about, clients, tabs, ..d() }
    };
    vec![
        Scenario {
            name: "D lossy",
            about: "as D, a fifth of the messages lost, a tenth late or doubled",
            talk: Talk { lost: 0.2, doubled: 0.1 },
            ..d()
        },
        Scenario { name: "D asked", about: "as D, Retry-After: 1", retry_after: RetryAfter::Fixed(1), ..d() },
        Scenario {
            retry_after: a().retry_after,
            gateway: a().gateway,
            name: "A tabs",
            about: "as A, 5 tabs with 100 at once each",
            ..d()
        },
        Scenario {
            workload: Workload::AtOnce(50),
            clients: 10,
            name: "D ten",
            about: "as D, 10 tabs with 50 at once each",
            ..d()
        },
        Scenario {
            gateway: |_| Box::new(LeakyBucket::new(Rate::per_second(10))),
            name: "D leaky",
            about: "as D, a leaky bucket without burst",
            ..d()
        },
        Scenario { gateway: |_| bucket(TINY_BURST), name: "D tiny", about: "as D, burst 2", ..d() },
        Scenario { gateway: |_| bucket(SMALL_BURST), name: "D small", about: "as D, burst 5", ..d() },
        unlike("D open", "as D, by tabs that have been open for a second", OPEN),
        Scenario {
            name: "D open lossy",
            about: "as D open, a fifth of the messages lost, a tenth late or doubled",
            talk: Talk { lost: 0.2, doubled: 0.1 },
            clients: 5,
            tabs: OPEN,
            ..d()
        },
        unlike("D staggered", "as D open, each tab 10 ms after the one before", STAGGERED),
        unlike("D late", "as D, one of the tabs opens after 20 s", LATE),
        unlike("D crash", "as D, one of the tabs crashes after 10 s", CRASH),
        unlike("D frozen", "as D, one of the tabs stands still from 5 s to 15 s", FROZEN),
        unlike("D unequal", "as D, two tabs with 50 and 450 at once", UNEQUAL),
        unlike("D one", "as D, a tab with 400 at once, one with a single call after 10 s", ONE),
        unlike("D idle", "as D, a tab with 400 at once, one that calls once in 2 s", NOW_AND_THEN),
    ]
}
