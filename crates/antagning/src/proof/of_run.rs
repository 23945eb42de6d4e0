//! Verifies a finished run folder from its files alone.

use std::collections::BTreeMap;

use antagning_formats::{
    Diagnostics, Manifest, OutcomeTable, RUN_FILES, RunFiles, Severity, TextColumn,
};
use antagning_rules::{RankingKey, RuleSet, Score};
use antagning_verify::{
    Applications, Case, Columns, CutoffKind, DigestClaim, Names, Published, PublishedProgramme,
    ShapeError, Status, Ties, Verdict, check, check_digests, check_published, lottery,
};

use crate::proof::Proof;

/// An applicant's keys at a programme, greater first, as the run folder states them: whether they
/// are placed by hand, then the chain. Eight places are enough, since score and merit never stand
/// together.
type Keys = [u64; 8];

/// Checks the digests, recomputes the lottery, and proves the placements anew.
///
/// Whatever cannot be read or does not fit together is a violation too: a finished run has no
/// faulty cell.
pub(crate) fn of_run(
    manifest: &Manifest,
    sealed: bool,
    files: &RunFiles,
    report: &Diagnostics,
) -> Proof {
    let mut proof = of_digests(manifest, sealed, files);
    let errors = report.iter().filter(|d| d.severity == Severity::Error);
    let faults: Vec<_> = errors.map(ToString::to_string).collect();
    let readable = faults.is_empty();
    proof.add_check("readable", RUN_FILES.len(), faults);
    if readable {
        prove(manifest, files, &mut proof);
    }
    proof
}

/// Checks that the files are those that the run wrote.
pub(crate) fn of_digests(manifest: &Manifest, sealed: bool, files: &RunFiles) -> Proof {
    let mut proof = Proof::default();
    let seal = if sealed {
        Vec::new()
    } else {
        vec!["manifest.json: the file does not have the digest that it states".to_owned()]
    };
    let mut manifest_faults = seal;
    manifest_faults.extend(manifest_words(manifest));
    proof.add_check("manifest", 4, manifest_faults);
    let claims = RUN_FILES.iter().map(|name| DigestClaim {
        file: (*name).to_owned(),
        expected: manifest
            .outputs
            .iter()
            .find(|f| f.name == *name)
            .map_or_else(String::new, |f| f.sha256.clone()),
        found: files.found.iter().find(|f| f.name == *name).map(|f| f.sha256.clone()),
    });
    let ids = Ids(&files.programmes.programme_id, &files.placements.applicant_id);
    proof.add(&check_digests(claims), &ids);
    proof
}

/// Words of the manifest that a run never has otherwise.
fn manifest_words(manifest: &Manifest) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |name: &str, found: &str, possible: &[&str]| {
        if !possible.contains(&found) {
            wrong.push(format!(
                "manifest.json: {name} is \"{found}\", expected {}",
                possible.join(" or ")
            ));
        }
    };
    expect("verdict", &manifest.verdict, &["holds"]);
    expect("status", &manifest.status, &["proposal"]);
    expect("round", &manifest.round, &["final", "preliminary"]);
    let rule_sets: Vec<_> = RuleSet::names().collect();
    expect("rule_set", &manifest.rule_set, &rule_sets);
    let keys = RankingKey::ALL.map(RankingKey::name);
    manifest.ranking_keys.iter().for_each(|key| expect("ranking_keys", key, &keys));
    wrong
}

struct Ids<'a>(&'a TextColumn, &'a TextColumn);

impl Names for Ids<'_> {
    fn applicant(&self, applicant: usize) -> &str {
        self.1.get(applicant)
    }

    fn programme(&self, programme: usize) -> &str {
        self.0.get(programme)
    }
}

/// The rows of the run, tied together by their ids.
struct Rows<'a> {
    files: &'a RunFiles,
    programme: BTreeMap<&'a str, u32>,
    /// The rows of `outcomes.csv` by applicant.
    lists: Vec<std::ops::Range<usize>>,
    placement: Vec<Option<u32>>,
    /// The programme of each row of `outcomes.csv`.
    of_row: Vec<u32>,
}

