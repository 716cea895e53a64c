//! Languages: the many codes and names of one to its code of two letters.

/// Code of two letters (ISO 639-1), codes of three (639-2, bibliographic and
/// terminological), name in English, name in the language itself. Those of
/// which catalogues hold abstracts.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("af", &["afr", "afrikaans"]),
    ("ar", &["ara", "arabic"]),
    ("az", &["aze", "azerbaijani"]),
    ("be", &["bel", "belarusian"]),
    ("bg", &["bul", "bulgarian"]),
    ("bs", &["bos", "bosnian"]),
    ("ca", &["cat", "catalan", "català"]),
    ("cs", &["cze", "ces", "czech", "čeština"]),
    ("cy", &["wel", "cym", "welsh"]),
    ("da", &["dan", "danish", "dansk"]),
    ("de", &["ger", "deu", "german", "deutsch"]),
    ("el", &["gre", "ell", "greek", "modern greek"]),
    ("en", &["eng", "english"]),
    ("eo", &["epo", "esperanto"]),
    ("es", &["spa", "spanish", "español", "espanol", "castilian"]),
    ("et", &["est", "estonian"]),
    ("eu", &["baq", "eus", "basque"]),
    ("fa", &["per", "fas", "persian", "farsi"]),
    ("fi", &["fin", "finnish", "suomi"]),
    ("fr", &["fre", "fra", "french", "français", "francais"]),
    ("ga", &["gle", "irish"]),
    ("gl", &["glg", "galician", "galego"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("hr", &["hrv", "scr", "croatian", "hrvatski"]),
    ("hu", &["hun", "hungarian", "magyar"]),
    ("hy", &["arm", "hye", "armenian"]),
    ("id", &["ind", "indonesian", "bahasa indonesia"]),
    ("is", &["ice", "isl", "icelandic"]),
    ("it", &["ita", "italian", "italiano"]),
    ("ja", &["jpn", "japanese", "日本語"]),
    ("ka", &["geo", "kat", "georgian"]),
    ("kk", &["kaz", "kazakh"]),
    ("ko", &["kor", "korean", "한국어"]),
    ("la", &["lat", "latin"]),
    ("lt", &["lit", "lithuanian"]),
    ("lv", &["lav", "latvian"]),
    ("mk", &["mac", "mkd", "macedonian"]),
    ("ms", &["may", "msa", "malay"]),
    ("nl", &["dut", "nld", "dutch", "flemish", "nederlands"]),
    (
        "no",
        &["nor", "nob", "nno", "nb", "nn", "norwegian", "norsk"],
    ),
    ("pl", &["pol", "polish", "polski"]),
    ("pt", &["por", "portuguese", "português", "portugues"]),
    ("ro", &["rum", "ron", "romanian", "moldavian"]),
    ("ru", &["rus", "russian", "русский"]),
    ("sk", &["slo", "slk", "slovak"]),
    ("sl", &["slv", "slovenian", "slovene"]),
    ("sq", &["alb", "sqi", "albanian"]),
    ("sr", &["srp", "scc", "serbian"]),
    ("sv", &["swe", "swedish", "svenska"]),
    ("th", &["tha", "thai"]),
    ("tr", &["tur", "turkish", "türkçe"]),
    ("uk", &["ukr", "ukrainian"]),
    ("ur", &["urd", "urdu"]),
    ("uz", &["uzb", "uzbek"]),
    ("vi", &["vie", "vietnamese"]),
    ("zh", &["chi", "zho", "chinese", "mandarin", "中文"]),
];

/// The names that LaTeX's babel gives languages and their kinds, and others
/// for what is spoken in one country: code, names.
const KINDS: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "austrian",
            "germanb",
            "naustrian",
            "ngerman",
            "nswissgerman",
            "swissgerman",
        ],
    ),
    ("el", &["polutonikogreek"]),
    (
        "en",
        &[
            "american",
            "american english",
            "australian",
            "british",
            "british english",
            "canadian",
            "newzealand",
            "ukenglish",
            "usenglish",
        ],
    ),
    ("es", &["mexican", "spanishmx"]),
    (
        "fr",
        &["acadian", "canadien", "frenchb", "frenchle", "frenchpro"],
    ),
    ("id", &["bahasa", "bahasai", "indon"]),
    ("ms", &["bahasam", "melayu", "meyalu"]),
    ("no", &["bokmal", "bokmål", "norwegian bokmål", "nynorsk"]),
    (
        "pt",
        &["brazil", "brazilian", "brazilian portuguese", "portuges"],
    ),
    (
        "zh",
        &[
            "chinese-simplified",
            "chinese-traditional",
            "simplified chinese",
            "traditional chinese",
        ],
    ),
];

/// The code of a language, `en` for `eng`, `English`, `en-US` and `EN`; what is
/// none that is known stays, in lower case. Of several, `Chinese; English`, it
/// is the first: a record has one.
pub fn code(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let find = |name: &str| {
        let mut known = LANGUAGES
            .iter()
            .chain(KINDS)
            .filter(|(code, names)| *code == name || names.contains(&name));
        known.next().map(|(code, _)| *code)
    };
    // `en-US`, `en_GB`, `zh-Hant`; a name has no such part.
    let without_region = || {
        let (language, region) = name.split_once(['-', '_'])?;
        let is_tag = matches!(language.len(), 2 | 3) && matches!(region.len(), 2..=4);
        is_tag.then(|| find(language)).flatten()
    };
    let first = || {
        let (first, _) = name.split_once([';', '|'])?;
        find(first.trim_end())
    };
    match find(&name).or_else(without_region).or_else(first) {
        Some(code) => code.to_owned(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_has_one_code() {
        for (name, expected) in [
            ("en", "en"),
            ("ENG", "en"),
            (" English ", "en"),
            ("en-US", "en"),
            ("zh_Hant", "zh"),
            ("ger", "de"),
            ("deu", "de"),
            ("Français", "fr"),
            ("Klingon", "klingon"),
            ("eng; fre", "en"),
            ("Chinese; English", "zh"),
            ("Klingon; English", "klingon; english"),
            ("ngerman", "de"),
            ("naustrian", "de"),
            ("USenglish", "en"),
            ("UKenglish", "en"),
            ("american", "en"),
            ("british", "en"),
            ("brazilian", "pt"),
            ("frenchb", "fr"),
            ("nynorsk", "no"),
            ("pre-print", "pre-print"),
            ("", ""),
        ] {
            assert_eq!(code(name), expected, "{name}");
            assert_eq!(code(&code(name)), expected, "{name}");
        }
    }

    #[test]
    fn no_name_means_two_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, names) in LANGUAGES {
            assert!(seen.insert(*code), "{code}");
            for name in *names {
                assert!(seen.insert(*name), "{name}");
            }
        }
        for (code, names) in KINDS {
            assert!(seen.contains(*code), "{code}");
            for name in *names {
                assert!(seen.insert(*name), "{name}");
            }
        }
    }
}
