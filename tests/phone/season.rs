//! Small random seasons with few seats for many who want the same.

/// Numbers from a seed (Steele, Lea and Flood 2014, SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    pub(crate) fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for i in (1..count).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RankedBy {
    Score,
    Test,
    Both,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) seats: u32,
    pub(crate) unfilled_to: Option<usize>,
    pub(crate) ranked_by: RankedBy,
}

#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) programme: usize,
    /// No two at a programme have the same, nor the same sum with the test.
    pub(crate) score: u64,
    pub(crate) test: Option<u64>,
    pub(crate) second_hand: bool,
}

/// What a season has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Grouped,
    /// Groups, grades, and reception before all else.
    Received,
}

/// A season; a plain programme has one group without a name.
#[derive(Clone, Debug)]
pub(crate) struct RandomSeason {
    kind: Kind,
    pub(crate) plain: Vec<bool>,
    pub(crate) programmes: Vec<Vec<Group>>,
    pub(crate) lists: Vec<Vec<Wish>>,
}

impl RandomSeason {
    pub(crate) fn new(seed: u64, kind: Kind) -> Self {
        let (is_grouped, is_received) = (kind != Kind::Plain, kind == Kind::Received);
        let mut random = Random(seed);
        let (applicants, programmes) = (5 + random.below(6), 3 + random.below(3));
        let plain: Vec<bool> =
            (0..programmes).map(|p| !is_grouped || (p > 0 && random.below(3) == 0)).collect();
        let groups = |random: &mut Random, plain: bool| {
            let count = if plain { 1 } else { 2 + random.below(2) };
            let group = |number| Group {
                seats: random.below(3) as u32,
                unfilled_to: (number + 1 < count && random.below(3) > 0)
                    .then(|| number + 1 + random.below(count - number - 1)),
                ranked_by: match random.below(if plain { 1 } else { 3 }) {
                    0 => RankedBy::Score,
                    1 => RankedBy::Test,
                    _ if is_received => RankedBy::Test,
                    _ => RankedBy::Both,
                },
            };
            (0..count).map(group).collect::<Vec<_>>()
        };
        let mut offers: Vec<_> = plain.iter().map(|plain| groups(&mut random, *plain)).collect();
        // Everybody can be ranked in the last group.
        for groups in &mut offers {
            groups.iter_mut().next_back().expect("a group").ranked_by = RankedBy::Score;
        }
        let scores: Vec<_> = (0..programmes).map(|_| random.shuffled(applicants)).collect();
        // Merit is the same everywhere.
        let of = |programme: usize| if is_received { 0 } else { programme };
        let tests: Vec<_> = (0..programmes).map(|_| random.shuffled(applicants)).collect();
        let list = |applicant: usize| {
            let order = random.shuffled(programmes);
            let length = 1 + random.below(programmes);
            let wish = |programme: &usize| Wish {
                programme: *programme,
                score: 100 * (1 + scores[of(*programme)][applicant] as u64),
                test: (!plain[*programme] && random.below(4) > 0)
                    .then(|| 1 + tests[*programme][applicant] as u64),
                second_hand: is_received && random.below(3) == 0,
            };
            order[..length].iter().map(wish).collect()
        };
        let lists = (0..applicants).map(list).collect();
        Self { kind, plain, programmes: offers, lists }
    }

    pub(crate) fn applicant_id(applicant: usize) -> String {
        format!("a{applicant:02}")
    }

    pub(crate) fn programme_id(programme: usize) -> String {
        format!("P{programme}")
    }

    pub(crate) fn group_name(&self, programme: usize, group: usize) -> String {
        if self.plain[programme] { String::new() } else { format!("g{group}") }
    }

    /// The files of the season.
    pub(crate) fn files(&self, round: &str) -> Vec<(&'static str, String)> {
        let (programmes, groups) = self.offers();
        let (choices, tests, decisions) = self.choices();
        let (rule_set, keys) = match self.kind {
            Kind::Received => ("gymnasium-2025", "\"reception\", \"merit\""),
            _ => ("market", "\"score\""),
        };
        let rules = format!(
            "rule_set = \"{rule_set}\"\nround = \"{round}\"\n[ranking]\nkeys = [{keys}]\n\
             [reserve]\nphone_from = \"2025-08-14\"\n"
        );
        let mut files =
            vec![("programmes.csv", programmes), ("choices.csv", choices), ("rules.toml", rules)];
        if self.kind != Kind::Plain {
            files.extend([("quota_groups.csv", groups), ("test_scores.csv", tests)]);
        }
        if self.kind == Kind::Received {
            files.extend([("decisions.csv", decisions), ("grades.csv", self.grades())]);
        }
        files
    }

    fn offers(&self) -> (String, String) {
        let mut programmes = "programme_id,capacity,study_path_code\n".to_owned();
        let mut groups = "programme_id,quota_group,precedence,seats,ranked_by,open_to,\
                          unfilled_to,test_maximum\n"
            .to_owned();
        for (p, of_programme) in self.programmes.iter().enumerate() {
            let seats: u32 = of_programme.iter().map(|group| group.seats).sum();
            programmes += &format!("P{p},{seats},EE\n");
            for (g, group) in of_programme.iter().enumerate().filter(|_| !self.plain[p]) {
                let ranked_by = match group.ranked_by {
                    RankedBy::Score if self.kind == Kind::Received => "merit",
                    RankedBy::Score => "score",
                    RankedBy::Test => "test",
                    RankedBy::Both => "score+test",
                };
                let open_to = if group.ranked_by == RankedBy::Score { "" } else { "test" };
                let later = group.unfilled_to.map_or(String::new(), |later| format!("g{later}"));
                let (seats, order) = (group.seats, g + 1);
                groups += &format!("P{p},g{g},{order},{seats},{ranked_by},{open_to},{later},50\n");
            }
        }
        (programmes, groups)
    }

    fn choices(&self) -> (String, String, String) {
        let score = if self.kind == Kind::Received { "" } else { ",score" };
        let mut choices = format!("applicant_id,choice_rank,programme_id{score}\n");
        let mut tests = "applicant_id,programme_id,points,passed\n".to_owned();
        let mut decisions = "applicant_id,decision,programme_id,value,source,date\n".to_owned();
        for (a, list) in self.lists.iter().enumerate() {
            for (rank, wish) in (1..).zip(list) {
                let (id, p) = (Self::applicant_id(a), wish.programme);
                let score = match self.kind {
                    Kind::Received => String::new(),
                    _ => format!(",{}", wish.score),
                };
                choices += &format!("{id},{rank},P{p}{score}\n");
                if let Some(points) = wish.test {
                    tests += &format!("{id},P{p},{points},1\n");
                }
                if wish.second_hand {
                    decisions += &format!("{id},second_hand,P{p},,office,2025-05-01\n");
                }
            }
        }
        (choices, tests, decisions)
    }

    /// Sixteen grades, so many of them A that the merits stand in the order of scores.
    fn grades(&self) -> String {
        let mut text =
            "applicant_id,SV,EN,MA,BI,FY,KE,TK,GE,HI,RE,SH,BL,HKK,IDH,MU,SL\n".to_owned();
        for (applicant, list) in self.lists.iter().enumerate() {
            let best = (list[0].score / 100) as usize;
            let grades = (0..16).map(|subject| if subject < best { ",A" } else { ",B" });
            text += &format!("{}{}\n", Self::applicant_id(applicant), grades.collect::<String>());
        }
        text
    }
}
