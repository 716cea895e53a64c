//! One work from several sources.

use crate::session::Session;

const RECORDS: &str = r#"
{"id":"arXiv:1704.05021","title":"Sparse communication for gradient descent","authors":["Alham Aji"],"year":2017,"venue":"arXiv","doi":"10.18653/v1/d17-1045","abstract":"We make updates sparse."}
{"id":"ACL:D17-1045","title":"Sparse Communication for Gradient Descent.","authors":["Aji, A."],"year":2017,"venue":"EMNLP","doi":"https://doi.org/10.18653/v1/D17-1045"}
{"id":"PMID:31","title":"Sparse communication for gradient descent","authors":["Aji A"],"year":2018,"venue":"Journal"}
{"id":"x:1","title":"Discussion of \"Sparse communication for gradient descent\"","authors":["Aji, A."],"year":2018,"doi":"10.18653/v1/d17-1045"}
"#;

#[test]
fn search_count_and_facet_agree_with_and_without_versions() {
    let session = Session::with_records(RECORDS);
    for (flag, total, facet_total) in [(None, 2, 3), (Some("--all-versions"), 4, 4)] {
        let run = |args: &[&str]| {
            let args: Vec<&str> = args.iter().copied().chain(flag).collect();
            session.json(&args)
        };
        let search = run(&["search", "sparse gradient", "--facet", "venue", "--json"]);
        assert_eq!(search["total"], total);
        assert_eq!(search["total_records"], 4);
        assert_eq!(search["hits"].as_array().unwrap().len(), total);
        let count = run(&["count", "sparse gradient", "--json"]);
        assert_eq!(count["total"], total);
        let facet = run(&["facet", "year", "sparse gradient", "--json"]);
        assert_eq!(facet["total"], total);
        // One work of both years counts in both.
        let counts = facet["facets"][0]["values"].as_array().unwrap().iter();
        let sum: u64 = counts.map(|value| value["count"].as_u64().unwrap()).sum();
        assert_eq!(sum, facet_total);
    }
}

#[test]
fn a_hit_names_the_other_versions() {
    let session = Session::with_records(RECORDS);
    let answer = session.run(&["search", "updates"]);
    assert!(
        answer
            .out
            .contains("also ACL:D17-1045 (2017, EMNLP), PMID:31 (2018, Journal)"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("1 result"), "{}", answer.out);
    let hit = &session.json(&["search", "updates", "--json"])["hits"][0];
    assert_eq!(hit["versions"][0]["id"], "ACL:D17-1045");
    assert_eq!(hit["versions"][0]["doi"], "10.18653/v1/d17-1045");
    assert_eq!(hit["versions"][1]["year"], 2018);
    let all = session.run(&["search", "updates", "--all-versions"]);
    assert!(!all.out.contains("also "), "{}", all.out);
}

#[test]
fn an_index_without_its_list_of_works_shows_records_until_the_next_ingest() {
    let session = Session::with_records(RECORDS);
    let works = session.path("index/.works");
    std::fs::remove_file(&works).unwrap();
    let total = || session.json(&["count", "sparse", "--json"])["total"].clone();
    assert_eq!(total(), 4);
    let answer = session.run(&["ingest", "records.jsonl", "--index", "index"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(works.is_file());
    assert_eq!(total(), 2);
}
