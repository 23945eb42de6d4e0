//! Where admission ended at every offer and quota group.

use antagning_rules::{Assessment, ClaimKeys, CutoffKind, Entrants, Priority, QuotaGroup, Score};

/// The figures of an offer, or of one of its quota groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OfferTally {
    pub(super) programme: u32,
    pub(super) group: Option<u16>,
    pub(super) seats: u32,
    pub(super) admitted: u32,
    /// Somebody who wanted it more than what they have was turned away.
    pub(super) turned_away: bool,
    pub(super) cutoff: CutoffKind,
}

/// One ranking: of a plain offer, or of a quota group.
#[derive(Clone, Copy, Debug)]
struct Line<K> {
    admitted: u32,
    /// The last admitted, an entrant or a claim on the group, with the key.
    last: Option<(K, u32)>,
    turned_away: bool,
}

impl<K: Ord + Copy> Line<K> {
    const EMPTY: Self = Self { admitted: 0, last: None, turned_away: false };

    fn follow(&mut self, key: K, member: usize) {
        if self.last.is_none_or(|(last, _)| key < last) {
            self.last = Some((key, member as u32));
        }
    }
}

/// The lines of all offers while people are counted.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    assessment: &'a Assessment<'a>,
    entrants: &'a Entrants,
    offers: Vec<Line<Priority>>,
    groups: Vec<Line<ClaimKeys>>,
    /// Admitted by hand at each offer.
    by_hand: Vec<u32>,
}

impl<'a> Lines<'a> {
    /// `entrants` are the assessment's own, or drawn from them.
    pub(super) fn new(assessment: &'a Assessment<'a>, entrants: &'a Entrants) -> Self {
        let dossiers = assessment.dossiers();
        Self {
            assessment,
            entrants,
            offers: vec![Line::EMPTY; dossiers.seats.len()],
            groups: vec![Line::EMPTY; dossiers.quotas.len()],
            by_hand: vec![0; dossiers.seats.len()],
        }
    }

    /// Somebody wants an offer more than what they have.
    pub(super) fn turn_away(&mut self, entrant: usize) {
        let entrants = self.entrants;
        let programme = entrants.programme[entrant] as usize;
        self.offers[programme].turned_away = true;
        let first = self.assessment.dossiers().quotas.range(programme).start;
        if !self.groups.is_empty() {
            for claim in entrants.claims.of(entrant) {
                self.groups[first + usize::from(entrants.claims.group[claim])].turned_away = true;
            }
        }
    }

    /// Somebody is admitted, by a quota group where there are any.
    pub(super) fn admit(&mut self, entrant: usize, group: Option<u16>) {
        let entrants = self.entrants;
        let programme = entrants.programme[entrant] as usize;
        let ruling = self.assessment.ruling(entrants.choice[entrant] as usize);
        self.by_hand[programme] += u32::from(ruling.placed_by_hand);
        let offer = &mut self.offers[programme];
        offer.admitted += 1;
        let Some(group) = group else {
            offer.follow(entrants.priority[entrant], entrant);
            return;
        };
        let first = self.assessment.dossiers().quotas.range(programme).start;
        let claims = &entrants.claims;
        for claim in claims.of(entrant) {
            let line = &mut self.groups[first + usize::from(claims.group[claim])];
            if claims.group[claim] == group {
                line.admitted += 1;
                line.follow(claims.keys[claim], claim);
            } else if claims.group[claim] < group {
                // A later group took them.
                line.turned_away = true;
            }
        }
    }

    /// The figures of each offer, and behind it its quota groups where it has several. `seats` are
    /// the seats in that order.
    pub(super) fn into_offers(self, seats: &[u32]) -> Vec<OfferTally> {
        let quotas = self.assessment.dossiers().quotas;
        let entrants = self.entrants;
        let mut seats = seats.iter().copied();
        let mut offers = Vec::with_capacity(seats.len());
        for (programme, offer) in self.offers.iter().enumerate() {
            let groups = quotas.of(programme);
            let of_groups = &self.groups[quotas.range(programme)];
            let group_cutoff = |(line, group): (&Line<ClaimKeys>, &QuotaGroup)| {
                let by_hand = line.last.is_some_and(|(keys, _)| keys[0] > 1);
                cutoff(line, by_hand || group.is_ranked_by_hand(), |last| {
                    entrants.claims.score[last]
                })
            };
            let all_by_hand = offer.admitted > 0 && self.by_hand[programme] == offer.admitted;
            let total = match (of_groups, groups) {
                ([], _) => cutoff(offer, all_by_hand, |last| entrants.score[last]),
                _ if offer.admitted == 0 => CutoffKind::NoneAdmitted,
                _ if all_by_hand => CutoffKind::Manual,
                ([only], [group]) => group_cutoff((only, group)),
                _ if !offer.turned_away => CutoffKind::AllEligibleAdmitted,
                _ => CutoffKind::ByGroup,
            };
            let mut push = |group, (admitted, turned_away), cutoff| {
                let seats = seats.next().unwrap_or(0);
                let programme = programme as u32;
                offers.push(OfferTally { programme, group, seats, admitted, turned_away, cutoff });
            };
            push(None, (offer.admitted, offer.turned_away), total);
            if groups.len() > 1 {
                for (number, pair) in of_groups.iter().zip(groups).enumerate() {
                    let told = (pair.0.admitted, pair.0.turned_away);
                    push(Some(number as u16), told, group_cutoff(pair));
                }
            }
        }
        offers
    }
}

fn cutoff<K>(line: &Line<K>, by_hand: bool, score: impl Fn(usize) -> u64) -> CutoffKind {
    match line.last {
        None => CutoffKind::NoneAdmitted,
        Some(_) if by_hand => CutoffKind::Manual,
        Some(_) if !line.turned_away => CutoffKind::AllEligibleAdmitted,
        Some((_, last)) => CutoffKind::Value(Score::from_ten_thousandths(score(last as usize))),
    }
}
