//! An admission as plain data: the columns that a case borrows.

/// A priority in a quota group, compared lexicographically: the **greater** goes first.
pub type ClaimKey = [u64; 12];

/// The columns that [`Case::new`](crate::Case::new) takes: a market and its placements as plain
/// data.
///
/// Applicants and programmes are numbered from 0. Only choices that take part in the admission
/// belong here, that is, those where the applicant is eligible and received.
#[derive(Debug)]
pub struct Columns<'a, K> {
    /// Seats of each programme.
    pub seats: &'a [u32],
    /// Where each applicant's choices begin; one entry more than there are applicants, so that
    /// those of applicant `a` are `offsets[a]..offsets[a + 1]`, most wanted first.
    pub offsets: &'a [usize],
    /// The programme of each choice.
    pub programme: &'a [u32],
    /// The priority of each choice at its programme: the **greater** key goes first. Keys are
    /// compared within a programme only; at a programme with groups they are not looked at.
    pub key: &'a [K],
    /// The score of each choice as it is published, in ten-thousandths of a point; not looked at
    /// where the programme has groups.
    pub score: &'a [u64],
    /// The programme where each applicant is placed.
    pub placement: &'a [Option<u32>],
    /// Whether an official placed the applicant through this choice, a row a choice; empty when
    /// nobody is. Their keys already put them first: this only tells what a cutoff may say.
    pub by_hand: &'a [bool],
    /// What becomes of equal keys at the cutoff.
    pub ties: Ties,
    /// The quota groups, if any programme has them.
    pub groups: Option<GroupColumns<'a>>,
}

/// What becomes of applicants with equal keys when there is not a seat for each of them.
///
/// The last two are the rules of P. Biró and S. Kiselgof, *College Admissions with Stable Score-
/// Limits*, Central European Journal of Operations Research 23 (2015); programmes with groups
/// take part only in the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// There are no such applicants: equal keys that decide something are a violation.
    Strict,
    /// All of them are admitted, beyond the seats if needed (L-stable).
    AdmitAll,
    /// None of them is admitted, even when seats are left over (H-stable).
    RejectAll,
}

/// The quota groups of the programmes that have them, and what applicants bring to these groups.
///
/// Groups are counted from 0 within their programme and stand in order of precedence. Of any set
/// of applicants such a programme chooses thus. Tier by tier, the greatest first and those that
/// nobody is in as well, each group in turn takes its best among those of the tier to whom it is open and whom no group has taken, up
/// to the seats it has left. What is left then passes on at once to the group that `unfilled_to`
/// names; without one it stays, for the next tier.
///
/// Seats pass on to later groups only, so the choice is substitutable, size-monotone and
/// consistent (Kominers & Sönmez 2016; Aygün & Turhan 2020), which is all that stability and the
/// existence of a best stable admission rest on.
#[derive(Clone, Copy, Debug)]
pub struct GroupColumns<'a> {
    /// Where each programme's groups begin, one entry more than there are programmes; a plain
    /// programme has none.
    pub offsets: &'a [usize],
    /// Seats of each group; those of a programme's groups add up to the programme's.
    pub seats: &'a [u32],
    /// The later group of the same programme that gets each group's unfilled seats; with `None`
    /// they stay vacant.
    pub unfilled_to: &'a [Option<u32>],
    /// Whether humans made each group's order, so that no score is its limit.
    pub ranked_by_hand: &'a [bool],
    /// How many tiers there are, counted from 0.
    pub tiers: u32,
    /// The reception tier of each choice, the greater first: first hand before second hand, on
    /// time before late. Not looked at where the programme has no groups.
    pub tier: &'a [u32],
    /// Where the claims of each choice begin, one entry more than there are choices: a claim for
    /// every group that is open to the applicant, at least one, and none at a plain programme.
    pub claim_offsets: &'a [usize],
    /// The group of each claim, ascending within a choice.
    pub claim_group: &'a [u32],
    /// The priority of each claim, also across tiers: it begins with what the tier is made of.
    pub claim_key: &'a [ClaimKey],
    /// The score of each claim as it is published, in ten-thousandths of a point.
    pub claim_score: &'a [u64],
    /// The group that took each applicant; `None` for the unplaced and at plain programmes.
    pub placement_group: &'a [Option<u32>],
}
