//! Placements by hand that cannot be.

use std::collections::{BTreeMap, BTreeSet};

use antagning_formats::{Code, Decision, Diagnostic, Diagnostics, Event, Season};
use antagning_rules::{Assessment, Bar, Ruling};

use crate::decisions::Rulings;
use crate::rounds::Standing;

/// A programme, or a quota group of it counted within the programme.
type Place = (u32, Option<usize>);

/// Who goes before everybody at a programme, or in a quota group of it.
#[derive(Default)]
struct Claims {
    /// Placed by hand and not there yet.
    by_hand: u32,
    held: u32,
    /// An event places somebody.
    by_event: bool,
}

impl Claims {
    /// Whether somebody is placed by hand beyond so many seats.
    fn are_beyond(&self, seats: u32) -> bool {
        self.by_hand > 0 && self.by_hand + self.held > seats
    }
}

impl Rulings {
    /// The programmes and quota groups where all seats are taken by hand, so that a run with one
    /// seat fewer would be refused. O(choices).
    pub(crate) fn full_by_hand(
        &self,
        season: &Season,
        standing: &Standing,
        assessment: &Assessment<'_>,
    ) -> BTreeSet<Place> {
        let claims = self.claims(season, standing, assessment).into_iter();
        let seats = |place| seats_at(season, assessment, place).saturating_sub(1);
        let full = claims.filter(|(place, claims)| claims.are_beyond(seats(*place)));
        full.map(|(place, _)| place).collect()
    }

    /// The most wanted claim of each applicant who has one, below which nobody takes a seat.
    fn first_claims(
        &self,
        season: &Season,
        assessment: &Assessment<'_>,
    ) -> impl Iterator<Item = (usize, &Ruling)> {
        let mut end = 0;
        let first = self.of_choice.iter().enumerate().filter(|(_, ruling)| ruling.goes_first());
        first.filter(move |(choice, _)| {
            let gone = matches!(assessment.bar(*choice), Some(Bar::Withdrawn | Bar::Lapsed(_)));
            if gone || *choice < end {
                return false;
            }
            let offsets = &season.choices.offsets;
            end = offsets[offsets.partition_point(|start| *start as usize <= *choice)] as usize;
            true
        })
    }

    fn claims(
        &self,
        season: &Season,
        standing: &Standing,
        assessment: &Assessment<'_>,
    ) -> BTreeMap<Place, Claims> {
        let quotas = assessment.dossiers().quotas;
        let mut claims: BTreeMap<Place, Claims> = BTreeMap::new();
        for (choice, ruling) in self.first_claims(season, assessment) {
            let programme = season.choices.programme[choice];
            let group = ruling.group_by_hand(quotas.of(programme as usize));
            let there = claims.entry((programme, group)).or_default();
            *(if ruling.holds { &mut there.held } else { &mut there.by_hand }) += 1;
            there.by_event |= standing.places_by_hand(choice as u32);
        }
        claims
    }

    /// Placements by hand where the applicant takes no part, or beyond the seats that are not held
    /// already.
    pub(crate) fn check_placements(
        &self,
        season: &Season,
        standing: &Standing,
        assessment: &Assessment<'_>,
    ) -> Diagnostics {
        let mut report = Diagnostics::default();
        let quotas = assessment.dossiers().quotas;
        for (choice, _) in self.first_claims(season, assessment) {
            let programme = season.choices.programme[choice];
            let barred = matches!(
                assessment.bar(choice),
                Some(Bar::Ineligible(_) | Bar::Closed(_) | Bar::EligibleForTarget)
            );
            if barred {
                let applicant =
                    season.choices.offsets.partition_point(|start| *start as usize <= choice) - 1;
                let applicant = season.applicant_ids.get(applicant);
                let id = season.programmes.ids.get(programme as usize);
                let message = format!(
                    "applicant {applicant} is placed by hand at {id} without being eligible there"
                );
                let (code, file) = match standing.places_by_hand(choice as u32) {
                    true => (Code::ContradictoryEvent, Event::FILE),
                    false => (Code::ContradictoryDecision, Decision::FILE),
                };
                let fault = Diagnostic::new(code, file, message);
                report.push(fault.hint("decide on eligibility too, or take back the placement"));
            }
        }
        for (place, claims) in self.claims(season, standing, assessment) {
            let seats = seats_at(season, assessment, place);
            if claims.are_beyond(seats) {
                let Claims { by_hand, held, by_event } = claims;
                let (programme, group) = place;
                let id = season.programmes.ids.get(programme as usize);
                let group = group.map(|group| &quotas.of(programme as usize)[group]);
                let of_group =
                    group.map_or(String::new(), |group| format!(" in quota group {}", group.name));
                let holders = if held > 0 { format!(", held: {held}") } else { String::new() };
                let message = format!(
                    "{by_hand} applicants are placed by hand at {id}{of_group}, seats: \
                     {seats}{holders}"
                );
                let file = if by_event { Event::FILE } else { Decision::FILE };
                report.push(Diagnostic::new(Code::PlacedBeyondSeats, file, message));
            }
        }
        report
    }
}

fn seats_at(season: &Season, assessment: &Assessment<'_>, (programme, group): Place) -> u32 {
    let programme = programme as usize;
    let groups = assessment.dossiers().quotas.of(programme);
    group.map_or(season.programmes.capacity[programme], |group| groups[group].seats)
}
