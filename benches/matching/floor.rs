//! The floor: what it takes merely to look at every choice once.

use antagning_matching::{ApplicantIx, Matching, ProgrammeIx};

/// Every choice of a market in one stream, and the final limit of each programme.
pub(crate) enum Floor {
    /// Programme and rank in 16 bits each.
    Narrow(Vec<u32>, Vec<u32>),
    /// Programme and rank in 32 bits each.
    Wide(Vec<u64>, Vec<u32>),
}

impl Floor {
    /// The stream of a matching's market, as wide as the library packs it.
    pub(crate) fn new(matching: &Matching<'_>) -> Self {
        let market = matching.market();
        let programmes = (0..market.programmes() as u32).map(ProgrammeIx::new);
        let longest = programmes.clone().map(|q| market.ranking(q).len()).max().unwrap_or(0);
        let limits = programmes
            .map(|programme| {
                let last = matching.last_admitted(programme);
                let all = market.ranking(programme).len();
                match last.filter(|_| matching.vacancies(programme) == 0) {
                    Some(last) => {
                        let position = matching.choice_of(last).expect("admitted");
                        market.rank_at(last, position) as u32 + 1
                    }
                    None => all as u32,
                }
            })
            .collect();
        let choices = (0..market.applicants() as u32).map(ApplicantIx::new).flat_map(|applicant| {
            market.list(applicant).enumerate().map(move |(position, programme)| {
                (programme.index() as u64) << 32 | market.rank_at(applicant, position) as u64
            })
        });
        if market.programmes() < 1 << 16 && longest <= 1 << 16 {
            let narrow = choices.map(|choice| (choice >> 16 | choice & 0xffff) as u32);
            Self::Narrow(narrow.collect(), limits)
        } else {
            Self::Wide(choices.collect(), limits)
        }
    }

    /// How many choices are below their programme's limit, without a branch on the outcome.
    #[inline(never)]
    pub(crate) fn measured_floor(&self) -> u32 {
        match self {
            Self::Narrow(choices, limits) => choices
                .iter()
                .map(|&choice| u32::from(choice & 0xffff < limits[(choice >> 16) as usize]))
                .sum(),
            Self::Wide(choices, limits) => choices
                .iter()
                .map(|&choice| u32::from((choice as u32) < limits[(choice >> 32) as usize]))
                .sum(),
        }
    }
}
