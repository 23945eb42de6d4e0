//! A study as people read it.

use std::fmt::Write as _;

use super::{Chances, CutoffSpread, LotteryStudy, Odds, ScopeStudy, Spread};
use crate::aligned::{aligned, offer_name};
use crate::language::Language;

/// Columns of figures, in characters.
const WIDTH: usize = 26;
const LABEL: usize = 34;

impl LotteryStudy {
    /// What the lottery decides, and the offers whose cutoffs it moves furthest, `top` of them.
    #[must_use]
    pub fn to_text(&self, language: Language, top: usize) -> String {
        let mut text = String::new();
        self.write_figures(&mut text, language);
        if let Some(own) = self.own() {
            write_cutoffs(&mut text, own, language, top);
        }
        text.push('\n');
        text.push_str(language.pick(
            "Arbetsmaterial, inget beslut: den publicerade lottningen gäller.\n",
            "Working material, no decision: the published lottery stands.\n",
        ));
        text
    }

    /// The study of the season's own scope, or else the first.
    pub(crate) fn own(&self) -> Option<&ScopeStudy> {
        let own = self.scopes.iter().find(|study| study.scope == self.published.scope);
        own.or(self.scopes.first())
    }

    // Writing to a string cannot fail.
    fn write_figures(&self, text: &mut String, language: Language) {
        let pick = |sv, en| language.pick(sv, en);
        let count = |count: usize| language.count(count as u64);
        let _ = writeln!(
            text,
            "{:<LABEL$}{:>WIDTH$}  ({} {})",
            pick("lottningar", "lotteries drawn"),
            count(self.draws as usize),
            pick("frö", "seed"),
            self.seed
        );
        let _ = writeln!(
            text,
            "{:<LABEL$}{:>WIDTH$}  ({} {})",
            pick("kan bero på lotten", "may depend on the lottery"),
            count(self.may_depend.len()),
            language.share(self.may_depend.len() as u64, self.applicants as u64),
            pick("av dem som deltar", "of those who take part"),
        );
        let _ = write!(text, "\n{:<LABEL$}", "");
        for study in &self.scopes {
            let head = match study.scope {
                "applicant" => pick("ett nummer var", "one number each"),
                _ => pick("ett nummer per utbildning", "a number per offer"),
            };
            let _ = write!(text, "{head:>WIDTH$}");
        }
        let _ = writeln!(text, "{:>14}", pick("publicerad", "published"));
        let _ = write!(text, "{:<LABEL$}", pick("placerades olika", "placed differently"));
        for study in &self.scopes {
            let _ = write!(text, "{:>WIDTH$}", count(study.differed));
        }
        text.push('\n');
        let mut row = |label: &str, figure: fn(&ScopeStudy) -> Spread, published: u64| {
            let _ = write!(text, "{label:<LABEL$}");
            for study in &self.scopes {
                let _ = write!(text, "{:>WIDTH$}", spread(figure(study), language));
            }
            let _ = writeln!(text, "{:>14}", language.count(published));
        };
        let own = &self.published;
        row(pick("antagna", "placed"), |study| study.placed, own.placed);
        row(
            pick("förstahandsval", "first choices"),
            |study| study.first_choices,
            own.first_choices,
        );
        row(pick("summa av rangnummer", "sum of choice ranks"), |study| study.ranks, own.ranks);
        let _ = write!(text, "{:<LABEL$}", pick("gränser som flyttas", "cutoffs that move"));
        for study in &self.scopes {
            let moving = study.programmes.iter().filter(|row| row.min != row.max).count();
            let _ = write!(text, "{:>WIDTH$}", count(moving));
        }
        text.push('\n');
    }
}

impl ScopeStudy {
    /// The offers whose cutoff moves, those first with the widest spread between a twentieth and all but
    /// a twentieth of the draws.
    pub(crate) fn widest(&self) -> Vec<&CutoffSpread> {
        let width = |row: &CutoffSpread| {
            let apart = |low: Option<u64>, high: Option<u64>| Some(high? - low?);
            (apart(row.percentile_5, row.percentile_95), apart(row.min, row.max))
        };
        let mut rows: Vec<&CutoffSpread> =
            self.programmes.iter().filter(|row| row.min != row.max).collect();
        // The order of the table breaks ties, so that it is the same everywhere.
        rows.sort_by_key(|row| std::cmp::Reverse(width(row)));
        rows
    }
}

