//! The browser engines that tests run in.

use clap::ValueEnum;

/// A browser engine, named after its main browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Blink and V8: Chrome, Edge, Opera
    Chromium,
    /// Gecko
    Firefox,
    /// WebKit: Safari
    Webkit,
}
