//! What a scenario does to applicants and their lists.

use antagning_formats::{
    EditedApplicant, EditedChoice, EditedSeason, Edition, Listed, Season, Setting,
};
use antagning_rules::{Lottery, LotteryScope};

use crate::planning::simulation::draft::{Draft, ListChange};
use crate::planning::simulation::{cohort, taste};

/// The season that a draft makes.
pub(super) fn edited(season: &Season, draft: Draft<'_>) -> EditedSeason {
    let mut applicants = Edition::applicants_of(season);
    for change in &draft.lists {
        match change {
            ListChange::Open { offer, like, share, seed } => {
                let id = &draft.offers[*offer as usize].id;
                open(season, &mut applicants, (*offer, id), (*like, *share), seed);
            }
            ListChange::Taste { offer, weighed, seed } => {
                let id = &draft.offers[*offer as usize].id;
                taste::open(season, &mut applicants, (*offer, id), weighed, seed);
            }
            ListChange::Leave { municipality } => {
                applicants.retain(|applicant| home(season, applicant) != *municipality);
            }
            // Decisions change below.
            ListChange::Join { .. } => {}
            ListChange::Merge { from, into } => merge(&mut applicants, from, *into),
            ListChange::Cohort { scale, people, seed } => {
                applicants = cohort::scaled(season, applicants, (*scale, people), seed);
            }
        }
    }
    close(season, &mut applicants, &draft.gone);
    let mut place = 0;
    let places: Vec<u32> = draft
        .gone
        .iter()
        .map(|gone| {
            place += u32::from(!gone);
            place.wrapping_sub(1)
        })
        .collect();
    for choice in applicants.iter_mut().flat_map(|applicant| &mut applicant.choices) {
        choice.offer = places[choice.offer as usize];
    }
    let offers = draft.offers.into_iter().zip(&draft.gone);
    let offers = offers.filter(|(_, gone)| !**gone).map(|(offer, _)| offer).collect();
    let mut edited = Edition { offers, applicants }.apply(season);
    take_from_copies(&mut edited);
    for change in &draft.lists {
        if let ListChange::Join { municipality, offers } = change {
            receive(season, &mut edited, municipality, offers);
        }
    }
    let settings = &mut edited.season.settings;
    if let Some(keys) = draft.keys {
        settings.ranking_keys = Some(keys.to_vec());
        settings.ranking_at = Some(draft.keys_at);
    }
    let replace = |setting: &mut Option<Setting>, new: Option<&Setting>| {
        if let Some(new) = new {
            *setting = Some(new.clone());
        }
    };
    replace(&mut settings.lottery_seed, draft.seed);
    replace(&mut settings.lottery_scope, draft.scope);
    edited
}

fn home<'s>(season: &'s Season, applicant: &EditedApplicant) -> &'s str {
    let homes = season.applicants.as_ref().map(|known| &known.home_municipality);
    homes.map_or("", |homes| homes.get(applicant.source as usize))
}

/// How many a share of so many is, rounded half up.
pub(super) fn share_of(count: usize, ten_thousandths: u64) -> usize {
    ((2 * count as u64 * ten_thousandths + 10_000) / 20_000) as usize
}

/// The id of an applicant of the draft.
pub(super) fn id_of<'a>(season: &'a Season, applicant: &'a EditedApplicant) -> &'a str {
    let own = || season.applicant_ids.get(applicant.source as usize);
    applicant.copy.as_deref().unwrap_or_else(own)
}

/// The first of some applicants, given by their places, by a draw over seed, id and `what`; the same
/// people whatever their order.
pub(super) fn drawn(
    season: &Season,
    applicants: &[EditedApplicant],
    places: &[usize],
    count: usize,
    (seed, what): (&str, &str),
) -> Vec<(u64, usize)> {
    let lots = Lottery::new(seed, LotteryScope::Programme);
    let number = |at: usize| lots.number(id_of(season, &applicants[at]), what);
    let mut drawn: Vec<(u64, usize)> = places.iter().map(|at| (number(*at), *at)).collect();
    drawn.sort_unstable();
    drawn.truncate(count);
    drawn
}

/// A share of those who chose `like` choose the new offer just above or just below it.
fn open(
    season: &Season,
    applicants: &mut [EditedApplicant],
    (offer, id): (u32, &str),
    (like, share): (u32, u64),
    seed: &str,
) {
    let chose = |applicant: &EditedApplicant| {
        applicant
            .choices
            .iter()
            .position(|choice| choice.listed == Listed::Itself && choice.offer == like)
    };
    let places: Vec<usize> =
        (0..applicants.len()).filter(|at| chose(&applicants[*at]).is_some()).collect();
    let count = share_of(places.len(), share);
    for (number, at) in drawn(season, applicants, &places, count, (seed, id)) {
        let Some(position) = chose(&applicants[at]) else { continue };
        let below = number & 1 == 1;
        let listed = if below { Listed::Below } else { Listed::Above };
        let choices = &mut applicants[at].choices;
        let choice = EditedChoice { offer, listed, ..choices[position] };
        choices.insert(position + usize::from(below), choice);
    }
}

/// Choices of some offers become choices of one; of several in a list the most wanted stays.
fn merge(applicants: &mut [EditedApplicant], from: &[u32], into: u32) {
    for applicant in applicants {
        let mut met = false;
        applicant.choices.retain_mut(|choice| {
            if from.contains(&choice.offer) {
                choice.offer = into;
            }
            choice.offer != into || !std::mem::replace(&mut met, true)
        });
    }
}

/// Choices of closed offers are gone; a list that a new offer has made longer than the season
/// allows ends where it must.
fn close(season: &Season, applicants: &mut [EditedApplicant], gone: &[bool]) {
    let most = season.settings.most_choices.map_or(usize::MAX, |(most, _)| most as usize);
    for applicant in applicants {
        applicant.choices.retain(|choice| !gone[choice.offer as usize]);
        let before = season.choices.of(applicant.source as usize).len();
        applicant.choices.truncate(most.max(before));
    }
}

/// Officials placed one person, by hand or on a free quota's list, and nobody who is like them.
fn take_from_copies(edited: &mut EditedSeason) {
    let people = &edited.applicant;
    edited.season.decisions.retain(|decision| {
        let (_, is_copy) = people[decision.applicant as usize];
        !(is_copy && ["free_quota_rank", "manual_placement"].contains(&decision.kind.as_str()))
    });
}

/// Nobody who lives there is in second hand at these offers.
fn receive(season: &Season, edited: &mut EditedSeason, municipality: &str, offers: &[u32]) {
    let Some(applicants) = &season.applicants else { return };
    let (people, places) = (&edited.applicant, &edited.offer);
    edited.season.decisions.retain(|decision| {
        let (source, _) = people[decision.applicant as usize];
        let there = match decision.programme {
            _ if offers.is_empty() => true,
            None => false,
            Some(programme) => {
                places[programme as usize].is_some_and(|offer| offers.contains(&offer))
            }
        };
        !(decision.kind == "second_hand"
            && there
            && applicants.home_municipality.get(source as usize) == municipality)
    });
}
