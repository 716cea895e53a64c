//! Sentences of real abstracts, shortened, and what they must and must not give.

use super::pairs;

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let mut found = Vec::new();
    pairs(text, |short, long| found.push((short, long)));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn long_form_first() {
    check(
        "an advanced multimodal Process Reward Model (PRM) with 8B parameters",
        &[("PRM", "Process Reward Model")],
    );
    check(
        "techniques for text and multimodal large language models (LLMs)",
        &[("LLM", "large language models")],
    );
    check(
        "existing Multimodal Large Language Models (MLLMs) across",
        &[("MLLM", "Multimodal Large Language Models")],
    );
    check(
        "measured by magnetic resonance imaging [MRI] and computed tomography (CT)",
        &[
            ("MRI", "magnetic resonance imaging"),
            ("CT", "computed tomography"),
        ],
    );
    check(
        "of tuberculosis (TB; 12 patients)",
        &[("TB", "tuberculosis")],
    );
    check(
        "the area under the curve (AUC, 0.93) was",
        &[("AUC", "area under the curve")],
    );
}

#[test]
fn short_form_first() {
    check(
        "BERT (Bidirectional Encoder Representations from Transformers) is",
        &[(
            "BERT",
            "Bidirectional Encoder Representations from Transformers",
        )],
    );
    check(
        "we use PRMs (i.e., process reward models) to",
        &[("PRM", "process reward models")],
    );
    check("in PRM (see the next section)", &[]);
}

#[test]
fn hyphens_inner_letters_digits_and_greek() {
    check(
        "different scales with Best-of-N (BoN) sampling",
        &[("BoN", "Best-of-N")],
    );
    check(
        "called Parameter-Inverted Image Pyramid Networks (PIIP)",
        &[("PIIP", "Parameter-Inverted Image Pyramid Networks")],
    );
    check(
        "acetylcholinesterase (AChE) activity",
        &[("AChE", "acetylcholinesterase")],
    );
    check("messenger RNA (mRNA) levels", &[("mRNA", "messenger RNA")]);
    check(
        "coronavirus disease 2019 (COVID-19) pandemic",
        &[("COVID-19", "coronavirus disease 2019")],
    );
    check(
        "transforming growth factor beta (TGF-β) and transforming growth factor-β (TGF-β)",
        &[
            ("TGF-β", "transforming growth factor beta"),
            ("TGF-β", "transforming growth factor-β"),
        ],
    );
    check(
        "l'électroencéphalogramme (EEG)",
        &[("EEG", "électroencéphalogramme")],
    );
    check(
        "Stein's unbiased risk estimate (SURE)",
        &[("SURE", "Stein's unbiased risk estimate")],
    );
    check(
        "the Systems Development Corporation's (SDC) programs",
        &[("SDC", "Systems Development Corporation")],
    );
    check("Needle In A Multimodal Haystack (MM-NIAH)", &[]);
}

#[test]
fn what_is_no_definition() {
    for text in [
        "",
        "(PRM)",
        "(",
        "f(PRM) is",
        "as in the figure (Fig 2) and (p < 0.05)",
        "the mean (SD) was",
        "in the Netherlands (Smith et al., 2019)",
        "a large sample (N=200), (II), (A)",
        "models of the world (PRM)",
        "reward. Models (PRM) of process",
        "our process. A reward model (PRM)",
        "for process, reward and model (PRM)",
        "a PRM model (PRM)",
        "nested ((process reward model (PRM",
        "process reward model (see PRM)",
        "process reward model ( )",
        "of rewards (OR) and to many (TM)",
        "where $p r m$ (PRM) is",
        "process reward and of the many others that were once trained models (PRM)",
    ] {
        check(text, &[]);
    }
}

#[test]
fn any_text_is_taken() {
    for text in [
        "(".repeat(50_000),
        "ä (ÄÖ) ".repeat(9_000),
        "é".repeat(70) + " (ÉÉ)",
        "\u{301}\u{301} (A\u{301}B)".to_owned(),
        "a ".repeat(100_000) + "(AAAAAAAAAA)",
        "A (".to_owned() + &"b ".repeat(100_000),
    ] {
        pairs(&text, |short, long| {
            assert!(!short.is_empty() && !long.is_empty());
        });
    }
}
