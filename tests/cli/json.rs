//! The shape of JSON.

use expect_test::expect;
use serde_json::Value;

use crate::corpus;
use crate::session::Session;

/// Pretty, with what differs from run to run masked.
fn masked(mut value: Value) -> String {
    // Terms are summed over segments, which are as many as threads had work.
    for key in ["took_ms", "index_bytes", "n_bytes", "n_segments", "n_terms"] {
        if let Some(found) = value.get_mut(key) {
            assert!(found.is_number());
            *found = "masked".into();
        }
    }
    // Scores change with the weights, which are measured elsewhere.
    for hit in value
        .get_mut("hits")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        assert!(hit["score"].is_number());
        hit["score"] = "masked".into();
    }
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn search() {
    let session = corpus::session();
    let args = [
        "search", "deep", "rewards", "-n", "2", "--json", "--facet", "year",
    ];
    expect![[r#"
        {
          "facets": [
            {
              "field": "year",
              "n_values": 1,
              "values": [
                {
                  "count": 1,
                  "value": "2019"
                }
              ]
            }
          ],
          "hits": [
            {
              "arxiv": null,
              "author_ranges": [],
              "authors": [
                "Müller, Jörg",
                "Lu, Lewei"
              ],
              "categories": [
                "cs.LG"
              ],
              "date": "2019",
              "doi": "10.1000/alpha.1",
              "explanation": null,
              "full_match": true,
              "id": "t:1",
              "keywords": [],
              "language": null,
              "pmid": null,
              "rank": 1,
              "score": "masked",
              "snippet": {
                "cut_after": false,
                "cut_before": false,
                "ranges": [
                  [
                    0,
                    6
                  ]
                ],
                "start": 0,
                "text": "Reward models are trained. They guide search in naïve settings."
              },
              "snippets": [],
              "title": "Deep reward learning",
              "title_ranges": [
                [
                  0,
                  4
                ],
                [
                  5,
                  11
                ]
              ],
              "url": null,
              "venue": "Journal of Tests",
              "versions": [],
              "year": 2019
            },
            {
              "arxiv": null,
              "author_ranges": [],
              "authors": [
                "Smith, Anna"
              ],
              "categories": [
                "cs.LG",
                "cs.CL"
              ],
              "date": "2020-05-17",
              "doi": null,
              "explanation": null,
              "full_match": false,
              "id": "t:2",
              "keywords": [],
              "language": null,
              "pmid": null,
              "rank": 2,
              "score": "masked",
              "snippet": {
                "cut_after": false,
                "cut_before": false,
                "ranges": [
                  [
                    2,
                    8
                  ]
                ],
                "start": 0,
                "text": "A reward is learned by shallow models."
              },
              "snippets": [],
              "title": "Shallow reward learning",
              "title_ranges": [
                [
                  8,
                  14
                ]
              ],
              "url": null,
              "venue": "Journal of Tests",
              "versions": [],
              "year": 2020
            }
          ],
          "query": {
            "expansions": [],
            "parsed": "deep rewards",
            "raw": "deep rewards",
            "relaxed": {
              "full": 1,
              "partial_on_page": 1
            },
            "suggestions": [],
            "unknown": [],
            "warnings": []
          },
          "schema_version": 1,
          "took_ms": "masked",
          "total": 1,
          "total_records": 1
        }"#]]
    .assert_eq(&masked(session.json(&args)));
}

#[test]
fn a_hit_a_line() {
    let session = corpus::session();
    let answer = session.run(&["reward", "--format", "jsonl"]);
    let ids: Vec<Value> = answer
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].take())
        .collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(ids, session.ids(&["reward"]));
}

