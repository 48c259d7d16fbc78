//! Short connections to a server, beside those of a browser.

use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Connects to a server every 100 ms, until this is dropped.
///
/// The server of wasm-bindgen's test runner (tiny_http 0.12) gives each connection a thread of a pool, for as long as
/// the connection is kept. If two connections arrive while a thread wakes, the server may count that thread as idle for
/// both: the second connection waits until another one ends. A browser keeps all its connections, so it waits for its
/// script for ever, before the first test. The end of a visit frees a thread, which takes the waiting connection.
pub(crate) struct Visitor {
    _stop: Sender<()>,
}

impl Visitor {
    /// The longest time that a page waits for its script.
    const STAY: Duration = Duration::from_millis(100);

    pub(crate) fn of(server: SocketAddr) -> Self {
        let (stop, stopped) = channel();
        thread::spawn(move || {
            loop {
                // The connection is refused until the server has started.
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
