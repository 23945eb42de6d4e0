//! What a simulation reports.

use std::collections::BTreeMap;

use antagning_formats::Scenario;
use serde::Serialize;

use crate::planning::simulation::base::Base;
use crate::planning::simulation::lines::OfferTally;
use crate::planning::simulation::ran::{Ran, RanOffers};
use crate::planning::simulation::sheet::{ABSENT, Sheet, Tally};

/// Figures of a set of applicants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScenarioFigures {
    /// Applicants who take part: those with a choice, or with one in the base.
    pub applicants: u64,
    /// Those who are placed.
    pub placed: u64,
    /// Those who are not.
    pub unplaced: u64,
    /// Those who got their first choice.
    pub first_choices: u64,
    /// The mean rank of the placed, to four decimals; `None` when nobody is.
    pub mean_rank: Option<f64>,
    /// The sum of ranks, an unplaced applicant counting as list length + 1.
    pub ranks: u64,
}

/// How a scenario differs from the base for a set of applicants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FiguresDifference {
    /// Applicants more.
    pub applicants: i64,
    /// Placed more.
    pub placed: i64,
    /// Unplaced more.
    pub unplaced: i64,
    /// First choices more.
    pub first_choices: i64,
    /// The mean rank of the placed, greater by so much.
    pub mean_rank: Option<f64>,
    /// The sum of ranks, greater by so much.
    pub ranks: i64,
    /// Applicants of the base who get what they want more.
    pub better_off: u64,
    /// Applicants of the base who are displaced: to what they want less, or to nothing.
    pub worse_off: u64,
    /// Those of them who were not placed and are.
    pub newly_placed: u64,
    /// Those of them who were placed and are not.
    pub newly_unplaced: u64,
}

/// Figures of one group of applicants.
#[derive(Clone, Debug, Serialize)]
pub struct GroupFigures {
    /// `sex`, `merit_quintile` (1 the highest), `first_choice` (what the study path of the first
    /// choice in the base leads to) or `home_municipality`.
    pub kind: &'static str,
    /// Which group; empty where it is not known.
    pub group: String,
    /// Its figures.
    pub figures: ScenarioFigures,
    /// What is different from the base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<FiguresDifference>,
}

/// An offer, or a quota group of an offer that has several.
#[derive(Clone, Debug, Serialize)]
pub struct OfferDifference {
    /// The offer.
    pub programme_id: String,
    /// Its quota group; empty for the offer as a whole.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Name and school of the offer, in the run if it is there and else in the base; empty where the
    /// season has neither.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// In the base; `None` for a new offer, and in the base's own report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<OfferFigures>,
    /// In the run; `None` for an offer that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<OfferFigures>,
}

/// The figures of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OfferFigures {
    /// Seats.
    pub seats: u32,
    /// Admitted.
    pub admitted: u32,
    /// `value`, `all_eligible_admitted`, `none_admitted`, `manual` or `by_group`.
    pub cutoff_kind: &'static str,
    /// The score of the last admitted, where somebody was turned away.
    pub cutoff: Option<f64>,
}

/// What a new offer comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenedOffer {
    /// The offer.
    pub programme_id: String,
    /// Name and school.
    pub title: String,
    /// Applicants who have it in their list.
    pub applicants: u32,
    /// Those of them who have it first.
    pub first_choices: u32,
    /// Those who are admitted.
    pub admitted: u32,
}

/// Pupils of one municipality placed in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// Where they live; empty where it is not known.
    pub home_municipality: String,
    /// Where the school is.
    pub school_municipality: String,
    /// How many in the base; `None` in the base's own report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// How many in the run.
    pub placed: u32,
}

/// What one run gives; for a scenario groups, offers and flows are told where they differ from
/// the base.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioReport {
    /// The scenario's name; `base` for the season as it stands.
    pub name: String,
    /// What it says of itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Seats of all offers.
    pub seats: u64,
    /// Figures of all applicants.
    pub figures: ScenarioFigures,
    /// What is different from the base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<FiguresDifference>,
    /// Applicants whom the base does not have.
    pub arrived: u64,
    /// Applicants of the base who take no part.
    pub gone: u64,
    /// The new offers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<OpenedOffer>,
    /// By group of applicants.
    pub groups: Vec<GroupFigures>,
    /// By offer and quota group.
    pub offers: Vec<OfferDifference>,
    /// From home to school municipality.
    pub flows: Vec<Flow>,
}

/// A decimal of so many ten-thousandths.
fn decimal(ten_thousandths: u64) -> f64 {
    ten_thousandths as f64 / 1e4
}

