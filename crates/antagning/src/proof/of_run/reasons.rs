//! The reasons of a finished run and the keys that decided, told again from the keys.

use antagning_formats::Manifest;
use antagning_rules::RankingKey;

use crate::proof::of_run::keys::chain;
use crate::proof::of_run::rows::Rows;
use crate::proof::of_run::verdict::{Entrants, takes_part};

/// One who stands on either side of a line: the row, the keys there and the score.
struct Member<'a> {
    row: usize,
    keys: &'a [u64],
    score: u64,
}

impl Member<'_> {
    /// Whether an official placed them.
    fn is_by_hand(&self) -> bool {
        self.keys[0] > 1
    }

    fn holds(&self) -> bool {
        self.keys[0] == 1
    }
}

/// Reason and deciding key that a row ought to state.
type Stated = (&'static str, Option<RankingKey>);

impl Entrants {
    /// The rows whose reason or deciding key is another than the keys give.
    pub(super) fn reason_faults(&self, rows: &Rows<'_>, manifest: &Manifest) -> Vec<String> {
        let outcomes = &rows.files.outcomes;
        let offered = rows.moves.as_ref().map(|moves| &moves.offered[..]);
        let mut expected: Vec<Option<Stated>> = vec![None; outcomes.len()];
        let by_programme = self.by_programme(rows);
        let chain = chain(manifest);
        for (programme, entrants) in by_programme.iter().enumerate() {
            let groups = &rows.offers.groups[rows.offers.groups_of(programme as u32)];
            let at = |row: usize| outcomes.status.get(row);
            if groups.is_empty() {
                let seats = rows.files.programmes.counts[rows.offers.row[programme]][0];
                let member = |entrant: &usize| Member {
                    row: self.rows[*entrant],
                    keys: &self.keys.plain[*entrant],
                    score: outcomes.score[self.rows[*entrant]],
                };
                let with = |status: &str| -> Vec<Member<'_>> {
                    entrants.iter().filter(|e| at(self.rows[**e]) == status).map(member).collect()
                };
                let line = Line::new(&chain, with("admitted"), with("reserve"), Vec::new());
                let seats = Seats { own: seats, of_group: false };
                line.tell(seats, offered, &|_| true, &mut expected);
                continue;
            }
            for (number, group) in (0..).zip(groups) {
                let claim = |entrant: usize| {
                    let claims =
                        self.keys.claim_offsets[entrant]..self.keys.claim_offsets[entrant + 1];
                    claims.into_iter().find(|c| self.keys.claim_group[*c] == number)
                };
                let with =
                    |status: &str, wanted: &dyn Fn(Option<u32>) -> bool| -> Vec<Member<'_>> {
                        let of_status = entrants.iter().copied().filter(|entrant| {
                            let row = self.rows[*entrant];
                            at(row) == status && wanted(rows.group_of_row[row])
                        });
                        of_status
                            .filter_map(|entrant| {
                                let claim = claim(entrant)?;
                                Some(Member {
                                    row: self.rows[entrant],
                                    keys: &self.keys.claim_key[claim],
                                    score: self.keys.claim_score[claim],
                                })
                            })
                            .collect()
                    };
                let admitted = with("admitted", &|by| by == Some(number));
                let later = with("admitted", &|by| by.is_some_and(|by| by > number));
                let line = Line::new(&group.keys, admitted, with("reserve", &|_| true), later);
                let here = |row: usize| rows.group_of_row[row] == Some(number);
                let own = rows.files.programmes.counts[group.row][0];
                let seats = Seats { own, of_group: true };
                line.tell(seats, offered, &here, &mut expected);
            }
        }
        let mut faults = Vec::new();
        for (row, expected) in expected.into_iter().enumerate() {
            let status = outcomes.status.get(row);
            let (reason, key) = (outcomes.reason.get(row), outcomes.decided_by.get(row));
            let (fits, decided_by) = match expected {
                Some((expected, key)) => (reason == expected, key),
                None => (reasons(status).contains(&reason), None),
            };
            if !fits {
                faults.push(rows.differs(row, "reason", &reason));
            }
            if key != decided_by.map_or("", RankingKey::name) {
                faults.push(rows.differs(row, "decided_by", &key));
            }
        }
        faults
    }

    /// The entrants of each programme.
    fn by_programme(&self, rows: &Rows<'_>) -> Vec<Vec<usize>> {
        let mut by_programme = vec![Vec::new(); rows.offers.row.len()];
        for (entrant, row) in self.rows.iter().enumerate() {
            if takes_part(rows.files.outcomes.status.get(*row)) {
                by_programme[rows.of_row[*row] as usize].push(entrant);
            }
        }
        by_programme
    }
}

