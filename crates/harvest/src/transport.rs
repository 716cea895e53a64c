//! What a harvest needs of HTTP.

/// The longest body that is taken, in bytes. arXiv's pages have 2,500 records
/// and some 5 MB.
pub const MAX_BODY_BYTES: u64 = 64 << 20;

/// A server's answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The header `Retry-After`, as it stands.
    pub retry_after: Option<String>,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

/// Fetches addresses.
pub trait Transport {
    /// The answer to a GET, whatever its status; redirects are followed.
    fn get(&mut self, url: &str) -> Result<Response, TransportError>;
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// It may be better a little later.
    #[error("{0}")]
    Passing(String),
    /// It will not get better by itself.
    #[error("{0}")]
    Lasting(String),
    /// Whoever asked wants no answer any more.
    #[error("stopped")]
    Stopped,
}
