//! The kinds of findings: one list, which the fault table in `docs/faults.md` follows.

use crate::diagnostic::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $hint:literal;)*) => {
        /// A kind of finding. The name is stable; messages may change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[allow(rustdoc::broken_intra_doc_links, reason = "hints name tables of rules.toml")]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`: ", $hint)] $variant,)*
        }

        impl Code {
            /// Every kind, in the order of the fault table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name in files and JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Whether it stops a run.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// What to do about it, unless the finding knows more.
            #[must_use]
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$variant => $hint),* }
            }
        }
    };
}

codes! {
    // the folder
    MissingFolder "missing_folder" Error "give the path of a season folder";
    MissingFile "missing_file" Error "add the file to the folder";
    UnreadableFile "unreadable_file" Error "check that the file can be opened and try again";
    UnknownFile "unknown_file" Warning "rename it if it was meant to be read; it is ignored";
    // the file
    EmptyFile "empty_file" Error "export the file again";
    NoRows "no_rows" Error "export the file again; it holds a header only";
    NotText "not_text" Error "save the file as CSV (UTF-8) and try again";
    BrokenEncoding "broken_encoding" Error "save the file as CSV (UTF-8) and try again";
    Windows1252 "windows_1252" Warning "check a name with å, ä or ö; save as UTF-8 to be sure";
    NoFinalLineBreak "no_final_line_break" Warning "check that the last line is whole";
    // the table
    MissingColumn "missing_column" Error "add the column; names are listed in docs/formats.md";
    DuplicateColumn "duplicate_column" Error "keep one of the columns";
    UnknownColumn "unknown_column" Warning "rename it if it was meant to be read; it is ignored";
    TooFewFields "too_few_fields" Error "fill in the missing cells or separators";
    TooManyFields "too_many_fields" Error "put cells that hold the separator in quotation marks; a decimal comma needs another separator";
    TruncatedLine "truncated_line" Error "the file was cut off; export it again";
    LineBreakInField "line_break_in_field" Error "a quotation mark is missing or a cell holds a line break";
    // the cell
    MissingValue "missing_value" Error "fill in the cell";
    BadCharacter "bad_character" Error "remove the invisible character";
    NotAWholeNumber "not_a_whole_number" Error "write digits only";
    NegativeNumber "negative_number" Error "write a number from 0 upwards";
    NumberTooLarge "number_too_large" Error "check the number";
    NotANumber "not_a_number" Error "write digits with at most one decimal sign";
    TooManyDecimals "too_many_decimals" Error "round to four decimals before the export";
    ZeroRank "zero_rank" Error "number from 1: the most wanted choice, the group that is filled first";
    NotAFlag "not_a_flag" Error "write 1 or 0";
    UnknownProvider "unknown_provider" Error "write municipal, independent or regional";
    UnusualCode "unusual_code" Warning "municipality codes have four digits";
    UnusualSex "unusual_sex" Warning "write F, M or leave the cell empty; only statistics use it";
    AbsurdYear "absurd_year" Error "write the year of birth with four digits";
    BadGroupName "bad_group_name" Error "write letters, digits, _ and - only, without space";
    NotADate "not_a_date" Error "write the date as 2025-07-01";
    // between cells
    DuplicateId "duplicate_id" Error "keep one of the rows";
    UnknownProgramme "unknown_programme" Error "add the programme to programmes.csv or correct the id";
    UnknownApplicant "unknown_applicant" Error "add the applicant to applicants.csv or correct the id";
    DuplicateChoice "duplicate_choice" Error "keep one of the choices";
    RepeatedRank "repeated_rank" Error "give each choice of the applicant a rank of its own";
    RankGap "rank_gap" Error "number the applicant's choices 1, 2, 3 … without gaps";
    MissingScore "missing_score" Error "a market season has a score in every row";
    ApplicantsWithoutChoices "applicants_without_choices" Warning "they are kept and end up unplaced";
    ApplicantsWithoutGrades "applicants_without_grades" Warning "check whether a school's upload is missing; they count as having no grade at all";
    // decisions.csv
    UnknownDecision "unknown_decision" Error "write a decision that docs/formats.md lists";
    UnknownSubject "unknown_subject" Error "write the code of a subject of the rule set, for example MA";
    OrphanedDecision "orphaned_decision" Error "correct applicant or programme, or remove the decision";
    ContradictoryDecision "contradictory_decision" Error "keep the decision that holds and remove the other";
    DecisionWithoutReason "decision_without_reason" Warning "write why it was decided; an appeal will ask";
    PlacedBeyondSeats "placed_beyond_seats" Error "add seats or take back a placement by hand";
    FreeQuotaTooEarly "free_quota_too_early" Warning "nothing to do; the places count in the final round";
    LatenessUnused "lateness_unused" Warning "put on_time into [ranking] keys for lateness to count";
    // events.csv and the chain of rounds
    UnknownEvent "unknown_event" Error "write an event that docs/rounds.md lists";
    FaultyEventValue "faulty_event_value" Error "write a value that docs/rounds.md lists for the event";
    OrphanedEvent "orphaned_event" Error "correct applicant or programme, or take the event out";
    ContradictoryEvent "contradictory_event" Error "keep the event that holds and take the other out";
    EventOutOfTime "event_out_of_time" Error "date the event from the run before to this run";
    SeatsBelowZero "seats_below_zero" Error "take away no more seats than there are";
    HeldSeatMissing "held_seat_missing" Error "export the season with everybody who holds a seat; a seat given up is an event";
    RoundWithoutPredecessor "round_without_predecessor" Error "continue a run with --after RUN, which run and check alone take; planning is asked of the season before its rounds";
    SeatsRaised "seats_raised" Warning "nothing to do for the run; see why there are fewer seats than were given";
    SeatToAdd "seat_to_add" Warning "add the seat (event seats) and give it by name (event seat_filled)";
    // quota_groups.csv and test_scores.csv
    DuplicateGroup "duplicate_group" Error "give each group of a programme a name and a precedence of its own";
    UnknownGroup "unknown_group" Error "name a group of the same programme that is filled later, or leave the cell empty";
    UnknownRanking "unknown_ranking" Error "write for example merit, test, merit+16*test, free_quota or manual";
    UnknownCondition "unknown_condition" Error "write for example all, test_passed, test>=30, MU>=C, free_quota or sport_approval";
    ConditionNeverMet "condition_never_met" Warning "add the column to grades.csv, or correct the condition or the maximum of the test";
    MissingTestResult "missing_test_result" Error "write 1 or 0 in the column passed";
    GroupSeats "group_seats" Error "correct the groups' seats or the programme's capacity";
    ConflictingMaximum "conflicting_maximum" Error "state one maximum for the programme's test";
    PointsAboveMaximum "points_above_maximum" Error "check the points and the maximum of the test";
    UnusedTestScores "unused_test_scores" Warning "check the ids if the choice was meant to be there; the points count for nothing";
    // rules.toml
    BrokenToml "broken_toml" Error "correct the syntax; see docs/formats.md for an example";
    UnknownKey "unknown_key" Error "keys are rule_set, round, [ranking] keys and at_cutoff, [lottery] seed and scope, [merit] dance_rounding, [choices] most and late_from, [reserve] no_answer and phone_from, [seats] no_show_percent, [plausibility] applicants_percent, applicants_least, merit_points, eligible_points and ungraded_points";
    WrongType "wrong_type" Error "see docs/formats.md for an example";
    UnknownRuleSet "unknown_rule_set" Error "name a built-in rule set";
    UnknownRound "unknown_round" Error "write preliminary, final or reserve";
    UnknownSetting "unknown_setting" Error "write one of the values that docs/formats.md lists";
    TooManyChoices "too_many_choices" Error "shorten the list, or raise [choices] most in rules.toml";
    UnknownScope "unknown_scope" Error "write applicant or programme";
    UnknownRankingKey "unknown_ranking_key" Error "write on_time, reception, merit, score, choice_rank, grade_points, grade_count or lottery";
    FaultyChain "faulty_chain" Error "list each key once, the lottery last";
    NoLotterySeed "no_lottery_seed" Warning "publish a seed before grades close and set [lottery] seed";
    UnsafeRanking "unsafe_ranking" Warning "leave choice_rank out of [ranking] keys to keep truthful ranking safe";
    // scenario files
    NothingSelected "nothing_selected" Error "correct the selectors; an offer must match every key that is given";
    FaultyScenario "faulty_scenario" Error "see docs/simulate.md for what a scenario may do";
    // studies of uncertainty
    FaultyRequest "faulty_request" Error "see docs/uncertainty.md for what can be asked";
    FaultyPart "faulty_part" Error "run the part anew";
    OtherStudy "other_study" Error "put together parts of one study; run this one with the same season, scenarios and settings";
    MissingDraws "missing_draws" Error "name every part of the study, each once";
    // the season under its rules
    NothingToRankBy "nothing_to_rank_by" Error "add grades.csv, or a score column to choices.csv for a market season";
    UnusedScores "unused_scores" Warning "set rule_set = \"market\" to decide by them";
    UnusedGrades "unused_grades" Warning "set rule_set = \"gymnasium-2025\" to decide by them";
    UnknownGrade "unknown_grade" Error "write a grade of the rule set's scale or leave the cell empty";
    MixedScales "mixed_scales" Error "grades of an older or foreign scale cannot be compared; convert or leave them out by decision";
    BothSwedish "both_swedish" Warning "a final grade has one of the two; the better one counts, once";
    UnknownStudyPath "unknown_study_path" Error "the code begins with one of the rule set's programme codes, for example NA";
    UnresolvedTie "unresolved_tie" Error "set keys = [\"score\", \"lottery\"] (or [\"merit\", \"lottery\"]) under [ranking] and a seed under [lottery] in rules.toml";
    // figures that jump since the run or the season before
    ApplicantsJump "applicants_jump" Warning "ask the school whether the upload is whole";
    MeritJump "merit_jump" Warning "ask the school whether the upload is whole, and of these pupils";
    EligibilityJump "eligibility_jump" Warning "ask the school whether the upload is whole; a missing column of grades makes everybody ineligible";
    MissingGradesJump "missing_grades_jump" Warning "ask the school whether the column was left out of the upload";
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
