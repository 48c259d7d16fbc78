//! A number of requests in a day, a week or a month.

use super::client::Client;
use super::time::WallTime;
use std::collections::HashMap;
use std::str::FromStr;
use time::OffsetDateTime;

/// The period of a quota. Periods begin at midnight UTC, weeks on Sunday, months on the first.
///
/// Amazon does not document when its periods begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `DAY`
    Day,
    /// `WEEK`
    Week,
    /// `MONTH`
    Month,
}

/// Amazon's `QuotaSettings`: the requests that a client may make in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The number of requests.
    pub limit: u32,
    /// The period that the number is for.
    pub period: Period,
}

/// The error for a text that is no quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quota is a whole number and a period: day, week or month, such as 10000/day")]
pub struct QuotaError;

impl FromStr for Quota {
    type Err = QuotaError;
    fn from_str(text: &str) -> Result<Quota, QuotaError> {
        let (limit, period) = text.split_once('/').ok_or(QuotaError)?;
        let period = match period.to_ascii_lowercase().as_str() {
            "day" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            _ => return Err(QuotaError),
        };
        Ok(Quota { limit: limit.parse().map_err(|_| QuotaError)?, period })
    }
}

impl Period {
    /// The number of the period that contains this moment.
    fn number(self, now: WallTime) -> i64 {
        let seconds = i64::try_from(now.since_epoch().as_secs()).unwrap_or(i64::MAX);
        let days = seconds / 86_400;
        match self {
            Period::Day => days,
            // 1 January 1970 was a Thursday.
            Period::Week => (days + 4) / 7,
            Period::Month => OffsetDateTime::from_unix_timestamp(seconds)
                .map_or(i64::MAX, |date| i64::from(date.year()) * 12 + i64::from(u8::from(date.month()))),
        }
    }

    /// The length in seconds; `None` for a month, whose length varies.
    #[must_use]
    pub const fn seconds(self) -> Option<u32> {
        match self {
            Period::Day => Some(86_400),
            Period::Week => Some(7 * 86_400),
            Period::Month => None,
        }
    }
}

/// The maximum of clients with a counted quota. A further client is refused until the period ends. Only made-up
/// addresses reach this number.
const MOST_CLIENTS: usize = 200_000;

/// The used part of each client's quota in the current period.
#[derive(Debug)]
pub(super) struct Usage {
    quota: Quota,
    period: i64,
    used: HashMap<Client, u32>,
}

impl Usage {
    pub(super) fn new(quota: Quota) -> Usage {
        Usage { quota, period: 0, used: HashMap::new() }
    }

    /// Carries the counts over to another quota, if its period is the same.
    pub(super) fn under(self, quota: Quota) -> Usage {
        if quota.period == self.quota.period { Usage { quota, ..self } } else { Usage::new(quota) }
    }

    /// The remaining requests of this client.
    pub(super) fn left(&mut self, client: &Client, now: WallTime) -> u32 {
        let period = self.quota.period.number(now);
        if period != self.period {
            self.period = period;
            self.used.clear();
        }
        match self.used.get(client) {
            Some(used) => self.quota.limit.saturating_sub(*used),
            None if self.used.len() >= MOST_CLIENTS => 0,
            None => self.quota.limit,
        }
    }

    /// Counts a request.
    pub(super) fn count(&mut self, client: &Client) {
        let used = self.used.entry(client.clone()).or_default();
        *used = used.saturating_add(1);
    }
}
