//! People about whom somebody has to decide something.

use super::published::Offer;
use super::roles::Role;
use super::selection::Last;
use crate::cohort::{EN, Needs, SV, SVA, Sheet};
use crate::random::Draws;

/// What makes a person a case of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    None,
    /// Exempt from English at the offer that admits them.
    EnglishExemption,
    /// Has learnt that subject otherwise than at school.
    EquivalentKnowledge(usize),
    /// Comes from a Nordic country and has no grade in Swedish.
    NordicApplicant,
    /// Has passed that subject after the final grades.
    NewGrade(usize),
    /// Comes from preparatory dance education.
    DanceTraining,
    /// Withdraws a choice that stands above.
    Withdraws,
    /// Lives outside the area; a municipal school does not receive them.
    NotReceived,
    /// Lives outside the area; received in first hand for reasons of their own.
    OwnReasons,
    /// Lives outside the area; has a seat that was left, by name.
    PlacedByHand,
    /// Has finished a national programme.
    Finished,
    TooOld,
    /// Withdraws the whole application.
    WithdrawsAll,
}

/// The case of somebody whom the offer admits in that role, drawn; most are none.
pub(crate) fn case(
    draws: &mut Draws,
    offer: &Offer,
    full: bool,
    needs: &Needs,
    role: &Role,
    outside: bool,
) -> Case {
    let draw = draws.unit();
    if outside {
        return match () {
            () if offer.independent || offer.is_nationwide() => match draw {
                0.0..0.25 => Case::NotReceived,
                _ => Case::None,
            },
            () if full => Case::OwnReasons,
            () => match draw {
                0.0..0.2 => Case::PlacedByHand,
                0.2..0.35 => Case::NotReceived,
                _ => Case::None,
            },
        };
    }
    let dance = offer.name.contains("Dans") && matches!(offer.last_group(), Last::Sum(_));
    if dance && role.steps.is_multiple_of(8) && (80..=112).contains(&role.steps) {
        return Case::DanceTraining;
    }
    // With a subject fewer there is less to reach a high merit by.
    let modest = role.steps <= 100 && !role.by_first;
    match draw {
        0.0..0.002 if modest => Case::EnglishExemption,
        0.002..0.0035 if modest => {
            let others: Vec<usize> =
                needs.subjects().iter().copied().filter(|subject| *subject != EN).collect();
            others
                .get(draws.below(others.len()))
                .map_or(Case::None, |s| Case::EquivalentKnowledge(*s))
        }
        0.0035..0.0043 if modest => Case::NordicApplicant,
        // The subject is chosen when there are grades.
        0.0043..0.009 => Case::NewGrade(0),
        0.009..0.014 => Case::Withdraws,
        _ => Case::None,
    }
}

impl Case {
    /// The n-th case of somebody who takes no part.
    pub(crate) fn out(index: u32) -> Self {
        match index {
            0..6 => Self::Finished,
            6..12 => Self::TooOld,
            _ => Self::WithdrawsAll,
        }
    }

    /// The year of birth that goes with it.
    pub(crate) fn birth_year(self) -> Option<u16> {
        match self {
            Self::Finished => Some(2006),
            Self::TooOld => Some(2005),
            _ => None,
        }
    }

    /// A sheet with that merit that the case fits to, and the case when it does.
    pub(crate) fn sheet(self, draws: &mut Draws, steps: u32, needs: &Needs) -> (Sheet, Self) {
        match self {
            Self::EnglishExemption => (Sheet::with_merit(draws, steps, needs, &[EN]), self),
            Self::EquivalentKnowledge(subject) => {
                (Sheet::with_merit(draws, steps, needs, &[subject]), self)
            }
            Self::NordicApplicant => (Sheet::with_merit(draws, steps, needs, &[SV, SVA]), self),
            Self::DanceTraining => (Sheet::of_dancer(draws, steps, needs), self),
            Self::NewGrade(_) => {
                let sheet = Sheet::with_merit(draws, steps, needs, &[]);
                let just_passed: Vec<usize> = needs
                    .subjects()
                    .iter()
                    .copied()
                    .filter(|subject| sheet.letter(*subject) == Some('E'))
                    .collect();
                let subject = just_passed.get(draws.below(just_passed.len()));
                (sheet, subject.map_or(Self::None, |subject| Self::NewGrade(*subject)))
            }
            _ => (Sheet::with_merit(draws, steps, needs, &[]), self),
        }
    }

    /// The sheet as eligibility takes it at every offer.
    pub(crate) fn as_if(self, sheet: &Sheet) -> Sheet {
        match self {
            Self::EquivalentKnowledge(subject) => sheet.with_pass(subject),
            Self::NordicApplicant => sheet.with_pass(SV),
            _ => *sheet,
        }
    }

    /// The sheet as the school reported it.
    pub(crate) fn reported(self, sheet: &Sheet) -> Sheet {
        match self {
            Self::NewGrade(subject) => sheet.before_passing(subject),
            _ => *sheet,
        }
    }
}
