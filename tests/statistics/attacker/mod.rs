//! An adversary who has the whole folder and the list of offers, and does the sums.
//!
//! It knows every identity between the tables, that counts are not negative, that a reserve means
//! a full offer and a free seat no reserve, how the seats of an offer are divided among quota
//! groups, whom these are open to and where unfilled seats go. It narrows intervals until nothing
//! changes, and eliminates unknowns (modulo a large prime) to find those that the identities
//! settle. Written without the engine's notion of what to hide.

mod of_groups;

use std::collections::BTreeMap;
use std::path::Path;

use crate::groups::{Group, groups};

/// What the adversary knows: quantities with bounds, and sums that must come out.
#[derive(Default)]
pub(crate) struct Attacker {
    number: BTreeMap<String, usize>,
    names: Vec<String>,
    published: Vec<bool>,
    lowest: Vec<i64>,
    highest: Vec<i64>,
    /// Quantities with signs that sum to zero.
    sums: Vec<Vec<(usize, i64)>>,
    /// The quota groups of the offers that have any.
    divided: BTreeMap<String, Vec<Group>>,
    /// Whether seats go to one class of applicants after another: then a group may turn somebody
    /// away who comes after its unfilled seats have passed on.
    in_tiers: bool,
}

const UNBOUNDED: i64 = 1 << 40;
const PRIME: i64 = 2_147_483_647;

pub(crate) fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The season's offers: id, name, school, municipality, study path.
fn offers(path: &Path) -> Vec<[String; 5]> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let columns = ["programme_id", "name", "school", "municipality_code", "study_path_code"]
        .map(|name| header.iter().position(|column| column == name).unwrap());
    reader.records().map(|row| row.unwrap()).map(|row| columns.map(|c| row[c].to_owned())).collect()
}

impl Attacker {
    /// Reads a folder of statistics; `season` is the folder of the season, of which the list of
    /// offers, their quota groups and the settings are public.
    pub(crate) fn new(folder: &Path, season: &Path) -> Self {
        let rules = std::fs::read_to_string(season.join("rules.toml")).unwrap();
        let in_tiers = ["\"reception\"", "\"on_time\""].iter().any(|key| rules.contains(key));
        let mut attacker = Self { divided: groups(season), in_tiers, ..Self::default() };
        let programmes = &season.join("programmes.csv");
        attacker.read_offers(folder);
        attacker.read_groups(folder);
        attacker.read_others(folder);
        attacker.read_storsthlm(folder, programmes);
        attacker.link(folder, programmes);
        attacker
    }

    /// Quantities that are hidden and yet known exactly, with their value.
    pub(crate) fn told(&mut self) -> Vec<(String, i64)> {
        for _ in 0..3 {
            self.narrow();
            self.conclude();
            self.narrow();
            self.eliminate();
        }
        let hidden = (0..self.names.len()).filter(|q| !self.published[*q]);
        let told = hidden.filter(|q| self.lowest[*q] == self.highest[*q]);
        told.map(|q| (self.names[q].clone(), self.lowest[q])).collect()
    }

    fn quantity(&mut self, name: &str) -> usize {
        if let Some(known) = self.number.get(name) {
            return *known;
        }
        let number = self.names.len();
        self.number.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        self.published.push(false);
        self.lowest.push(0);
        self.highest.push(UNBOUNDED);
        number
    }

    fn learn(&mut self, name: &str, cell: &str) {
        let quantity = self.quantity(name);
        if cell != ".." {
            let value = cell.parse().unwrap();
            self.published[quantity] = true;
            (self.lowest[quantity], self.highest[quantity]) = (value, value);
        }
    }

    fn sum(&mut self, total: &str, parts: impl IntoIterator<Item = String>) {
        let mut sum = vec![(self.quantity(total), -1)];
        for part in parts {
            sum.push((self.quantity(&part), 1));
        }
        self.sums.push(sum);
    }

