//! A busy machine: tests that depend on its speed fail more often there.

use std::hint;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// One thread for each core that computes without a pause, until this is dropped.
pub(crate) struct Busy {
    has_ended: Arc<AtomicBool>,
}

impl Busy {
    pub(crate) fn start() -> Self {
        let has_ended = Arc::new(AtomicBool::new(false));
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let has_ended = Arc::clone(&has_ended);
            thread::spawn(move || {
                while !has_ended.load(Ordering::Relaxed) {
                    hint::spin_loop();
                }
            });
        }
        Self { has_ended }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.has_ended.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::Busy;

    #[test]
    fn every_thread_ends_when_it_is_dropped() {
        let busy = Busy::start();
        let has_ended = Arc::clone(&busy.has_ended);
        assert!(Arc::strong_count(&has_ended) > 2);
        drop(busy);
        let deadline = Instant::now() + Duration::from_secs(30);
        while Arc::strong_count(&has_ended) > 1 {
            assert!(Instant::now() < deadline, "a thread is still busy");
            std::thread::yield_now();
        }
    }
}
