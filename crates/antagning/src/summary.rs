//! What a person wants to know at once.

use std::fmt::Write as _;

use antagning_formats::{Counts, Diagnostic};
use antagning_rules::{Outcomes, RankingKey, Reason, Score, Status};
use serde::Serialize;

use crate::language::Language;
use crate::proof::Proof;
use crate::season::Season;

/// The short summary of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The figures of the run.
    pub counts: Counts,
    /// Placed beyond the seats, where equals are admitted together.
    pub beyond_seats: u64,
    /// By which ways applicants are placed other than on merit alone.
    pub ways: Ways,
    /// Why applicants are unplaced.
    pub unplaced: Unplaced,
    /// Seats without a holder.
    pub vacant: u64,
    /// Moves that are offered by phone.
    pub offered_by_phone: u64,
    /// The programmes with the most reserves per seat, tightest first.
    pub tightest: Vec<TightProgramme>,
    /// What lots decided.
    pub lottery: LotteryPart,
    /// Warnings.
    pub warnings: usize,
    /// Whether the verifier found everything proven.
    pub proven: bool,
    /// How many single facts the verifier examined.
    pub examined: u64,
}

/// By which ways applicants are placed; somebody may count in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ways {
    /// Taken by a quota group.
    pub quota_groups: u64,
    /// Of these, by one that ranks by the free quota's list.
    pub free_quota: u64,
    /// Placed by an official, in a quota group or not.
    pub by_hand: u64,
}

/// Why applicants are unplaced; each of them counts once.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Unplaced {
    /// Without any choice, or with all of them withdrawn.
    pub without_choices: u64,
    /// Received at none of the programmes they are eligible for.
    pub not_received: u64,
    /// Eligible for none of their choices.
    pub not_eligible: u64,
    /// Eligible for some, and turned away from each of them.
    pub turned_away: u64,
}

/// A programme that many more wanted than got in.
#[derive(Clone, Debug, Serialize)]
pub struct TightProgramme {
    /// The programme.
    pub programme_id: String,
    /// Its name.
    pub name: String,
    /// Its school.
    pub school: String,
    /// Seats.
    pub seats: u32,
    /// Reserves.
    pub reserves: u32,
    /// The cutoff.
    pub cutoff: String,
}

/// What lots decided.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct LotteryPart {
    /// Programmes where lots parted the last admitted from the first reserve.
    pub programmes: u64,
    /// Applicants who are on a reserve list by lot alone.
    pub applicants: u64,
}

/// How many programmes a summary lists.
const LISTED: usize = 5;

impl Summary {
    pub(crate) fn new(
        season: &Season,
        outcomes: &Outcomes,
        counts: &Counts,
        proof: &Proof,
        warnings: &[Diagnostic],
    ) -> Self {
        Self {
            counts: counts.clone(),
            beyond_seats: beyond_seats(outcomes),
            ways: ways(season, outcomes),
            unplaced: unplaced(season, outcomes),
            vacant: outcomes.programmes.iter().map(|result| u64::from(result.vacant)).sum(),
            offered_by_phone: offered_by_phone(outcomes),
            tightest: tightest(season, outcomes),
            lottery: lottery(season, outcomes),
            warnings: warnings.len(),
            proven: proof.holds(),
            examined: proof.checks().iter().map(|check| check.examined).sum(),
        }
    }

    /// The summary as lines of text, aligned, ending with the verdict.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let counts = &self.counts;
        let first = counts.placed_by_choice_rank.first().copied().unwrap_or(0);
        let pick = |sv, en| language.pick(sv, en);
        let mut lines = Lines { language, text: String::new() };
        lines.count(pick("sökande", "applicants"), counts.applicants, None);
        lines.count(pick("antagna", "placed"), counts.placed, Some(counts.applicants));
        lines.count(pick("  till första valet", "  at first choice"), first, Some(counts.placed));
        for (label, count) in [
            (pick("  genom kvotgrupp", "  through quota groups"), self.ways.quota_groups),
            (pick("    fri kvot", "    free quota"), self.ways.free_quota),
            (pick("  placerade för hand", "  placed by hand"), self.ways.by_hand),
        ] {
            if count > 0 {
                lines.count(label, count, Some(counts.placed));
            }
        }
        lines.count(pick("utan plats", "unplaced"), counts.unplaced, Some(counts.applicants));
        for (label, count) in [
            (pick("  inte behöriga", "  not eligible"), self.unplaced.not_eligible),
            (pick("  räckte inte till", "  turned away"), self.unplaced.turned_away),
            (pick("  inte mottagna", "  not received"), self.unplaced.not_received),
            (pick("  utan val", "  without choices"), self.unplaced.without_choices),
        ] {
            if count > 0 {
                lines.count(label, count, Some(counts.unplaced));
            }
        }
        lines.count(pick("platser", "seats"), counts.seats, None);
        lines.count(pick("  lediga", "  vacant"), self.vacant, Some(counts.seats));
        if self.beyond_seats > 0 {
            lines.count(pick("  utöver platserna", "  beyond the seats"), self.beyond_seats, None);
        }
        let label = pick("lottade utbildningar", "programmes by lot");
        lines.count(label, self.lottery.programmes, Some(counts.programmes));
        lines.count(
            pick("  reserver genom lott", "  reserves by lot"),
            self.lottery.applicants,
            None,
        );
        lines.rounds(counts);
        if self.offered_by_phone > 0 {
            lines.count(pick("att ringa om", "offered by phone"), self.offered_by_phone, None);
        }
        lines.tightest(&self.tightest);
        lines.verdict(self);
        lines.text
    }
}

