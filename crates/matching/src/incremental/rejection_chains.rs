//! Chains from every unit at once, when each goes on from a unit in one way only.

/// Where a chain goes on from a unit.
pub(super) struct Link {
    /// Who moves, and by how many places in their list.
    pub(super) place: u32,
    pub(super) ranks: u32,
    /// Whether they are unplaced before or after.
    pub(super) unplaced: bool,
    /// The unit where the chain goes on, if it does not end here.
    pub(super) next: Option<u32>,
}

/// What is known of the chain from a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// There is none.
    None,
    /// What it comes to, and the place that moves last.
    Told(Total, u32),
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
    pub(super) fn last(&self) -> Option<u32> {
        match *self {
            Self::Told(_, last) => Some(last),
            Self::None | Self::Open => None,
        }
    }

    /// How many move.
    pub(super) fn moved(&self) -> u32 {
        match *self {
            Self::Told(total, _) => total.moved,
            Self::None | Self::Open => 0,
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
            Total { moved: rest.moved + 1, ranks: rest.ranks + u64::from(link.ranks), ..rest },
            last,
        )
    }
}

/// The chain from each unit, by the links of all units; open for those that are said to be, and for
/// those that come to them.
pub(super) fn follow(links: &[Option<Link>], is_open: impl Fn(usize) -> bool) -> Vec<Chain> {
    let mut chains: Vec<_> = (0..links.len())
        .map(|unit| if is_open(unit) { Chain::Open } else { Chain::None })
        .collect();
    let mut path = Vec::new();
    for unit in 0..links.len() {
        let mut next = Some(unit as u32);
        let mut chain = loop {
            let Some(unit) = next.map(|unit| unit as usize) else {
                break Chain::None;
            };
            if chains[unit] != Chain::None {
                break chains[unit];
            }
            let Some(link) = &links[unit] else {
                break Chain::None;
            };
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
