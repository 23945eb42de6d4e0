//! What is supposed, as it is written.

use serde::Serialize;

/// Something supposed to have been decided about an applicant: a kind of decision as in
/// `decisions.csv`, or one of
///
/// - `appeal_won`: eligible and received at the programme,
/// - `without KIND`: a decision of that kind, and of that value where one is given, had not been
///   taken,
/// - `choices`: the list as it should have been, programme ids parted by space (in a market season
///   `programme=score` where the choice is new),
/// - `score`: the score as it should have been, `programme=score`, in a market season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supposition {
    /// The kind.
    pub decision: String,
    /// The programme that it is about; `None` for the whole application.
    pub programme_id: Option<String>,
    /// What it needs to be told beside its kind; may be empty.
    pub value: String,
}

/// A decision of the season that does not stand beside what is supposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// The kind.
    pub decision: String,
    /// The programmes where it no longer holds.
    pub programme_ids: Vec<String>,
    /// Its value; may be empty.
    pub value: String,
    /// Its line in `decisions.csv`.
    pub line: u32,
}

impl Supposition {
    /// Reads `KIND` or `KIND:VALUE`. The value of `appeal_won` may name the programme.
    #[must_use]
    pub fn parse(text: &str, programme: Option<&str>) -> Self {
        let (kind, value) = text.split_once(':').unwrap_or((text, ""));
        let decision = kind.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let (mut programme, mut value) = (programme, value.trim());
        if decision == "appeal_won" && programme.is_none() && !value.is_empty() {
            (programme, value) = (Some(value), "");
        }
        Self { decision, programme_id: programme.map(str::to_owned), value: value.to_owned() }
    }

    pub(super) fn is_list(&self) -> bool {
        self.decision == "choices"
    }
}

#[cfg(test)]
mod tests {
    use super::Supposition;

    #[test]
    fn kind_and_value_are_parted_by_the_first_colon() {
        let read = |text, programme| {
            let Supposition { decision, programme_id, value } = Supposition::parse(text, programme);
            [decision, programme_id.unwrap_or_default(), value]
        };
        assert_eq!(read("First_Hand", Some("NA")), ["first_hand", "NA", ""]);
        assert_eq!(read("new_grade:MA=C", None), ["new_grade", "", "MA=C"]);
        assert_eq!(read("appeal_won:NA", None), ["appeal_won", "NA", ""]);
        assert_eq!(read("appeal_won", Some("NA")), ["appeal_won", "NA", ""]);
        assert_eq!(read("without  not_received", None), ["without not_received", "", ""]);
        assert_eq!(read("choices: P1 P:2", None), ["choices", "", "P1 P:2"]);
    }
}
