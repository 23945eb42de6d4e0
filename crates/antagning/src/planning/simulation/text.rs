//! A simulation as people read it.

use crate::aligned::aligned;
use crate::language::Language;
use crate::planning::simulation::{
    GroupFigures, OfferDifference, OpenedOffer, ScenarioFigures, ScenarioReport, Simulation,
};

/// Scenarios that stand beside one another; more go on below.
const BESIDE: usize = 4;

/// Home municipalities that are told, those with the most displaced first.
const HOMES: usize = 8;

/// A simulation as text that is made report by report: an aligned table with a column a scenario,
/// differences in brackets.
#[derive(Debug)]
pub struct SimulationText {
    language: Language,
    base: Option<ScenarioReport>,
    /// Scenarios of the next table.
    beside: Vec<ScenarioReport>,
    tables: String,
    opened: String,
    /// Some scenario has other offers, and so other lists, than the season.
    has_other_lists: bool,
}

impl SimulationText {
    /// Begins the text.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let [tables, opened] = [const { String::new() }; 2];
        let (base, beside) = (None, Vec::new());
        Self { language, base, beside, tables, opened, has_other_lists: false }
    }

    /// Adds a report, that of the base first.
    pub fn add(&mut self, report: ScenarioReport) {
        if self.base.is_none() {
            self.base = Some(report);
            return;
        }
        let is_gone = |offer: &OfferDifference| offer.after.is_none();
        self.has_other_lists |= !report.opened.is_empty() || report.offers.iter().any(is_gone);
        for offer in &report.opened {
            self.opened += &opened(self.language, &report.name, offer);
        }
        self.beside.push(report);
        if self.beside.len() == BESIDE {
            self.end_table();
        }
    }

    /// The whole text.
    #[must_use]
    pub fn finish(mut self) -> String {
        if !self.beside.is_empty() || self.tables.is_empty() {
            self.end_table();
        }
        let lists = match self.has_other_lists {
            true => self.language.pick(
                "Rang räknas i listorna som de är i varje scenario. Där utbildningar öppnas, stängs \
                 eller slås ihop går rangsumma och\nmedelrang därför inte att jämföra med \
                 utgångsläget, men det gör vilka som får det bättre och trängs undan.\n",
                "Ranks are counted in the lists as they are in each scenario. Where offers open, close \
                 or merge, sums of ranks and\nmean ranks can therefore not be compared with the base; \
                 better off and worse off can.\n",
            ),
            false => "",
        };
        self.tables
            + lists
            + &self.opened
            + self.language.pick(
                "Skillnad mot utgångsläget inom parentes. Arbetsmaterial, inget beslut.\n",
                "Differences from the base in brackets. Working material, no decision.\n",
            )
    }

    fn end_table(&mut self) {
        let beside = std::mem::take(&mut self.beside);
        if let Some(base) = &self.base {
            self.tables += &aligned(&rows(self.language, base, &beside), 1);
            self.tables.push('\n');
        }
    }
}

impl Simulation {
    /// The text of all reports: see [`SimulationText`].
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut text = SimulationText::new(language);
        std::iter::once(&self.base).chain(&self.scenarios).for_each(|run| text.add(run.clone()));
        text.finish()
    }
}

