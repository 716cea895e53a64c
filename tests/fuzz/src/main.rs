//! One program for all targets: the variable TARGET names the one to fuzz.
#![no_main]

mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    static TARGET: OnceLock<String> = OnceLock::new();
    let target = TARGET.get_or_init(|| std::env::var("TARGET").unwrap_or_default());
    assert!(
        targets::run(target, data),
        "TARGET is one of {:?}",
        targets::names()
    );
});
