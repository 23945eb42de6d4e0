//! From bytes to text: UTF-8, UTF-16 and Windows-1252.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Where in its line a byte of a text stands, in characters from 1.
pub(crate) fn position(text: &str, at: usize) -> u64 {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    before[line..].chars().count() as u64 + 1
}

/// Decodes a file, or reports why it is no text.
///
/// A byte-order mark decides; without one, valid UTF-8 is UTF-8, text with a zero in every other
/// byte is UTF-16, and anything else is Windows-1252, which is what Swedish office software writes
/// when nobody asks: the reader takes it, with a warning.
pub(crate) fn decode(bytes: Vec<u8>, file: &str, report: &mut Diagnostics) -> Option<String> {
    if bytes.is_empty() {
        report.push(Diagnostic::new(Code::EmptyFile, file.to_owned(), "the file is empty"));
        return None;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let message = "this is an Excel workbook, not a CSV file";
        report.push(Diagnostic::new(Code::NotText, file.to_owned(), message));
        return None;
    }
    if let Some(encoding) = utf16(&bytes) {
        return decode_whole(encoding, &bytes, file, report);
    }
    let zero = memchr::memchr(0, &bytes);
    if let Some(position) = zero {
        let line = 1 + bytes[..position].iter().filter(|byte| **byte == b'\n').count() as u64;
        report.push(
            Diagnostic::new(Code::NotText, file.to_owned(), "a zero byte stands in the file")
                .line(line),
        );
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.starts_with('\u{feff}') => {
            // Tools that join files leave the mark of each.
            Some(text.trim_start_matches('\u{feff}').to_owned())
        }
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
            if !bytes[..at].is_ascii() {
                // Letters beyond ASCII were UTF-8 up to here: no text in Windows-1252 reads so.
                let message = "the file is UTF-8 up to a byte that is not";
                report.push(
                    Diagnostic::new(Code::BrokenEncoding, file.to_owned(), message).line(line),
                );
                return None;
            }
            let text = decode_whole(WINDOWS_1252, &bytes, file, report)?;
            let message = "the file is not UTF-8; it was read as Windows-1252";
            report.push(Diagnostic::new(Code::Windows1252, file.to_owned(), message).line(line));
            Some(text)
        }
    }
}

fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        [low, 0, next, 0, ..] if *low != 0 && *next != 0 => Some(UTF_16LE),
        [0, high, 0, next, ..] if *high != 0 && *next != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_whole(
    encoding: &'static Encoding,
    bytes: &[u8],
    file: &str,
    report: &mut Diagnostics,
) -> Option<String> {
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    // The C1 controls are what Windows-1252 leaves undefined: no office file holds them.
    let broken = text.chars().position(|c| ('\u{80}'..='\u{9f}').contains(&c) || c == '\u{fffd}');
    match broken {
        Some(position) if malformed || encoding == WINDOWS_1252 => {
            let line = 1 + text.chars().take(position).filter(|c| *c == '\n').count() as u64;
            let message =
                format!("the file is neither UTF-8, UTF-16 nor Windows-1252 ({})", encoding.name());
            report.push(Diagnostic::new(Code::BrokenEncoding, file.to_owned(), message).line(line));
            None
        }
        _ => Some(text.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::diagnostic::Diagnostics;

    fn read(bytes: &[u8]) -> (Option<String>, Vec<&'static str>) {
        let mut report = Diagnostics::default();
        let text = decode(bytes.to_vec(), "a.csv", &mut report);
        (text, report.iter().map(|d| d.code.name()).collect())
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "id;namn\n1;Malmö Åkarp\n";
        let same = (Some(text.to_owned()), vec![]);
        assert_eq!(read(text.as_bytes()), same);
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), same);
        assert_eq!(read(&utf16(text, u16::to_le_bytes)), same);
        assert_eq!(read(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes)), same);
        assert_eq!(read(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes)), same);
        assert_eq!(read(b"id;namn\n1;Malm\xF6 \xC5karp\n"), (same.0, vec!["windows_1252"]));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(read(b""), (None, vec!["empty_file"]));
        assert_eq!(read(b"PK\x03\x04xl"), (None, vec!["not_text"]));
        assert_eq!(read(b"id\nab\0c\n"), (None, vec!["not_text"]));
        assert_eq!(read(b"id\n\x81\xFF\n"), (None, vec!["broken_encoding"]));
        assert_eq!(read(b"id\nMalm\xC3\xB6 \xC3\n"), (None, vec!["broken_encoding"]));
        assert_eq!(read(b"\xFF\xFEi\0\x00\xD8"), (None, vec!["broken_encoding"]));
    }
}
