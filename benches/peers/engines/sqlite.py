"""SQLite FTS5: title and abstract as two columns of one index over a table
that keeps the records; authors in a table of their own."""

import json
import sqlite3
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import measure

NAME, VERSION, ONE = "SQLite FTS5", sqlite3.sqlite_version, "and"


def index(file, folder):
    db = sqlite3.connect(f"{folder}/records.db")
    db.executescript(
        """PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -500000;
        CREATE TABLE records (n INTEGER PRIMARY KEY, id TEXT, title TEXT, abstract TEXT,
            authors TEXT, year INTEGER);
        CREATE TABLE authors (author TEXT, n INTEGER, PRIMARY KEY (author, n)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE text USING fts5(title, abstract, content='records',
            content_rowid='n', tokenize='porter unicode61');"""
    )
    with db:
        for n, (id, title, abstract, authors, year) in enumerate(measure.records(file), 1):
            db.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)",
                (n, id, title, abstract, json.dumps(authors), year),
            )
            db.execute("INSERT INTO text (rowid, title, abstract) VALUES (?, ?, ?)", (n, title, abstract))
            db.executemany("INSERT OR IGNORE INTO authors VALUES (?, ?)", [(a, n) for a in authors])
        db.execute("CREATE INDEX by_record ON authors (n, author)")
        db.execute("INSERT INTO text (text) VALUES ('optimize')")
    db.close()


def match(query):
    words = ['"' + word + '"' for word in query["words"]]
    kind = query["class"]
    if kind in ("or4", "question"):
        return " OR ".join(words)
    if kind == "phrase":
        return '"' + " ".join(query["words"]) + '"'
    if kind == "title":
        return "title : (" + " AND ".join(words) + ")"
    if kind == "prefix":
        return words[0] + " *"
    if kind == "fuzzy":
        return None
    return " AND ".join(words)


def narrowed(query):
    """What is asked for beside the text."""
    if query["class"] == "author":
        return "AND EXISTS (SELECT 1 FROM authors a WHERE a.author = ? AND a.n = text.rowid)", (query["author"],)
    if query["class"] == "year":
        return "AND records.year BETWEEN ? AND ?", (query["from"], query["to"])
    return "", ()


class Engine:
    def __init__(self, folder):
        self.db = sqlite3.connect(f"file:{folder}/records.db?mode=ro", uri=True)
        self.db.execute("PRAGMA mmap_size = 8000000000")
        self.db.execute("PRAGMA cache_size = -500000")

    def top(self, query, column="records.id, records.title"):
        text = match(query)
        if text is None:
            return None
        if query["class"] == "facet":
            return self.db.execute(
                "SELECT author, count(*) FROM text JOIN authors ON authors.n = text.rowid"
                " WHERE text MATCH ? GROUP BY author ORDER BY 2 DESC LIMIT 20",
                (text,),
            ).fetchall()
        condition, more = narrowed(query)
        if query["class"] == "year":
            sql = (
                f"SELECT {column} FROM text JOIN records ON records.n = text.rowid"
                f" WHERE text MATCH ? {condition} ORDER BY text.rank LIMIT 10"
            )
        else:
            sql = (
                f"SELECT {column} FROM (SELECT rowid AS n FROM text WHERE text MATCH ? {condition}"
                " ORDER BY rank LIMIT 10) AS best JOIN records USING (n)"
            )
        return self.db.execute(sql, (text, *more)).fetchall()

    def snippets(self, query):
        return self.db.execute(
            "SELECT records.id, records.title, shown FROM (SELECT rowid AS n,"
            " snippet(text, 1, '<b>', '</b>', '…', 40) AS shown FROM text WHERE text MATCH ?"
            " ORDER BY rank LIMIT 10) AS best JOIN records USING (n)",
            (match(query),),
        ).fetchall()

    def count(self, query):
        condition, more = narrowed(query)
        join = "JOIN records ON records.n = text.rowid" if query["class"] == "year" else ""
        sql = f"SELECT count(*) FROM text {join} WHERE text MATCH ? {condition}"
        return self.db.execute(sql, (match(query), *more)).fetchone()[0]


open = Engine

if __name__ == "__main__":
    measure.main(sys.modules[__name__])
