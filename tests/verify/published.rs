//! Published figures: an honest publication by naive recount, and hand-counted cases.

use antagning_verify::{
    Applications, CutoffKind, FigureValue, Published, PublishedProgramme, Status, Verdict,
    Violation, check_published,
};

use crate::market::{Market, Table};
use crate::naive::claims;

/// A publication that owns its columns.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) programmes: Vec<PublishedProgramme>,
    pub(crate) status: Vec<Status>,
    pub(crate) reserve_position: Vec<Option<u32>>,
    pub(crate) group: Vec<Option<u32>>,
    pub(crate) applications: Applications,
}

impl Publication {
    /// What an honest office publishes, recounted programme by programme from the definitions.
    /// Everybody also applied to programme 0 in vain, as somebody who is not eligible does.
    pub(crate) fn honest(market: &Market, table: &Table) -> Self {
        let claims = claims(market, &table.placement);
        let mut status = Vec::new();
        let mut reserve_position = Vec::new();
        for (a, list) in market.lists.iter().enumerate() {
            let held = market.rank(a, table.placement[a]);
            for (rank, &(q, key)) in list.iter().enumerate() {
                let ahead = claims.iter().filter(|c| c.1 == q && c.2 > key).count() as u32;
                status.push(match rank.cmp(&held) {
                    std::cmp::Ordering::Less => Status::Reserve,
                    std::cmp::Ordering::Equal => Status::Admitted,
                    std::cmp::Ordering::Greater => Status::Struck,
                });
                reserve_position.push((rank < held).then_some(ahead + 1));
            }
        }
        let in_vain = market.seats.first().into_iter().flat_map(|_| &market.lists);
        let rows = in_vain.map(|_| (0, true)).chain(table.programme.iter().map(|&q| (q, false)));
        let applications = Applications::count(market.seats.len(), rows).expect("all are known");
        let programmes =
            (0..market.seats.len() as u32).map(|q| Self::row(market, table, q)).collect();
        let group = vec![None; status.len()];
        Self { programmes, status, reserve_position, group, applications }
    }

    fn row(market: &Market, table: &Table, q: u32) -> PublishedProgramme {
        let mut admitted: Vec<(u32, u64)> = Vec::new();
        let mut listed = 0;
        for a in 0..market.lists.len() {
            for choice in table.offsets[a]..table.offsets[a + 1] {
                if table.programme[choice] == q {
                    listed += 1;
                    if table.placement[a] == Some(q) {
                        admitted.push((table.key[choice], table.score[choice]));
                    }
                }
            }
        }
        let in_vain = if q == 0 { market.lists.len() as u64 } else { 0 };
        let reserves = claims(market, &table.placement).iter().filter(|c| c.1 == q).count() as u64;
        let cutoff_kind = match (admitted.is_empty(), reserves == 0) {
            (true, _) => CutoffKind::NoneAdmitted,
            (false, true) => CutoffKind::AllEligibleAdmitted,
            (false, false) => CutoffKind::Value,
        };
        let cutoff = admitted.iter().min().map(|&(_, score)| score);
        let mut scores: Vec<u64> = admitted.iter().map(|&(_, score)| score).collect();
        scores.sort_unstable();
        let count = scores.len() as u64;
        let half_up = |sum: u64, parts: u64| sum / parts + u64::from(2 * (sum % parts) >= parts);
        PublishedProgramme {
            programme: q,
            group: None,
            seats: market.seats[q as usize].into(),
            applicants: listed + in_vain,
            first_choice_applicants: in_vain,
            admitted: count,
            vacant: u64::from(market.seats[q as usize]) - count,
            reserves,
            cutoff_kind,
            cutoff: cutoff.filter(|_| cutoff_kind == CutoffKind::Value),
            median: (count > 0)
                .then(|| half_up(scores[(scores.len() - 1) / 2] + scores[scores.len() / 2], 2)),
            mean: (count > 0).then(|| half_up(scores.iter().sum(), count)),
        }
    }

    pub(crate) fn verdict(&self, table: &Table) -> Verdict {
        let case = table.case().expect("the columns fit");
        let published = Published {
            programmes: &self.programmes,
            status: &self.status,
            reserve_position: &self.reserve_position,
            group: &self.group,
            first_application: &vec![false; self.status.len()],
            applications: &self.applications,
        };
        check_published(&case, &published).expect("the claims fit the case")
    }

    /// What the checker finds wrong with it.
    pub(crate) fn faults(&self, table: &Table) -> Vec<Violation> {
        self.verdict(table).violations().to_vec()
    }
}

