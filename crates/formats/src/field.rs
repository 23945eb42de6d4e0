//! Typed cells, each fault with its kind.

use crate::code::Code;

/// A cell that cannot be read: the kind and what is wrong.
pub(crate) type FieldFault = (Code, &'static str);

/// Whole number from 0 to `limit`.
pub(crate) fn whole_number(text: &str, limit: u32) -> Result<u32, FieldFault> {
    if let Some(rest) = text.strip_prefix('-')
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err((Code::NegativeNumber, "the number is negative"));
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err((Code::NotAWholeNumber, "not a whole number"));
    }
    match text.trim_start_matches('0') {
        "" => Ok(0),
        digits if digits.len() > 9 => Err((Code::NumberTooLarge, "the number is too large")),
        digits => match digits.parse() {
            Ok(number) if number <= limit => Ok(number),
            _ => Err((Code::NumberTooLarge, "the number is too large")),
        },
    }
}

/// Decimal with point or comma in ten-thousandths: at most nine digits before the decimal sign and
/// four after it, trailing zeros aside.
pub(crate) fn decimal(text: &str) -> Result<u64, FieldFault> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match unsigned.bytes().position(|byte| byte == b'.' || byte == b',') {
        Some(at) => (&unsigned[..at], &unsigned[at + 1..]),
        None => (unsigned, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let signed_whole = unsigned.len() == whole.len();
    if whole.is_empty()
        || !digits(whole)
        || !digits(decimals)
        || (decimals.is_empty() && !signed_whole)
    {
        return Err((Code::NotANumber, "not a number"));
    }
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    if whole.len() > 9 {
        return Err((Code::NumberTooLarge, "more than nine digits before the decimal sign"));
    }
    if decimals.len() > 4 {
        return Err((Code::TooManyDecimals, "more than four decimals"));
    }
    let mut value = whole.bytes().fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'));
    for place in 0..4 {
        value =
            value * 10 + decimals.as_bytes().get(place).map_or(0, |byte| u64::from(byte - b'0'));
    }
    if value > 0 && unsigned.len() < text.len() {
        return Err((Code::NegativeNumber, "the number is negative"));
    }
    Ok(value)
}

/// Yes or no, in the spellings that exports use.
pub(crate) fn flag(text: &str) -> Result<bool, FieldFault> {
    const YES: [&str; 5] = ["1", "true", "yes", "ja", "j"];
    const NO: [&str; 6] = ["", "0", "false", "no", "nej", "n"];
    if YES.iter().any(|yes| text.eq_ignore_ascii_case(yes)) {
        Ok(true)
    } else if NO.iter().any(|no| text.eq_ignore_ascii_case(no)) {
        Ok(false)
    } else {
        Err((Code::NotAFlag, "neither yes nor no"))
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, flag, whole_number};
    use crate::code::Code;

    fn code<T: std::fmt::Debug>(result: Result<T, super::FieldFault>) -> Code {
        result.unwrap_err().0
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("232.5"), Ok(2_325_000));
        assert_eq!(decimal("232,5000"), Ok(2_325_000));
        assert_eq!(decimal("0.0001"), Ok(1));
        assert_eq!(decimal("007"), Ok(70_000));
        assert_eq!(decimal("-0"), Ok(0));
        assert_eq!(decimal("999999999.9999"), Ok(9_999_999_999_999));
    }

    #[test]
    fn faulty_decimals_say_what_is_wrong() {
        for text in ["", ".", ".5", "5.", "1.2.3", "1e3", "abc", "--1", "1 000", "NaN", "+1"] {
            assert_eq!(code(decimal(text)), Code::NotANumber, "{text}");
        }
        assert_eq!(code(decimal("-1")), Code::NegativeNumber);
        assert_eq!(code(decimal("1234567890")), Code::NumberTooLarge);
        assert_eq!(code(decimal("1.00001")), Code::TooManyDecimals);
    }

    #[test]
    fn whole_numbers_keep_their_limit() {
        assert_eq!(whole_number("0032", 100), Ok(32));
        assert_eq!(code(whole_number("101", 100)), Code::NumberTooLarge);
        assert_eq!(code(whole_number("99999999999999999999", 100)), Code::NumberTooLarge);
        assert_eq!(code(whole_number("-1", 100)), Code::NegativeNumber);
        for text in ["", "1.0", "x", "-", "1 0"] {
            assert_eq!(code(whole_number(text, 100)), Code::NotAWholeNumber, "{text}");
        }
    }

    #[test]
    fn flags_take_the_usual_spellings() {
        assert_eq!((flag("Ja"), flag(""), flag("0")), (Ok(true), Ok(false), Ok(false)));
        assert_eq!(code(flag("kanske")), Code::NotAFlag);
    }
}
