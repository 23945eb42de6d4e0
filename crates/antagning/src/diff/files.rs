//! The tables of a diff.

use std::io;
use std::path::{Path, PathBuf};

use antagning_formats::StagedFolder;
use antagning_rules::Score;

use crate::diff::movement::Seat;
use crate::diff::offers::{OfferFigures, OfferHistory};
use crate::diff::{Diff, MunicipalityHistory};

/// A table under construction.
struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    fn new(header: &[String]) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header)?;
        Ok(Self(writer))
    }

    fn row(&mut self, cells: &[String]) -> io::Result<()> {
        Ok(self.0.write_record(cells)?)
    }

    fn bytes(self) -> io::Result<Vec<u8>> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

pub(super) fn write(diff: &Diff, out: &Path) -> io::Result<PathBuf> {
    let folder = StagedFolder::new(out)?;
    folder.write("chains.csv", &chains(diff)?)?;
    folder.write("moves.csv", &moves(diff)?)?;
    folder.write("offers.csv", &offers(diff)?)?;
    if !diff.municipalities.is_empty() {
        folder.write("municipalities.csv", &municipalities(diff)?)?;
    }
    let mut text = serde_json::to_string_pretty(diff)?;
    text.push('\n');
    folder.write("diff.json", text.as_bytes())?;
    // A table alone cannot say what it is.
    let notice = format!("{}\narbetsmaterial, inte för publicering\n", Diff::NOTICE);
    folder.write("NOT-FOR-PUBLICATION.txt", notice.as_bytes())?;
    folder.publish()
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn moves(diff: &Diff) -> io::Result<Vec<u8>> {
    let mut table = Csv::new(&owned(&[
        "from_run",
        "to_run",
        "applicant_id",
        "movement",
        "from_programme_id",
        "from_quota_group",
        "from_choice_rank",
        "to_programme_id",
        "to_quota_group",
        "to_choice_rank",
        "chain",
        "step",
        "root_cause",
    ]))?;
    for transition in &diff.transitions {
        for a_move in &transition.moves {
            let mut row = owned(&[
                &transition.from,
                &transition.to,
                &a_move.applicant_id,
                a_move.movement.name(),
            ]);
            row.extend(seat(a_move.from.as_ref()));
            row.extend(seat(a_move.to.as_ref()));
            let chain = a_move.chain.map(|(chain, _)| &transition.chains[chain as usize - 1]);
            row.push(a_move.chain.map_or(String::new(), |(chain, _)| chain.to_string()));
            row.push(a_move.chain.map_or(String::new(), |(_, step)| step.to_string()));
            row.push(chain.map_or(String::new(), |chain| chain.root.cause.to_owned()));
            table.row(&row)?;
        }
    }
    table.bytes()
}

fn seat(seat: Option<&Seat>) -> [String; 3] {
    let Some(Seat { programme_id, quota_group, choice_rank }) = seat else {
        return Default::default();
    };
    [programme_id.clone(), quota_group.clone(), choice_rank.to_string()]
}

fn chains(diff: &Diff) -> io::Result<Vec<u8>> {
    let mut table = Csv::new(&owned(&[
        "from_run",
        "to_run",
        "chain",
        "root_cause",
        "root_applicant_id",
        "root_programme_id",
        "is_cycle",
        "step",
        "applicant_id",
        "from_programme_id",
        "to_programme_id",
        "link",
        "at_programme_id",
        "by_applicant_id",
    ]))?;
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    for transition in &diff.transitions {
        for chain in &transition.chains {
            for (step, number) in chain.steps.iter().zip(1..) {
                table.row(&[
                    transition.from.clone(),
                    transition.to.clone(),
                    chain.chain.to_string(),
                    chain.root.cause.to_owned(),
                    text(&chain.root.applicant_id),
                    text(&chain.root.programme_id),
                    u8::from(chain.is_cycle).to_string(),
                    i32::to_string(&number),
                    step.applicant_id.clone(),
                    text(&step.from),
                    text(&step.to),
                    step.link.name().to_owned(),
                    text(&step.at),
                    text(&step.by),
                ])?;
            }
        }
    }
    table.bytes()
}

fn offers(diff: &Diff) -> io::Result<Vec<u8>> {
    let mut header = owned(&["programme_id", "name", "school", "municipality_code"]);
    for (number, run) in diff.runs.iter().enumerate() {
        let column = |name: &str| format!("{}_{name}", run.label);
        header.extend(OfferFigures::COUNTS.map(column));
        header.push(column("cutoff_kind"));
        header.extend(OfferFigures::SCORES.map(column));
        if number > 0 {
            let change = |name: &str| column(&format!("{name}_change"));
            header.extend(OfferFigures::COUNTS.map(change));
            header.extend(OfferFigures::SCORES.map(change));
            header.extend(["arrivals", "departures"].map(column));
        }
    }
    let mut table = Csv::new(&header)?;
    diff.offers.iter().try_for_each(|offer| table.row(&offer_row(offer)))?;
    table.bytes()
}

fn offer_row(offer: &OfferHistory) -> Vec<String> {
    let OfferHistory { programme_id, name, school, municipality_code, .. } = offer;
    let mut row = owned(&[programme_id, name, school, municipality_code]);
    let mut before: Option<&OfferFigures> = None;
    for (number, run) in offer.runs.iter().enumerate() {
        let run = run.as_ref();
        let score = |score: u64| Score::from_ten_thousandths(score).to_string();
        match run {
            Some(figures) => {
                row.extend(figures.counts().map(|count| count.to_string()));
                row.push(figures.cutoff_kind.clone());
                row.extend(figures.scores().map(|s| s.map_or(String::new(), score)));
            }
            None => row.extend(vec![String::new(); 10]),
        }
        if let Some(traffic) = number.checked_sub(1).map(|passage| offer.traffic[passage]) {
            let pair = before.zip(run);
            let counts = pair.map(|(was, is)| {
                let (was, is) = (was.counts(), is.counts());
                [0, 1, 2, 3, 4, 5].map(|i| signed(i64::from(is[i]) - i64::from(was[i])))
            });
            row.extend(counts.unwrap_or_default());
            let scores = pair.map(|(was, is)| {
                let (was, is) = (was.scores(), is.scores());
                [0, 1, 2].map(|i| was[i].zip(is[i]).map_or(String::new(), score_change))
            });
            row.extend(scores.unwrap_or_default());
            row.extend(traffic.map(|count| count.to_string()));
        }
        before = run;
    }
    row
}

/// A change with its sign; 0 without one.
fn signed(change: i64) -> String {
    if change > 0 { format!("+{change}") } else { change.to_string() }
}

fn score_change((was, is): (u64, u64)) -> String {
    let size = Score::from_ten_thousandths(was.abs_diff(is));
    match was.cmp(&is) {
        std::cmp::Ordering::Less => format!("+{size}"),
        std::cmp::Ordering::Equal => "0".to_owned(),
        std::cmp::Ordering::Greater => format!("-{size}"),
    }
}

fn municipalities(diff: &Diff) -> io::Result<Vec<u8>> {
    let mut header = owned(&["municipality"]);
    for (number, run) in diff.runs.iter().enumerate() {
        let column = |name: &str| format!("{}_{name}", run.label);
        header.extend(["seats", "admitted", "vacant", "home_pupils_placed"].map(column));
        if number > 0 {
            header.extend(["arrivals", "departures"].map(column));
        }
    }
    let mut table = Csv::new(&header)?;
    for MunicipalityHistory { municipality, runs, traffic } in &diff.municipalities {
        let mut row = vec![municipality.clone()];
        for (number, figures) in runs.iter().enumerate() {
            row.extend([figures.seats, figures.admitted, figures.vacant].map(|n| n.to_string()));
            row.push(figures.home_pupils_placed.map_or(String::new(), |count| count.to_string()));
            if number > 0 {
                row.extend(traffic[number - 1].map(|count| count.to_string()));
            }
        }
        table.row(&row)?;
    }
    table.bytes()
}

#[cfg(test)]
mod tests {
    use super::{score_change, signed};

    #[test]
    fn changes_have_their_sign() {
        assert_eq!([-2, 0, 3].map(signed), ["-2", "0", "+3"]);
        assert_eq!(score_change((2_325_000, 2_300_000)), "-2.5");
        assert_eq!(score_change((0, 25_000)), "+2.5");
        assert_eq!(score_change((7, 7)), "0");
    }
}
