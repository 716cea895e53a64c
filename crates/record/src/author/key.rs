//! The folded form of a name. Knows what of a spelling does not count.

use super::Name;
use super::clean::cut;
use super::words::{glued_are_initials, is_glued};
use crate::fold::fold_into;

/// No key is longer; dictionaries hold keys.
const LONGEST: usize = 400;

/// The key of a name; see [`super::Author::key`].
pub(super) fn key(name: &Name) -> String {
    bounded(whole_key(name))
}

/// A key as it is kept: cut where it is too long.
pub(super) fn bounded(mut key: String) -> String {
    if key.len() > LONGEST {
        let kept = cut(&key, LONGEST).trim_end_matches([' ', ',']).len();
        key.truncate(kept);
    }
    key
}

/// The folded words of a name.
pub(super) fn name_parts(name: &Name) -> Vec<String> {
    whole_key(name)
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn whole_key(name: &Name) -> String {
    match name {
        Name::Collective(name) => collective_key(name),
        Name::Person {
            family,
            given,
            particle,
            ..
        } => {
            let mut out = String::with_capacity(particle.len() + family.len() + given.len() + 8);
            push_family(particle, family, &mut out);
            let family_end = out.len();
            out.push_str(", ");
            push_given(given, family, &mut out);
            if out.len() == family_end + 2 {
                out.truncate(family_end);
            }
            out
        }
    }
}

/// The key of a collective: its words without an opening article.
pub(super) fn collective_key(name: &str) -> String {
    let key = words_key(name);
    match key.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => key,
    }
}

/// The folded words of a text, one blank apart.
pub(super) fn words_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_family("", text, &mut out);
    out
}

/// Appends the folded particle and family name.
pub(super) fn push_family(particle: &str, family: &str, out: &mut String) {
    let mut folder = Folder::new(out);
    folder.text(particle);
    folder.char(' ');
    folder.text(family);
}

/// Appends the folded given names; initials written together are taken apart.
pub(super) fn push_given(given: &str, family: &str, out: &mut String) {
    let mut folder = Folder::new(out);
    for word in given.split(' ') {
        if is_glued(word) && glued_are_initials(word, family) {
            for (at, letter) in word.char_indices() {
                folder.char(' ');
                folder.text(word.get(at..at + letter.len_utf8()).unwrap_or(""));
            }
        } else {
            folder.text(word);
        }
        folder.char(' ');
    }
}

/// Writes words one blank apart: apostrophes dropped, everything else that is
/// no letter or digit read as a blank.
struct Folder<'a> {
    out: &'a mut String,
    /// A blank is due before the next letter.
    at_boundary: bool,
    /// Letters of the present word so far.
    letters: usize,
    /// After `d'`: the next blank does not part it from its name.
    elided: bool,
}

impl Folder<'_> {
    fn new(out: &mut String) -> Folder<'_> {
        Folder {
            out,
            at_boundary: true,
            letters: 0,
            elided: false,
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            for byte in text.bytes() {
                self.char(char::from(byte.to_ascii_lowercase()));
            }
            return;
        }
        let mut folded = String::with_capacity(text.len());
        if text.contains('´') {
            // It decomposes into a blank and a mark.
            fold_into(&text.replace('´', "'"), &mut folded);
        } else {
            fold_into(text, &mut folded);
        }
        for c in folded.chars() {
            self.char(c);
        }
    }

    /// Takes one folded character.
    fn char(&mut self, c: char) {
        if c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()) {
            if self.at_boundary {
                if !self.out.is_empty() && !self.out.ends_with(' ') {
                    self.out.push(' ');
                }
                self.at_boundary = false;
                self.letters = 0;
            }
            self.out.push(c);
            self.letters += 1;
            self.elided = false;
        } else if matches!(c, '\'' | '`') {
            self.elided = !self.at_boundary && self.letters == 1;
        } else if c == '\u{fffd}' {
            // A letter was here; what is left of the word is still one word.
        } else if self.elided {
            self.elided = false;
        } else {
            self.at_boundary = true;
        }
    }
}
