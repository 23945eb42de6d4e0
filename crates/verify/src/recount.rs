//! The published figures, recounted from the placements.

use std::cmp::Ordering;
use std::ops::Range;

use crate::case::Case;
use crate::published::{CutoffKind, Published, PublishedProgramme, Status};
use crate::reserves::check_reserve_order;
use crate::shape::{ShapeError, same_length};
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
/// - A programme must be listed once; `figure` is `rows` in the [`Violation::WrongFigure`] of one
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
/// beside the input. Reserves are sorted only where a published position is wrong.
pub fn check_published<K: Ord>(
    case: &Case<'_, K>,
    published: &Published<'_>,
) -> Result<Verdict, ShapeError> {
    same_length("status", case.choices(), published.status.len())?;
    same_length("reserve_position", case.choices(), published.reserve_position.len())?;
    same_length("applications", case.programmes(), published.applications.all.len())?;
    let mut rows = published.programmes.iter();
    if let Some(position) = rows.position(|row| row.programme as usize >= case.programmes()) {
        return Err(ShapeError::UnknownProgramme { column: "programmes", position });
    }

    let claims = case.standings.iter().map(|at| at.claims as usize).sum();
    let mut verdict = Verdict::default();
    let figures = check_figures(case, published);
    verdict.record(Property::Figures, FIGURES * case.programmes(), figures);
    verdict.record(Property::Statuses, case.choices(), check_statuses(case, published.status));
    let order = check_reserve_order(case, published.reserve_position);
    verdict.record(Property::ReservePositions, claims, order);
    Ok(verdict)
}

fn check_figures<K: Ord>(case: &Case<'_, K>, published: &Published<'_>) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut rows = vec![0_u64; case.programmes()];
    for row in published.programmes {
        rows[row.programme as usize] += 1;
    }
    for (programme, &count) in rows.iter().enumerate().filter(|(_, count)| **count != 1) {
        let (published, found) = (FigureValue::Count(count), FigureValue::Count(1));
        wrong.push(Violation::WrongFigure { programme, figure: "rows", published, found });
    }

    let mut scores = AdmittedScores::gather(case);
    for row in published.programmes {
        let programme = row.programme as usize;
        let found = recount(case, published, programme, &mut scores);
        if *row == found {
            continue;
        }
        let differing = figures(row).into_iter().zip(figures(&found)).filter(|(p, f)| p != f);
        wrong.extend(differing.map(|((figure, published), (_, found))| Violation::WrongFigure {
            programme,
            figure,
            published,
            found,
        }));
    }
    wrong
}

/// What the row of a programme must say.
fn recount<K: Ord>(
    case: &Case<'_, K>,
    published: &Published<'_>,
    programme: usize,
    scores: &mut AdmittedScores,
) -> PublishedProgramme {
    let seats = case.seats[programme];
    let at = &case.standings[programme];
    let cutoff_kind = match (at.admitted, at.claims) {
        (0, _) => CutoffKind::NoneAdmitted,
        (_, 0) => CutoffKind::AllEligibleAdmitted,
        _ => CutoffKind::Value,
    };
    let lowest = at.lowest().filter(|_| cutoff_kind == CutoffKind::Value);
    let admitted_scores = scores.of(programme);
    PublishedProgramme {
        programme: programme as u32,
        seats: seats.into(),
        applicants: published.applications.all[programme].into(),
        first_choice_applicants: published.applications.first[programme].into(),
        admitted: at.admitted.into(),
        vacant: seats.saturating_sub(at.admitted).into(),
        reserves: at.claims.into(),
        cutoff_kind,
        cutoff: lowest.map(|choice| case.score[choice]),
        median: median(admitted_scores),
        mean: mean(admitted_scores),
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

fn check_statuses<K: Ord>(case: &Case<'_, K>, status: &[Status]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for applicant in 0..case.applicants() {
        let claimed_until = case.claims_of(applicant).end;
        for choice in case.list_of(applicant) {
            let found = match choice.cmp(&claimed_until) {
                Ordering::Less => Status::Reserve,
                Ordering::Equal => Status::Admitted,
                Ordering::Greater => Status::Struck,
            };
            if status[choice] != found {
                wrong.push(Violation::WrongStatus {
                    applicant,
                    choice,
                    programme: case.programme_of(choice),
                    published: status[choice],
                    found,
                });
            }
        }
    }
    wrong
}

/// The scores of those admitted, side by side by programme.
struct AdmittedScores {
    ranges: Vec<Range<usize>>,
    scores: Vec<u64>,
}

impl AdmittedScores {
    /// Those placed off their list have no score at the programme and are left out.
    fn gather<K: Ord>(case: &Case<'_, K>) -> Self {
        let mut ranges = Vec::with_capacity(case.programmes());
        let mut total = 0;
        for at in &case.standings {
            ranges.push(total..total);
            total += at.admitted as usize;
        }
        let mut scores = vec![0; total];
        for held in (0..case.applicants()).filter_map(|applicant| case.held(applicant)) {
            let range = &mut ranges[case.programme_of(held)];
            scores[range.end] = case.score[held];
            range.end += 1;
        }
        Self { ranges, scores }
    }

    fn of(&mut self, programme: usize) -> &mut [u64] {
        &mut self.scores[self.ranges[programme].clone()]
    }
}

/// Reorders the scores on its way.
fn median(scores: &mut [u64]) -> Option<u64> {
    let middle = scores.len() / 2;
    let is_even = scores.len().is_multiple_of(2);
    if scores.is_empty() {
        return None;
    }
    let (below, &mut upper, _) = scores.select_nth_unstable(middle);
    match below.iter().max() {
        Some(&lower) if is_even => Some(lower + (upper - lower).div_ceil(2)),
        _ => Some(upper),
    }
}

fn mean(scores: &[u64]) -> Option<u64> {
    let count = scores.len() as u128;
    let sum: u128 = scores.iter().map(|&score| u128::from(score)).sum();
    (count > 0).then(|| ((2 * sum + count) / (2 * count)) as u64)
}
