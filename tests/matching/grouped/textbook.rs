//! Grouped deferred acceptance as the textbook has it: a queue of applicants, and at each proposal
//! the programme chooses anew from those it holds and the one who asks.
//!
//! The oracle of the tests and of the bench. It shares nothing with the library, not even the type
//! of its input.

use std::collections::VecDeque;

use antagning_matching::{Claim, Market, MarketBuilder, MarketError, ProgrammeIx, QuotaGroup};

/// A group's own seats, and the later group that its unfilled seats pass on to.
pub(crate) type Group = (u32, Option<usize>);

/// The groups that are open to somebody, each with the priority there (the greater first).
pub(crate) type Keys = Vec<(usize, u64)>;

/// A programme in plain vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Programme {
    /// In order of precedence; exactly one, passing nothing on, when plain.
    pub(crate) groups: Vec<Group>,
    /// Whether the library is told of a programme without groups.
    pub(crate) plain: bool,
}

/// A market in plain vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupedInstance {
    pub(crate) programmes: Vec<Programme>,
    /// By applicant, in order of preference; at a plain programme with a key in group 0.
    pub(crate) lists: Vec<Vec<(usize, Keys)>>,
}

/// The choice function from its definition: whom each group takes of `claimants`, by their numbers
/// in that slice.
pub(crate) fn choose(groups: &[Group], claimants: &[&Keys]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..claimants.len()).collect();
    let mut passed_on = vec![0; groups.len()];
    let take = |(group, &(seats, unfilled_to)): (usize, &Group)| {
        let mut ranked: Vec<_> = left
            .iter()
            .filter_map(|&claimant| {
                let key = claimants[claimant].iter().find(|&&(open, _)| open == group)?;
                Some((key.1, claimant))
            })
            .collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let seats = u64::from(seats) + passed_on[group];
        ranked.truncate(usize::try_from(seats).expect("64 bits"));
        let taken: Vec<_> = ranked.into_iter().map(|(_, claimant)| claimant).collect();
        left.retain(|claimant| !taken.contains(claimant));
        if let Some(to) = unfilled_to {
            passed_on[to] += seats - taken.len() as u64;
        }
        taken
    };
    groups.iter().enumerate().map(take).collect()
}

impl GroupedInstance {
    /// The same market for the library.
    pub(crate) fn market(&self) -> Result<Market, MarketError> {
        let mut builder = MarketBuilder::new();
        self.add_to(&mut builder, 0);
        builder.build()
    }

    /// Adds the market to a builder that already has `before` programmes.
    pub(crate) fn add_to(&self, builder: &mut MarketBuilder<u64>, before: u32) {
        for programme in &self.programmes {
            if programme.plain {
                builder.add_programme(programme.groups[0].0);
            } else {
                let group = |&(seats, unfilled_to): &Group| QuotaGroup { seats, unfilled_to };
                let groups: Vec<_> = programme.groups.iter().map(group).collect();
                builder.add_grouped_programme(&groups);
            }
        }
        for list in &self.lists {
            builder.add_applicant_with_claims(list.iter().map(|(programme, keys)| {
                let claim = match self.programmes[*programme].plain {
                    true => Claim::Plain(keys[0].1),
                    false => Claim::Groups(keys),
                };
                (ProgrammeIx::new(before + *programme as u32), claim)
            }));
        }
    }

    /// The keys of an applicant at the programme that stands at a position of their list.
    pub(crate) fn keys(&self, applicant: usize, position: usize) -> &Keys {
        &self.lists[applicant][position].1
    }

    /// The position of a programme in a list.
    pub(crate) fn position(&self, applicant: usize, programme: usize) -> Option<usize> {
        self.lists[applicant].iter().position(|&(listed, _)| listed == programme)
    }

    /// Whom each group of a programme takes of these applicants, who all list it.
    pub(crate) fn chosen(&self, programme: usize, applicants: &[usize]) -> Vec<Vec<usize>> {
        let keys = |&applicant: &usize| {
            self.keys(applicant, self.position(applicant, programme).expect("listed"))
        };
        let claimants: Vec<_> = applicants.iter().map(keys).collect();
        let taken = choose(&self.programmes[programme].groups, &claimants);
        taken.iter().map(|group| group.iter().map(|&i| applicants[i]).collect()).collect()
    }

    /// The position in each applicant's list where they are placed.
    pub(crate) fn deferred_acceptance(&self) -> Vec<Option<usize>> {
        let mut next = vec![0; self.lists.len()];
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); self.programmes.len()];
        let mut queue: VecDeque<usize> = (0..self.lists.len()).collect();
        while let Some(applicant) = queue.pop_front() {
            let Some(&(programme, _)) = self.lists[applicant].get(next[applicant]) else {
                continue;
            };
            next[applicant] += 1;
            holders[programme].push(applicant);
            let chosen = self.chosen(programme, &holders[programme]).concat();
            let asked = std::mem::replace(&mut holders[programme], chosen);
            queue.extend(asked.iter().filter(|asked| !holders[programme].contains(asked)));
        }
        let mut placed = vec![None; self.lists.len()];
        holders
            .iter()
            .flatten()
            .for_each(|&applicant| placed[applicant] = Some(next[applicant] - 1));
        placed
    }
}
