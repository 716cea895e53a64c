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
