//! A season that is another one with some things changed, without a file in between.

use std::borrow::Cow;

use crate::column::{Ids, Interner};
use crate::season::{
    Applicants, Choices, Decision, Grades, Programmes, Provider, QuotaGroups, Season, TestScores,
};

/// What a changed season is made of.
#[derive(Clone, Debug)]
pub struct Edition<'a> {
    /// The offers, in any order.
    pub offers: Vec<EditedOffer<'a>>,
    /// The applicants with their lists, in any order.
    pub applicants: Vec<EditedApplicant>,
}

/// An offer of a changed season.
#[derive(Clone, Debug)]
pub struct EditedOffer<'a> {
    /// `programme_id`.
    pub id: Cow<'a, str>,
    /// The offer of the season that it is; `None` for a new one.
    pub source: Option<u32>,
    /// `capacity`; where there are quota groups their seats together.
    pub seats: u32,
    /// `name`.
    pub name: Cow<'a, str>,
    /// `school`.
    pub school: Cow<'a, str>,
    /// `municipality_code`.
    pub municipality_code: Cow<'a, str>,
    /// `study_path_code`.
    pub study_path_code: Cow<'a, str>,
    /// `provider`.
    pub provider: Option<Provider>,
    /// The quota groups, in any order.
    pub groups: Vec<EditedGroup<'a>>,
}

/// A quota group of a changed season.
#[derive(Clone, Debug)]
pub struct EditedGroup<'a> {
    /// The row of the season's groups that it is.
    pub source: usize,
    /// `quota_group`.
    pub name: &'a str,
    /// `precedence`.
    pub precedence: u32,
    /// `seats`.
    pub seats: u32,
    /// `unfilled_to`, a group with a later precedence; empty for nowhere.
    pub unfilled_to: Cow<'a, str>,
}

/// An applicant of a changed season.
#[derive(Clone, Debug)]
pub struct EditedApplicant {
    /// The applicant whose data these are.
    pub source: u32,
    /// The id of somebody who is another applicant over again.
    pub copy: Option<String>,
    /// The list, most wanted first.
    pub choices: Vec<EditedChoice>,
}

/// A choice of a changed season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditedChoice {
    /// The offer, as its place among the edition's.
    pub offer: u32,
    /// The choice of the season whose score it has.
    pub source: u32,
    /// Whether it is that choice, so that decisions and tests follow it.
    pub listed: Listed,
}

/// Where a choice of a changed season stands beside the one that it has its score from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// It is a new one just above it.
    Above,
    /// It is that choice.
    Itself,
    /// It is a new one just below it.
    Below,
}

/// A changed season, and what its rows were before.
#[derive(Clone, Debug)]
pub struct EditedSeason {
    /// The season.
    pub season: Season,
    /// For each offer its number before; `None` for a new one.
    pub offer: Vec<Option<u32>>,
    /// For each applicant the number before of whose data these are, and whether it is a copy.
    pub applicant: Vec<(u32, bool)>,
    /// For each choice the row before whose score it has, and where it stands beside it.
    pub choice: Vec<(u32, Listed)>,
}

