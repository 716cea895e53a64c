//! A few made-up records for tests that need years, venues and categories.

use crate::session::Session;

/// Eight records; what they say matters to the tests that use them.
pub(crate) const RECORDS: &str = r#"{"id":"t:1","title":"Deep reward learning","authors":["Müller, Jörg","Lu, Lewei"],"abstract":"Reward models are trained. They guide search in naïve settings.","year":2019,"venue":"Journal of Tests","categories":["cs.LG"],"doi":"10.1000/Alpha.1"}
{"id":"t:2","title":"Shallow reward learning","authors":["Smith, Anna"],"abstract":"A reward is learned by shallow models.","date":"2020-05-17","venue":"Journal of Tests","categories":["cs.LG","cs.CL"]}
{"id":"t:3","title":"An x-ray study of bones","authors":["Smith, Bob"],"abstract":"Bones are imaged with rays.","date":"2022","venue":"Radiology","categories":["q-bio"]}
{"id":"t:4","title":"Xray imaging of lungs","authors":["Doe, Jane"],"abstract":"Lungs are imaged.","date":"2023-01","venue":"Radiology","categories":["q-bio"]}
{"id":"t:5","title":"Imaging with an X ray tube","authors":["Doe, Jane","Smith, Anna"],"abstract":"A tube is described.","date":"2024-12-31","venue":"Physics Letters","categories":["physics"]}
{"id":"t:6","title":"Non-invasive imaging","authors":["Roe, Richard"],"abstract":"No reward is given for invasive procedures.","year":2025,"arxiv":"2501.00001"}
{"id":"t:7","title":"Naive Bayes revisited","authors":["Mueller, J."],"abstract":"A classic classifier.","year":2018,"pmid":"123456"}
{"id":"t:8","title":"Undated notes","authors":["Muller, Jane"],"abstract":"Nothing is known of their date."}
"#;

/// An index of [`RECORDS`].
pub(crate) fn session() -> Session {
    Session::with_records(RECORDS)
}

/// `n` records of words in no order, the same ones every time.
pub(crate) fn generated(n: usize) -> Vec<String> {
    const WORDS: [&str; 24] = [
        "reward", "process", "model", "image", "speech", "graph", "neural", "agent", "search",
        "index", "query", "ranking", "protein", "quantum", "lattice", "galaxy", "kernel",
        "theorem", "market", "climate", "sensor", "robot", "vision", "language",
    ];
    const FAMILIES: [&str; 6] = ["Lu", "Smith", "Müller", "van der Berg", "Chen", "Doe"];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    // xorshift64: any sequence does, as long as it is the same everywhere.
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut records = Vec::with_capacity(n);
    for idx in 0..n {
        let mut words = |count: usize| {
            let words: Vec<&str> = (0..count)
                // Some words are commoner than others.
                .map(|_| WORDS[next(WORDS.len()).min(next(WORDS.len()))])
                .collect();
            words.join(" ")
        };
        let (title, text) = (words(3), words(20 + idx % 17));
        let family = FAMILIES[idx % FAMILIES.len()];
        let year = 1990 + idx % 30;
        records.push(format!(
            r#"{{"id":"g:{idx}","title":"{title}","abstract":"{text}.","authors":["{family}, A."],"year":{year}}}"#
        ));
    }
    records
}
