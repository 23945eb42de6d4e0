//! What the tables count: who applied, from where, to what, and what became of it.

use antagning_formats::RunFiles;

use crate::season::Season;
use crate::statistics::grouping::{Category, Grouping, OTHER};
use crate::statistics::suppression::Suppression;

/// What became of an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Placed, at a programme and choice rank.
    Placed { programme: usize, rank: u32 },
    /// Eligible for some choice, and placed at none.
    EligibleUnplaced,
    /// Eligible for no choice.
    NotEligible,
    /// Made no choice.
    WithoutChoices,
}

/// The applicants of a run, in the columns that are counted by.
#[derive(Clone, Debug)]
pub(super) struct Register {
    /// Programme of the first choice.
    pub(super) first: Vec<Option<usize>>,
    /// What became of each.
    pub(super) fate: Vec<Fate>,
    /// Group of the home municipality.
    pub(super) home: Vec<usize>,
    /// Names of the home groups.
    pub(super) home_names: Vec<String>,
    /// Group of the sex.
    pub(super) sex: Vec<usize>,
    /// Names of the sex groups.
    pub(super) sex_names: Vec<String>,
}

/// Mark of an applicant whose sex is not stated as F or M.
const UNKNOWN_SEX: &str = "unknown";

impl Register {
    /// Reads a run; `fate` and `first` are numbered as the season's applicants.
    pub(super) fn new(season: &Season, files: &RunFiles, suppression: Suppression) -> Self {
        let fate = fates(season, files);
        let choices = &season.data.choices;
        let first: Vec<Option<usize>> = (0..fate.len())
            .map(|applicant| choices.of(applicant).next())
            .map(|choice| choice.map(|choice| choices.programme[choice] as usize))
            .collect();
        let (home, home_names) = homes(season, &fate, suppression);
        let (sex, sex_names) = sexes(season, &fate, suppression);
        Self { first, fate, home, home_names, sex, sex_names }
    }

    /// With a choice, placed, and unplaced with a choice.
    pub(super) fn totals(&self) -> [u64; 3] {
        self.fate.iter().fold([0; 3], |totals, fate| added(totals, *fate))
    }
}

fn added([chose, placed, unplaced]: [u64; 3], fate: Fate) -> [u64; 3] {
    match fate {
        Fate::Placed { .. } => [chose + 1, placed + 1, unplaced],
        Fate::EligibleUnplaced | Fate::NotEligible => [chose + 1, placed, unplaced + 1],
        Fate::WithoutChoices => [chose, placed, unplaced],
    }
}

fn fates(season: &Season, files: &RunFiles) -> Vec<Fate> {
    let (ids, programmes) = (&season.data.applicant_ids, &season.data.programmes.ids);
    let mut fates: Vec<Fate> = (0..ids.len())
        .map(|applicant| match season.data.choices.of(applicant).is_empty() {
            true => Fate::WithoutChoices,
            false => Fate::NotEligible,
        })
        .collect();
    for (id, status) in files.outcomes.applicant_id.iter().zip(files.outcomes.status.iter()) {
        if let Some(applicant) = ids.find(id)
            && status != "ineligible"
        {
            fates[applicant as usize] = Fate::EligibleUnplaced;
        }
    }
    let placements = &files.placements;
    let rows = placements.applicant_id.iter().zip(placements.programme_id.iter());
    for ((id, programme), rank) in rows.zip(&placements.choice_rank) {
        if let (Some(applicant), Some(programme)) = (ids.find(id), programmes.find(programme)) {
            fates[applicant as usize] = Fate::Placed { programme: programme as usize, rank: *rank };
        }
    }
    fates
}

/// Home municipalities. Applicants with protected identity, and those whose home is not stated,
/// are never counted by home: they belong to the combined group, among at least as many others as
/// the threshold asks for.
fn homes(season: &Season, fates: &[Fate], suppression: Suppression) -> (Vec<usize>, Vec<String>) {
    let Some(applicants) = &season.data.applicants else {
        return (vec![0; fates.len()], vec![OTHER.to_owned()]);
    };
    let home = |applicant: usize| match applicants.protected[applicant] {
        true => "",
        false => applicants.home_municipality.get(applicant),
    };
    let mut names: Vec<String> = (0..fates.len()).map(|a| home(a).to_owned()).collect();
    names.sort();
    names.dedup();
    let of: Vec<usize> =
        (0..fates.len()).map(|a| names.partition_point(|name| name.as_str() < home(a))).collect();
    let mut categories = counted(&of, fates, names.len());
    for (category, name) in categories.iter_mut().zip(&names) {
        category.joins_others = name.is_empty();
    }
    for (applicant, category) in of.iter().enumerate() {
        let chose = fates[applicant] != Fate::WithoutChoices;
        categories[*category].to_cover += u64::from(chose && applicants.protected[applicant]);
    }
    let grouping = Grouping::new(&categories, suppression);
    let names = (0..grouping.len()).map(|group| grouping.name(group, &names).to_owned()).collect();
    (of.iter().map(|category| grouping.of[*category]).collect(), names)
}

/// F, M and those for whom neither is stated; a combined group bears all its names.
fn sexes(season: &Season, fates: &[Fate], suppression: Suppression) -> (Vec<usize>, Vec<String>) {
    const NAMES: [&str; 3] = ["F", "M", UNKNOWN_SEX];
    let sex = |applicant: usize| match &season.data.applicants {
        None => 2,
        Some(applicants) => match applicants.sex.get(applicant) {
            "F" | "f" | "K" | "k" => 0,
            "M" | "m" => 1,
            _ => 2,
        },
    };
    let of: Vec<usize> = (0..fates.len()).map(sex).collect();
    let used: Vec<usize> = (0..NAMES.len()).filter(|sex| of.contains(sex)).collect();
    let of: Vec<usize> = of.iter().map(|sex| used.partition_point(|u| u < sex)).collect();
    let grouping = Grouping::new(&counted(&of, fates, used.len()), suppression);
    let name = |members: &Vec<usize>| {
        members.iter().map(|member| NAMES[used[*member]]).collect::<Vec<_>>().join("+")
    };
    let names = grouping.members.iter().map(name).collect();
    (of.iter().map(|category| grouping.of[*category]).collect(), names)
}

fn counted(of: &[usize], fates: &[Fate], categories: usize) -> Vec<Category> {
    let mut counts = vec![[0; 3]; categories];
    for (category, fate) in of.iter().zip(fates) {
        counts[*category] = added(counts[*category], *fate);
    }
    let category =
        |counts: [u64; 3]| Category { counts: counts.to_vec(), joins_others: false, to_cover: 0 };
    counts.into_iter().map(category).collect()
}
