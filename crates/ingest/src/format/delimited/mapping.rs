//! Which column is what, as a person says it: `title=Titel,abstract=Text`.

use std::str::FromStr;

use super::columns::Slot;

/// Names of columns for fields of a record.
///
/// ```
/// use abs_ingest::format::delimited::{Mapped, Mapping};
///
/// let mapping: Mapping = "title=Titel,abstract=Zusammen\\, gefasst".parse().unwrap();
/// let format = Mapped(mapping);
/// assert!("colour=Farbe".parse::<Mapping>().is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(Slot, String)>,
}

/// Why a text is no [`Mapping`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A part without `=`, or with nothing on one side of it.
    #[error("`{0}` is not of the form FIELD=COLUMN")]
    NotAPair(String),
    /// A field that no table gives.
    #[error("there is no field `{name}` ({})", known.join(", "))]
    UnknownField {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<&'static str>,
    },
}

impl FromStr for Mapping {
    type Err = MappingError;

    /// Reads pairs with commas between them; `\,` is a comma in a name.
    fn from_str(text: &str) -> Result<Mapping, MappingError> {
        let mut mapping = Mapping::default();
        for pair in split(text) {
            let not_a_pair = || MappingError::NotAPair(pair.clone());
            let (field, column) = pair.split_once('=').ok_or_else(not_a_pair)?;
            let (field, column) = (field.trim(), column.trim());
            if field.is_empty() || column.is_empty() {
                return Err(not_a_pair());
            }
            let slot = Slot::parse(field).ok_or_else(|| MappingError::UnknownField {
                name: field.to_owned(),
                known: Slot::names().collect(),
            })?;
            mapping.pairs.push((slot, column.to_owned()));
        }
        Ok(mapping)
    }
}

impl Mapping {
    /// What a column was said to be; names are compared in any case.
    pub(super) fn slot(&self, column: &str) -> Option<Slot> {
        let column = column.trim().to_lowercase();
        let mut named = self
            .pairs
            .iter()
            .filter(|(_, name)| name.to_lowercase() == column);
        named.next().map(|(slot, _)| *slot)
    }

    /// Whether a field was given a column.
    pub(super) fn has(&self, slot: Slot) -> bool {
        self.pairs.iter().any(|(given, _)| *given == slot)
    }
}

/// Splits at commas without a backslash before them.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in text.chars() {
        let last = parts.len() - 1;
        match c {
            ',' if escaped => {
                parts[last].pop();
                parts[last].push(',');
            }
            ',' => parts.push(String::new()),
            _ => parts[last].push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}
