//! The fields of one row.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::format::plain::decode;

/// The fields of a row as `csv_core` leaves them.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) text: Vec<u8>,
    pub(super) ends: Vec<usize>,
}

impl Fields {
    /// Room for the fields of a text, whatever it is.
    pub(super) fn with_room_for(text: &[u8]) -> Fields {
        Fields {
            text: vec![0; text.len() + 1],
            ends: vec![0; text.len() + 2],
        }
    }

    /// Takes the fields of the first row of a text; what it ended in, and
    /// where.
    pub(super) fn first(&mut self, reader: &mut Reader, text: &[u8]) -> (ReadRecordResult, usize) {
        let (mut result, mut end, n_text, mut n_ends) =
            reader.read_record(text, &mut self.text, &mut self.ends);
        if result == ReadRecordResult::InputEmpty {
            // The end of the text ends its last row.
            let (out, ends) = (&mut self.text[n_text..], &mut self.ends[n_ends..]);
            let (at_end, n_in, _, more) = reader.read_record(&text[end..], out, ends);
            (result, end, n_ends) = (at_end, end + n_in, n_ends + more);
        }
        self.ends.truncate(n_ends);
        (result, end)
    }

    pub(super) fn ranges(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| &self.text[start..*end])
    }
}

/// The first row of a text and where it ends, if it has an end.
pub(in crate::format::delimited) fn first_row(
    text: &[u8],
    separator: u8,
) -> Option<(Vec<String>, usize)> {
    let mut fields = Fields::with_room_for(text);
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let (result, end) = fields.first(&mut reader, text);
    let names = fields.ranges().map(|name| decode(name).into_owned());
    (result == ReadRecordResult::Record).then(|| (names.collect(), end))
}
