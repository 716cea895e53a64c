//! Records that services answer with one level further in.

use super::*;

#[test]
fn citations_and_references_of_semantic_scholar() {
    check_file(
        r#"{"offset": 0, "next": 2, "data": [{"contexts": ["a"], "intents": [], "isInfluential": false, "citingPaper": {"paperId": "649d", "externalIds": {"DOI": "10.1000/cite", "CorpusId": 7}, "title": "Citing", "abstract": "It cites.", "year": 2020, "authors": [{"authorId": "1", "name": "Ada Li"}]}},
{"contexts": [], "citedPaper": {"paperId": "649e", "title": "Cited", "abstract": null, "year": null, "authors": []}}]}"#,
        expect![[r#"
            id 649d
            title Citing
            authors Li, Ada
            abstract It cites.
            date 2020
            doi 10.1000/cite

            id 649e
            title Cited
        "#]],
    );
}

#[test]
fn works_of_datacite() {
    let work = r#"{"id": "10.1000/data", "type": "dois", "attributes": {"doi": "10.1000/data", "identifiers": [], "creators": [{"name": "Li, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Li", "affiliation": [], "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}]}, {"name": "Example Data Group", "nameType": "Organizational", "nameIdentifiers": []}], "titles": [{"title": "A data set", "lang": "en"}, {"title": "Ein Datensatz", "titleType": "TranslatedTitle"}], "publisher": "Zenodo", "container": CONTAINER, "publicationYear": 2020, "subjects": [{"subject": "optics"}], "contributors": [{"name": "No, One"}], "dates": [{"date": "2021", "dateType": "Updated"}, {"date": "2020-05-06", "dateType": "Issued"}], "language": "en", "descriptions": [{"description": "v1", "descriptionType": "TechnicalInfo"}, {"description": "Of data.", "descriptionType": "Abstract"}], "url": "https://example.org/d", "created": "2022-01-01T00:00:00Z", "updated": "2022-01-01T00:00:00Z"}, "relationships": {"client": {"data": {"id": "cern.zenodo", "type": "clients"}}}}"#;
    let facts = |venue: &str| {
        format!(
            "id 10.1000/data\ntitle A data set\nauthors Li, Ada; Example Data Group\n\
             orcids 0000-0002-1825-0097\nabstract Of data.\ndate 2020-05-06\nvenue {venue}\n\
             categories optics\ndoi 10.1000/data\nurl https://example.org/d\nlanguage en\n"
        )
    };
    for (container, venue) in [
        ("{}", "Zenodo"),
        (r#"{"type": "Journal", "title": "Data J"}"#, "Data J"),
    ] {
        let work = work.replace("CONTAINER", container);
        for file in [
            format!("{{\"data\": {work}}}"),
            format!("{{\"data\": [{work}], \"meta\": {{\"total\": 1}}, \"links\": {{}}}}"),
        ] {
            assert_eq!(read(&file), facts(venue));
        }
    }
}

#[test]
fn hits_of_dblp() {
    check_file(
        r#"{
"result":{
"query":":facetid:x",
"status":{"@code":"200","text":"OK"},
"time":{"@unit":"msecs","text":"1.2"},
"completions":{"@total":"1","@computed":"1","@sent":"1","@first":"0","c":{"@sc":"2","@dc":"2","@oc":"2","@id":"1","text":"x"}},
"hits":{"@total":"2","@computed":"2","@sent":"2","@first":"0","hit":[{
"@score":"1",
"@id":"1",
"info":{"authors":{"author":[{"@pid":"1/1","text":"Ada Li 0001"},{"@pid":"2/2","text":"Jan M\u00fcller"}]},"title":"Of hits.","venue":"ICML","pages":"1-2","year":"2020","type":"Conference and Workshop Papers","access":"open","key":"conf/icml/Li20","doi":"10.1000/DBLP","ee":"https://doi.org/10.1000/DBLP","url":"https://dblp.org/rec/conf/icml/Li20"},
"url":"URL#1"
},
{
"@score":"1","@id":"2","info":{"authors":{"author":{"@pid":"1/1","text":"Ada Li 0001"}},"title":"Alone.","venue":["A","B"],"year":"2019","key":"journals/corr/abs-1902-01234","ee":"https://arxiv.org/abs/1902.01234","url":"https://dblp.org/rec/x"},"url":"URL#2"}]}}}"#,
        expect![[r#"
            id dblp:conf/icml/Li20
            title Of hits
            authors Li, Ada; Müller, Jan
            date 2020
            venue ICML
            doi 10.1000/dblp
            url https://doi.org/10.1000/DBLP

            id dblp:journals/corr/abs-1902-01234
            title Alone
            authors Li, Ada
            date 2019
            venue A
            arxiv 1902.01234
            url https://arxiv.org/abs/1902.01234
        "#]],
    );
}

#[test]
fn what_has_a_title_is_wrapped_in_nothing() {
    check(
        r#"{"id": "1", "title": "T", "attributes": {"title": "no", "doi": "10.1000/no"}, "info": {"title": "no"}, "key": "k", "publisher": "P", "descriptions": [], "dates": ["x"], "titles": ["no"]}"#,
        expect![[r#"
            id 1
            title T
        "#]],
    );
}

/// As the search of PLOS answers, and that of ERIC.
#[test]
fn documents_of_solr() {
    check_file(
        r#"{"id":"10.1371/journal.pone.0000001","journal":"PLoS ONE","publication_date":"2011-07-19T00:00:00Z","author_display":["Ada M. Li","Jan van Roe"],"abstract":["\n  Of fish.\n"],"title_display":"Of <i>wet</i> fish"}
{"id":"EJ900001","title":"Fish in class","author":["Li, Ada","Roe, Jan"],"description":"They swim.","publicationdateyear":2021}"#,
        expect![[r#"
            id 10.1371/journal.pone.0000001
            title Of wet fish
            authors Li, Ada M.; van Roe, Jan
            abstract Of fish.
            date 2011-07-19
            venue PLoS ONE
            doi 10.1371/journal.pone.0000001

            id EJ900001
            title Fish in class
            authors Li, Ada; Roe, Jan
            abstract They swim.
            date 2021
        "#]],
    );
}

/// As INSPIRE answers: what is said is in lists, each entry with its source.
#[test]
fn literature_of_inspire() {
    check_file(
        r#"{"hits":{"hits":[
{"id":"900001","links":{},"metadata":{"control_number":900001,"titles":[{"source":"arXiv","title":"Of <i>wet</i> fish"}],"abstracts":[{"source":"arXiv","value":"They swim."}],"authors":[{"full_name":"Li, Ada","ids":[{"schema":"INSPIRE BAI","value":"A.Li.1"}]}],"dois":[{"value":"10.1000/inspire.1"}],"arxiv_eprints":[{"value":"hep-th/9711200","categories":["hep-th"]}],"publication_info":[{"journal_title":"J.Fish","year":1999}],"keywords":[{"schema":"INSPIRE","value":"duality"}],"earliest_date":"1997-11-27"},"created":"2017-01-01T00:00:00","updated":"2024-01-01T00:00:00"}
],"total":1}}"#,
        expect![[r#"
            id 900001
            title Of wet fish
            authors Li, Ada
            abstract They swim.
            date 1997-11-27
            venue J.Fish
            keywords duality
            doi 10.1000/inspire.1
            arxiv hep-th/9711200
        "#]],
    );
}
