//! Colours: told apart by people who are colour-blind (Okabe and Ito 2008), on light paper and on dark.

use std::fmt::Write as _;

/// What a colour stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The ground.
    Paper,
    /// Names and figures.
    Text,
    /// What explains them.
    Muted,
    /// Lines of a scale.
    Grid,
    /// What is won, and what a plan comes to.
    Gain,
    /// What is lost.
    Loss,
    /// Newly placed, and the greedy plan.
    Mark,
    /// How it was before.
    Before,
    /// Between the 5th and the 95th percentile.
    Band,
}

impl Ink {
    const ALL: [Self; 9] = [
        Self::Paper,
        Self::Text,
        Self::Muted,
        Self::Grid,
        Self::Gain,
        Self::Loss,
        Self::Mark,
        Self::Before,
        Self::Band,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Text => "text",
            Self::Muted => "muted",
            Self::Grid => "grid",
            Self::Gain => "gain",
            Self::Loss => "loss",
            Self::Mark => "mark",
            Self::Before => "before",
            Self::Band => "band",
        }
    }

    /// On light paper: an attribute of each shape, since word processors know no style sheets.
    pub(super) fn colour(self) -> &'static str {
        match self {
            Self::Paper => "#ffffff",
            Self::Text => "#1b1f24",
            Self::Muted => "#57606a",
            Self::Grid => "#d5dbe1",
            Self::Gain => "#0072b2",
            Self::Loss => "#d55e00",
            Self::Mark => "#e69f00",
            Self::Before => "#7b858f",
            Self::Band => "#8fc3e3",
        }
    }

    fn on_dark(self) -> &'static str {
        match self {
            Self::Paper => "#15181c",
            Self::Text => "#eceff2",
            Self::Muted => "#aab2bb",
            Self::Grid => "#3a414a",
            Self::Gain => "#56b4e9",
            Self::Loss => "#f07f2e",
            Self::Mark => "#f0c243",
            Self::Before => "#98a1ab",
            Self::Band => "#1f6797",
        }
    }

    /// The class of shapes filled with it.
    pub(super) fn fill(self) -> String {
        format!("fill-{}", self.name())
    }

    /// The class of lines drawn with it.
    pub(super) fn line(self) -> String {
        format!("line-{}", self.name())
    }

    /// The style sheet for dark screens.
    pub(super) fn style() -> String {
        // Writing to a string cannot fail.
        let rules = Self::ALL.iter().fold(String::new(), |mut rules, ink| {
            let (fill, line, colour) = (ink.fill(), ink.line(), ink.on_dark());
            let _ = write!(rules, ".{fill}{{fill:{colour}}}.{line}{{stroke:{colour}}}");
            rules
        });
        format!("@media (prefers-color-scheme:dark){{{rules}}}")
    }
}
