//! The rows of a run folder and how they are written.

use crate::cell::{decimal, number, optional, text};

/// A row of `placements.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacementRow<'a> {
    /// The applicant.
    pub applicant_id: &'a str,
    /// Where, unless unplaced.
    pub placed: Option<Placed<'a>>,
}

/// The place of an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The programme.
    pub programme_id: &'a str,
    /// The quota group; empty at a plain programme.
    pub quota_group: &'a str,
    /// The rank that the applicant gave the programme.
    pub choice_rank: u32,
}

/// A row of `outcomes.csv`. Scores are ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeRow<'a> {
    /// The applicant.
    pub applicant_id: &'a str,
    /// The choice's rank.
    pub choice_rank: u32,
    /// The programme.
    pub programme_id: &'a str,
    /// What became of the choice.
    pub status: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The quota group that the row speaks of; empty at a plain programme.
    pub quota_group: &'a str,
    /// The score it was ranked by.
    pub score: u64,
    /// The programme's cutoff, when it has one.
    pub cutoff: Option<u64>,
    /// Position on the reserve list, 0 when not on it.
    pub reserve_position: u32,
    /// The key that decided; empty when none had to.
    pub decided_by: &'a str,
    /// What is short, for an ineligible choice: subject codes or `passes/needed`.
    pub detail: &'a str,
    /// The applicant's further keys of the chain as `key=value`, parted by a space.
    pub keys: &'a str,
    /// The human decisions about the choice, parted by a space.
    pub decisions: &'a str,
}

/// A row of the run's `programmes.csv`: a programme, or one of its quota groups below it. Scores
/// are ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultRow<'a> {
    /// The programme.
    pub programme_id: &'a str,
    /// The quota group; empty for the programme as a whole.
    pub quota_group: &'a str,
    /// Seats.
    pub seats: u32,
    /// Applicants, eligible or not.
    pub applicants: u32,
    /// Of these, those who ranked it first.
    pub first_choice_applicants: u32,
    /// Admitted.
    pub admitted: u32,
    /// Seats without a holder.
    pub vacant: u32,
    /// On the reserve list.
    pub reserves: u32,
    /// The kind of cutoff.
    pub cutoff_kind: &'a str,
    /// The cutoff, when it is a value.
    pub cutoff: Option<u64>,
    /// Median of the admitted.
    pub median: Option<u64>,
    /// Mean of the admitted.
    pub mean: Option<u64>,
    /// The key that parted the last admitted from the first reserve; empty when none had to.
    pub decided_by: &'a str,
    /// The programme's name.
    pub name: &'a str,
    /// The school's name.
    pub school: &'a str,
    /// The study path, which eligibility follows.
    pub study_path_code: &'a str,
    /// What ranks the group; empty for the programme as a whole.
    pub ranked_by: &'a str,
    /// The group that unfilled seats pass on to; empty without one.
    pub unfilled_to: &'a str,
}

/// A row that can be written.
pub(super) trait Row {
    /// The header line.
    const HEADER: &'static str;
    /// Appends the row with its line feed.
    fn write(&self, out: &mut Vec<u8>);
}

impl Row for PlacementRow<'_> {
    const HEADER: &'static str = "applicant_id,programme_id,quota_group,choice_rank\n";

    fn write(&self, out: &mut Vec<u8>) {
        text(out, self.applicant_id);
        match self.placed {
            Some(placed) => {
                out.push(b',');
                text(out, placed.programme_id);
                out.push(b',');
                text(out, placed.quota_group);
                out.push(b',');
                number(out, u64::from(placed.choice_rank));
            }
            None => out.extend_from_slice(b",,,"),
        }
        out.push(b'\n');
    }
}

impl Row for OutcomeRow<'_> {
    const HEADER: &'static str = "applicant_id,choice_rank,programme_id,status,reason,quota_group,\
        score,cutoff,reserve_position,decided_by,detail,keys,decisions\n";

    fn write(&self, out: &mut Vec<u8>) {
        text(out, self.applicant_id);
        out.push(b',');
        number(out, u64::from(self.choice_rank));
        out.push(b',');
        text(out, self.programme_id);
        out.push(b',');
        out.extend_from_slice(self.status.as_bytes());
        out.push(b',');
        out.extend_from_slice(self.reason.as_bytes());
        out.push(b',');
        text(out, self.quota_group);
        out.push(b',');
        decimal(out, self.score);
        out.push(b',');
        optional(out, self.cutoff);
        out.push(b',');
        if self.reserve_position > 0 {
            number(out, u64::from(self.reserve_position));
        }
        out.push(b',');
        out.extend_from_slice(self.decided_by.as_bytes());
        out.push(b',');
        text(out, self.detail);
        out.push(b',');
        text(out, self.keys);
        out.push(b',');
        text(out, self.decisions);
        out.push(b'\n');
    }
}

impl Row for ResultRow<'_> {
    const HEADER: &'static str = "programme_id,quota_group,seats,applicants,\
        first_choice_applicants,admitted,vacant,reserves,cutoff_kind,cutoff,median,mean,\
        decided_by,name,school,study_path_code,ranked_by,unfilled_to\n";

    fn write(&self, out: &mut Vec<u8>) {
        text(out, self.programme_id);
        out.push(b',');
        text(out, self.quota_group);
        for count in [
            self.seats,
            self.applicants,
            self.first_choice_applicants,
            self.admitted,
            self.vacant,
            self.reserves,
        ] {
            out.push(b',');
            number(out, u64::from(count));
        }
        out.push(b',');
        out.extend_from_slice(self.cutoff_kind.as_bytes());
        for score in [self.cutoff, self.median, self.mean] {
            out.push(b',');
            optional(out, score);
        }
        for cell in [
            self.decided_by,
            self.name,
            self.school,
            self.study_path_code,
            self.ranked_by,
            self.unfilled_to,
        ] {
            out.push(b',');
            text(out, cell);
        }
        out.push(b'\n');
    }
}
