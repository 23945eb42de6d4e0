//! Exact scores.

use std::fmt;

/// A merit value, test result or market score in ten-thousandths; greater is better.
///
/// An integer, so that comparison and sum are exact on every machine. Four decimals hold every
/// sum of grade points (steps of 2.5) and skill-test points (steps of 0.5 or 0.1), and nine
/// digits before the decimal sign hold every market score that the file format admits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u64);

impl Score {
    /// Ten-thousandths in one point.
    pub const ONE: u64 = 10_000;

    /// A score of that many ten-thousandths.
    #[must_use]
    pub const fn from_ten_thousandths(value: u64) -> Self {
        Self(value)
    }

    /// The score in ten-thousandths.
    #[must_use]
    pub const fn ten_thousandths(self) -> u64 {
        self.0
    }

    /// Reads a plain decimal such as `232.5`: digits, optionally a decimal point and up to four
    /// more digits.
    ///
    /// Rule sets are written in it; the files of a season have a reader of their own that also
    /// takes a decimal comma and says what is wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 9
            || decimals.len() > 4
            || !digits(whole)
            || !digits(decimals)
        {
            return None;
        }
        let fraction: u64 = format!("{decimals:0<4}").parse().ok()?;
        Some(Self(whole.parse::<u64>().ok()? * Self::ONE + fraction))
    }
}

impl fmt::Display for Score {
    /// The shortest exact decimal, with a point: `232.5`, `280`, `0.0001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / Self::ONE, self.0 % Self::ONE);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{fraction:04}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn reads_and_prints_the_same_decimal() {
        for text in ["0", "80", "232.5", "0.0001", "999999999.9999"] {
            assert_eq!(Score::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Score::parse("232.50").unwrap(), Score::parse("232.5").unwrap());
    }

    #[test]
    fn refuses_what_is_not_a_plain_decimal() {
        for text in ["", ".5", "-1", "1.00001", "1e3", "1,5", "1234567890", "2 3"] {
            assert_eq!(Score::parse(text), None, "{text}");
        }
    }
}