/// Aligned lines under construction. Writing to a string cannot fail.
struct Lines {
    language: Language,
    text: String,
}

impl Lines {
    fn count(&mut self, label: &str, count: u64, of: Option<u64>) {
        let share = of.map_or(String::new(), |whole| self.language.share(count, whole));
        let count = self.language.count(count);
        let line = format!("{label:<24}{count:>10}{share:>10}");
        let _ = writeln!(self.text, "{}", line.trim_end());
    }

    /// What became of held seats, and what over-admission may come to.
    fn rounds(&mut self, counts: &Counts) {
        let language = self.language;
        if let Some(held) = counts.held {
            self.count(language.pick("platser som innehas", "seats held"), held.seats, None);
            let label = language.pick("  flyttade upp", "  moved up");
            self.count(label, held.moved_up, Some(held.seats));
            self.count(language.pick("  nya antagna", "  newly placed"), held.newly_placed, None);
        }
        if let Some(over) = counts.over_admission {
            let label = language.pick("planerade platser", "planned seats");
            self.count(label, over.planned_seats, None);
            let _ = writeln!(
                self.text,
                "{:<24}{:>10}",
                language.pick("  överintag", "  over-admission"),
                over.over_admission
            );
            self.count(language.pick("  väntas komma", "  expected"), over.expected, None);
            let label = language.pick("  fulla utbildningar", "  overfull programmes");
            self.count(label, over.programmes_overfull, Some(counts.programmes));
        }
    }

    fn tightest(&mut self, programmes: &[TightProgramme]) {
        if programmes.is_empty() {
            return;
        }
        let pick = |sv, en| self.language.pick(sv, en);
        let head =
            [pick("platser", "seats"), pick("reserver", "reserves"), pick("gräns", "cutoff")];
        let title = pick("mest sökta per plats", "tightest programmes");
        let names: Vec<String> = programmes.iter().map(TightProgramme::title).collect();
        let width =
            names.iter().map(|name| name.chars().count()).chain([title.chars().count()]).max();
        let width = width.unwrap_or(0);
        let _ = writeln!(self.text, "\n{title:<width$}{:>9}{:>10}{:>9}", head[0], head[1], head[2]);
        for (programme, name) in programmes.iter().zip(&names) {
            let TightProgramme { seats, reserves, cutoff, .. } = programme;
            let cutoff = if self.language == Language::Sv {
                cutoff.replace('.', ",")
            } else {
                cutoff.clone()
            };
            let _ = writeln!(self.text, "{name:<width$}{seats:>9}{reserves:>10}{cutoff:>9}");
        }
    }

    fn verdict(&mut self, summary: &Summary) {
        let examined = self.language.count(summary.examined);
        let differs = summary.counts.programme_optimum_differs.map_or(String::new(), |differs| {
            match self.language {
                Language::Sv => {
                    format!("; {differs} sökande hade fått något annat i utbildningarnas optimum")
                }
                Language::En => format!(
                    "; {differs} applicants would fare differently in the programmes' optimum"
                ),
            }
        });
        let verdict = match (summary.proven, self.language) {
            (true, Language::Sv) => format!(
                "bevisat: stabilt och bästa möjliga för de sökande ({examined} fakta \
                 granskade{differs})"
            ),
            (true, Language::En) => format!(
                "proven: stable, and the best stable outcome for applicants ({examined} facts \
                 examined{differs})"
            ),
            (false, Language::Sv) => "INTE bevisat".to_owned(),
            (false, Language::En) => "NOT proven".to_owned(),
        };
        let _ = writeln!(self.text, "\n{verdict}");
    }
}

