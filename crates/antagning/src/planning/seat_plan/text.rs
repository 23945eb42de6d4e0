//! A plan as people read it.

use std::fmt::Write as _;

use crate::aligned::{aligned, offer_name};
use crate::language::Language;
use crate::planning::seat_plan::{Figures, PlannedOffer, PlannedStep, SeatPlan};

/// Offers of a chain that the table shows.
const SHOWN_OF_CHAIN: usize = 5;

impl SeatPlan {
    /// What the plan comes to, and the offers where it changes most, `top` of them.
    #[must_use]
    pub fn to_text(&self, language: Language, top: usize) -> String {
        let mut text = String::new();
        self.write_figures(&mut text, language);
        self.write_offers(&mut text, language, top);
        text
    }

    /// The offers whose seats the plan changes, those first where it changes most.
    pub(crate) fn most_changed(&self) -> Vec<&PlannedOffer> {
        let mut offers: Vec<&PlannedOffer> = self.programmes.iter().collect();
        // The order of the table breaks ties, so that it is the same everywhere.
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.added.abs()));
        offers
    }

    // Writing to a string cannot fail.
    fn write_figures(&self, text: &mut String, language: Language) {
        let pick = |sv, en| language.pick(sv, en);
        let columns = [pick("före", "before"), pick("girigt", "greedy"), pick("plan", "plan")];
        let _ = writeln!(
            text,
            "{:<32}{:>12}{:>12}{:>12}",
            format!("{} {}", pick("mål:", "objective:"), self.objective),
            columns[0],
            columns[1],
            columns[2]
        );
        let all = [self.figures.before, self.figures.greedy, self.figures.after];
        let mut row = |name: &str, figure: fn(Figures) -> u64| {
            let _ = write!(text, "{name:<32}");
            for figures in all {
                let _ = write!(text, "{:>12}", language.count(figure(figures)));
            }
            text.push('\n');
        };
        row(pick("antagna", "placed"), |figures| figures.placed);
        row(pick("inte antagna", "unplaced"), |figures| figures.unplaced);
        row(pick("förstahandsval", "first choices"), |figures| figures.first_choices);
        row(pick("summa av rangnummer", "sum of choice ranks"), |figures| figures.ranks);
        if all.iter().any(|figures| figures.labour > 0) {
            row(pick("arbetsmarknadens behov", "labour market's need"), |figures| figures.labour);
        }
        let bound = self.bound.map_or(String::new(), |bound| {
            format!(
                "; {} {}",
                pick("ingen plan kan nå förbi", "no plan can pass"),
                number(language, bound)
            )
        });
        let _ = writeln!(
            text,
            "\n{} {} → {}{bound}. {} {} {} {}; {} {} {} {}.",
            pick("Målet:", "The objective:"),
            number(language, self.before),
            number(language, self.after),
            pick("Ändrade platser:", "Seats changed:"),
            self.seats_changed,
            pick("av", "of"),
            self.seats_asked,
            pick("sökning:", "search:"),
            language.count(self.rounds),
            pick("varv med frö", "rounds with seed"),
            self.seed,
        );
    }

    fn write_offers(&self, text: &mut String, language: Language, top: usize) {
        if self.programmes.is_empty() {
            let _ = writeln!(
                text,
                "\n{}",
                language.pick("Inga platser ändras.", "No seats are changed.")
            );
            return;
        }
        let pick = |sv, en| language.pick(sv, en);
        let offers = self.most_changed();
        let shown = &offers[..top.min(offers.len())];
        let head = [
            pick("utbildning", "offer"),
            pick("platser", "seats"),
            pick("blir", "become"),
            pick("ändring", "change"),
            pick("målet", "objective"),
            pick("antagna", "placed"),
        ];
        let row = |offer: &&PlannedOffer| {
            let sum = |figure: fn(&PlannedStep) -> i64| -> String {
                format!("{:+}", self.steps_at(offer).map(figure).sum::<i64>())
            };
            vec![
                offer_name(&offer.title, &offer.quota_group),
                offer.seats_before.to_string(),
                offer.seats_after.to_string(),
                format!("{:+}", offer.added),
                sum(|step| step.gain),
                sum(|step| step.placed),
            ]
        };
        let chain = |offer: &&PlannedOffer| {
            let path = self.steps_at(offer).next().map_or(&[][..], |step| &step.path);
            let shown = path[..path.len().min(SHOWN_OF_CHAIN)].join(" → ");
            if path.len() > SHOWN_OF_CHAIN { shown + " → …" } else { shown }
        };
        let head = head.map(str::to_owned).to_vec();
        let rows: Vec<_> = std::iter::once(head).chain(shown.iter().map(row)).collect();
        let last =
            pick("kedjan efter den första platsen", "the chain of the first seat").to_owned();
        let chains = std::iter::once(last).chain(shown.iter().map(chain));
        text.push('\n');
        for (line, chain) in aligned(&rows, 1).lines().zip(chains) {
            let _ = writeln!(text, "{line}  {}", chain.replace(char::is_control, " "));
        }
        let rest = offers.len() - shown.len();
        let rest = match language {
            _ if rest == 0 => String::new(),
            Language::Sv => format!("{rest} till. "),
            Language::En => format!("{rest} more. "),
        };
        let word = pick("Arbetsmaterial, inget beslut.", "Working material, no decision.");
        let _ = writeln!(text, "\n{rest}{word}");
    }
}

impl SeatPlan {
    /// The steps at an offer or quota group, those that gain most first.
    fn steps_at<'p>(&'p self, offer: &'p PlannedOffer) -> impl Iterator<Item = &'p PlannedStep> {
        self.steps.iter().filter(|step| {
            (&step.programme_id, &step.quota_group) == (&offer.programme_id, &offer.quota_group)
        })
    }
}

/// A number with a space between thousands.
fn number(language: Language, number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", language.count(number.unsigned_abs()))
}
