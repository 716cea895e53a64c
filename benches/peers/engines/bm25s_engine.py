"""bm25s: scores of all words of all records in a sparse matrix. It knows any
of some words, and a mask of records; nothing else."""

import sys

import bm25s
import numpy
import Stemmer

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import measure

NAME, VERSION, ONE = "bm25s", bm25s.__version__, "or4"


def tokens(texts):
    return bm25s.tokenize(texts, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False)


def index(file, folder):
    corpus = [
        {"id": id, "title": title, "abstract": abstract, "authors": authors, "year": year}
        for id, title, abstract, authors, year in measure.records(file)
    ]
    retriever = bm25s.BM25(k1=1.2, b=0.75)
    retriever.index(tokens([r["title"] + " " + r["abstract"] for r in corpus]), show_progress=False)
    retriever.save(folder, corpus=corpus)
    numpy.save(f"{folder}/years.npy", numpy.array([r["year"] for r in corpus], dtype="int16"))


class Engine:
    def __init__(self, folder):
        self.retriever = bm25s.BM25.load(folder, load_corpus=True, mmap=True)
        self.years = numpy.load(f"{folder}/years.npy")
        self.stemmer = Stemmer.Stemmer("english")

    def words(self, query):
        return bm25s.tokenize(
            [" ".join(query["words"])], stopwords="en", stemmer=self.stemmer, show_progress=False
        )

    def top(self, query):
        # A year narrows any of two words, not both: that is another query.
        if query["class"] not in ("rare", "frequent", "or4", "question"):
            return None
        found = self.retriever.retrieve(
            self.words(query), k=10, show_progress=False, n_threads=1, return_as="documents"
        )
        return [(record["id"], record["title"]) for record in found[0]]

    def count(self, query):
        ids = self.retriever.get_tokens_ids(bm25s.tokenize(
            [" ".join(query["words"])], stopwords="en", stemmer=self.stemmer, show_progress=False, return_ids=False
        )[0])
        return int((self.retriever.get_scores_from_ids(ids) > 0).sum())


open = Engine

if __name__ == "__main__":
    measure.main(sys.modules[__name__])
