"""Xapian: stems for words, words as written for phrases, as its own term
generator makes them. Authors are Boolean terms, years a value."""

import json
import sys

import xapian

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import measure

NAME, VERSION, ONE = "Xapian", xapian.version_string(), "and"
Q = xapian.Query


def author_term(name):
    return ("XA" + name).encode()[:240]


def index(file, folder):
    db = xapian.WritableDatabase(f"{folder}/db", xapian.DB_CREATE_OR_OVERWRITE)
    terms = xapian.TermGenerator()
    terms.set_stemmer(xapian.Stem("english"))
    for n, (id, title, abstract, authors, year) in enumerate(measure.records(file), 1):
        document = xapian.Document()
        terms.set_document(document)
        terms.index_text(title, 1, "S")
        terms.set_termpos(0)
        terms.index_text(title)
        terms.increase_termpos()
        terms.index_text(abstract)
        for author in authors:
            document.add_boolean_term(author_term(author))
        document.add_value(0, xapian.sortable_serialise(year))
        document.set_data(json.dumps([id, title, abstract, authors, year]))
        db.add_document(document)
        # The default, 10,000 documents, makes many more passes.
        if n % 100_000 == 0:
            db.commit()
    db.commit()
    db.close()


class Engine:
    def __init__(self, folder):
        self.db = xapian.Database(f"{folder}/db")
        self.enquire = xapian.Enquire(self.db)
        self.stem = xapian.Stem("english")

    def query(self, query):
        stems = lambda prefix="": [Q("Z" + prefix + self.stem(word).decode()) for word in query["words"]]
        kind = query["class"]
        if kind in ("or4", "question"):
            return Q(Q.OP_OR, stems())
        if kind == "phrase":
            return Q(Q.OP_PHRASE, [Q(word) for word in query["words"]])
        if kind == "title":
            return Q(Q.OP_AND, stems("S"))
        if kind == "prefix":
            return Q(Q.OP_WILDCARD, query["words"][0], 0, Q.WILDCARD_LIMIT_ERROR)
        words = Q(Q.OP_AND, stems())
        if kind == "author":
            return Q(Q.OP_FILTER, words, Q(author_term(query["author"])))
        if kind == "year":
            low, high = xapian.sortable_serialise(query["from"]), xapian.sortable_serialise(query["to"])
            return Q(Q.OP_FILTER, words, Q(Q.OP_VALUE_RANGE, 0, low, high))
        return words

    def mset(self, query):
        self.enquire.set_query(self.query(query))
        return self.enquire.get_mset(0, 10)

    def top(self, query):
        # No edit distances and no counts of a value that comes several times before 2.0.
        if query["class"] in ("fuzzy", "facet"):
            return None
        return [json.loads(match.document.get_data())[:2] for match in self.mset(query)]

    def snippets(self, query):
        found = self.mset(query)
        stem = self.stem
        for match in found:
            found.snippet(json.loads(match.document.get_data())[2].encode(), 240, stem)
        return found

    def count(self, query):
        self.enquire.set_query(self.query(query))
        return self.enquire.get_mset(0, 0, self.db.get_doccount()).get_matches_estimated()


open = Engine

if __name__ == "__main__":
    measure.main(sys.modules[__name__])
