//! Grade scales.

use crate::score::Score;

/// A grade of a [`GradeScale`], or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Grade(pub(crate) u8);

impl Grade {
    /// No grade in the subject.
    pub const NONE: Self = Self(0);

    /// Whether it is that grade of the same scale or a better one; no grade is less than any.
    #[must_use]
    pub fn is_at_least(self, other: Self) -> bool {
        self != Self::NONE && self.0 <= other.0
    }
}

/// Grades of a scale, no grade included.
pub(crate) const MOST_GRADES: usize = 32;

/// The grades of a scale with their points, best first.
#[derive(Clone, Debug)]
pub struct GradeScale {
    pub(crate) grades: Vec<(String, Score, bool)>,
}

impl GradeScale {
    /// A scale of (grade, points, whether it is a pass), best first.
    ///
    /// # Errors
    /// When the points do not fall from grade to grade or a grade stands twice.
    pub(crate) fn new(grades: Vec<(String, Score, bool)>) -> Result<Self, String> {
        if grades.is_empty() || grades.len() >= MOST_GRADES {
            return Err(format!("a scale has between 1 and {} grades", MOST_GRADES - 1));
        }
        if !grades.windows(2).all(|pair| pair[0].1 > pair[1].1) {
            return Err("the points of a scale fall from grade to grade".into());
        }
        if (1..grades.len()).any(|i| grades[..i].iter().any(|(name, ..)| *name == grades[i].0)) {
            return Err("a grade stands twice".into());
        }
        Ok(Self { grades })
    }

    /// The grade that is written like this (case aside), or `None`.
    #[must_use]
    pub fn grade(&self, text: &str) -> Option<Grade> {
        let index = self.grades.iter().position(|(name, ..)| name.eq_ignore_ascii_case(text))?;
        u8::try_from(index + 1).ok().map(Grade)
    }

    /// The points of the best grade.
    pub(crate) fn best_points(&self) -> Score {
        self.grades.first().map_or(Score::default(), |(_, points, _)| *points)
    }

    /// How the grades are written, best first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.grades.iter().map(|(name, ..)| name.as_str())
    }
}
