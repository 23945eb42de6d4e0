//! What becomes of the offers' figures.

use antagning_rules::ProgrammeResult;
use serde::Serialize;

use crate::what_if::view::View;

/// The lower limit of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// The kind, as `cutoff_kind` in `programmes.csv`.
    pub kind: &'static str,
    /// The cutoff, where there is one.
    pub cutoff: Option<String>,
    /// The admitted.
    pub admitted: u32,
}

/// An offer, or a quota group of one, whose cutoff or number of admitted differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferChange {
    /// The programme.
    pub programme_id: String,
    /// Its quota group; empty for the programme as a whole.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota_group: String,
    /// Its name and school, as far as the season has them.
    pub title: String,
    /// In the run.
    pub before: Limit,
    /// Then.
    pub after: Limit,
}

impl Limit {
    fn of(result: &ProgrammeResult) -> Self {
        Self {
            kind: result.cutoff.name(),
            cutoff: result.cutoff.score().map(|score| score.to_string()),
            admitted: result.admitted,
        }
    }
}

/// The offers whose figures differ, in the order of ids and precedence.
pub(super) fn changes(before: View<'_>, after: View<'_>) -> Vec<OfferChange> {
    let (was, is) = (before.outcomes, after.outcomes);
    let mut changes = Vec::new();
    for programme in 0..is.programmes.len() {
        let quotas = &after.season.selection.quotas;
        let whole = [(None, &was.programmes[programme], &is.programmes[programme])];
        let groups = (0..).zip(quotas.range(programme));
        let groups = groups.map(|(group, at)| (Some(group), &was.groups[at], &is.groups[at]));
        for (group, was, is) in whole.into_iter().chain(groups) {
            let (was, is) = (Limit::of(was), Limit::of(is));
            if was != is {
                // The files number programmes with 32 bits.
                let (id, quota_group) = after.names(Some((programme as u32, group)));
                changes.push(OfferChange {
                    programme_id: id.to_owned(),
                    quota_group: quota_group.to_owned(),
                    title: after.season.title(programme),
                    before: was,
                    after: is,
                });
            }
        }
    }
    changes
}
