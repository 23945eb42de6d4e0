//! The published figures, recounted from the placements.

use crate::case::Case;
use crate::division::choose;
use crate::group_figures::{GroupApplications, recount_group};
use crate::published::{CutoffKind, Published, PublishedProgramme};
use crate::reserves::check_reserve_order;
use crate::scores::{AdmittedScores, mean, median};
use crate::shape::{ShapeError, same_length};
use crate::statements::{check_stated_groups, check_statuses};
use crate::verdict::{Property, Verdict};
use crate::violation::{FigureValue, Violation};

/// How many figures [`PublishedProgramme`] states.
const FIGURES: usize = 10;

/// Recounts everything that is published about an admission.
///
/// - *Reserves* are those who prefer the programme to what they have, and a *reserve position*
///   is the place by priority among them, from 1.
/// - The *cutoff* is the score of the admitted with the lowest priority. Its kind is `value` when
///   there are reserves, `all_eligible_admitted` when there are none, and `none_admitted` when
///   nobody is admitted; the last two state no cutoff.
/// - *Median* and *mean* are those of the scores of the admitted, to a ten-thousandth of a point,
///   halves rounded up, in integers throughout; the median of an even number is the mean of the
///   middle two.
/// - When an official placed everybody who is admitted, the kind is `manual`, with no cutoff.
/// - A programme has one row and each of its quota groups another. A group's row counts those
///   with a claim on it; its *vacant* seats are those that remain with it when the programme has
///   chosen, and its cutoff is the score of the claim with the lowest priority that it took, if
///   it turned anybody away: in reserve, or taken by a later group. The row of a programme with
///   one group says of cutoff, median and mean what the group's does; with two groups or more
///   the kind is `by_group` instead of `value`, and there is neither cutoff, median nor mean.
/// - In reserve at a programme with groups, the *position* is that among all reserves with a claim
///   on the last group open to the applicant, by priority in that group.
/// - Where ties are admitted or rejected together, reserves with equal keys share the position
///   that is one more than the number ahead of them.
/// - A programme or group must be listed once; `figure` is `rows` in the [`Violation::WrongFigure`] of one
///   that is not.
///
/// Whether the admission itself is right is the question of [`check`](crate::check): this
/// recounts what the placements give, right or wrong. Equal keys are reported where they leave
/// the reserve order open and `check` has not already named them.
///
/// # Errors
///
/// [`ShapeError`] when the claims are about other programmes or choices than those of the case.
///
/// # Complexity
///
/// O(choices + programmes), with 4 bytes a choice above a placement and 8 bytes an applicant
/// beside the input. Reserves are sorted only where a published position is wrong, at programmes
/// with groups, and where equal keys share a position.
pub fn check_published<K: Ord>(
    case: &Case<'_, K>,
    published: &Published<'_>,
) -> Result<Verdict, ShapeError> {
    check(case, published, Vacancy::AfterChoosing)
}

/// [`check_published`] where nobody is moved without being asked: those who wait hold nothing
/// yet, so the *vacant* seats of a group are what remains when the programme has chosen among
/// the holders alone.
///
/// # Errors
///
/// As [`check_published`].
pub fn check_published_before_moves<K: Ord>(
    case: &Case<'_, K>,
    published: &Published<'_>,
) -> Result<Verdict, ShapeError> {
    check(case, published, Vacancy::OfHolders)
}

/// Among whom a programme with groups has chosen when its vacant seats are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vacancy {
    /// Holders, and everybody who prefers it to what they have.
    AfterChoosing,
    /// Holders alone.
    OfHolders,
}

fn check<K: Ord>(
    case: &Case<'_, K>,
    published: &Published<'_>,
    vacancy: Vacancy,
) -> Result<Verdict, ShapeError> {
    same_length("status", case.choices(), published.status.len())?;
    same_length("reserve_position", case.choices(), published.reserve_position.len())?;
    same_length("group", case.choices(), published.group.len())?;
    same_length("first_application", case.choices(), published.first_application.len())?;
    same_length("applications", case.programmes(), published.applications.all.len())?;
    let mut rows = published.programmes.iter();
    if let Some(position) = rows.position(|row| row.programme as usize >= case.programmes()) {
        return Err(ShapeError::UnknownProgramme { column: "programmes", position });
    }

    let claims = case.standings.iter().map(|at| at.claims as usize).sum();
    let mut verdict = Verdict::default();
    let figures = check_figures(case, published, vacancy);
    let groups = case.groups.as_ref().map_or(0, |groups| groups.columns.seats.len());
    verdict.record(Property::Figures, FIGURES * (case.programmes() + groups), figures);
    verdict.record(Property::Statuses, case.choices(), check_statuses(case, published.status));
    let stated = check_stated_groups(case, published.group);
    if case.groups.is_some() || !stated.is_empty() {
        verdict.record(Property::StatedGroups, case.choices(), stated);
    }
    let order = check_reserve_order(case, published.reserve_position);
    verdict.record(Property::ReservePositions, claims, order);
    Ok(verdict)
}

fn check_figures<K: Ord>(
    case: &Case<'_, K>,
    published: &Published<'_>,
    vacancy: Vacancy,
) -> Vec<Violation> {
    let mut wrong = wrong_rows(case, published.programmes);
    let mut recount = Recount::begin(case, published, vacancy);
    for row in published.programmes {
        let Some(found) = recount.row(row.programme as usize, row.group) else { continue };
        if *row == found {
            continue;
        }
        let differing = figures(row).into_iter().zip(figures(&found)).filter(|(p, f)| p != f);
        wrong.extend(differing.map(|((figure, published), (_, found))| Violation::WrongFigure {
            programme: row.programme as usize,
            group: row.group,
            figure,
            published,
            found,
        }));
    }
    wrong
}

