//! What reference managers, databases and programs export, in the ways each
//! bends its format. The records are made up; columns, tags and quirks are
//! those of the exports named.

use std::convert::Infallible;
use std::io::Cursor;

use abs_ingest::{Input, Outcome, RecordSink, pipeline};
use abs_record::{Record, RecordId};
use expect_test::{Expect, expect};

#[derive(Default)]
struct Facts(String);

impl RecordSink for Facts {
    type Error = Infallible;

    fn push(&mut self, record: Record) -> Result<Outcome, Infallible> {
        let authors: Vec<String> = record.authors.iter().map(|a| a.display()).collect();
        let list = |terms: &[String]| (!terms.is_empty()).then(|| terms.join(" | "));
        let id = Some(record.id.as_str().to_owned()).filter(|id| !id.starts_with("abs:"));
        let fields = [
            ("id", id),
            (
                "title",
                Some(record.title).filter(|title| !title.is_empty()),
            ),
            ("authors", list(&authors)),
            ("abstract", record.abstract_text),
            ("date", record.date.map(|date| date.to_string())),
            ("venue", record.venue),
            ("categories", list(&record.categories)),
            ("keywords", list(&record.keywords)),
            ("doi", record.doi),
            ("arxiv", record.arxiv),
            ("pmid", record.pmid),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                self.0.push_str(&format!("{name} {value}\n"));
            }
        }
        self.0.push('\n');
        Ok(Outcome::Indexed)
    }

    fn delete(&mut self, id: &RecordId) -> Result<bool, Infallible> {
        self.0.push_str(&format!("{id} is deleted\n"));
        Ok(true)
    }
}

fn read(bytes: &[u8]) -> String {
    let mut facts = Facts::default();
    let input = Input::from_reader("export", Cursor::new(bytes.to_vec()));
    let Ok(summary) = pipeline::run([Ok(input)], &mut facts, &mut ());
    assert_eq!((summary.rejected, summary.failed_files), (0, 0));
    facts.0
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&read(text.as_bytes()));
}

/// Text in UTF-16, with a byte order mark or without.
fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xfeff)
        .into_iter()
        .chain(text.encode_utf16());
    let bytes = units.flat_map(|unit| match big {
        true => unit.to_be_bytes(),
        false => unit.to_le_bytes(),
    });
    bytes.collect()
}

#[test]
fn utf16_is_read_in_every_format() {
    for text in [
        "PT\tAU\tTI\tAB\tUT\r\nJ\tMüller, J\tÜber β\tText\tWOS:1\r\n",
        "TY  - JOUR\r\nTI  - Über β\r\nAU  - Müller, J\r\nER  - \r\n",
        "@article{m, title = {Über β}, author = {Müller, J}}",
        "{\"title\": \"Über β\", \"authors\": [\"Müller, J\"]}",
        "PMID- 1\r\nTI  - Über β\r\nAU  - Müller J\r\n",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><dblp><article key=\"x\"><author>J Müller</author>\
         <title>Über β</title></article></dblp>",
    ] {
        let plain = read(text.as_bytes());
        assert!(plain.contains("title Über β\nauthors Müller, J"), "{plain}");
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            assert_eq!(read(&utf16(text, big, mark)), plain, "{big} {mark}");
        }
    }
    // More than is looked at to tell the format, with pairs of surrogates.
    let lines: String = (0..9000)
        .map(|n| format!("{{\"title\": \"𝔉 {n}\"}}\n"))
        .collect();
    assert_eq!(read(&utf16(&lines, false, true)), read(lines.as_bytes()));
}

