//! From choices with priorities to a market, checked.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::market::Index;
use crate::packed::{Choices, Packed};
use crate::{ApplicantIx, Market, MarketError, ProgrammeIx};

/// Collects programmes and applicants, and checks them once.
///
/// `P` is a priority: at each programme, the **greater** goes first. It may be a score, or a tuple
/// of what is compared in turn; priorities at different programmes are never weighed against each
/// other in a decision.
///
/// ```
/// use antagning_matching::MarketBuilder;
///
/// let mut builder = MarketBuilder::new();
/// let arts = builder.add_programme(1);
/// let science = builder.add_programme(2);
/// let anna = builder.add_applicant([(science, 310), (arts, 310)]);
/// let market = builder.build()?;
/// assert_eq!(market.list(anna).collect::<Vec<_>>(), [science, arts]);
/// # Ok::<(), antagning_matching::MarketError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MarketBuilder<P> {
    seats: Vec<u32>,
    /// Where each applicant's choices begin, and at last where they end.
    starts: Vec<u32>,
    programmes: Vec<ProgrammeIx>,
    priorities: Vec<P>,
    /// Choices and applicants offered, kept or not.
    entries: u64,
    limit: u64,
}

/// One choice, seen from the programme.
#[derive(Clone, Copy)]
struct Entry<P> {
    priority: P,
    place: u32,
    choice: u32,
}

impl<P: Ord + Copy> Default for MarketBuilder<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: Ord + Copy> MarketBuilder<P> {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(0, 0, 0)
    }

    /// An empty builder with memory set aside for so many applicants, programmes and choices.
    #[must_use]
    pub fn with_capacity(applicants: usize, programmes: usize, choices: usize) -> Self {
        let mut starts = Vec::with_capacity(applicants + 1);
        starts.push(0);
        Self {
            seats: Vec::with_capacity(programmes),
            starts,
            programmes: Vec::with_capacity(choices),
            priorities: Vec::with_capacity(choices),
            entries: 0,
            limit: u64::from(u32::MAX),
        }
    }

    /// Adds a programme with so many seats (0 is allowed), and gives its index.
    ///
    /// # Panics
    ///
    /// At more than 2³² − 1 programmes.
    pub fn add_programme(&mut self, seats: u32) -> ProgrammeIx {
        let number = u32::try_from(self.seats.len()).ok().filter(|&number| number < u32::MAX);
        self.seats.push(seats);
        ProgrammeIx::new(number.expect("fewer than 2³² − 1 programmes"))
    }

    /// Adds an applicant with their choices, most wanted first, each with the applicant's
    /// priority there, and gives the applicant's index. The list may be empty.
    pub fn add_applicant(
        &mut self,
        choices: impl IntoIterator<Item = (ProgrammeIx, P)>,
    ) -> ApplicantIx {
        let applicant = ApplicantIx::new((self.starts.len() - 1) as u32);
        self.entries += 1;
        for (programme, priority) in choices {
            self.entries += 1;
            if self.entries <= self.limit {
                self.programmes.push(programme);
                self.priorities.push(priority);
            }
        }
        if self.entries <= self.limit {
            self.starts.push(self.programmes.len() as u32);
        }
        applicant
    }

    /// Checks everything and builds the index.
    ///
    /// Time O(choices · log(longest ranking)), close to linear when priorities at different
    /// programmes mostly agree; memory O(choices).
    ///
    /// # Errors
    ///
    /// See [`MarketError`], which also says which error wins when there are several.
    pub fn build(self) -> Result<Market, MarketError> {
        let counts = self.check()?;
        let longest = counts.iter().copied().max().unwrap_or(0) as usize;
        let index = if Choices::fit_narrow(self.seats.len(), longest) {
            self.index(&counts, Choices::Narrow)?
        } else {
            self.index(&counts, Choices::Wide)?
        };
        Ok(Market { index: Arc::new(index) })
    }

    /// The number of applicants at each programme, if every choice is sound.
    fn check(&self) -> Result<Vec<u32>, MarketError> {
        if self.entries > self.limit {
            return Err(MarketError::TooLarge { entries: self.entries, limit: self.limit });
        }
        let mut counts = vec![0; self.seats.len()];
        // The last applicant seen at each programme, one more than its number.
        let mut seen = vec![0; self.seats.len()];
        for (number, bounds) in self.starts.windows(2).enumerate() {
            let applicant = ApplicantIx::new(number as u32);
            let list = &self.programmes[bounds[0] as usize..bounds[1] as usize];
            for (position, &programme) in list.iter().enumerate() {
                let Some(last) = seen.get_mut(programme.index()) else {
                    return Err(MarketError::UnknownProgramme { applicant, programme, position });
                };
                if *last == number + 1 {
                    return Err(MarketError::RepeatedProgramme { applicant, programme, position });
                }
                *last = number + 1;
                counts[programme.index()] += 1;
            }
        }
        Ok(counts)
    }

    fn index<C: Packed>(
        self,
        counts: &[u32],
        wrap: fn(Vec<C>) -> Choices,
    ) -> Result<Index, MarketError> {
        let applicant_in = self.places();
        let rankings = offsets(counts.iter().copied());
        let (entries, starts) = self.entries_by_programme(&applicant_in, &rankings);
        let Self { seats, programmes, priorities, starts: lists, .. } = self;
        // Half the memory of a large builder, no longer needed from here on.
        drop((programmes, priorities, lists));
        let entries = rank(entries, &rankings, &applicant_in)?;

        let mut place_of = vec![0; applicant_in.len()];
        for (place, &applicant) in applicant_in.iter().enumerate() {
            place_of[applicant as usize] = place as u32;
        }
        let mut choices = vec![C::pack(seats.len(), 0); entries.len() + applicant_in.len()];
        for (programme, bounds) in rankings.windows(2).enumerate() {
            for (rank, entry) in entries[bounds[0] as usize..bounds[1] as usize].iter().enumerate()
            {
                choices[entry.choice as usize] = C::pack(programme, rank as u32);
            }
        }
        Ok(Index {
            words: offsets(counts.iter().map(|count| count.div_ceil(64))),
            seats,
            applicant_in,
            place_of,
            starts,
            choices: wrap(choices),
            rankings,
            holder: entries.iter().map(|entry| entry.place).collect(),
            choice_at: entries.iter().map(|entry| entry.choice).collect(),
        })
    }

    /// The applicant in each place: from the highest priority at the first choice to the lowest,
    /// then those without choices; equals in the order of adding.
    fn places(&self) -> Vec<u32> {
        let mut keyed: Vec<(P, u32)> = Vec::with_capacity(self.starts.len() - 1);
        let mut without = Vec::new();
        for (applicant, bounds) in self.starts.windows(2).enumerate() {
            if bounds[0] < bounds[1] {
                keyed.push((self.priorities[bounds[0] as usize], applicant as u32));
            } else {
                without.push(applicant as u32);
            }
        }
        keyed.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        keyed.into_iter().map(|(_, applicant)| applicant).chain(without).collect()
    }

    /// Every choice, grouped by programme and within it by place, and where the choices of each
    /// place begin when a sentinel follows each list.
    fn entries_by_programme(
        &self,
        applicant_in: &[u32],
        rankings: &[u32],
    ) -> (Vec<Entry<P>>, Vec<u32>) {
        let mut starts = Vec::with_capacity(applicant_in.len() + 1);
        starts.push(0);
        let Some(&filler) = self.priorities.first() else {
            starts.extend(1..=applicant_in.len() as u32);
            return (Vec::new(), starts);
        };
        let filler = Entry { priority: filler, place: 0, choice: 0 };
        let mut entries = vec![filler; self.priorities.len()];
        let mut next = rankings.to_vec();
        let mut choice = 0;
        for (place, &applicant) in applicant_in.iter().enumerate() {
            let applicant = applicant as usize;
            let list = self.starts[applicant] as usize..self.starts[applicant + 1] as usize;
            for (&programme, &priority) in
                self.programmes[list.clone()].iter().zip(&self.priorities[list])
            {
                let slot = &mut next[programme.index()];
                entries[*slot as usize] = Entry { priority, place: place as u32, choice };
                *slot += 1;
                choice += 1;
            }
            choice += 1;
            starts.push(choice);
        }
        (entries, starts)
    }
}