    fn read_offers(&mut self, folder: &Path) {
        let table = rows(&folder.join("programmes.csv"));
        for row in table.iter().filter(|row| row[1].is_empty()) {
            let id = &row[0];
            let names = ["seats", "applicants", "first", "admitted", "vacant", "reserves"]
                .map(|what| format!("{what} {id}"));
            names.iter().zip(&row[2..8]).for_each(|(name, cell)| self.learn(name, cell));
            self.sum(&names[0], [names[3].clone(), names[4].clone()]);
            self.sum(&names[1], [names[2].clone(), format!("later {id}")]);
            let rest = format!("rest {id}");
            self.sum(&names[1], [names[3].clone(), names[5].clone(), rest]);
            let (vacant, reserves) = (self.quantity(&names[4]), self.quantity(&names[5]));
            if ["value", "by_group"].contains(&row[8].as_str()) {
                self.lowest[reserves] = self.lowest[reserves].max(1);
            }
            // Several groups may have a free seat here and a reserve there.
            let alone = self.divided.get(id).is_none_or(|groups| groups.len() < 2);
            let turned_away = self.lowest[reserves] > 0 && alone;
            if turned_away {
                self.highest[vacant] = 0;
            }
            let has_free_seat = self.lowest[vacant] > 0 && alone;
            if row[8] == "all_eligible_admitted" || has_free_seat {
                self.highest[reserves] = 0;
            }
            self.read_figures(&names[3], row);
        }
    }

    /// A figure of the admitted means that there are some.
    fn read_figures(&mut self, admitted: &str, row: &[String]) {
        let admitted = self.quantity(admitted);
        if row[9..12].iter().any(|cell| cell != ".." && !cell.is_empty()) {
            self.lowest[admitted] = self.lowest[admitted].max(1);
        }
        if row[8] == "none_admitted" {
            self.highest[admitted] = 0;
        }
    }

    /// The same figures in another table: hidden in one, they must be hidden in the other.
    fn read_storsthlm(&mut self, folder: &Path, programmes: &Path) {
        let offers = offers(programmes);
        for row in rows(&folder.join("storsthlm.csv")) {
            let same = offers.iter().filter(|offer| offer[1] == row[5] && offer[2] == row[2]);
            let ids: Vec<&String> = same.map(|offer| &offer[0]).collect();
            if let [id] = ids[..] {
                for (what, cell) in [("admitted", 9), ("reserves", 10), ("vacant", 11)] {
                    self.learn(&format!("{what} {id}"), &row[cell]);
                }
            }
        }
    }

    fn read_others(&mut self, folder: &Path) {
        for row in rows(&folder.join("flows.csv")) {
            self.learn(&format!("flow-first {} {}", row[0], row[1]), &row[2]);
            self.learn(&format!("flow-admitted {} {}", row[0], row[1]), &row[3]);
        }
        for row in rows(&folder.join("choice_ranks.csv")) {
            self.learn(&format!("rank {} {} {}", row[0], row[1], row[2]), &row[3]);
        }
        for row in rows(&folder.join("unplaced.csv")) {
            for (what, cell) in ["eligible", "ineligible", "without"].iter().zip(&row[2..5]) {
                self.learn(&format!("{what} {} {}", row[0], row[1]), cell);
            }
        }
    }

