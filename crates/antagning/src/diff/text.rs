//! A diff as people read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diff::offers::OfferHistory;
use crate::diff::transition::Transition;
use crate::diff::{Diff, Movement};
use crate::language::Language;

/// How many causes and offers a summary lists.
const LISTED: usize = 10;

/// The widest that a name stands in a table.
const WIDEST: usize = 48;

impl Diff {
    /// The counts of each movement, the chains by what they began with, and the offers that most
    /// came to and left.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut text = String::new();
        for transition in &self.transitions {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} → {}\n", transition.from, transition.to);
            transition.movements(language, &mut text);
            transition.causes(language, &mut text);
        }
        self.offers_that_changed(language, &mut text);
        let notice = language.pick("arbetsmaterial, inte för publicering", Self::NOTICE);
        let _ = writeln!(text, "{notice}");
        text
    }

    fn offers_that_changed(&self, language: Language, text: &mut String) {
        let mut changed: Vec<&OfferHistory> =
            self.offers.iter().filter(|offer| offer.turnover() > 0).collect();
        if changed.is_empty() {
            return;
        }
        // The order of ids breaks ties.
        changed.sort_by_key(|offer| std::cmp::Reverse(offer.turnover()));
        changed.truncate(LISTED);
        let pick = |sv, en| language.pick(sv, en);
        let title = pick("mest omsättning", "most changed offers");
        let names: Vec<String> = changed.iter().map(|offer| shortened(&offer.title())).collect();
        let width = names.iter().map(|n| n.chars().count()).chain([title.chars().count()]).max();
        let width = width.unwrap_or(0);
        let _ = write!(text, "{title:<width$}");
        for run in &self.runs {
            let _ = write!(text, "  {:>width$}", run.label, width = run.label.len().max(9));
        }
        let (came, left) = (pick("kom", "came"), pick("lämnade", "left"));
        let _ = writeln!(text, "  {came:>6}  {left:>8}");
        for (offer, name) in changed.iter().zip(&names) {
            let _ = write!(text, "{name:<width$}");
            for (run, figures) in self.runs.iter().zip(&offer.runs) {
                let admitted = figures.as_ref().map_or("–".to_owned(), |figures| {
                    format!("{}/{}", figures.admitted, figures.seats)
                });
                let _ = write!(text, "  {admitted:>width$}", width = run.label.len().max(9));
            }
            let [came, left] = [0, 1].map(|side| offer.traffic.iter().map(|t| t[side]).sum());
            let (came, left): (u32, u32) = (came, left);
            let _ = writeln!(text, "  {came:>6}  {left:>8}");
        }
        let legend = pick("antagna/platser i varje körning", "admitted/seats in each run");
        let _ = writeln!(text, "{legend}\n");
    }
}

impl Transition {
    fn movements(&self, language: Language, text: &mut String) {
        let counts = &self.counts;
        let all: u64 = counts.movements.values().sum();
        for movement in Movement::ALL {
            let count = counts.movements.get(movement.name()).copied().unwrap_or(0);
            line(text, language, movement.label(language), count, Some(all));
        }
        let pick = |sv, en| language.pick(sv, en);
        for (label, count) in [
            (pick("nya sökande", "applicants added"), counts.applicants_added),
            (pick("sökande borta", "applicants removed"), counts.applicants_removed),
            (pick("nya utbildningar", "programmes added"), counts.programmes_added),
            (pick("utbildningar borta", "programmes removed"), counts.programmes_removed),
        ] {
            if count > 0 {
                line(text, language, label, count, None);
            }
        }
        text.push('\n');
    }

