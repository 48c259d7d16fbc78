/// A random number in [0, 1), drawn by whoever drives the scope.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct UniformSample(f64);

impl UniformSample {
    /// The least that can be drawn.
    pub const ZERO: UniformSample = UniformSample(0.0);

    /// From 32 random bits, evenly.
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

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}
