//! Random small seasons in plain vectors, written as files.

use std::fs;
use std::path::Path;

use crate::scene::grades;

/// A generator of numbers that are the same everywhere.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// From 0 up to a number, that one not included.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as usize
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// A decision about a choice, or where the programme is empty about grades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub(crate) applicant: usize,
    pub(crate) programme: Option<usize>,
    pub(crate) kind: &'static str,
    pub(crate) value: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) seats: u32,
    ranked_by: &'static str,
    open_to: &'static str,
    passes_on: bool,
}

/// A season; applicant 3 is `a3`, programme 2 `p2` and its second group `g1`.
#[derive(Clone, Debug)]
pub(crate) struct Season {
    /// Seats of each programme.
    pub(crate) seats: Vec<u32>,
    /// The quota groups of each, whose seats then count.
    pub(crate) groups: Vec<Vec<Group>>,
    /// The programmes that each applicant asks for, with a score in a market season.
    pub(crate) lists: Vec<Vec<(usize, u32)>>,
    /// English, mathematics and all other grades; none in a market season.
    pub(crate) letters: Vec<(char, char, char)>,
    tests: Vec<(usize, usize, usize)>,
    pub(crate) decisions: Vec<Decided>,
    /// Appeals won.
    pub(crate) appeals: Vec<(usize, usize)>,
    rules: String,
}

const LETTERS: [char; 5] = ['A', 'B', 'C', 'D', 'E'];

/// Random lists; where `full`, everybody asks for everything.
fn lists(
    draw: &mut Draw,
    applicants: usize,
    programmes: usize,
    full: bool,
) -> Vec<Vec<(usize, u32)>> {
    let list = |_| {
        let mut open: Vec<usize> = (0..programmes).collect();
        let length = if full || draw.one_in(2) { programmes } else { 1 + draw.below(programmes) };
        (0..length).map(|_| (open.remove(draw.below(open.len())), 0)).collect()
    };
    (0..applicants).map(list).collect()
}

impl Season {
    /// A season with grades, quota groups and decisions; more want seats than there are.
    pub(crate) fn graded(seed: u64) -> Self {
        let draw = &mut Draw::new(seed);
        let (programmes, applicants) = (3 + draw.below(2), 7 + draw.below(5));
        let groups = |draw: &mut Draw| {
            if draw.one_in(2) {
                return Vec::new();
            }
            let kinds = [("merit+4*test", "test"), ("free_quota", ""), ("", ""), ("test", "")];
            let mut of = |(ranked_by, open_to)| {
                let (seats, passes_on) = (draw.below(2) as u32, !draw.one_in(4));
                Group { seats, ranked_by, open_to, passes_on }
            };
            let mut all: Vec<Group> = kinds.into_iter().map(&mut of).collect();
            // The last takes everybody in, or nearly.
            all.swap(2, 3);
            all.remove(draw.below(4).min(2));
            all
        };
        let mut season = Self {
            seats: (0..programmes).map(|_| 1 + draw.below(2) as u32).collect(),
            groups: (0..programmes).map(|_| groups(draw)).collect(),
            lists: lists(draw, applicants, programmes, false),
            letters: Vec::new(),
            tests: Vec::new(),
            decisions: Vec::new(),
            appeals: Vec::new(),
            rules: format!(
                "[ranking]\nkeys = [\"on_time\", \"reception\", \"merit\", \"lottery\"]\n\
                 [lottery]\nseed = \"{seed}\"\n"
            ),
        };
        for applicant in 0..applicants {
            let letter = *draw.pick(&LETTERS);
            // Whoever lacks English would go before many.
            let fails = matches!(letter, 'A' | 'B') && draw.one_in(2);
            let english = if fails { 'F' } else { letter };
            season.letters.push((english, *draw.pick(&LETTERS), letter));
            for (programme, _) in season.lists[applicant].clone() {
                let has_groups = !season.groups[programme].is_empty();
                if has_groups && draw.one_in(2) {
                    season.tests.push((applicant, programme, draw.below(40)));
                }
                let kinds = ["second_hand", "not_received", "late_application", "withdrawal"];
                let mut decide = |kind, value: String| {
                    let programme = Some(programme);
                    season.decisions.push(Decided { applicant, programme, kind, value });
                };
                if draw.one_in(4) {
                    decide(*draw.pick(&kinds[..]), String::new());
                }
                if has_groups && draw.one_in(4) {
                    // Odd places are free.
                    decide("free_quota_rank", (2 * applicant + 2).to_string());
                }
            }
        }
        // What no group asks for would be an error.
        let is_asked_for = |d: &Decided| {
            d.kind != "free_quota_rank" || season.has_free_quota(d.programme.unwrap_or(0))
        };
        season.decisions = season.decisions.iter().filter(|d| is_asked_for(d)).cloned().collect();
        season
    }

