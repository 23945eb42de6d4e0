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
    /// The offsets do not start at 0, fall, or pass the end of the choices.
    Offsets {
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
    /// More applicants, programmes or choices than 32 bits can number.
    TooLarge,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Length { column, expected, found } => {
                write!(f, "column {column} has {found} entries where {expected} are needed")
            }
            Self::Offsets { position } => {
                write!(f, "offset {position} is out of order or past the last choice")
            }
            Self::UnknownProgramme { column, position } => {
                write!(f, "entry {position} of {column} refers to a programme without seats")
            }
            Self::RepeatedChoice { applicant, programme } => {
                write!(f, "applicant {applicant} lists programme {programme} more than once")
            }
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