/// Rows that are missing, stand twice, or are about a group that the programme does not have.
fn wrong_rows<K: Ord>(case: &Case<'_, K>, rows: &[PublishedProgramme]) -> Vec<Violation> {
    let groups_of = |programme| case.groups.as_ref().map_or(0, |groups| groups.count(programme));
    let mut found: Vec<Vec<u64>> =
        (0..case.programmes()).map(|q| vec![0; 1 + groups_of(q)]).collect();
    let mut wrong = Vec::new();
    let mut count = |programme, group, published, found| {
        let (published, found) = (FigureValue::Count(published), FigureValue::Count(found));
        if published != found {
            wrong.push(Violation::WrongFigure {
                programme,
                group,
                figure: "rows",
                published,
                found,
            });
        }
    };
    for row in rows {
        let position = row.group.map_or(0, |group| group as usize + 1);
        match found[row.programme as usize].get_mut(position) {
            Some(found) => *found += 1,
            None => count(row.programme as usize, row.group, 1, 0),
        }
    }
    for (programme, rows) in found.iter().enumerate() {
        for (position, &rows) in (0..).zip(rows) {
            count(programme, u32::checked_sub(position, 1), rows, 1);
        }
    }
    wrong
}

/// Says what rows must say.
struct Recount<'c, 'a, K> {
    case: &'c Case<'a, K>,
    published: &'c Published<'c>,
    scores: AdmittedScores,
    of_groups: Option<GroupApplications>,
    vacancy: Vacancy,
}

impl<'c, 'a, K: Ord> Recount<'c, 'a, K> {
    fn begin(case: &'c Case<'a, K>, published: &'c Published<'c>, vacancy: Vacancy) -> Self {
        let count = |groups| GroupApplications::count(case, groups, published.first_application);
        let of_groups = case.groups.as_ref().map(count);
        Self { case, published, scores: AdmittedScores::gather(case), of_groups, vacancy }
    }

    /// `None` for a row about a group that the programme does not have.
    fn row(&mut self, programme: usize, group: Option<u32>) -> Option<PublishedProgramme> {
        match group {
            None => Some(self.programme(programme)),
            Some(group) => self.group(programme, group),
        }
    }

    fn group(&self, programme: usize, group: u32) -> Option<PublishedProgramme> {
        let groups = self.case.groups.as_ref()?;
        let division = self.case.division(programme)?;
        let known = (group as usize) < groups.count(programme);
        let applications = self.of_groups.as_ref().filter(|_| known)?;
        let of_holders = match self.vacancy {
            Vacancy::AfterChoosing => None,
            Vacancy::OfHolders => Some(choose(groups, programme, &division.holders).remaining),
        };
        let left = of_holders.as_ref().unwrap_or(&division.chosen.remaining);
        Some(recount_group(self.case, groups, division, group, applications, left))
    }

    fn programme(&mut self, programme: usize) -> PublishedProgramme {
        let (case, applications) = (self.case, self.published.applications);
        let seats = case.seats[programme];
        let at = &case.standings[programme];
        let with_value = match case.groups.as_ref().map_or(0, |groups| groups.count(programme)) {
            0 | 1 => CutoffKind::Value,
            _ => CutoffKind::ByGroup,
        };
        let cutoff_kind = match (at.admitted, at.claims) {
            (0, _) => CutoffKind::NoneAdmitted,
            _ if at.all_by_hand() => CutoffKind::Manual,
            (_, 0) => CutoffKind::AllEligibleAdmitted,
            _ => with_value,
        };
        let lowest = at.lowest().filter(|_| cutoff_kind == CutoffKind::Value);
        let row = PublishedProgramme {
            programme: programme as u32,
            group: None,
            seats: seats.into(),
            applicants: applications.all[programme].into(),
            first_choice_applicants: applications.first[programme].into(),
            admitted: at.admitted.into(),
            vacant: seats.saturating_sub(at.admitted).into(),
            reserves: at.claims.into(),
            cutoff_kind,
            cutoff: lowest.map(|choice| case.score[choice]),
            median: None,
            mean: None,
        };
        if !case.has_groups(programme) {
            let scores = self.scores.of(programme);
            return PublishedProgramme { median: median(scores), mean: mean(scores), ..row };
        }
        match self.group(programme, 0).filter(|_| with_value == CutoffKind::Value) {
            Some(PublishedProgramme { cutoff_kind, cutoff, median, mean, .. }) => {
                PublishedProgramme { cutoff_kind, cutoff, median, mean, ..row }
            }
            None => row,
        }
    }
}

/// The figures of a row under the names of their columns.
fn figures(row: &PublishedProgramme) -> [(&'static str, FigureValue); FIGURES] {
    let score = |value: Option<u64>| value.map_or(FigureValue::Absent, FigureValue::Score);
    [
        ("seats", FigureValue::Count(row.seats)),
        ("applicants", FigureValue::Count(row.applicants)),
        ("first_choice_applicants", FigureValue::Count(row.first_choice_applicants)),
        ("admitted", FigureValue::Count(row.admitted)),
        ("vacant", FigureValue::Count(row.vacant)),
        ("reserves", FigureValue::Count(row.reserves)),
        ("cutoff_kind", FigureValue::Kind(row.cutoff_kind)),
        ("cutoff", score(row.cutoff)),
        ("median", score(row.median)),
        ("mean", score(row.mean)),
    ]
}
