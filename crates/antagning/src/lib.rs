//! The admission engine as a library: open a season, run it, verify it, explain it.
//!
//! ```no_run
//! use antagning::{Language, Run, Season};
//!
//! let season = Season::open("data/skane-2025")?;          // all faults at once, or a sound season
//! let admission = season.admit()?;                        // matched, and proven
//! print!("{}", admission.summary().to_text(Language::En));
//! let run = admission.write("out/first")?;                // whole or not at all
//! assert!(Run::open("out/first")?.verify().holds());      // from the files alone
//! print!("{}", run.explain("A00017", Language::Sv)?.to_text());
//! # Ok::<(), antagning::Error>(())
//! ```

mod admission;
mod aligned;
mod compare;
mod decisions;
pub mod diff;
mod dossier;
mod error;
mod explain;
mod language;
mod market;
mod municipalities;
mod observe;
pub mod phone;
mod plan;
mod planning;
mod plausibility;
mod proof;
mod quotas;
mod rounds;
mod rows;
mod run;
mod season;
mod statistics;
mod summary;
pub mod what_if;

pub use admission::Admission;
pub use antagning_formats::{
    Approval, ApprovalError, Code, Counts, Diagnostic, Diagnostics, Manifest, Severity, TableFormat,
};
pub use antagning_population as population;
pub use antagning_rules::{LotteryScope, Outcomes, RuleSet, Score};
pub use compare::{Agreement, Comparison, Deviation};
pub use diff::Diff;
pub use error::Error;
pub use explain::{
    ChoiceExplanation, Explanation, Explanations, GroupValues, Letter, Place, Sufficient,
};
pub use language::Language;
pub use observe::{Observer, Stage};
pub use phone::{PhoneSession, PhoneSettings};
pub use planning::lottery::{ChanceRequest, Chances, Cutoffs, LotteryRequest, LotteryStudy};
pub use planning::mechanisms::{MechanismComparison, MechanismFigures};
pub use planning::pictures::Picture;
pub use planning::seat_plan::{Objective, PlanProgress, PlanRequest, SeatPlan};
pub use planning::seat_values::{
    Effect, Level, Network, OfferValue, SeatHeld, SeatMove, SeatValues,
};
pub use planning::simulation::{
    Decimal, Distribution, FiguresDifference, Flow, GroupFigures, OfferDifference, OfferFigures,
    OpenedOffer, ScenarioFigures, ScenarioReport, Shard, Simulation, SimulationFolder,
    SimulationText, Uncertainty, UncertaintyFigure, UncertaintyRequest, Variation,
};
pub use planning::{lottery, seat_plan};
pub use proof::Proof;
pub use rounds::{Chain, ChainedRun, Continuation, Signature};
pub use run::Run;
pub use season::Season;
pub use statistics::{
    CountTable, FileSummary, Interval, Statistics, StatisticsFile, StatisticsSummary, Suppression,
};
pub use summary::{LotteryPart, Summary, TightProgramme, Unplaced, Ways};
pub use what_if::{Counterfactual, Supposition, WhatIf};

/// The Rust code of the README is compiled with the tests of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
