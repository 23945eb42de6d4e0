//! Statuses, reasons and limits in a few words each.

use antagning_rules::{Reason, Status};

use crate::language::Language;
use crate::what_if::counterfactual::ChoiceOutcome;
use crate::what_if::offers::Limit;
use crate::what_if::view::{Change, Seat};

/// A status as it stands in files.
fn status(language: Language, name: &str) -> &'static str {
    let status = Status::ALL.into_iter().find(|status| status.name() == name);
    let (sv, en) = match status {
        Some(Status::Admitted) => ("antagen", "admitted"),
        Some(Status::Reserve) => ("reserv", "reserve"),
        Some(Status::Ineligible) => ("obehörig", "not eligible"),
        Some(Status::NotReceived) => ("ej mottagen", "not received"),
        Some(Status::Struck) => ("struken", "struck"),
        Some(Status::Withdrawn) => ("återtaget", "withdrawn"),
        None => ("–", "–"),
    };
    language.pick(sv, en)
}

/// A reason as it stands in files; empty where the status says it all.
fn reason(language: Language, name: &str) -> &'static str {
    let Some(reason) = Reason::ALL.into_iter().find(|reason| reason.name() == name) else {
        return "";
    };
    let (sv, en) = match reason {
        Reason::SeatsForAll => ("platser till alla", "seats for all"),
        Reason::AheadOfOthers => ("före andra", "ahead of others"),
        Reason::BelowCutoff => ("under gränsen", "below the cutoff"),
        Reason::LostTie => ("lika poäng, sämre i nästa led", "equal, behind in a later key"),
        Reason::SecondHand => ("i andra hand", "in second hand"),
        Reason::Late => ("för sen", "late"),
        Reason::SeatsGivenByHand => ("platserna getts för hand", "seats given by hand"),
        Reason::NoSeats => ("inga platser", "no seats"),
        Reason::RequiredSubjectsMissing => ("ämnen saknas", "subjects missing"),
        Reason::TooFewPasses => ("för få godkända", "too few passes"),
        Reason::TooOld => ("för gammal", "too old"),
        Reason::FinishedProgramme => ("har gått ut ett program", "has finished a programme"),
        Reason::UnfinishedCompulsorySchool => {
            ("grundskolan inte avslutad", "compulsory school unfinished")
        }
        Reason::NoRightToEducation => ("utan rätt till utbildning", "no right to education"),
        Reason::NotReceived | Reason::Withdrawn => ("", ""),
        Reason::AdmittedHigher => ("antagen högre upp", "admitted higher"),
        Reason::PlacedByHand => ("placerad för hand", "placed by hand"),
        Reason::NoGroupOpen => ("ingen kvotgrupp öppen", "no quota group open"),
        Reason::EligibleForTarget => ("behörig till målet", "eligible for the target"),
        Reason::TooLowMean => ("för lågt medelvärde", "mean too low"),
        Reason::IndividualPlacement => ("enskild placering", "placed one by one"),
        Reason::BehindOnList => ("längre ner på listan", "behind on the list"),
        Reason::EqualsRejected => ("likar avvisas", "equals rejected"),
        Reason::HoldsSeat => ("har platsen", "holds the seat"),
        Reason::SeatsHeld => ("platserna innehas", "seats are held"),
        Reason::OfferedByPhone => ("erbjuds per telefon", "offered by phone"),
        Reason::SeatsByPhone => ("andra rings först", "others are phoned first"),
        Reason::AnsweredNo => ("tackat nej", "declined"),
        Reason::NoShow => ("kom inte", "did not come"),
        Reason::NotWaiting => ("väntar inte", "not waiting"),
        Reason::OfferClosed => ("stängt", "closed"),
    };
    language.pick(sv, en)
}

/// The outcome of a choice: `reserve 3, below the cutoff`.
pub(super) fn outcome(language: Language, outcome: Option<&ChoiceOutcome>) -> String {
    let Some(outcome) = outcome else {
        return language.pick("inte sökt", "not chosen").to_owned();
    };
    let mut text = status(language, outcome.status).to_owned();
    if let Some(position) = outcome.reserve_position {
        text += &format!(" {position}");
    }
    match reason(language, outcome.reason) {
        "" => text,
        reason => format!("{text}, {reason}"),
    }
}

/// A programme or quota group: `Naturvetenskap, Norra [na], betyg`.
pub(super) fn place(title: &str, programme_id: &str, quota_group: &str) -> String {
    let id = if title == programme_id { String::new() } else { format!(" [{programme_id}]") };
    let group = if quota_group.is_empty() { String::new() } else { format!(", {quota_group}") };
    format!("{title}{id}{group}")
}

/// A seat with its rank: `2 Naturvetenskap, Norra [na]`; `–` for none.
pub(super) fn ranked(seat: Option<&Seat>, name: impl Fn(&Seat) -> String) -> String {
    seat.map_or("–".to_owned(), |seat| format!("{} {}", seat.choice_rank, name(seat)))
}

/// A seat without its rank.
pub(super) fn seat(seat: &Seat) -> String {
    place(&seat.title, &seat.programme_id, &seat.quota_group)
}

/// A seat in a sentence, or that there is none.
pub(super) fn placed(language: Language, seat: Option<&Seat>) -> String {
    match seat {
        Some(seat) => {
            let choice = language.pick("val", "choice");
            format!("{} ({choice} {})", self::seat(seat), seat.choice_rank)
        }
        None => language.pick("ingen plats", "no seat").to_owned(),
    }
}

pub(super) fn change(language: Language, change: Change) -> &'static str {
    match change {
        Change::Better => language.pick("bättre", "better"),
        Change::Worse => language.pick("sämre", "worse"),
        Change::Same => language.pick("samma", "same"),
        Change::OtherList => language.pick("annan lista", "other list"),
    }
}

/// A cutoff, or why there is none.
pub(super) fn limit(language: Language, limit: &Limit) -> String {
    if let Some(cutoff) = &limit.cutoff {
        return match language {
            Language::Sv => cutoff.replace('.', ","),
            Language::En => cutoff.clone(),
        };
    }
    let (sv, en) = match limit.kind {
        "all_eligible_admitted" => ("alla", "all"),
        "manual" => ("för hand", "by hand"),
        "by_group" => ("per grupp", "by group"),
        _ => ("–", "–"),
    };
    language.pick(sv, en).to_owned()
}
