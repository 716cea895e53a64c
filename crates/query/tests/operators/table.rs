//! Which records each operator of `help syntax` finds, of those made for it.

use super::*;

/// Held against each query: the records, the reader, and the engine with its
/// records in one segment and in several.
struct Table {
    records: Vec<Record>,
    brute: Brute,
    searchers: Vec<Searcher>,
}

impl Table {
    fn new() -> Table {
        let records = records();
        Table {
            brute: Brute::new(&records),
            searchers: [1_000, 9]
                .map(|batch| searcher(&records, batch, &[]))
                .into(),
            records,
        }
    }

    /// A query, and the ids it finds, less their `op:`.
    #[track_caller]
    fn check(&self, query: &str, expected: &str) {
        let expected: Vec<String> = expected
            .split_whitespace()
            .map(|id| format!("op:{id}"))
            .collect();
        assert_eq!(
            read(&self.brute, query),
            expected,
            "reading every record: {query}"
        );
        for searcher in &self.searchers {
            assert_eq!(found(searcher, &self.records, query), expected, "{query}");
        }
    }
}

#[test]
fn words_and_their_forms() {
    let table = Table::new();
    table.check("food dogs", "cat-food dog-food");
    table.check("the cat", "cat-food cat");
    // What excludes nothing asks for nothing: the stop word is all there is.
    let alone = read(&table.brute, "a");
    assert_eq!(alone.len(), 24);
    for query in ["a", "a NOT qqqq", "a AND NOT qqqq"] {
        table.check(query, &alone.join(" ").replace("op:", ""));
    }
}

#[test]
fn phrases() {
    let table = Table::new();
    table.check("\"reward model\"", "phrase phrase-abstract");
    table.check("\"reward model\"~1", "phrase phrase-gap-1 phrase-abstract");
    table.check("\"reward model\"~2", "phrase phrase-gap-1 phrase-abstract");
    table.check(
        "\"reward model\"~3",
        "phrase phrase-turned phrase-gap-1 phrase-gap-3 phrase-abstract",
    );
    table.check("\"model reward\"~2", "phrase phrase-turned phrase-abstract");
    table.check("\"reward mod*\"", "phrase phrase-plural phrase-abstract");
    table.check("\"the state of the art\"", "phrase-stop");
    table.check("\"state art\"", "phrase-no-stop");
}

#[test]
fn and_or_not() {
    let table = Table::new();
    table.check("food AND dog", "cat-food dog-food");
    table.check("food && dog", "cat-food dog-food");
    table.check("cat OR bird", "cat-food cat bird");
    table.check("cat || bird", "cat-food cat bird");
    table.check("fed NOT dog", "bird feeding");
    table.check("fed ANDNOT dog", "bird feeding");
    table.check("fed -dog", "bird feeding");
    table.check("fed -\"once a day\"", "bird feeding");
    table.check("fed -(dog OR bird)", "feeding");
    table.check("non-invasive", "non-invasive");
    table.check("+food cats", "cat-food");
    table.check("(cat OR dog) AND food", "cat-food dog-food");
    table.check("cat OR dog AND food", "cat-food dog-food cat");
    table.check("cat OR dog NOT food", "cat-food cat dog");
}

#[test]
fn near() {
    let table = Table::new();
    table.check(
        "reward NEAR/0 model",
        "phrase phrase-plural phrase-abstract",
    );
    table.check(
        "reward NEAR/1 model",
        "phrase phrase-turned phrase-gap-1 phrase-plural phrase-abstract",
    );
    table.check(
        "reward NEAR/3 model",
        "phrase phrase-turned phrase-gap-1 phrase-gap-3 phrase-plural phrase-abstract",
    );
    table.check(
        "model NEAR/1 reward",
        "phrase phrase-turned phrase-gap-1 phrase-plural phrase-abstract",
    );
}

#[test]
fn exact_words_and_case() {
    let table = Table::new();
    table.check("=RAG", "rag-acronym");
    table.check("=rag", "rag-acronym rag-word rag-mixed");
    table.check("=Rag", "rag-mixed");
    table.check("=\"RAG for question\"", "rag-acronym");
    table.check("=run", "run");
    table.check("=runs", "runs");
    table.check("run", "runs run");
}

