//! The tie-break chain: which keys are compared, in which order.

use crate::lottery::LotteryScope;
use crate::score::Score;

/// A key that applicants to one programme are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RankingKey {
    /// Applied in time before applied late (no provision: an office's setting).
    OnTime,
    /// Received in first hand before received in second hand (SkolL 16 kap. 47 §).
    Reception,
    /// The merit value (GyF 7 kap. 4 §), higher first.
    Merit,
    /// The season's ready-made score, higher first.
    Score,
    /// The rank that the applicant gave the choice, lower first. Makes truthful ranking unsafe.
    ChoiceRank,
    /// Grade points without the language choice on top, higher first.
    GradePoints,
    /// The number of passed subjects, higher first.
    GradeCount,
    /// The lottery number, lower first.
    Lottery,
    /// Points in a skill test (GyF 7 kap. 5 §), higher first; in quota groups alone.
    Test,
    /// Merit (or score) and test points together, higher first; in quota groups alone.
    MeritAndTest,
    /// The place on the free quota's list (GyF 7 kap. 3 §), lower first; in quota groups alone.
    FreeQuota,
}

impl RankingKey {
    /// Every key, in the order of this type.
    pub const ALL: [Self; 11] = [
        Self::OnTime,
        Self::Reception,
        Self::Merit,
        Self::Score,
        Self::ChoiceRank,
        Self::GradePoints,
        Self::GradeCount,
        Self::Lottery,
        Self::Test,
        Self::MeritAndTest,
        Self::FreeQuota,
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Reception => "reception",
            Self::Merit => "merit",
            Self::Score => "score",
            Self::ChoiceRank => "choice_rank",
            Self::GradePoints => "grade_points",
            Self::GradeCount => "grade_count",
            Self::Lottery => "lottery",
            Self::Test => "test",
            Self::MeritAndTest => "merit_and_test",
            Self::FreeQuota => "free_quota",
        }
    }

    /// The key of that name that a season's chain may hold, or `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let of_groups = [Self::Test, Self::MeritAndTest, Self::FreeQuota];
        Self::ALL.into_iter().find(|key| key.name() == name && !of_groups.contains(key))
    }

    /// Bits that hold every value of the key. All keys but the lottery fit one `u128` together.
    const fn width(self) -> u32 {
        match self {
            Self::OnTime | Self::Reception => 1,
            Self::Merit | Self::Score | Self::GradePoints => 44,
            Self::ChoiceRank => 16,
            Self::GradeCount => 8,
            Self::Lottery | Self::Test | Self::MeritAndTest | Self::FreeQuota => 0,
        }
    }

    /// The key's value as a number, greater first; 0 for keys that only a quota group has.
    pub(crate) fn value(self, keys: &Keys) -> u64 {
        match self {
            Self::OnTime => u64::from(keys.on_time),
            Self::Reception => u64::from(keys.first_hand),
            Self::Merit | Self::Score => keys.score.ten_thousandths(),
            Self::ChoiceRank => u64::from(u16::MAX - keys.choice_rank),
            Self::GradePoints => keys.grade_points.ten_thousandths(),
            Self::GradeCount => u64::from(keys.grade_count),
            Self::Lottery => u64::MAX - keys.lottery,
            Self::Test | Self::MeritAndTest | Self::FreeQuota => 0,
        }
    }
}

/// An applicant's place in the order of one programme: the keys of a chain, packed so that the
/// greater value goes first.
///
/// Three words (keys, keys, lottery) rather than a `u128` and a word, which alignment would make
/// four: there is one for each choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priority([u64; 3]);

impl Priority {
    fn pack(keys: u128, lottery: u64) -> Self {
        Self([(keys >> 64) as u64, keys as u64, lottery])
    }

    /// The packed keys, the first compared first.
    #[must_use]
    pub fn words(&self) -> [u64; 3] {
        self.0
    }

    /// A place in an order that is counted already, greater first.
    pub(crate) fn of_rank(rank: u32) -> Self {
        Self([0, 0, u64::from(rank)])
    }

    /// The same keys with another lottery number, of which the lower goes first.
    pub(crate) fn with_lot(self, lot: u64) -> Self {
        Self([self.0[0], self.0[1], u64::MAX - lot])
    }

    fn keys(&self) -> u128 {
        u128::from(self.0[0]) << 64 | u128::from(self.0[1])
    }

    fn lottery(&self) -> u64 {
        self.0[2]
    }
}

