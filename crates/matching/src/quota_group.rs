//! What a grouped programme consists of, and what an applicant brings to it.

/// A quota group: seats of a programme with a ranking of their own.
///
/// The groups of a programme stand in order of precedence, and together they are its **choice
/// function**. Of any set of applicants, the first group takes its best, by its own ranking, among
/// those it is open to; the second its best among those left; and so on. Seats that a group has no
/// taker for pass on to the later group that it names, or stay vacant. Precedence decides who gets
/// in as much as the number of seats does, so it is never implicit.
///
/// Passing on goes one way only, to later groups, and that makes every such choice function
/// *substitutable* (whoever is turned away is not taken when more apply), *size-monotone* (when
/// more apply, no fewer are taken) and *consistent* (those turned away had no influence). From
/// these three follows all that deferred acceptance promises.
///
/// An order of reception is a longer sequence: the groups for the first hand, and then a copy of
/// each, without seats of its own, for the second hand, to which the first's unfilled seats pass.
///
/// # Reference
///
/// * S. D. Kominers and T. Sönmez, *Matching with Slot-Specific Priorities: Theory*, Theoretical
///   Economics 11 (2016).
/// * O. Aygün and B. Turhan, *Dynamic Reserves in Matching Markets*, Journal of Economic Theory 188
///   (2020), for seats that pass on.
/// * U. Dur, S. D. Kominers, P. A. Pathak and T. Sönmez, *Reserve Design: Unintended Consequences
///   and the Demise of Boston's Walk Zones*, Journal of Political Economy 126 (2018), for
///   precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuotaGroup {
    /// Seats of its own; 0 is allowed.
    pub seats: u32,
    /// The later group of the same programme (counted from 0) that gets the seats nobody of this
    /// group took; with `None` they stay vacant.
    pub unfilled_to: Option<usize>,
}

/// What an applicant brings to a programme that they list: see
/// [`MarketBuilder::add_applicant_with_claims`](crate::MarketBuilder::add_applicant_with_claims).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim<'a, P> {
    /// The priority at a programme without groups.
    Plain(P),
    /// The groups that are open to the applicant, in any order, each with the priority there. A
    /// group that is not named is not open to them.
    Groups(&'a [(usize, P)]),
}
