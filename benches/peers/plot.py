"""Draws cost against size: plot.py FIGURES.json… > cost.svg. One panel a
measure, both axes logarithmic, one colour and one marker an engine."""

import json
import math
import sys

ENGINES = [
    # name in the figures, variant, label, colour (Okabe and Ito's), marker
    ("abs-search", "base score only", "abs-search, base score only", "#d55e00", "circle"),
    ("abs-search", "default", "abs-search, default", "#e69f00", "ring"),
    ("tantivy", "counted", "tantivy", "#000000", "square"),
    ("lucene", "counted", "Lucene", "#0072b2", "diamond"),
    ("sqlite", "top 10", "SQLite FTS5", "#009e73", "up"),
    ("xapian", "top 10", "Xapian", "#cc79a7", "down"),
    ("postgres", "top 10", "PostgreSQL", "#56b4e9", "cross"),
    ("duckdb", "top 10", "DuckDB fts", "#7a5c00", "plus"),
    ("bm25s", "top 10", "bm25s", "#888888", "bar"),
]
PANELS = [
    ("index", "indexing, µs a record"),
    ("bytes", "index, bytes a record"),
    ("rare", "rare word, µs"),
    ("frequent", "frequent word, µs"),
    ("and", "two words, AND, µs"),
    ("or4", "four words, OR, µs"),
    ("phrase", "phrase of three, µs"),
    ("question", "question, OR, µs"),
    ("facet", "20 first authors, µs"),
    ("prefix", "prefix, µs"),
    ("fuzzy", "misspelt word, µs"),
    ("cold", "one query, whole process, ms"),
]
WIDE, HIGH, ACROSS = 330, 250, 3
LEFT, RIGHT, ABOVE, BELOW = 52, 12, 30, 34


def value(engine, variant, panel, n_records):
    index = engine["index"]
    if panel == "index":
        return index["seconds"] / n_records * 1e6
    if panel == "bytes":
        return index["bytes"] / n_records
    if panel == "cold":
        return engine["cold_ms"]
    for row in engine["search"]["rows"]:
        if row["class"] == panel and row["variant"] == variant:
            return row["p50_us"]
    return None


def marker(kind, x, y, colour):
    r = 4
    paths = {
        "square": f"M{x-r} {y-r}h{2*r}v{2*r}h{-2*r}z",
        "diamond": f"M{x} {y-r-1}l{r+1} {r+1}l{-r-1} {r+1}l{-r-1} {-r-1}z",
        "up": f"M{x} {y-r-1}l{r+1} {2*r}h{-2*r-2}z",
        "down": f"M{x} {y+r+1}l{r+1} {-2*r}h{-2*r-2}z",
    }
    strokes = {
        "cross": f"M{x-r} {y-r}l{2*r} {2*r}m0 {-2*r}l{-2*r} {2*r}",
        "plus": f"M{x-r-1} {y}h{2*r+2}M{x} {y-r-1}v{2*r+2}",
        "bar": f"M{x-r-1} {y}h{2*r+2}",
    }
    if kind == "circle":
        return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>'
    if kind == "ring":
        return f'<circle cx="{x}" cy="{y}" r="{r}" fill="#fff" stroke="{colour}" stroke-width="2"/>'
    if kind in paths:
        return f'<path d="{paths[kind]}" fill="{colour}"/>'
    return f'<path d="{strokes[kind]}" stroke="{colour}" stroke-width="2.5" fill="none"/>'


def short(number):
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= size:
            return f"{number / size:g}{unit}"
    return f"{number:g}"


def panel(title, lines, sizes, left, top):
    out = [f'<text x="{left + LEFT}" y="{top + 18}" class="title">{title}</text>']
    values = [y for _, points in lines for _, y in points]
    if not values:
        return out
    low, high = math.floor(math.log10(min(values)) + 0.001), math.ceil(math.log10(max(values)) - 0.001)
    high = max(high, low + 1)
    first, last = math.log10(min(sizes)), math.log10(max(sizes))
    last = max(last, first + 0.5)
    x0, x1 = left + LEFT, left + WIDE - RIGHT
    y0, y1 = top + HIGH - BELOW, top + ABOVE
    across = lambda n: round(x0 + 6 + (math.log10(n) - first) / (last - first) * (x1 - x0 - 12), 1)
    up = lambda v: round(y0 - (math.log10(v) - low) / (high - low) * (y0 - y1), 1)
    for power in range(low, high + 1):
        y = up(10**power)
        out.append(f'<path d="M{x0} {y}H{x1}" class="grid"/>')
        out.append(f'<text x="{x0 - 6}" y="{y + 4}" class="label" text-anchor="end">{short(10**power)}</text>')
    for n in sizes:
        x = across(n)
        out.append(f'<path d="M{x} {y0}V{y1}" class="grid"/>')
        out.append(f'<text x="{x}" y="{y0 + 16}" class="label" text-anchor="middle">{short(n)}</text>')
    # Ours last, so that nothing hides it.
    for (_, _, _, colour, kind), points in reversed(lines):
        drawn = [(across(n), up(v)) for n, v in points]
        path = "L".join(f"{x} {y}" for x, y in drawn)
        out.append(f'<path d="M{path}" stroke="{colour}" stroke-width="1.8" fill="none"/>')
        out.extend(marker(kind, x, y, colour) for x, y in drawn)
    return out


def main(paths):
    figures = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            figures.append(json.load(file))
    figures.sort(key=lambda one: one["n_records"])
    sizes = [one["n_records"] for one in figures]
    shown = [engine for engine in ENGINES if any(engine[0] in one["engines"] for one in figures)]
    legend = 26 * math.ceil(len(shown) / 4) + 14
    width = WIDE * ACROSS
    height = legend + HIGH * math.ceil(len(PANELS) / ACROSS) + 26
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="sans-serif">',
        "<style>.title{font-size:14px;font-weight:bold}.label{font-size:12px;fill:#333}"
        ".grid{stroke:#ddd;stroke-width:1}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for idx, engine in enumerate(shown):
        x, y = 20 + idx % 4 * (width // 4), 22 + idx // 4 * 26
        colour, kind = engine[3], engine[4]
        out.append(f'<path d="M{x - 12} {y}h24" stroke="{colour}" stroke-width="1.8"/>')
        out.append(marker(kind, x, y, colour))
        out.append(f'<text x="{x + 18}" y="{y + 4}" class="label">{engine[2]}</text>')
    for idx, (name, title) in enumerate(PANELS):
        lines = []
        for engine in shown:
            points = []
            for one in figures:
                found = one["engines"].get(engine[0])
                cost = found and value(found, engine[1], name, one["n_records"])
                if cost:
                    points.append((one["n_records"], cost))
            if points:
                lines.append((engine, points))
        left, top = idx % ACROSS * WIDE, legend + idx // ACROSS * HIGH
        out += panel(title, lines, sizes, left, top)
    out.append(
        f'<text x="{width // 2}" y="{height - 8}" class="label" text-anchor="middle">records (synthetic);'
        " warm, one thread, ten records read, median over the queries of a class; lower is better</text>"
    )
    out.append("</svg>")
    print("\n".join(out))


if __name__ == "__main__":
    main(sys.argv[1:])
