//! The browser engines that tests run in.

use clap::ValueEnum;

/// A browser engine, by the browser that it is met in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Blink and V8: Chrome, Edge, Opera
    Chromium,
    /// Gecko
    Firefox,
    /// WebKit: Safari
    Webkit,
}