impl<'a> Edition<'a> {
    /// The offers of a season, unchanged.
    #[must_use]
    pub fn offers_of(season: &'a Season) -> Vec<EditedOffer<'a>> {
        let (programmes, groups) = (&season.programmes, &season.quota_groups);
        let group = |first: usize, row: usize| EditedGroup {
            source: row,
            name: groups.name.get(row),
            precedence: groups.precedence[row],
            seats: groups.seats[row],
            unfilled_to: match groups.unfilled_to[row] {
                Some(later) => Cow::Borrowed(groups.name.get(first + later as usize)),
                None => Cow::Borrowed(""),
            },
        };
        let offer = |number: usize| EditedOffer {
            id: Cow::Borrowed(programmes.ids.get(number)),
            source: Some(number as u32),
            seats: programmes.capacity[number],
            name: Cow::Borrowed(programmes.name.get(number)),
            school: Cow::Borrowed(programmes.school.get(number)),
            municipality_code: Cow::Borrowed(programmes.municipality_code.get(number)),
            study_path_code: Cow::Borrowed(programmes.study_path_code.get(number)),
            provider: programmes.provider[number],
            groups: groups.of(number).map(|row| group(groups.of(number).start, row)).collect(),
        };
        (0..programmes.ids.len()).map(offer).collect()
    }

    /// The applicants of a season, unchanged.
    #[must_use]
    pub fn applicants_of(season: &Season) -> Vec<EditedApplicant> {
        let choice = |row: usize| EditedChoice {
            offer: season.choices.programme[row],
            source: row as u32,
            listed: Listed::Itself,
        };
        let applicants = 0..season.applicant_ids.len();
        applicants
            .map(|applicant| EditedApplicant {
                source: applicant as u32,
                copy: None,
                choices: season.choices.of(applicant).map(choice).collect(),
            })
            .collect()
    }

    /// The season that the edition makes of the one that it was made from, which must have no events.
    /// Decisions and tests follow applicants and choices, and are gone with them: a decision about the
    /// whole application with the last choice.
    ///
    /// O(rows · log rows).
    ///
    /// # Panics
    /// When offers, applicants or choices are not of that season, or two ids are the same.
    #[must_use]
    pub fn apply(&self, season: &Season) -> EditedSeason {
        let offers = sorted(&self.offers, |offer| offer.id.as_ref());
        let ids = |applicant: &'_ EditedApplicant| match &applicant.copy {
            Some(id) => id.clone(),
            None => season.applicant_ids.get(applicant.source as usize).to_owned(),
        };
        let names: Vec<String> = self.applicants.iter().map(ids).collect();
        let mut people: Vec<u32> = (0..names.len() as u32).collect();
        people.sort_unstable_by_key(|at| &names[*at as usize]);
        let mut place_of = vec![0; self.offers.len()];
        for (place, at) in offers.iter().enumerate() {
            place_of[*at as usize] = place as u32;
        }
        let people: Vec<&EditedApplicant> =
            people.iter().map(|at| &self.applicants[*at as usize]).collect();
        let offers: Vec<&EditedOffer<'_>> =
            offers.iter().map(|at| &self.offers[*at as usize]).collect();
        let mut edited = Season {
            programmes: programmes(season, &offers),
            applicant_ids: interned({
                let mut names = names;
                names.sort_unstable();
                names
            }),
            applicants: season.applicants.as_ref().map(|known| applicants(known, &people)),
            grades: season.grades.as_ref().map(|known| grades(known, &people)),
            quota_groups: quota_groups(&season.quota_groups, &offers),
            settings: season.settings.clone(),
            inputs: season.inputs.clone(),
            ..Season::default()
        };
        let choice = choices(season, &people, &place_of, &mut edited.choices);
        let trail = Trail { season, edited: &edited, people: &people, choice: &choice };
        let (decisions, test_scores) = (trail.decisions(), trail.test_scores());
        (edited.decisions, edited.test_scores) = (decisions, test_scores);
        EditedSeason {
            season: edited,
            offer: offers.iter().map(|offer| offer.source).collect(),
            applicant: people.iter().map(|a| (a.source, a.copy.is_some())).collect(),
            choice,
        }
    }
}

/// The numbers of the items in the order of their ids.
fn sorted<T>(items: &[T], id: impl Fn(&T) -> &str) -> Vec<u32> {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    order.sort_unstable_by_key(|at| id(&items[*at as usize]));
    order
}

fn interned(sorted: Vec<String>) -> Ids {
    let mut ids = Interner::default();
    for id in &sorted {
        assert!(ids.intern(id).1, "{id} stands twice");
    }
    ids.into_sorted().0
}

