//! A season in plain vectors.

/// The columns of grades: the sixteen common subjects, language choice and mother tongue.
pub(crate) const SUBJECTS: [&str; 18] = [
    "SV", "EN", "MA", "BI", "FY", "KE", "TK", "GE", "HI", "RE", "SH", "BL", "HKK", "IDH", "MU",
    "SL", "M1", "ML",
];

/// The seed of every lottery.
pub(crate) const SEED: &str = "midsommar";

#[derive(Clone, Debug)]
pub(crate) struct Season {
    /// The tie-break chain, which ends with a lottery.
    pub(crate) keys: &'static [&'static str],
    /// A lot for each choice instead of one for each applicant.
    pub(crate) lots_by_programme: bool,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) applicants: Vec<Applicant>,
}

#[derive(Clone, Debug)]
pub(crate) struct Programme {
    pub(crate) id: String,
    /// The study path.
    pub(crate) path: &'static str,
    /// Seats of a programme without groups.
    pub(crate) seats: u32,
    /// In order of precedence; none when plain.
    pub(crate) groups: Vec<Group>,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) seats: u32,
    pub(crate) ranked_by: &'static str,
    pub(crate) open_to: &'static str,
    /// A later group.
    pub(crate) unfilled_to: Option<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Applicant {
    pub(crate) id: String,
    /// By subject, `-` without a grade.
    pub(crate) grades: Vec<char>,
    pub(crate) dancer: bool,
    /// Most wanted first.
    pub(crate) wishes: Vec<Wish>,
}

/// A choice, with what was decided about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// By number.
    pub(crate) programme: usize,
    /// Half points, and whether the test is passed.
    pub(crate) test: Option<(u32, bool)>,
    pub(crate) second_hand: bool,
    pub(crate) late: bool,
    pub(crate) withdrawn: bool,
    pub(crate) english_exemption: bool,
    pub(crate) sport_approval: bool,
    /// The place on the free quota's list, from 1; 0 when not on it.
    pub(crate) free_quota: u32,
    pub(crate) by_hand: bool,
    /// The group that the placement by hand names.
    pub(crate) hand_group: Option<usize>,
}

/// Where somebody is placed: programme and group, by number.
pub(crate) type Placed = Option<(usize, Option<usize>)>;

impl Programme {
    /// The seats of all groups together.
    pub(crate) fn capacity(&self) -> u32 {
        match &self.groups[..] {
            [] => self.seats,
            groups => groups.iter().map(|group| group.seats).sum(),
        }
    }

    /// The group that a placement by hand takes a seat of.
    pub(crate) fn group_by_hand(&self, named: Option<usize>) -> Option<usize> {
        let manual = || self.groups.iter().position(|group| group.ranked_by == "manual");
        named.or_else(manual).or_else(|| self.groups.len().checked_sub(1))
    }

    fn asks_for(&self, word: &str) -> bool {
        let asks = |text: &str| text.split(' ').any(|asked| asked == word);
        self.groups.iter().any(|group| asks(group.ranked_by) || asks(group.open_to))
    }
}

impl Season {
    /// The season of these applicants (by number) alone.
    pub(crate) fn of(&self, applicants: impl Iterator<Item = usize>) -> Self {
        let applicants = applicants.map(|a| self.applicants[a].clone()).collect();
        Self { applicants, ..self.clone() }
    }

    /// Takes back what files could not say: decisions that nothing asks for, places on a list that
    /// two share, second hand without reception in the chain, and placements by hand that are
    /// withdrawn, not eligible or beyond the seats.
    pub(crate) fn made_sound(mut self) -> Self {
        let mut listed = vec![0; self.programmes.len()];
        let seats = |programme: &Programme| match &programme.groups[..] {
            [] => vec![programme.seats],
            groups => groups.iter().map(|group| group.seats).collect(),
        };
        let mut left: Vec<Vec<u32>> = self.programmes.iter().map(seats).collect();
        for applicant in &mut self.applicants {
            let with_wishes = applicant.clone();
            for wish in &mut applicant.wishes {
                let programme = &self.programmes[wish.programme];
                wish.second_hand &= self.keys.contains(&"reception");
                wish.sport_approval &= programme.asks_for("sport_approval");
                if wish.free_quota > 0 && programme.asks_for("free_quota") {
                    listed[wish.programme] += 1;
                    wish.free_quota = listed[wish.programme];
                } else {
                    wish.free_quota = 0;
                }
                wish.hand_group = wish.hand_group.filter(|group| *group < programme.groups.len());
                let group = programme.group_by_hand(wish.hand_group).unwrap_or(0);
                let seats = &mut left[wish.programme][group];
                wish.by_hand &= !wish.withdrawn
                    && *seats > 0
                    && crate::reference::is_eligible(&with_wishes, wish, programme.path);
                *seats -= u32::from(wish.by_hand);
            }
        }
        self
    }
}
