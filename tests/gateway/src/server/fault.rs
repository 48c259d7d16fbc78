//! Faults on demand, for the next requests that pass the checks.

use super::number_or_text::NumberOrText;
use axum::http::{HeaderValue, StatusCode};
use serde::Deserialize;
use std::collections::VecDeque;
use std::time::Duration;

/// A fault that replaces the backend's answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fault {
    /// An answer with this status and this `Retry-After`, without a body.
    Status(StatusCode, Option<HeaderValue>),
    /// The connection is reset before an answer.
    Reset,
    /// The backend takes this much longer.
    Delay(Duration),
}

/// The body of a fault request: exactly one of the three faults, for `count` requests.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wish {
    status: Option<u16>,
    retry_after: Option<NumberOrText>,
    #[serde(default)]
    reset: bool,
    delay_ms: Option<u32>,
    #[serde(default = "once")]
    count: u32,
}

fn once() -> u32 {
    1
}

/// A fault, with the number of requests that it applies to.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Wish")]
pub(super) struct Faults {
    fault: Fault,
    count: u32,
}

impl TryFrom<Wish> for Faults {
    type Error = &'static str;

    fn try_from(wish: Wish) -> Result<Faults, &'static str> {
        let fault = match (wish.status, wish.reset, wish.delay_ms) {
            (Some(status), false, None) => {
                let status = StatusCode::from_u16(status).ok().filter(|status| !status.is_informational());
                let retry_after = wish.retry_after.map(|value| HeaderValue::try_from(value.to_string()));
                let retry_after = retry_after.transpose().map_err(|_| "retryAfter: not a header value")?;
                Fault::Status(status.ok_or("status: a number from 200 to 999")?, retry_after)
            }
            (None, true, None) => Fault::Reset,
            (None, false, Some(ms)) => Fault::Delay(Duration::from_millis(ms.into())),
            _ => return Err("a fault is a status, reset, or delayMs"),
        };
        Ok(Faults { fault, count: wish.count })
    }
}

/// The pending faults, in order.
#[derive(Debug, Default)]
pub(super) struct Pending(VecDeque<Faults>);

impl Pending {
    pub(super) fn add(&mut self, faults: Faults) {
        if faults.count > 0 {
            self.0.push_back(faults);
        }
    }

    pub(super) fn next(&mut self) -> Option<Fault> {
        let first = self.0.front_mut()?;
        first.count -= 1;
        if first.count > 0 { Some(first.fault.clone()) } else { self.0.pop_front().map(|last| last.fault) }
    }
}
