#!/usr/bin/env python3
"""Makes the dictionary that stored records are packed with.

    benches/dictionary.py FILE.jsonl crates/schema/src/stored/dictionary.bin

FILE holds records as `abs-search export` writes them, the more sources the
better. The dictionary is 32 KB of phrases that many records share, with the
statistics of zstd that go with them. Needs `libzstd.so.1`, which nearly every
Linux has, and some minutes.

A phrase may only be taken if a thousandth of the records have it. Which are
taken is decided as COVER decides it (Liao, Petri, Moffat and Wirth, *Effective
Construction of Relative Lempel-Ziv Dictionaries*, 2016): one after the other
the one whose sequences of six bytes, those not covered yet, occur in most
records. The best come last, where zstd has shorter names for them.

A dictionary that differs in one byte reads nothing that was packed with
another: change `SCHEMA_VERSION` with it.
"""
import collections
import ctypes
import heapq
import json
import random
import re
import sys

N_RECORDS = 20_000
DICTIONARY_BYTES = 32 * 1024
MAX_PHRASE_BYTES = 40
MAX_TOKENS = 14
SEQUENCE_BYTES = 6
DICTIONARY_ID = 0x61627331
LEVEL = 3
TOKEN = re.compile(r"[A-Za-z]+|[^A-Za-z]")


def packed(record):
    """As `stored.rs` writes it, without the id, which nobody shares."""
    short = {}
    if record.get("title"):
        short["t"] = record["title"]
    names = [name.split(", ", 1) for name in record.get("authors") or []]
    if names:
        short["a"] = [name if len(name) > 1 else name[0].rsplit(" ", 1)[::-1] for name in names]
    if record.get("abstract"):
        short["x"] = record["abstract"]
    if record.get("year"):
        short["d"] = record["year"] * 10_000
    for key, name in [("venue", "v"), ("categories", "c"), ("keywords", "k"), ("doi", "doi"), ("arxiv", "arxiv"), ("pmid", "pmid")]:
        if record.get(key):
            short[name] = record[key]
    return json.dumps(short, ensure_ascii=False, separators=(",", ":")).encode()


def sample(path):
    """Records of all sources, as many of each as there are."""
    random.seed(1)
    by_source = collections.defaultdict(list)
    with open(path) as file:
        for line in file:
            record = json.loads(line)
            if record.get("abstract"):
                by_source[re.split(r"[:\d]", record["id"], maxsplit=1)[0]].append(record)
    sources = sorted(by_source.values(), key=len)
    records = []
    for idx, source in enumerate(sources):
        share = (N_RECORDS - len(records)) // (len(sources) - idx)
        records += random.sample(source, min(share, len(source)))
    random.shuffle(records)
    return [packed(record) for record in records]


def phrases(records):
    """What enough records share, cut at words."""
    least = max(5, len(records) // 1000)
    rows = [TOKEN.findall(record.decode()) for record in records]
    shared = {()}
    found = []
    for n in range(1, MAX_TOKENS + 1):
        counts = collections.Counter()
        for row in rows:
            grams = (tuple(row[i : i + n]) for i in range(len(row) - n + 1))
            counts.update({gram for gram in grams if n == 1 or (gram[:-1] in shared and gram[1:] in shared)})
        shared = {
            gram
            for gram, count in counts.items()
            if count >= least and sum(map(len, gram)) <= MAX_PHRASE_BYTES
        }
        found += ["".join(gram).encode() for gram in shared]
    return sorted(set(found))


def chosen(records):
    def sequences(text):
        return {text[i : i + SEQUENCE_BYTES] for i in range(len(text) - SEQUENCE_BYTES + 1)}

    counts = collections.Counter()
    for record in records:
        counts.update(sequences(record))
    covered = set()

    def gain(phrase):
        return sum(counts[s] for s in sequences(phrase) if s not in covered) / len(phrase) ** 0.7

    heap = [(-gain(phrase), phrase) for phrase in phrases(records) if len(phrase) >= SEQUENCE_BYTES]
    heapq.heapify(heap)
    taken, size = [], 0
    while heap and size < DICTIONARY_BYTES:
        _, phrase = heapq.heappop(heap)
        now = -gain(phrase)
        # It covers less than when it was put there: perhaps another is better.
        if heap and now > heap[0][0]:
            if now < 0:
                heapq.heappush(heap, (now, phrase))
            continue
        taken.append(phrase)
        size += len(phrase)
        covered |= sequences(phrase)
    return b"".join(reversed(taken))


def finished(content, records):
    """With zstd's header and statistics."""

    class Parameters(ctypes.Structure):
        _fields_ = [("level", ctypes.c_int), ("log", ctypes.c_uint), ("id", ctypes.c_uint)]

    zstd = ctypes.CDLL("libzstd.so.1")
    finish = zstd.ZDICT_finalizeDictionary
    finish.restype = ctypes.c_size_t
    size, text = ctypes.c_size_t, ctypes.c_char_p
    finish.argtypes = [ctypes.c_void_p, size, text, size, text, ctypes.c_void_p, ctypes.c_uint, Parameters]
    sizes = (size * len(records))(*map(len, records))
    room = ctypes.create_string_buffer(len(content) + 4096)
    n_bytes = finish(
        room, len(room), content, len(content), b"".join(records), sizes, len(records),
        Parameters(LEVEL, 0, DICTIONARY_ID),
    )
    if zstd.ZDICT_isError(ctypes.c_size_t(n_bytes)):
        sys.exit("zstd cannot make a dictionary of this")
    return room.raw[:n_bytes]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    records = sample(sys.argv[1])
    with open(sys.argv[2], "wb") as out:
        out.write(finished(chosen(records), records[:8000]))


main()
