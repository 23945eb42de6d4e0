//! From grouped programmes to units: one ranking with its seats each, like a plain programme.
//!
//! A choice of a grouped programme becomes consecutive choices of the groups that are open to the
//! applicant, in order of precedence. Whoever a group turns away asks the next group, and so the
//! groups take in turn just whom the choice function takes; only the passing on of seats is left
//! to the run.

use std::iter::Peekable;

use crate::{ApplicantIx, MarketError, ProgrammeIx, QuotaGroup};

/// The grouped programmes of a builder and the claims on their groups, as they are added.
#[derive(Clone, Debug)]
pub(crate) struct Added<P> {
    /// Each grouped programme, and where its groups begin in `groups`.
    programmes: Vec<(usize, usize)>,
    groups: Vec<QuotaGroup>,
    /// Each choice that claims groups, by its number, and where its claims begin in `claims`.
    choices: Vec<(u32, usize)>,
    claims: Vec<(usize, P)>,
}

/// Which unit is what: first all programmes, those with groups being units that nobody asks; then
/// all groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    groups: Vec<QuotaGroup>,
    /// Where the groups of each programme begin in `groups`; one more entry than programmes.
    starts: Vec<u32>,
    /// The programme of each group.
    owners: Vec<u32>,
}

impl<P: Copy> Added<P> {
    pub(crate) fn new() -> Self {
        Self { programmes: Vec::new(), groups: Vec::new(), choices: Vec::new(), claims: Vec::new() }
    }

    pub(crate) fn programme(&mut self, programme: ProgrammeIx, groups: &[QuotaGroup]) {
        self.programmes.push((programme.index(), self.groups.len()));
        self.groups.extend_from_slice(groups);
    }

    /// Notes that a choice claims groups, each named with the priority there.
    pub(crate) fn claim(&mut self, choice: u32, groups: &[(usize, P)]) {
        let start = self.claims.len();
        self.choices.push((choice, start));
        self.claims.extend_from_slice(groups);
        self.claims[start..].sort_unstable_by_key(|&(group, _)| group);
    }

    /// The claims of each choice that has any, in order of precedence.
    pub(crate) fn claims(&self) -> Peekable<impl Iterator<Item = (u32, &[(usize, P)])>> {
        let ends = self.choices.iter().skip(1).map(|&(_, start)| start);
        let ends = ends.chain(std::iter::once(self.claims.len()));
        let bounds = self.choices.iter().zip(ends);
        bounds.map(|(&(choice, start), end)| (choice, &self.claims[start..end])).peekable()
    }

    /// The layout of a market of so many programmes; none when no programme has groups.
    pub(crate) fn layout(&self, programmes: usize) -> Result<Option<Layout>, MarketError> {
        if self.programmes.is_empty() {
            return Ok(None);
        }
        let mut lengths = vec![0; programmes];
        let ends = self.programmes.iter().skip(1).map(|&(_, start)| start);
        let ends = ends.chain(std::iter::once(self.groups.len()));
        for (&(number, start), end) in self.programmes.iter().zip(ends) {
            let groups = &self.groups[start..end];
            check_groups(ProgrammeIx::new(number as u32), groups)?;
            lengths[number] = groups.len() as u32;
        }
        let owners = lengths
            .iter()
            .enumerate()
            .flat_map(|(programme, &length)| (0..length).map(move |_| programme as u32))
            .collect();
        let starts = offsets(lengths.iter().copied());
        Ok(Some(Layout { groups: self.groups.clone(), starts, owners }))
    }
}

fn check_groups(programme: ProgrammeIx, groups: &[QuotaGroup]) -> Result<(), MarketError> {
    if groups.is_empty() {
        return Err(MarketError::NoGroups { programme });
    }
    for (group, QuotaGroup { unfilled_to, .. }) in groups.iter().enumerate() {
        if unfilled_to.is_some_and(|to| to <= group || to >= groups.len()) {
            return Err(MarketError::UnfilledToNoLaterGroup { programme, group });
        }
    }
    let seats: u64 = groups.iter().map(|group| u64::from(group.seats)).sum();
    if seats > u64::from(u32::MAX) {
        return Err(MarketError::TooManySeats { programme, seats });
    }
    Ok(())
}

impl Layout {
    /// Number of programmes.
    pub(crate) fn programmes(&self) -> usize {
        self.starts.len() - 1
    }

