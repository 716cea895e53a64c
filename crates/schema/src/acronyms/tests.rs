use super::*;

fn pairs(raw: &[(&str, &str, u32)]) -> Vec<Pair> {
    let pairs = raw
        .iter()
        .filter_map(|(short, long, count)| Pair::new(short, long, *count));
    merged(pairs.collect())
}

fn file(raw: &[(&str, &str, u32)]) -> Acronyms {
    Acronyms::new(OwnedBytes::new(encode(&pairs(raw))))
}

fn longs(found: &[Pair]) -> Vec<String> {
    let line = |pair: &Pair| format!("{} = {} ({})", pair.short, pair.long, pair.count);
    found.iter().map(line).collect()
}

const SOME: &[(&str, &str, u32)] = &[
    ("PRM", "process reward models", 5),
    ("PRM", "process reward model", 2),
    ("PRM", "probabilistic roadmap", 3),
    ("PR", "process reward", 1),
    ("TGF-β", "transforming growth factor beta", 4),
    ("TGFβ", "transforming growth factor beta", 1),
    ("CNN", "convolution neural network", 1),
    ("CNN", "convolutional neural networks", 9),
    ("PoS", "part of speech", 2),
    ("PRM", "process reward modelling", 1),
];

#[test]
fn both_ways() {
    let file = file(SOME);
    assert_eq!(
        longs(&file.of_short("prm")),
        [
            "PRM = probabilistic roadmap (3)",
            "PRM = process reward model (8)"
        ]
    );
    assert_eq!(
        longs(&file.of_short(&short_key("TGF-beta"))),
        ["TGF-β = transforming growth factor beta (5)"]
    );
    let (found, goes_on) = file.of_long(&long_key("process reward"));
    assert_eq!((longs(&found).len(), goes_on), (1, true));
    let (found, goes_on) = file.of_long(&long_key("Process-Reward Models"));
    assert_eq!(longs(&found), ["PRM = process reward model (8)"]);
    assert!(!goes_on);
    assert!(file.of_long(&long_key("part")).1);
    assert!(!file.of_long(&long_key("par")).1);
    assert_eq!(file.of_long(&long_key("parts of speech")).0.len(), 1);
    assert!(file.of_short("p").is_empty() && file.of_short("").is_empty());
    assert_eq!(file.of_long(""), (Vec::new(), false));
}

#[test]
fn the_commonest_spelling_is_shown() {
    let file = file(SOME);
    let things = [
        ("IoT", "internet of things", 30),
        ("IoT", "internet of thing", 1),
    ];
    let found = self::file(&things).of_short("iot");
    assert_eq!(longs(&found), ["IoT = internet of things (31)"]);
    assert_eq!(
        longs(&file.of_short("cnn")),
        ["CNN = convolutional neural networks (10)"]
    );
}

#[test]
fn order_of_pairs_does_not_matter() {
    let forward = pairs(SOME);
    let mut backward = SOME.to_vec();
    backward.reverse();
    assert_eq!(forward, pairs(&backward));
    let decoded: Vec<Pair> = file(SOME).iter().collect();
    assert_eq!(decoded, forward);
    assert_eq!(merged(decoded), forward);
}

#[test]
fn a_damaged_file_gives_less_and_never_fails() {
    let whole = encode(&pairs(SOME));
    let look = |bytes: Vec<u8>| {
        let file = Acronyms::new(OwnedBytes::new(bytes));
        file.of_short("prm");
        file.of_long("process reward model");
        file.iter().count()
    };
    assert_eq!(look(whole.clone()), 6);
    for len in 0..whole.len() {
        assert!(look(whole[..len].to_vec()) <= 6);
    }
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            look(bytes);
        }
    }
    assert_eq!(look(b"something else entirely".to_vec()), 0);
}