fn rows(
    language: Language,
    base: &ScenarioReport,
    scenarios: &[ScenarioReport],
) -> Vec<Vec<String>> {
    let pick = |sv, en| language.pick(sv, en).to_owned();
    let all = || std::iter::once(base).chain(scenarios);
    let row = |name: String, cell: &dyn Fn(&ScenarioReport) -> String| {
        std::iter::once(name).chain(all().map(cell)).collect::<Vec<_>>()
    };
    let count = |of: fn(&ScenarioFigures) -> u64| {
        move |run: &ScenarioReport| {
            differing(language, of(&run.figures), of(&base.figures), run.difference.is_some())
        }
    };
    let people = |of: fn(&super::FiguresDifference) -> u64| {
        move |run: &ScenarioReport| {
            run.difference.as_ref().map_or(String::new(), |d| language.count(of(d)))
        }
    };
    let mean = |run: &ScenarioReport| {
        let ten_thousandths = |mean: f64| (mean * 1e4).round() as u64;
        let shown = |mean| language.score(ten_thousandths(mean));
        run.figures.mean_rank.map_or("–".to_owned(), shown)
    };
    let seats =
        |run: &ScenarioReport| differing(language, run.seats, base.seats, run.difference.is_some());
    let mut rows = vec![
        row(String::new(), &|run| match run.difference {
            None => pick("utgångsläge", "base"),
            Some(_) => run.name.replace(char::is_control, " "),
        }),
        row(pick("sökande", "applicants"), &count(|f| f.applicants)),
        row(pick("platser", "seats"), &seats),
        row(pick("placerade", "placed"), &count(|f| f.placed)),
        row(pick("oplacerade", "unplaced"), &count(|f| f.unplaced)),
        row(pick("förstahandsval", "first choices"), &count(|f| f.first_choices)),
        row(pick("medelrang", "mean rank"), &mean),
        row(pick("rangsumma", "sum of ranks"), &count(|f| f.ranks)),
        row(pick("får det bättre", "better off"), &people(|d| d.better_off)),
        row(pick("trängs undan", "worse off"), &people(|d| d.worse_off)),
        row(pick("nyplacerade", "newly placed"), &people(|d| d.newly_placed)),
        row(pick("förlorar sin plats", "newly unplaced"), &people(|d| d.newly_unplaced)),
    ];
    for (kind, title) in [
        ("sex", pick("placerade, kön", "placed, sex")),
        ("merit_quintile", pick("placerade, meritfemtedel", "placed, merit quintile")),
        ("first_choice", pick("placerade, förstahandsval till", "placed, first choice of")),
    ] {
        for group in base.groups.iter().filter(|g| g.kind == kind && g.figures.applicants > 0) {
            let name = format!("{title} {}", named(language, &group.group));
            rows.push(row(name, &|run| {
                let placed =
                    of_group(run, group).map_or(group.figures.placed, |g| g.figures.placed);
                differing(language, placed, group.figures.placed, run.difference.is_some())
            }));
        }
    }
    for home in homes(base, scenarios) {
        let title = pick("bättre/sämre, hemkommun", "better/worse off, home");
        let name = format!("{title} {}", named(language, &home.group));
        rows.push(row(name, &|run| {
            let difference = of_group(run, home).and_then(|group| group.difference);
            match (run.difference.is_some(), difference) {
                (false, _) => String::new(),
                (true, None) => "0/0".to_owned(),
                (true, Some(d)) => format!("{}/{}", d.better_off, d.worse_off),
            }
        }));
    }
    rows
}

fn opened(language: Language, scenario: &str, offer: &OpenedOffer) -> String {
    let name = format!("{scenario}: {} {}", offer.programme_id, offer.title);
    let name = name.trim_end().replace(char::is_control, " ");
    let [all, first, admitted] = [offer.applicants, offer.first_choices, offer.admitted]
        .map(|number| language.count(u64::from(number)));
    match language {
        Language::Sv => {
            format!("{name}: {all} sökande, {first} i första hand; {admitted} antagna\n")
        }
        Language::En => {
            format!("{name}: {all} applicants, {first} of them first; {admitted} admitted\n")
        }
    }
}

fn of_group<'r>(run: &'r ScenarioReport, wanted: &GroupFigures) -> Option<&'r GroupFigures> {
    run.groups.iter().find(|group| (group.kind, &group.group) == (wanted.kind, &wanted.group))
}

/// The home municipalities with the most displaced over all scenarios.
fn homes<'r>(base: &'r ScenarioReport, scenarios: &[ScenarioReport]) -> Vec<&'r GroupFigures> {
    let displaced = |home: &GroupFigures| {
        let differences =
            scenarios.iter().filter_map(|run| of_group(run, home)?.difference.as_ref());
        differences.map(|d| d.worse_off).sum::<u64>()
    };
    let homes = base.groups.iter().filter(|group| group.kind == "home_municipality");
    let mut homes: Vec<_> = homes.map(|home| (displaced(home), home)).collect();
    homes.retain(|(displaced, _)| *displaced > 0);
    // The order of the table breaks ties, so that it is the same everywhere.
    homes.sort_by_key(|(displaced, _)| std::cmp::Reverse(*displaced));
    homes.into_iter().take(HOMES).map(|(_, home)| home).collect()
}

fn named(language: Language, group: &str) -> String {
    let words = match group {
        "" => ("okänd", "unknown"),
        "vocational" => ("yrkesprogram", "vocational"),
        "preparatory" => ("högskoleförberedande", "preparatory"),
        "introductory" => ("introduktionsprogram", "introductory"),
        "other" => ("annat", "other"),
        name => return name.replace(char::is_control, " "),
    };
    language.pick(words.0, words.1).to_owned()
}

/// A count, and for a scenario what is different.
fn differing(language: Language, count: u64, base: u64, is_scenario: bool) -> String {
    let number = language.count(count);
    match count as i64 - base as i64 {
        _ if !is_scenario => number,
        0 => format!("{number} (±0)"),
        more => {
            let sign = if more > 0 { '+' } else { '−' };
            format!("{number} ({sign}{})", language.count(more.unsigned_abs()))
        }
    }
}
