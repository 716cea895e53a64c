"""PostgreSQL's full text, in a private cluster: tsvector columns with GIN.
It has no BM25: ts_rank orders the hits."""

import glob
import os
import subprocess
import sys

import psycopg2

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import measure

BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
NAME, ONE = "PostgreSQL", "and"
VERSION = subprocess.run([f"{BIN}/postgres", "--version"], capture_output=True, text=True).stdout.split()[2]


def as_owner(*command):
    """The server refuses to be root's."""
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


class Server:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder) + "/cluster"

    def create(self):
        os.makedirs(self.folder)
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", self.folder], check=True)
        as_owner(f"{BIN}/initdb", "-D", self.folder, "-U", "peers", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")

    def start(self):
        options = (
            f"-k {self.folder} -c listen_addresses= -c shared_buffers=1GB -c fsync=off"
            " -c max_wal_size=8GB -c wal_level=minimal -c max_wal_senders=0 -c work_mem=256MB"
            " -c maintenance_work_mem=1GB -c max_parallel_workers_per_gather=0"
            " -c max_parallel_maintenance_workers=0 -c autovacuum=off -c jit=off"
        )
        as_owner(f"{BIN}/pg_ctl", "-D", self.folder, "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self):
        as_owner(f"{BIN}/pg_ctl", "-D", self.folder, "-w", "-m", "fast", "stop")

    def connect(self):
        connection = psycopg2.connect(host=self.folder, user="peers", dbname="postgres")
        connection.autocommit = True
        return connection


def escaped(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "")


def listed(authors):
    quoted = ('"' + a.replace("\\", "\\\\").replace('"', '\\"') + '"' for a in authors)
    return "{" + ",".join(quoted) + "}"


class Rows:
    """The file as COPY reads it."""

    def __init__(self, file):
        self.rows, self.rest = measure.records(file), ""

    def read(self, size):
        while len(self.rest) < size:
            record = next(self.rows, None)
            if record is None:
                break
            id, title, abstract, authors, year = record
            self.rest += "\t".join([escaped(id), escaped(title), escaped(abstract), escaped(listed(authors)), str(year)]) + "\n"
        part, self.rest = self.rest[:size], self.rest[size:]
        return part


def index(file, folder):
    server = Server(folder)
    server.create()
    server.start()
    db = server.connect()
    cursor = db.cursor()
    cursor.execute("CREATE UNLOGGED TABLE records (id text, title text, abstract text, authors text[], year int)")
    cursor.copy_expert("COPY records FROM STDIN", Rows(file))
    cursor.execute(
        "CREATE UNLOGGED TABLE texts AS SELECT id, title, abstract, authors, year,"
        " to_tsvector('english', title) AS title_words,"
        " to_tsvector('english', title || ' ' || abstract) AS words FROM records"
    )
    cursor.execute("DROP TABLE records")
    for column in ("words", "title_words", "authors"):
        cursor.execute(f"CREATE INDEX ON texts USING gin ({column})")
    cursor.execute("CREATE INDEX ON texts (year)")
    cursor.execute("ANALYZE texts")
    peak = measure.peak_rss(db.info.backend_pid)
    db.close()
    server.stop()
    return peak


def text(query):
    kind, words = query["class"], query["words"]
    if kind in ("or4", "question"):
        return " | ".join(words)
    if kind == "phrase":
        return " <-> ".join(words)
    if kind == "prefix":
        return words[0] + ":*"
    return " & ".join(words)


def condition(query):
    column = "title_words" if query["class"] == "title" else "words"
    # A prefix is not stemmed.
    asked = "%s::tsquery" if query["class"] == "prefix" else "to_tsquery('english', %s)"
    where, values = f"{column} @@ {asked}", [text(query)]
    if query["class"] == "author":
        where, values = where + " AND authors @> ARRAY[%s]", values + [query["author"]]
    if query["class"] == "year":
        where, values = where + " AND year BETWEEN %s AND %s", values + [query["from"], query["to"]]
    return column, asked, where, values


class Engine:
    """A connection; the first in a folder starts the server."""

    def __init__(self, folder):
        self.server = Server(folder)
        self.db = self.server.connect()
        self.cursor = self.db.cursor()

    def rows(self, sql, values):
        self.cursor.execute(sql, values)
        return self.cursor.fetchall()

    def top(self, query, shown="id, title"):
        if query["class"] == "fuzzy":
            return None
        column, asked, where, values = condition(query)
        if query["class"] == "facet":
            return self.rows(
                f"SELECT author, count(*) FROM texts, unnest(authors) AS author WHERE {where}"
                " GROUP BY author ORDER BY 2 DESC LIMIT 20",
                values,
            )
        ordered = f"SELECT id, title, abstract FROM texts WHERE {where} ORDER BY ts_rank({column}, {asked}) DESC LIMIT 10"
        return self.rows(f"SELECT {shown} FROM ({ordered}) AS best", values + [text(query)])

    def snippets(self, query):
        # Its own query first, since the inner one is written after it.
        shown = "id, title, ts_headline('english', abstract, to_tsquery('english', %s))"
        column, asked, where, values = condition(query)
        ordered = f"SELECT id, title, abstract FROM texts WHERE {where} ORDER BY ts_rank({column}, {asked}) DESC LIMIT 10"
        return self.rows(f"SELECT {shown} FROM ({ordered}) AS best", [text(query), *values, text(query)])

    def count(self, query):
        _, _, where, values = condition(query)
        return self.rows(f"SELECT count(*) FROM texts WHERE {where}", values)[0][0]

    def peak_rss(self):
        return measure.peak_rss(self.db.info.backend_pid)


open = Engine

if __name__ == "__main__":
    if sys.argv[1] == "index":
        measure.main(sys.modules[__name__])
    else:
        server = Server(sys.argv[2])
        server.start()
        try:
            measure.main(sys.modules[__name__])
        finally:
            server.stop()