impl ScenarioFigures {
    fn new(tally: &Tally) -> Self {
        Self {
            applicants: tally.applicants,
            placed: tally.placed,
            unplaced: tally.applicants - tally.placed,
            first_choices: tally.first_choices,
            mean_rank: tally.mean_rank().map(decimal),
            ranks: tally.ranks,
        }
    }
}

impl FiguresDifference {
    fn new(before: &Tally, after: &Tally) -> Self {
        let more = |of: fn(&Tally) -> u64| of(after) as i64 - of(before) as i64;
        let means = before.mean_rank().zip(after.mean_rank());
        Self {
            applicants: more(|t| t.applicants),
            placed: more(|t| t.placed),
            unplaced: more(|t| t.applicants - t.placed),
            first_choices: more(|t| t.first_choices),
            mean_rank: means.map(|(before, after)| (after as i64 - before as i64) as f64 / 1e4),
            ranks: more(|t| t.ranks),
            better_off: after.better,
            worse_off: after.worse,
            newly_placed: after.newly_placed,
            newly_unplaced: after.newly_unplaced,
        }
    }
}

impl OfferFigures {
    fn new(tally: &OfferTally) -> Self {
        let score = tally.cutoff.score().map(|score| decimal(score.ten_thousandths()));
        let (seats, admitted) = (tally.seats, tally.admitted);
        Self { seats, admitted, cutoff_kind: tally.cutoff.name(), cutoff: score }
    }
}

impl OfferDifference {
    /// How much higher the cutoff is than in the base, where both have one. Cutoffs are whole
    /// ten-thousandths, and so is their difference.
    pub(super) fn cutoff_difference(&self) -> Option<f64> {
        let [before, after] = [self.before?, self.after?].map(|figures| figures.cutoff);
        Some(((after? - before?) * 10_000.0).round() / 10_000.0)
    }
}

impl ScenarioReport {
    /// The base, with every row.
    pub(super) fn of_base(base: &Base) -> Self {
        let sheet = &base.sheet;
        let groups = base.categories.names.iter().zip(&sheet.groups);
        let groups = groups.map(|((kind, group), tally)| GroupFigures {
            kind,
            group: group.clone(),
            figures: ScenarioFigures::new(tally),
            difference: None,
        });
        let offers = sheet.offers.iter().map(|tally| OfferDifference {
            programme_id: base.id(tally),
            quota_group: base.group(tally),
            title: base.title(tally),
            before: None,
            after: Some(OfferFigures::new(tally)),
        });
        let told = (0..sheet.flows.len()).filter(|at| sheet.flows[*at] > 0);
        let flows = told.map(|at| Flow {
            home_municipality: base.categories.homes[at / sheet.municipalities.len()].clone(),
            school_municipality: sheet.municipalities[at % sheet.municipalities.len()].clone(),
            before: None,
            placed: sheet.flows[at],
        });
        Self {
            name: "base".to_owned(),
            description: String::new(),
            seats: seats(sheet),
            figures: ScenarioFigures::new(&sheet.total),
            difference: None,
            arrived: 0,
            gone: 0,
            opened: Vec::new(),
            groups: groups.collect(),
            offers: offers.collect(),
            flows: flows.collect(),
        }
    }

    /// A scenario beside the base.
    pub(super) fn new(base: &Base, scenario: &Scenario, ran: &Ran) -> Self {
        let (before, after) = (&base.sheet, &ran.sheet);
        let pairs = before.groups.iter().zip(&after.groups).zip(&base.categories.names);
        let groups = pairs.filter(|((before, after), _)| before != after);
        let groups = groups.map(|((before, after), (kind, group))| GroupFigures {
            kind,
            group: group.clone(),
            figures: ScenarioFigures::new(after),
            difference: Some(FiguresDifference::new(before, after)),
        });
        let gone = before.standing.iter().zip(&after.standing);
        let gone = gone.filter(|(before, after)| **before != ABSENT && **after == ABSENT);
        Self {
            name: scenario.name.text.clone(),
            description: scenario.description.clone(),
            seats: seats(after),
            figures: ScenarioFigures::new(&after.total),
            difference: Some(FiguresDifference::new(&before.total, &after.total)),
            arrived: after.arrived,
            gone: gone.count() as u64,
            opened: ran.offers.as_ref().map_or_else(Vec::new, |offers| opened(offers, after)),
            groups: groups.collect(),
            offers: offers(base, ran),
            flows: flows(base, after),
        }
    }
}