fn prove(manifest: &Manifest, files: &RunFiles, proof: &mut Proof) {
    let mut faults = Vec::new();
    let rows = Rows::tie(files, &mut faults);
    let examined = files.outcomes.len() + files.placements.choice_rank.len();
    let whole = faults.is_empty();
    proof.add_check("references", examined, faults);
    // Without the references there is no case to prove.
    let Some(rows) = rows.filter(|_| whole) else { return };
    let ids = Ids(&files.programmes.programme_id, &files.placements.applicant_id);
    match rows.verdict(manifest) {
        Ok(verdict) => proof.add(&verdict, &ids),
        Err(error) => proof.add_check("shape", 1, vec![error.to_string()]),
    }
    proof.add_check("rows", files.outcomes.len(), rows.row_faults());
    proof.add_check("counts", 8, rows.count_faults(manifest));
}

impl<'a> Rows<'a> {
    fn tie(files: &'a RunFiles, faults: &mut Vec<String>) -> Option<Self> {
        let ids = &files.programmes.programme_id;
        let mut programme = BTreeMap::new();
        for (number, id) in ids.iter().enumerate() {
            if programme.insert(id, number as u32).is_some() {
                faults.push(format!("programmes.csv: programme {id} stands twice"));
            }
        }
        let of_row = files.outcomes.programme_id.iter().zip(&files.outcomes.line);
        let of_row: Vec<_> = of_row
            .map(|(id, line)| {
                let number = programme.get(id).copied();
                if number.is_none() {
                    faults.push(format!(
                        "outcomes.csv:{line}: programme {id} is not in programmes.csv"
                    ));
                }
                number.unwrap_or(0)
            })
            .collect();
        let lists = lists(files, faults)?;
        let placement = (0..files.placements.choice_rank.len())
            .map(|row| {
                let id = files.placements.programme_id.get(row);
                let number = programme.get(id).copied();
                if number.is_none() && !id.is_empty() {
                    let line = row + 2;
                    faults.push(format!(
                        "placements.csv:{line}: programme {id} is not in programmes.csv"
                    ));
                }
                number
            })
            .collect();
        Some(Self { files, programme, lists, placement, of_row })
    }

    fn verdict(&self, manifest: &Manifest) -> Result<Verdict, ShapeError> {
        let outcomes = &self.files.outcomes;
        let takes_part = |row: &usize| takes_part(outcomes.status.get(*row));
        let (mut offsets, mut entrants) = (vec![0], Vec::new());
        for list in &self.lists {
            entrants.extend(list.clone().filter(takes_part));
            offsets.push(entrants.len());
        }
        let keys = self.keys(manifest, &offsets, &entrants);
        let programme: Vec<u32> = entrants.iter().map(|row| self.of_row[*row]).collect();
        let score: Vec<u64> = entrants.iter().map(|row| outcomes.score[*row]).collect();
        let seats: Vec<u32> = self.files.programmes.counts.iter().map(|counts| counts[0]).collect();
        let case = Case::new(Columns {
            seats: &seats,
            offsets: &offsets,
            programme: &programme,
            key: &keys,
            score: &score,
            placement: &self.placement,
            by_hand: &[],
            ties: Ties::Strict,
            groups: None,
        })?;
        let status: Vec<_> = entrants.iter().map(|row| status(outcomes.status.get(*row))).collect();
        let position = |row: &usize| Some(outcomes.reserve_position[*row]).filter(|p| *p > 0);
        let positions: Vec<_> = entrants.iter().map(position).collect();
        let applications = self
            .lists
            .iter()
            .flat_map(|list| list.clone().map(|row| (self.of_row[row], row == list.start)));
        let applications = Applications::count(self.programme.len(), applications)?;
        let programmes = self.published();
        let published = Published {
            programmes: &programmes,
            status: &status,
            reserve_position: &positions,
            group: &vec![None; status.len()],
            first_application: &vec![false; status.len()],
            applications: &applications,
        };
        Ok(check(&case).and(check_published(&case, &published)?))
    }