/// The values that a [`Chain`] packs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys {
    /// An official has placed the applicant here: ahead of everybody, whatever the chain.
    pub placed_by_hand: bool,
    /// The applicant holds a seat here: ahead of everybody who is not placed by hand.
    pub holds: bool,
    /// The application came in time.
    pub on_time: bool,
    /// Received in first hand.
    pub first_hand: bool,
    /// Merit or ready-made score.
    pub score: Score,
    /// The applicant's rank of the choice, 1 = most wanted.
    pub choice_rank: u16,
    /// Grade points without the language choice on top.
    pub grade_points: Score,
    /// Passed subjects.
    pub grade_count: u32,
    /// Lottery number, lower first.
    pub lottery: u64,
}

/// A tie-break chain: keys in the order of comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    keys: Vec<RankingKey>,
    scope: LotteryScope,
}

/// Why a list of keys is no chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// No key at all.
    #[error("the chain is empty")]
    Empty,
    /// A key stands twice.
    #[error("the key {} stands twice", .0.name())]
    Twice(RankingKey),
    /// Keys after the lottery could never decide.
    #[error("the key {} stands after the lottery and could never decide", .0.name())]
    AfterLottery(RankingKey),
    /// The rule set has no such key.
    #[error("the key {} has no value under this rule set", .0.name())]
    NotAvailable(RankingKey),
}

impl Chain {
    /// A chain of these keys.
    ///
    /// `graded` says whether the season has grades; without them only score, choice rank and
    /// lottery have values, with them the score is the merit.
    ///
    /// # Errors
    /// See [`ChainError`]; the first fault in reading order.
    pub fn new(keys: &[RankingKey], scope: LotteryScope, graded: bool) -> Result<Self, ChainError> {
        if keys.is_empty() {
            return Err(ChainError::Empty);
        }
        for (i, &key) in keys.iter().enumerate() {
            let available = match key {
                RankingKey::Score => !graded,
                RankingKey::ChoiceRank | RankingKey::Lottery => true,
                _ => graded,
            };
            if !available {
                return Err(ChainError::NotAvailable(key));
            }
            if keys[..i].contains(&key) {
                return Err(ChainError::Twice(key));
            }
            if keys[..i].contains(&RankingKey::Lottery) {
                return Err(ChainError::AfterLottery(key));
            }
        }
        Ok(Self { keys: keys.to_vec(), scope })
    }

    /// The keys, first compared first.
    #[must_use]
    pub fn keys(&self) -> &[RankingKey] {
        &self.keys
    }

    /// The scope of the lottery.
    #[must_use]
    pub fn lottery_scope(&self) -> LotteryScope {
        self.scope
    }

    /// Whether a lottery stands in the chain.
    #[must_use]
    pub fn draws_lots(&self) -> bool {
        self.keys.contains(&RankingKey::Lottery)
    }

    /// The chain before the lottery decides: whom it leaves equal, the lottery parts. It may be
    /// without any key, and then leaves all equal who are not placed by hand and hold no seat.
    #[must_use]
    pub fn without_lottery(&self) -> Self {
        let keys = self.keys.iter().copied().filter(|key| *key != RankingKey::Lottery);
        Self { keys: keys.collect(), scope: self.scope }
    }

    /// Packs one applicant's keys at one programme.
    #[must_use]
    pub fn priority(&self, values: &Keys) -> Priority {
        let first = u128::from(values.placed_by_hand) << 1 | u128::from(values.holds);
        let (mut packed, mut lottery) = (first, 0);
        for &key in &self.keys {
            let value = key.value(values);
            if key == RankingKey::Lottery {
                lottery = value;
                continue;
            }
            debug_assert!(value >> key.width() == 0, "{} does not fit its width", key.name());
            packed = packed << key.width() | u128::from(value);
        }
        Priority::pack(packed, lottery)
    }

    /// Whether beside placement by hand, held seat, lateness and reception every key is the same at all
    /// programmes of an applicant, when scores are: then the order of applicants is the same
    /// everywhere but for these marks, see [`Chain::split`].
    pub(crate) fn ranks_applicants(&self) -> bool {
        let marks = self.marks();
        let rest = &self.keys[marks..];
        let varies = |key: &RankingKey| match key {
            RankingKey::OnTime | RankingKey::Reception | RankingKey::ChoiceRank => true,
            RankingKey::Lottery => self.scope == LotteryScope::Programme,
            _ => false,
        };
        !rest.iter().any(varies)
    }

