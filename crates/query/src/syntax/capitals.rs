//! A question in capitals throughout, as old catalogues, forms and topics of
//! test collections have them: there `AND` is the word it looks like.

use super::chars::{is_blank, is_quote, says_something};
use super::token::Operator;

/// Words an operand has in prose, at least on average, where there is `AND`
/// alone, which as a word leaves out nothing that it asks for as an operator.
const WORDS_AROUND_AND: usize = 2;
/// The same with `OR` and `NOT`. A search in capitals has terms of one to three:
/// `HEART ATTACK OR INFARCTION`.
const WORDS_AROUND_ANY: usize = 3;
/// The same with parentheses and single quotes, which prose may have as well.
const WORDS_IN_BRACKETS: usize = 6;

/// Whether `AND`, `OR` and `NOT` in the query are words: no letter is a small
/// one, nothing else in it is a sign of a query (a field, double quotes, a
/// wildcard), and what stands between them is too long for terms. What starts
/// with a parenthesis is none.
pub(super) fn is_prose_in_capitals(text: &str) -> bool {
    let mut n_words = 0_usize;
    let mut n_operators = 0_usize;
    let mut least = WORDS_AROUND_AND;
    if text.trim_start_matches(is_blank).starts_with('(') {
        return false;
    }
    for piece in text.split(is_blank) {
        match Operator::parse(piece) {
            Some(operator @ (Operator::And | Operator::Or | Operator::Not)) => {
                n_operators += 1;
                if operator != Operator::And {
                    least = least.max(WORDS_AROUND_ANY);
                }
            }
            Some(Operator::Near(_) | Operator::AndNot) => return false,
            None if is_sign(piece) => return false,
            None | Some(Operator::Adjacent) => {
                n_words += usize::from(says_something(piece));
                if piece.contains(['(', ')']) || piece.starts_with(['\'', '‘', '`']) {
                    least = WORDS_IN_BRACKETS;
                }
            }
        }
    }
    n_operators > 0 && n_words > least * (n_operators + 1)
}

/// Whether prose in capitals has no such piece.
fn is_sign(piece: &str) -> bool {
    let inner = piece.trim_end_matches([':', '?', ',', '.', ';', '!']);
    let leads = inner.starts_with(['-', '+', '#', '&', '|']);
    (leads && says_something(piece))
        || inner.chars().any(|c| {
            let is_small = c.is_alphabetic() && !c.is_uppercase();
            is_small || is_quote(c) || "[]{}*?:=~^$<>：＝".contains(c)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Topics of NPL, LISA and TIME, three collections of the time when
    /// terminals had no small letters.
    #[test]
    fn prose_is_told_from_a_search() {
        for prose in [
            "IMAGING AND RADIO COMMUNICATION VIA MOON AND ARTIFICIAL SATELLITES",
            "BORDER DISPUTE BETWEEN ISRAEL AND SYRIA .",
            "I AM INTERESTED IN ANY PAPERS ON EXPERT SYSTEMS OR KNOWLEDGE BASED \
             INFORMATION SYSTEMS, ESPECIALLY IN INFORMATION RETRIEVAL.",
            "STUDIES OF WHO ARE NON-USERS AND WHY: ARE THERE ANY?",
            "THE BAATH (RENAISSANCE) PARTY FOUNDED BY MICHEL AFLAK, WHICH HAS GAINED CONTROL \
             OF SYRIA AND IRAQ IN THE NEXT YEAR",
        ] {
            assert!(is_prose_in_capitals(prose), "{prose}");
        }
        for search in [
            "HIV AND AIDS",
            "HEART ATTACK OR MYOCARDIAL INFARCTION",
            "ACUTE MYELOID LEUKEMIA AND CHRONIC LYMPHOCYTIC LEUKEMIA NOT LYMPHOMA",
            "(EXPERT SYSTEMS OR KNOWLEDGE BASED INFORMATION SYSTEMS) AND RETRIEVAL OF ABSTRACTS",
            "TITLE:EXPERT SYSTEMS AND KNOWLEDGE BASED INFORMATION SYSTEMS IN LIBRARIES",
            "LIBRAR* AND KNOWLEDGE BASED INFORMATION SYSTEMS IN RETRIEVAL",
            "\"EXPERT SYSTEMS\" AND KNOWLEDGE BASED INFORMATION SYSTEMS IN RETRIEVAL",
            "border dispute between Israel AND Syria as seen by their neighbours",
            "-SURVEY EXPERT SYSTEMS AND KNOWLEDGE BASED INFORMATION SYSTEMS",
            "BORDER DISPUTE BETWEEN ISRAEL SYRIA",
        ] {
            assert!(!is_prose_in_capitals(search), "{search}");
        }
    }
}
