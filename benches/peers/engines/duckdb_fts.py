"""DuckDB's fts extension, which comes as a Python package. It knows words and
BM25 only: no phrases, prefixes or misspellings."""

import glob
import os
import sys

import duckdb
import duckdb_extension_fts

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import measure

NAME, VERSION, ONE = "DuckDB fts", duckdb.__version__, "and"
EXTENSION = glob.glob(
    os.path.dirname(duckdb_extension_fts.__file__) + f"/extensions/v{VERSION}/fts.duckdb_extension"
)[0]


def connect(path, **options):
    db = duckdb.connect(path, **options)
    db.execute(f"LOAD '{EXTENSION}'")
    db.execute("SET threads = 1")
    return db


def index(file, folder):
    db = connect(f"{folder}/records.duckdb")
    db.execute(
        # Ids of its own: a file may have a record twice, as the others may.
        "CREATE TABLE records AS SELECT row_number() OVER () AS n, id, coalesce(title, '') AS title,"
        " coalesce(abstract, '') AS abstract, authors, coalesce(year, 0) AS year"
        f" FROM read_json('{file}', format = 'newline_delimited', maximum_object_size = 20000000,"
        " columns = {id: 'VARCHAR', title: 'VARCHAR', abstract: 'VARCHAR', authors: 'VARCHAR[]', year: 'INTEGER'})"
    )
    db.execute("PRAGMA create_fts_index('records', 'n', 'title', 'abstract', stemmer = 'porter')")
    db.execute("CHECKPOINT")
    db.close()


class Engine:
    def __init__(self, folder):
        self.db = connect(f"{folder}/records.duckdb", read_only=True)

    def inner(self, query):
        """Records that match, scored; None for what it has no way to ask."""
        kind = query["class"]
        if kind in ("phrase", "prefix", "fuzzy"):
            return None
        every = 0 if kind in ("or4", "question") else 1
        fields = ", fields := 'title'" if kind == "title" else ""
        where, values = "", [" ".join(query["words"])]
        if kind == "author":
            where, values = "AND list_contains(authors, ?)", values + [query["author"]]
        if kind == "year":
            where, values = "AND year BETWEEN ? AND ?", values + [query["from"], query["to"]]
        sql = (
            "SELECT id, title, authors, score FROM (SELECT *,"
            f" fts_main_records.match_bm25(n, ?, conjunctive := {every}{fields}) AS score FROM records)"
            f" WHERE score IS NOT NULL {where}"
        )
        return sql, values

    def top(self, query):
        inner = self.inner(query)
        if inner is None:
            return None
        sql, values = inner
        if query["class"] == "facet":
            sql = (
                f"SELECT author, count(*) FROM (SELECT unnest(authors) AS author FROM ({sql}))"
                " GROUP BY author ORDER BY 2 DESC LIMIT 20"
            )
        else:
            sql = f"SELECT id, title FROM ({sql}) ORDER BY score DESC LIMIT 10"
        return self.db.execute(sql, values).fetchall()

    def count(self, query):
        sql, values = self.inner(query)
        return self.db.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0]


open = Engine

if __name__ == "__main__":
    measure.main(sys.modules[__name__])