    /// A priority as its leading marks (greater goes first) and the rest.
    pub(crate) fn split(&self, priority: &Priority) -> (u32, Priority) {
        let width: u32 = self.keys[self.marks()..].iter().map(|key| key.width()).sum();
        let marks = priority.keys() >> width;
        let rest = priority.keys() ^ marks << width;
        (marks as u32, Priority::pack(rest, priority.lottery()))
    }

    /// How many tiers there are, counted from 0: every combination of the marks (lateness,
    /// reception) at the head of the chain. All of one tier are chosen before any of a smaller.
    #[must_use]
    pub fn tiers(&self) -> u32 {
        1 << self.marks()
    }

    /// How many keys at the head of the chain are marks of one bit.
    pub(crate) fn marks(&self) -> usize {
        let mark = |key: &&RankingKey| matches!(key, RankingKey::OnTime | RankingKey::Reception);
        self.keys.iter().take_while(mark).count()
    }

    /// A priority as it were if no seat were held.
    pub(crate) fn without_hold(&self, priority: &Priority) -> Priority {
        let mut keys = priority.keys();
        keys &= !(1 << self.width());
        Priority::pack(keys, priority.lottery())
    }

    /// Bits that the keys of the chain take up, the lottery aside.
    fn width(&self) -> u32 {
        self.keys.iter().map(|key| key.width()).sum()
    }

