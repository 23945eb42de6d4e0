//! The scores of those admitted, and what is published of them.

use std::ops::Range;

use crate::case::Case;

/// The scores of those admitted, side by side by programme.
pub(crate) struct AdmittedScores {
    ranges: Vec<Range<usize>>,
    scores: Vec<u64>,
}

impl AdmittedScores {
    /// Those placed off their list have no score at the programme and are left out.
    pub(crate) fn gather<K: Ord>(case: &Case<'_, K>) -> Self {
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

    pub(crate) fn of(&mut self, programme: usize) -> &mut [u64] {
        &mut self.scores[self.ranges[programme].clone()]
    }
}

/// The median, halves rounded up; that of an even number is the mean of the middle two. Reorders
/// the scores on its way.
pub(crate) fn median(scores: &mut [u64]) -> Option<u64> {
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

/// The mean, halves rounded up.
pub(crate) fn mean(scores: &[u64]) -> Option<u64> {
    let count = scores.len() as u128;
    let sum: u128 = scores.iter().map(|&score| u128::from(score)).sum();
    (count > 0).then(|| ((2 * sum + count) / (2 * count)) as u64)
}