    /// The groups of a programme; none when it is plain.
    pub(crate) fn groups(&self, programme: ProgrammeIx) -> &[QuotaGroup] {
        let programme = programme.index();
        &self.groups[self.starts[programme] as usize..self.starts[programme + 1] as usize]
    }

    /// The unit of a group.
    ///
    /// # Panics
    ///
    /// When the programme has no such group.
    pub(crate) fn unit(&self, programme: ProgrammeIx, group: usize) -> usize {
        let groups = self.groups(programme).len();
        assert!(group < groups, "group {group} of a programme with {groups}");
        self.programmes() + self.starts[programme.index()] as usize + group
    }

    /// The programme of a unit, and which group of it the unit is.
    pub(crate) fn group_of(&self, unit: usize) -> (usize, Option<usize>) {
        match unit.checked_sub(self.programmes()) {
            None => (unit, None),
            Some(number) => {
                let programme = self.owners[number] as usize;
                (programme, Some(number - self.starts[programme] as usize))
            }
        }
    }

    /// Every group with its unit and the unit that its unfilled seats pass on to.
    pub(crate) fn passing(&self) -> impl Iterator<Item = (usize, QuotaGroup, Option<usize>)> + '_ {
        self.groups.iter().zip(&self.owners).enumerate().map(|(number, (&group, &owner))| {
            let first = self.programmes() + self.starts[owner as usize] as usize;
            (self.programmes() + number, group, group.unfilled_to.map(|to| first + to))
        })
    }

    /// Seats by unit, from those by programme: a group has what it can have at most, its own and
    /// all that may be passed on to it.
    pub(crate) fn unit_seats(&self, mut seats: Vec<u32>) -> Vec<u32> {
        seats.extend(self.groups.iter().map(|group| group.seats));
        for (unit, _, passes_to) in self.passing() {
            if let Some(to) = passes_to {
                seats[to] += seats[unit];
            }
        }
        seats
    }

    /// Whether the claims of a choice, given in order of precedence, suit the programme; `None`
    /// stands for a plain claim.
    pub(crate) fn check_claims<P>(
        layout: Option<&Self>,
        applicant: ApplicantIx,
        programme: ProgrammeIx,
        position: usize,
        claims: Option<&[(usize, P)]>,
    ) -> Result<(), MarketError> {
        let groups = layout.map_or(0, |layout| layout.groups(programme).len());
        match claims {
            None if groups == 0 => Ok(()),
            None => Err(MarketError::PlainClaimOnGroups { applicant, programme, position }),
            Some(_) if groups == 0 => {
                Err(MarketError::GroupClaimOnPlain { applicant, programme, position })
            }
            Some([]) => Err(MarketError::OpenToNoGroup { applicant, programme, position }),
            Some(claims) => {
                let before = claims.iter().map(|&(group, _)| Some(group));
                let before = std::iter::once(None).chain(before);
                for (&(group, _), before) in claims.iter().zip(before) {
                    if group >= groups {
                        return Err(MarketError::UnknownGroup {
                            applicant,
                            programme,
                            position,
                            group,
                        });
                    }
                    if before == Some(group) {
                        return Err(MarketError::RepeatedGroup {
                            applicant,
                            programme,
                            position,
                            group,
                        });
                    }
                }
                Ok(())
            }
        }
    }

    /// Ties by unit as ties by programme and group.
    pub(crate) fn name_ties(&self, error: MarketError) -> MarketError {
        let MarketError::UnresolvedTies { applicants, groups: tied, .. } = error else {
            return error;
        };
        let mut ties: Vec<_> = tied
            .into_iter()
            .map(|(unit, tied)| {
                let (programme, group) = self.group_of(unit.index());
                (ProgrammeIx::new(programme as u32), group, tied)
            })
            .collect();
        // Stable, so that the ties of one ranking stay in its order.
        ties.sort_by_key(|&(programme, group, _)| (programme, group));
        let programmes = ties.chunk_by(|a, b| a.0 == b.0).count();
        if ties.iter().all(|(_, group, _)| group.is_none()) {
            let groups = ties.into_iter().map(|(programme, _, tied)| (programme, tied)).collect();
            return MarketError::UnresolvedTies { applicants, programmes, groups };
        }
        MarketError::UnresolvedTiesInGroups { applicants, programmes, ties }
    }
}

/// Where each of consecutive runs begins, and at last where they all end.
pub(crate) fn offsets(lengths: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut end = 0;
    std::iter::once(0)
        .chain(lengths.map(|length| {
            end += length;
            end
        }))
        .collect()
}
