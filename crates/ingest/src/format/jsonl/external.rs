//! Ids of other catalogues, as Semantic Scholar lists them:
//! `{"DOI": "10.…", "ArXiv": "2503.10291", "PubMed": 17}`, in `externalIds`,
//! `externalids` or inside `openaccessinfo`; or as Lens does,
//! `[{"type": "doi", "value": "10.…"}]`.

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::keys::{buffer, simplified};
use super::typed::Typed;
use super::value::Value;
use crate::draft::Draft;

/// The ids that a draft has a place for.
#[derive(Debug, Default)]
pub(super) struct ExternalIds {
    doi: Option<String>,
    arxiv: Option<String>,
    pmid: Option<String>,
}

impl ExternalIds {
    /// Fills what the draft does not know.
    pub(super) fn fill(self, draft: &mut Draft) {
        for (slot, id) in [
            (&mut draft.doi, self.doi),
            (&mut draft.arxiv, self.arxiv),
            (&mut draft.pmid, self.pmid),
        ] {
            if slot.is_none() {
                *slot = id;
            }
        }
    }
}

impl<'de> Deserialize<'de> for ExternalIds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ExternalIds, D::Error> {
        deserializer.deserialize_any(IdsVisitor)
    }
}

struct IdsVisitor;

impl<'de> Visitor<'de> for IdsVisitor {
    type Value = ExternalIds;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ids")
    }

    fn visit_unit<E>(self) -> Result<ExternalIds, E> {
        Ok(ExternalIds::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<ExternalIds, E> {
        Ok(ExternalIds::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<ExternalIds, A::Error> {
        let ids = Typed::deserialize(SeqAccessDeserializer::new(seq))?;
        let id = |kinds: &[&str]| {
            let id = kinds.iter().find_map(|kind| ids.of(kind));
            id.map(str::to_owned)
        };
        Ok(ExternalIds {
            doi: id(&["doi"]),
            arxiv: id(&["arxiv"]),
            pmid: id(&["pmid", "pubmed"]),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ExternalIds, A::Error> {
        let mut ids = ExternalIds::default();
        while let Some(key) = map.next_key::<String>()? {
            let mut buffer = buffer();
            let slot = match simplified(&key, &mut buffer) {
                "doi" => &mut ids.doi,
                "arxiv" | "arxivid" => &mut ids.arxiv,
                "pubmed" | "pmid" | "pubmedid" => &mut ids.pmid,
                "externalids" => {
                    ids = map.next_value()?;
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *slot = map.next_value::<Value>()?.first_text();
        }
        Ok(ids)
    }
}
