//! The rows of the table.

use api_service_client::time::Span;

use crate::crowd::arrivals::Arrivals;
use crate::crowd::contenders::Contender::{self, Adaptive, Endless, Ours, Serial};
use crate::crowd::row::CrowdRow;
use crate::gateway::RetryAfter;
use crate::rate::{Plan, Rate};

const TWENTY_A_SECOND: Plan = Plan { rate: Rate::per_second(20), burst: 40 };
const FIFTY_A_SECOND: Plan = Plan { rate: Rate::per_second(50), burst: 100 };

const EACH: &[&[Contender]] = &[&[Ours], &[Adaptive], &[Serial], &[Endless]];
const HALF_AND_HALF: &[&[Contender]] = &[&[Ours, Adaptive]];

/// Every row, in the order of the table.
#[must_use]
pub fn crowd_rows() -> Vec<CrowdRow> {
    let at_once = |name, users, calls| CrowdRow {
        name,
        users,
        arrivals: Arrivals::AtOnce(calls),
        plan: TWENTY_A_SECOND,
        retry_after: RetryAfter::None,
        lines: EACH,
    };
    let together = |name, per_minute| CrowdRow {
        arrivals: Arrivals::Poisson { rate: Rate::per_minute(per_minute), lasting: Span::from_secs(200) },
        ..at_once(name, 60, 0)
    };
    let fifty = at_once("50 × 20 at once", 50, 20);
    vec![
        fifty,
        CrowdRow { name: "50 × 20, Retry-After: 1", retry_after: RetryAfter::Fixed(1), ..fifty },
        CrowdRow {
            name: "300 × 4 after an outage",
            users: 300,
            arrivals: Arrivals::AfterOutage(4),
            plan: FIFTY_A_SECOND,
            ..fifty
        },
        together("60, Poisson at 1.1", 1_320),
        together("60, Poisson at 0.9", 1_080),
        at_once("8 × 100 at once", 8, 100),
        at_once("20 × 50 at once", 20, 50),
        at_once("200 × 10 at once", 200, 10),
        CrowdRow {
            name: "50 × 20 over 60 s",
            arrivals: Arrivals::Over { calls: 20, within: Span::from_secs(60) },
            ..fifty
        },
        CrowdRow { name: "50 × 20, half and half", lines: HALF_AND_HALF, ..fifty },
    ]
}
