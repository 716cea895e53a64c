//! Works of The Lens: its API, and its export as JSON and JSON Lines.

use super::*;

const WORK: &str = r#"{"lens_id":"000-000-000-000-001","created":"2020-01-01T00:00:00.000000+00:00","publication_type":"journal article","publication_supplementary_type":["review"],"title":"A lens","authors":[{"first_name":"Ada","last_name":"Li","initials":"A","ids":[{"type":"magid","value":"1"},{"type":"orcid","value":"0000-0002-1825-0097"}],"affiliations":[{"name":"X","type":"education","ids":[]}]},{"collective_name":"CMS Collaboration"},{"last_name":"Lee","initials":"B C"}],"date_published":"2020-05-06T00:00:00.000000+00:00","year_published":2020,"date_published_parts":[2020,5,6],"volume":"1","source":{"title":"Journal of Lenses","type":"Journal","publisher":"P","issn":[{"type":"print","value":"1"}]},"external_ids":[{"type":"doi","value":"10.1000/Lens"},{"type":"pmid","value":"17"},{"type":"pmcid","value":"PMC1"},{"type":"openalex","value":"W1"},{"type":"magid","value":"2"}],"abstract":"Of lenses.","keywords":["optics"],"mesh_terms":[{"mesh_id":"D1","mesh_heading":"Humans"}],"fields_of_study":["Physics"],"languages":["en"],"references":[{"lens_id":"000-000-000-000-002"}]}"#;

const READ: Expect = expect![[r#"
    id 000-000-000-000-001
    title A lens
    authors Li, Ada; CMS Collaboration; Lee, B C
    orcids 0000-0002-1825-0097
    abstract Of lenses.
    date 2020-05-06
    venue Journal of Lenses
    categories Physics
    keywords optics | Humans
    doi 10.1000/lens
    pmid 17
    language en
"#]];

#[test]
fn works_are_lines_or_in_data() {
    check_file(WORK, READ);
    check_file(
        &format!("{{\"total\":1,\"max_score\":null,\"data\":[{WORK}],\"results\":1}}"),
        READ,
    );
    check_file(&format!("[\n{WORK}\n]"), READ);
}

#[test]
fn sources_that_are_texts_are_no_venues() {
    for source in [r#""MED""#, "7", "[]", "{}", r#"[{"title": "J"}]"#] {
        for key in ["source", "_source"] {
            let line = format!(
                r#"{{"title": "T", "year": 2020, "{key}": {source}, "mesh_terms": "D1:A; D2:B"}}"#
            );
            let record = parse(&line).and_then(Draft::finish).unwrap();
            assert_eq!((record.venue, record.keywords.len()), (None, 0), "{source}");
        }
    }
}
