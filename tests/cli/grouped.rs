//! A season with quota groups, introductory programmes and decisions, which the tests know by
//! heart.

use crate::crowd::letters_of;
use crate::scene::Scene;
use crate::seasons::grades;

/// - `es` has five seats for merit and sixteen times the test, one of the free quota, five for
///   merit; `na` five seats. p01–p24 put `es` first and `na` second.
/// - p03, p06 … have a passed test of as many points as their number, at most 20; p04, p08, p16
///   and p20 have not passed.
/// - p02 and p04 stand on the list of the free quota, p24 is received in second hand, p23 placed
///   by hand in the group `betyg`.
/// - p07 has no pass in chemistry; `imv` leads to `na`. Nobody is ranked at `ima`, and `spets` asks
///   for everything that a group can ask for. `lista` is filled by officials alone, and at `kvot`
///   p13 stands before p14 on the only list.
pub(crate) struct Grouped {
    choices: String,
    grades: String,
    tests: String,
}

const PROGRAMMES: &str = "\
programme_id,capacity,name,school,study_path_code,provider
es,11,Estetiska programmet,Norra,ES,municipal
na,5,Naturvetenskap,Norra,NA,municipal
spets,5,Spets,Norra,NA,municipal
lista,2,Lista,Norra,NA,municipal
kvot,1,Kvot,Norra,NA,municipal
imv,3,Mot naturvetenskap,Norra,IMVNA,municipal
ima,3,Individuellt,Norra,IMA,municipal
";

const QUOTA_GROUPS: &str = "\
programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum
es,prov,1,5,merit+16*test,test_passed,betyg,20
es,fri_kvot,2,1,free_quota,,betyg,20
es,betyg,3,5,,,,20
spets,enda,1,5,test,MA>=B test>=10 test_passed free_quota sport_approval MU,,20
lista,hand,1,2,manual,,,
kvot,fri_kvot,1,1,free_quota,,,
";

const DECISIONS: &str = "\
applicant_id,decision,programme_id,value,reason,date
p02,free_quota_rank,es,2,skäl,2025-06-20
p04,free_quota_rank,es,1,skäl,2025-06-20
p13,free_quota_rank,kvot,1,skäl,2025-06-20
p14,free_quota_rank,kvot,2,skäl,2025-06-20
p24,second_hand,es,,avtal,2025-06-20
p23,manual_placement,es,betyg,skäl,2025-06-20
p07,english_exemption,imv,,skäl,2025-06-20
";

impl Grouped {
    pub(crate) fn new() -> Self {
        let (mut choices, mut tests) = (String::new(), String::new());
        let mut lines = Vec::new();
        for number in 1..=24 {
            let id = format!("p{number:02}");
            choices += &format!("{id},1,es\n{id},2,na\n");
            let mut letters = letters_of([320.0, 280.0, 240.0, 200.0, 160.0][number % 5]);
            if number == 7 {
                // KE is the seventh column.
                letters.replace_range(6..7, "F");
            }
            lines.push((id.clone(), letters));
            match (number % 3, number % 4) {
                (0, _) => tests += &format!("{id},es,{},1\n", number.min(20)),
                (_, 0) => tests += &format!("{id},es,5,0\n"),
                _ => {}
            }
        }
        choices += "p07,3,imv\np08,3,imv\np08,4,ima\np09,3,spets\np09,4,lista\n\
                    p13,3,kvot\np14,3,kvot\n";
        let lines: Vec<_> = lines.iter().map(|(id, l)| (id.as_str(), l.as_str())).collect();
        Self {
            choices: format!("applicant_id,choice_rank,programme_id\n{choices}"),
            grades: grades(&lines),
            tests: format!("applicant_id,programme_id,points,passed\n{tests}"),
        }
    }

    pub(crate) fn files(&self) -> [(&str, &str); 7] {
        [
            ("programmes.csv", PROGRAMMES),
            ("quota_groups.csv", QUOTA_GROUPS),
            ("decisions.csv", DECISIONS),
            ("choices.csv", &self.choices),
            ("grades.csv", &self.grades),
            ("test_scores.csv", &self.tests),
            ("rules.toml", "[lottery]\nseed = \"x\"\n"),
        ]
    }

    pub(crate) fn run() -> Scene {
        Scene::with_run(&Self::new().files())
    }
}