#[test]
fn prefixes_and_wildcards() {
    let table = Table::new();
    table.check("multimod*", "multimodal multimodality multi-modal");
    table.check("multi*", "multimodal multimodality multi-modal multiple");
    table.check("mult?modal", "multimodal multi-modal");
    table.check("col*r", "colour color colder");
    table.check("colo?r", "colour");
    table.check("colo*r", "colour color");
}

#[test]
fn misspellings() {
    let table = Table::new();
    table.check("transformer", "bert transformer transformers");
    table.check("transformer~1", "bert transformer transformers transfomer");
    table.check(
        "transformer~2",
        "bert transformer transformers transfomer trnsfomer",
    );
    table.check(
        "transformer~",
        "bert transformer transformers transfomer trnsfomer",
    );
}

#[test]
fn boosts_narrow_nothing() {
    let table = Table::new();
    table.check(
        "reward^2 model",
        "phrase phrase-turned phrase-gap-1 phrase-gap-3 phrase-plural phrase-split phrase-abstract",
    );
    table.check(
        "(reward model)^0.5",
        "phrase phrase-turned phrase-gap-1 phrase-gap-3 phrase-plural phrase-split phrase-abstract",
    );
}

#[test]
fn text_fields() {
    let table = Table::new();
    table.check("title:galaxy", "field-title");
    table.check("ti:(galaxy formation)", "field-title");
    table.check("abstract:galaxy", "field-abstract");
    table.check("abs:\"reward model\"", "phrase-abstract");
    table.check("tiab:galaxy", "field-title field-abstract");
    table.check("ti,abs:(galaxy OR galaxies)", "field-title field-abstract");
    table.check("galaxy", "field-title field-abstract field-author");
    table.check("venue:galaxy", "field-abstract");
    table.check("kw:galaxies", "field-keyword");
    table.check("ti,kw:galaxy", "field-title field-keyword");
}

#[test]
fn categories_and_languages() {
    let table = Table::new();
    table.check("cat:cs", "cs-cl cs-lg cs");
    table.check("cat:cs.CL", "cs-cl");
    table.check("cat:cs.*", "cs-cl cs-lg");
    table.check("cat:stat", "cs-lg");
    table.check("lang:en", "cpp cs-cl cs-lg");
    table.check("lang:de", "math");
}

#[test]
fn ids() {
    let table = Table::new();
    table.check("id:op:cat", "cat");
    table.check("doi:10.1000/op.1", "ids");
    table.check("10.1000/op.1", "ids");
    table.check("https://doi.org/10.1000/OP.1", "ids");
    table.check("arxiv:2501.00001", "ids");
    table.check("arXiv:2501.00001v3", "ids");
    table.check("arxiv:hep-th/9901001", "ids-old");
    table.check("pmid:123456", "ids");
    table.check("doi:*", "ids");
}

#[test]
fn dates() {
    let table = Table::new();
    table.check("year:1999", "rag-word ids-old");
    table.check("year:1955..1971", "categories jean-pierre j-p");
    table.check("year:1955-1971", "categories jean-pierre j-p");
    table.check("year:..1956", "jean-pierre j-p");
    table.check("year:<1956", "jean-pierre");
    table.check("year:[1955 TO 1956}", "jean-pierre");
    table.check("date:2024-03", "date-day date-month");
    table.check("date:2024-03-07", "date-day");
    table.check("date:2024-03..2025", "ids date-day date-month date-next");
    table.check("date:>2024-03", "ids date-next");
    table.check("since:30d", "ids date-next");
    table.check("since:2w", "date-next");
}

#[test]
fn numbers_of_authors() {
    let table = Table::new();
    table.check("ac:1 year:2021", "muller muller-jane");
    table.check("ac:>3", "crowd");
    table.check("ac:2..3", "cat lu-lewei lu-l crossed");
}

#[test]
fn parts_that_are_there() {
    let table = Table::new();
    table.check("has:doi", "ids");
    table.check(
        "has:keyword",
        "field-title field-abstract field-venue field-keyword",
    );
    table.check("has:abstract author:lee", "ids-old");
}

