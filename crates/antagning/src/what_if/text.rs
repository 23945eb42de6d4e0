//! A counterfactual as people read it.

use std::fmt::Write as _;

use crate::aligned::aligned;
use crate::language::Language;
use crate::what_if::counterfactual::Counterfactual;
use crate::what_if::remedy::{AddedSeat, ByHand};
use crate::what_if::supposition::{Replaced, Supposition};
use crate::what_if::view::{Change, Moved, Seat};
use crate::what_if::words;

impl Counterfactual {
    /// The account: the applicant, everybody else, the offers, and the seat to add. It names
    /// other applicants.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let parts = [
            self.head(language),
            self.applicant(language),
            self.others(language),
            self.figures(language),
            self.warnings.iter().map(|warning| format!("{}\n", warning.message)).collect(),
            self.remedy(language),
            self.by_hand(language),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n")
    }

    fn head(&self, language: Language) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        for supposed in &self.supposed {
            let about = language.pick("Antaget om", "Supposed about");
            let _ = writeln!(text, "{about} {}: {}", self.applicant_id, of(language, supposed));
        }
        for replaced in &self.replaced {
            let instead = language.pick("I stället för", "Instead of");
            let _ = writeln!(text, "{instead} {}", replaced_text(language, replaced));
        }
        let round = &self.round;
        let run = &self.manifest_sha256[..12.min(self.manifest_sha256.len())];
        text += &match language {
            Language::Sv => format!(
                "Samma lottning som körningen {run} ({round}). Arbetsmaterial som namnger andra \
                 sökande; inget beslut.\n"
            ),
            Language::En => format!(
                "The same draw of lots as the run {run} ({round}). Working material that names \
                 other applicants; no decision.\n"
            ),
        };
        if self.moves == "by_phone" {
            text += language.pick(
                "I den här omgången flyttas ingen utan att bli uppringd: en plats är ett \
                 erbjudande.\n",
                "In this round nobody is moved without a call: a seat is an offer.\n",
            );
        }
        text
    }

    fn applicant(&self, language: Language) -> String {
        let id = &self.applicant_id;
        let before = words::placed(language, self.before.as_ref());
        let after = words::placed(language, self.after.as_ref());
        let mut text = match (self.change, language) {
            (Change::Same, Language::Sv) => format!("{id} hade fått detsamma: {after}.\n"),
            (Change::Same, Language::En) => format!("{id} would have had the same: {after}.\n"),
            (change, Language::Sv) => format!(
                "{id} hade fått {after} i stället för {before}: {}.\n",
                words::change(language, change)
            ),
            (change, Language::En) => format!(
                "{id} would have had {after} instead of {before}: {}.\n",
                words::change(language, change)
            ),
        };
        let head = ["val", "i körningen", "då"];
        let head = if language == Language::Sv { head } else { ["choice", "in the run", "then"] };
        let rows = self.choices.iter().map(|choice| {
            let rank =
                choice.after.as_ref().map_or("–".to_owned(), |c| c.choice_rank.to_string());
            let title = words::place(&choice.title, &choice.programme_id, "");
            vec![
                format!("{rank} {title}"),
                words::outcome(language, choice.before.as_ref()),
                words::outcome(language, choice.after.as_ref()),
            ]
        });
        text += &table(&head, rows.collect());
        text
    }

    fn others(&self, language: Language) -> String {
        let count = |change| self.others.iter().filter(|moved| moved.change == change).count();
        let (better, worse) = (count(Change::Better), count(Change::Worse));
        if self.others.is_empty() {
            return language
                .pick(
                    "Ingen annan hade placerats annorlunda.\n",
                    "Nobody else would be placed otherwise.\n",
                )
                .to_owned();
        }
        let sum = match language {
            Language::Sv => format!(
                "Andra som hade placerats annorlunda: {} ({better} bättre, {worse} sämre).\n",
                self.others.len()
            ),
            Language::En => format!(
                "Others who would be placed otherwise: {} ({better} better, {worse} worse).\n",
                self.others.len()
            ),
        };
        sum + &moves(language, &self.others)
    }

    fn figures(&self, language: Language) -> String {
        if self.offers.is_empty() {
            return String::new();
        }
        let head = match language {
            Language::Sv => ["utbildning", "gräns", "då", "antagna", "då"],
            Language::En => ["offer", "cutoff", "then", "admitted", "then"],
        };
        let rows = self.offers.iter().map(|offer| {
            vec![
                words::place(&offer.title, &offer.programme_id, &offer.quota_group),
                words::limit(language, &offer.before),
                words::limit(language, &offer.after),
                offer.before.admitted.to_string(),
                offer.after.admitted.to_string(),
            ]
        });
        table(&head, rows.collect())
    }

    fn remedy(&self, language: Language) -> String {
        let remedy = &self.remedy;
        let Some(added) = &remedy.seat else {
            return language
                .pick(
                    "Ingen plats behöver läggas till: ingen förlorar en plats.\n",
                    "No seat needs to be added: nobody loses one.\n",
                )
                .to_owned();
        };
        let mut text = language
            .pick(
                "Plats att lägga till för att ingen ska förlora en: ",
                "Seat to add so that nobody loses one: ",
            )
            .to_owned();
        text += &format!("{}.\n", seat_text(added));
        let id = &self.applicant_id;
        let seat = words::placed(language, remedy.applicant.as_ref());
        text += &match (language, remedy.others.len()) {
            (Language::Sv, 0) => format!("{id} får då {seat}; ingen annan flyttas.\n"),
            (Language::En, 0) => format!("{id} then has {seat}; nobody else moves.\n"),
            (Language::Sv, n) => format!("{id} får då {seat}; {n} andra får det bättre:\n"),
            (Language::En, n) => format!("{id} then has {seat}; {n} others are better off:\n"),
        };
        text += &moves(language, &remedy.others);
        text
    }

    fn by_hand(&self, language: Language) -> String {
        // With nobody moving up the seat added is the same as a placement by hand.
        let differs = !self.remedy.others.is_empty() || self.remedy.seat.is_none();
        let Some(by_hand) = self.remedy.by_hand.as_ref().filter(|_| differs) else {
            return String::new();
        };
        let ByHand { seat, leaves, waiting } = by_hand;
        let id = &self.applicant_id;
        let place = words::place(&seat.title, &seat.programme_id, &seat.quota_group);
        let mut text = match (language, seat.seats_after - seat.seats_before) {
            (Language::Sv, 0) => {
                format!("Eller för hand: {id} placeras på den lediga platsen vid {place}")
            }
            (Language::En, 0) => {
                format!("Or by hand: {id} is placed on the vacant seat at {place}")
            }
            (Language::Sv, _) => {
                format!("Eller för hand: {id} placeras vid {}", seat_text(seat))
            }
            (Language::En, _) => format!("Or by hand: {id} is placed at {}", seat_text(seat)),
        };
        text += &leaves_text(language, leaves.as_ref(), *waiting);
        text
    }
}