    /// The first key in which two priorities of this chain differ, held seats aside; `None` when
    /// they are equal or a placement by hand parts them.
    #[must_use]
    pub fn deciding_key(&self, a: &Priority, b: &Priority) -> Option<RankingKey> {
        let (a, b) = (self.without_hold(a), self.without_hold(b));
        let differing = a.keys() ^ b.keys();
        if differing == 0 {
            return (a.lottery() != b.lottery()).then_some(RankingKey::Lottery);
        }
        let highest = u128::BITS - 1 - differing.leading_zeros();
        let mut low = self.width();
        self.keys.iter().copied().find(|key| {
            low -= key.width();
            (low..low + key.width()).contains(&highest)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Chain, ChainError, Keys, RankingKey as K};
    use crate::lottery::LotteryScope::Applicant;
    use crate::score::Score;

    fn keys(
        score: &str,
        choice_rank: u16,
        grade_points: &str,
        grade_count: u32,
        lottery: u64,
    ) -> Keys {
        let (score, grade_points) =
            (Score::parse(score).unwrap(), Score::parse(grade_points).unwrap());
        Keys { score, choice_rank, grade_points, grade_count, lottery, ..Keys::default() }
    }

    #[test]
    fn keys_decide_in_the_order_of_the_chain() {
        let chain =
            [K::Reception, K::Merit, K::ChoiceRank, K::GradePoints, K::GradeCount, K::Lottery];
        let chain = Chain::new(&chain, Applicant, true).unwrap();
        let base = keys("300", 2, "280", 16, 1000);
        for (other, key) in [
            (keys("302.5", 9, "0", 0, u64::MAX), K::Merit),
            (keys("300", 1, "0", 0, u64::MAX), K::ChoiceRank),
            (keys("300", 2, "282.5", 0, u64::MAX), K::GradePoints),
            (keys("300", 2, "280", 17, u64::MAX), K::GradeCount),
            (keys("300", 2, "280", 16, 999), K::Lottery),
        ] {
            let (better, worse) = (chain.priority(&other), chain.priority(&base));
            assert!(better > worse, "{key:?}");
            assert_eq!(chain.deciding_key(&better, &worse), Some(key));
            assert_eq!(chain.deciding_key(&worse, &better), Some(key));
        }
        assert_eq!(chain.deciding_key(&chain.priority(&base), &chain.priority(&base)), None);
    }

    #[test]
    fn a_placement_by_hand_goes_before_every_key() {
        let chain = Chain::new(&[K::OnTime, K::Reception, K::Merit], Applicant, true).unwrap();
        let keys = |placed_by_hand, on_time, first_hand| {
            chain.priority(&Keys {
                placed_by_hand,
                on_time,
                first_hand,
                ..keys("300", 1, "0", 0, 0)
            })
        };
        let order = [
            keys(true, false, false),
            keys(false, true, true),
            keys(false, true, false),
            keys(false, false, true),
        ];
        assert!(order.is_sorted_by(|a, b| a > b));
        assert_eq!(chain.deciding_key(&order[0], &order[1]), None);
        assert_eq!(chain.deciding_key(&order[1], &order[2]), Some(K::Reception));
        assert_eq!(chain.deciding_key(&order[2], &order[3]), Some(K::OnTime));
    }

    #[test]
    fn a_held_seat_goes_before_every_key_and_decides_nothing_between_others() {
        let chain = Chain::new(&[K::Reception, K::Merit, K::Lottery], Applicant, true).unwrap();
        let weak = keys("200", 1, "0", 0, 9);
        let strong = keys("300", 1, "0", 0, 8);
        let placed = chain.priority(&Keys { placed_by_hand: true, ..weak });
        let holder = chain.priority(&Keys { holds: true, ..weak });
        let (weak, strong) = (chain.priority(&weak), chain.priority(&strong));
        assert!(placed > holder && holder > strong && strong > weak);
        assert_eq!(chain.without_hold(&holder), weak);
        assert_eq!(chain.deciding_key(&holder, &strong), Some(K::Merit));
        assert_eq!(chain.deciding_key(&placed, &holder), None);
    }

    #[test]
    fn without_the_lottery_those_are_equal_whom_it_parted() {
        let chain = Chain::new(&[K::Merit, K::Lottery], Applicant, true).unwrap();
        let [a, b] = [keys("300", 1, "0", 0, 8), keys("300", 2, "0", 0, 9)];
        let lower = keys("297.5", 1, "0", 0, 1);
        let before = chain.without_lottery();
        assert!(!before.draws_lots() && before.keys() == [K::Merit]);
        assert!(chain.priority(&a) > chain.priority(&b));
        assert_eq!(before.priority(&a), before.priority(&b));
        assert!(before.priority(&a) > before.priority(&lower));

        let nothing = Chain::new(&[K::Lottery], Applicant, true).unwrap().without_lottery();
        assert_eq!(nothing.priority(&a), nothing.priority(&lower));
        let held = nothing.priority(&Keys { holds: true, ..lower });
        assert!(held > nothing.priority(&a));
        assert!(nothing.ranks_applicants() && nothing.split(&held).0 == 1);
    }

    #[test]
    fn the_greatest_values_keep_to_their_own_bits() {
        let all = [K::Reception, K::Merit, K::GradePoints, K::GradeCount, K::ChoiceRank];
        let chain = Chain::new(&all, Applicant, true).unwrap();
        let big = keys("999999999.9999", 1, "999999999.9999", 255, 0);
        let small = keys("999999999.9998", 0, "999999999.9999", 255, 0);
        assert_eq!(
            chain.deciding_key(&chain.priority(&big), &chain.priority(&small)),
            Some(K::Merit)
        );
        assert!(chain.priority(&big) > chain.priority(&small));
    }

    #[test]
    fn marks_part_from_what_is_the_same_everywhere() {
        let chain = Chain::new(&[K::Reception, K::Merit, K::Lottery], Applicant, true).unwrap();
        assert!(chain.ranks_applicants());
        let first = Keys { first_hand: true, ..keys("300", 1, "0", 0, 7) };
        let second = Keys { first_hand: false, ..first };
        let [(a, rest), (b, same)] =
            [first, second].map(|keys| chain.split(&chain.priority(&keys)));
        assert_eq!((a, b, rest), (1, 0, same));
        for (chain, scope) in [
            (&[K::Merit, K::ChoiceRank][..], Applicant),
            (&[K::Merit, K::Reception], Applicant),
            (&[K::Merit, K::Lottery], crate::lottery::LotteryScope::Programme),
        ] {
            assert!(!Chain::new(chain, scope, true).unwrap().ranks_applicants());
        }
    }

    #[test]
    fn faulty_chains_are_refused() {
        let chain = |keys: &[K], graded| Chain::new(keys, Applicant, graded).unwrap_err();
        assert_eq!(chain(&[], true), ChainError::Empty);
        assert_eq!(chain(&[K::Merit, K::Merit], true), ChainError::Twice(K::Merit));
        assert_eq!(chain(&[K::Lottery, K::Merit], true), ChainError::AfterLottery(K::Merit));
        assert_eq!(chain(&[K::Merit], false), ChainError::NotAvailable(K::Merit));
        assert_eq!(chain(&[K::Score], true), ChainError::NotAvailable(K::Score));
    }
}
