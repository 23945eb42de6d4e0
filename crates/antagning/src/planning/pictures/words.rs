//! Text in pictures: how wide it is about, and how it is cut to fit.

/// How wide a text is at most, in units of the picture: in Helvetica it is an eighth less, in wide fonts
/// such as DejaVu Sans just so much, so that nothing is written over wherever it is shown.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(advance).sum();
    f64::from(thousandths) * size / 880.0
}

/// The width of a character of Helvetica in thousandths of the size of the font.
fn advance(character: char) -> u32 {
    match character {
        'i' | 'j' | 'l' | '\'' | '|' => 240,
        ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | ';' | '!' | 'I' | 't' | 'f' | '/' => 300,
        'r' | '-' | '(' | ')' | '[' | ']' | '"' | '·' => 350,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 520,
        'm' | 'M' | 'w' | 'W' | '%' | '@' | '…' | '→' => 950,
        'a'..='z' | '0'..='9' | 'å' | 'ä' | 'ö' | 'é' | 'ü' | '+' | '–' | '−' => 580,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' | '&' => 740,
        _ => 1_000,
    }
}

/// A name as it may stand in a document: what steers a terminal or the direction of text, and what
/// XML has no place for, becomes a space, and many spaces become one.
pub(super) fn clean(text: &str) -> String {
    let unwanted = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
            || ('\u{2028}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    let text = text.replace(unwanted, " ");
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text in at most so many lines of a width; what does not fit is cut, and `…` says so.
pub(super) fn wrapped(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in clean(text).split(' ') {
        let line = lines.last_mut().expect("a line");
        let space = if line.is_empty() { "" } else { " " };
        if width(&format!("{line}{space}{word}"), size) <= room {
            line.push_str(space);
            line.push_str(word);
        } else if line.is_empty() {
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| cut) {
        last.push('…');
    }
    lines.into_iter().map(|line| fitted(&line, size, room)).collect()
}

/// The text in one line of a width.
pub(super) fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        let longer = format!("{kept}{character}");
        if width(&longer, size) + width("…", size) > room {
            break;
        }
        kept = longer;
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{clean, fitted, width, wrapped};

    #[test]
    fn lines_are_never_wider_than_their_room() {
        let long = "Samhällsvetenskapsprogrammet ".repeat(9);
        let endless = "W".repeat(4_000);
        for text in [&long, &endless, "El", ""] {
            let lines = wrapped(text, 12.0, 200.0, 2);
            assert!((1..=2).contains(&lines.len()));
            assert!(lines.iter().all(|line| width(line, 12.0) <= 200.0), "{lines:?}");
        }
        assert_eq!(wrapped("one two", 12.0, 200.0, 2), ["one two"]);
        assert_eq!(wrapped("one two", 12.0, 40.0, 2), ["one", "two"]);
        assert!(wrapped(&long, 12.0, 200.0, 2)[1].ends_with('…'));
        assert!(fitted(&endless, 12.0, 50.0).ends_with("W…"));
    }

    #[test]
    fn what_steers_is_taken_out() {
        assert_eq!(clean("a\u{1b}[31m\tb\u{202e}c \u{0}"), "a [31m b c");
        assert_eq!(clean("ثانوية <&\"'>"), "ثانوية <&\"'>");
    }
}