/// Three seats; 300 and 250.0001 and 200.0002 are admitted, 199 and 150 are in reserve; nobody
/// wants programme 1, and programme 2 has room for the only one who does.
fn small() -> (Market, Table, Publication) {
    let market =
        Market::new(&[3, 1, 2], &[&[(0, 5)], &[(0, 4)], &[(0, 3)], &[(0, 2), (2, 1)], &[(0, 1)]]);
    let mut table = market.with(&[Some(0), Some(0), Some(0), Some(2), None]);
    table.score = vec![3_000_000, 2_500_001, 2_000_002, 1_990_000, 1_980_000, 1_500_000];
    let row = PublishedProgramme {
        programme: 0,
        group: None,
        seats: 3,
        applicants: 6,
        first_choice_applicants: 5,
        admitted: 3,
        vacant: 0,
        reserves: 2,
        cutoff_kind: CutoffKind::Value,
        cutoff: Some(2_000_002),
        median: Some(2_500_001),
        mean: Some(2_500_001),
    };
    let nobody = PublishedProgramme {
        programme: 1,
        group: None,
        seats: 1,
        applicants: 0,
        first_choice_applicants: 0,
        admitted: 0,
        vacant: 1,
        reserves: 0,
        cutoff_kind: CutoffKind::NoneAdmitted,
        cutoff: None,
        median: None,
        mean: None,
    };
    let room = PublishedProgramme {
        programme: 2,
        group: None,
        seats: 2,
        applicants: 1,
        first_choice_applicants: 0,
        admitted: 1,
        vacant: 1,
        reserves: 0,
        cutoff_kind: CutoffKind::AllEligibleAdmitted,
        cutoff: None,
        median: Some(1_980_000),
        mean: Some(1_980_000),
    };
    // The sixth application to programme 0 is of somebody who was not eligible there.
    let rows = [(0, true), (0, true), (0, true), (0, true), (2, false), (0, true), (0, false)];
    use Status::{Admitted, Reserve};
    let publication = Publication {
        programmes: vec![room, row, nobody],
        status: vec![Admitted, Admitted, Admitted, Reserve, Admitted, Reserve],
        reserve_position: vec![None, None, None, Some(1), None, Some(2)],
        group: vec![None; 6],
        applications: Applications::count(3, rows).expect("all are known"),
    };
    (market, table, publication)
}

#[test]
fn hand_counted_figures_are_accepted() {
    let (_, table, publication) = small();
    let verdict = publication.verdict(&table);
    assert_eq!(verdict.violations(), []);
    let examined: Vec<_> =
        verdict.checks().iter().map(|c| (c.property.code(), c.examined)).collect();
    assert_eq!(examined, [("figures", 30), ("statuses", 6), ("reserve_positions", 2)]);
}

#[test]
fn median_and_mean_round_halves_up() {
    let (_, mut table, mut publication) = small();
    table.seats[0] = 2;
    table.placement[2] = None;
    table.score[..2].copy_from_slice(&[8, 5]);
    publication.status[2] = Status::Reserve;
    publication.reserve_position = vec![None, None, Some(1), Some(2), None, Some(3)];
    let row = &mut publication.programmes[1];
    *row = PublishedProgramme {
        seats: 2,
        admitted: 2,
        reserves: 3,
        cutoff: Some(5),
        median: Some(7), // of 5 and 8: 6.5
        mean: Some(7),
        ..*row
    };
    assert_eq!(publication.faults(&table), []);
}

#[test]
fn the_greatest_scores_do_not_overflow() {
    let (_, mut table, mut publication) = small();
    table.score[..3].fill(u64::MAX);
    let row = &mut publication.programmes[1];
    (row.cutoff, row.median, row.mean) = (Some(u64::MAX), Some(u64::MAX), Some(u64::MAX));
    assert_eq!(publication.faults(&table), []);
}

#[test]
fn a_programme_missing_or_listed_twice_is_found() {
    let (_, table, mut publication) = small();
    publication.programmes[0] = publication.programmes[1];
    let rows = |programme, count| Violation::WrongFigure {
        programme,
        group: None,
        figure: "rows",
        published: FigureValue::Count(count),
        found: FigureValue::Count(1),
    };
    assert_eq!(publication.faults(&table), [rows(0, 2), rows(2, 0)]);
}

#[test]
fn those_placed_off_their_list_have_no_score() {
    let (_, mut table, publication) = small();
    table.placement[4] = Some(1);
    let verdict = publication.verdict(&table);
    let figures: Vec<_> = verdict
        .violations()
        .iter()
        .map(|fault| match fault {
            Violation::WrongFigure { programme: 1, figure, found, .. } => (*figure, *found),
            other => panic!("unexpected: {other:?}"),
        })
        .collect();
    assert_eq!(
        figures,
        [
            ("admitted", FigureValue::Count(1)),
            ("vacant", FigureValue::Count(0)),
            ("cutoff_kind", FigureValue::Kind(CutoffKind::AllEligibleAdmitted)),
        ]
    );
}

#[test]
fn equal_keys_leave_the_reserve_order_open() {
    let market = Market::new(&[1], &[&[(0, 9)], &[(0, 8)], &[(0, 3)], &[(0, 3)], &[(0, 1)]]);
    let table = market.with(&[Some(0), None, None, None, None]);
    let mut publication = Publication::honest(&market, &table);
    publication.reserve_position = vec![None, Some(1), Some(3), Some(2), Some(4)];
    let tie = Violation::EqualKeys { programme: 0, applicants: vec![2, 3] };
    assert_eq!(publication.faults(&table), [tie]);
}

#[test]
fn a_tie_for_the_first_place_in_reserve_is_named_by_one_check_only() {
    let market = Market::new(&[1], &[&[(0, 9)], &[(0, 3)], &[(0, 3)], &[(0, 1)]]);
    let table = market.with(&[Some(0), None, None, None]);
    let mut publication = Publication::honest(&market, &table);
    publication.reserve_position = vec![None, Some(2), Some(1), Some(3)];
    assert_eq!(publication.faults(&table), []);
    let tie = Violation::EqualKeys { programme: 0, applicants: vec![1, 2] };
    assert_eq!(market.faults(&table.placement), [tie]);
}
