//! Any tree of operators: engine and reader agree, whatever the segments and
//! whatever is deleted.

use proptest::prelude::*;

use super::*;

/// Leaves of every kind, over words of the records.
const LEAVES: &[&str] = &[
    "reward",
    "model",
    "models",
    "training",
    "food",
    "fed",
    "cats",
    "dog",
    "a",
    "the",
    "run",
    "running",
    "how",
    "galaxy",
    "star",
    "x-ray",
    "x-ray/multi-modal",
    "x-ray/reward",
    "xray",
    "ray",
    "x ray",
    "non-invasive",
    "invasive",
    "C++",
    "p53",
    "15q13.3",
    "multimodal",
    "multi-modal",
    "colour",
    "colours",
    "transformer",
    "lewei",
    "müller",
    "zzzz",
    "$E=mc^2$",
    "\"reward model\"",
    "\"reward models\"",
    "\"model reward\"",
    "\"the state of the art\"",
    "\"of the\"",
    "\"reward model\"~1",
    "\"reward model\"~3",
    "\"model reward\"~2",
    "\"reward mod*\"",
    "\"xray imaging\"",
    "\"x ray\"",
    "\"lu, lewei\"",
    "\"Lewei Lu\"",
    "reward NEAR/0 model",
    "reward NEAR/3 model",
    "model NEAR/1 reward",
    "(reward OR retrieval) NEAR/4 (model OR generation)",
    "\"a model\" NEAR/2 reward",
    "=RAG",
    "=rag",
    "=models",
    "=run",
    "=the",
    "=\"Rag dolls\"",
    "=\"rag dolls\"",
    "multimod*",
    "mult*",
    "trans*",
    "col*",
    "ru*",
    "lew*",
    "mult?modal",
    "col*r",
    "colo?r",
    "tr*fomer",
    "transformer~1",
    "transformer~2",
    "modle~1",
    "reward~1",
    "reward^2",
    "\"reward model\"^0.5",
    "title:reward",
    "abstract:model",
    "abs:galaxy",
    "ti:(star formation)",
    "tiab:galaxy",
    "ti,kw:galaxies",
    "venue:galaxy",
    "venue:journal",
    "kw:galaxies",
    "kw:sky",
    "abs:\"reward model\"",
    "title:x-ray",
    "title:mult*",
    "cat:cs",
    "cat:cs.CL",
    "cat:cs.*",
    "cat:math",
    "lang:en",
    "lang:de",
    "id:op:cat",
    "doi:10.1000/op.1",
    "doi:*",
    "arxiv:2501.00001v2",
    "pmid:123456",
    "year:2020",
    "year:2020..2022",
    "year:>=2024",
    "year:<1990",
    "date:2024-03",
    "date:2024-03-07",
    "date:2024-03..2025",
    "date:..1999",
    "since:30d",
    "ac:0",
    "ac:>2",
    "ac:1..2",
    "has:abstract",
    "has:doi",
    "has:venue",
    "has:author",
    "author:lu",
    "author:lewei",
    "author:\"Lu, L\"",
    "author:\"Lu, Lewei\"",
    "author:\"Lewei Lu\"",
    "author:\"Lu, Lin\"",
    "author:müller",
    "author:\"Mueller, J\"",
    "author:\"van der Berg, L\"",
    "author:berg",
    "author:\"Serre, Jean-Pierre\"",
    "author:\"J.-P. Serre\"",
    "author:lu*",
    "author:\"lu, l*\"",
    "=author:\"Lu, L.\"",
    "^\"Lu, Lewei\"",
    "^\"Lu, L\"",
    "author:icecube",
    "au:(lu AND dai)",
];

