//! Placements by hand that cannot be.

use std::collections::BTreeMap;

use antagning_formats::{Code, Decision, Diagnostic, Diagnostics, Event};
use antagning_rules::{Assessment, Bar};

use crate::decisions::Rulings;
use crate::rounds::Standing;

/// Who goes before everybody at a programme, or in a quota group of it.
#[derive(Default)]
struct Claims {
    /// Placed by hand and not there yet.
    by_hand: u32,
    held: u32,
    /// An event places somebody.
    by_event: bool,
}

impl Rulings {
    /// Placements by hand where the applicant takes no part, or beyond the seats that are not held
    /// already.
    pub(crate) fn check_placements(
        &self,
        season: &antagning_formats::Season,
        standing: &Standing,
        assessment: &Assessment<'_>,
    ) -> Diagnostics {
        let mut report = Diagnostics::default();
        let quotas = assessment.dossiers().quotas;
        let mut claims: BTreeMap<(u32, Option<usize>), Claims> = BTreeMap::new();
        let first = self.of_choice.iter().enumerate().filter(|(_, ruling)| ruling.goes_first());
        let mut end = 0;
        for (choice, ruling) in first {
            let gone = matches!(assessment.bar(choice), Some(Bar::Withdrawn | Bar::Lapsed(_)));
            // Below the first such claim nobody takes a seat.
            if gone || choice < end {
                continue;
            }
            let offsets = &season.choices.offsets;
            end = offsets[offsets.partition_point(|start| *start as usize <= choice)] as usize;
            let programme = season.choices.programme[choice];
            let group = ruling.group_by_hand(quotas.of(programme as usize));
            let is_event = standing.places_by_hand(choice as u32);
            let there = claims.entry((programme, group)).or_default();
            *(if ruling.holds { &mut there.held } else { &mut there.by_hand }) += 1;
            there.by_event |= is_event;
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
                let (code, file) = match is_event {
                    true => (Code::ContradictoryEvent, Event::FILE),
                    false => (Code::ContradictoryDecision, Decision::FILE),
                };
                let fault = Diagnostic::new(code, file, message);
                report.push(fault.hint("decide on eligibility too, or take back the placement"));
            }
        }
        for ((programme, group), Claims { by_hand, held, by_event }) in claims {
            let id = season.programmes.ids.get(programme as usize);
            let group = group.map(|group| &quotas.of(programme as usize)[group]);
            let seats =
                group.map_or(season.programmes.capacity[programme as usize], |group| group.seats);
            if by_hand > 0 && by_hand + held > seats {
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
