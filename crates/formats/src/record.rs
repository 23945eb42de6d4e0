//! Records of CSV text (RFC 4180): fields are borrowed from the text, in which they mostly stand
//! as they are.

use std::borrow::Cow;

const QUOTE: u8 = b'"';

/// Reads the records of a text one by one.
///
/// A record ends with a line feed, a carriage return or both; lines without a byte are no records.
/// A field that begins with a quotation mark goes on to the closing one, two of them within it
/// standing for one; anywhere else quotation marks are characters like others.
pub(crate) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    /// Whether a byte ends a field without quotation marks.
    ends_field: [bool; 256],
    at: usize,
    line: u64,
}

/// The fields of one record, without surrounding space.
#[derive(Default)]
pub(crate) struct Record<'t> {
    fields: Vec<Cow<'t, str>>,
    /// The line that it begins on, from 1.
    pub(crate) line: u64,
    /// Line feeds within its fields.
    pub(crate) line_feeds: usize,
    /// Its last field begins with a quotation mark that nothing closes.
    pub(crate) is_open: bool,
}

impl<'t> Records<'t> {
    pub(crate) fn new(text: &'t str, delimiter: u8) -> Self {
        let mut ends_field = [false; 256];
        for byte in [delimiter, b'\n', b'\r'] {
            ends_field[usize::from(byte)] = true;
        }
        Self { text, delimiter, ends_field, at: 0, line: 1 }
    }

    /// Puts the next record in the place of the last; `false` when there is none.
    pub(crate) fn read(&mut self, record: &mut Record<'t>) -> bool {
        record.fields.clear();
        (record.line_feeds, record.is_open) = (0, false);
        let bytes = self.text.as_bytes();
        while let Some(byte @ (b'\n' | b'\r')) = bytes.get(self.at) {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        record.line = self.line;
        if self.at == bytes.len() {
            return false;
        }
        loop {
            let field = match bytes.get(self.at) {
                Some(&QUOTE) => self.quoted(record),
                _ => Cow::Borrowed(trimmed(self.plain())),
            };
            record.fields.push(field);
            match bytes.get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                // A line feed is counted with those ahead of the next record.
                _ => return true,
            }
        }
    }

    /// Whether no record follows.
    pub(crate) fn is_at_end(&self) -> bool {
        self.text.as_bytes()[self.at..].iter().all(|byte| matches!(byte, b'\n' | b'\r'))
    }

    /// What stands before the end of the field.
    #[inline]
    fn plain(&mut self) -> &'t str {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let mut end = start;
        while end < bytes.len() && !self.ends_field[usize::from(bytes[end])] {
            end += 1;
        }
        self.at = end;
        &self.text[start..end]
    }

    fn quoted(&mut self, record: &mut Record<'t>) -> Cow<'t, str> {
        let mut field = String::new();
        loop {
            self.at += 1;
            let rest = &self.text[self.at..];
            let length = memchr::memchr(QUOTE, rest.as_bytes());
            let part = &rest[..length.unwrap_or(rest.len())];
            field += part;
            let line_feeds = memchr::memchr_iter(b'\n', part.as_bytes()).count();
            record.line_feeds += line_feeds;
            self.line += line_feeds as u64;
            self.at += part.len();
            if length.is_none() {
                record.is_open = true;
                break;
            }
            self.at += 1;
            if self.text.as_bytes().get(self.at) != Some(&QUOTE) {
                // Exports that forget to double a mark go on behind it.
                field += self.plain();
                break;
            }
            field.push('"');
        }
        Cow::Owned(trimmed(&field).to_owned())
    }
}

impl Record<'_> {
    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }

    /// The fields in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(AsRef::as_ref)
    }

    /// A field, or `None` behind the last.
    pub(crate) fn get(&self, field: usize) -> Option<&str> {
        self.fields.get(field).map(AsRef::as_ref)
    }
}

/// `str::trim` for fields that rarely need it.
#[inline]
fn trimmed(field: &str) -> &str {
    match field.as_bytes() {
        [] => field,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => field,
        [only] if only.is_ascii_graphic() => field,
        _ => field.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, Records};

    fn read(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let (mut records, mut record) = (Records::new(text, delimiter), Record::default());
        let mut read = Vec::new();
        while records.read(&mut record) {
            read.push(record.iter().map(str::to_owned).collect());
        }
        assert!(records.is_at_end());
        read
    }

    fn read_by_csv(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let records = reader.records().map(Result::unwrap);
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }

    /// Every text of up to six of the characters that matter.
    #[test]
    fn records_are_those_of_another_reader() {
        const LETTERS: [char; 6] = ['a', ' ', ',', '"', '\n', '\r'];
        for length in 0..=6 {
            for mut number in 0..LETTERS.len().pow(length) {
                let text = std::iter::repeat_with(|| {
                    let letter = LETTERS[number % LETTERS.len()];
                    number /= LETTERS.len();
                    letter
                });
                let text: String = text.take(length as usize).chain(['\n']).collect();
                assert_eq!(read(&text, b','), read_by_csv(&text, b','), "{text:?}");
            }
        }
        assert_eq!(read("å;b,c;\"1;\"\"2\"\"\"\n", b';'), [["å", "b,c", "1;\"2\""]]);
    }

    #[test]
    fn lines_are_counted_as_a_text_editor_counts_them() {
        let (mut records, mut record) =
            (Records::new("a\r\n\r\n\"b\nc\"\n\nd\n\"e", b','), <_>::default());
        let mut next = || {
            let more = records.read(&mut record);
            (more, record.line, record.line_feeds, record.is_open)
        };
        assert_eq!(next(), (true, 1, 0, false));
        assert_eq!(next(), (true, 3, 1, false));
        assert_eq!(next(), (true, 6, 0, false));
        assert_eq!(next(), (true, 7, 0, true));
        assert!(!next().0);
    }
}
