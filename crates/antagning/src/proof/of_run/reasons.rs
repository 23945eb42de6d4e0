//! The reasons of a finished run and the keys that decided, told again from the keys.

use antagning_formats::Manifest;
use antagning_rules::{RankingKey, Score};

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

/// What the rows of a run ought to state.
struct Expected {
    /// By row of `outcomes.csv`, where a ranking decides.
    outcomes: Vec<Option<Stated>>,
    /// The deciding key by row of `programmes.csv`.
    lines: Vec<Option<RankingKey>>,
    faults: Vec<String>,
}

impl Entrants {
    /// The rows whose reason, deciding key or score in a group is another than the keys give.
    pub(super) fn reason_faults(&self, rows: &Rows<'_>, manifest: &Manifest) -> Vec<String> {
        let (outcomes, table) = (&rows.files.outcomes, &rows.files.programmes);
        let Expected { outcomes: expected, lines, mut faults } = self.expected(rows, manifest);
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
        for (row, key) in lines.into_iter().enumerate() {
            let stated = table.decided_by.get(row);
            if stated != key.map_or("", RankingKey::name) {
                faults.push(format!(
                    "programmes.csv:{}: decided_by \"{stated}\" does not agree with the rest of the run",
                    row + 2
                ));
            }
        }
        faults
    }

    fn expected(&self, rows: &Rows<'_>, manifest: &Manifest) -> Expected {
        let mut expected = Expected {
            outcomes: vec![None; rows.files.outcomes.len()],
            lines: vec![None; rows.files.programmes.counts.len()],
            faults: Vec::new(),
        };
        let chain = chain(manifest);
        let offered = rows.moves.as_ref().map(|moves| &moves.offered[..]);
        for (programme, entrants) in self.by_programme(rows).iter().enumerate() {
            let total = rows.offers.row[programme];
            let groups = &rows.offers.groups[rows.offers.groups_of(programme as u32)];
            if groups.is_empty() {
                let line = self.plain_line(rows, &chain, entrants);
                let seats = Seats { own: rows.files.programmes.counts[total][0], of_group: false };
                line.tell(seats, offered, &|_| true, &mut expected.outcomes);
                expected.lines[total] = line.decided_by();
            }
            for (number, group) in (0..).zip(groups) {
                let line = self.group_line(rows, number, &group.keys, entrants);
                let here = |row: usize| rows.group_of_row[row] == Some(number);
                let own = rows.files.programmes.counts[group.row][0];
                let seats = Seats { own, of_group: true };
                line.tell(seats, offered, &here, &mut expected.outcomes);
                expected.lines[group.row] = line.decided_by();
                // With one group the programme's line is the group's.
                expected.lines[total] = line.decided_by().filter(|_| groups.len() == 1);
                let stated = |row: usize| rows.files.outcomes.score[row];
                let members = line.admitted.iter().chain(&line.waiting);
                let wrong = members.filter(|m| here(m.row) && stated(m.row) != m.score);
                expected.faults.extend(wrong.map(|member| {
                    let score = Score::from_ten_thousandths(stated(member.row));
                    rows.differs(member.row, "score", &score)
                }));
            }
        }
        expected
    }

    fn plain_line<'a>(
        &'a self,
        rows: &Rows<'_>,
        chain: &'a [RankingKey],
        entrants: &[usize],
    ) -> Line<'a> {
        let outcomes = &rows.files.outcomes;
        let with = |status: &str| -> Vec<Member<'a>> {
            let of_status = |e: &&usize| outcomes.status.get(self.rows[**e]) == status;
            let member = |entrant: &usize| Member {
                row: self.rows[*entrant],
                keys: &self.keys.plain[*entrant],
                score: outcomes.score[self.rows[*entrant]],
            };
            entrants.iter().filter(of_status).map(member).collect()
        };
        Line::new(chain, with("admitted"), with("reserve"), Vec::new())
    }

    fn group_line<'a>(
        &'a self,
        rows: &Rows<'_>,
        number: u32,
        chain: &'a [RankingKey],
        entrants: &[usize],
    ) -> Line<'a> {
        let member = |entrant: usize| {
            let mut claims = self.keys.claim_offsets[entrant]..self.keys.claim_offsets[entrant + 1];
            let claim = claims.find(|claim| self.keys.claim_group[*claim] == number)?;
            Some(Member {
                row: self.rows[entrant],
                keys: &self.keys.claim_key[claim],
                score: self.keys.claim_score[claim],
            })
        };
        let with = |status: &str, wanted: &dyn Fn(Option<u32>) -> bool| -> Vec<Member<'a>> {
            let of_status = entrants.iter().filter(|entrant| {
                let row = self.rows[**entrant];
                rows.files.outcomes.status.get(row) == status && wanted(rows.group_of_row[row])
            });
            of_status.filter_map(|entrant| member(*entrant)).collect()
        };
        let admitted = with("admitted", &|by| by == Some(number));
        let later = with("admitted", &|by| by.is_some_and(|by| by > number));
        Line::new(chain, admitted, with("reserve", &|_| true), later)
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
                (Some((last, _)), _) if is_held_against(last, member.keys) => ("seats_held", None),
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

    /// The key that parted the last admitted from the first who was turned away; none where only
    /// the held seat did.
    fn decided_by(&self) -> Option<RankingKey> {
        let ((last, _), away) = self.last.zip(self.turned_away)?;
        if is_held_against(last, away) { None } else { self.deciding(last, away) }
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

/// Whether the last admitted stands before somebody by holding the seat alone.
fn is_held_against(last: &[u64], member: &[u64]) -> bool {
    last[0] == 1 && member[1..] > last[1..]
}

/// The reasons that go with a status that no ranking decides.
fn reasons(status: &str) -> &'static [&'static str] {
    match status {
        "ineligible" => &[
            "required_subjects_missing",
            "too_few_passes",
            "too_low_mean",
            "too_old",
            "unfinished_compulsory_school",
            "no_right_to_education",
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