/// The seats of a ranking: a programme's, or those of one of its groups.
#[derive(Clone, Copy)]
struct Seats {
    own: u32,
    of_group: bool,
}

/// Who stands on either side of one ranking's line.
struct Line<'a> {
    chain: &'a [RankingKey],
    admitted: Vec<Member<'a>>,
    waiting: Vec<Member<'a>>,
    /// The keys of the last admitted and of the first who was turned away.
    last: Option<(&'a [u64], u64)>,
    turned_away: Option<&'a [u64]>,
    all_by_hand: bool,
}

impl<'a> Line<'a> {
    fn new(
        chain: &'a [RankingKey],
        admitted: Vec<Member<'a>>,
        waiting: Vec<Member<'a>>,
        taken_later: Vec<Member<'a>>,
    ) -> Self {
        let last = admitted.iter().map(|m| (m.keys, m.score)).min();
        let turned_away = waiting.iter().chain(&taken_later).map(|m| m.keys).max();
        let all_by_hand = !admitted.is_empty() && admitted.iter().all(Member::is_by_hand);
        Self { chain, admitted, waiting, last, turned_away, all_by_hand }
    }

    /// What each row on the line ought to state; `offered` tells the rows whose seats are offered by
    /// phone. Otherwise a programme without groups has seats left only where equals are rejected
    /// together.
    fn tell(
        &self,
        seats: Seats,
        offered: Option<&[bool]>,
        here: &dyn Fn(usize) -> bool,
        expected: &mut [Option<Stated>],
    ) {
        for member in &self.admitted {
            expected[member.row] = Some(match self.turned_away {
                _ if member.is_by_hand() => ("placed_by_hand", None),
                _ if member.holds() => ("holds_seat", None),
                None => ("seats_for_all", None),
                Some(away) => ("ahead_of_others", self.deciding(member.keys, away)),
            });
        }
        let best = self.waiting.iter().map(|member| member.keys).max();
        let seats_left = self.admitted.len() < seats.own as usize;
        for member in self.waiting.iter().filter(|member| here(member.row)) {
            let by_phone = offered.map(|offered| offered[member.row]);
            let stated = match (self.last, best) {
                _ if by_phone == Some(true) => ("offered_by_phone", None),
                _ if by_phone.is_some() && seats_left => ("seats_by_phone", None),
                (_, Some(best)) if seats_left && !seats.of_group => {
                    match self.deciding(member.keys, best) {
                        None => ("equals_rejected", None),
                        key => ("below_cutoff", key),
                    }
                }
                (None, _) => ("no_seats", None),
                (Some(_), _) if self.all_by_hand => ("seats_given_by_hand", None),
                (Some((last, _)), _) if last[0] == 1 && member.keys[1..] > last[1..] => {
                    ("seats_held", None)
                }
                (Some((last, score)), _) => {
                    let key = self.deciding(member.keys, last);
                    let reason = match key {
                        Some(RankingKey::Reception) => "second_hand",
                        Some(RankingKey::OnTime) => "late",
                        Some(RankingKey::FreeQuota) => "behind_on_list",
                        _ if member.score < score => "below_cutoff",
                        _ => "lost_tie",
                    };
                    (reason, key)
                }
            };
            expected[member.row] = Some(stated);
        }
    }

    /// The first key of the chain in which two differ, held seats aside; none when a placement by
    /// hand parts them.
    fn deciding(&self, a: &[u64], b: &[u64]) -> Option<RankingKey> {
        if a[0] >> 1 != b[0] >> 1 {
            return None;
        }
        let at = a[1..].iter().zip(&b[1..]).position(|(a, b)| a != b)?;
        self.chain.get(at).copied()
    }
}

/// The reasons that go with a status that no ranking decides.
fn reasons(status: &str) -> &'static [&'static str] {
    match status {
        "ineligible" => &[
            "required_subjects_missing",
            "too_few_passes",
            "too_low_mean",
            "too_old",
            "finished_programme",
            "eligible_for_target",
            "no_group_open",
        ],
        "not_received" => &["not_received", "individual_placement", "offer_closed"],
        "struck" => &["admitted_higher"],
        "withdrawn" => &["withdrawn", "answered_no", "no_show", "not_waiting"],
        _ => &[],
    }
}
