//! One token bucket for each key.

use super::throttle::Throttle;
use super::time::{Instant, ToldClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

/// The number of keys below which a search for idle ones does not pay.
const SMALLEST_SWEEP: usize = 1_024;

/// The error for an empty bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Empty {
    /// Time until the next token; `None` if no token ever comes.
    pub(super) next_token_in: Option<Duration>,
}

/// Token buckets of one size, each for one key. Every bucket starts full.
#[derive(Debug)]
pub(super) struct Buckets<K: Hash + Eq + Clone> {
    throttle: Throttle,
    /// `None` if the throttle admits nothing.
    limiter: Option<RateLimiter<K, HashMapStateStore<K>, ToldClock, StateInformationMiddleware>>,
    /// The number of keys that starts the next search for idle ones.
    sweep_at: usize,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    pub(super) fn new(throttle: Throttle) -> Buckets<K> {
        let quota = throttle
            .rate()
            .interval()
            .and_then(Quota::with_period)
            .zip(NonZeroU32::new(throttle.burst()))
            .map(|(quota, burst)| quota.allow_burst(burst));
        let limiter = quota.map(|quota| {
            RateLimiter::hashmap_with_clock(quota, ToldClock::default())
                .with_middleware::<StateInformationMiddleware>()
        });
        Buckets { throttle, limiter, sweep_at: SMALLEST_SWEEP }
    }

    /// Takes a token from the key's bucket, and returns the number of remaining tokens. An empty bucket stays as it
    /// is.
    pub(super) fn take(&mut self, key: &K, now: Instant) -> Result<u32, Empty> {
        let Some(limiter) = &self.limiter else {
            return Err(Empty { next_token_in: None });
        };
        limiter.clock().tell(now);
        let taken = limiter.check_key(key);
        if limiter.len() >= self.sweep_at {
            // A bucket that is full again equals an unknown one, so it can go. The search runs when the number of
            // keys has doubled: the mean cost of a request stays constant.
            limiter.retain_recent();
            self.sweep_at = (2 * limiter.len()).max(SMALLEST_SWEEP);
        }
        taken
            .map(|state| state.remaining_burst_capacity())
            .map_err(|until| Empty { next_token_in: Some(until.wait_time_from(now)) })
    }

    /// The size and rate of each bucket.
    pub(super) fn throttle(&self) -> Throttle {
        self.throttle
    }

    /// The number of remembered keys.
    pub(super) fn len(&self) -> usize {
        self.limiter.as_ref().map_or(0, RateLimiter::len)
    }
}
