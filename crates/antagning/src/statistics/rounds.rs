//! The rounds before a run, and the averages that two rounds together would tell too much of.
//!
//! Who subtracts the sum of one round from that of the next (number admitted × average) has the
//! sum of those who came less that of those who left. Where these are few it tells of their merit;
//! where it is one, it is their merit. So the later average is hidden where the number of persons
//! between two published rounds is small: those admitted in one and not in the other, in another
//! quota group, or with another score.

use std::collections::BTreeMap;

use antagning_formats::{OutcomeTable, RunFiles};

use crate::error::Error;
use crate::rounds::predecessor_of;
use crate::run::Run;
use crate::season::Season;
use crate::statistics::Tables;
use crate::statistics::offers::Offer;
use crate::statistics::suppression::Suppression;

/// A round that the run continues, with its offers as they are published.
#[derive(Clone, Debug)]
pub(super) struct EarlierRound {
    pub(super) round: String,
    pub(super) offers: Vec<Offer>,
}

/// The admitted of each offer of one round: quota group and score by applicant.
type Admitted<'f> = BTreeMap<&'f str, BTreeMap<&'f str, (&'f str, u64)>>;

/// The rounds before a run, the first one first, as far as they lie beside it; hides the averages
/// of each that one before it would tell too much with, and those of `offers` last.
///
/// What an earlier round hides is told from its own tables, with the places that the season has.
///
/// # Errors
/// [`Error::Violated`] or [`Error::Rejected`] when an earlier run is not what was written.
pub(super) fn protect(
    season: &Season,
    run: &Run,
    files: &RunFiles,
    offers: &mut [Offer],
    suppression: Suppression,
) -> Result<Vec<EarlierRound>, Error> {
    let mut before = Vec::new();
    let mut next = predecessor_of(run);
    while let Some(found) = next {
        next = predecessor_of(&found);
        before.push((found.manifest().round.clone(), found.files()?));
    }
    before.reverse();
    let mut earlier: Vec<EarlierRound> = Vec::new();
    let mut admitted: Vec<Admitted<'_>> = Vec::new();
    for (round, files) in &before {
        let mut offers = Tables::new(season, files, suppression).offers;
        let here = admitted_of(&files.outcomes);
        hide_means(season, &mut offers, &here, &earlier, &admitted, suppression);
        earlier.push(EarlierRound { round: round.clone(), offers });
        admitted.push(here);
    }
    let here = admitted_of(&files.outcomes);
    hide_means(season, offers, &here, &earlier, &admitted, suppression);
    Ok(earlier)
}

fn admitted_of(outcomes: &OutcomeTable) -> Admitted<'_> {
    let mut admitted: Admitted<'_> = BTreeMap::new();
    for row in (0..outcomes.len()).filter(|row| outcomes.status.get(*row) == "admitted") {
        let of_offer = admitted.entry(outcomes.programme_id.get(row)).or_default();
        let (group, score) = (outcomes.quota_group.get(row), outcomes.score[row]);
        of_offer.insert(outcomes.applicant_id.get(row), (group, score));
    }
    admitted
}

fn hide_means(
    season: &Season,
    offers: &mut [Offer],
    here: &Admitted<'_>,
    earlier: &[EarlierRound],
    admitted: &[Admitted<'_>],
    suppression: Suppression,
) {
    let nobody = BTreeMap::new();
    for (programme, offer) in offers.iter_mut().enumerate() {
        let id = season.data.programmes.ids.get(programme);
        let are = here.get(id).unwrap_or(&nobody);
        let shown = earlier.iter().zip(admitted).filter(|(round, _)| {
            let offer = &round.offers[programme];
            !offer.hides_mean && !offer.hides_admitted
        });
        let mut were = shown.map(|(_, admitted)| admitted.get(id).unwrap_or(&nobody));
        offer.hides_mean = were.any(|were| tells(were, are, suppression));
    }
}

/// Whether few persons stand between two rounds of an offer, in the whole of it or in a group.
fn tells(
    were: &BTreeMap<&str, (&str, u64)>,
    are: &BTreeMap<&str, (&str, u64)>,
    suppression: Suppression,
) -> bool {
    let mut all = 0;
    let mut of_group: BTreeMap<&str, u64> = BTreeMap::new();
    let came = are.iter().filter(|(id, seat)| were.get(*id) != Some(*seat));
    for (id, (group, _)) in came {
        all += 1;
        *of_group.entry(group).or_default() += 1;
        // Who changed groups stands between the rounds in both.
        if let Some((before, _)) = were.get(id).filter(|(before, _)| before != group) {
            *of_group.entry(before).or_default() += 1;
        }
    }
    for (_, (group, _)) in were.iter().filter(|(id, _)| !are.contains_key(*id)) {
        all += 1;
        *of_group.entry(group).or_default() += 1;
    }
    suppression.hides(all) || of_group.into_values().any(|count| suppression.hides(count))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::tells;
    use crate::statistics::suppression::Suppression;

    type Seats<'a> = BTreeMap<&'a str, (&'a str, u64)>;

    fn few(were: &Seats<'_>, are: &Seats<'_>) -> bool {
        tells(were, are, Suppression::below(3))
    }

    #[test]
    fn few_between_two_rounds_tell_and_nobody_and_many_do_not() {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let seats = |range: std::ops::Range<usize>| -> Seats<'_> {
            ids[range].iter().map(|id| (*id, ("", 7))).collect()
        };
        assert!(!few(&seats(0..3), &seats(0..3)));
        assert!(few(&seats(0..3), &seats(0..4)));
        assert!(few(&seats(0..4), &seats(1..5)));
        assert!(!few(&seats(0..3), &seats(2..4)));
        assert!(!few(&seats(0..3), &seats(3..6)));
        let other_score: Seats<'_> = [("a", ("", 7)), ("b", ("", 7)), ("c", ("", 9))].into();
        assert!(few(&seats(0..3), &other_score));
    }

    #[test]
    fn a_group_tells_where_the_whole_does_not() {
        let were: Seats<'_> = [("a", ("prov", 7)), ("b", ("rest", 7))].into();
        let are: Seats<'_> =
            [("b", ("rest", 7)), ("c", ("rest", 7)), ("d", ("rest", 7)), ("e", ("rest", 7))].into();
        assert!(few(&were, &are));
        let are: Seats<'_> = [("a", ("rest", 7)), ("b", ("rest", 7))].into();
        assert!(few(&were, &are));
    }
}