    fn link(&mut self, folder: &Path, programmes: &Path) {
        let column = |file: &str, column: usize, keep: &dyn Fn(&[String]) -> bool| {
            let kept = rows(&folder.join(file)).into_iter().filter(|row| keep(row));
            let mut names: Vec<String> = kept.map(|row| row[column].clone()).collect();
            names.sort();
            names.dedup();
            names
        };
        let any = |_: &[String]| true;
        let homes = column("flows.csv", 0, &any);
        let areas = column("flows.csv", 1, &any);
        let sexes = column("unplaced.csv", 1, &any);
        let places = column("choice_ranks.csv", 2, &|row| row[2] != "total");
        let groups = |by: &str| column("choice_ranks.csv", 1, &|row| row[0] == by);
        let ranks: Vec<&String> = places.iter().filter(|place| *place != "unplaced").collect();
        let offers = offers(programmes);
        let group_of = |name: &str, names: &[String]| {
            if names.iter().any(|known| known == name) { name.to_owned() } else { "other".into() }
        };

        for area in &areas {
            let inside = offers.iter().filter(|offer| group_of(&offer[3], &areas) == *area);
            let ids: Vec<&String> = inside.map(|offer| &offer[0]).collect();
            for (flow, what) in [("flow-first", "first"), ("flow-admitted", "admitted")] {
                let total = format!("{what} in {area}");
                self.sum(&total, ids.iter().map(|id| format!("{what} {id}")));
                self.sum(&total, homes.iter().map(|home| format!("{flow} {home} {area}")));
            }
        }
        let paths = groups("study_path");
        for path in &paths {
            let of = |code: &str| group_of(&code[..2], &paths) == *path;
            let ids = offers.iter().filter(|offer| of(&offer[4])).map(|offer| &offer[0]);
            self.sum(&format!("rank study_path {path} total"), ids.map(|id| format!("first {id}")));
        }
        for by in ["all", "orientation", "study_path", "sex", "home_municipality"] {
            for group in groups(by) {
                let cell = |place: &String| format!("rank {by} {group} {place}");
                self.sum(&cell(&"total".to_owned()), places.iter().map(cell));
            }
            if by == "all" || groups(by).is_empty() {
                continue;
            }
            for place in places.iter().chain([&"total".to_owned()]) {
                let cells =
                    groups(by).into_iter().map(|group| format!("rank {by} {group} {place}"));
                self.sum(&format!("rank all all {place}"), cells);
            }
        }
        self.link_orientations(&groups("orientation"), &paths, &places);
        for home in &homes {
            let flow = |what: &str| {
                let what = what.to_owned();
                areas.iter().map(move |area| format!("{what} {home} {area}"))
            };
            let of_home = |place: &str| format!("rank home_municipality {home} {place}");
            self.sum(&of_home("total"), flow("flow-first"));
            let placed = format!("placed {home}");
            self.sum(&placed, flow("flow-admitted"));
            self.sum(&placed, ranks.iter().map(|rank| of_home(rank)));
            let by_sex = sexes.iter().map(|sex| format!("unplaced {home} {sex}"));
            self.sum(&of_home("unplaced"), by_sex);
        }
        for sex in &sexes {
            for home in &homes {
                let reasons = ["eligible", "ineligible"].map(|what| format!("{what} {home} {sex}"));
                self.sum(&format!("unplaced {home} {sex}"), reasons);
            }
            for what in ["eligible", "ineligible", "without"] {
                let cells = homes.iter().map(|home| format!("{what} {home} {sex}"));
                self.sum(&format!("{what} all {sex}"), cells);
            }
            let reasons = ["eligible", "ineligible"].map(|what| format!("{what} all {sex}"));
            self.sum(&format!("rank sex {sex} unplaced"), reasons);
        }
    }

    fn link_orientations(&mut self, groups: &[String], paths: &[String], places: &[String]) {
        let orientation = |path: &str| match path {
            "other" => "other",
            _ if path.starts_with("IM") => "introductory",
            "EK" | "HU" | "SA" | "NA" | "TE" | "ES" | "IB" => "preparatory",
            _ => "vocational",
        };
        for group in groups {
            for place in places {
                let inside = paths.iter().filter(|path| orientation(path) == *group);
                self.sum(
                    &format!("rank orientation {group} {place}"),
                    inside.map(|path| format!("rank study_path {path} {place}")),
                );
            }
        }
    }

