//! A study as people read it.

use crate::aligned::aligned;
use crate::language::Language;
use crate::planning::simulation::uncertainty::distribution::{Decimal, Distribution};
use crate::planning::simulation::uncertainty::study::Uncertainty;

/// Scenarios that stand beside one another; more go on below.
const BESIDE: usize = 4;

impl Uncertainty {
    /// An aligned table of the totals: the base with the interval of its mean and the range of 95 % of
    /// the draws, and beside it each scenario's difference with its interval.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let names = self.scenarios();
        let mut text = String::new();
        let scenarios = &names[1..];
        let blocks: Vec<&[String]> = match scenarios.is_empty() {
            true => vec![&[]],
            false => scenarios.chunks(BESIDE).collect(),
        };
        for block in blocks {
            text += &aligned(&self.rows(language, block), 1);
            text.push('\n');
        }
        text += &format!(
            "{} {} ({} {}). ",
            language.count(u64::from(self.draws())),
            pick("dragningar", "draws"),
            pick("frö", "seed"),
            self.settings.variation.seed
        );
        text += pick(
            "Medelvärden ± 95 % konfidens; scenarier som skillnad mot utgångsläget i samma dragning. \
             Arbetsmaterial, inget beslut.\n",
            "Means ± 95 % confidence; scenarios as differences from the base in the same draw. \
             Working material, no decision.\n",
        );
        text
    }

    fn rows(&self, language: Language, scenarios: &[String]) -> Vec<Vec<String>> {
        let pick = |sv, en| language.pick(sv, en).to_owned();
        let shown = |name: &String| name.replace(char::is_control, " ");
        let head = [
            String::new(),
            pick("utgångsläge", "base"),
            pick("95 % av dragningarna", "95 % of draws"),
        ];
        let mut rows =
            vec![head.into_iter().chain(scenarios.iter().map(shown)).collect::<Vec<_>>()];
        for (title, own, other) in [
            (pick("sökande", "applicants"), Some("applicants"), "applicants_difference"),
            (pick("placerade", "placed"), Some("placed"), "placed_difference"),
            (pick("oplacerade", "unplaced"), Some("unplaced"), "unplaced_difference"),
            (
                pick("förstahandsval", "first choices"),
                Some("first_choices"),
                "first_choices_difference",
            ),
            (pick("medelrang", "mean rank"), Some("mean_rank"), "mean_rank_difference"),
            (pick("rangsumma", "sum of ranks"), Some("ranks"), "ranks_difference"),
            (pick("får det bättre", "better off"), None, "better_off"),
            (pick("trängs undan", "worse off"), None, "worse_off"),
            (pick("nyplacerade", "newly placed"), None, "newly_placed"),
            (pick("förlorar sin plats", "newly unplaced"), None, "newly_unplaced"),
        ] {
            if own.is_none() && scenarios.is_empty() {
                continue;
            }
            let decimals = if other == "mean_rank_difference" { 4 } else { 1 };
            let base = own.and_then(|own| self.total("base", own));
            let range = |of: &Distribution| {
                let (low, high) = (of.percentile_2_5, of.percentile_97_5);
                let end = |end| number(end, if decimals == 4 { 4 } else { 0 }, false, language);
                format!("{}–{}", end(low), end(high))
            };
            let mut row = vec![
                title,
                base.map_or(String::new(), |of| mean(of, decimals, false, language)),
                base.map_or(String::new(), range),
            ];
            row.extend(scenarios.iter().map(|name| {
                let found = self.total(name, other);
                found.map_or(String::new(), |of| mean(of, decimals, own.is_some(), language))
            }));
            rows.push(row);
        }
        rows
    }
}

/// A mean with half its interval.
fn mean(of: &Distribution, decimals: u32, signed: bool, language: Language) -> String {
    let mean = number(of.mean, decimals, signed, language);
    let Some((low, high)) = of.low.zip(of.high) else { return mean };
    let half = Decimal((high.0 - low.0 + 1) / 2);
    format!("{mean} ± {}", number(half, decimals, false, language))
}

/// A decimal rounded half away from nought to so many places.
fn number(of: Decimal, decimals: u32, signed: bool, language: Language) -> String {
    let unit = 10_u64.pow(4 - decimals);
    let rounded = (of.0.unsigned_abs() + unit / 2) / unit;
    let places = 10_u64.pow(decimals);
    let mut text = match (of.0 < 0 && rounded > 0, signed && rounded > 0) {
        (true, _) => "−".to_owned(),
        (false, true) => "+".to_owned(),
        (false, false) if signed => "±".to_owned(),
        (false, false) => String::new(),
    };
    text += &language.count(rounded / places);
    if decimals > 0 {
        let width = decimals as usize;
        text += &format!("{}{:0width$}", language.pick(",", "."), rounded % places);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Decimal, number};
    use crate::language::Language;

    #[test]
    fn numbers_are_rounded_and_signed() {
        let told = |of, decimals, signed| number(Decimal(of), decimals, signed, Language::Sv);
        assert_eq!(told(12_345_678, 1, false), "1\u{202f}234,6");
        assert_eq!(told(-5_500, 1, true), "−0,6");
        assert_eq!(told(5_500, 4, true), "+0,5500");
        assert_eq!([told(-400, 1, true), told(0, 0, false)], ["±0,0", "0"]);
    }
}
