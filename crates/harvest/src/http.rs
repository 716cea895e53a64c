//! HTTP by way of ureq.

use std::io::{self, Read};
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use ureq::{Agent, Proxy};

#[cfg(doc)]
use crate::transport::MAX_BODY_BYTES;
use crate::transport::{Response, Transport, TransportError};

/// arXiv needs up to a minute for a page nobody asked for lately.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(180);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// For all of a page, however slowly it trickles.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(600);
const MAX_REDIRECTS: u32 = 5;

/// How to fetch.
#[derive(Debug, Clone, Copy)]
pub struct HttpOptions<'a> {
    /// What the client calls itself.
    pub user_agent: &'a str,
    /// Ask by way of the proxy that `HTTPS_PROXY` and its like name: only then
    /// is the environment looked at.
    pub use_proxy: bool,
    /// The longest body that is taken, unpacked; [`MAX_BODY_BYTES`] for pages.
    pub max_body_bytes: u64,
}

/// Fetches over the network, one request at a time.
#[derive(Debug)]
pub struct HttpTransport {
    agent: Agent,
    max_body_bytes: u64,
}

impl HttpTransport {
    /// A transport for one archive. One reached by https leads nowhere else.
    pub fn new(base: &str, options: HttpOptions<'_>) -> Result<HttpTransport, TransportError> {
        let is_https = starts_with(base, "https://");
        if !is_https && !starts_with(base, "http://") {
            let reason =
                format!("{base:?} is no address: it starts with neither https:// nor http://");
            return Err(TransportError::Lasting(reason));
        }
        if is_https && !cfg!(feature = "https") {
            let reason = "this abs-search was built without the feature `https`";
            return Err(TransportError::Lasting(reason.to_owned()));
        }
        let proxy = if options.use_proxy {
            Proxy::try_from_env()
        } else {
            None
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(is_https)
            .max_redirects(MAX_REDIRECTS)
            .proxy(proxy)
            .user_agent(options.user_agent)
            .accept_encoding("gzip")
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_recv_response(Some(RESPONSE_TIMEOUT))
            .timeout_global(Some(TOTAL_TIMEOUT))
            .build();
        Ok(HttpTransport {
            agent: config.new_agent(),
            max_body_bytes: options.max_body_bytes,
        })
    }
}

impl Transport for HttpTransport {
    fn get(&mut self, url: &str) -> Result<Response, TransportError> {
        let response = self.agent.get(url).call().map_err(from_ureq)?;
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(value.to_str().ok()?.trim().to_owned())
        };
        let status = response.status().as_u16();
        let retry_after = header("retry-after");
        let is_gzip = header("content-encoding").is_some_and(|value| {
            value.eq_ignore_ascii_case("gzip") || value.eq_ignore_ascii_case("x-gzip")
        });
        let reader = response.into_body().into_reader();
        let body = if is_gzip {
            read(MultiGzDecoder::new(reader), self.max_body_bytes)
        } else {
            read(reader, self.max_body_bytes)
        };
        Ok(Response {
            status,
            retry_after,
            body: body?,
        })
    }
}

/// Reads a body that is not too long.
fn read(reader: impl Read, max_bytes: u64) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    let result = reader
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut body);
    result.map_err(|error| {
        // What ureq says is inside.
        match error.downcast::<ureq::Error>() {
            Ok(error) => from_ureq(error),
            Err(error) => TransportError::Passing(format!("the answer broke off: {error}")),
        }
    })?;
    if body.len() as u64 > max_bytes {
        let reason = format!("the answer is longer than {max_bytes} bytes");
        return Err(TransportError::Lasting(reason));
    }
    Ok(body)
}

fn from_ureq(error: ureq::Error) -> TransportError {
    use ureq::Error;
    let reason = error.to_string();
    let reason = reason.strip_prefix("io: ").unwrap_or(&reason).to_owned();
    match error {
        // An address or a redirect that is at fault.
        Error::BadUri(_)
        | Error::Http(_)
        | Error::RequireHttpsOnly(_)
        | Error::TooManyRedirects
        | Error::RedirectFailed
        | Error::InvalidProxyUrl
        | Error::LargeResponseHeader(..) => TransportError::Lasting(reason),
        Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            TransportError::Passing(format!("the answer broke off: {error}"))
        }
        // A certificate stays what it is.
        _ if reason.contains("invalid peer certificate") => TransportError::Lasting(reason),
        _ => TransportError::Passing(reason),
    }
}

/// Schemes are written in any case.
fn starts_with(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}
