"""Writes what drive.py measured as Markdown: costs as multiples of ours, and
hits compared: table.py FIGURES.json"""

import json
import sys

OURS = "abs-search"
# An engine and one of its variants, as a column.
COLUMNS = [
    (OURS, "default", "abs-search, default"),
    ("tantivy", "counted", "tantivy, counted"),
    ("tantivy", "top 10", "tantivy, top 10"),
    ("lucene", "counted", "Lucene, counted"),
    ("lucene", "top 10", "Lucene, top 10"),
    ("sqlite", "top 10", "SQLite FTS5"),
    ("xapian", "top 10", "Xapian"),
    ("postgres", "top 10", "PostgreSQL"),
    ("duckdb", "top 10", "DuckDB fts"),
    ("bm25s", "top 10", "bm25s"),
]
CLASSES = {
    "rare": "rare word",
    "frequent": "frequent word",
    "and": "two words, AND",
    "or4": "four words, OR",
    "phrase": "phrase of three",
    "question": "question, 8 to 20 words, OR",
    "title": "two words in the title",
    "author": "author and word",
    "facet": "20 first authors of a word",
    "year": "two words and five years",
    "prefix": "prefix",
    "fuzzy": "misspelt word",
}
# Differences of tokenizers are below this.
SAME = 0.03


def rounded(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 10 else f"{value:.2f}"


def rows_of(engine, variant):
    return {row["class"]: row for row in engine["search"]["rows"] if row["variant"] == variant}


def costs(figures, engine, variant):
    """Rows by name; None where there is no way or no figure."""
    index, search = engine["index"], engine["search"]
    out = {
        "indexing, us a record": index["seconds"] / figures["n_records"] * 1e6,
        "indexing, processor us a record": index["cpu_seconds"]
        and index["cpu_seconds"] / figures["n_records"] * 1e6,
        "indexing, peak memory, MB": index["peak_rss"] / 1e6,
        "searching, peak memory, MB": search["peak_rss"] / 1e6,
        "index, bytes a record": index["bytes"] / figures["n_records"],
        "one query, whole process, ms": engine["cold_ms"],
    }
    rows = rows_of(engine, variant)
    for name, label in CLASSES.items():
        for share in ("p50", "p99"):
            out[f"{label}, {share} us"] = rows[name][f"{share}_us"] if name in rows else None
    rate = dict(search["two_threads"]).get(variant)
    out["mixed queries on two threads, us each"] = rate and 1e6 / rate
    out["ten snippets, us"] = search["snippets_us"]
    return out


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|---" * len(header) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main(path):
    with open(path, encoding="utf-8") as file:
        figures = json.load(file)
    engines = figures["engines"]
    n_records, n_bytes = figures["n_records"], figures["n_bytes"]
    print(f"{n_records:,} records, {n_bytes / 1e6:,.0f} MB of JSON Lines, {figures['date']}.\n")
    header = ["", "version", "records/s", "MB/s", "threads", "segments", "mixed queries/s, two threads"]
    rows = []
    for engine in engines.values():
        index, search = engine["index"], engine["search"]
        rows.append(
            [
                engine["name"],
                search["version"],
                f"{n_records / index['seconds']:,.0f}",
                f"{n_bytes / 1e6 / index['seconds']:.1f}",
                str(index["threads"]),
                str(search["n_segments"] or "–"),
                ", ".join(f"{rate:,.0f} ({variant})" for variant, rate in search["two_threads"]),
            ]
        )
    table(header, rows)
    if OURS not in engines:
        return
    columns = [column for column in COLUMNS if column[0] in engines]
    ours = costs(figures, engines[OURS], "base score only")
    others = [costs(figures, engines[engine], variant) for engine, variant, _ in columns]
    print("Costs, ours (base score only) = 1; less than ours is bold; – is no way to ask for it.\n")
    rows = []
    for name, base in ours.items():
        cells = []
        for column, cost in zip(columns, others):
            if cost[name] is None or not base:
                cells.append("–")
                continue
            ratio = cost[name] / base
            bold = "**" if ratio < 0.995 and column[0] != OURS else ""
            cells.append(bold + rounded(ratio) + bold)
        rows.append([name, rounded(base) if base is not None else "–", *cells])
    table(["", "ours"] + [name for _, _, name in columns], rows)

    print(f"Hits of the same queries, ours = 1; ≠ where they differ by more than {SAME:.0%}.\n")
    base = rows_of(engines[OURS], "base score only")
    counted = [c for c in columns if c[1] != "top 10" or c[0] not in ("tantivy", "lucene")]
    rows = []
    for name, label in CLASSES.items():
        if name not in base:
            continue
        cells = []
        for engine, variant, _ in counted:
            row = rows_of(engines[engine], variant).get(name)
            hits = row["hits"] if row else []
            expected = sum(base[name]["hits"][: len(hits)])
            if not hits or not expected:
                cells.append("–")
                continue
            ratio = sum(hits) / expected
            cells.append(f"{ratio:.3f}" + (" ≠" if abs(ratio - 1) > SAME else ""))
        mean = sum(base[name]["hits"]) / len(base[name]["hits"])
        rows.append([label, rounded(mean), *cells])
    table(["", "ours, mean"] + [name for _, _, name in counted], rows)


if __name__ == "__main__":
    main(sys.argv[1])