fn programmes(season: &Season, offers: &[&EditedOffer<'_>]) -> Programmes {
    let before = &season.programmes;
    let mut programmes = Programmes {
        ids: interned(offers.iter().map(|offer| offer.id.to_string()).collect()),
        has_study_paths: before.has_study_paths,
        doubtful_capacity: vec![false; offers.len()],
        ..Programmes::default()
    };
    for offer in offers {
        let source = offer.source.map(|source| source as usize);
        programmes.capacity.push(offer.seats);
        programmes.planned.push(source.and_then(|source| before.planned[source]));
        programmes.name.push(&offer.name);
        programmes.school.push(&offer.school);
        programmes.school_unit_code.push(source.map_or("", |s| before.school_unit_code.get(s)));
        programmes.municipality_code.push(&offer.municipality_code);
        programmes.study_path_code.push(&offer.study_path_code);
        programmes.provider.push(offer.provider);
        programmes.line.push(source.map_or(0, |source| before.line[source]));
    }
    programmes
}

fn applicants(before: &Applicants, people: &[&EditedApplicant]) -> Applicants {
    let mut applicants = Applicants::default();
    for source in people.iter().map(|applicant| applicant.source as usize) {
        applicants.home_municipality.push(before.home_municipality.get(source));
        applicants.birth_year.push(before.birth_year[source]);
        applicants.sex.push(before.sex.get(source));
        applicants.protected.push(before.protected[source]);
        applicants.line.push(before.line[source]);
    }
    applicants
}

fn grades(before: &Grades, people: &[&EditedApplicant]) -> Grades {
    let rows = people.iter().flat_map(|applicant| before.row(applicant.source as usize));
    Grades {
        subjects: before.subjects.clone(),
        texts: before.texts.clone(),
        cells: rows.copied().collect(),
        overflow: Vec::new(),
        line: people.iter().map(|applicant| before.line[applicant.source as usize]).collect(),
    }
}

fn quota_groups(before: &QuotaGroups, offers: &[&EditedOffer<'_>]) -> QuotaGroups {
    let mut edited = QuotaGroups { offsets: vec![0], ..QuotaGroups::default() };
    for offer in offers {
        let mut groups: Vec<&EditedGroup<'_>> = offer.groups.iter().collect();
        groups.sort_by_key(|group| group.precedence);
        for group in &groups {
            let later = groups.iter().position(|later| later.name == group.unfilled_to);
            edited.name.push(group.name);
            edited.precedence.push(group.precedence);
            edited.seats.push(group.seats);
            edited.ranked_by.push(before.ranked_by.get(group.source));
            edited.open_to.push(before.open_to.get(group.source));
            edited.unfilled_to.push(later.map(|later| later as u32));
            edited.test_maximum.push(before.test_maximum[group.source]);
            edited.line.push(before.line[group.source]);
        }
        edited.offsets.push(edited.line.len() as u32);
    }
    edited
}

/// Fills in the choices, and gives where each comes from.
fn choices(
    season: &Season,
    people: &[&EditedApplicant],
    place_of: &[u32],
    choices: &mut Choices,
) -> Vec<(u32, Listed)> {
    let before = &season.choices;
    choices.score = before.score.as_ref().map(|_| Vec::new());
    choices.offsets.push(0);
    let mut sources = Vec::new();
    for choice in people
        .iter()
        .flat_map(|applicant| applicant.choices.iter().map(Some).chain(std::iter::once(None)))
    {
        let Some(choice) = choice else {
            choices.offsets.push(choices.programme.len() as u32);
            continue;
        };
        let source = choice.source as usize;
        choices.programme.push(place_of[choice.offer as usize]);
        choices.line.push(before.line[source]);
        if let (Some(scores), Some(before)) = (&mut choices.score, &before.score) {
            scores.push(before[source]);
        }
        sources.push((choice.source, choice.listed));
    }
    sources
}

/// What follows applicants and choices to where they are now.
struct Trail<'e> {
    season: &'e Season,
    edited: &'e Season,
    people: &'e [&'e EditedApplicant],
    choice: &'e [(u32, Listed)],
}

impl Trail<'_> {
    /// The offer that an applicant's choice of an offer before leads to now.
    fn followed(&self, applicant: usize, programme: u32) -> Option<u32> {
        let mut rows = self.edited.choices.of(applicant);
        let row = rows.find(|row| {
            let (source, listed) = self.choice[*row];
            listed == Listed::Itself && self.season.choices.programme[source as usize] == programme
        })?;
        Some(self.edited.choices.programme[row])
    }

    fn decisions(&self) -> Vec<Decision> {
        let before = &self.season.decisions;
        let mut decisions = Vec::new();
        for (number, applicant) in self.people.iter().enumerate() {
            if self.edited.choices.of(number).is_empty() {
                continue;
            }
            let first = before.partition_point(|decision| decision.applicant < applicant.source);
            let of_applicant = before[first..].iter();
            for decision in of_applicant.take_while(|d| d.applicant == applicant.source) {
                let programme = match decision.programme.map(|p| self.followed(number, p)) {
                    Some(None) => continue,
                    other => other.flatten(),
                };
                decisions.push(Decision {
                    applicant: number as u32,
                    programme,
                    ..decision.clone()
                });
            }
        }
        decisions.sort_by(|a, b| {
            (a.applicant, a.programme, &a.kind, a.line).cmp(&(
                b.applicant,
                b.programme,
                &b.kind,
                b.line,
            ))
        });
        decisions
    }

    fn test_scores(&self) -> TestScores {
        let before = &self.season.test_scores;
        let mut rows = Vec::new();
        for (number, applicant) in self.people.iter().enumerate() {
            let first = before.applicant.partition_point(|known| *known < applicant.source);
            let count =
                before.applicant[first..].partition_point(|known| *known == applicant.source);
            for row in first..first + count {
                if let Some(programme) = self.followed(number, before.programme[row]) {
                    rows.push((number as u32, programme, row));
                }
            }
        }
        rows.sort_unstable();
        TestScores {
            applicant: rows.iter().map(|row| row.0).collect(),
            programme: rows.iter().map(|row| row.1).collect(),
            points: rows.iter().map(|row| before.points[row.2]).collect(),
            passed: rows.iter().map(|row| before.passed[row.2]).collect(),
            line: rows.iter().map(|row| before.line[row.2]).collect(),
        }
    }
}
