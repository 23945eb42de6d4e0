//! Chains from every unit at once, when each goes on from a unit in one way only.

/// Where a chain goes on from a unit.
pub(super) struct Link {
    /// Who moves, and by how many places in their list.
    pub(super) place: usize,
    pub(super) ranks: usize,
    /// Whether they are unplaced before or after.
    pub(super) unplaced: bool,
    /// The unit where the chain goes on, if it does not end here.
    pub(super) next: Option<usize>,
}

/// What is known of the chain from a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// There is none.
    None,
    /// What it comes to, and the place that moves last.
    Told(Total, usize),
    /// It comes round, or may do so, and has to be tried.
    Open,
}

/// What the links of a chain come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Total {
    pub(super) moved: u32,
    pub(super) ranks: u64,
    /// Whether the one who moves last is unplaced before or after.
    pub(super) unplaced: bool,
}

impl Chain {
    /// The place that moves last.
    pub(super) fn last(&self) -> Option<usize> {
        match *self {
            Self::Told(_, last) => Some(last),
            Self::None | Self::Open => None,
        }
    }

    /// The chain that begins with a link and goes on like this one.
    fn after(self, link: &Link) -> Self {
        let (rest, last) = match self {
            Self::None => (Total { unplaced: link.unplaced, ..Total::default() }, link.place),
            Self::Told(rest, last) => (rest, last),
            Self::Open => return Self::Open,
        };
        Self::Told(
            Total { moved: rest.moved + 1, ranks: rest.ranks + link.ranks as u64, ..rest },
            last,
        )
    }
}

/// The chain from each unit, by the links of all units.
pub(super) fn follow(links: &[Option<Link>]) -> Vec<Chain> {
    let mut chains = vec![Chain::None; links.len()];
    let mut path = Vec::new();
    for unit in 0..links.len() {
        let mut next = Some(unit);
        let mut chain = loop {
            let Some((unit, link)) = next.and_then(|unit| Some((unit, links[unit].as_ref()?)))
            else {
                break Chain::None;
            };
            if chains[unit] != Chain::None {
                break chains[unit];
            }
            // Until it is known: then this is where it comes round.
            chains[unit] = Chain::Open;
            path.push((unit, link));
            next = link.next;
        };
        while let Some((unit, link)) = path.pop() {
            chain = chain.after(link);
            chains[unit] = chain;
        }
    }
    chains
}
