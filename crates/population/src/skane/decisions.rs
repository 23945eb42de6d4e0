//! What humans decide about the people of the season, with reason and date.

use super::cases::Case;
use super::lists::List;
use super::people::Person;
use super::published::Published;
use super::trials::Trial;
use crate::cohort::SUBJECTS;

/// A decision as `decisions.csv` has it.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    /// The offer that it is about; `None` for the whole application.
    pub(crate) offer: Option<usize>,
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) reason: &'static str,
    pub(crate) date: &'static str,
}

const RESIDENCE: &str = "Bosatt utanför samverkansområdet (SkolL 16:43)";
const SPRING: &str = "2025-06-12";
const JUNE: &str = "2025-06-24";

impl Decision {
    fn new(offer: Option<usize>, kind: &'static str, reason: &'static str) -> Self {
        Self { offer, kind, value: String::new(), reason, date: JUNE }
    }

    fn with_value(self, value: impl ToString) -> Self {
        Self { value: value.to_string(), ..self }
    }

    fn on(self, date: &'static str) -> Self {
        Self { date, ..self }
    }
}

/// All decisions about a person.
pub(crate) fn decisions(
    published: &Published,
    person: &Person,
    list: &List,
    trials: &[(usize, Trial)],
) -> Vec<Decision> {
    let mut decisions = reception(published, person, list);
    decisions.extend(about_case(person, list));
    decisions.extend(trials.iter().filter_map(|(offer, trial)| about_trial(*offer, *trial)));
    decisions
}

/// How somebody from outside the area is received, in one row where it is the same everywhere.
fn reception(published: &Published, person: &Person, list: &List) -> Vec<Decision> {
    const OWN_REASONS: &str = "Särskilda skäl: personliga förhållanden (SkolL 16:44)";
    const NATIONWIDE: &str = "Riksrekryterande utbildning (SkolL 16:43)";
    const REFUSED: &str = "Utbildningen erbjuds i hemkommunen, som avstyrker (SkolL 16:48)";
    if !published.is_outside(person.home) {
        return Vec::new();
    }
    let municipal = list.offers.iter().copied().filter(|o| !published.offers[*o].independent);
    let of_choice = |offer: usize| {
        let own = person.case == Case::OwnReasons && person.is_admitted_to(offer);
        let (kind, reason) = match () {
            () if list.dropped == Some(offer) => ("not_received", REFUSED),
            () if own => ("first_hand", OWN_REASONS),
            () if !published.is_second_hand(person.home, offer) => ("first_hand", NATIONWIDE),
            () => ("second_hand", RESIDENCE),
        };
        Decision::new(Some(offer), kind, reason)
    };
    let rows: Vec<Decision> = municipal.map(of_choice).collect();
    let alike = rows.len() > 1 && rows.iter().all(|row| row.kind == "second_hand");
    if alike { vec![Decision::new(None, "second_hand", RESIDENCE)] } else { rows }
}

/// What the person's own case asks for.
fn about_case(person: &Person, list: &List) -> Option<Decision> {
    let here = person.admitted_to();
    let decision = match person.case {
        Case::None | Case::TooOld | Case::NotReceived | Case::OwnReasons => return None,
        Case::EnglishExemption => {
            let reason = "Saknade undervisning i engelska under stor del av grundskolan; bedöms \
                          klara utbildningen (SkolL 16:32)";
            Decision::new(here, "english_exemption", reason).on(SPRING)
        }
        Case::EquivalentKnowledge(subject) => {
            let reason = "Motsvarande kunskaper från skola utomlands (SkolL 16:33)";
            Decision::new(None, "equivalent_knowledge", reason)
                .with_value(SUBJECTS[subject])
                .on(SPRING)
        }
        Case::NordicApplicant => {
            let reason = "Sökande från nordiskt land utan betyg i svenska";
            Decision::new(None, "nordic_applicant", reason).on(SPRING)
        }
        Case::NewGrade(subject) => {
            let letter = person.sheet.letter(subject)?;
            Decision::new(None, "new_grade", "Betyg efter lovskola i juni (GyF 7:4)")
                .with_value(format_args!("{}={letter}", SUBJECTS[subject]))
                .on("2025-06-27")
        }
        Case::DanceTraining => {
            let reason = "Förberedande dansarutbildning med jämkad timplan (GyF 7:4)";
            Decision::new(None, "dance_training", reason).on(SPRING)
        }
        Case::Withdraws => {
            Decision::new(Some(list.dropped?), "withdrawal", "Sökanden återtar valet")
                .on("2025-06-18")
        }
        Case::PlacedByHand => {
            let reason = "Plats som återstår ges efter yttrande från hemkommunen (SkolL 16:47)";
            Decision::new(here, "manual_placement", reason)
        }
        Case::Finished => {
            let reason = "Har slutfört ett nationellt program (SkolL 15:6)";
            Decision::new(None, "finished_programme", reason).on(SPRING)
        }
        Case::WithdrawsAll => {
            Decision::new(None, "withdrawal", "Flyttar från området").on("2025-06-18")
        }
    };
    Some(decision)
}

fn about_trial(offer: usize, trial: Trial) -> Option<Decision> {
    const COMPARISON: &str = "Betyg som inte utan vidare kan jämföras (GyF 7:3 p. 2)";
    const CIRCUMSTANCES: &str = "Särskilda omständigheter enligt utlåtande (GyF 7:3 p. 1)";
    let here = Some(offer);
    match trial {
        Trial::Test { .. } => None,
        Trial::Approved => {
            let reason = "Godkänd av skolan och förbundet (GyF 5:26, 5:30)";
            Some(Decision::new(here, "sport_approval", reason).on("2025-04-10"))
        }
        Trial::Listed(rank) => {
            let reason = if rank.is_multiple_of(2) { COMPARISON } else { CIRCUMSTANCES };
            Some(Decision::new(here, "free_quota_rank", reason).with_value(rank))
        }
        Trial::Placed => {
            Some(Decision::new(here, "manual_placement", "Placering efter nämndens beslut"))
        }
    }
}
