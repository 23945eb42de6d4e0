//! A season run by the whole library, from a folder on disk.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::season::{Placed, SEED, SUBJECTS, Season, Wish};

/// The files of a season, as header and rows.
struct Files(Vec<(&'static str, String, Vec<String>)>);

impl Files {
    fn of(season: &Season) -> Self {
        let [mut programmes, mut groups, mut choices, mut grades, mut tests, mut decisions] =
            [(); 6].map(|()| Vec::new());
        let applicants = season.applicants.iter().map(|applicant| applicant.id.clone()).collect();
        for programme in &season.programmes {
            let (id, seats) = (&programme.id, programme.capacity());
            programmes.push(format!("{id},{seats},{}", programme.path));
            for (number, group) in programme.groups.iter().enumerate() {
                let later = group.unfilled_to.map_or(String::new(), |later| format!("g{later}"));
                let (precedence, seats) = (number + 1, group.seats);
                let rule = format!("{},{}", group.ranked_by, group.open_to);
                groups.push(format!("{id},g{number},{precedence},{seats},{rule},{later}"));
            }
        }
        for applicant in &season.applicants {
            let id = &applicant.id;
            let cells = applicant.grades.iter();
            let cells: Vec<String> =
                cells.map(|grade| grade.to_string().replace('-', "")).collect();
            grades.push(format!("{id},{}", cells.join(",")));
            if applicant.dancer && !applicant.wishes.is_empty() {
                decisions.push(format!("{id},,dance_training,,because,2025-06-20"));
            }
            for (position, wish) in applicant.wishes.iter().enumerate() {
                let programme = &season.programmes[wish.programme].id;
                choices.push(format!("{id},{},{programme}", position + 1));
                if let Some((halves, passed)) = wish.test {
                    let points = format!("{}.{}", halves / 2, halves % 2 * 5);
                    tests.push(format!("{id},{programme},{points},{}", u8::from(passed)));
                }
                let decided = decided(wish).into_iter().filter(|(_, decided, _)| *decided);
                decisions.extend(decided.map(|(kind, _, value)| {
                    format!("{id},{programme},{kind},{value},because,2025-06-20")
                }));
            }
        }
        let files = vec![
            ("programmes.csv", "programme_id,capacity,study_path_code".to_owned(), programmes),
            (
                "quota_groups.csv",
                "programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to"
                    .to_owned(),
                groups,
            ),
            ("applicants.csv", "applicant_id".to_owned(), applicants),
            ("choices.csv", "applicant_id,choice_rank,programme_id".to_owned(), choices),
            ("grades.csv", format!("applicant_id,{}", SUBJECTS.join(",")), grades),
            ("test_scores.csv", "applicant_id,programme_id,points,passed".to_owned(), tests),
            (
                "decisions.csv",
                "applicant_id,programme_id,decision,value,reason,date".to_owned(),
                decisions,
            ),
        ];
        // A file without a row is a fault; one that is not there says the same.
        Self(files.into_iter().filter(|(.., rows)| !rows.is_empty()).collect())
    }

    fn write(&self, folder: &Path) {
        for (name, header, rows) in &self.0 {
            let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
            fs::write(folder.join(name), format!("{header}\n{rows}")).expect("written");
        }
    }
}

/// Decisions about one choice: kind, whether it was taken, value.
fn decided(wish: &Wish) -> [(&'static str, bool, String); 7] {
    let none = String::new;
    let group = wish.hand_group.map_or(String::new(), |group| format!("g{group}"));
    [
        ("second_hand", wish.second_hand, none()),
        ("late_application", wish.late, none()),
        ("withdrawal", wish.withdrawn, none()),
        ("english_exemption", wish.english_exemption, none()),
        ("sport_approval", wish.sport_approval, none()),
        ("free_quota_rank", wish.free_quota > 0, wish.free_quota.to_string()),
        ("manual_placement", wish.by_hand, group),
    ]
}

/// A season folder that is removed when dropped.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// Writes the season, with the rows of every file in an order that `order` gives; 0 is the
    /// order of applicants and programmes.
    pub(crate) fn of(season: &Season, order: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = Files::of(season);
        if order > 0 {
            for (.., rows) in &mut files.0 {
                rows.sort_by_cached_key(|row| Sha256::digest(format!("{order} {row}")));
            }
        }
        let season_folder = folder.path().join("season");
        fs::create_dir(&season_folder).expect("created");
        files.write(&season_folder);
        let scope = if season.lots_by_programme { "programme" } else { "applicant" };
        let rules = format!(
            "[ranking]\nkeys = {:?}\n[lottery]\nseed = \"{SEED}\"\nscope = \"{scope}\"\n",
            season.keys
        );
        fs::write(season_folder.join("rules.toml"), rules).expect("written");
        Self(folder)
    }

    pub(crate) fn open(&self) -> antagning::Season {
        let season = antagning::Season::open(self.0.path().join("season"));
        season.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Where everybody is placed; the verifier holds in memory and on the files of the run.
    pub(crate) fn place(&self) -> Vec<Placed> {
        let season = self.open();
        let admission = season.admit().unwrap_or_else(|error| panic!("{error}"));
        assert!(admission.proof().holds());
        let outcomes = admission.outcomes();
        let (mut placed, mut choice) = (Vec::new(), 0);
        let rows = outcomes.placement.iter().zip(&outcomes.placed_rank);
        let lists = admission.assessment().dossiers().offsets.windows(2);
        for ((programme, rank), list) in rows.zip(lists) {
            choice += (list[1] - list[0]) as usize;
            let at = list[0] + rank.saturating_sub(1);
            let group = || outcomes.choices[at as usize].group.map(usize::from);
            placed.push(programme.map(|programme| (programme as usize, group())));
        }
        assert_eq!(choice, outcomes.choices.len());
        let run = admission.write(self.0.path().join("run")).expect("written");
        let proof = run.verify();
        assert!(proof.holds(), "{:?}", proof.violations());
        placed
    }

    /// The tables of the run, after [`Folder::place`].
    pub(crate) fn tables(&self) -> [String; 3] {
        ["outcomes.csv", "placements.csv", "programmes.csv"]
            .map(|name| fs::read_to_string(self.0.path().join("run").join(name)).expect("a table"))
    }
}
