//! An archive on this machine that speaks OAI-PMH.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::session::seed_file;

/// A page as arXiv serves it, with a deleted record and a resumption token.
pub(crate) const PAGE: &str = include_str!("../../seeds/formats/arxiv-oai/arxiv.xml");

/// What the archive answers to one request.
pub(crate) enum Reply {
    /// A page.
    Page(String),
    /// A status, with `Retry-After` unless it is empty.
    Status(u16, &'static str),
    /// Nothing, as long as the client waits.
    Silence,
}

/// A server that answers one request after the other.
pub(crate) struct Archive {
    /// Its address.
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Archive {
    /// Starts a server; `reply` is told what is asked, without the verb, and
    /// how many requests came before.
    pub(crate) fn start(mut reply: impl FnMut(&str, usize) -> Reply + Send + 'static) -> Archive {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/oai", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&requests);
        // It ends with the tests.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(asked) = asked(&stream) else {
                    continue;
                };
                let n_before = seen.lock().unwrap().len();
                seen.lock().unwrap().push(asked.clone());
                answer(stream, reply(&asked, n_before));
            }
        });
        Archive { url, requests }
    }

    /// What was asked so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Waits until so many requests came.
    pub(crate) fn wait_for(&self, n_requests: usize) {
        while self.requests.lock().unwrap().len() < n_requests {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// What comes after `verb=ListRecords&`.
fn asked(mut stream: &TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let address = request.split(' ').nth(1)?;
    Some(address.strip_prefix("/oai?verb=ListRecords&")?.to_owned())
}

/// A client that was killed does not listen.
fn answer(mut stream: TcpStream, reply: Reply) {
    let (status, header, body) = match reply {
        Reply::Page(body) => (200, String::new(), body),
        Reply::Status(status, "") => (status, String::new(), "No.".to_owned()),
        Reply::Status(status, retry) => {
            let header = format!("Retry-After: {retry}\r\n");
            (status, header, "Retry later.".to_owned())
        }
        Reply::Silence => {
            // Kept open until the client goes away.
            thread::spawn(move || stream.read(&mut [0]));
            return;
        }
    };
    let n_bytes = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: text/xml\r\nContent-Length: {n_bytes}\r\n\
         Connection: close\r\n{header}\r\n"
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body.as_bytes());
}

/// The answer to a request of a list of so many records, a page at a time;
/// its tokens are numbers of records, with characters that need encoding.
pub(crate) fn page_of(asked: &str, n_records: usize, n_page: usize) -> String {
    let token = asked.strip_prefix("resumptionToken=");
    let start: usize = token.map_or(0, |token| {
        token.strip_prefix("at%7C").unwrap().parse().unwrap()
    });
    let end = n_records.min(start + n_page);
    let records: String = (start..end).map(record).collect();
    let token = match end < n_records {
        true => format!("at|{end}"),
        false => String::new(),
    };
    envelope(&format!(
        "<ListRecords>{records}<resumptionToken completeListSize=\"{n_records}\">{token}\
         </resumptionToken></ListRecords>"
    ))
}

/// One record of the list; the first ten are the works that ship.
fn record(number: usize) -> String {
    let day = number / 10 + 1;
    let (title, text) = work(number);
    format!(
        "<record><header><identifier>oai:arXiv.org:2401.{number:05}</identifier>\
         <datestamp>2024-01-{day:02}</datestamp><setSpec>cs</setSpec></header><metadata>\
         <arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\"><id>2401.{number:05}</id>\
         <created>2024-01-01</created><authors><author><keyname>Lu</keyname>\
         <forenames>Lewei</forenames></author></authors><title>{title}</title>\
         <categories>cs.CV</categories><abstract>{text}</abstract></arXiv>\
         </metadata></record>"
    )
}

/// Title and abstract, escaped.
fn work(number: usize) -> (String, String) {
    let seeds = seed_file();
    // A line with a name, then three lines a work.
    let line = |idx: usize| seeds.lines().nth(1 + 3 * number + idx);
    match (line(0), line(2)) {
        (Some(title), Some(text)) => (escaped(title), escaped(text)),
        _ => (
            format!("Part {number} of a list"),
            format!("About $x_{number}$."),
        ),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// An answer with an error in it.
pub(crate) fn error(code: &str, message: &str) -> String {
    envelope(&format!("<error code=\"{code}\">{message}</error>"))
}

fn envelope(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">\
         <responseDate>2024-06-01T00:00:00Z</responseDate>{inner}</OAI-PMH>"
    )
}
