/// A random number in [0, 1), drawn by whoever drives the scope.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Unit(f64);

impl Unit {
    /// The least that can be drawn.
    pub const ZERO: Unit = Unit(0.0);

    /// From 32 random bits, evenly.
    ///
    /// ```
    /// use api_service_client::throttle::Unit;
    ///
    /// assert_eq!(Unit::from_bits(0), Unit::ZERO);
    /// assert!(Unit::from_bits(u32::MAX).get() < 1.0);
    /// ```
    #[must_use]
    pub fn from_bits(bits: u32) -> Unit {
        Unit(f64::from(bits) / 4_294_967_296.0)
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}
