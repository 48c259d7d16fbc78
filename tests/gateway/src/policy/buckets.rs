//! One token bucket for each key.

use super::throttle::Throttle;
use super::time::{Instant, ToldClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

/// Below so many keys it is not worth looking for idle ones.
const SMALLEST_SWEEP: usize = 1_024;

/// No token is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Empty {
    /// How long until the next token; none if none ever comes.
    pub(super) next_token_in: Option<Duration>,
}

/// Token buckets of one size, one for each key. Every bucket starts full.
#[derive(Debug)]
pub(super) struct Buckets<K: Hash + Eq + Clone> {
    throttle: Throttle,
    /// None where the throttle lets nothing through.
    limiter: Option<RateLimiter<K, HashMapStateStore<K>, ToldClock, StateInformationMiddleware>>,
    /// The number of keys at which idle ones are next looked for.
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

    /// Takes a token from the bucket of this key, and says how many are left. A request that finds none takes none.
    pub(super) fn take(&mut self, key: &K, now: Instant) -> Result<u32, Empty> {
        let Some(limiter) = &self.limiter else {
            return Err(Empty { next_token_in: None });
        };
        limiter.clock().tell(now);
        let taken = limiter.check_key(key);
        if limiter.len() >= self.sweep_at {
            // A bucket that is full again is like one that never was. Looking for them only when the keys have
            // doubled keeps the cost of a request constant, on average.
            limiter.retain_recent();
            self.sweep_at = (2 * limiter.len()).max(SMALLEST_SWEEP);
        }
        taken
            .map(|state| state.remaining_burst_capacity())
            .map_err(|until| Empty { next_token_in: Some(until.wait_time_from(now)) })
    }

    /// How large and how fast they are.
    pub(super) fn throttle(&self) -> Throttle {
        self.throttle
    }

    /// How many keys are remembered.
    pub(super) fn len(&self) -> usize {
        self.limiter.as_ref().map_or(0, RateLimiter::len)
    }
}
