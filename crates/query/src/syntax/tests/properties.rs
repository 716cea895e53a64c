//! What holds for any text and any tree.

use std::ops::Bound;

use abs_record::{Date, Field};
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{Ast, AstKind, Author, Modifier, Phrase, Term, Value, parse};

/// Pieces that mean something to the parser, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_string),
        2 => "[a-zA-Zé0-9]{1,4}",
        1 => "\\PC{1,2}",
        1 => any::<char>().prop_map(String::from),
        4 => Just(" ".to_string()),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    "(",
    ")",
    "\"",
    "“",
    "”",
    "''",
    "’’",
    "-",
    "+",
    "=",
    "^",
    "^2",
    "^0.5",
    "~",
    "~1",
    "~9",
    "*",
    "?",
    ",",
    ".",
    ";",
    ":",
    "[",
    "]",
    "{",
    "}",
    "..",
    " AND ",
    " OR ",
    " NOT ",
    " ANDNOT ",
    " NEAR/3 ",
    "ADJ2 ",
    " NEXT ",
    " adj ",
    " next ",
    ".ti,ab.",
    ":ti,ab ",
    "AND",
    "OR",
    "NOT",
    "NEAR/3",
    "&&",
    "||",
    "title:",
    "ti,abs:",
    "ti,doi:",
    "ti,au:",
    "au,doi:",
    "author:",
    "au:(",
    "year:",
    "date:",
    "cat:",
    "doi:",
    "id:",
    "all:",
    "has:",
    "since:",
    "ac:",
    "foo:",
    "Title: ",
    "TI=(",
    "TI=",
    "{ab cd}",
    "{x}",
    "=(,",
    "LA=",
    "DT=",
    "'",
    "'/it",
    "/freq=2",
    ".yr.",
    "TITLE-ABS-KEY(",
    "[ti]",
    "[au]",
    "[dp]",
    "[tiab:~3]",
    "[all fields]",
    "[pt]",
    "[pmid]",
    "2020",
    "2020..2024",
    "2020:2024",
    "[2020 TO *]",
    ">=",
    "30d",
    "10.1000/x",
    "2503.10291",
    "arXiv",
    "arXiv:",
    "[cs.CL]",
    "(2012)",
    "eprint",
    "doi = ",
    "DO=",
    "<",
    ">",
    "https://doi.org/",
    "a",
    "bc",
    "poly(A)",
    "(S)-x",
    "$\\alpha$",
    "C++",
    "mult?m",
    "colo*r",
    "abstract",
    "lu, l",
    "et",
    "al.",
    "PMID",
    "hasabstract",
    "TITLE-ABS-",
    "EXCLUDE,",
    "exp",
    "\u{200b}",
    "\n",
    "\0",
];

/// Found by fuzzing: side by side in print, these words were something else.
#[test]
fn odd_words_print_to_their_tree() {
    for text in [
        "2020[)dp]",
        "A (OF ALL (SEAS (-TMT IO AB CD EF GH",
        "-A B C D E F G H I",
        "A B C D OR (E F G H I J K L M)",
        "A B C D E F G H I && J K L",
        "A B C D E F G H OR, I J K L",
        "a[)all) fields]",
        "=a[)ti]",
        "a[^2 ti]",
        "[ti]title:ti,au:",
        "word/exp/",
        "(TITLE-[tith ju[\u{feff}:~2021[\0dp]",
        "lu et al.\"whale song\"",
        "PMID, 1",
        "a []/lim, song",
        "a [[n]/lim, song",
        "au,doi:lu",
        "au,doi:(\"lu, l\" OR x)",
        "@.au.$, deep",
        "trial$, deep.ti.",
        "a [=song \"]/py deep\"",
        "\"exp cln or\" song or, deep NC/",
        "author:(lu a;b)",
        "lu smith a;b[au]",
        "deep id=]/py, song",
        "deep hasabstract=",
        "hasabstract, deep",
        "song\" a and  $.au.$ au.$ deep",
        "deep hasabstract[text]\"song\"",
        "TITLE-ABS- (a b[au])",
        "EXCLUDE, (whale) song",
        "PMID- 1",
        "=ext:EXCLUDE(x)-",
        "author:\"a, b; and c, d and e, f\"",
        "author:\"= - and c, d and e, f\" author:(and x)",
        "year: next title::ti,ab ",
        "deep.ti. whale$^ song",
        "ANDEXCLUDE,(S)-x",
        "title,id:(whale year:2020 deep：sea x:y/exp)",
        "author:\"a,_and  b, c\"",
        "author:\"a; b, and c, d\"",
        "author:\"a;b,,,** and , c*:2\"",
        "ei, au:(a B:, Jr.c: and Ne:30d:, rJ.:, J--] e)",
        "+a,EXCLUDE(x)y^2 title:b,LIMIT-TO(x)",
        "]/lim song dA [OR whale ([!]/lim d",
        "=(,{ab})",
        "^2 adj ^ NEXT +.ti,ab.''[",
        "{'author: ",
        "=(,TI=x)^2 +,DT=x",
        ",{ab, cd} [ab cd}",
        "@.au.$, a",
    ] {
        let ast = parse(text).ast;
        let again = parse(&ast.to_string()).ast;
        assert_eq!(again.without_spans(), ast.without_spans(), "{text}: {ast}");
    }
}

