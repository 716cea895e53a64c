//! Our chain for ranked text against tantivy's own English chain, over words
//! with the frequencies of real text. tantivy's runs with `--features bare`.

use abs_schema::analyzer::{Analyzer, Chain};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// About 400 kB of text: the seed abstracts, repeated with words changed so
/// that a memo meets new forms too.
fn corpus() -> String {
    let seeds = include_str!("../../seeds/lu_lewei.txt");
    let mut text = String::new();
    for round in 0..25 {
        for (idx, word) in seeds.split(' ').enumerate() {
            text.push_str(word);
            if (idx + round) % 41 == 0 {
                text.push_str(["s", "ing", "ed", "ation", "ness"][(idx + round) % 5]);
            }
            text.push(' ');
        }
    }
    text
}

fn chains(c: &mut Criterion) {
    let text = corpus();
    let mut group = c.benchmark_group("analyzer");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for chain in [Chain::Flat, Chain::Text, Chain::Name] {
        let mut analyzer = Analyzer::new(chain);
        group.bench_function(BenchmarkId::new("ours", chain.name()), |b| {
            b.iter(|| {
                let mut n_tokens = 0;
                analyzer.for_each(&text, |_| n_tokens += 1);
                n_tokens
            });
        });
    }
    #[cfg(feature = "bare")]
    group.bench_function("tantivy en_stem with stop words", |b| {
        use tantivy::tokenizer::{
            Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter,
            TextAnalyzer, TokenStream,
        };
        let Some(stop) = StopWordFilter::new(Language::English) else {
            return;
        };
        let mut chain = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(stop)
            .filter(Stemmer::new(Language::English))
            .build();
        b.iter(|| {
            let mut stream = chain.token_stream(&text);
            let mut n_tokens = 0;
            while stream.advance() {
                n_tokens += 1;
            }
            n_tokens
        });
    });
    group.finish();
}

criterion_group!(benches, chains);
criterion_main!(benches);
