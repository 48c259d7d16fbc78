//! The signals that stop the program.

use std::io;

/// Starts to listen for signals. The future resolves at ctrl-c, and on Unix at SIGTERM.
#[cfg(unix)]
pub(crate) fn told() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Starts to listen for signals. The future resolves at ctrl-c.
#[cfg(windows)]
pub(crate) fn told() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
