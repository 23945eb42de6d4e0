//! What a scenario does to applicants and their lists.

use antagning_formats::{
    EditedApplicant, EditedChoice, EditedSeason, Edition, Listed, Season, Setting,
};
use antagning_rules::{Lottery, LotteryScope};

use crate::simulation::draft::{Draft, ListChange};

/// The season that a draft makes.
pub(super) fn edited(season: &Season, draft: Draft<'_>) -> EditedSeason {
    let mut applicants = Edition::applicants_of(season);
    for change in &draft.lists {
        match change {
            ListChange::Open { offer, like, share, seed } => {
                let id = &draft.offers[*offer as usize].id;
                open(season, &mut applicants, (*offer, id), (*like, *share), seed);
            }
            ListChange::Leave { municipality } => {
                applicants.retain(|applicant| home(season, applicant) != *municipality);
            }
            // Decisions change below.
            ListChange::Join { .. } => {}
            ListChange::Merge { from, into } => merge(&mut applicants, from, *into),
            ListChange::Cohort { scale, municipality, seed } => {
                applicants = cohort(season, applicants, *scale, *municipality, seed);
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
    for change in &draft.lists {
        if let ListChange::Join { municipality, offers } = change {
            receive(season, &mut edited, municipality, offers);
        }
    }
    let settings = &mut edited.season.settings;
    if let Some(keys) = draft.keys {
        settings.ranking_keys = Some(keys.to_vec());
        settings.ranking_line = Some(draft.keys_line);
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
fn share_of(count: usize, ten_thousandths: u64) -> usize {
    ((2 * count as u64 * ten_thousandths + 10_000) / 20_000) as usize
}

/// The first of the people by a draw over their ids; the same people whatever their order.
fn drawn(season: &Season, people: &[u32], count: usize, seed: &str, what: &str) -> Vec<(u64, u32)> {
    let lots = Lottery::new(seed, LotteryScope::Programme);
    let number = |source: u32| lots.number(season.applicant_ids.get(source as usize), what);
    let mut drawn: Vec<(u64, u32)> =
        people.iter().map(|source| (number(*source), *source)).collect();
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
    let people: Vec<u32> =
        applicants.iter().filter(|a| chose(a).is_some()).map(|a| a.source).collect();
    let mut drawn = drawn(season, &people, share_of(people.len(), share), seed, id);
    drawn.sort_unstable_by_key(|(_, source)| *source);
    for applicant in applicants {
        let Ok(at) = drawn.binary_search_by_key(&applicant.source, |(_, source)| *source) else {
            continue;
        };
        let Some(position) = chose(applicant) else { continue };
        let below = drawn[at].0 & 1 == 1;
        let listed = if below { Listed::Below } else { Listed::Above };
        let choice = EditedChoice { offer, listed, ..applicant.choices[position] };
        applicant.choices.insert(position + usize::from(below), choice);
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

/// More or fewer of the applicants who live there, or of all: the draw decides who is left out,
/// or whose data somebody else has as well.
fn cohort(
    season: &Season,
    applicants: Vec<EditedApplicant>,
    scale: u64,
    municipality: Option<&str>,
    seed: &str,
) -> Vec<EditedApplicant> {
    let concerned = |applicant: &EditedApplicant| {
        municipality.is_none_or(|municipality| home(season, applicant) == municipality)
    };
    let people: Vec<u32> = applicants.iter().filter(|a| concerned(a)).map(|a| a.source).collect();
    let wanted = share_of(people.len(), scale);
    let times = wanted.checked_div(people.len()).unwrap_or(0);
    let mut once_more: Vec<u32> = drawn(season, &people, wanted - times * people.len(), seed, "")
        .into_iter()
        .map(|(_, source)| source)
        .collect();
    once_more.sort_unstable();
    let mut cohort = Vec::with_capacity(applicants.len());
    for applicant in applicants {
        if !concerned(&applicant) {
            cohort.push(applicant);
            continue;
        }
        let times = times + usize::from(once_more.binary_search(&applicant.source).is_ok());
        for copy in 2..=times {
            let id = season.applicant_ids.get(applicant.source as usize);
            let mut id = format!("{id}~{copy}");
            while season.applicant_ids.find(&id).is_some() {
                id.push('~');
            }
            cohort.push(EditedApplicant { copy: Some(id), ..applicant.clone() });
        }
        if times > 0 {
            cohort.push(applicant);
        }
    }
    cohort
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
