//! The columns of Skånegy's list: the limit and the average of each round.

use antagning_rules::Score;

use crate::municipalities;
use crate::season::Season;
use crate::statistics::files::{StatisticsFile, score};
use crate::statistics::offers::Offer;
use crate::statistics::rounds::EarlierRound;

/// A row an offer. The run's own round has its pair of columns; the rounds before it have theirs
/// where those runs lie beside it, of several reserve rounds the last.
pub(super) fn table(
    season: &Season,
    round: &str,
    offers: &[Offer],
    earlier: &[EarlierRound],
) -> StatisticsFile {
    let data = &season.data.programmes;
    let year = season.rule_set().admission_year().map_or(String::new(), |year| year.to_string());
    let mut columns: [Option<&[Offer]>; 3] = [None; 3];
    for round in earlier {
        columns[column(&round.round)] = Some(&round.offers);
    }
    columns[column(round)] = Some(offers);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for programme in 0..offers.len() {
        let mut row = vec![
            year.clone(),
            municipalities::name(data.municipality_code.get(programme)).to_owned(),
            data.school.get(programme).to_owned(),
            data.name.get(programme).to_owned(),
            data.study_path_code.get(programme).to_owned(),
        ];
        for offers in columns {
            row.extend(offers.map_or_else(Default::default, |offers| pair(&offers[programme])));
        }
        rows.push(row);
    }
    rows.sort_by(|a, b| a[1..5].cmp(&b[1..5]));
    let header = vec![
        "year",
        "municipality",
        "school",
        "program",
        "program_code",
        "preliminary_lowest_merit",
        "preliminary_average_merit",
        "final_lowest_merit",
        "final_average_merit",
        "reserved_lowest_merit",
        "reserved_average_merit",
    ];
    StatisticsFile { name: "skanegy.csv", header, rows }
}

fn column(round: &str) -> usize {
    match round {
        "preliminary" => 0,
        "final" => 1,
        _ => 2,
    }
}

fn pair(offer: &Offer) -> [String; 2] {
    let whole_points = offer.mean.map(|mean| mean / Score::ONE * Score::ONE);
    [
        score(offer.hides_admitted, offer.cutoff, ""),
        score(offer.hides_admitted || offer.hides(offer.mean), whole_points, ""),
    ]
}