impl TightProgramme {
    /// What people call it: name and school where the season has them, the id otherwise. The name is shortened to what leaves room for the figures on a line.
    fn title(&self) -> String {
        const WIDEST: usize = 60;
        if self.name.is_empty() {
            return self.programme_id.clone();
        }
        let school =
            if self.school.is_empty() { String::new() } else { format!(", {}", self.school) };
        let room = WIDEST.saturating_sub(school.chars().count()).max(12);
        if self.name.chars().count() <= room {
            return format!("{}{school}", self.name);
        }
        let name: String = self.name.chars().take(room - 1).collect();
        format!("{}…{school}", name.trim_end())
    }
}

fn offered_by_phone(outcomes: &Outcomes) -> u64 {
    let offered = outcomes.choices.iter().filter(|o| o.reason == Reason::OfferedByPhone);
    offered.count() as u64
}

fn beyond_seats(outcomes: &Outcomes) -> u64 {
    let beyond =
        outcomes.programmes.iter().map(|result| result.admitted.saturating_sub(result.seats));
    beyond.map(u64::from).sum()
}

fn ways(season: &Season, outcomes: &Outcomes) -> Ways {
    let quotas = &season.selection.quotas;
    let mut ways = Ways::default();
    let rows = outcomes.choices.iter().zip(&season.data.choices.programme);
    for (outcome, programme) in rows.filter(|(outcome, _)| outcome.status == Status::Admitted) {
        let groups = quotas.of(*programme as usize);
        let group = outcome.group.map(|group| &groups[usize::from(group)]);
        ways.quota_groups += u64::from(group.is_some());
        ways.free_quota += u64::from(group.is_some_and(|group| group.ranking.uses_free_quota()));
        ways.by_hand += u64::from(outcome.reason == Reason::PlacedByHand);
    }
    ways
}

fn unplaced(season: &Season, outcomes: &Outcomes) -> Unplaced {
    let mut unplaced = Unplaced::default();
    let without = outcomes.placement.iter().enumerate().filter(|(_, placed)| placed.is_none());
    for (applicant, _) in without {
        let list = &outcomes.choices[season.data.choices.of(applicant)];
        let any = |status| list.iter().any(|outcome| outcome.status == status);
        if any(Status::Reserve) {
            unplaced.turned_away += 1;
        } else if any(Status::NotReceived) {
            unplaced.not_received += 1;
        } else if any(Status::Ineligible) {
            unplaced.not_eligible += 1;
        } else {
            unplaced.without_choices += 1;
        }
    }
    unplaced
}

fn tightest(season: &Season, outcomes: &Outcomes) -> Vec<TightProgramme> {
    let tight = |programme: &usize| {
        let result = &outcomes.programmes[*programme];
        result.seats > 0 && result.reserves > 0
    };
    let mut order: Vec<usize> = (0..outcomes.programmes.len()).filter(tight).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&outcomes.programmes[a], &outcomes.programmes[b]);
        let reserves = |x: u32, seats: u32| u64::from(x) * u64::from(seats);
        reserves(b.reserves, a.seats).cmp(&reserves(a.reserves, b.seats))
    });
    let programmes = &season.data.programmes;
    let listed = order.into_iter().take(LISTED);
    listed
        .map(|programme| {
            let result = &outcomes.programmes[programme];
            TightProgramme {
                programme_id: programmes.ids.get(programme).to_owned(),
                name: programmes.name.get(programme).to_owned(),
                school: programmes.school.get(programme).to_owned(),
                seats: result.seats,
                reserves: result.reserves,
                cutoff: result.cutoff.score().as_ref().map_or(String::new(), Score::to_string),
            }
        })
        .collect()
}

fn lottery(season: &Season, outcomes: &Outcomes) -> LotteryPart {
    let by_lot = |key: Option<RankingKey>| key == Some(RankingKey::Lottery);
    let quotas = &season.selection.quotas;
    let programmes = outcomes.programmes.iter().enumerate().filter(|(programme, result)| {
        let mut groups = outcomes.groups[quotas.range(*programme)].iter();
        by_lot(result.decided_by) || groups.any(|group| by_lot(group.decided_by))
    });
    let lists =
        (0..season.data.applicant_ids.len()).map(|applicant| season.data.choices.of(applicant));
    let applicants = lists.filter(|list| {
        let mut list = outcomes.choices[list.clone()].iter();
        list.any(|outcome| outcome.status == Status::Reserve && by_lot(outcome.decided_by))
    });
    LotteryPart { programmes: programmes.count() as u64, applicants: applicants.count() as u64 }
}