fn query() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            3 => some.clone().prop_map(|all| format!("({})", all.join(" AND "))),
            3 => some.clone().prop_map(|all| format!("({})", all.join(" OR "))),
            2 => some.prop_map(|all| format!("({})", all.join(" "))),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} NOT {b})")),
            1 => inner.clone().prop_map(|a| format!("(NOT {a})")),
            1 => inner.clone().prop_map(|a| format!("({a})^2")),
            1 => inner.clone().prop_map(|a| format!("+{a} reward")),
            1 => inner.prop_map(|a| format!("title:({a})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn engine_and_reader_agree(
        queries in proptest::collection::vec(query(), 24),
        batch in prop_oneof![Just(1_000_usize), 2_usize..40],
        is_deleted in proptest::collection::vec(proptest::bool::weighted(0.2), 80),
    ) {
        let all = records();
        // How compounds are written is known from deleted records too, until
        // their segment is written anew: these stay.
        let is_deletable = |record: &Record| !record.title.contains('-') && !record.title.starts_with("BERT");
        let deleted: Vec<RecordId> = all
            .iter()
            .zip(&is_deleted)
            .filter(|(record, deleted)| **deleted && is_deletable(record))
            .map(|(record, _)| record.id.clone())
            .collect();
        let left: Vec<Record> = all
            .iter()
            .filter(|record| !deleted.contains(&record.id))
            .cloned()
            .collect();
        let searcher = searcher(&all, batch, &deleted);
        let brute = Brute::new(&left).printed_as_in(&all);
        for query in &queries {
            prop_assert_eq!(found(&searcher, &left, query), read(&brute, query), "{}", query);
        }
    }
}

/// Each leaf alone, and in and out of NOT: a failure here names itself.
#[test]
fn every_leaf() {
    let all = records();
    let brute = Brute::new(&all);
    for batch in [1_000, 7] {
        let searcher = searcher(&all, batch, &[]);
        let mut wrong = Vec::new();
        for leaf in LEAVES {
            for query in [(*leaf).to_owned(), format!("food OR NOT ({leaf})")] {
                let (found, read) = (found(&searcher, &all, &query), read(&brute, &query));
                if found != read {
                    wrong.push(format!("{query}\n  found {found:?}\n  read  {read:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// So many lists that they are taken together, beside few and by themselves,
/// scored alike.
#[test]
fn many_terms_at_once() {
    let all = records();
    let brute = Brute::new(&all);
    let words: Vec<String> = all
        .iter()
        .flat_map(|record| {
            record
                .title
                .split(' ')
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        })
        .filter(|word| {
            word.chars().all(char::is_alphabetic) && !matches!(word.as_str(), "and" | "or" | "not")
        })
        .collect();
    let any = |from: usize, step: usize| -> String {
        let words: Vec<&str> = words
            .iter()
            .skip(from)
            .step_by(step)
            .map(String::as_str)
            .collect();
        format!("({})", words.join(" OR "))
    };
    let phrases: Vec<String> = words
        .windows(2)
        .map(|pair| format!("\"{}\"", pair.join(" ")))
        .collect();
    for batch in [1_000, 7] {
        let searcher = searcher(&all, batch, &[]);
        for query in [
            any(0, 1),
            any(0, 3),
            format!("{} AND {}", any(0, 2), any(1, 2)),
            format!("{} AND {} AND year:2017..2020", any(0, 3), any(1, 2)),
            format!("{} NOT {}", any(0, 2), any(1, 5)),
            format!("reward AND ({} OR {})", any(0, 4), phrases.join(" OR ")),
            format!("({}) AND {}", phrases.join(" OR "), any(0, 1)),
            format!("author:lu OR (({}) AND ti:model)", phrases.join(" OR ")),
            format!("mult* OR col* OR tr* OR ru* OR {}", any(0, 9)),
            format!("(mult* OR col* OR tr* OR re* OR ca*) AND {}", any(0, 2)),
            format!("abs:{}", any(0, 1)),
            format!("abs:{} AND ti:{}", any(0, 1), any(0, 2)),
        ] {
            assert_eq!(
                found(&searcher, &all, &query),
                read(&brute, &query),
                "{query}"
            );
            // The score is the sum of what explains it.
            let mut explained = options();
            explained.explain = true;
            for hit in searcher.search(&query, &explained).unwrap().hits {
                let parts = hit.explanation.unwrap().parts;
                let sum: f32 = parts.iter().map(|part| part.value).sum();
                assert!(
                    (sum - hit.score).abs() <= 1e-4 * hit.score.max(1.0),
                    "{query}"
                );
            }
        }
    }
}
