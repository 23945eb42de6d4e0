//! What a scenario may do to a season.

use toml::de::{DeTable, DeValue};

use crate::code::Code;
use crate::diagnostic::Spot;
use crate::scenario::toml_file::TomlFile;
use crate::season::Setting;

/// Which offers an operation is about: those that match every key that is given, and of each key
/// one of its values.
#[derive(Clone, Debug, Default)]
pub struct Selector {
    /// `programme`: ids.
    pub programme: Vec<Setting>,
    /// `school`: names.
    pub school: Vec<Setting>,
    /// `municipality`: codes of the schools' municipalities.
    pub municipality: Vec<Setting>,
    /// `study_path`: how a study path code begins.
    pub study_path: Vec<Setting>,
    /// `provider`: municipal, independent or regional.
    pub provider: Vec<Setting>,
    /// Some value cannot be read, so that it is not known which offers are meant.
    pub is_partial: bool,
    /// Where the operation begins.
    pub spot: Spot,
}

/// Which applicants a cohort is about: those who match every key that is given, and of each key one
/// of its values; all when none is.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// `municipality`: codes of home municipalities.
    pub municipality: Vec<Setting>,
    /// `sex`.
    pub sex: Vec<Setting>,
    /// `study_path`: how the study path code of the first choice begins.
    pub study_path: Vec<Setting>,
    /// Where the operation begins.
    pub spot: Spot,
}

/// How seats change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatSetting {
    /// So many.
    Set(u32),
    /// So many more, or fewer when below 0.
    Add(i64),
    /// Times so many ten-thousandths, rounded half up.
    Scale(u64),
}

/// Who chooses a new offer.
#[derive(Clone, Debug)]
pub enum Taste {
    /// Some of those who chose another.
    Share {
        /// `like`: the other offer; what is not said of the new one is as there.
        like: Option<Setting>,
        /// `share` of them, in ten-thousandths.
        share: Option<u64>,
    },
    /// `taste = "model"`: as the season's own lists tell; the value as it is written.
    Model(Setting),
}

/// One difference. What must be there and cannot be read is `None`; that is reported.
#[derive(Clone, Debug)]
pub enum Operation {
    /// `[[open]]`: a new offer.
    Open {
        /// `id`.
        id: Option<Setting>,
        /// `seats`.
        seats: Option<u32>,
        /// `name`, `school`, `municipality_code`, `study_path_code`.
        cells: [Option<Setting>; 4],
        /// `provider`.
        provider: Option<Setting>,
        /// Who chooses it.
        taste: Option<Taste>,
        /// `seed` of the draw.
        seed: String,
    },
    /// `[[area]] leaves`: a municipality's offers close, and its pupils withdraw.
    Leave(Setting),
    /// `[[area]] joins`: a municipality's pupils are received in first hand.
    Join {
        /// The municipality.
        municipality: Option<Setting>,
        /// `offers`: where; everywhere when none is named.
        offers: Vec<Setting>,
    },
    /// `[[merge]]`: offers become one.
    Merge {
        /// `from`: the offers that go up in the other.
        from: Vec<Setting>,
        /// `into`: the offer that remains.
        into: Option<Setting>,
    },
    /// `[[move]]`: offers change place.
    Move {
        /// Which.
        offers: Selector,
        /// `to_school`.
        school: Option<Setting>,
        /// `to_municipality`.
        municipality: Option<Setting>,
    },
    /// `[[close]]`: offers are gone.
    Close(Selector),
    /// `[[quota_groups]]`: a quota group of an offer changes.
    Group {
        /// `programme`.
        programme: Setting,
        /// `quota_group`.
        group: Option<Setting>,
        /// `seats` of the group; the offer has as many more or fewer.
        seats: Option<u32>,
        /// `precedence`, and as it is written.
        precedence: Option<(u32, Setting)>,
        /// `unfilled_to`, empty for nowhere.
        unfilled_to: Option<Setting>,
    },
    /// `[[seats]]`: seats change.
    Seats {
        /// Which offers.
        offers: Selector,
        /// `quota_group`: only the seats of this group.
        group: Option<Setting>,
        /// How, and as it is written.
        change: Option<(SeatSetting, Setting)>,
    },
    /// `[cohort]` or `[[cohort]]`: more or fewer applicants.
    Cohort {
        /// `scale`, in ten-thousandths.
        scale: Option<u64>,
        /// Of whom.
        people: People,
        /// `seed` of the draw.
        seed: String,
    },
    /// `[ranking] keys`, and where the first of them stands.
    Keys(Vec<Setting>, Spot),
    /// `[lottery] seed`.
    Seed(Setting),
    /// `[lottery] scope`.
    Scope(Setting),
}

