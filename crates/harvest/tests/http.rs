//! The transport against a server on this machine.

#![expect(
    clippy::unwrap_used,
    reason = "what fails here fails the test that called"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use abs_harvest::{HttpOptions, HttpTransport, Response, Transport, TransportError};

/// Answers one connection after the other with these bytes; gives back what
/// was asked.
fn serve(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/oai", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
                request.push(byte[0]);
            }
            requests.push(String::from_utf8(request).unwrap());
            // A client that has seen enough hangs up.
            let _ = stream.write_all(&answer);
        }
        requests
    });
    (base, server)
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let n_bytes = body.len();
    let mut answer = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {n_bytes}\r\nConnection: close\r\n{headers}\r\n"
    )
    .into_bytes();
    answer.extend(body);
    answer
}

const MAX_BYTES: usize = 100_000;

fn get(base: &str) -> Result<Response, TransportError> {
    let options = HttpOptions {
        user_agent: "abs-search/test",
        use_proxy: false,
        max_body_bytes: MAX_BYTES as u64,
    };
    HttpTransport::new(base, options)?.get(&format!("{base}?verb=ListRecords"))
}

#[test]
fn says_who_it_is_and_gives_what_it_gets() {
    let (base, server) = serve(vec![answer("200 OK", "", b"<OAI-PMH/>")]);
    let response = get(&base).unwrap();
    assert_eq!(
        (response.status, &*response.body),
        (200, &b"<OAI-PMH/>"[..])
    );
    let request = server.join().unwrap().remove(0).to_ascii_lowercase();
    assert!(
        request.starts_with("get /oai?verb=listrecords http/1.1"),
        "{request}"
    );
    assert!(
        request.contains("user-agent: abs-search/test\r\n"),
        "{request}"
    );
    assert!(request.contains("accept-encoding: gzip\r\n"), "{request}");
}

#[test]
fn a_busy_server_is_an_answer() {
    let busy = answer("503 Service Unavailable", "Retry-After: 20\r\n", b"Retry");
    let (base, _server) = serve(vec![busy]);
    let response = get(&base).unwrap();
    assert_eq!(
        (response.status, response.retry_after.as_deref()),
        (503, Some("20"))
    );
}

#[test]
fn packed_and_chunked_bodies_are_unpacked() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"<OAI-PMH>text</OAI-PMH>").unwrap();
    let gzip = gzip.finish().unwrap();
    let packed = answer("200 OK", "Content-Encoding: gzip\r\n", &gzip);
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
                    9\r\n<OAI-PMH>\r\ne\r\ntext</OAI-PMH>\r\n0\r\n\r\n";
    let (base, _server) = serve(vec![packed, chunked.to_vec()]);
    for _ in 0..2 {
        assert_eq!(get(&base).unwrap().body, b"<OAI-PMH>text</OAI-PMH>");
    }
    let cut = answer(
        "200 OK",
        "Content-Encoding: gzip\r\n",
        &gzip[..gzip.len() - 9],
    );
    let (base, _server) = serve(vec![cut]);
    assert!(matches!(get(&base), Err(TransportError::Passing(_))));
}

#[test]
fn a_body_that_breaks_off_is_no_answer() {
    let mut cut = answer("200 OK", "", b"<OAI-PMH></OAI-PMH>");
    cut.truncate(cut.len() - 5);
    let (base, _server) = serve(vec![cut]);
    let result = get(&base);
    assert!(
        matches!(result, Err(TransportError::Passing(_))),
        "{result:?}"
    );
}

#[test]
fn redirects_are_followed_but_not_for_ever() {
    let redirect = |to: &str| answer("301 Moved", &format!("Location: {to}\r\n"), b"");
    let (base, _server) = serve(vec![redirect("/new"), answer("200 OK", "", b"there")]);
    assert_eq!(get(&base).unwrap().body, b"there");
    let (base, _server) = serve((0..9).map(|_| redirect("/oai")).collect());
    assert!(matches!(get(&base), Err(TransportError::Lasting(_))));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![0; MAX_BYTES + 1]).unwrap();
    let bomb = answer(
        "200 OK",
        "Content-Encoding: gzip\r\n",
        &gzip.finish().unwrap(),
    );
    let (base, _server) = serve(vec![bomb]);
    assert!(matches!(get(&base), Err(TransportError::Lasting(_))));
}

#[test]
fn nobody_there() {
    // Nothing listens there any more.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/oai", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(get(&base), Err(TransportError::Passing(_))));
    for bad in ["", "a.org/oai", "file:///etc/passwd", "ftp://a.org"] {
        assert!(matches!(get(bad), Err(TransportError::Lasting(_))), "{bad}");
    }
}
