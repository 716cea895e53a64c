//! What a disk does to an index: power cuts, and writes that fail.

#![expect(
    clippy::unwrap_used,
    reason = "what fails here fails the test that called"
)]

mod disk;
mod errors;
mod power;
mod work;

/// A folder in memory where the system has room for files there: nothing here
/// waits for a real disk.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// How many points a test tries: as many as the environment asks for.
fn points(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |points| points.parse().unwrap())
}

/// xorshift64: the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }
}
