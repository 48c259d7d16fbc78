//! The client's own delay after a throttle: exponential backoff with jitter.

use crate::throttle::random::UniformSample;
use crate::time::Span;

/// The randomness of a delay. It keeps clients that were throttled together from coming back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Jitter {
    /// Between zero and the exponential delay.
    #[default]
    Full,
    /// Between half of the exponential delay and all of it.
    Equal,
    /// Between the base and three times the previous delay.
    Decorrelated,
    /// Exactly the exponential delay.
    None,
}

/// The delay after a throttle that names none. Amazon API Gateway names none unless it is told to.
///
/// ```
/// use api_service_client::throttle::{Backoff, Jitter, UniformSample};
/// use api_service_client::time::Span;
///
/// let mut backoff = Backoff::new(Span::from_millis(500), Span::from_secs(30), Jitter::None);
/// assert_eq!(backoff.next(UniformSample::ZERO), Span::from_millis(500));
/// assert_eq!(backoff.next(UniformSample::ZERO), Span::from_millis(1_000));
/// backoff.reset();
/// assert_eq!(backoff.next(UniformSample::ZERO), Span::from_millis(500));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// The first delay.
    pub base: Span,
    /// The longest delay.
    pub max: Span,
    /// The randomness of the delays.
    pub jitter: Jitter,
    /// Throttles since the last accepted request.
    pub(crate) consecutive: u32,
    /// The previous delay, for [`Jitter::Decorrelated`].
    previous: Span,
}

/// The shortest delay, whatever the jitter.
const MIN_DELAY: Span = Span::from_millis(100);
/// The part of a requested delay that jitter adds at most.
const MAX_ADDED_FRACTION: f64 = 0.05;
/// The time that jitter adds at most to a requested delay.
const MAX_ADDED: Span = Span::from_millis(500);

impl Default for Backoff {
    fn default() -> Backoff {
        Backoff::new(Span::from_millis(500), Span::from_secs(30), Jitter::Full)
    }
}

impl Backoff {
    /// Makes a backoff that starts at `base`.
    #[must_use]
    pub const fn new(base: Span, max: Span, jitter: Jitter) -> Backoff {
        Backoff { base, max, jitter, consecutive: 0, previous: base }
    }

    /// Returns the delay after one more throttle that names none.
    pub fn next(&mut self, sample: UniformSample) -> Span {
        self.next_within(Span::MAX, sample)
    }

    /// Returns the same, but at most `longest`.
    pub(crate) fn next_within(&mut self, longest: Span, sample: UniformSample) -> Span {
        let longest = longest.min(self.max);
        // 2^32 times any base exceeds any cap, so the exponent may saturate there.
        let doubled = self.base.scaled(f64::from(2u32.saturating_pow(self.consecutive))).min(longest);
        self.consecutive = self.consecutive.saturating_add(1);
        let delay = match self.jitter {
            Jitter::Full => doubled.scaled(sample.get()),
            Jitter::Equal => doubled.scaled(0.5 + 0.5 * sample.get()),
            Jitter::Decorrelated => {
                let range = self.previous.scaled(3.0) - self.base;
                (self.base + range.scaled(sample.get())).min(longest)
            }
            Jitter::None => doubled,
        };
        self.previous = delay.max(self.base);
        delay.max(MIN_DELAY)
    }

    /// Returns the delay after a throttle that requests one: never less than `requested`.
    ///
    /// A requested delay of zero gives the client's own backoff, and at least its base: the gateway may have truncated
    /// 0.9 s to `Retry-After: 0`.
    pub fn honour(&mut self, requested: Span, sample: UniformSample) -> Span {
        if requested == Span::ZERO {
            return self.next(sample).max(self.base).max(MIN_DELAY);
        }
        self.consecutive = self.consecutive.saturating_add(1);
        if self.jitter == Jitter::None {
            return requested;
        }
        requested + requested.scaled(MAX_ADDED_FRACTION).min(MAX_ADDED).scaled(sample.get())
    }

    /// Returns the same, where many clients were told the same moment: the jitter doubles with each throttle in a row, up
    /// to `requested`, so that they come back one by one.
    pub(crate) fn honour_among_many(&mut self, requested: Span, sample: UniformSample) -> Span {
        let spread = f64::from(2u32.saturating_pow(self.consecutive)) - 1.0;
        let honoured = self.honour(requested, sample);
        honoured + (honoured - requested).scaled(spread).min(requested)
    }

    /// Records an accepted request: the next delay is the first one again.
    pub fn reset(&mut self) {
        self.consecutive = 0;
        self.previous = self.base;
    }
}
