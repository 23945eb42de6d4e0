//! From choices with priorities to a market, checked.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::expansion::{Added, Layout, offsets};
use crate::grouping::Grouping;
use crate::market::Index;
use crate::packed::{Choices, Packed};
use crate::tie_classes::TieRecorder;
use crate::ties::{RefusedTies, Ties};
use crate::{
    ApplicantIx, Claim, Lotteries, Market, MarketError, ProgrammeIx, QuotaGroup, TiedMarket,
};

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
    /// The priority of each choice that claims no groups.
    priorities: Vec<P>,
    groups: Added<P>,
    /// Choices, claims on groups and applicants offered, kept or not.
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
            groups: Added::new(),
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

    /// Adds a programme whose seats are divided among quota groups, in order of precedence, and
    /// gives its index. What the groups mean is said at [`QuotaGroup`]; that they are sound is
    /// checked by [`build`](Self::build).
    ///
    /// # Panics
    ///
    /// At more than 2³² − 1 programmes.
    pub fn add_grouped_programme(&mut self, groups: &[QuotaGroup]) -> ProgrammeIx {
        // What overflows is refused when building, by the sum of what was added.
        let seats = groups.iter().fold(0, |seats: u32, group| seats.saturating_add(group.seats));
        let programme = self.add_programme(seats);
        self.groups.programme(programme, groups);
        programme
    }

    /// Adds an applicant with their choices, most wanted first, each with the applicant's
    /// priority there, and gives the applicant's index. The list may be empty.
    pub fn add_applicant(
        &mut self,
        choices: impl IntoIterator<Item = (ProgrammeIx, P)>,
    ) -> ApplicantIx {
        self.entries += 1;
        for (programme, priority) in choices {
            self.add_plain(programme, priority);
        }
        self.end_list()
    }

    /// Adds an applicant as [`add_applicant`](Self::add_applicant) does, some of whose choices may
    /// be of grouped programmes.
    ///
    /// ```
    /// use antagning_matching::{Claim, MarketBuilder, QuotaGroup, deferred_acceptance};
    ///
    /// let mut builder = MarketBuilder::new();
    /// let by_test = QuotaGroup { seats: 1, unfilled_to: Some(1) };
    /// let by_merit = QuotaGroup { seats: 1, unfilled_to: None };
    /// let dance = builder.add_grouped_programme(&[by_test, by_merit]);
    /// let arts = builder.add_programme(1);
    /// let anna = builder.add_applicant_with_claims([
    ///     (dance, Claim::Groups(&[(0, 87), (1, 310)])),
    ///     (arts, Claim::Plain(310)),
    /// ]);
    /// let björn = builder.add_applicant_with_claims([(dance, Claim::Groups(&[(1, 250)]))]);
    /// let matching = deferred_acceptance(&builder.build()?);
    /// assert_eq!(matching.group_of(anna), Some(0));
    /// assert_eq!(matching.group_of(björn), Some(1));
    /// # Ok::<(), antagning_matching::MarketError>(())
    /// ```
    pub fn add_applicant_with_claims<'c>(
        &mut self,
        choices: impl IntoIterator<Item = (ProgrammeIx, Claim<'c, P>)>,
    ) -> ApplicantIx
    where
        P: 'c,
    {
        self.entries += 1;
        for (programme, claim) in choices {
            match claim {
                Claim::Plain(priority) => self.add_plain(programme, priority),
                Claim::Groups(groups) => {
                    self.entries += 1 + groups.len() as u64;
                    if self.entries <= self.limit {
                        self.groups.claim(self.programmes.len() as u32, groups);
                        self.programmes.push(programme);
                    }
                }
            }
        }
        self.end_list()
    }

    fn add_plain(&mut self, programme: ProgrammeIx, priority: P) {
        self.entries += 1;
        if self.entries <= self.limit {
            self.programmes.push(programme);
            self.priorities.push(priority);
        }
    }

    fn end_list(&mut self) -> ApplicantIx {
        let applicant = ApplicantIx::new((self.starts.len() - 1) as u32);
        if self.entries <= self.limit {
            self.starts.push(self.programmes.len() as u32);
        }
        applicant
    }

    /// Checks everything and builds the index.
    ///
    /// Time O(choices · log(longest ranking)), close to linear when priorities at different
    /// programmes mostly agree; memory O(choices). A choice of a grouped programme counts once for
    /// each group that is open to the applicant.
    ///
    /// # Errors
    ///
    /// See [`MarketError`], which also says which error wins when there are several.
    pub fn build(self) -> Result<Market, MarketError> {
        let (index, _) = self.whole_index(|_| RefusedTies::default())?;
        Ok(Market { index: Arc::new(index) })
    }

    /// Checks everything as [`build`](Self::build) does, and builds a market in which applicants
    /// may share a priority, for a [`TieRule`](crate::TieRule) to treat alike.
    ///
    /// Its programmes have no quota groups. When all of a tied class is rejected, more applicants
    /// may leave more seats free; passed on to a later group, these would admit somebody whom fewer
    /// applicants kept out. Such a choice function is not substitutable, and deferred acceptance
    /// promises nothing about it.
    ///
    /// Time and memory as for [`build`](Self::build).
    ///
    /// # Errors
    ///
    /// See [`MarketError`]: [`GroupsWithTies`](MarketError::GroupsWithTies) for the first programme
    /// with quota groups; never [`UnresolvedTies`](MarketError::UnresolvedTies).
    pub fn build_with_ties(self) -> Result<TiedMarket, MarketError> {
        let (counts, layout) = self.check()?;
        if let Some(layout) = layout {
            let (first, _) = layout.group_of(layout.programmes());
            return Err(MarketError::GroupsWithTies { programme: ProgrammeIx::new(first as u32) });
        }
        let recorder = TieRecorder::new(self.starts.len() - 1, &counts);
        let (index, recorder) = self.packed_index(&counts, recorder)?;
        Ok(TiedMarket::new(Market { index: Arc::new(index) }, recorder.classes()))
    }

    /// Checks everything as [`build`](Self::build) does, and makes a market in which applicants may
    /// share a priority, quota groups or not, ready for many lotteries.
    ///
    /// Time and memory as for [`build`](Self::build), and as told at [`Lotteries`].
    ///
    /// # Errors
    ///
    /// See [`MarketError`]; never [`UnresolvedTies`](MarketError::UnresolvedTies).
    pub fn build_for_lotteries(self) -> Result<Lotteries, MarketError> {
        let applicants = self.starts.len() - 1;
        let (index, recorder) = self.whole_index(|counts| TieRecorder::new(applicants, counts))?;
        let market = Market { index: Arc::new(index) };
        Ok(Lotteries::over(market, Arc::new(recorder.classes())))
    }

    /// Checks everything and makes the index, with a unit for each group where there are groups;
    /// `ties` gets the number of applicants at each unit.
    fn whole_index<T: Ties>(
        self,
        ties: impl FnOnce(&[u32]) -> T,
    ) -> Result<(Index, T), MarketError> {
        let (counts, layout) = self.check()?;
        let Some(layout) = layout else {
            let ties = ties(&counts);
            return self.packed_index(&counts, ties);
        };
        let (expanded, counts) = self.expand(&layout);
        let ties = ties(&counts);
        let index = expanded.packed_index(&counts, ties);
        let (mut index, ties) = index.map_err(|error| layout.name_ties(error))?;
        index.grouping = Some(Grouping::new(layout, &index));
        Ok((index, ties))
    }

    fn packed_index<T: Ties>(self, counts: &[u32], ties: T) -> Result<(Index, T), MarketError> {
        let longest = counts.iter().copied().max().unwrap_or(0) as usize;
        if Choices::fit_narrow(self.seats.len(), longest) {
            self.index(counts, Choices::Narrow, ties)
        } else {
            self.index(counts, Choices::Wide, ties)
        }
    }

    /// The number of applicants at each programme and the layout of groups, if there are any, when
    /// everything is sound.
    fn check(&self) -> Result<(Vec<u32>, Option<Layout>), MarketError> {
        if self.entries > self.limit {
            return Err(MarketError::TooLarge { entries: self.entries, limit: self.limit });
        }
        let layout = self.groups.layout(self.seats.len())?;
        let mut claims = self.groups.claims();
        let plain = layout.is_none() && claims.peek().is_none();
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
                if !plain {
                    let choice = bounds[0] + position as u32;
                    let claims = claims.next_if(|&(claiming, _)| claiming == choice);
                    let claims = claims.map(|(_, claims)| claims);
                    Layout::check_claims(layout.as_ref(), applicant, programme, position, claims)?;
                }
            }
        }
        Ok((counts, layout))
    }

    /// The same market with a unit for each group, and the number of applicants at each unit.
    fn expand(self, layout: &Layout) -> (Self, Vec<u32>) {
        let seats = layout.unit_seats(self.seats);
        let mut counts = vec![0; seats.len()];
        let mut expanded = Self::with_capacity(self.starts.len() - 1, 0, self.entries as usize);
        expanded.seats = seats;
        let mut claims = self.groups.claims();
        let mut plain = self.priorities.iter();
        for bounds in self.starts.windows(2) {
            for choice in bounds[0]..bounds[1] {
                let programme = self.programmes[choice as usize];
                let mut ask = |unit: usize, priority| {
                    counts[unit] += 1;
                    expanded.programmes.push(ProgrammeIx::new(unit as u32));
                    expanded.priorities.push(priority);
                };
                match claims.next_if(|&(claiming, _)| claiming == choice) {
                    None => plain.next().into_iter().for_each(|&key| ask(programme.index(), key)),
                    Some((_, claims)) => claims
                        .iter()
                        .for_each(|&(group, key)| ask(layout.unit(programme, group), key)),
                }
            }
            expanded.starts.push(expanded.programmes.len() as u32);
        }
        (expanded, counts)
    }

    fn index<C: Packed, T: Ties>(
        self,
        counts: &[u32],
        wrap: fn(Vec<C>) -> Choices,
        mut ties: T,
    ) -> Result<(Index, T), MarketError> {
        let applicant_in = self.places();
        let rankings = offsets(counts.iter().copied());
        let (entries, starts) = self.entries_by_programme(&applicant_in, &rankings);
        let Self { seats, programmes, priorities, starts: lists, .. } = self;
        // Half the memory of a large builder, no longer needed from here on.
        drop((programmes, priorities, lists));
        let entries = rank(entries, &rankings, &applicant_in, &mut ties);
        ties.permitted()?;

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
        let index = Index {
            words: offsets(counts.iter().map(|count| count.div_ceil(64))),
            seats,
            applicant_in,
            place_of,
            starts,
            choices: wrap(choices),
            rankings,
            holder: entries.iter().map(|entry| entry.place).collect(),
            choice_at: entries.iter().map(|entry| entry.choice).collect(),
            grouping: None,
        };
        Ok((index, ties))
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

/// Puts each programme's entries in order of priority, equals in the order of adding, and tells of
/// every tie.
///
/// Places follow the priority at the first choice, so most programmes arrive in order or in a few
/// long runs, which the standard stable sort detects and merges.
fn rank<P: Ord>(
    mut entries: Vec<Entry<P>>,
    rankings: &[u32],
    applicant_in: &[u32],
    ties: &mut impl Ties,
) -> Vec<Entry<P>> {
    for (programme, bounds) in rankings.windows(2).enumerate() {
        let ranking = &mut entries[bounds[0] as usize..bounds[1] as usize];
        ranking.sort_by(|a, b| b.priority.cmp(&a.priority));
        let tied = |a: &Entry<P>, b: &Entry<P>| a.priority.cmp(&b.priority) == Ordering::Equal;
        let mut rank = 0;
        for class in ranking.chunk_by_mut(tied) {
            if class.len() > 1 {
                let applicant = |entry: &Entry<P>| applicant_in[entry.place as usize];
                class.sort_unstable_by_key(applicant);
                let applicants = class.iter().map(|entry| ApplicantIx::new(applicant(entry)));
                ties.tied(ProgrammeIx::new(programme as u32), rank, applicants);
            }
            rank += class.len() as u32;
        }
    }
    entries
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
