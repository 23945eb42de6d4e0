//! The offers whose seats may change, by the planner's limits.

use antagning_formats::{Code, Diagnostic, Diagnostics, Offers, SeatLimit};
use antagning_matching::{ProgrammeIx, SeatChange, SeatOption, SeatPlan, SeatProblem};

use crate::planning::seat_plan::PlanRequest;
use crate::season::Season;

/// Options of a plan, and the areas that limit several of them together.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) all: Vec<SeatOption>,
    /// The most seats that may change in each area.
    pub(super) areas: Vec<u32>,
}

/// An offer, or a quota group of one.
#[derive(Clone, Copy)]
struct Place {
    programme: usize,
    group: Option<usize>,
    seats: u32,
}

impl Options {
    /// A plain offer or a group is an option; a limit to several of them is an area.
    pub(super) fn new(
        season: &Season,
        limits: &[SeatLimit],
        change: SeatChange,
        request: &PlanRequest<'_>,
        report: &mut Diagnostics,
    ) -> Self {
        let places = places(season);
        let mut options = Self::default();
        for place in &places {
            let own = |limit: &SeatLimit| is_alone(place, limit);
            // The narrowest row tells step and cost.
            let narrowest = |wanted: fn(&SeatLimit) -> Option<u32>| {
                let stated = limits.iter().filter(|limit| is_about(season, place, limit));
                let stated = stated.filter_map(|limit| Some((&limit.offers, wanted(limit)?)));
                stated.max_by_key(|(offers, _)| *offers).map_or(1, |(_, number)| number)
            };
            let step = narrowest(|limit| limit.step);
            let (least, most) = match limits.iter().find(|limit| own(limit)) {
                Some(limit) => {
                    report_impossible(place.seats, limit, (change, step), request, report);
                    steps(place.seats, limit, change, step)
                }
                None => (0, u32::MAX / step),
            };
            options.all.push(SeatOption {
                programme: ProgrammeIx::new(place.programme as u32),
                group: place.group,
                step,
                least,
                most: most.min(request.seats.unsigned_abs() / step),
                cost: u64::from(narrowest(|limit| limit.cost)),
                areas: Vec::new(),
            });
        }
        for limit in limits {
            options.add_area(season, &places, limit, change, request, report);
        }
        options
    }

    fn add_area(
        &mut self,
        season: &Season,
        places: &[Place],
        limit: &SeatLimit,
        change: SeatChange,
        request: &PlanRequest<'_>,
        report: &mut Diagnostics,
    ) {
        let members: Vec<usize> =
            (0..places.len()).filter(|place| is_about(season, &places[*place], limit)).collect();
        if matches!(members[..], [only] if is_alone(&places[only], limit)) {
            return;
        }
        let (kept, other, column) = match change {
            SeatChange::Add => (limit.maximum, limit.minimum, "minimum"),
            SeatChange::Take => (limit.minimum, limit.maximum, "maximum"),
        };
        let sum = members.iter().map(|place| u64::from(places[*place].seats)).sum();
        if let Some(other) = other
            && match change {
                SeatChange::Add => u64::from(other) > sum,
                SeatChange::Take => u64::from(other) < sum,
            }
        {
            let (message, hint) = match limit.offers {
                Offers::One(_) => (
                    "the offer has quota groups, and it is not said which one must have the seats",
                    "fill quota_group",
                ),
                _ => (
                    "only of a single offer or quota group can so many seats be demanded",
                    "demand it of one of the offers, or leave the cell empty",
                ),
            };
            report.push(fault(request, limit, (column, other), message).hint(hint));
        }
        let Some(kept) = kept else { return };
        let room = u64::from(kept).abs_diff(sum);
        let has_room = match change {
            SeatChange::Add => u64::from(kept) > sum,
            SeatChange::Take => u64::from(kept) < sum,
        };
        let area = self.areas.len();
        self.areas.push(if has_room { u32::try_from(room).unwrap_or(u32::MAX) } else { 0 });
        members.into_iter().for_each(|place| self.all[place].areas.push(area));
    }
}

/// Every plain offer and every quota group.
fn places(season: &Season) -> Vec<Place> {
    let quotas = &season.selection.quotas;
    let of_programme = |programme: usize| {
        let groups = quotas.of(programme);
        let plain = groups.is_empty().then(|| {
            let seats = season.data.programmes.capacity[programme];
            Place { programme, group: None, seats }
        });
        let group = move |(at, group): (usize, &antagning_rules::QuotaGroup)| Place {
            programme,
            group: Some(at),
            seats: group.seats,
        };
        plain.into_iter().chain(groups.iter().enumerate().map(group))
    };
    (0..season.data.programmes.ids.len()).flat_map(of_programme).collect()
}

