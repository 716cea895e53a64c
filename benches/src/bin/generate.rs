//! Writes synthetic records to standard output, as JSON lines.
//!
//! `cargo run --release -p abs-benches --bin generate -- N [--seed S] [--from
//! FIRST]`

use std::io::{self, BufWriter, ErrorKind, Write};

use abs_benches::synthetic::Generator;
use anyhow::{Context, Result};

fn main() -> Result<()> {
    let (mut n_records, mut seed, mut first) = (None, 1, 0);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--seed" => seed = args.next().context("--seed S")?.parse()?,
            "--from" => first = args.next().context("--from FIRST")?.parse()?,
            n => n_records = Some(n.parse().with_context(|| format!("how many is {n}?"))?),
        }
    }
    let n_records = n_records.context("how many records?")?;
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let written = Generator::new(seed)
        .write(&mut out, first, n_records)
        .and_then(|()| out.flush());
    match written {
        // Whoever reads has enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
