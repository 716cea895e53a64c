//! Other spellings of one folded name: with the two letters that stand for
//! `ü`, `ø`, `å`, or without the second of them. Knows nothing of people.

use super::key::words_key;
use crate::fold::fold_expanded;

/// Guessed spellings a name may have at most.
const MOST_GUESSES: usize = 6;
/// Shorter names are left alone: `Paez` is not `Paz`, `Xue` is not `Xu`.
const SHORTEST: usize = 5;

/// The folded form of `text` first, then the other spellings it may have.
///
/// Text that holds an umlaut has one more. Text without may have lost one
/// (`Muller`) or spell it out (`Mueller`): both are guessed, by rules under
/// which a wrong guess is hardly ever somebody else's name. Nothing is guessed
/// in the first `particle` bytes.
pub(super) fn spellings(text: &str, folded: String, particle: usize) -> Vec<String> {
    let mut all = Vec::with_capacity(2);
    if let Some(expanded) = fold_expanded(text) {
        let expanded = words_key(&expanded);
        if expanded != folded {
            all.push(expanded);
        }
    } else if folded.is_ascii() && folded.len() >= SHORTEST {
        guess(&folded, particle, &mut all);
    }
    all.insert(0, folded);
    all
}

fn guess(folded: &str, from: usize, out: &mut Vec<String>) {
    let bytes = folded.as_bytes();
    let mut contracted = String::new();
    let mut copied = 0;
    for i in from..bytes.len() {
        if !may_be_umlaut(bytes, i) {
            continue;
        }
        let next = bytes.get(i + 1).copied().unwrap_or(b' ');
        let after = bytes.get(i + 2).copied().unwrap_or(b' ');
        if next == b'e' {
            let closes = !bytes.get(i + 3).is_some_and(u8::is_ascii_alphabetic);
            // Not Samuel, Michael, Baez.
            if is_consonant(after) && !(closes && matches!(after, b'l' | b'z')) {
                contracted.push_str(folded.get(copied..=i).unwrap_or(""));
                copied = i + 2;
            }
        } else if is_consonant(next) && out.len() < MOST_GUESSES {
            let (head, tail) = folded.split_at(i + 1);
            out.push(format!("{head}e{tail}"));
        }
    }
    if copied > 0 {
        contracted.push_str(folded.get(copied..).unwrap_or(""));
        out.push(contracted);
    }
}

/// Whether an umlaut may have stood at `i`: a vowel alone, not after the
/// letters that make `ue` a sound of Chinese or Spanish.
fn may_be_umlaut(bytes: &[u8], i: usize) -> bool {
    let previous = i
        .checked_sub(1)
        .and_then(|i| bytes.get(i))
        .copied()
        .unwrap_or(b' ');
    match bytes.get(i) {
        Some(b'a' | b'o') => !is_vowel(previous),
        // Ueda is not Uda.
        Some(b'u') => is_consonant(previous) && !matches!(previous, b'q' | b'x'),
        _ => false,
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn is_consonant(byte: u8) -> bool {
    byte.is_ascii_lowercase() && !is_vowel(byte)
}
