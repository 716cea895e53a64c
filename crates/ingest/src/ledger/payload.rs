//! What a commit says of the ledger: a small JSON object. What others have put
//! into it stays there.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The payload of a commit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Payload {
    /// Bytes of the ledger that count.
    #[serde(default)]
    pub(super) ledger: u64,
    /// XXH3 of these bytes.
    #[serde(default)]
    pub(super) ledger_xxh3: u64,
    /// Bytes of the list of rejects that count.
    #[serde(default)]
    pub(super) rejects: u64,
    /// Its lines.
    #[serde(default)]
    pub(super) listed: u64,
    /// Which list, if not the one in the index folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list: Option<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl Payload {
    /// Reads what a commit carries; one that says nothing of a ledger is one
    /// without.
    pub(super) fn parse(text: Option<&str>) -> Payload {
        text.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// The same without a ledger and a list.
    pub(super) fn without_ledger(self) -> Payload {
        Payload {
            others: self.others,
            ..Payload::default()
        }
    }

    pub(super) fn to_text(&self) -> String {
        // Numbers and strings under string keys: nothing here can fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_say_stays() {
        let mut payload = Payload::parse(Some(r#"{"token":"x","ledger":7}"#));
        assert_eq!(payload.ledger, 7);
        payload.rejects = 3;
        assert_eq!(
            payload.to_text(),
            r#"{"ledger":7,"ledger_xxh3":0,"rejects":3,"listed":0,"token":"x"}"#
        );
        for other in [None, Some(""), Some("first commit"), Some("[1]")] {
            assert_eq!(Payload::parse(other).ledger, 0);
        }
    }
}
