//! What a study cannot be asked for.

use antagning_formats::{Code, Diagnostic, Diagnostics, TableFormat};
use antagning_rules::RankingKey;

use crate::planning::simulation::uncertainty::{Shard, UncertaintyRequest, Variation};
use crate::season::Season;

/// Where the faults of a request stand.
const REQUEST: &str = "the request";

fn option(name: &str, value: &str, message: &str, hint: &'static str) -> Diagnostic {
    let fault = Diagnostic::new(Code::FaultyRequest, REQUEST, message);
    fault.column(name).value(value).hint(hint)
}

/// Figures out of range, and draws that would all be the same.
pub(super) fn check_request(request: &UncertaintyRequest<'_>, report: &mut Diagnostics) {
    if request.draws == 0 {
        report.push(option("draws", "0", "there is nothing to draw", "draw at least once"));
    }
    let Variation { lottery, cohort, tastes, no_shows, .. } = request.variation;
    for (name, percent) in [("tastes", tastes), ("no-shows", no_shows)] {
        if percent > 100 {
            let message = "more than a hundred in a hundred";
            report.push(option(name, &percent.to_string(), message, "give 0 to 100 per cent"));
        }
    }
    if !lottery && !cohort && tastes == 0 && no_shows == 0 {
        let hint = "vary lottery or cohort, or give tastes or no-shows";
        report.push(option("vary", "", "every draw would be the same", hint));
    }
}

/// A format that is not built in.
pub(super) fn check_tables(tables: TableFormat, report: &mut Diagnostics) {
    if !tables.is_built_in() {
        let hint = "build with `--features parquet`, or write csv";
        let message = "this program is built without it";
        report.push(option("tables", tables.ending(), message, hint));
    }
}

/// A part that there is not, or has no draw though there are draws.
pub(super) fn check_shard(shard: Shard, draws: u32, report: &mut Diagnostics) {
    let told = format!("{}/{}", shard.number, shard.of);
    if shard.number == 0 || shard.number > shard.of {
        let hint = "number the parts from 1 to how many there are, as in 1/8";
        report.push(option("shard", &told, "there is no such part", hint));
    } else if draws > 0 && shard.of > draws {
        let hint = "divide into at most as many parts as there are draws";
        report.push(option("shard", &told, "there are more parts than draws", hint));
    }
}

/// What a season cannot be varied in.
pub(super) fn check_season(season: &Season, variation: &Variation, report: &mut Diagnostics) {
    let chain = &season.plan.chain;
    let fault = |message: &str, hint: &'static str| {
        let fault = Diagnostic::new(Code::FaultyRequest, "rules.toml", message);
        fault.column("ranking.keys").hint(hint)
    };
    if season.plan.at_cutoff.is_some() {
        let message = "where equals are admitted or rejected together there is no order to draw";
        let fault = Diagnostic::new(Code::FaultyRequest, "rules.toml", message);
        let hint = "set at_cutoff = \"break\" and end ranking.keys with \"lottery\"";
        report.push(fault.column("ranking.at_cutoff").hint(hint));
    }
    if (variation.lottery || variation.cohort) && !chain.draws_lots() {
        let message =
            "other lots, and lots for copies of applicants, need a season that draws lots";
        let hint = "end ranking.keys with \"lottery\", or vary neither lottery nor cohort";
        report.push(fault(message, hint));
    }
    if variation.tastes > 0 && chain.keys().contains(&RankingKey::ChoiceRank) {
        let message = "another order of a list would change who goes first";
        let hint = "leave tastes out, or take choice_rank out of ranking.keys";
        report.push(fault(message, hint).value("choice_rank"));
    }
}
