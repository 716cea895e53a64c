//! No format takes another's files, whatever they are called or stand behind.

use abs_ingest::Input;

use super::fixture;

#[test]
fn formats_are_told_apart() {
    for (name, format) in [
        ("abs-search/hits.jsonl", "JSON Lines"),
        ("beir/corpus.jsonl", "JSON Lines"),
        ("bibtex/library.bib", "BibTeX"),
        ("crossref/list.json", "Crossref JSON"),
        ("crossref/work.json", "Crossref JSON"),
        ("csl-json/references.json", "CSL-JSON"),
        ("csv/arxiv.tsv", "CSV"),
        ("csv/cord19.csv", "CSV"),
        ("csv/embase.csv", "CSV in rows"),
        ("csv/semicolon.csv", "CSV"),
        ("europe-pmc/search.xml", "Europe PMC XML"),
        ("json/array.json", "JSON"),
        ("marc/catalogue.xml", "MARC XML"),
        ("marc/oai.xml", "MARC or MODS in an answer"),
        ("marc/sru.xml", "MARC or MODS in an answer"),
        ("mods/collection.xml", "MODS XML"),
        ("proquest/report.txt", "ProQuest text"),
        ("medline/eric.nbib", "MEDLINE"),
        ("medline/pubmed.nbib", "MEDLINE"),
        ("openalex/page.json", "OpenAlex JSON"),
        ("openalex/works.jsonl", "OpenAlex JSON"),
        ("ovid/citations.txt", "Ovid text"),
        ("ovid/tagged.txt", "Ovid tagged"),
        ("refer/endnote.enw", "Refer"),
        ("refworks/export.txt", "RefWorks"),
        ("ris/dialects.ris", "RIS"),
        ("ris/old-mac.ris", "RIS"),
        ("semantic-scholar/abstracts.jsonl", "JSON Lines"),
        ("semantic-scholar/papers.jsonl", "JSON Lines"),
        ("web-of-science/savedrecs.txt", "Web of Science text"),
        ("../lu_lewei.txt", "seed"),
        ("acl/current.xml", "ACL Anthology XML"),
        ("arxiv-atom/feed.xml", "arXiv Atom"),
        ("arxiv-oai/arxiv.xml", "OAI-PMH XML"),
        ("dblp/records.xml", "DBLP XML"),
        ("endnote/library.xml", "EndNote XML"),
        ("jats/article.xml", "JATS XML"),
        ("mods/collection.xml", "MODS XML"),
        ("pubmed/articles.xml", "PubMed XML"),
        ("zotero/library.rdf", "Zotero RDF"),
    ] {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let crlf = String::from_utf8_lossy(&bytes).replace('\n', "\r\n");
        let variants = [
            bytes.clone(),
            [b"\xef\xbb\xbf", &bytes[..]].concat(),
            [b"\n\n  \n", &bytes[..]].concat(),
            crlf.into_bytes(),
        ];
        for (variant, bytes) in variants.into_iter().enumerate() {
            let opened = Input::from_reader("misleading.xml.bib.csv", std::io::Cursor::new(bytes));
            let mut opened = opened.open().unwrap();
            let formats = abs_ingest::Formats::default();
            let found = opened.format(&formats).unwrap().map(|format| format.name());
            assert_eq!(found, Some(format), "{name}, variant {variant}");
        }
    }
}
