#!/bin/bash
# Fuzzes: tests/fuzz/run.sh [SECONDS [TARGET...]]. Without targets, all of them
# one after another. README.md says what they are and what is kept of a run.
set -euo pipefail
cd "$(dirname "$0")"

# Stable Rust has what libFuzzer needs: LLVM's coverage pass. With a --target
# it is kept away from build scripts.
flags="-Cpasses=sancov-module --cfg fuzzing"
for arg in level=4 inline-8bit-counters pc-table trace-compares; do
    flags="$flags -Cllvm-args=-sanitizer-coverage-$arg"
done
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS=$flags cargo build --quiet --release --target "$host"
fuzz=$PWD/target/$host/release/fuzz

seconds=${1:-60}
shift || true
[ $# -gt 0 ] || set -- query search snippet author clean analyzer source \
    format-{acl_anthology_xml,arxiv_atom,bibtex,crossref_json,csl_json,csv,csv_in_rows,dblp_xml,endnote_xml} \
    format-{europe_pmc_xml,jats_xml,json,json_lines,medline,oai_pmh_xml,openalex_json,ovid_text,pubmed_xml} \
    format-{marc_or_mods_in_an_answer,marc_xml,mods_xml,ovid_tagged,proquest_text,refworks,zotero_rdf} \
    format-{abs_search_export,refer,ris,seed,web_of_science_text}

status=0
for target in "$@"; do
    mkdir -p "target/work/$target" "target/findings/$target"
    corpora=("$PWD/target/work/$target")
    [ ! -d "corpus/$target" ] || corpora+=("$PWD/corpus/$target")
    case $target in format-* | source) corpora+=("$PWD/../../seeds/formats") ;; esac
    echo "== $target, $seconds s"
    TARGET=$target "$fuzz" "${corpora[@]}" \
        -max_total_time="$seconds" -max_len=8192 -timeout=20 -rss_limit_mb=2048 \
        -dict="$PWD/fuzz.dict" -artifact_prefix="$PWD/target/findings/$target/" \
        -print_final_stats=1 2>"target/work/$target.log" ||
        { status=1; echo "FINDING: target/work/$target.log"; }
    tail -n 12 "target/work/$target.log" | grep -E 'number_of_executed|DONE|SUMMARY' || true
done
exit $status
