//! What is in a cell: text, or a list as programs print it.

/// Whether a cell is empty in effect: what data frames write for nothing, and
/// the remarks of Scopus.
pub(super) fn is_empty(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || matches!(
            cell,
            "nan" | "NaN" | "NA" | "N/A" | "None" | "NULL" | "null" | "[]"
        )
        || cell.starts_with("[No ") && cell.ends_with(" available]")
}

/// The members of a list as Python or JSON prints it, `['Marx, Karl', "O'Hara"]`;
/// `None` for anything else.
pub(super) fn list(cell: &str) -> Option<Vec<String>> {
    let inner = cell.trim().strip_prefix('[')?.strip_suffix(']')?;
    let mut members = Vec::new();
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut member = String::new();
        let mut escaped = false;
        let mut end = None;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                'n' if escaped => member.push('\n'),
                _ if escaped => member.push(c),
                '\\' => {}
                _ if c == quote => {
                    end = Some(at + 1);
                    break;
                }
                _ => member.push(c),
            }
            escaped = c == '\\' && !escaped;
        }
        members.push(member);
        rest = rest[end?..].trim_start();
        rest = match rest.strip_prefix(',') {
            Some(rest) => rest.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(members)
}

/// The members of a list as EndNote writes it, `Doe, J.//Roe, R.`; `None` for
/// anything else, as an address.
pub(super) fn slashed(cell: &str) -> Option<Vec<String>> {
    if !cell.contains("//") || cell.contains("://") {
        return None;
    }
    let members = cell.split("//").map(str::trim);
    let members = members.filter(|member| !member.is_empty());
    Some(members.map(str::to_owned).collect())
}

/// The terms of a cell: a list, or text with `;`, `|`, line ends or, failing
/// these, commas between them.
pub(super) fn terms(cell: &str) -> Vec<String> {
    if let Some(list) = list(cell).or_else(|| slashed(cell)) {
        return list;
    }
    let separators: &[char] = match cell {
        _ if cell.contains([';', '\n']) => &[';', '\n'],
        _ if cell.contains('|') => &['|'],
        _ => &[','],
    };
    // `cyst (diagnosis, surgery)` is one.
    let mut depth = 0i32;
    let terms = cell.split(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        separators.contains(&c) && (depth <= 0 || c != ',')
    });
    terms.map(|term| term.trim().to_owned()).collect()
}

/// Names with nothing between them but the full stops of their initials, as R
/// takes EndNote's lists: `Adeli K.Lewis G. F.` Each is of a family name and
/// initials, else it is none of this.
pub(super) fn behind_initials(cell: &str) -> Option<Vec<&str>> {
    if cell.contains([',', ';']) {
        return None;
    }
    let mut names = Vec::new();
    let mut start = 0;
    for (stop, _) in cell.match_indices('.') {
        let mut next = cell[stop + 1..].chars();
        let begins = next.next().is_some_and(char::is_uppercase)
            && next.next().is_some_and(char::is_lowercase);
        if begins {
            names.push(&cell[start..=stop]);
            start = stop + 1;
        }
    }
    names.push(&cell[start..]);
    let is_name = |name: &&str| {
        let mut words = name.split_whitespace();
        let (first, last) = (words.next(), words.next_back());
        let is_initial = |word: &str| word.chars().count() == 2 && word.ends_with('.');
        first.is_some_and(|first| !first.contains('.')) && last.is_some_and(is_initial)
    };
    (names.len() > 1 && names.iter().all(is_name)).then_some(names)
}

/// Names with nothing between them, `John McCoyR. A. Müller`: one ends in a
/// word where a capital follows a small letter, if it has a word before that,
/// and the next name has one behind it.
pub(super) fn run_together(cell: &str) -> Vec<&str> {
    let cell = cell.trim();
    let mut names = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in cell.split_inclusive(' ') {
        let is_last = at + word.len() == cell.len();
        if at > start
            && !is_last
            && let Some(seam) = seam(word)
        {
            names.push(&cell[start..at + seam]);
            start = at + seam;
        }
        at += word.len();
    }
    names.push(&cell[start..]);
    names
}

/// Where a name ends in a word: `Chen|YiMing`, but `LeCun|Yoshua`; a lone
/// `Du|Xiao` is taken as it is.
fn seam(word: &str) -> Option<usize> {
    const PARTS: &[&str] = &["Al", "Da", "De", "Di", "Du", "El", "La", "Le", "Van"];
    const PREFIXES: &[&str] = &["Mc", "Mac", "Fitz"];
    let mut before = ' ';
    let mut in_doubt = None;
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && before.is_lowercase() {
            let name = &word[..at];
            if PARTS.contains(&name) {
                in_doubt = Some(at);
            } else if !PREFIXES.iter().any(|prefix| name.ends_with(prefix)) {
                return Some(at);
            }
        }
        before = c;
    }
    in_doubt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_run_together() {
        for (cell, expected) in [
            (
                "A. HartR. AnsaloniA. Gray",
                vec!["A. Hart", "R. Ansaloni", "A. Gray"],
            ),
            (
                "John McCoy SmithEnrique S. Quintana-OrtíÉva Kis",
                vec!["John McCoy Smith", "Enrique S. Quintana-Ortí", "Éva Kis"],
            ),
            (
                "Yann LeCunYoshua Bengio",
                vec!["Yann LeCun", "Yoshua Bengio"],
            ),
            ("Bin DuXiao Li", vec!["Bin Du", "Xiao Li"]),
            ("Wei ChenYiMing Zhang", vec!["Wei Chen", "YiMing Zhang"]),
            ("E. V. Shil’nikov", vec!["E. V. Shil’nikov"]),
            ("", vec![""]),
        ] {
            assert_eq!(run_together(cell), expected, "{cell}");
        }
    }

    #[test]
    fn names_behind_initials() {
        assert_eq!(
            behind_initials("Adeli K.El Aziz M. A.Lewis G. F."),
            Some(vec!["Adeli K.", "El Aziz M. A.", "Lewis G. F."])
        );
        for none in [
            "Adeli K.",
            "J.Smith",
            "Smith J.M.",
            "Adeli K., Lewis G.",
            "K. Adeli.And",
            "",
        ] {
            assert_eq!(behind_initials(none), None, "{none}");
        }
    }
}