#[test]
fn mendeley_zotero_and_ads_write_signs_as_commands() {
    check(
        r"@article{a, title = {{Array {\textless}i{\textgreater}in vivo{\textless}/i{\textgreater} {\&} {\~{}}7{\%}}},
  abstract = {x {\textgreater} 5 {\textbar} \textpm 2 and 1.0 {\texttimes} 10$^{-21}$ at {\ensuremath{<}}5 {\ensuremath{\alpha}} M$_{{\ensuremath{\odot}}}$. Written in {\LaTeX}.},
  journal = {\prl}, year = 2016}",
        expect![[r#"
            title Array in vivo & ~7%
            abstract x > 5 | ±2 and 1.0 × 10$^{-21}$ at <5 $\alpha$ M$_{{\ensuremath{\odot}}}$. Written in LaTeX.
            date 2016
            venue Physical Review Letters

        "#]],
    );
}

#[test]
fn a_part_has_year_and_venue_from_its_whole() {
    let child = "@inproceedings{c, title={A part}, crossref={P}}\n";
    let parent = "@proceedings{p, title={Proceedings of X}, year={2001}}\n";
    let expected = "title A part\ndate 2001\nvenue Proceedings of X\n";
    for text in [[child, parent].concat(), [parent, child].concat()] {
        assert!(read(text.as_bytes()).contains(expected), "{text}");
    }
    // What it says itself counts, and a whole that never comes costs nothing.
    let own = "@inproceedings{c, title={A part}, year={2002}, booktitle={Y}, crossref={p}}\n";
    assert!(read([own, parent].concat().as_bytes()).contains("date 2002\nvenue Y\n"));
    assert_eq!(read(child.as_bytes()), "title A part\n\n");
    let two = [child, "@misc{m, title={Between}}\n", parent].concat();
    assert_eq!(read(two.as_bytes()).matches("title ").count(), 3);
}

#[test]
fn eprints_of_pubmed_are_no_arxiv_ids() {
    check(
        "@article{p, title={T}, eprint={12345678}, eprinttype={pubmed}}",
        expect![[r#"
            id bibtex:pmid:12345678
            title T
            pmid 12345678

        "#]],
    );
}

#[test]
fn zotero_and_springer_in_ris() {
    check(
        "TY  - CONF\nTI  - Attention is All you Need\nA2  - Guyon, I.\nAU  - Vaswani, Ashish\n\
         C3  - Advances in Neural Information Processing Systems\nDA  - 2017///\nPY  - 2017\nER  - \n\
         TY  - CHAP\nTI  - U-Net\nBT  - MICCAI 2015\nPY  - 2015\nDA  - 2015//\n\
         ID  - 10.1007/978-3-319-24574-4_28\nER  - \n",
        expect![[r#"
            title Attention is All you Need
            authors Vaswani, Ashish
            date 2017
            venue Advances in Neural Information Processing Systems

            id ris:doi:10.1007/978-3-319-24574-4_28
            title U-Net
            date 2015
            venue MICCAI 2015
            doi 10.1007/978-3-319-24574-4_28

        "#]],
    );
}

#[test]
fn web_of_science_has_groups_and_categories_with_commas() {
    let tags = "PT\tAU\tAF\tCA\tTI\tSO\tAB\tPY\tWC\tSC\tUT\n\
                J\tAbbott, BP\tAbbott, B. P.\tLIGO Sci Collaboration; Virgo Collaboration\tWaves\t\
                PRL\tText.\t2016\tPhysics, Multidisciplinary\tPhysics\tWOS:1\n";
    check(
        tags,
        expect![[r#"
        id WOS:1
        title Waves
        authors Abbott, B. P. | LIGO Sci Collaboration | Virgo Collaboration
        abstract Text.
        date 2016
        venue PRL
        categories Physics, Multidisciplinary

    "#]],
    );
    let words = "Authors;Author Full Names;Group Authors;Article Title;Abstract;WoS Categories;\
                 Research Areas;Publication Year;UT (Unique WOS ID)\n\
                 Abbott, BP;Abbott, B. P.;LIGO Sci Collaboration;Waves;Text.;\
                 \"Physics, Multidisciplinary\";Physics;2016;WOS:1\n";
    check(
        words,
        expect![[r#"
        id WOS:1
        title Waves
        authors Abbott, B. P. | LIGO Sci Collaboration
        abstract Text.
        date 2016
        categories Physics, Multidisciplinary | Physics

    "#]],
    );
}

#[test]
fn columns_of_openalex_covidence_and_dimensions() {
    check(
        "id,doi,display_name,publication_date,authorships.author.display_name,\
         primary_location.source.display_name,primary_topic.display_name,abstract,ids.pmid,\
         keywords.display_name\n\
         https://openalex.org/W1,https://doi.org/10.7717/peerj.4375,The state of OA,2018-02-13,\
         Heather Piwowar|Jason Priem,PeerJ,scientometrics,Text.,\
         https://pubmed.ncbi.nlm.nih.gov/29456894,Open access|Citation\n",
        expect![[r#"
            id https://openalex.org/W1
            title The state of OA
            authors Piwowar, Heather | Priem, Jason
            abstract Text.
            date 2018-02-13
            venue PeerJ
            categories scientometrics
            keywords Open access | Citation
            doi 10.7717/peerj.4375
            pmid 29456894

        "#]],
    );
    check(
        "Title,Authors,Abstract,Published Year,Journal,Covidence #\n\
         T,\"Smith, J.; Müller, K.\",A.,2020,BMJ,#12\n",
        expect![[r#"
            title T
            authors Smith, J. | Müller, K.
            abstract A.
            date 2020
            venue BMJ

        "#]],
    );
    check(
        "\"About the data: exported on May 06, 2024\"\n\
         Rank,Publication ID,DOI,Title,Abstract,Source title,PubYear,Authors,\
         Fields of Research (ANZSRC 2020)\n\
         1,pub.1,10.1001/jama.1,T,A.,JAMA,2020,\"Smith, John A; Müller, Karl\",\
         \"32 Biomedical, Clinical; 3202 Clinical\"\n",
        expect![[r#"
            id pub.1
            title T
            authors Smith, John A | Müller, Karl
            abstract A.
            date 2020
            venue JAMA
            categories 32 Biomedical, Clinical | 3202 Clinical
            doi 10.1001/jama.1

        "#]],
    );
}

#[test]
fn zotero_notes_ids_in_extra() {
    check(
        "Key,Item Type,Author,Title,Abstract Note,Extra\n\
         ABCD,journalArticle,\"Schmidhuber, Jürgen\",Deep learning,A.,\
         \"PMID: 25462637\narXiv: 1404.7828 [cs]\"\n",
        expect![[r#"
            id ABCD
            title Deep learning
            authors Schmidhuber, Jürgen
            abstract A.
            arxiv 1404.7828
            pmid 25462637

        "#]],
    );
}

#[test]
fn json_of_europe_pmc_zotero_doaj_and_python() {
    check(
        r#"{"resultList": {"result": [{"id": "1", "pmid": "1", "title": "T", "authorString": "Smith J, Müller K.", "journalTitle": "BMJ", "pubYear": "2020", "firstPublicationDate": "2020-05-06", "abstractText": "A."}]}}"#,
        expect![[r#"
            id 1
            title T
            authors Smith, J | Müller, K
            abstract A.
            date 2020-05-06
            venue BMJ
            pmid 1

        "#]],
    );
    check(
        r#"{"items": [{"itemKey": "X", "title": "T", "abstractNote": "A.", "publicationTitle": "NN", "creators": [{"creatorType": "author", "firstName": "Jürgen", "lastName": "Schmidhuber"}], "date": "2015"}]}"#,
        expect![[r#"
            title T
            authors Schmidhuber, Jürgen
            abstract A.
            date 2015
            venue NN

        "#]],
    );
    check(
        r#"[{"id": "0a", "bibjson": {"title": "T", "abstract": "A.", "author": [{"name": "Ann Bee"}], "journal": {"title": "J"}, "year": "2020", "keywords": ["k"]}}]"#,
        expect![[r#"
            id 0a
            title T
            authors Bee, Ann
            abstract A.
            date 2020
            venue J
            keywords k

        "#]],
    );
    check(
        r#"{"entry_id": "http://arxiv.org/abs/2401.00002v3", "title": "T", "summary": "A.", "published": "2024-01-02 10:00:00+00:00"}"#,
        expect![[r#"
            id json:arXiv:2401.00002
            title T
            abstract A.
            date 2024-01-02
            arxiv 2401.00002

        "#]],
    );
    check(
        r#"{"pmid": "123", "title": "T", "abstract": "A.", "authors": "Smith|John|J|;Müller||K|"}"#,
        expect![[r#"
            id json:pmid:123
            title T
            authors Smith, John | Müller, K
            abstract A.
            pmid 123

        "#]],
    );
}

#[test]
fn objects_one_behind_the_other_are_records() {
    let text = "{\"title\": \"One\"}{\"title\": \"Two\"}\n{\n \"title\": \"Three\"\n}\n";
    assert_eq!(
        read(text.as_bytes()),
        "title One\n\ntitle Two\n\ntitle Three\n\n"
    );
}

#[test]
fn answers_of_crossref_are_crossrefs_with_few_fields_too() {
    check(
        r#"{"status": "ok", "message-type": "work-list", "message": {"items": [{"DOI": "10.1000/l1", "title": ["L"], "issued": {"date-parts": [[null]]}}]}}"#,
        expect![[r#"
            id doi:10.1000/l1
            title L
            doi 10.1000/l1

        "#]],
    );
}

/// Semantic Scholar's abstracts say when they were touched, not published.
#[test]
fn an_abstract_without_its_paper_has_no_date() {
    check(
        r#"{"corpusid": 1, "openaccessinfo": {"externalids": {"DOI": "10.1000/s2"}}, "abstract": "A.", "updated": "2022-01-01T00:00:00Z"}"#,
        expect![[r#"
            id CorpusId:1/abstract
            abstract A.
            doi 10.1000/s2

        "#]],
    );
}

#[test]
fn formulas_and_mixed_text_in_xml() {
    check(
        "<collection id=\"2020.acl\"><volume id=\"main\"><meta><booktitle>P</booktitle>\
         <year>2020</year></meta><paper id=\"1\"><title>In <tex-math>\\mathcal{O}(n)</tex-math></title>\
         </paper></volume></collection>",
        expect![[r#"
            id ACL:2020.acl-main.1
            title In $\mathcal{O}(n)$
            date 2020
            venue P

        "#]],
    );
    check(
        "<ArticleSet><Article><Journal><JournalTitle>J</JournalTitle></Journal>\
         <ArticleTitle>T</ArticleTitle><ELocationID EIdType=\"doi\">10.1000/p</ELocationID>\
         <Abstract>Before. <AbstractText Label=\"X\">Part.</AbstractText></Abstract></Article>\
         </ArticleSet>",
        expect![[r#"
            id pubmed:doi:10.1000/p
            title T
            abstract Before. Part.
            venue J
            doi 10.1000/p

        "#]],
    );
    check(
        "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords><record><header>\
         <identifier>oai:x:1</identifier></header><metadata><dc xmlns=\"http://purl.org/dc/elements/1.1/\">\
         <title>T</title><subject>one; two</subject><subject>three</subject></dc></metadata></record>\
         </ListRecords></OAI-PMH>",
        expect![[r#"
            id oai:x:1
            title T
            keywords one | two | three

        "#]],
    );
}

#[test]
fn byte_order_marks_stand_where_files_were_put_together() {
    let mark = "\u{feff}";
    check(
        &format!("{mark}{mark}{{\"title\":\"One\"}}\r\n{mark}{{\"title\":\"Two\"}}\r\n"),
        expect![[r#"
            title One

            title Two

        "#]],
    );
}

#[test]
fn biblatex_writes_names_by_their_parts() {
    check(
        "@online{x, author = {family=Gogh, given=Vincent, prefix=van and Doe, Jane}, \
         title = {T}, howpublished = {\\url{https://example.org/x}}, date = {2020-05}}\n\
         @online{y, author = {family={Di Caprio}, given=Leo, given-i=L, suffix=Jr}, title = {U}}\n",
        expect![[r#"
            title T
            authors van Gogh, Vincent | Doe, Jane
            date 2020-05

            title U
            authors Di Caprio, Leo, Jr

        "#]],
    );
}

/// The ids of what a text holds.
fn ids(text: &str) -> Vec<String> {
    let mut records: Vec<Record> = Vec::new();
    let input = Input::from_reader("export", Cursor::new(text.as_bytes().to_vec()));
    let Ok(_) = pipeline::run([Ok(input)], &mut records, &mut ());
    records.iter().map(|record| record.id.to_string()).collect()
}

#[test]
fn one_title_in_every_issue_is_many_records() {
    let bibtex = "@article{a, title={Editorial}, year=1981, volume=2, number=1, pages={49--50}}\n\
                  @article{b, title={Editorial}, year=1981, volume=2, number=3, pages={32}}\n\
                  @article{c, title={Editorial}, year=1981, volume={2}, number={3}, pages={32--33}}\n";
    let found = ids(bibtex);
    assert_eq!(found.len(), 2, "{found:?}");
    // Other formats say the same of it.
    let ris =
        "TY  - JOUR\nTI  - Editorial\nPY  - 1981\nVL  - 2\nIS  - 1\nSP  - 49\nEP  - 50\nER  - \n";
    let refer = "%0 Journal Article\n%T Editorial\n%D 1981\n%V 2\n%N 1\n%P 49-50\n";
    let csl = r#"[{"type": "article-journal", "title": "Editorial", "volume": 2, "issue": "1",
                   "page": "49-50", "issued": {"date-parts": [[1981]]}}]"#;
    let endnote = "<xml><records><record><ref-type name=\"Journal Article\">17</ref-type><titles>\
                   <title>Editorial</title></titles><dates><year>1981</year></dates><volume>2</volume>\
                   <number>1</number><pages>49-50</pages></record></records></xml>";
    for text in [ris, refer, csl, endnote] {
        assert_eq!(ids(text), found[..1], "{text}");
    }
    // An export keeps the id, though not what it was made of.
    for text in [
        format!(
            "@article{{{}, title={{Editorial}}, year={{1981}}}}",
            found[0]
        ),
        format!("TY  - JOUR\nID  - {}\nTI  - Editorial\nER  - \n", found[0]),
    ] {
        assert_eq!(ids(&text), found[..1], "{text}");
    }
}
