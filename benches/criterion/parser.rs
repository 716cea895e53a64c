//! Reading queries of the kinds people type.

use abs_query::syntax::parse;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn parser(c: &mut Criterion) {
    let review = (0..500)
        .map(|n| format!("(term{n} OR \"phrase {n}\" OR title:word{n}*)"))
        .collect::<Vec<_>>()
        .join(" AND ");
    let queries = [
        ("two words", "reward model".to_owned()),
        (
            "fields",
            "title:\"reward model\" author:\"Lu, Lewei\" year:2024.. -survey".to_owned(),
        ),
        ("systematic review", review),
        ("nested", "(".repeat(10_000)),
    ];
    let mut group = c.benchmark_group("parser");
    for (name, query) in &queries {
        group.throughput(Throughput::Bytes(query.len() as u64));
        group.bench_function(*name, |b| b.iter(|| parse(query)));
    }
    group.finish();
}

criterion_group!(benches, parser);
criterion_main!(benches);