fn seats(sheet: &Sheet) -> u64 {
    sheet.offers.iter().filter(|o| o.group.is_none()).map(|o| u64::from(o.seats)).sum()
}

impl Base {
    fn id(&self, tally: &OfferTally) -> String {
        self.season.data.programmes.ids.get(tally.programme as usize).to_owned()
    }

    fn title(&self, tally: &OfferTally) -> String {
        self.season.title(tally.programme as usize)
    }

    fn group(&self, tally: &OfferTally) -> String {
        let groups = self.season.selection.quotas.of(tally.programme as usize);
        tally.group.map_or(String::new(), |group| groups[usize::from(group)].name.clone())
    }
}

/// The offers and quota groups that differ, in the order of ids; those that are gone stand last.
fn offers(base: &Base, ran: &Ran) -> Vec<OfferDifference> {
    let same = |a: &OfferTally, b: &OfferTally| {
        (a.seats, a.admitted, a.cutoff) == (b.seats, b.admitted, b.cutoff)
    };
    let Some(edited) = &ran.offers else {
        let pairs = base.sheet.offers.iter().zip(&ran.sheet.offers);
        let differing = pairs.filter(|(before, after)| !same(before, after));
        return differing
            .map(|(before, after)| OfferDifference {
                programme_id: base.id(before),
                quota_group: base.group(before),
                title: base.title(before),
                before: Some(OfferFigures::new(before)),
                after: Some(OfferFigures::new(after)),
            })
            .collect();
    };
    let mut left: BTreeMap<(u32, String), &OfferTally> = BTreeMap::new();
    for tally in &base.sheet.offers {
        left.insert((tally.programme, base.group(tally)), tally);
    }
    let mut rows = Vec::new();
    for tally in &ran.sheet.offers {
        let programme = tally.programme as usize;
        let group = tally.group.map_or("", |g| edited.groups[programme][usize::from(g)].as_str());
        let source = edited.source[programme];
        let before = source.and_then(|source| left.remove(&(source, group.to_owned())));
        let title = &edited.titles[programme];
        let is_renamed = group.is_empty()
            && source.is_none_or(|source| base.season.title(source as usize) != *title);
        if before.is_some_and(|before| same(before, tally)) && !is_renamed {
            continue;
        }
        rows.push(OfferDifference {
            programme_id: edited.ids[programme].clone(),
            quota_group: group.to_owned(),
            title: title.clone(),
            before: before.map(OfferFigures::new),
            after: Some(OfferFigures::new(tally)),
        });
    }
    rows.extend(left.into_values().map(|tally| OfferDifference {
        programme_id: base.id(tally),
        quota_group: base.group(tally),
        title: base.title(tally),
        before: Some(OfferFigures::new(tally)),
        after: None,
    }));
    rows
}

fn opened(edited: &RanOffers, sheet: &Sheet) -> Vec<OpenedOffer> {
    let new = sheet
        .offers
        .iter()
        .filter(|tally| tally.group.is_none() && edited.source[tally.programme as usize].is_none());
    new.map(|tally| {
        let programme = tally.programme as usize;
        let (applicants, first_choices) = edited.wanted[programme];
        OpenedOffer {
            programme_id: edited.ids[programme].clone(),
            title: edited.titles[programme].clone(),
            applicants,
            first_choices,
            admitted: tally.admitted,
        }
    })
    .collect()
}

fn flows(base: &Base, after: &Sheet) -> Vec<Flow> {
    let before = &base.sheet;
    let mut names: Vec<&String> =
        before.municipalities.iter().chain(&after.municipalities).collect();
    names.sort_unstable();
    names.dedup();
    let columns = |sheet: &Sheet| -> Vec<Option<usize>> {
        names.iter().map(|name| sheet.municipalities.binary_search(name).ok()).collect()
    };
    let (columns_before, columns_after) = (columns(before), columns(after));
    let count = |sheet: &Sheet, home: usize, column: Option<usize>| {
        column.map_or(0, |column| sheet.flows[home * sheet.municipalities.len() + column])
    };
    let mut flows = Vec::new();
    for (home, home_name) in base.categories.homes.iter().enumerate() {
        for (at, name) in names.iter().enumerate() {
            let was = count(before, home, columns_before[at]);
            let placed = count(after, home, columns_after[at]);
            if was != placed {
                flows.push(Flow {
                    home_municipality: home_name.clone(),
                    school_municipality: (*name).clone(),
                    before: Some(was),
                    placed,
                });
            }
        }
    }
    flows
}
