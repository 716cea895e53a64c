use super::*;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (raw, clean) in cases {
        assert_eq!(accents(raw), *clean, "{raw}");
        assert_eq!(accents(clean), *clean, "again: {raw}");
    }
}

#[test]
fn accents_in_all_their_forms() {
    check(&[
        (r"L\'evy", "Lévy"),
        (r"L{\'e}vy", "Lévy"),
        (r"L\'{e}vy", "Lévy"),
        (r"L{\'{e}}vy", "Lévy"),
        (r#"Bl\" umel"#, "Blümel"),
        (
            r#"Schr\"odinger, {\"O}sterreich"#,
            "Schrödinger, Österreich",
        ),
        (r"Tahiro\u{g}lu", "Tahiroğlu"),
        (r"Tahiro\u glu", "Tahiroğlu"),
        (r"\v{S}imon and \v Cech", "Šimon and Čech"),
        (r"Gon\c{c}alves, Fran\c cois", "Gonçalves, François"),
        (
            r"Mart\'{\i}nez, Mart\'\i nez, Mart{\'\i}nez",
            "Martínez, Martínez, Martínez",
        ),
        (r"Erd\H{o}s, Erd\H os", "Erdős, Erdős"),
        (r"\.Zak, \=a, \~nandu, \`a, \^o", "Żak, ā, ñandu, à, ô"),
        (r"Wa\l{}\k{e}sa", "Wałęsa"),
    ]);
}

#[test]
fn two_accents_on_a_letter() {
    check(&[
        (r"Nguy{\~{\^e}}n", "Nguyễn"),
        (r"Nguy{\~{\^{e}}}n, Nguy\~{\^{e}}n", "Nguyễn, Nguyễn"),
        (r"Tr{\`{\^a}}n, Tr\`\^an, Tr\`{\^a}n", "Trần, Trần, Trần"),
        (r"Vi\d{\^e}t, Vi\^{\d e}t", "Việt, Việt"),
        (r"Th\h{a}o, Ph{\d{u}}c", "Thảo, Phục"),
        (
            r"{\textcommabelow{S}}tefan, \textcommabelow{t}",
            "Ștefan, ț",
        ),
    ]);
    // No such letter, and no end to it.
    for raw in [r"\~{\^x}".to_owned(), r"\~\^".repeat(100_000)] {
        assert_eq!(accents(&raw), raw);
    }
}

#[test]
fn letters_with_commands() {
    check(&[
        (r"Pawe\lZin", "PawełZin"),
        (r"Pawe\l Zin", "Paweł Zin"),
        (r"Pawe{\l} Zin", "Paweł Zin"),
        (r"S\o ren, S{\o}ren, S\o{}ren", "Søren, Søren, Søren"),
        (r"Stra\ss e, Gau\ss, Wei{\ss}", "Straße, Gauß, Weiß"),
        (r#"\AA ngstr\"om"#, "Ångström"),
        (r"\O ystein, \L ukasz", "Øystein, Łukasz"),
    ]);
}

#[test]
fn commands_around_words() {
    check(&[
        (
            r"we show \emph{this} and \textbf{that {too}}",
            "we show this and that {too}",
        ),
        (r"\emph{caf\'e} and 50\% of R\&D", "café and 50% of R&D"),
        (r"hyphen\-ation", "hyphenation"),
        (r"\emph{open", "open"),
        (
            r"see \href{https://x.org/a_b}{the \emph{page}} of",
            "see the page of",
        ),
        (r"5\,\% and 10\,km", "5 % and 10 km"),
        (r"a\, b, \href{x}", r"a\, b, \href{x}"),
    ]);
}

#[test]
fn formulas_are_untouched() {
    for text in [
        r"$\alpha \'e \l$",
        r"the set $\{x : \o(x)\}$ of $\hat{\'e}$",
        r#"$$\"o$$ and \(\'e\) and \[\'e\]"#,
        r"\begin{equation}\'e\end{equation}",
        r"cost \$5 of $\$ \'e$",
        r"0.30 \pm 0.04 and \alpha",
        r"\c and \textit and \'t and \i",
        r"\lambda \omega \odot \le \url{x} \cite{y}",
        "\\",
        "\\é",
        "",
    ] {
        assert!(
            matches!(accents(text), Cow::Borrowed(same) if same == text),
            "{text}"
        );
    }
    check(&[
        (r"$\'e$ L\'evy $\'e$", r"$\'e$ Lévy $\'e$"),
        (r"$5 for L\'evy", "$5 for Lévy"),
    ]);
}

#[test]
fn escaped_quotes_are_no_accents() {
    check(&[
        (r#"the \"awesome\" universe"#, r#"the "awesome" universe"#),
        (
            r"it\'s what we\'re, d\'Alembert",
            "it's what we're, d'Alembert",
        ),
        (r"Alzheimer\'s", "Alzheimer's"),
    ]);
}

#[test]
fn many_signs_take_linear_time() {
    for raw in [
        r"\", "$", r"\(", r"\begin{", r"\'", r"\emph{", r#"\""#, "{\\", r"\href{", r"\~{",
    ] {
        let raw = raw.repeat(100_000);
        assert!(accents(&raw).len() <= raw.len());
    }
}