    /// The keys of the rows that take part, the lottery numbers drawn again from the seed.
    fn keys(&self, manifest: &Manifest, offsets: &[usize], entrants: &[usize]) -> Vec<Keys> {
        let outcomes = &self.files.outcomes;
        let seed = manifest.lottery_seed.as_deref().unwrap_or("");
        let each = manifest.lottery_scope.as_deref() == Some("programme");
        let mut keys = Vec::with_capacity(entrants.len());
        for (applicant, bounds) in offsets.windows(2).enumerate() {
            let id = self.files.placements.applicant_id.get(applicant);
            let one = lottery::number(seed, id, None);
            for &row in &entrants[bounds[0]..bounds[1]] {
                let mut values = [0; 8];
                values[0] = stated(outcomes, row, "placed_by_hand", 0);
                for (value, key) in values[1..].iter_mut().zip(&manifest.ranking_keys) {
                    *value = match key.as_str() {
                        "merit" | "score" => outcomes.score[row],
                        "choice_rank" => u64::MAX - u64::from(outcomes.choice_rank[row]),
                        "lottery" if each => {
                            u64::MAX
                                - lottery::number(seed, id, Some(outcomes.programme_id.get(row)))
                        }
                        "lottery" => u64::MAX - one,
                        key => stated(outcomes, row, key, 1),
                    };
                }
                keys.push(values);
            }
        }
        keys
    }

    fn published(&self) -> Vec<PublishedProgramme> {
        let table = &self.files.programmes;
        let rows = table.counts.iter().zip(&table.scores).zip(table.cutoff_kind.iter()).zip(0..);
        rows.map(|(((counts, scores), kind), programme)| PublishedProgramme {
            programme,
            group: None,
            seats: counts[0].into(),
            applicants: counts[1].into(),
            first_choice_applicants: counts[2].into(),
            admitted: counts[3].into(),
            vacant: counts[4].into(),
            reserves: counts[5].into(),
            cutoff_kind: cutoff_kind(kind),
            cutoff: scores[0],
            median: scores[1],
            mean: scores[2],
        })
        .collect()
    }

    /// What a row says beside status and position: its reason, its programme's cutoff, its rank,
    /// and the rank in `placements.csv`.
    fn row_faults(&self) -> Vec<String> {
        let (outcomes, placements) = (&self.files.outcomes, &self.files.placements);
        let mut faults = Vec::new();
        for (applicant, list) in self.lists.iter().enumerate() {
            let mut placed_rank = 0;
            for (position, row) in list.clone().enumerate() {
                let line = outcomes.line[row];
                let mut differs = |column: &str, stands: &dyn std::fmt::Display| {
                    faults.push(format!("outcomes.csv:{line}: {column} \"{stands}\" does not agree with the rest of the run"));
                };
                if outcomes.choice_rank[row] as usize != position + 1 {
                    differs("choice_rank", &outcomes.choice_rank[row]);
                }
                if outcomes.cutoff[row]
                    != self.files.programmes.scores[self.of_row[row] as usize][0]
                {
                    differs(
                        "cutoff",
                        &outcomes.cutoff[row]
                            .map_or(String::new(), |c| Score::from_ten_thousandths(c).to_string()),
                    );
                }
                let status = outcomes.status.get(row);
                if !reasons(status).contains(&outcomes.reason.get(row)) {
                    differs("reason", &outcomes.reason.get(row));
                }
                if status == "admitted" {
                    placed_rank = outcomes.choice_rank[row];
                }
            }
            if placements.choice_rank[applicant] != placed_rank {
                faults.push(format!(
                    "placements.csv:{}: choice_rank {} does not agree with outcomes.csv, which says {placed_rank}",
                    applicant + 2,
                    placements.choice_rank[applicant]
                ));
            }
        }
        faults
    }

