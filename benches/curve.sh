#!/bin/bash
# What a record costs as the index grows: benches/curve.sh [SECONDS [FOLDER]].
# Indexes 100 thousand, 300 thousand, 1 million … synthetic records, each time
# from nothing, until the next size would not fit into the seconds (1,800).
# The folder (a temporary one) must have room for the largest: about 1.1 kB a
# record of JSON lines, and as much for its index.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-1800}
folder=${2:-$(mktemp -d)}
mkdir -p "$folder"
trap 'rm -rf "$folder/records.jsonl" "$folder/index"' EXIT

cargo build --quiet --release -p abs-benches --bin generate --bin throughput

printf '| records | JSON MB | records/s | µs a record | processor µs a record | peak RSS MB | index bytes a record | segments |\n'
printf '|---|---|---|---|---|---|---|---|\n'
start=$(date +%s)
for n in 100000 300000 1000000 3000000 10000000 30000000 100000000; do
    target/release/generate "$n" >"$folder/records.jsonl"
    json=$(stat -c %s "$folder/records.jsonl")
    rm -rf "$folder/index"
    TIMEFORMAT='%U %S %R'
    { time target/release/throughput "$folder/records.jsonl" "$folder/index" --index-only \
        >"$folder/out" 2>&1; } 2>"$folder/time" || { cat "$folder/out"; exit 1; }
    read -r user system real <"$folder/time"
    figure() { sed -n "s/^$1 *//p" "$folder/out"; }
    index=$(du -sb "$folder/index" | cut -f1)
    awk -v n="$n" -v json="$json" -v user="$user" -v sys="$system" -v real="$real" \
        -v rss="$(figure 'peak RSS MB')" -v index_bytes="$index" -v segments="$(figure segments)" \
        'BEGIN { printf "| %d | %.0f | %.0f | %.1f | %.1f | %s | %.0f | %s |\n", n, json / 1e6,
            n / real, real / n * 1e6, (user + sys) / n * 1e6, rss, index_bytes / n, segments }'
    # The next one has at least three times as many.
    used=$(($(date +%s) - start))
    next=$(awk -v real="$real" 'BEGIN { printf "%d", real * 3.5 + 1 }')
    [ $((used + next)) -le "$seconds" ] || break
done
