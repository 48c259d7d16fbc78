//! A connection that comes and goes, beside those of a browser.

use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Visits a server again and again, until this is dropped.
///
/// The server of wasm-bindgen's test runner (tiny_http 0.12) gives each connection a thread of a pool, for as long as
/// the connection is kept. Of two that come while a thread wakes, it may count that thread as idle for both: the second
/// then waits until some connection ends. A browser keeps all of its own and waits for its script on the one that nobody
/// reads: it hangs before the first test. The end of a visit frees the thread that takes what waits.
pub(crate) struct Visitor {
    _stop: Sender<()>,
}

impl Visitor {
    /// How long a page may wait for its script at worst.
    const STAY: Duration = Duration::from_millis(100);

    pub(crate) fn of(server: SocketAddr) -> Self {
        let (stop, stopped) = channel();
        thread::spawn(move || {
            loop {
                // Refused as long as the server has not started.
                let visit = TcpStream::connect(server);
                if stopped.recv_timeout(Self::STAY) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                drop(visit);
            }
        });
        Self { _stop: stop }
    }
}