proptest! {
    #[test]
    fn any_text_prints_to_its_tree(text in prop_oneof![pieces(), "\\PC{0,40}", any::<String>()]) {
        let parsed = parse(&text);
        sound(&parsed.ast, &text)?;
        for diagnostic in &parsed.diagnostics {
            prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{diagnostic:?}");
            prop_assert!(!diagnostic.render(&text).contains(|c: char| c.is_control() && c != '\n'));
        }
        let printed = parsed.ast.to_string();
        let again = parse(&printed);
        prop_assert_eq!(again.ast.without_spans(), parsed.ast.without_spans(), "{}", printed);
    }

    #[test]
    fn any_tree_prints_to_itself(ast in trees()) {
        let printed = ast.to_string();
        prop_assert_eq!(parse(&printed).ast.without_spans(), ast.without_spans(), "{}", printed);
    }

    #[test]
    fn what_cannot_be_read_matches_nothing(text in pieces()) {
        // Whatever stands around it, a bad clause is not left out.
        for query in [format!("year:20x4 ({text})"), format!("a AND NOT year:20x4 ({text})")] {
            let parsed = parse(&query);
            let is_and = !parsed.ast.tree().contains("or\n");
            prop_assert!(parsed.ast.is_empty() || !is_and || text.contains(')') || text.contains("OR") || text.contains('|'));
        }
    }
}

/// The promises `ast` makes.
fn sound(ast: &Ast, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(text.get(ast.span.clone()).is_some(), "{:?}", ast.span);
    let members: Vec<&Ast> = match &ast.kind {
        AstKind::Words(members) | AstKind::And(members) | AstKind::Or(members) => {
            prop_assert!(members.len() > 1);
            members.iter().collect()
        }
        AstKind::Not(ast) | AstKind::Required(ast) => {
            prop_assert!(!matches!(ast.kind, AstKind::Not(_)));
            vec![ast]
        }
        AstKind::Scoped { fields, ast } => {
            prop_assert!(!fields.is_empty() && fields.is_sorted());
            vec![ast]
        }
        AstKind::Boost { factor, ast } => {
            prop_assert!(*factor > 0.0 && factor.is_finite() && *factor != 1.0);
            vec![ast]
        }
        AstKind::Near { left, right, .. } => {
            for side in [left, right] {
                prop_assert!(super::super::near::is_simple(side));
            }
            vec![left, right]
        }
        AstKind::Term(Term { text, .. })
        | AstKind::Phrase(Phrase { text, .. })
        | AstKind::Author(Author { text, .. })
        | AstKind::Value(Value { text, .. }) => {
            prop_assert!(text.contains(char::is_alphanumeric));
            vec![]
        }
        _ => vec![],
    };
    for member in members {
        prop_assert!(!member.is_empty());
        let is_required = matches!(member.kind, AstKind::Required(_));
        prop_assert!(!is_required || matches!(ast.kind, AstKind::Words(_)));
        sound(member, text)?;
    }
    Ok(())
}

fn node(kind: AstKind) -> Ast {
    Ast::new(0..0, kind)
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{2,8}",
        proptest::sample::select(
            &[
                "AND",
                "NEAR/2",
                "x-ray",
                "poly(A)",
                "C++",
                "15q13.3",
                "(S)-ibuprofen",
                "naïve",
                "title",
                "AT&T",
                "x^2",
                "深度"
            ][..]
        )
        .prop_map(str::to_string),
    ]
}

