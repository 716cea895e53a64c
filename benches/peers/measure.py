"""What the Python engines share: reading queries, clocks, the report.

An engine here is a module with NAME, VERSION, index(file, folder), and
open(folder), which gives an object with `top(query)` (ten records by score,
read; None if it cannot), `count(query)` (or None), and perhaps
`snippets(query)`. The rules are those of benches/src/peers.rs.
"""

import json
import multiprocessing
import os
import statistics
import sys
import time

MIX = ["rare", "frequent", "or4", "question"]


def records(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield (
                record["id"],
                record.get("title") or "",
                record.get("abstract") or "",
                record.get("authors") or [],
                record.get("year") or 0,
            )


def peak_rss(pid="self"):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))


def percentile(values, share):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)]


def clocked(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def run(engine, queries, budget):
    """A warm-up pass, whose answers are counted, then the median of three of
    each query; fewer queries where a class would take too long."""
    rows = []
    for name in dict.fromkeys(query["class"] for query in queries):
        ran, warm = [], 0.0
        for query in (query for query in queries if query["class"] == name):
            if ran and warm > budget / 4:
                break
            start = time.perf_counter()
            if engine.top(query) is None:
                continue
            warm += time.perf_counter() - start
            ran.append(query)
        if not ran:
            continue
        times = [[] for _ in ran]
        for _ in range(3):
            for query, took in zip(ran, times):
                took.append(clocked(lambda: engine.top(query)))
        medians = [sorted(took)[1] * 1e6 for took in times]
        # Counting is not timed here.
        start, hits = time.perf_counter(), []
        for query in ran:
            hits.append(engine.count(query))
            if time.perf_counter() - start > budget:
                break
        rows.append(
            {
                "variant": "top 10",
                "class": name,
                "n": len(ran),
                "p50_us": percentile(medians, 0.5),
                "p99_us": percentile(medians, 0.99),
                "hits": [] if None in hits else hits,
            }
        )
    return rows


def mixed(module, folder, mix, thread, seconds, done):
    rate = None
    try:
        rate = rate_of(module.open(folder), mix, thread, seconds)
    finally:
        # Somebody waits for it, whatever happened.
        done.put(rate)


def rate_of(engine, mix, thread, seconds):
    step = max(1, len(mix) // len(MIX))
    query = lambda idx: mix[(idx % len(MIX) * step + idx // len(MIX)) % len(mix)]
    engine.top(query(thread))
    start, n_done = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        engine.top(query(thread + 2 * n_done))
        n_done += 1
    return n_done / (time.perf_counter() - start)


def on_two_processes(module, folder, queries, seconds):
    """Queries a second of two processes: Python's lock is not the engine's."""
    mix = [query for query in queries if query["class"] in MIX]
    context = multiprocessing.get_context("fork")
    done = context.Queue()
    workers = [
        context.Process(target=mixed, args=(module, folder, mix, thread, seconds, done))
        for thread in (0, 1)
    ]
    for worker in workers:
        worker.start()
    rates = [done.get() for _ in workers]
    for worker in workers:
        worker.join()
    return None if None in rates else sum(rates)


def snippets(engine, queries):
    """What ten snippets cost: with them, less without."""
    added = []
    for query in [query for query in queries if query["class"] == "and"]:
        without = sorted(clocked(lambda: engine.top(query)) for _ in range(4))[1]
        with_them = sorted(clocked(lambda: engine.snippets(query)) for _ in range(4))[1]
        added.append(max(0.0, with_them - without))
        if sum(added) > 10:
            break
    return statistics.median(added) * 1e6


def main(module):
    command, rest = sys.argv[1], sys.argv[2:]
    if command == "index":
        file, folder = rest
        os.makedirs(folder, exist_ok=True)
        start = time.perf_counter()
        peak = module.index(file, folder)
        report = {
            "engine": module.NAME,
            "seconds": time.perf_counter() - start,
            "threads": 1,
            "peak_rss": peak or peak_rss(),
        }
    elif command == "search":
        folder, path, budget = rest
        with open(path, encoding="utf-8") as file:
            queries = [json.loads(line) for line in file]
        two_threads = on_two_processes(module, folder, queries, 3.0)
        engine = module.open(folder)
        report = {
            "engine": module.NAME,
            "version": module.VERSION,
            "n_segments": None,
            "rows": run(engine, queries, float(budget)),
            "two_threads": [["top 10", two_threads]] if two_threads else [],
            "snippets_us": snippets(engine, queries) if hasattr(engine, "snippets") else None,
            "peak_rss": engine.peak_rss() if hasattr(engine, "peak_rss") else peak_rss(),
        }
    else:
        folder, text = rest
        query = {"class": module.ONE, "words": text.split()}
        print(len(module.open(folder).top(query)))
        return
    print(json.dumps(report))