/// More seats than any offer in the country has.
const MOST_SEATS: i64 = 1_000_000;

/// Nothing is made more than a hundred times as large.
const MOST_SCALE: u64 = 1_000_000;

const SELECTORS: [&str; 5] = ["programme", "school", "municipality", "study_path", "provider"];

/// Reads the operations of a scenario in the order in which they take effect; what is wrong is
/// reported.
pub(super) fn read(file: &mut TomlFile<'_>, table: &DeTable<'_>) -> Vec<Operation> {
    const KEYS: [&str; 12] = [
        "name",
        "description",
        "open",
        "area",
        "merge",
        "move",
        "close",
        "quota_groups",
        "seats",
        "cohort",
        "ranking",
        "lottery",
    ];
    file.only(table, "", &KEYS);
    let mut read = Vec::new();
    let several: [(&str, OperationReader); 7] = [
        ("open", open),
        ("area", area),
        ("merge", merge),
        ("move", move_offers),
        ("close", close),
        ("quota_groups", group),
        ("seats", seats),
    ];
    for (name, one) in several {
        let Some(value) = table.get(name) else { continue };
        let DeValue::Array(values) = value.get_ref() else {
            file.wrong_type(name, &format!("[[{name}]]"), value.span());
            continue;
        };
        for value in values {
            match value.get_ref() {
                DeValue::Table(section) => {
                    let spot = file.spot(&value.span());
                    read.extend(one(file, section, spot));
                }
                _ => file.wrong_type(name, &format!("[[{name}]]"), value.span()),
            }
        }
    }
    let single: [(&str, SettingReader); 3] =
        [("cohort", cohort), ("ranking", ranking), ("lottery", lottery)];
    for (name, one) in single {
        let Some(value) = table.get(name) else { continue };
        match value.get_ref() {
            DeValue::Table(section) => {
                let spot = file.spot(&value.span());
                read.extend(one(file, section, spot));
            }
            // A region may grow here and shrink there.
            DeValue::Array(cohorts) if name == "cohort" => {
                for value in cohorts {
                    let DeValue::Table(section) = value.get_ref() else {
                        file.wrong_type(name, "[[cohort]]", value.span());
                        continue;
                    };
                    let spot = file.spot(&value.span());
                    read.extend(one(file, section, spot));
                }
            }
            _ => file.wrong_type(name, &format!("[{name}]"), value.span()),
        }
    }
    read
}

type OperationReader = fn(&mut TomlFile<'_>, &DeTable<'_>, Spot) -> Option<Operation>;
type SettingReader = fn(&mut TomlFile<'_>, &DeTable<'_>, Spot) -> Vec<Operation>;

/// A text that must be there.
fn required(
    file: &mut TomlFile<'_>,
    table: &DeTable<'_>,
    (section, key): (&str, &str),
    spot: Spot,
) -> Option<Setting> {
    if !table.contains_key(key) {
        file.missing(&format!("{section}.{key}"), spot);
    }
    file.text_of(table, section, key)
}