    fn count_faults(&self, manifest: &Manifest) -> Vec<String> {
        let counts = &manifest.counts;
        let placed = self.placement.iter().flatten().count() as u64;
        let applicants = self.placement.len() as u64;
        let outcomes = &self.files.outcomes;
        let mut by_rank = vec![0; counts.placed_by_choice_rank.len()];
        for &rank in self.files.placements.choice_rank.iter().filter(|rank| **rank > 0) {
            if let Some(count) = by_rank.get_mut(rank as usize - 1) {
                *count += 1;
            }
        }
        let eligible = outcomes.status.iter().filter(|status| takes_part(status)).count() as u64;
        let seats = self.files.programmes.counts.iter().map(|counts| u64::from(counts[0])).sum();
        let figures = [
            ("applicants", counts.applicants, applicants),
            ("programmes", counts.programmes, self.programme.len() as u64),
            ("seats", counts.seats, seats),
            ("choices", counts.choices, outcomes.len() as u64),
            ("eligible_choices", counts.eligible_choices, eligible),
            ("placed", counts.placed, placed),
            ("unplaced", counts.unplaced, applicants - placed),
        ];
        let wrong = figures.iter().filter(|(_, stated, found)| stated != found);
        let mut faults: Vec<_> = wrong
            .map(|(name, stated, found)| {
                format!("manifest.json: {name} is {stated}, recounted {found}")
            })
            .collect();
        if by_rank != counts.placed_by_choice_rank {
            faults.push(
                "manifest.json: placed_by_choice_rank does not agree with placements.csv"
                    .to_owned(),
            );
        }
        faults
    }
}

/// The rows of each applicant of `placements.csv`; both files stand in the order of ids.
fn lists(files: &RunFiles, faults: &mut Vec<String>) -> Option<Vec<std::ops::Range<usize>>> {
    let (placements, outcomes) = (&files.placements.applicant_id, &files.outcomes.applicant_id);
    for (row, (id, next)) in placements.iter().zip(placements.iter().skip(1)).enumerate() {
        if id >= next {
            faults.push(format!(
                "placements.csv:{}: applicant {next} does not stand in the order of ids",
                row + 3
            ));
            return None;
        }
    }
    let (mut lists, mut row) = (Vec::with_capacity(placements.len()), 0);
    for id in placements.iter() {
        let first = row;
        while row < outcomes.len() && outcomes.get(row) == id {
            row += 1;
        }
        lists.push(first..row);
    }
    if row < outcomes.len() {
        faults.push(format!(
            "outcomes.csv:{}: applicant {} stands out of order or is not in placements.csv",
            files.outcomes.line[row],
            outcomes.get(row)
        ));
        return None;
    }
    Some(lists)
}

/// A further key as the row states it, in ten-thousandths; `default` where the row states none.
fn stated(outcomes: &OutcomeTable, row: usize, key: &str, default: u64) -> u64 {
    let stated = outcomes
        .keys
        .get(row)
        .split(' ')
        .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
    let Some(text) = stated else { return default };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<4}").parse().unwrap_or(0)
}

/// Whether a choice with this status was ranked.
fn takes_part(status: &str) -> bool {
    !matches!(status, "ineligible" | "not_received" | "withdrawn")
}

fn status(text: &str) -> Status {
    match text {
        "admitted" => Status::Admitted,
        "reserve" => Status::Reserve,
        "struck" => Status::Struck,
        _ => Status::Other,
    }
}

fn cutoff_kind(text: &str) -> CutoffKind {
    match text {
        "value" => CutoffKind::Value,
        "all_eligible_admitted" => CutoffKind::AllEligibleAdmitted,
        "none_admitted" => CutoffKind::NoneAdmitted,
        _ => CutoffKind::Other,
    }
}

/// The reasons that go with a status.
fn reasons(status: &str) -> &'static [&'static str] {
    match status {
        "admitted" => &["seats_for_all", "ahead_of_others", "placed_by_hand"],
        "reserve" => {
            &["below_cutoff", "lost_tie", "second_hand", "late", "seats_given_by_hand", "no_seats"]
        }
        "ineligible" => {
            &["required_subjects_missing", "too_few_passes", "too_old", "finished_programme"]
        }
        "not_received" => &["not_received"],
        "struck" => &["admitted_higher"],
        "withdrawn" => &["withdrawn"],
        _ => &[],
    }
}