fn terms() -> impl Strategy<Value = Ast> {
    let modifier = prop_oneof![
        4 => Just(Modifier::Plain),
        1 => Just(Modifier::Exact),
        1 => Just(Modifier::Prefix),
        1 => (1..=2_u8).prop_map(Modifier::Fuzzy),
    ];
    (words(), modifier).prop_map(|(text, modifier)| {
        // `C++*` is no prefix.
        let is_short = text.chars().filter(|c| c.is_alphanumeric()).count() < 2;
        let modifier = match modifier {
            Modifier::Prefix if is_short => Modifier::Plain,
            modifier => modifier,
        };
        node(AstKind::Term(Term { text, modifier }))
    })
}

fn phrases() -> impl Strategy<Value = Ast> {
    (
        vec("[a-z]{2,6}", 1..4),
        0..4_u32,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(words, slop, prefix_last, exact)| {
            node(AstKind::Phrase(Phrase {
                text: words.join(" "),
                slop,
                prefix_last,
                exact,
            }))
        })
}

fn leaves() -> impl Strategy<Value = Ast> {
    let date = prop_oneof![
        (1900..2030_u16).prop_map(|year| Date::new(year, None, None)),
        (1900..2030_u16, 1..=12_u8).prop_map(|(year, month)| Date::new(year, Some(month), None)),
        (1900..2030_u16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| Date::new(
            year,
            Some(month),
            Some(day)
        )),
    ]
    .prop_filter_map("a date", |date| date);
    let dates = (date, 0..6_u8).prop_map(|(date, shape)| {
        let late = Date::new(2031, None, None).map_or(Bound::Unbounded, Bound::Included);
        let (low, high) = match shape {
            0 => (Bound::Included(date), Bound::Included(date)),
            1 => (Bound::Included(date), Bound::Unbounded),
            2 => (Bound::Unbounded, Bound::Excluded(date)),
            3 => (Bound::Excluded(date), Bound::Unbounded),
            4 => (Bound::Excluded(date), late),
            _ => (Bound::Included(date), late),
        };
        node(AstKind::Dates { low, high })
    });
    let author = (
        proptest::sample::select(&["Lu, Lewei", "lu", "O'Brien, J.", "van der Berg"][..]),
        any::<[bool; 3]>(),
    )
        .prop_map(|(text, [literal, first, prefix])| {
            node(AstKind::Author(Author {
                text: text.to_string(),
                literal,
                first,
                prefix: prefix && !text.ends_with('.'),
            }))
        });
    let value = (
        proptest::sample::select(
            &[
                Field::Id,
                Field::Doi,
                Field::Arxiv,
                Field::Pmid,
                Field::Category,
                Field::Language,
            ][..],
        ),
        proptest::sample::select(&["cs.CL", "10.1002/(SICI)1:2<3", "openalex:W1", "a b"][..]),
        any::<bool>(),
    )
        .prop_map(|(field, text, prefix)| {
            let text = text.to_string();
            node(AstKind::Value(Value {
                field,
                text,
                prefix,
            }))
        });
    prop_oneof![
        6 => terms(),
        3 => phrases(),
        1 => dates,
        1 => author,
        1 => value,
        1 => (0..4000_u32).prop_map(|days| node(AstKind::Since { days })),
        1 => (0..40_u32).prop_map(|n| node(AstKind::AuthorCount {
            low: Bound::Excluded(n),
            high: Bound::Unbounded,
        })),
        1 => Just(node(AstKind::Has(Field::Abstract))),
        1 => (terms(), phrases(), 0..9_u32).prop_map(|(left, right, distance)| node(AstKind::Near {
            distance,
            left: Box::new(left),
            right: Box::new(right),
        })),
    ]
}

const SCOPES: &[&[Field]] = &[
    &[Field::Title],
    &[Field::Title, Field::Abstract],
    &[Field::Title, Field::Author],
    &[Field::Venue],
];

fn trees() -> impl Strategy<Value = Ast> {
    leaves().prop_recursive(6, 40, 4, |inner| {
        let fields = proptest::sample::select(SCOPES);
        prop_oneof![
            vec((inner.clone(), any::<bool>()), 2..4).prop_map(|members| {
                let member = |(ast, plus): (Ast, bool)| if plus { ast.required(0) } else { ast };
                Ast::words(members.into_iter().map(member).collect())
            }),
            vec(inner.clone(), 2..4).prop_map(Ast::and),
            vec(inner.clone(), 2..4).prop_map(Ast::or),
            inner.clone().prop_map(|ast| ast.not(0)),
            (inner.clone(), fields).prop_map(|(ast, fields)| ast.scoped(fields, 0)),
            (inner, prop_oneof![Just(2.0), Just(0.5), 0.01..90.0_f32])
                .prop_map(|(ast, factor)| ast.boosted(factor, 0)),
        ]
    })
}