fn selector(
    file: &mut TomlFile<'_>,
    table: &DeTable<'_>,
    section: &str,
    spot: Spot,
) -> Option<Selector> {
    if !SELECTORS.iter().any(|key| table.contains_key(*key)) {
        let message = "nothing says which offers are meant";
        let keys = SELECTORS.join(", ");
        let hint = format!("{message}: give at least one of {keys}");
        file.push(Code::MissingValue, spot, hint, Some(section), None);
        return None;
    }
    let before = file.error_count();
    let [programme, school, municipality, study_path, provider] =
        SELECTORS.map(|key| file.texts_of(table, section, key));
    let is_partial = file.error_count() > before;
    Some(Selector { programme, school, municipality, study_path, provider, is_partial, spot })
}

fn open(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    const CELLS: [&str; 4] = ["name", "school", "municipality_code", "study_path_code"];
    let section = "open";
    let mut known = vec!["id", "seats", "provider", "taste", "like", "share", "seed"];
    known.extend(CELLS);
    file.only(table, section, &known);
    let id = required(file, table, (section, "id"), spot);
    if !table.contains_key("seats") {
        file.missing("open.seats", spot);
    }
    let seats = file.number_of(table, section, "seats", 0..=MOST_SEATS);
    let taste = taste(file, table, spot);
    let cells = CELLS.map(|key| file.text_of(table, section, key));
    let provider = file.text_of(table, section, "provider");
    let seed = file.text_of(table, section, "seed").map_or(String::new(), |seed| seed.text);
    let seats = seats.and_then(|(seats, _)| u32::try_from(seats).ok());
    Some(Operation::Open { id, seats, cells, provider, taste, seed })
}

