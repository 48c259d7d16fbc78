//! Fixed windows.

use std::collections::BTreeMap;

use api_service_client::time::{Instant, Span};

use super::{Budget, ClientId, Gateway, RetryAfter, Verdict};

/// Fixed windows, as express-rate-limit counts: each client has its own. A window begins with the first request after
/// the previous one has ended.
#[derive(Debug, Clone)]
pub struct FixedWindow {
    limit: u32,
    length: Span,
    windows: BTreeMap<ClientId, Window>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    end: Instant,
    used: u32,
}

impl FixedWindow {
    /// Creates a limit without any request so far.
    #[must_use]
    pub fn new(limit: u32, length: Span) -> FixedWindow {
        FixedWindow { limit, length, windows: BTreeMap::new() }
    }

    /// The window that counts a request at `now`.
    fn window(&self, now: Instant, client: ClientId) -> Window {
        match self.windows.get(&client) {
            Some(window) if now < window.end => *window,
            _ => Window { end: now + self.length, used: 0 },
        }
    }
}

impl Gateway for FixedWindow {
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict {
        let mut window = self.window(now, client);
        let admits = window.used < self.limit;
        window.used = window.used.saturating_add(1).min(self.limit);
        self.windows.insert(client, window);
        if admits { Verdict::Admitted } else { Verdict::Throttled { wait: Some(window.end.since(now)) } }
    }

    fn earliest(&self, now: Instant, client: ClientId) -> Option<Instant> {
        let window = self.window(now, client);
        Some(if window.used < self.limit { now } else { window.end })
    }

    fn room(&self, now: Instant, client: ClientId) -> f64 {
        f64::from(self.limit - self.window(now, client).used)
    }

    fn budget(&self, now: Instant, client: ClientId) -> Option<Budget> {
        let window = self.window(now, client);
        Some(Budget {
            quota: self.limit,
            window: self.length,
            remaining: self.limit - window.used,
            resets_in: RetryAfter::RoundedUp.header(Some(window.end.since(now))).unwrap_or(self.length),
        })
    }
}