/// What follows a placement by hand.
fn leaves_text(language: Language, leaves: Option<&Seat>, waiting: u32) -> String {
    let rest = match (leaves, language) {
        (None, Language::Sv) => "ingen annan flyttas".to_owned(),
        (None, Language::En) => "nobody else is moved".to_owned(),
        (Some(seat), Language::Sv) => format!(
            "ingen annan flyttas, och platsen vid {} står kvar för reservlistan (väntar: {waiting})",
            words::seat(seat)
        ),
        (Some(seat), Language::En) => format!(
            "nobody else is moved, and the seat at {} stays for the reserve list (waiting: {waiting})",
            words::seat(seat)
        ),
    };
    format!("; {rest}.\n")
}

/// What is supposed: `new_grade MA=C`, `first_hand at na`.
fn of(language: Language, supposed: &Supposition) -> String {
    let mut text = supposed.decision.clone();
    if !supposed.value.is_empty() {
        text += &format!(" {}", supposed.value);
    }
    if let Some(programme) = &supposed.programme_id {
        text += &format!(" {} {programme}", language.pick("vid", "at"));
    }
    text
}

fn replaced_text(language: Language, replaced: &Replaced) -> String {
    let Replaced { decision, programme_ids, value, line } = replaced;
    let value = if value.is_empty() { String::new() } else { format!(" {value}") };
    let (at, row) = (language.pick("vid", "at"), language.pick("rad", "line"));
    format!("{decision}{value} {at} {} (decisions.csv, {row} {line})", programme_ids.join(", "))
}

fn seat_text(seat: &AddedSeat) -> String {
    let place = words::place(&seat.title, &seat.programme_id, &seat.quota_group);
    format!("{place} ({} → {})", seat.seats_before, seat.seats_after)
}

fn moves(language: Language, moves: &[Moved]) -> String {
    let head = match language {
        Language::Sv => ["kedja", "sökande", "från (val)", "till (val)", ""],
        Language::En => ["chain", "applicant", "from (choice)", "to (choice)", ""],
    };
    let rows = moves.iter().map(|moved| {
        vec![
            moved.chain.to_string(),
            moved.applicant_id.clone(),
            words::ranked(moved.from.as_ref(), |seat| seat.programme_id.clone()),
            words::ranked(moved.to.as_ref(), words::seat),
            words::change(language, moved.change).to_owned(),
        ]
    });
    table(&head, rows.collect())
}

/// Rows below a head, aligned and indented; nothing without rows.
fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let columns = head.len();
    let lines: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    aligned(&lines, columns).lines().map(|line| format!("  {line}\n")).collect()
}
