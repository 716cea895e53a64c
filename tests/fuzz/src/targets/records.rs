//! Files: each reader, and the way from packed bytes to records.

use std::io::{BufReader, Cursor, Read, Write};
use std::path::Path;

use abs_ingest::format::{Format, Head};
use abs_ingest::{Draft, Input, Item, pipeline};
use abs_printer::{JsonPrinter, TextOptions, TextPrinter};
use abs_record::Record;
use abs_schema::stored;

use super::is_inert;

/// A reader ends, gives the same however its input comes in pieces, and each
/// of its records can be stored and shown.
pub(super) fn format(format: &dyn Format, data: &[u8]) {
    let _ = format.sniff(&Head {
        bytes: data,
        name: "x",
        whole: true,
    });
    let (whole, drafts) = items(format, data, data.len().max(1));
    let (pieces, _) = items(format, data, 7);
    assert_eq!(whole, pieces);
    for draft in drafts {
        if let Ok(record) = draft.finish() {
            check(&record);
        }
    }
}

/// Everything a reader gives, as text, and its drafts.
fn items(format: &dyn Format, data: &[u8], buffer: usize) -> (Vec<String>, Vec<Draft>) {
    let input = BufReader::with_capacity(buffer, data);
    let (mut texts, mut drafts) = (Vec::new(), Vec::new());
    for item in format.open(Box::new(input), Path::new("x")) {
        texts.push(match &item {
            Ok(item) => format!("{item:?}"),
            Err(error) => format!("{error} {}", error.excerpt),
        });
        // Something is read for each.
        assert!(texts.len() <= data.len() + 1, "{:?}", texts.last());
        if let Ok(Item::Draft(draft)) = item {
            drafts.push(*draft);
        }
    }
    (texts, drafts)
}

/// Any bytes are a file, packed or not: each of its records is counted once.
pub(super) fn source(data: &[u8]) {
    let mut records: Vec<Record> = Vec::new();
    let zip = data.starts_with(b"PK").then(|| in_a_file(data));
    let input = match &zip {
        // Its members are found from its end.
        Some(file) => Input::from_path(file.path()),
        // A member of a few bytes can hold gigabytes, which only takes time.
        None => Ok(Input::from_reader(
            "x",
            Cursor::new(data.to_vec()).take(1 << 20),
        )),
    };
    let Ok(summary) = pipeline::run([input], &mut records, &mut ());
    assert!(summary.adds_up(), "{summary:?}");
    records.iter().for_each(check);
}

fn in_a_file(data: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().and_then(|mut file| {
        file.write_all(data)?;
        Ok(file)
    });
    match file {
        Ok(file) => file,
        Err(error) => panic!("{error}"),
    }
}

/// A record comes back from the index as it went in, and is inert in print.
fn check(record: &Record) {
    let packed = stored::pack(stored::encode(record));
    let back = stored::unpack(&packed).and_then(|json| stored::decode(&json));
    assert_eq!(back.ok().as_ref(), Some(record));
    let mut out = Vec::new();
    let layout = TextOptions {
        colour: false,
        width: 20,
    };
    let printed = TextPrinter::new(&mut out, layout)
        .record(record)
        .and_then(|()| JsonPrinter::new(&mut out).record(record));
    assert!(printed.is_ok());
    assert!(String::from_utf8(out).is_ok_and(|out| is_inert(&out)));
}