/// Puts each programme's entries in order of priority, and refuses ties.
///
/// Places follow the priority at the first choice, so most programmes arrive in order or in a few
/// long runs, which the standard stable sort detects and merges.
fn rank<P: Ord>(
    mut entries: Vec<Entry<P>>,
    rankings: &[u32],
    applicant_in: &[u32],
) -> Result<Vec<Entry<P>>, MarketError> {
    let mut groups = Vec::new();
    let mut programmes = 0;
    for (programme, bounds) in rankings.windows(2).enumerate() {
        let ranking = &mut entries[bounds[0] as usize..bounds[1] as usize];
        ranking.sort_by(|a, b| b.priority.cmp(&a.priority));
        let before = groups.len();
        let tied = |a: &Entry<P>, b: &Entry<P>| a.priority.cmp(&b.priority) == Ordering::Equal;
        for group in ranking.chunk_by(tied).filter(|group| group.len() > 1) {
            let mut applicants: Vec<_> = group
                .iter()
                .map(|entry| ApplicantIx::new(applicant_in[entry.place as usize]))
                .collect();
            applicants.sort_unstable();
            groups.push((ProgrammeIx::new(programme as u32), applicants));
        }
        programmes += usize::from(groups.len() > before);
    }
    if groups.is_empty() {
        return Ok(entries);
    }
    let mut touched: Vec<_> = groups.iter().flat_map(|(_, group)| group).collect();
    touched.sort_unstable();
    touched.dedup();
    let applicants = touched.len();
    Err(MarketError::UnresolvedTies { applicants, programmes, groups })
}

/// Where each of consecutive runs begins, and at last where they all end.
fn offsets(lengths: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut end = 0;
    std::iter::once(0)
        .chain(lengths.map(|length| {
            end += length;
            end
        }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_entries_than_can_be_numbered_are_refused() {
        let mut builder = MarketBuilder::new();
        builder.limit = 3;
        let programme = builder.add_programme(1);
        builder.add_applicant([(programme, 1)]);
        assert!(builder.clone().build().is_ok());
        builder.add_applicant([(programme, 2)]);
        let error = builder.build().expect_err("four entries");
        assert_eq!(error, MarketError::TooLarge { entries: 4, limit: 3 });
    }
}
