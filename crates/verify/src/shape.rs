//! Input whose columns do not fit together.

use std::error::Error;
use std::fmt;

/// Why columns that were handed over cannot be the columns of one admission.
///
/// It says nothing about whether the admission is right: the checks cannot even begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShapeError {
    /// A column has another length than the columns beside it.
    Length {
        /// The field that holds the column.
        column: &'static str,
        /// The length that the other columns ask for.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// Offsets do not start at 0, fall, or pass the end of what they divide.
    Offsets {
        /// The field that holds the offsets.
        column: &'static str,
        /// The position of the first offset at fault.
        position: usize,
    },
    /// Something refers to a programme that has no seats column entry.
    UnknownProgramme {
        /// The field that holds the reference.
        column: &'static str,
        /// Its position in the field.
        position: usize,
    },
    /// An applicant lists the same programme twice.
    RepeatedChoice {
        /// The applicant.
        applicant: usize,
        /// The programme that stands twice in the list.
        programme: usize,
    },
    /// The seats of a programme's groups do not add up to the programme's.
    GroupSeats {
        /// The programme.
        programme: usize,
    },
    /// A choice is of a tier that there is not.
    Tier {
        /// The choice.
        position: usize,
    },
    /// A group passes its unfilled seats on to one that is not a later group of its programme.
    UnfilledTo {
        /// The programme.
        programme: usize,
        /// The group that passes on, counted from 0.
        group: usize,
    },
    /// The claims of a choice are not on groups of its programme in ascending order, or there are
    /// none at a programme with groups.
    Claims {
        /// The choice.
        choice: usize,
    },
    /// Tied applicants are to be admitted or rejected together, but a programme has groups.
    TiesAmongGroups,
    /// More applicants, programmes or choices than 32 bits can number.
    TooLarge,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Length { column, expected, found } => {
                write!(f, "column {column} has {found} entries where {expected} are needed")
            }
            Self::Offsets { column, position } => {
                write!(f, "entry {position} of {column} is out of order or past the end")
            }
            Self::UnknownProgramme { column, position } => {
                write!(f, "entry {position} of {column} refers to a programme without seats")
            }
            Self::RepeatedChoice { applicant, programme } => {
                write!(f, "applicant {applicant} lists programme {programme} more than once")
            }
            Self::GroupSeats { programme } => {
                write!(f, "the seats of the groups of programme {programme} do not add up to its own")
            }
            Self::Tier { position } => write!(f, "choice {position} is of a tier that there is not"),
            Self::UnfilledTo { programme, group } => {
                write!(f, "group {group} of programme {programme} passes seats on to no later group")
            }
            Self::Claims { choice } => {
                write!(f, "the claims of choice {choice} do not fit the groups of its programme")
            }
            Self::TiesAmongGroups => f.write_str(
                "equal priorities must not be admitted or rejected together where programmes have groups",
            ),
            Self::TooLarge => f.write_str("more entries than 32 bits can number"),
        }
    }
}

impl Error for ShapeError {}

/// Refuses a column whose length differs from `expected`.
pub(crate) fn same_length(
    column: &'static str,
    expected: usize,
    found: usize,
) -> Result<(), ShapeError> {
    if expected == found { Ok(()) } else { Err(ShapeError::Length { column, expected, found }) }
}

/// Refuses offsets that do not divide the entries of the column `divided` among `parts`.
pub(crate) fn offsets_fit(
    (column, offsets): (&'static str, &[usize]),
    parts: usize,
    (divided, entries): (&'static str, usize),
) -> Result<(), ShapeError> {
    same_length(column, parts + 1, offsets.len())?;
    if offsets[0] != 0 {
        return Err(ShapeError::Offsets { column, position: 0 });
    }
    if let Some(at) = offsets.windows(2).position(|w| w[1] < w[0] || w[1] > entries) {
        return Err(ShapeError::Offsets { column, position: at + 1 });
    }
    same_length(divided, offsets[parts], entries)
}