impl Chances {
    /// The choices with their odds.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let none = pick("ingen av dem", "none of them");
        let name = |rank: u32, title: &str| format!("{rank}. {title}");
        let mut rows: Vec<(String, Option<Odds>)> = self
            .choices
            .iter()
            .map(|choice| (name(choice.choice_rank, &choice.title), choice.admitted))
            .collect();
        rows.extend(self.unplaced.map(|odds| (none.to_owned(), Some(odds))));
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let percent = |share: f64| {
            let text = format!("{:.1} %", share * 100.0);
            if language == Language::Sv { text.replace('.', ",") } else { text }
        };
        let mut text = String::new();
        for (name, odds) in rows {
            let Some(odds) = odds else {
                let more = pick("kräver mer än meritvärde", "needs more than merit");
                let _ = writeln!(text, "{name:<width$}  {:>8}  ({more})", "–");
                continue;
            };
            let _ = writeln!(
                text,
                "{name:<width$}  {:>8}  ({}–{})",
                percent(odds.share),
                percent(odds.low),
                percent(odds.high)
            );
        }
        if !self.open {
            text.push_str(pick(
                "\nInget av valen står öppet för det här meritvärdet, så det finns inga chanser att ange.\n",
                "\nNo choice is open to this merit, so there are no odds to tell.\n",
            ));
        }
        if self.choices.iter().any(|choice| !choice.open) {
            text.push_str(pick(
                "\nMer än meritvärde: prov, plats på fri kvot, ett visst betyg eller ordning som görs för hand.\n",
                "\nMore than merit: a test, a place on a free quota, a certain grade or an order made by hand.\n",
            ));
        }
        text.push('\n');
        if self.open {
            self.write_method(&mut text, language);
        }
        text.push_str(pick("Arbetsmaterial, inget löfte.\n", "Working material, no promise.\n"));
        text
    }

    /// What the odds are counted over. Writing to a string cannot fail.
    fn write_method(&self, text: &mut String, language: Language) {
        let pick = |sv, en| language.pick(sv, en);
        let method = match self.method {
            "exact" => pick("bland alla sökande", "among all applicants"),
            _ => pick(
                "mot gränserna i varje lottning, som den sökande inte själv antas flytta",
                "against the cutoffs of each, which the applicant is taken not to move",
            ),
        };
        let _ = writeln!(
            text,
            "{} {} ({} {}), {method}; {}.",
            language.count(u64::from(self.draws)),
            pick("lottningar", "lotteries"),
            pick("frö", "seed"),
            self.seed,
            pick("inom parentes 95 % konfidens", "95 % confidence in parentheses"),
        );
    }
}

/// A mean, with the least and the greatest.
fn spread(Spread { mean, min, max }: Spread, language: Language) -> String {
    let tenths = (mean * 10.0).round() as u64;
    let decimal = language.pick(",", ".");
    let mean = format!("{}{decimal}{}", language.count(tenths / 10), tenths % 10);
    format!("{mean} ({}–{})", language.count(min), language.count(max))
}

/// The cutoffs that move furthest.
fn write_cutoffs(text: &mut String, study: &ScopeStudy, language: Language, top: usize) {
    let pick = |sv, en| language.pick(sv, en);
    let mut rows = study.widest();
    rows.truncate(top);
    if rows.is_empty() {
        return;
    }
    let head = [
        pick("antagningsgräns", "cutoff"),
        pick("full i", "full in"),
        pick("lägst", "lowest"),
        "5 %",
        "median",
        "95 %",
        pick("högst", "highest"),
        pick("publicerad", "published"),
    ];
    let score = |cutoff: Option<u64>| cutoff.map_or("–".to_owned(), |c| language.score(c));
    let row = |row: &CutoffSpread| {
        let shown =
            [row.min, row.percentile_5, row.median, row.percentile_95, row.max, row.published];
        let name = offer_name(&row.title, &row.quota_group);
        let full = language.count(u64::from(row.full_draws));
        [name, full].into_iter().chain(shown.map(score)).collect()
    };
    let head = head.map(str::to_owned).to_vec();
    let table: Vec<_> = std::iter::once(head).chain(rows.into_iter().map(row)).collect();
    text.push('\n');
    text.push_str(&aligned(&table, 1));
}