    fn causes(&self, language: Language, text: &mut String) {
        if self.chains.is_empty() {
            return;
        }
        let pick = |sv, en| language.pick(sv, en);
        let longest = self.chains.iter().map(|chain| chain.steps.len()).max().unwrap_or(0);
        let cycles = self.chains.iter().filter(|chain| chain.is_cycle).count();
        line(text, language, pick("kedjor", "chains"), self.chains.len() as u64, None);
        line(text, language, pick("  längsta", "  longest"), longest as u64, None);
        line(text, language, pick("  byten i ring", "  cycles"), cycles as u64, None);
        let mut causes: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
        for chain in &self.chains {
            let sums = causes.entry(chain.root.cause).or_default();
            sums[0] += 1;
            sums[1] += chain.steps.len() as u64;
        }
        let mut causes: Vec<_> = causes.into_iter().collect();
        causes.sort_by_key(|(_, sums)| std::cmp::Reverse(*sums));
        let title = pick("början", "began with");
        let heads = [pick("kedjor", "chains"), pick("flyttar", "moves")];
        let _ = writeln!(text, "\n{title:<26}{:>10}{:>10}", heads[0], heads[1]);
        for (cause, [chains, moves]) in causes {
            let cause = cause_label(cause, language);
            let (chains, moves) = (language.count(chains), language.count(moves));
            let _ = writeln!(text, "{cause:<26}{chains:>10}{moves:>10}");
        }
        text.push('\n');
    }
}

impl Movement {
    fn label(self, language: Language) -> &'static str {
        let (sv, en) = match self {
            Self::NewlyPlaced => ("nya antagna", "newly placed"),
            Self::MovedUp => ("flyttade upp", "moved up"),
            Self::MovedDown => ("flyttade ner", "moved down"),
            Self::Changed => ("annan lista, annan plats", "changed by another list"),
            Self::LostSeat => ("förlorade platsen", "lost the seat"),
            Self::Left => ("lämnade", "left"),
            Self::OtherGroup => ("annan kvotgrupp", "other quota group"),
            Self::Unchanged => ("oförändrade", "unchanged"),
        };
        language.pick(sv, en)
    }
}

fn line(text: &mut String, language: Language, label: &str, count: u64, of: Option<u64>) {
    let share = of.map_or(String::new(), |whole| language.share(count, whole));
    let count = language.count(count);
    let line = format!("{label:<26}{count:>10}{share:>10}");
    let _ = writeln!(text, "{}", line.trim_end());
}

/// What people call a cause.
fn cause_label(cause: &'static str, language: Language) -> &'static str {
    let (sv, en) = match cause {
        "withdrawal" => ("återtagen ansökan", "withdrawal"),
        "answer" => ("nej eller inget svar", "declined or no answer"),
        "no_show" => ("kom inte", "no-show"),
        "late_application" => ("sen ansökan", "late application"),
        "changed_choices" => ("ändrade val", "changed choices"),
        "new_grade" => ("nytt betyg", "new grade"),
        "grade_corrected" => ("rättat betyg", "grade corrected"),
        "appeal_won" => ("vunnet överklagande", "appeal won"),
        "seat_filled" => ("placerad för hand", "seat filled by hand"),
        "seats_added" => ("fler platser", "seats added"),
        "seats_removed" => ("färre platser", "seats removed"),
        "offer_closed" => ("stängd utbildning", "offer closed"),
        "offer_added" => ("ny utbildning", "offer added"),
        "offer_removed" => ("utbildning borta", "offer removed"),
        "vacant_seat" => ("ledig plats", "vacant seat"),
        "trade" => ("byte i ring", "trade"),
        "score_raised" => ("högre poäng", "higher score"),
        "score_lowered" => ("lägre poäng", "lower score"),
        "keys_changed" => ("annan turordning", "other order keys"),
        "eligibility_changed" => ("ändrad behörighet", "eligibility changed"),
        "reception_changed" => ("ändrat mottagande", "reception changed"),
        "choice_restored" => ("val som gäller igen", "choice restored"),
        "applicant_added" => ("ny sökande", "applicant added"),
        "applicant_removed" => ("sökande borta", "applicant removed"),
        "settings" => ("andra inställningar", "other settings"),
        "unexplained" => ("oförklarad", "unexplained"),
        other => (other, other),
    };
    language.pick(sv, en)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= WIDEST {
        return name.to_owned();
    }
    let short: String = name.chars().take(WIDEST - 1).collect();
    format!("{}…", short.trim_end())
}
