//! Random numbers, which come in as arguments.

/// A uniform random number in [0, 1), drawn by the driver of the scope.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct UniformSample(f64);

impl UniformSample {
    /// The smallest sample.
    pub const ZERO: UniformSample = UniformSample(0.0);

    /// Converts 32 random bits.
    ///
    /// ```
    /// use api_service_client::throttle::UniformSample;
    ///
    /// assert_eq!(UniformSample::from_bits(0), UniformSample::ZERO);
    /// assert!(UniformSample::from_bits(u32::MAX).get() < 1.0);
    /// ```
    #[must_use]
    pub fn from_bits(bits: u32) -> UniformSample {
        UniformSample(f64::from(bits) / 4_294_967_296.0)
    }

    /// Returns the number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}
