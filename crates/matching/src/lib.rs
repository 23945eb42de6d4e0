//! The mechanism of an admission: markets, deferred acceptance, and matchings that answer
//! questions. It knows no file, no clock and no country.
//!
//! A [`MarketBuilder`] takes programmes with seats and applicants with lists and priorities, and
//! checks them once. From the [`Market`] it builds, everything follows without an error path:
//!
//! ```
//! use antagning_matching::{Cutoff, MarketBuilder, deferred_acceptance};
//!
//! let mut builder = MarketBuilder::new();
//! let arts = builder.add_programme(1);
//! let science = builder.add_programme(1);
//! // The priority is a score and then a lottery number; the greater goes first.
//! let anna = builder.add_applicant([(arts, (285, 7)), (science, (285, 7))]);
//! let björn = builder.add_applicant([(arts, (285, 9))]);
//! let market = builder.build()?;
//!
//! let matching = deferred_acceptance(&market);
//! assert_eq!(matching.programme_of(björn), Some(arts));
//! assert_eq!(matching.choice_of(anna), Some(1));
//! assert_eq!(matching.cutoff(arts), Cutoff::Value(björn));
//! assert_eq!(matching.reserves(arts).collect::<Vec<_>>(), [anna]);
//! # Ok::<(), antagning_matching::MarketError>(())
//! ```
//!
//! # Guarantees
//!
//! * The same input gives the same matching on every machine: no floating point, no hashing, no
//!   threads, no `unsafe`.
//! * The order of adding decides nothing. Equal priorities at a programme are an error
//!   ([`MarketError::UnresolvedTies`]) or are treated alike ([`TieRule`]), never a silent choice.
//! * One matching takes time linear in the number of choices, and a repeated one
//!   ([`DeferredAcceptance`]) allocates nothing.
//! * With quota groups as without them the matching is stable, the best stable one for every
//!   applicant, and no applicant gains by stating another list. (Where ties are treated alike,
//!   somebody may gain by that: see [`TieRule`].)
//!
//! # Quota groups
//!
//! A programme may divide its seats among [`QuotaGroup`]s in order of precedence, each with a
//! ranking of its own, whose unfilled seats pass on to later groups. Precedence alone can decide:
//!
//! ```
//! use antagning_matching::{Claim, MarketBuilder, QuotaGroup, deferred_acceptance};
//!
//! // One seat by test score and one by merit. Anna leads in both; björn has no test to show, and
//! // cecilia's test is second best, and her merit third.
//! let seat = QuotaGroup { seats: 1, unfilled_to: None };
//! let admitted = |test: usize, merit: usize| {
//!     let mut builder = MarketBuilder::new();
//!     let dance = builder.add_grouped_programme(&[seat, seat]);
//!     let [anna, björn, cecilia] = [
//!         &[(test, 90), (merit, 320)][..],
//!         &[(merit, 300)],
//!         &[(test, 80), (merit, 280)],
//!     ]
//!     .map(|groups| builder.add_applicant_with_claims([(dance, Claim::Groups(groups))]));
//!     let matching = deferred_acceptance(&builder.build().expect("a sound market"));
//!     [anna, björn, cecilia].map(|applicant| matching.group_of(applicant).is_some())
//! };
//! // The test first: it takes anna, and merit takes björn.
//! assert_eq!(admitted(0, 1), [true, true, false]);
//! // Merit first: it takes anna, and the test takes cecilia.
//! assert_eq!(admitted(1, 0), [true, false, true]);
//! ```
//!
//! # Ties
//!
//! Where equals are to be treated alike, no lottery parts them: a [`TiedMarket`] keeps the tied
//! classes, and a [`TieRule`] admits or rejects the class at the cutoff whole. The two outcomes
//! bracket that of every lottery:
//!
//! ```
//! use antagning_matching::{MarketBuilder, TieRule, tied_deferred_acceptance};
//!
//! // Three seats, and at the cutoff björn and cecilia with one merit for the last one.
//! let mut builder = MarketBuilder::new();
//! let dance = builder.add_programme(3);
//! for merit in [320, 310, 285, 285, 270] {
//!     builder.add_applicant([(dance, merit)]);
//! }
//! let market = builder.build_with_ties()?;
//! let admitted = |rule| tied_deferred_acceptance(&market, rule).admitted_count(dance);
//! assert_eq!(admitted(TieRule::AdmitAll), 4);
//! assert_eq!(admitted(TieRule::RejectAll), 2);
//! # Ok::<(), antagning_matching::MarketError>(())
//! ```
//!
//! # Structure
//!
//! The inner loop in `deferred_acceptance` knows one kind of thing, a *unit*: a ranking with a
//! number of seats. A plain programme is one unit. A grouped programme is a unit for each group,
//! and a choice of it is expanded (`expansion`) to consecutive choices of the groups that are open
//! to the applicant, in order of precedence: whoever a group turns away asks the next one, so the
//! groups take in turn just whom the choice function takes, without computing it anew for each
//! proposal. All that groups add to the loop is that a free seat, once taken, is taken back from
//! the groups it was passed on to; that branch is compiled into a second copy of the loop, and a
//! market without groups runs the first. `grouping` leads from units back to programmes.
//!
//! Over tied classes (`tie_classes`) runs a loop of its own (`tied_acceptance`), on the same index:
//! a limit there stands between two classes, and a whole class is displaced at once.
//!
//! A lottery over tied classes (`lottery`) begins where all that every lottery rejects has been
//! rejected, and decides within the classes at the cutoffs alone.

mod builder;
mod deferred_acceptance;
mod error;
mod expansion;
mod group_queries;
mod grouping;
mod incremental;
mod index;
mod lottery;
mod market;
mod matching;
mod mechanisms;
mod packed;
mod planning;
mod programme_proposing;
mod quota_group;
mod reserve_order;
mod split_mix;
mod statistics;
mod tie_classes;
mod tied_acceptance;
mod tied_market;
mod tied_matching;
mod ties;

pub use builder::MarketBuilder;
pub use deferred_acceptance::{DeferredAcceptance, WarmStart, deferred_acceptance};
pub use error::MarketError;
pub use incremental::{Incremental, Move, Moves, Placement, SeatEffect, SeatEffects};
pub use index::{ApplicantIx, ProgrammeIx};
pub use lottery::{
    DrawnMatching, Lotteries, LotteryDraw, LotteryNumbers, SplitMixLottery, TieBreaking,
};
pub use market::Market;
pub use matching::{Cutoff, Matching};
pub use mechanisms::{
    Assignment, immediate_acceptance, serial_dictatorship, top_trading_cycles,
    who_gains_under_immediate_acceptance,
};
pub use planning::{
    PlannedSeats, SearchProgress, SeatChange, SeatOption, SeatPlan, SeatProblem, Worth, plan_seats,
};
pub use programme_proposing::programme_proposing;
pub use quota_group::{Claim, QuotaGroup};
pub use split_mix::output as split_mix;
pub use statistics::RankStatistics;
pub use tied_acceptance::{TieRule, TiedDeferredAcceptance, tied_deferred_acceptance};
pub use tied_market::TiedMarket;
pub use tied_matching::TiedMatching;
