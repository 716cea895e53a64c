//! Reads one record.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::MAX_DEPTH;
use crate::clean::entity;
use crate::error::ReadErrorKind;

/// A place in a record. The usual loop is
///
/// ```text
/// let level = cursor.level();
/// while let Some(tag) = cursor.child(level)? {
///     match tag.name() { "title" => title = cursor.text()?, … }
/// }
/// ```
///
/// and what a loop does not look at is skipped.
#[derive(Clone)]
pub(in crate::format) struct Cursor<'a> {
    reader: Reader<&'a [u8]>,
    pub(super) depth: usize,
}

/// A start tag.
pub(in crate::format) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub(in crate::format) fn name(&self) -> &str {
        let name = self.0.name().0;
        name.rsplit(':').next().unwrap_or(name)
    }

    /// An attribute, by its name with or without prefix.
    pub(in crate::format) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| {
            let key = attribute.key.0;
            key == name || key.rsplit(':').next() == Some(name)
        })?;
        Some(crate::clean::entities(&found.value).into_owned())
    }

    /// Whether an attribute has this value.
    pub(in crate::format) fn is(&self, name: &str, value: &str) -> bool {
        self.attribute(name).as_deref() == Some(value)
    }
}

impl<'a> Cursor<'a> {
    pub(in crate::format) fn new(record: &'a str) -> Cursor<'a> {
        let mut reader = Reader::from_str(record);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // `AT&T` is not worth a record.
        config.allow_dangling_amp = true;
        Cursor { reader, depth: 0 }
    }

    /// What [`Cursor::child`] is told to find the children of the element
    /// just entered.
    pub(in crate::format) fn level(&self) -> usize {
        self.depth
    }

    /// The next child of the element at `level`, which is entered; nothing
    /// where that element ends.
    pub(in crate::format) fn child(
        &mut self,
        level: usize,
    ) -> Result<Option<Tag<'a>>, ReadErrorKind> {
        if self.depth < level {
            return Ok(None);
        }
        loop {
            match self.event()? {
                Event::Start(start) if self.depth == level + 1 => return Ok(Some(Tag(start))),
                Event::End(_) if self.depth < level => return Ok(None),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// The next event, with `depth` as it is after it.
    pub(super) fn event(&mut self) -> Result<Event<'a>, ReadErrorKind> {
        let event = self.reader.read_event().map_err(|error| {
            let byte = self.reader.error_position();
            let reason = error.to_string();
            ReadErrorKind::Xml { byte, reason }
        })?;
        match &event {
            Event::Start(_) if self.depth == MAX_DEPTH => {
                return Err(ReadErrorKind::TooDeep { limit: MAX_DEPTH });
            }
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }
}

impl<'a> From<BytesStart<'a>> for Tag<'a> {
    fn from(start: BytesStart<'a>) -> Tag<'a> {
        Tag(start)
    }
}

/// Writes the character an entity stands for, else the entity itself.
pub(super) fn push_entity(name: &str, out: &mut String) {
    match entity(name) {
        Some(text) => out.push_str(&text),
        None => out.extend(["&", name, ";"]),
    }
}
