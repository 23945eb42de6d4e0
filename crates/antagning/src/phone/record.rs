//! What a session writes down.

use serde::{Deserialize, Serialize};

/// A record of the journal: what was said by phone, or done to seats, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The number of the record, from 1.
    pub seq: u64,
    /// The day of the session, `YYYY-MM-DD`.
    pub date: String,
    /// Who sat with the phone; empty when nobody was named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What it was.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What was said or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Deed {
    /// Seats were taken: by one applicant, or by all of a trade at once.
    Accept {
        /// Who took what.
        moves: Vec<SeatTaken>,
    },
    /// An applicant agreed to a trade that waits for others.
    Agree {
        /// Who.
        applicant_id: String,
        /// To which programme.
        programme_id: String,
    },
    /// An applicant no longer wants one programme.
    Decline {
        /// Who.
        applicant_id: String,
        /// Which.
        programme_id: String,
    },
    /// An applicant gave up the seat that they hold, and every wish.
    DeclineAll {
        /// Who.
        applicant_id: String,
    },
    /// An applicant who was offered a seat did not answer that day.
    NoAnswer {
        /// Who.
        applicant_id: String,
        /// Which seat.
        programme_id: String,
    },
    /// An applicant withdrew everything.
    Withdraw {
        /// Who.
        applicant_id: String,
    },
    /// An applicant did not come to the seat that they hold.
    NoShow {
        /// Who.
        applicant_id: String,
    },
    /// Seats were added, or taken away where negative.
    Seats {
        /// Where.
        programme_id: String,
        /// In which quota group; empty without groups.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        quota_group: String,
        /// How many more.
        change: i64,
    },
    /// Seats were taken by somebody outside.
    Fill {
        /// Where.
        programme_id: String,
        /// In which quota group; empty without groups.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        quota_group: String,
        /// How many.
        seats: u32,
    },
    /// An earlier record was taken back.
    Undo {
        /// Its number.
        undoes: u64,
    },
}

/// A seat that somebody took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatTaken {
    /// Who.
    pub applicant_id: String,
    /// Where.
    pub programme_id: String,
    /// In which quota group; empty without groups.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// The seat that they left; empty when they held none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub leaves_programme_id: String,
}
