//! Time, so that tests need not wait.

use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Tells the time, and lets it pass.
pub trait Clock {
    /// Time since some moment; never goes back.
    fn elapsed(&self) -> Duration;

    /// Seconds since 1970, UTC; 0 where that is not known.
    fn unix_seconds(&self) -> u64;

    /// Lets this much time pass.
    fn sleep(&mut self, duration: Duration);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock(Instant);

impl SystemClock {
    /// A clock that starts now.
    pub fn start() -> SystemClock {
        SystemClock(Instant::now())
    }
}

impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn unix_seconds(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    }

    fn sleep(&mut self, duration: Duration) {
        thread::sleep(duration);
    }
}