fn taste(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Taste> {
    let section = "open";
    if !table.contains_key("taste") {
        let like = required(file, table, (section, "like"), spot);
        if !table.contains_key("share") {
            file.missing("open.share", spot);
        }
        let share = file.decimal_of(table, section, "share", 10_000);
        return Some(Taste::Share { like, share: share.map(|(share, _)| share) });
    }
    for (key, _) in table {
        if ["like", "share"].contains(&key.get_ref().as_ref()) {
            let message = "an offer has either a taste or like and share";
            file.unknown_key(&format!("open.{}", key.get_ref()), key.span(), message);
        }
    }
    for key in ["municipality_code", "study_path_code"] {
        if !table.contains_key(key) {
            file.missing(&format!("{section}.{key}"), spot);
        }
    }
    let taste = file.text_of(table, section, "taste")?;
    if taste.text != "model" {
        file.wrong_type("open.taste", "\"model\"", table["taste"].span());
        return None;
    }
    Some(Taste::Model(taste))
}

fn area(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    file.only(table, "area", &["leaves", "joins", "offers"]);
    let leaves = file.text_of(table, "area", "leaves");
    let joins = file.text_of(table, "area", "joins");
    let offers = file.texts_of(table, "area", "offers");
    match (table.contains_key("leaves"), table.contains_key("joins")) {
        (false, true) => Some(Operation::Join { municipality: joins, offers }),
        (true, false) => {
            if let Some((key, _)) = table.get_key_value("offers") {
                let message = "offers are named beside joins only";
                file.unknown_key("area.offers", key.span(), message);
            }
            leaves.map(Operation::Leave)
        }
        _ => {
            let message = "an area has one of leaves and joins";
            file.push(Code::MissingValue, spot, message, Some("area"), None);
            None
        }
    }
}

fn merge(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    file.only(table, "merge", &["from", "into"]);
    let into = required(file, table, ("merge", "into"), spot);
    if !table.contains_key("from") {
        file.missing("merge.from", spot);
    }
    let from = file.texts_of(table, "merge", "from");
    Some(Operation::Merge { from, into })
}

fn move_offers(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    let targets = ["to_school", "to_municipality"];
    file.only(table, "move", &[&SELECTORS[..], &targets].concat());
    if !targets.iter().any(|key| table.contains_key(*key)) {
        file.missing("move.to_school", spot);
    }
    let [school, municipality] = targets.map(|key| file.text_of(table, "move", key));
    let offers = selector(file, table, "move", spot)?;
    Some(Operation::Move { offers, school, municipality })
}

fn close(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    file.only(table, "close", &SELECTORS);
    selector(file, table, "close", spot).map(Operation::Close)
}

fn group(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    let section = "quota_groups";
    let known = ["programme", "quota_group", "seats", "precedence", "unfilled_to"];
    file.only(table, section, &known);
    let programme = required(file, table, (section, "programme"), spot);
    let group = required(file, table, (section, "quota_group"), spot);
    let seats = file.number_of(table, section, "seats", 0..=MOST_SEATS);
    let precedence = file.number_of(table, section, "precedence", 1..=MOST_SEATS);
    // An empty text says that the seats stay where they are.
    let nowhere = table.get("unfilled_to").filter(|value| value.get_ref().as_str() == Some(""));
    let unfilled_to = match nowhere {
        Some(value) => Some(file.text_at(String::new(), &value.span())),
        None => file.text_of(table, section, "unfilled_to"),
    };
    let number = |(number, written): (i64, Setting)| Some((u32::try_from(number).ok()?, written));
    let seats = seats.and_then(number).map(|(seats, _)| seats);
    let precedence = precedence.and_then(number);
    Some(Operation::Group { programme: programme?, group, seats, precedence, unfilled_to })
}

fn seats(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Option<Operation> {
    let (section, changes) = ("seats", ["set", "add", "scale"]);
    file.only(table, section, &[&SELECTORS[..], &changes, &["quota_group"]].concat());
    let set = file.number_of(table, section, "set", 0..=MOST_SEATS);
    let add = file.number_of(table, section, "add", -MOST_SEATS..=MOST_SEATS);
    let scale = file.decimal_of(table, section, "scale", MOST_SCALE);
    let group = file.text_of(table, section, "quota_group");
    let offers = selector(file, table, section, spot);
    if changes.iter().filter(|key| table.contains_key(**key)).count() != 1 {
        let message = "seats have one of set, add and scale";
        file.push(Code::MissingValue, spot, message, Some(section), None);
        return offers.map(|offers| Operation::Seats { offers, group, change: None });
    }
    let set = set.and_then(|(seats, at)| Some((SeatSetting::Set(u32::try_from(seats).ok()?), at)));
    let add = add.map(|(seats, at)| (SeatSetting::Add(seats), at));
    let scale = scale.map(|(scale, at)| (SeatSetting::Scale(scale), at));
    Some(Operation::Seats { offers: offers?, group, change: set.or(add).or(scale) })
}

fn cohort(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Vec<Operation> {
    const PEOPLE: [&str; 3] = ["municipality", "sex", "study_path"];
    file.only(table, "cohort", &[&["scale", "seed"], &PEOPLE[..]].concat());
    if !table.contains_key("scale") {
        file.missing("cohort.scale", spot);
    }
    let scale = file.decimal_of(table, "cohort", "scale", MOST_SCALE);
    let [municipality, sex, study_path] = PEOPLE.map(|key| file.texts_of(table, "cohort", key));
    let people = People { municipality, sex, study_path, spot };
    let seed = file.text_of(table, "cohort", "seed").map_or(String::new(), |seed| seed.text);
    vec![Operation::Cohort { scale: scale.map(|(scale, _)| scale), people, seed }]
}

fn ranking(file: &mut TomlFile<'_>, table: &DeTable<'_>, spot: Spot) -> Vec<Operation> {
    file.only(table, "ranking", &["keys"]);
    if !table.contains_key("keys") {
        file.missing("ranking.keys", spot);
    }
    let keys = file.texts_of(table, "ranking", "keys");
    let spot = keys.first().map_or(spot, Setting::spot);
    if keys.is_empty() { Vec::new() } else { vec![Operation::Keys(keys, spot)] }
}

fn lottery(file: &mut TomlFile<'_>, table: &DeTable<'_>, _spot: Spot) -> Vec<Operation> {
    file.only(table, "lottery", &["seed", "scope"]);
    let seed = file.text_of(table, "lottery", "seed").map(Operation::Seed);
    let scope = file.text_of(table, "lottery", "scope").map(Operation::Scope);
    seed.into_iter().chain(scope).collect()
}
