use std::fs;
use std::io::{BufRead, Write};

use super::*;

#[track_caller]
fn check(raw: Vec<u8>, expected: &str) {
    let n_raw = raw.len() as u64;
    let mut opened = Input::from_reader("x", io::Cursor::new(raw))
        .open()
        .unwrap();
    let tracker = opened.tracker();
    let mut text = String::new();
    opened.read_to_string(&mut text).unwrap();
    assert_eq!(text, expected);
    assert_eq!(tracker.bytes(), n_raw);
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(text)
        .and_then(|()| out.finish())
        .unwrap_or_default()
}

/// With a checksum, as the command line tool writes it.
fn zstd(text: &[u8]) -> Vec<u8> {
    zstd::Encoder::new(Vec::new(), 1)
        .and_then(|mut out| {
            out.include_checksum(true)?;
            out.write_all(text)?;
            out.finish()
        })
        .unwrap_or_default()
}

fn bzip2(text: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    out.write_all(text)
        .and_then(|()| out.finish())
        .unwrap_or_default()
}

fn xz(text: &[u8]) -> Vec<u8> {
    let mut out = liblzma::write::XzEncoder::new(Vec::new(), 1);
    out.write_all(text)
        .and_then(|()| out.finish())
        .unwrap_or_default()
}

#[test]
fn packing_is_found_by_content() {
    check(Vec::new(), "");
    check(b"a".to_vec(), "a");
    check(b"plain text".to_vec(), "plain text");
    check(b"\xef\xbb\xbfmarked".to_vec(), "marked");
    check(gzip(b"packed"), "packed");
    check(gzip(b"\xef\xbb\xbfpacked"), "packed");
    check([gzip(b"two "), gzip(b"members")].concat(), "two members");
    check(zstd(b"packed"), "packed");
    check([zstd(b"two "), zstd(b"frames")].concat(), "two frames");
    let skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd";
    check([&skippable[..], &zstd(b"after")].concat(), "after");
    let long = "0123456789\n".repeat(100_000);
    check(long.clone().into_bytes(), &long);
    check(gzip(long.as_bytes()), &long);
    check(zstd(long.as_bytes()), &long);
    for pack in [bzip2, xz] {
        check(pack(b"packed"), "packed");
        check([pack(b"two "), pack(b"streams")].concat(), "two streams");
        check(pack(long.as_bytes()), &long);
    }
}

/// Text that packs badly, so that a cut leaves some of it.
fn noise() -> String {
    let mut state = 1u64;
    let mut line = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        format!("{{\"title\": \"{state:x}\"}}\n")
    };
    (0..20_000).map(|_| line()).collect()
}

#[test]
fn what_comes_before_a_failure_is_delivered() {
    let text = noise();
    for (name, packed) in [
        ("gzip", gzip(text.as_bytes())),
        ("zstd", zstd(text.as_bytes())),
        ("bzip2", bzip2(text.as_bytes())),
        ("xz", xz(text.as_bytes())),
    ] {
        for cut in [packed.len() / 100, packed.len() / 2, packed.len() - 1] {
            let reader = io::Cursor::new(packed[..cut].to_vec());
            let mut opened = Input::from_reader("x", reader).open().unwrap();
            let tracker = opened.tracker();
            let mut found = Vec::new();
            let error = opened.read_to_end(&mut found).unwrap_err();
            assert!(text.as_bytes().starts_with(&found));
            assert!(cut < packed.len() / 10 || found.len() > text.len() / 4);
            assert_eq!(
                tracker.failure(error).to_string(),
                format!("x:byte {cut}: the {name} data is cut short")
            );
        }
        let mut damaged = packed.clone();
        for byte in &mut damaged[packed.len() / 2..][..64] {
            *byte ^= 0xa5;
        }
        let mut opened = Input::from_reader("x", io::Cursor::new(damaged))
            .open()
            .unwrap();
        let tracker = opened.tracker();
        let mut found = Vec::new();
        let error = opened.read_to_end(&mut found).unwrap_err();
        let message = tracker.failure(error).to_string();
        assert!(
            message.contains(&format!("the {name} data is corrupt")),
            "{message}"
        );
    }
}

#[test]
fn lines_go_on_after_the_head() {
    let text = noise();
    let opened = Input::from_reader("x", io::Cursor::new(gzip(text.as_bytes())))
        .open()
        .unwrap();
    let lines: Vec<String> = opened.lines().collect::<Result<_, _>>().unwrap();
    assert_eq!(lines.join("\n") + "\n", text);
}

#[track_caller]
fn check_format(bytes: &[u8], expected: &str) {
    let found = Input::from_reader("x", io::Cursor::new(bytes.to_vec()))
        .open()
        .and_then(|mut opened| {
            let formats = crate::Formats::default();
            let format = opened.format(&formats)?;
            Ok(format.map(|format| format.name()))
        });
    let found = match found {
        Ok(Some(name)) => name.to_owned(),
        Ok(None) => "empty".to_owned(),
        Err(error) => error.to_string(),
    };
    // The list of known formats grows.
    assert_eq!(found.split(" (seed, ").next(), Some(expected));
}

#[test]
fn what_cannot_be_read_says_why() {
    check_format(b"", "empty");
    check_format(b"\xef\xbb\xbf \r\n\n", "empty");
    check_format(&gzip(b""), "empty");
    check_format(b"\xef\xbb\xbf{\"a\": 1}", "JSON Lines");
    check_format(b"\xff\xfe{\0\"\0", "JSON Lines");
    check_format(
        b"\xff\xfe\0\0{\0\0\0",
        "x:byte 8: is UTF-32 text; UTF-8 and UTF-16 can be read",
    );
    check_format(b"PK\x03\x04\x00\x00", "x:byte 6: is not text");
    check_format(b"Some words.", "x:byte 11: is of no known format");
    check_format(
        &gzip(b"{\"a\": 1}")[..5],
        "x:byte 5: the gzip data is cut short",
    );
    check_format(
        b"\x1f\x8b\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b",
        "x:byte 10: the gzip data is corrupt: invalid gzip header",
    );
}

#[test]
fn folders_are_walked_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "b.jsonl", "a/2.txt", "a/10.txt", ".hidden", "a/.git/x", "c/d/e",
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    let missing = folder.path().join("missing");
    let named = folder.path().join("b.jsonl");
    let inputs = expand([folder.path(), &named, &missing]);
    assert_eq!(inputs.total_bytes, Some(8 + 7 + 7 + 5 + 7));
    let found: Vec<String> = inputs
        .list
        .into_iter()
        .map(|input| match input {
            Ok(input) => {
                let path = input.path().strip_prefix(folder.path()).unwrap();
                format!("{} {}", path.display(), input.named)
            }
            Err(error) => error.kind.to_string(),
        })
        .collect();
    assert_eq!(
        found,
        [
            "a/10.txt false",
            "a/2.txt false",
            "b.jsonl false",
            "c/d/e false",
            "b.jsonl true",
            "no such file or folder"
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "x").unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
    std::os::unix::fs::symlink("file", folder.path().join("link")).unwrap();
    std::os::unix::fs::symlink("gone", folder.path().join("dangling")).unwrap();
    let inputs = expand([folder.path()]);
    let names: Vec<bool> = inputs.list.iter().map(Result::is_ok).collect();
    assert_eq!(names, [false, true, true]);
}

#[test]
fn a_stream_has_no_size() {
    let inputs = expand([STDIN]);
    assert_eq!(inputs.total_bytes, None);
    assert!(
        inputs.list[0]
            .as_ref()
            .is_ok_and(|input| input.size().is_none())
    );
}
