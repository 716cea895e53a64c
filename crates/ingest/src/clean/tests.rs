use super::*;
use abs_record::fold::is_invisible;
use proptest::prelude::*;

#[test]
fn steps_work_together() {
    for (raw, clean) in [
        ("", ""),
        (" \n ", ""),
        ("plain text", "plain text"),
        ("  naïve\u{3000}", "naïve"),
        ("a\u{0}b c\u{81}d", "a b c d"),
        ("&amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt;", "E. coli"),
        ("Hal Daum&Atilde;&copy; III", "Hal Daumé III"),
        ("M&#252;ller &amp; S\\o{}n", "Müller & Søn"),
        ("of $a &lt; b$\n  and <b>so</b> on", "of $a < b$ and so on"),
        ("Order $\\hbar$ Corrections", "Order $\\hbar$ Corrections"),
        ("<p>One</p>\n<p>Two &lt; three</p>", "One Two < three"),
        ("S\u{9a}o \u{fb01}rst\u{ad}", "Sšo first"),
    ] {
        assert_eq!(text(raw), clean, "{raw:?}");
        assert_eq!(owned(raw.to_owned()), clean, "{raw:?}");
    }
}

#[test]
fn abstracts_lose_their_heading() {
    for (raw, clean) in [
        (
            "<jats:title>Abstract</jats:title>\n<jats:p>Fish swim.</jats:p>",
            "Fish swim.",
        ),
        ("Abstract\n\nFish swim.", "Fish swim."),
        ("Abstract algebra is", "Abstract algebra is"),
        ("All is well", "All is well"),
        (
            "Abstract\nOf mod-\nels. Models swim.",
            "Of models. Models swim.",
        ),
        ("[No abstract available]", ""),
        ("<p>Abstract: Not available.</p>", ""),
    ] {
        assert_eq!(abstract_text(raw.to_owned()), clean, "{raw:?}");
    }
}

#[test]
fn clean_text_is_not_copied() {
    for clean in [
        "plain text",
        "naïve — “quoted”",
        "",
        "x < y",
        "AT&T",
        "$\\alpha$",
    ] {
        assert!(matches!(text(clean), Cow::Borrowed(_)), "{clean}");
    }
}

/// Pieces of raw text with what is seen of them.
fn pieces() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let piece = prop::sample::select(vec![
        ("word", "word"),
        (" ", " "),
        ("\n  ", " "),
        ("x1 < y2 > z3", "x1 < y2 > z3"),
        ("<p^n>", "<p^n>"),
        ("<i>kursiv</i>", "kursiv"),
        ("<br/>", " "),
        ("&lt;sub&gt;2&lt;/sub&gt;", "2"),
        ("&amp;eacute;", "é"),
        ("AT&T", "AT&T"),
        (" L\\'evy ", " Lévy "),
        (" G{\\\"o}del ", " Gödel "),
        ("$\\alpha_1 < \\beta$", "$\\alpha_1 < \\beta$"),
        (" DaumÃ© ", " Daumé "),
        ("co\u{ad}op", "coop"),
        ("\u{fb01}n", "fin"),
        ("Ελλάδα 北京", "Ελλάδα 北京"),
        (" \\gamma ", " \\gamma "),
        ("(", "("),
        ("}", "}"),
        ("100\\% ", "100% "),
    ]);
    prop::collection::vec(piece, 0..20)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn visible_letters_survive_in_order(pieces in pieces()) {
        let (raw, seen): (Vec<&str>, Vec<&str>) = pieces.into_iter().unzip();
        let (raw, seen) = (raw.join(" "), seen.join(" "));
        prop_assert_eq!(letters(&text(&raw)), letters(&seen), "{}", raw);
    }

    #[test]
    fn plain_letters_survive(raw in "[a-zA-Z0-9é ß北π.,;:()\n\u{a0}\u{ad}'\"-]{0,60}") {
        prop_assert_eq!(letters(&text(&raw)), letters(&raw));
    }

    #[test]
    fn any_text_becomes_one_clean_line(
        raw in "\\PC{0,40}|.{0,40}|[ a&<>;$/{}'\"\\\\Ãâ€™©é\u{80}-\u{9f}\n\u{1b}bipltmg]{0,40}"
    ) {
        let clean = text(&raw);
        prop_assert!(!clean.contains(|c: char| c.is_control() || is_invisible(c)), "{:?}", clean);
        prop_assert!(!clean.contains("  ") && clean.trim() == clean);
        prop_assert_eq!(owned(raw.clone()), clean);
        prop_assert!(abstract_text(raw.clone()).len() <= text(&raw).len());
    }
}