    /// Narrows the bounds by every sum until none of them gives anything.
    fn narrow(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for sum in 0..self.sums.len() {
                changed |= self.narrow_by(sum);
            }
        }
    }

    fn narrow_by(&mut self, sum: usize) -> bool {
        let terms = self.sums[sum].clone();
        let bounds = |(quantity, sign): (usize, i64), s: &Self| match sign {
            1 => (s.lowest[quantity], s.highest[quantity]),
            _ => (-s.highest[quantity], -s.lowest[quantity]),
        };
        let lows: i64 = terms.iter().map(|term| bounds(*term, self).0).sum();
        let highs: i64 = terms.iter().map(|term| bounds(*term, self).1).sum();
        let mut changed = false;
        for term in terms {
            // The term is what the others leave of nothing.
            let (low, high) = bounds(term, self);
            let (least, most) = (high - highs, low - lows);
            let (least, most) = if term.1 > 0 { (least, most) } else { (-most, -least) };
            let quantity = term.0;
            if least > self.lowest[quantity] || most < self.highest[quantity] {
                self.lowest[quantity] = self.lowest[quantity].max(least);
                self.highest[quantity] = self.highest[quantity].min(most);
                let name = &self.names[quantity];
                let (lowest, highest) = (self.lowest[quantity], self.highest[quantity]);
                assert!(lowest <= highest, "the tables contradict one another at {name}");
                changed = true;
                // The sums over all terms are out of date now.
                break;
            }
        }
        changed
    }

    /// Gauss and Jordan on what is not known yet: a row with one unknown settles it.
    fn eliminate(&mut self) {
        let open = |s: &Self, q: usize| s.lowest[q] != s.highest[q];
        // A row: unknown → coefficient, and what the known part sums to.
        let mut rows: Vec<(BTreeMap<usize, i64>, i64)> = Vec::new();
        for sum in &self.sums {
            let mut row = (BTreeMap::new(), 0);
            for (quantity, sign) in sum {
                if open(self, *quantity) {
                    *row.0.entry(*quantity).or_insert(0) += sign;
                } else {
                    row.1 += sign * self.lowest[*quantity];
                }
            }
            row.0.retain(|_, coefficient| *coefficient != 0);
            row.0.values_mut().for_each(|c| *c = c.rem_euclid(PRIME));
            row.1 = row.1.rem_euclid(PRIME);
            rows.push(row);
        }
        let mut done = 0;
        while done < rows.len() {
            // The shortest row next keeps the others short.
            let next = (done..rows.len()).filter(|r| !rows[*r].0.is_empty());
            let Some(next) = next.min_by_key(|r| rows[*r].0.len()) else { break };
            rows.swap(done, next);
            let (&pivot, &coefficient) = rows[done].0.iter().next().unwrap();
            let inverse = power(coefficient, PRIME - 2);
            rows[done].0.values_mut().for_each(|c| *c = *c * inverse % PRIME);
            rows[done].1 = rows[done].1 * inverse % PRIME;
            let taken = rows[done].clone();
            for (r, row) in rows.iter_mut().enumerate() {
                let Some(&times) = row.0.get(&pivot).filter(|_| r != done) else { continue };
                for (quantity, c) in &taken.0 {
                    let value = row.0.entry(*quantity).or_insert(0);
                    *value = (*value - times * c % PRIME).rem_euclid(PRIME);
                }
                row.0.retain(|_, c| *c != 0);
                row.1 = (row.1 - times * taken.1 % PRIME).rem_euclid(PRIME);
            }
            done += 1;
        }
        for (unknowns, known) in rows {
            if let [(&quantity, _)] = unknowns.iter().collect::<Vec<_>>()[..] {
                let value = (PRIME - known) % PRIME;
                (self.lowest[quantity], self.highest[quantity]) = (value, value);
            }
        }
    }
}

fn power(base: i64, mut exponent: i64) -> i64 {
    let (mut base, mut result) = (base % PRIME, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

/// The hidden numbers of persons below the threshold that the folder tells.
pub(crate) fn breaches(folder: &Path, season: &Path, threshold: u32) -> Vec<(String, i64)> {
    let mut told = Attacker::new(folder, season).told();
    // Seats are not persons.
    told.retain(|(name, value)| {
        let of_seats = ["vacant", "seats"].iter().any(|seats| name.starts_with(seats));
        !of_seats && 0 < *value && *value < i64::from(threshold)
    });
    told
}
