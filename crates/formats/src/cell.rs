//! Cells as they are written: exact, short, quoted only where they must be (RFC 4180).

/// A text cell, in quotation marks where it needs them.
#[inline]
pub(crate) fn text(out: &mut Vec<u8>, cell: &str) {
    if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        quoted(out, cell);
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

fn quoted(out: &mut Vec<u8>, cell: &str) {
    out.push(b'"');
    for byte in cell.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// A whole number.
pub(crate) fn number(out: &mut Vec<u8>, value: u64) {
    if value < 10 {
        return out.push(b'0' + value as u8);
    }
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), value);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Ten-thousandths as the shortest exact decimal.
pub(crate) fn decimal(out: &mut Vec<u8>, value: u64) {
    number(out, value / 10_000);
    let mut rest = value % 10_000;
    if rest > 0 {
        out.push(b'.');
        while rest > 0 {
            out.push(b'0' + (rest / 1_000) as u8);
            rest = rest % 1_000 * 10;
        }
    }
}

/// Ten-thousandths, or an empty cell.
pub(crate) fn optional(out: &mut Vec<u8>, value: Option<u64>) {
    if let Some(value) = value {
        decimal(out, value);
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, number, text};

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn fields_that_need_it_are_quoted_and_no_others() {
        for field in ["", "Malmö", "El, energi", "\"Spyken\"", "two\nlines", "a;b\tc"] {
            let mut line = Vec::new();
            text(&mut line, field);
            line.extend_from_slice(b",end\n");
            assert_eq!(line.contains(&b'"'), field.contains([',', '"', '\n']), "{field:?}");
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(&record[0], field);
            assert_eq!(&record[1], "end");
        }
    }

    #[test]
    fn numbers_are_written_like_the_standard_library_does() {
        for value in [0, 7, 10, 1_005, u64::MAX] {
            let mut line = Vec::new();
            number(&mut line, value);
            assert_eq!(line, value.to_string().into_bytes());
        }
    }

    #[test]
    fn numbers_are_exact_and_short() {
        assert_eq!(written(|out| number(out, u64::MAX)), u64::MAX.to_string());
        for (value, shown) in
            [(0, "0"), (2_325_000, "232.5"), (1, "0.0001"), (800_000, "80"), (10_050, "1.005")]
        {
            assert_eq!(written(|out| decimal(out, value)), shown);
        }
    }
}