fn is_about(season: &Season, place: &Place, limit: &SeatLimit) -> bool {
    let programmes = &season.data.programmes;
    let at = place.programme;
    match &limit.offers {
        Offers::All => true,
        Offers::Municipality(code) => programmes.municipality_code.get(at) == code,
        Offers::School(name) => programmes.school.get(at) == name,
        Offers::StudyPath(code) => programmes.study_path_code.get(at).starts_with(code.as_str()),
        Offers::One(programme) => *programme as usize == at,
        Offers::Group(programme, group) => {
            *programme as usize == at && place.group == Some(*group as usize)
        }
    }
}

/// Whether a limit names just this offer or group, so that a least number can be asked of it.
fn is_alone(place: &Place, limit: &SeatLimit) -> bool {
    match limit.offers {
        Offers::One(programme) => programme as usize == place.programme && place.group.is_none(),
        Offers::Group(programme, group) => {
            programme as usize == place.programme && place.group == Some(group as usize)
        }
        _ => false,
    }
}

/// What is wrong with a number in a row of limits.
fn fault(
    request: &PlanRequest<'_>,
    limit: &SeatLimit,
    (column, number): (&str, u32),
    message: impl Into<String>,
) -> Diagnostic {
    let file = request.limits.map_or(String::new(), |path| path.display().to_string());
    let fault = Diagnostic::new(Code::UnknownSetting, file, message).line(limit.line);
    fault.column(column).value(&number.to_string())
}

/// Reports what no plan can bring about at an offer or group: fewer seats by adding, more by taking,
/// or a number that no whole steps come to.
fn report_impossible(
    seats: u32,
    limit: &SeatLimit,
    (change, step): (SeatChange, u32),
    request: &PlanRequest<'_>,
    report: &mut Diagnostics,
) {
    let (verb, wrong) = match change {
        SeatChange::Add => {
            ("added", limit.maximum.filter(|most| *most < seats).map(|most| ("maximum", most)))
        }
        SeatChange::Take => {
            ("taken", limit.minimum.filter(|least| *least > seats).map(|least| ("minimum", least)))
        }
    };
    if let Some(wrong) = wrong {
        let message = format!("there are {seats} seats, and seats are only {verb}");
        report.push(fault(request, limit, wrong, message).hint("correct the number"));
    }
    let (wanted, most) = steps(seats, limit, change, step);
    if wanted > most {
        let demand = match change {
            SeatChange::Add => ("minimum", limit.minimum),
            SeatChange::Take => ("maximum", limit.maximum),
        };
        let message = format!("no whole steps of {step} seats from {seats} come to that");
        if let (column, Some(number)) = demand {
            let hint = "allow smaller steps, or correct minimum and maximum";
            report.push(fault(request, limit, (column, number), message).hint(hint));
        }
    }
}

/// Reports the demands that a plan does not fulfil, since other limits forbid it.
pub(super) fn report_unmet(
    problem: &SeatProblem,
    plan: &SeatPlan,
    limits: &[SeatLimit],
    request: &PlanRequest<'_>,
    report: &mut Diagnostics,
) {
    for (number, option) in problem.options.iter().enumerate() {
        let steps = plan.order.iter().filter(|planned| **planned == number).count();
        if steps >= option.least as usize {
            continue;
        }
        let programme = option.programme.index() as u32;
        let own = limits.iter().find(|limit| match limit.offers {
            Offers::One(one) => one == programme && option.group.is_none(),
            Offers::Group(one, group) => one == programme && option.group == Some(group as usize),
            _ => false,
        });
        let Some(limit) = own else { continue };
        let (column, demanded) = match problem.change {
            SeatChange::Add => ("minimum", limit.minimum),
            SeatChange::Take => ("maximum", limit.maximum),
        };
        let message = "the other limits do not allow so many seats to change";
        let hint =
            "change more seats in all, raise the budget or the other limits, or ask for less";
        report.push(fault(request, limit, (column, demanded.unwrap_or(0)), message).hint(hint));
    }
}

/// The least and the most steps by an offer's own limit.
fn steps(seats: u32, limit: &SeatLimit, change: SeatChange, step: u32) -> (u32, u32) {
    let minimum = limit.minimum.unwrap_or(0);
    let maximum = limit.maximum.unwrap_or(u32::MAX);
    let (least, most) = match change {
        SeatChange::Add => (minimum.saturating_sub(seats), maximum.saturating_sub(seats)),
        SeatChange::Take => (seats.saturating_sub(maximum), seats.saturating_sub(minimum)),
    };
    (least.div_ceil(step), most / step)
}
