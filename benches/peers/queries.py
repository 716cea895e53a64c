"""Draws queries from any JSON Lines file of records: queries.py FILE [N [SEED]].

Writes one JSON object a line: class, words, and what the class needs (author,
from, to, text). Words are lower-case ASCII letters only and no stop words of
any engine here, so that tokenizers have little to differ about; document
frequencies are those of a sample, taken of the whole file.
"""

import collections
import json
import random
import re
import sys

SAMPLE = 100_000
# PostgreSQL's English stop words, which hold those of the others.
STOP = set(
    """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself
    she her hers herself it its itself they them their theirs themselves what which who whom this
    that these those am is are was were be been being have has had having do does did doing a an
    the and but if or because as until while of at by for with about against between into through
    during before after above below to from up down in out on off over under again further then
    once here there when where why how all any both each few more most other some such no nor not
    only own same so than too very s t can will just don should now""".split()
)
# Words that abs-search drops from a query as people type it, and nobody else
# does: with them its default would be asked something else.
STOP |= set(
    """about also article articles author authors available based been being between both concerned
    concerning consider considered could deal dealing deals describe detail details didn discuss
    discussed discussing discussion does doesn during each especially exist existing exists find
    found from general give given have having interest interested involve involved involving
    know made make many more most much must need needed obtain obtained only other paper papers
    please possible present presented provide provided recent regarding relate related relating
    relevant report reported reports research should show shown since some studied studies study
    suggest take tell than them those through topic used useful using various very want wanted
    ways well were what when where whether which while whom whose would your yours""".split()
)
WORD = re.compile(r"[a-z]{4,20}")
# A word with nothing but a blank or a full stop around it.
PLAIN = re.compile(r"(?<![^\s(])[a-z]{4,20}(?=[\s.,;)]|$)")
ENDING = re.compile(r"(s|ing|ed|ion|al|[ey]|er|or|ive|[ea]nt|is[mt]|ness|ble|ful|[ea]nce|ic)$")
SENTENCE = re.compile(r"[^.!?]+[.!?]")


def plain(text):
    return [word for word in PLAIN.findall(text.lower()) if word not in STOP]


def family(name):
    """The family name of `Family, Given` or `Given Family`, about."""
    words = name.split(",")[0].lower().split()
    return (words[0] if "," in name else words[-1]) if words else ""


def text_of(record):
    return (record.get("title") or "") + " . " + (record.get("abstract") or "")


def main(path, n=100, seed=1):
    draw = random.Random(seed)
    with open(path, encoding="utf-8") as file:
        n_records = sum(1 for _ in file)
    step = max(1, n_records // SAMPLE)
    df, title_df = collections.Counter(), collections.Counter()
    families = collections.defaultdict(set)
    pool, n_sample = [], 0
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            record = json.loads(line)
            for author in record.get("authors") or []:
                name = author if isinstance(author, str) else author.get("name", "")
                families[family(name)].add(name)
            if number % step:
                continue
            n_sample += 1
            df.update(set(plain(text_of(record))))
            title_df.update(set(plain(record.get("title") or "")))
            # Records that queries are taken from.
            if len(pool) < 20_000:
                pool.append(record)
            elif draw.random() < 20_000 / n_sample:
                pool[draw.randrange(20_000)] = record

    def between(low, high, counts=df):
        """Words in so large a part of the sample."""
        return sorted(w for w, c in counts.items() if max(2, low * n_sample) <= c <= high * n_sample)

    def some(words, wanted=n):
        return draw.sample(words, min(wanted, len(words)))

    rare = between(0, max(0.0001, 5 / n_sample))
    frequent = between(0.02, 0.2)
    middle = between(0.001, 0.02)
    common = set(frequent) | set(middle)
    out = []

    def put(kind, words, **more):
        out.append({"class": kind, "words": words, **more})

    def until(kind, wanted, make):
        """Draws records until so many of them gave a query."""
        made, seen = 0, set()
        for _ in range(wanted * 200):
            if made == wanted:
                return
            query = make(draw.choice(pool))
            if query is None:
                continue
            key = json.dumps(query, sort_keys=True)
            if key not in seen:
                seen.add(key)
                made += 1
                put(kind, **query)

    def pair(record):
        words = sorted(set(plain(text_of(record))) & common)
        return draw.sample(words, 2) if len(words) > 8 else None

    # Words that stemmers leave as they are: their stems are rare too, and some
    # engines look for prefixes and misspellings among stems.
    whole = lambda words, n=4: [w for w in words if len(w) >= n and not ENDING.search(w)]
    for word in some(whole(rare)):
        put("rare", [word])
    for word in some(frequent):
        put("frequent", [word])

    def two(record):
        words = pair(record)
        return words and {"words": words}

    def four(record):
        words = sorted(set(plain(text_of(record))) & common)
        return {"words": draw.sample(words, 4)} if len(words) > 12 else None

    grams = collections.Counter()

    def three_in_a_row(text):
        for part in re.split(r"[^a-z ]+", text.lower()):
            words = part.split()
            for at in range(len(words) - 2):
                gram = words[at : at + 3]
                if all(WORD.fullmatch(w) and w not in STOP for w in gram):
                    yield tuple(gram)

    for record in pool:
        grams.update(set(three_in_a_row(text_of(record))))
    phrases = sorted(gram for gram, count in grams.items() if count >= 3)

    def question(record):
        sentences = SENTENCE.findall(record.get("abstract") or "")
        if not sentences:
            return None
        text = " ".join(draw.choice(sentences).split())
        words = list(dict.fromkeys(plain(text)))
        # Only sentences that every engine reads the same way.
        if not 8 <= len(words) <= 20 or not re.fullmatch(r"[A-Za-z ,.]+", text):
            return None
        return {"words": words, "text": text}

    def in_title(record):
        words = sorted({w for w in plain(record.get("title") or "") if title_df[w] >= n_sample * 0.001})
        return {"words": draw.sample(words, 2)} if len(words) >= 2 else None

    def by_author(record):
        authors = [a for a in record.get("authors") or [] if isinstance(a, str)]
        # Families with one spelling only: who is the same person is not the question here.
        alone = [a for a in authors if len(a.split()) > 1 and a.isascii() and len(families[family(a)]) == 1]
        words = sorted(set(plain(text_of(record))) & common)
        if not alone or not words:
            return None
        return {"words": [draw.choice(words)], "author": draw.choice(alone)}

    years = [r["year"] for r in pool if isinstance(r.get("year"), int) and r["year"] > 0]

    def in_years(record):
        words, year = pair(record), record.get("year")
        if not words or not isinstance(year, int) or year <= 0:
            return None
        return {"words": words, "from": year - 2, "to": year + 2}

    until("and", n, two)
    until("or4", n, four)
    for gram in some(phrases):
        put("phrase", list(gram))
    until("question", n, question)
    until("title", n, in_title)
    until("author", n, by_author)
    for word in some(middle):
        put("facet", [word])
    if years:
        until("year", n, in_years)
    # Long enough that what they stand for is not everything.
    for word in some(whole(middle, 8)):
        put("prefix", [word[:6]])
    for word in some(whole(middle, 7)):
        at = draw.randrange(2, len(word) - 2)
        put("fuzzy", [word[:at] + word[at + 1 :]])
    for query in out:
        print(json.dumps(query))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))
