//! Random numbers of the platform.

use crate::throttle::UniformSample;

pub(crate) fn random_sample() -> UniformSample {
    UniformSample::from_bits(random_u32())
}

/// Without a source of randomness it returns the middle: jitter is then constant, and nothing else depends on it.
pub(crate) fn random_u32() -> u32 {
    getrandom::u32().unwrap_or(1 << 31)
}
