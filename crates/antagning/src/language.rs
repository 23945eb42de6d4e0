//! The languages that people are answered in.

use antagning_rules::Score;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    #[default]
    En,
}

impl Language {
    /// One of two texts.
    pub(crate) fn pick<'t>(self, sv: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }

    /// A score as people write it: with a decimal comma in Swedish.
    pub(crate) fn score(self, ten_thousandths: u64) -> String {
        let text = Score::from_ten_thousandths(ten_thousandths).to_string();
        match self {
            Self::Sv => text.replace('.', ","),
            Self::En => text,
        }
    }

    /// A share in per cent with one decimal, rounded half up; `–` of nothing.
    pub(crate) fn share(self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        let permille = (part * 2_000 + whole) / (2 * whole);
        self.score(permille * 1_000) + " %"
    }

    /// A count with a narrow space between thousands.
    pub(crate) fn count(self, count: u64) -> String {
        let digits = count.to_string();
        let mut text = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push('\u{202f}');
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn figures_are_written_as_people_write_them() {
        assert_eq!(Language::Sv.score(2_325_000), "232,5");
        assert_eq!(Language::En.share(1, 3), "33.3 %");
        assert_eq!(Language::Sv.share(1, 8), "12,5 %");
        assert_eq!(Language::En.share(0, 0), "–");
        assert_eq!(Language::En.count(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(Language::En.count(999), "999");
    }
}
