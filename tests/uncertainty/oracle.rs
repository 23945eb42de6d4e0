//! What a draw is, by the documentation and with a season of plain vectors.

use std::collections::BTreeMap;

use antagning::Variation;
use sha2::{Digest, Sha256};

use crate::model::Model;

/// Output `number` of SplitMix64.
fn mix(seed: u64, number: u64) -> u64 {
    let mut state = seed;
    for _ in 0..=number.min(64) {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    }
    if number > 64 {
        state = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }
    let first = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let second = (first ^ first >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    second ^ second >> 31
}

fn hash(id: &str) -> u64 {
    let digest = Sha256::digest(format!("\n{id}").as_bytes());
    u64::from_be_bytes(digest[..8].try_into().expect("eight bytes"))
}

fn share(number: u64) -> f64 {
    number as f64 / 2_f64.powi(64)
}

/// A draw of a study.
pub(crate) struct Draw {
    variation: Variation,
    stream: u64,
}

impl Draw {
    pub(crate) fn new(variation: Variation, number: u32) -> Self {
        Self { variation, stream: mix(variation.seed, u64::from(number)) }
    }

    fn stream(&self, purpose: u64) -> u64 {
        mix(self.stream, purpose)
    }

    fn person(id: &str, copy: u32) -> u64 {
        if copy == 0 { hash(id) } else { mix(hash(id), u64::from(copy)) }
    }

    /// The copies of an applicant who turn up.
    pub(crate) fn present(&self, id: &str, by_hand: bool) -> Vec<u32> {
        let drawn = share(mix(self.stream(1), hash(id)));
        let (mut copies, mut term, mut sum) = (0, (-1.0_f64).exp(), 0.0);
        while sum + term <= drawn {
            sum += term;
            copies += 1;
            term /= f64::from(copies);
        }
        let copies = if by_hand || !self.variation.cohort { 1 } else { copies };
        let away = |copy: u32| {
            let drawn = share(mix(self.stream(3), Self::person(id, copy)));
            (drawn * 100.0) < f64::from(self.variation.no_shows)
        };
        (0..copies).filter(|copy| !away(*copy)).collect()
    }

    /// A list of so many choices in the order drawn.
    pub(crate) fn order(&self, id: &str, copy: u32, length: usize) -> Vec<usize> {
        let stream = mix(self.stream(2), Self::person(id, copy));
        let phi = f64::from(self.variation.tastes) / 100.0;
        let mut order = Vec::new();
        for stated in 0..length {
            let all: f64 = (0..=stated).map(|above| phi.powi(above as i32)).sum();
            let mut left = share(mix(stream, stated as u64)) * all;
            let mut above = 0;
            while left >= phi.powi(above as i32) {
                left -= phi.powi(above as i32);
                above += 1;
            }
            order.insert(stated - above, stated);
        }
        order
    }

    fn lot(&self, id: &str, copy: u32, programme: Option<&str>) -> u64 {
        let stream = self.stream(0);
        let stream = programme.map_or(stream, |programme| mix(stream, hash(programme)));
        mix(stream, Self::person(id, copy))
    }

    /// The season with the draw written into it: lots stand in the decimals of the scores.
    pub(crate) fn written(&self, model: &Model) -> Model {
        let mut written = model.clone();
        written.applicants.clear();
        written.lists.clear();
        written.decisions.clear();
        let at_each = model.rules.contains("scope = \"programme\"");
        let mut lots: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
        for (id, cells) in &model.applicants {
            let own = model.decisions.iter().filter(|[applicant, ..]| applicant == id);
            let by_hand = own.clone().any(|[.., kind]| kind == "manual_placement");
            for copy in self.present(id, by_hand) {
                let name = if copy == 0 { id.clone() } else { format!("{id}~{copy}") };
                written.applicants.push((name.clone(), cells.clone()));
                let decision =
                    |[_, offer, kind]: &[String; 3]| [name.clone(), offer.clone(), kind.clone()];
                written.decisions.extend(own.clone().map(decision));
                let stated = &model.lists[id];
                let order = self.order(id, copy, stated.len()).into_iter();
                let list: Vec<_> = order.map(|at| stated[at].clone()).collect();
                for (programme, _) in &list {
                    let lot = self.lot(id, copy, at_each.then_some(programme.as_str()));
                    lots.entry(programme.clone()).or_default().push((lot, name.clone()));
                }
                written.lists.insert(name, list);
            }
        }
        // Scores are whole numbers: what stands behind them orders equals, the lowest lot first.
        for (programme, lots) in &mut lots {
            lots.sort_unstable();
            for (before, (_, name)) in lots.iter().enumerate() {
                let list = written.lists.get_mut(name).expect("a list");
                let choice = list.iter_mut().find(|(id, _)| id == programme).expect("a choice");
                choice.1 = choice.1 * 10_000 + 9_999 - before as u64;
            }
        }
        written.rules = "rule_set = \"market\"\n\n[ranking]\nkeys = [\"score\"]\n".to_owned();
        written
    }
}
