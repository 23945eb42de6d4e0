//! The keys that applicants were compared by, rebuilt from a finished run.

use antagning_formats::{Manifest, OutcomeTable};
use antagning_rules::RankingKey;
use antagning_verify::{ClaimKey, lottery};

use crate::proof::of_run::offers::Group;
use crate::proof::of_run::rows::Rows;

/// An applicant's keys at a programme, greater first, as the run folder states them: whether they
/// are placed by hand (2) or hold the seat (1), then the chain. Eight places are enough, since score and merit never stand
/// together.
pub(super) type Keys = [u64; 8];

/// The keys of all rows that take part.
pub(super) struct AllKeys {
    /// A row an entrant.
    pub(super) plain: Vec<Keys>,
    /// Reception and lateness of each entrant, greater first.
    pub(super) tier: Vec<u32>,
    pub(super) by_hand: Vec<bool>,
    /// Where the claims of each entrant on quota groups begin, one more entry than entrants.
    pub(super) claim_offsets: Vec<usize>,
    pub(super) claim_group: Vec<u32>,
    pub(super) claim_key: Vec<ClaimKey>,
    pub(super) claim_score: Vec<u64>,
}

impl AllKeys {
    /// Rebuilds the keys, the lottery numbers drawn again from the seed.
    pub(super) fn new(
        rows: &Rows<'_>,
        manifest: &Manifest,
        offsets: &[usize],
        entrants: &[usize],
    ) -> Self {
        let mut keys = Self {
            plain: Vec::with_capacity(entrants.len()),
            tier: Vec::with_capacity(entrants.len()),
            by_hand: Vec::with_capacity(entrants.len()),
            claim_offsets: vec![0],
            claim_group: Vec::new(),
            claim_key: Vec::new(),
            claim_score: Vec::new(),
        };
        let chain = chain(manifest);
        let marks = marks(&chain);
        let seed = manifest.lottery_seed.as_deref().unwrap_or("");
        let each = manifest.lottery_scope.as_deref() == Some("programme");
        let outcomes = &rows.files.outcomes;
        for (applicant, bounds) in offsets.windows(2).enumerate() {
            let id = rows.files.placements.applicant_id.get(applicant);
            let one = lottery::number(seed, id, None);
            for &row in &entrants[bounds[0]..bounds[1]] {
                let number = match each {
                    true => lottery::number(seed, id, Some(outcomes.programme_id.get(row))),
                    false => one,
                };
                let row = Row { outcomes, row, number };
                let mut values = Keys::default();
                values[0] = row.mark();
                for (value, key) in values[1..].iter_mut().zip(&chain) {
                    *value = row.value(*key, false);
                }
                keys.plain.push(values);
                keys.by_hand.push(values[0] > 1);
                keys.add_claims(rows, &row, &chain[..marks]);
            }
        }
        keys
    }

    fn add_claims(&mut self, rows: &Rows<'_>, row: &Row<'_>, marks: &[RankingKey]) {
        let programme = rows.of_row[row.row];
        let groups = &rows.offers.groups[rows.offers.groups_of(programme)];
        // Whoever is placed by hand or holds the seat goes before every mark as well.
        let first = !groups.is_empty() && row.mark() > 0;
        let mark = |tier: u32, key: &RankingKey| tier << 1 | u32::from(row.value(*key, first) > 0);
        self.tier.push(marks.iter().fold(0, mark));
        for (number, group) in (0..).zip(groups) {
            let Some(terms) = row.text(&format!("group.{}", group.name)) else { continue };
            let mut terms = terms.split(',');
            let mut key = ClaimKey::default();
            key[0] = row.mark();
            let mut score = None;
            for (i, (value, name)) in key[1..].iter_mut().zip(&group.keys).enumerate() {
                let own = i >= marks.len() && i < marks.len() + group.terms(marks.len());
                *value = match own.then(|| terms.next()).flatten() {
                    None => row.value(*name, first),
                    Some(place) if *name == RankingKey::FreeQuota => {
                        u64::from(u32::MAX) - place.parse::<u64>().unwrap_or(0).min(u32::MAX.into())
                    }
                    Some(points) => {
                        let points = ten_thousandths(points);
                        score = score.or(Some(points));
                        points
                    }
                };
            }
            self.claim_group.push(number);
            self.claim_key.push(key);
            // A list that humans made has no score of its own; a row about it publishes the merit.
            self.claim_score.push(score.unwrap_or(row.outcomes.score[row.row]));
        }
        self.claim_offsets.push(self.claim_key.len());
    }
}

impl Group<'_> {
    /// How many keys after the marks are the group's own: those that a season's chain never has,
    /// and merit or score.
    fn terms(&self, marks: usize) -> usize {
        let own = |key: &&RankingKey| {
            RankingKey::parse(key.name()).is_none()
                || matches!(key, RankingKey::Merit | RankingKey::Score)
        };
        self.keys[marks..].iter().take_while(own).count()
    }
}

/// The chain of the run; a word that is no key was reported with the manifest.
pub(super) fn chain(manifest: &Manifest) -> Vec<RankingKey> {
    manifest.ranking_keys.iter().filter_map(|key| RankingKey::parse(key)).collect()
}

/// How many keys at the head of a chain make up the tier.
pub(super) fn marks(chain: &[RankingKey]) -> usize {
    let mark = |key: &&RankingKey| matches!(key, RankingKey::OnTime | RankingKey::Reception);
    chain.iter().take_while(mark).count()
}

/// One row that takes part.
struct Row<'a> {
    outcomes: &'a OutcomeTable,
    row: usize,
    number: u64,
}

impl<'a> Row<'a> {
    /// Whether the applicant is placed by hand (2) or holds the seat (1).
    fn mark(&self) -> u64 {
        let states = |key| u64::from(self.stated(key, 0) > 0);
        states("placed_by_hand") << 1 | states("holds")
    }

    /// The value of a key, greater first; `first` stands for a mark that a placement by hand or a
    /// held seat sets.
    fn value(&self, key: RankingKey, first: bool) -> u64 {
        match key {
            RankingKey::Merit | RankingKey::Score => self.outcomes.score[self.row],
            RankingKey::ChoiceRank => u64::MAX - u64::from(self.outcomes.choice_rank[self.row]),
            RankingKey::Lottery => u64::MAX - self.number,
            RankingKey::OnTime | RankingKey::Reception if first => 10_000,
            key => self.stated(key.name(), 1),
        }
    }

    /// A further key as the row states it, in ten-thousandths; `default` where it states none.
    fn stated(&self, key: &str, default: u64) -> u64 {
        self.text(key).map_or(default * 10_000, ten_thousandths)
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        let keys = self.outcomes.keys.get(self.row);
        keys.split(' ').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }
}

/// A decimal in ten-thousandths; what cannot be read is nothing.
fn ten_thousandths(text: &str) -> u64 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<4}").parse().unwrap_or(0)
}
