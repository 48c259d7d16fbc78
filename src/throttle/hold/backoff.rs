use crate::throttle::random::UniformSample;
use crate::time::Span;

/// How delays are spread, so that clients which were throttled together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Jitter {
    /// Anywhere up to the exponential delay.
    #[default]
    Full,
    /// Half of the exponential delay, and anywhere up to the other half.
    Equal,
    /// Anywhere between the base and three times the delay before.
    Decorrelated,
    /// Exactly the exponential delay.
    None,
}

/// The delay where a gateway throttles without saying for how long. Amazon API Gateway never says, unless told to.
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
    /// How the delays are spread.
    pub jitter: Jitter,
    /// Throttles since the last success.
    pub(crate) consecutive: u32,
    /// The delay before, for [`Jitter::Decorrelated`].
    pub(crate) previous: Span,
}

/// However the dice fall, a throttled client never comes straight back.
const LEAST: Span = Span::from_millis(100);
/// What jitter adds at most to a delay that the gateway asked for: a twentieth of it, and no more than half a second.
const ADDED: (f64, Span) = (0.05, Span::from_millis(500));

impl Default for Backoff {
    fn default() -> Backoff {
        Backoff::new(Span::from_millis(500), Span::from_secs(30), Jitter::Full)
    }
}

impl Backoff {
    /// A backoff that has not been needed yet.
    #[must_use]
    pub const fn new(base: Span, max: Span, jitter: Jitter) -> Backoff {
        Backoff { base, max, jitter, consecutive: 0, previous: base }
    }

    /// The delay after one more throttle that came without requested.
    pub fn next(&mut self, sample: UniformSample) -> Span {
        // 2^32 times any base is past any cap that is meant: the exponent needs no more than to be bounded.
        let doubled = self.base.scaled(f64::from(2u32.saturating_pow(self.consecutive))).min(self.max);
        self.consecutive = self.consecutive.saturating_add(1);
        let delay = match self.jitter {
            Jitter::Full => doubled.scaled(sample.get()),
            Jitter::Equal => doubled.scaled(0.5 + 0.5 * sample.get()),
            Jitter::Decorrelated => {
                let above = self.previous.scaled(3.0) - self.base;
                (self.base + above.scaled(sample.get())).min(self.max)
            }
            Jitter::None => doubled,
        };
        self.previous = delay.max(self.base);
        delay.max(LEAST)
    }

    /// The delay after a throttle whose gateway asked for `asked`: never less than that.
    ///
    /// Asking for no time at all is answered with the client's own backoff, and at least its base: a gateway that
    /// truncates 0.9 s to `Retry-After: 0` is not to be hammered.
    pub fn honour(&mut self, asked: Span, sample: UniformSample) -> Span {
        if asked == Span::ZERO {
            return self.next(sample).max(self.base).max(LEAST);
        }
        self.consecutive = self.consecutive.saturating_add(1);
        if self.jitter == Jitter::None {
            return asked;
        }
        let (share, most) = ADDED;
        asked + asked.scaled(share).min(most).scaled(sample.get())
    }

    /// A success: the next throttle is a first one again.
    pub fn reset(&mut self) {
        self.consecutive = 0;
        self.previous = self.base;
    }
}
