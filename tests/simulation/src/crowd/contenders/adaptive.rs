//! AWS's adaptive rate limiter (smithy's `DefaultRateLimiter`, which botocore has too): CUBIC on the rate, and a token
//! bucket in the client. Around it stands a loop that sends a throttled request again, after what its `Retry-After`
//! asks for.

use api_service_client::time::{Instant, Span};

use crate::client::{Answer, Ending, RequestId};
use crate::crowd::contenders::timers::Timers;
use crate::crowd::user::{Step, User};

const BETA: f64 = 0.7;
const SCALE: f64 = 0.4;
const SMOOTH: f64 = 0.8;
const MIN_FILL_RATE: f64 = 0.5;
const MIN_CAPACITY: f64 = 1.0;

/// Its bucket, and the rate that it measures.
#[derive(Debug, Default)]
struct Limiter {
    is_enabled: bool,
    fill_rate: f64,
    capacity: f64,
    tokens: f64,
    refilled: Option<f64>,
    last_max_rate: f64,
    last_throttle: f64,
    measured: f64,
    answers: f64,
    half_second: f64,
}

impl Limiter {
    fn new() -> Limiter {
        Limiter { fill_rate: MIN_FILL_RATE, capacity: MIN_CAPACITY, ..Limiter::default() }
    }

    /// Takes a token, or says how long to wait before it is asked again.
    fn take(&mut self, now: f64) -> Result<(), f64> {
        if !self.is_enabled {
            return Ok(());
        }
        self.refill(now);
        // A timer counts whole milliseconds; it does not find a millionth of a token missing.
        if self.tokens < 1.0 - 1e-6 {
            return Err((1.0 - self.tokens) / self.fill_rate);
        }
        self.tokens -= 1.0;
        Ok(())
    }

    fn answered(&mut self, now: f64, is_throttled: bool) {
        self.measure(now);
        let calculated = if is_throttled {
            let rate = if self.is_enabled { self.measured.min(self.fill_rate) } else { self.measured };
            (self.last_max_rate, self.last_throttle, self.is_enabled) = (rate, now, true);
            rate * BETA
        } else {
            let time_window = (self.last_max_rate * (1.0 - BETA) / SCALE).cbrt();
            SCALE * (now - self.last_throttle - time_window).powi(3) + self.last_max_rate
        };
        let rate = calculated.min(2.0 * self.measured);
        self.refill(now);
        self.fill_rate = rate.max(MIN_FILL_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    fn refill(&mut self, now: f64) {
        if let Some(refilled) = self.refilled {
            self.tokens = (self.tokens + (now - refilled) * self.fill_rate).min(self.capacity);
        }
        self.refilled = Some(now);
    }

    fn measure(&mut self, now: f64) {
        self.answers += 1.0;
        let half_second = (now * 2.0).floor() / 2.0;
        if half_second > self.half_second {
            let rate = self.answers / (half_second - self.half_second);
            self.measured = rate * SMOOTH + self.measured * (1.0 - SMOOTH);
            (self.answers, self.half_second) = (0.0, half_second);
        }
    }
}

pub(crate) struct Adaptive {
    limiter: Limiter,
    timers: Timers,
}

impl Adaptive {
    pub(crate) fn new() -> Adaptive {
        Adaptive { limiter: Limiter::new(), timers: Timers::default() }
    }

    fn send(&mut self, now: Instant, call: RequestId, steps: &mut Vec<Step>) {
        match self.limiter.take(secs(now)) {
            Ok(()) => steps.push(Step::Send(call)),
            Err(wait) => self.timers.set(now + Span::from_secs_ceil(wait), call),
        }
    }
}

impl User for Adaptive {
    fn call(&mut self, now: Instant, call: RequestId, steps: &mut Vec<Step>) {
        self.send(now, call, steps);
    }

    fn answer(&mut self, now: Instant, call: RequestId, answer: Answer, steps: &mut Vec<Step>) {
        self.limiter.answered(secs(now), answer.throttled);
        if !answer.throttled {
            return steps.push(Step::End(call, Ending::Answered));
        }
        match answer.retry_after {
            Some(asked) => self.timers.set(now + asked, call),
            None => self.send(now, call, steps),
        }
    }

    fn wake(&mut self, now: Instant, steps: &mut Vec<Step>) {
        while let Some(call) = self.timers.pop_due(now) {
            self.send(now, call, steps);
        }
    }

    fn next_wake(&mut self, _now: Instant) -> Option<Instant> {
        self.timers.next()
    }
}

/// The limiter reads a clock that has been running for long: its first half second is not the clock's first.
fn secs(now: Instant) -> f64 {
    now.since(Instant::START).as_secs()
}
