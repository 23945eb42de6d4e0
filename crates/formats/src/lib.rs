//! Season and run folders: reading with diagnostics, writing whole or not at all.

mod cell;
mod code;
mod column;
mod diagnostic;
mod digest;
mod field;
mod planning;
mod run;
mod scenario;
mod season;
mod season_writer;
mod staging;
mod table;
mod text;
mod typed_table;

pub use code::Code;
pub use column::{Ids, TextColumn};
pub use diagnostic::{Diagnostic, Diagnostics, Severity, Spot};
pub use digest::InputFile;
pub use planning::{Offers, SeatLimit, StudyPathWeights};
pub use run::{
    Approval, ApprovalError, CONTRACT_VERSION, CheckLine, Counts, EXTRA_FILES, ForecastRow,
    ForecastTable, HeldCounts, MANIFEST, Manifest, ManifestError, OutcomeRow, OutcomeTable,
    OverAdmission, OwnSeats, Placed, PlacementRow, PlacementTable, Predecessor, ProgrammeTable,
    ProposalRow, ProposalTable, RUN_FILES, ResultRow, RunFiles, RunWriter, Timings, digest_holds,
    manifest_digest_holds, sealed,
};
pub use scenario::{Operation, People, Scenario, SeatSetting, Selector, Taste};
pub use season::{
    Applicants, Choices, Decision, EditedApplicant, EditedChoice, EditedGroup, EditedOffer,
    EditedSeason, Edition, Event, Grades, Listed, OverflowCell, PlausibilitySettings, Programmes,
    Provider, PublishedFigures, QuotaGroups, SEASON_FILES, Season, Setting, Settings, TestScores,
    is_date,
};
pub use season_writer::{
    ApplicantRow, DecisionRow, ProgrammeRow, QuotaGroupRow, SeasonBlock, SeasonWriter, TestScoreRow,
};
pub use staging::{StagedFile, StagedFolder};
pub use typed_table::{Cell, CellType, TableFormat, TypedTable};
