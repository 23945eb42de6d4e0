//! Calendar dates as files write them.

use crate::code::Code;
use crate::field::FieldFault;

/// Whether a text is a day of the calendar as ISO 8601 writes it, such as `2025-07-01`. Two such
/// texts compare as the days do.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |part: &str, digits: usize| {
        let whole = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        whole.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

pub(super) fn parse_date(text: &str) -> Result<String, FieldFault> {
    if is_date(text) { Ok(text.to_owned()) } else { Err((Code::NotADate, "not a date")) }
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for date in ["2025-07-01", "2024-02-29", "2000-02-29"] {
            assert_eq!(parse_date(date).unwrap(), date);
        }
        for text in [
            "2025-02-29",
            "1900-02-29",
            "2025-13-01",
            "2025-04-31",
            "25-07-01",
            "2025/07/01",
            "2025-7-1",
            "",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }
}