    /// A market season; where equals are treated together many are equal.
    pub(crate) fn market(seed: u64, at_cutoff: Option<&str>) -> Self {
        let draw = &mut Draw::new(seed);
        // Where everybody asks for everything, claims come round; elsewhere chains are longer.
        let is_dense = draw.one_in(2);
        let (programmes, applicants) = match is_dense {
            true => (4, 5 + draw.below(2)),
            false => (4 + draw.below(3), 6 + draw.below(7)),
        };
        let mut season = Self {
            seats: (0..programmes).map(|_| 1 + u32::from(!is_dense && draw.one_in(3))).collect(),
            groups: vec![Vec::new(); programmes],
            lists: lists(draw, applicants, programmes, is_dense),
            letters: Vec::new(),
            tests: Vec::new(),
            decisions: Vec::new(),
            appeals: Vec::new(),
            rules: String::new(),
        };
        if let Some(rule) = at_cutoff {
            season.rules = format!("[ranking]\nkeys = [\"score\"]\nat_cutoff = \"{rule}\"\n");
        }
        let applicants = season.lists.iter_mut().enumerate();
        for (applicant, choice) in
            applicants.flat_map(|(a, list)| list.iter_mut().map(move |c| (a, c)))
        {
            choice.1 = match at_cutoff {
                Some(_) => 1 + draw.below(3) as u32,
                None => 100 * (1 + draw.below(9) as u32) + applicant as u32,
            };
        }
        season
    }

    pub(crate) fn has_free_quota(&self, programme: usize) -> bool {
        self.groups[programme].iter().any(|group| group.ranked_by == "free_quota")
    }

    pub(crate) fn has_grades(&self) -> bool {
        !self.letters.is_empty()
    }

    /// The rank that an applicant gave to a programme; after all where it is none of the list.
    pub(crate) fn rank(&self, applicant: usize, programme: Option<&str>) -> usize {
        let listed =
            |id: &str| self.lists[applicant].iter().position(|(p, _)| format!("p{p}") == id);
        programme.and_then(listed).unwrap_or(usize::MAX)
    }

    /// Writes the files.
    pub(crate) fn write(&self, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("a folder");
        let write = |name: &str, head: &str, rows: Vec<String>| {
            if !rows.is_empty() {
                let text = format!("{head}\n{}\n", rows.join("\n"));
                fs::write(folder.join(name), text).expect("a file");
            }
        };
        let capacity = |p: usize| match &self.groups[p][..] {
            [] => self.seats[p],
            groups => groups.iter().map(|group| group.seats).sum(),
        };
        let programmes = (0..self.seats.len()).map(|p| format!("p{p},{},BA", capacity(p)));
        write("programmes.csv", "programme_id,capacity,study_path_code", programmes.collect());
        let mut groups = Vec::new();
        for (p, of_programme) in self.groups.iter().enumerate() {
            for (g, group) in of_programme.iter().enumerate() {
                let last = g + 1 == of_programme.len();
                let later =
                    if group.passes_on && !last { format!("g{}", g + 1) } else { String::new() };
                let Group { seats, ranked_by, open_to, .. } = group;
                groups.push(format!("p{p},g{g},{},{seats},{ranked_by},{open_to},{later}", g + 1));
            }
        }
        let head = "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to";
        write("quota_groups.csv", head, groups);
        let mut choices = Vec::new();
        for (a, list) in self.lists.iter().enumerate() {
            for (rank, (p, score)) in (1..).zip(list) {
                let score = if self.has_grades() { String::new() } else { format!(",{score}") };
                choices.push(format!("a{a},{rank},p{p}{score}"));
            }
        }
        let score = if self.has_grades() { "" } else { ",score" };
        write("choices.csv", &format!("applicant_id,choice_rank,programme_id{score}"), choices);
        if self.has_grades() {
            let ids: Vec<String> = (0..self.lists.len()).map(|a| format!("a{a}")).collect();
            let rows =
                ids.iter().zip(&self.letters).map(|(id, (e, m, o))| (id.as_str(), *e, *m, *o));
            fs::write(folder.join("grades.csv"), grades(&rows.collect::<Vec<_>>()))
                .expect("a file");
        }
        let listed = |a: usize, p: usize| self.lists[a].iter().any(|(listed, _)| *listed == p);
        let tests = self.tests.iter().filter(|(a, p, _)| listed(*a, *p));
        let tests = tests.map(|(a, p, points)| format!("a{a},p{p},{points}"));
        write("test_scores.csv", "applicant_id,programme_id,points", tests.collect());
        let decisions = self.decisions.iter().map(|decided| {
            let programme = decided.programme.map_or(String::new(), |p| format!("p{p}"));
            format!("a{},{programme},{},{},reason", decided.applicant, decided.kind, decided.value)
        });
        let head = "applicant_id,programme_id,decision,value,reason";
        write("decisions.csv", head, decisions.collect());
        let events = self.appeals.iter();
        let events = events.map(|(a, p)| format!("2025-07-01,appeal_won,a{a},p{p},court"));
        write("events.csv", "date,event,applicant_id,programme_id,source", events.collect());
        if !self.rules.is_empty() {
            fs::write(folder.join("rules.toml"), &self.rules).expect("a file");
        }
    }
}
