"""Runs engines one after the other, a process each, over the same file and the
same queries: drive.py FILE QUERIES FOLDER OUT BUDGET ENGINES.

Writes what they report, with what only the outside sees: processor time of
indexing, size on disk, the time of a whole process that answers one query. An
engine that is not there is said and skipped. Figures that OUT has of engines
that are not run again are kept.
"""

import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TOOLS = f"{ROOT}/target/peers"
PYTHON = [f"{TOOLS}/venv/bin/python"]
ENGINES = ["abs-search", "tantivy", "lucene", "sqlite", "xapian", "postgres", "duckdb", "bm25s"]


def command(engine):
    """How it is called, or None if it is not installed."""
    packages = glob.glob(f"{TOOLS}/venv/lib/python*/site-packages")
    site = packages[0] if packages else ""
    if engine == "abs-search":
        return [f"{ROOT}/target/release/peers"]
    if engine == "tantivy":
        return [f"{ROOT}/target/release/peers-bare"]
    if engine == "lucene":
        jars = sorted(glob.glob(f"{site}/arcadedb_embedded/jars/lucene-*.jar"))
        jars += glob.glob(f"{site}/arcadedb_embedded/jars/gson*.jar")
        java = f"{site}/arcadedb_embedded/jre/bin/java"
        if not os.path.exists(java) or not os.path.exists(f"{TOOLS}/classes/Lucene.class"):
            return None
        options = ["-Xmx3g", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]
        return [java, *options, "-cp", ":".join([f"{TOOLS}/classes", *jars]), "Lucene"]
    python, module = {
        "sqlite": (["/usr/bin/python3"], "sqlite"),
        # Debian's bindings are for Debian's Python.
        "xapian": (["/usr/bin/python3"], "xapian_engine"),
        "postgres": (PYTHON, "postgres"),
        "duckdb": (PYTHON, "duckdb_fts"),
        "bm25s": (PYTHON, "bm25s_engine"),
    }[engine]
    script = f"{HERE}/engines/{module}.py"
    check = f"import sys; sys.path[:0] = ['{HERE}/engines', '{HERE}']; import {module}"
    try:
        done = subprocess.run([*python, "-c", check], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    if done.returncode != 0:
        print(f"{engine}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return [*python, script]


def one(engine, call, folder, words):
    """A process that answers one query, without an interpreter's start where
    there is a program that does not need one."""
    if engine == "postgres":
        return None
    if engine == "sqlite" and shutil.which("sqlite3"):
        sql = (
            "SELECT records.id, records.title FROM (SELECT rowid AS n FROM text WHERE text MATCH"
            f" '{words}' ORDER BY rank LIMIT 10) JOIN records USING (n)"
        )
        return ["sqlite3", "-readonly", f"{folder}/records.db", sql]
    if engine == "xapian" and shutil.which("quest"):
        return ["quest", "--stemmer=english", "--default-op=and", f"--db={folder}/db", words]
    return [*call, "one", folder, words]


def run(call):
    """Standard output as JSON, wall clock and processor seconds."""
    start = time.perf_counter()
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=sys.stderr)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"exit code {process.returncode}")
    return json.loads(output), time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def size(folder):
    return sum(
        os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names
    )


def bench(engine, call, file, queries, folder, budget):
    shutil.rmtree(folder, ignore_errors=True)
    indexed, _, cpu = run([*call, "index", file, folder])
    # A server's processor time is not that of the one who asks it.
    indexed["cpu_seconds"] = None if engine == "postgres" else cpu
    indexed["bytes"] = size(folder)
    with open(queries, encoding="utf-8") as lines:
        drawn = [json.loads(line) for line in lines]
    words = next(" ".join(query["words"]) for query in drawn if query["class"] == "and")
    cold = one(engine, call, folder, words)
    times = []
    for _ in range(12 if cold else 0):
        start = time.perf_counter()
        subprocess.run(cold, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    searched, _, _ = run([*call, "search", folder, queries, str(budget)])
    return {
        "name": indexed["engine"],
        "index": indexed,
        "cold_ms": statistics.median(times) * 1e3 if times else None,
        "search": searched,
    }


def main(file, queries, folder, out, budget, engines):
    with open(file, "rb") as lines:
        n_records = sum(1 for _ in lines)
    result = {"engines": {}}
    if os.path.exists(out):
        with open(out, encoding="utf-8") as old:
            result = json.load(old)
    result.update(
        file=os.path.basename(file),
        n_records=n_records,
        n_bytes=os.path.getsize(file),
        date=time.strftime("%Y-%m-%d"),
    )
    for engine in engines.split(","):
        call = command(engine)
        if call is None:
            print(f"{engine}: not installed, skipped", file=sys.stderr)
            continue
        print(f"{time.strftime('%H:%M:%S')} {engine}, {n_records} records", file=sys.stderr)
        index = f"{folder}/{engine}"
        try:
            result["engines"][engine] = bench(engine, call, file, queries, index, float(budget))
        except (RuntimeError, subprocess.SubprocessError, ValueError) as error:
            print(f"{engine}: failed, left out: {error}", file=sys.stderr)
        if not os.environ.get("KEEP"):
            shutil.rmtree(index, ignore_errors=True)
        with open(out, "w", encoding="utf-8") as file_out:
            json.dump(result, file_out, indent=1)
            file_out.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