#[test]
fn count() {
    let session = corpus::session();
    let args = ["count", "reward", "year:2019..2020", "--json"];
    expect![[r#"
        {
          "query": {
            "expansions": [],
            "parsed": "reward year:2019..2020",
            "raw": "reward year:2019..2020",
            "relaxed": null,
            "suggestions": [],
            "unknown": [],
            "warnings": []
          },
          "schema_version": 1,
          "took_ms": "masked",
          "total": 2
        }"#]]
    .assert_eq(&masked(session.json(&args)));
}

#[test]
fn facet() {
    let session = corpus::session();
    let args = ["facet", "venue", "imaging", "--json"];
    expect![[r#"
        {
          "facets": [
            {
              "field": "venue",
              "n_values": 2,
              "values": [
                {
                  "count": 2,
                  "value": "Radiology"
                },
                {
                  "count": 1,
                  "value": "Physics Letters"
                }
              ]
            }
          ],
          "hits": [],
          "query": {
            "expansions": [],
            "parsed": "imaging",
            "raw": "imaging",
            "relaxed": null,
            "suggestions": [],
            "unknown": [],
            "warnings": []
          },
          "schema_version": 1,
          "took_ms": "masked",
          "total": 4,
          "total_records": 4
        }"#]]
    .assert_eq(&masked(session.json(&args)));
}

#[test]
fn show() {
    let session = corpus::session();
    expect![[r#"
        {
          "abstract": "Reward models are trained. They guide search in naïve settings.",
          "arxiv": null,
          "authors": [
            "Müller, Jörg",
            "Lu, Lewei"
          ],
          "categories": [
            "cs.LG"
          ],
          "date": "2019",
          "doi": "10.1000/alpha.1",
          "id": "t:1",
          "keywords": [],
          "language": null,
          "pmid": null,
          "schema_version": 1,
          "title": "Deep reward learning",
          "url": null,
          "venue": "Journal of Tests",
          "year": 2019
        }"#]]
    .assert_eq(&masked(session.json(&["show", "t:1", "--json"])));
}

#[test]
fn stats() {
    let session = corpus::session();
    expect![[r#"
        {
          "n_abstracts": 8,
          "n_authors": 8,
          "n_bytes": "masked",
          "n_records": 8,
          "n_segments": "masked",
          "n_terms": "masked",
          "n_works": 8,
          "schema_version": 1,
          "sources": {
            "deleted": 0,
            "duplicate": 0,
            "failed_files": 0,
            "files": null,
            "indexed": 8,
            "n_files": 1,
            "partial_files": 0,
            "read": 8,
            "rejected": 0,
            "unchanged": 0,
            "unfinished": false,
            "updated": 0
          },
          "years": [
            2018,
            2025
          ]
        }"#]]
    .assert_eq(&masked(session.json(&["stats", "--json"])));
}

#[test]
fn ingest() {
    let session = corpus::session();
    let args = [
        "ingest",
        "records.jsonl",
        "--index",
        "index",
        "--again",
        "--json",
    ];
    expect![[r#"
        {
          "deleted": 0,
          "duplicate": 0,
          "failed_files": 0,
          "files": 1,
          "index": "index",
          "index_bytes": "masked",
          "indexed": 0,
          "read": 8,
          "rejected": 0,
          "rejects": null,
          "resumed": false,
          "schema_version": 1,
          "skipped_files": 0,
          "source_bytes": 1379,
          "took_ms": "masked",
          "unchanged": 8,
          "unchanged_files": 0,
          "updated": 0
        }"#]]
    .assert_eq(&masked(session.json(&args)));
}

#[test]
fn parse() {
    let session = Session::empty();
    let args = ["parse", "--json", "ti:(deep learn*) -survey AND"];
    expect![[r#"
        {
          "expansions": [],
          "parsed": "title:(deep learn*) AND NOT survey",
          "raw": "ti:(deep learn*) -survey AND",
          "schema_version": 1,
          "tree": {
            "kind": "and",
            "members": [
              {
                "kind": "scoped",
                "members": [
                  {
                    "kind": "words",
                    "members": [
                      {
                        "kind": "term",
                        "members": [],
                        "span": [
                          4,
                          8
                        ],
                        "text": "deep"
                      },
                      {
                        "kind": "prefix",
                        "members": [],
                        "span": [
                          9,
                          15
                        ],
                        "text": "learn"
                      }
                    ],
                    "span": [
                      4,
                      15
                    ],
                    "text": null
                  }
                ],
                "span": [
                  0,
                  15
                ],
                "text": "title"
              },
              {
                "kind": "not",
                "members": [
                  {
                    "kind": "term",
                    "members": [],
                    "span": [
                      18,
                      24
                    ],
                    "text": "survey"
                  }
                ],
                "span": [
                  17,
                  24
                ],
                "text": null
              }
            ],
            "span": [
              0,
              24
            ],
            "text": null
          },
          "warnings": [
            {
              "message": "nothing behind this operator: left out",
              "severity": "warning",
              "span": [
                25,
                28
              ]
            }
          ]
        }"#]]
    .assert_eq(&masked(session.json(&args)));
}

#[test]
fn ranges_are_bytes_of_the_text_beside_them() {
    let session = corpus::session();
    let answer = session.json(&["naive", "settings", "--json"]);
    let hit = &answer["hits"][0];
    let text = hit["snippet"]["text"].as_str().unwrap();
    let marked: Vec<&str> = hit["snippet"]["ranges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            let at = |idx: usize| usize::try_from(range[idx].as_u64().unwrap()).unwrap();
            &text[at(0)..at(1)]
        })
        .collect();
    assert_eq!(marked, ["naïve", "settings"]);
}