#[test]
fn authors() {
    let table = Table::new();
    table.check("author:lu", "lu-lewei lu-l lu-l-x lu-lin lewei-lu crossed");
    table.check("author:lewei", "lu-lewei lewei-lu luo crossed");
    table.check("author:\"Lu, Lewei\"", "lu-lewei lu-l lu-l-x lewei-lu");
    table.check("author:\"Lewei Lu\"", "lu-lewei lu-l lu-l-x lewei-lu");
    table.check("author:\"Lu, L\"", "lu-lewei lu-l lu-l-x lu-lin lewei-lu");
    table.check("author:\"Lu, Lin\"", "lu-l lu-l-x lu-lin");
    table.check(
        "author:\"Lu, L. X.\"",
        "lu-lewei lu-l lu-l-x lu-lin lewei-lu",
    );
    table.check("=author:\"Lu, L.\"", "lu-l");
    table.check(
        "author:lu*",
        "lu-lewei lu-l lu-l-x lu-lin lewei-lu luo crossed",
    );
    table.check(
        "au:(lu OR serre)",
        "lu-lewei lu-l lu-l-x lu-lin lewei-lu jean-pierre j-p crossed",
    );
    table.check("au:(lu AND dai)", "lu-lewei lu-l");
    table.check("^\"Lu, Lewei\"", "lu-lewei lu-l-x lewei-lu");
    table.check("^\"Lu, L\"", "lu-lewei lu-l-x lu-lin lewei-lu");
    table.check("author:\"^Lu, L\"", "lu-lewei lu-l-x lu-lin lewei-lu");
    table.check("author:Müller", "gene muller muller-jane");
    table.check("author:\"Müller, J\"", "gene muller muller-jane");
    table.check("author:\"van der Berg, Ludwig\"", "van-der-berg berg");
    table.check("author:\"Berg, Ludwig\"", "van-der-berg berg");
    table.check("author:\"Serre, Jean-Pierre\"", "jean-pierre j-p");
    table.check("author:\"Serre, J\"", "jean-pierre j-p");
    table.check("author:\"JP Serre\"", "jean-pierre j-p");
    table.check("author:\"IceCube Collaboration\"", "group");
}

#[test]
fn compounds_signs_formulas() {
    let table = Table::new();
    table.check("x-ray", "x-ray-hyphen xray-joined x-ray-apart");
    // Two compounds are asked for, not the first alone.
    table.check("x-ray/multi-modal", "");
    table.check("xray", "x-ray-hyphen xray-joined x-ray-apart");
    table.check("x ray", "x-ray-hyphen xray-joined x-ray-apart");
    table.check("\"x ray\"", "x-ray-hyphen xray-joined x-ray-apart");
    table.check("ray", "x-ray-hyphen x-ray-apart ray");
    table.check("C++", "cpp");
    table.check("C", "cpp c crowd");
    table.check("p53", "gene");
    table.check("15q13.3", "gene");
    table.check("multi-modal", "multimodal multimodality multi-modal");
    table.check("multimodal", "multimodal multimodality multi-modal");
    table.check("$E=mc^2$", "formula");
    table.check("BERT: pre-training", "bert");
    table.check("pre-training", "bert");
}

#[test]
fn from_elsewhere() {
    let table = Table::new();
    table.check("smith[au]", "crossed");
    table.check("lu l[au]", "lu-lewei lu-l lu-l-x lu-lin lewei-lu");
    table.check(
        "reward[ti]",
        "phrase phrase-turned phrase-gap-1 phrase-gap-3 phrase-plural phrase-split",
    );
    table.check("galaxy[tiab]", "field-title field-abstract");
    table.check("1999:2000[dp]", "rag-word field-title ids-old");
    table.check("TI=(galaxy)", "field-title");
}

#[test]
fn what_finds_nothing() {
    let table = Table::new();
    table.check("ti:galaxy ANDNOT abs:stars", "");
    table.check("galaxy NEAR/2 star", "");
    table.check("(NOT food) AND dog", "dog");
    table.check("year:20x4", "");
    table.check("zzzz", "");
}
