//! Small seasons made by hand, which the tests know by heart.

use crate::scene::Files;

/// Grades in this order of columns; a letter each, `-` for none.
const SUBJECTS: &str = "SV,SVA,EN,MA,BI,FY,KE,TK,GE,HI,RE,SH,BL,HKK,IDH,MU,SL,M1";

/// `grades.csv` from a line an applicant: the id and eighteen letters.
pub(crate) fn grades(lines: &[(&str, &str)]) -> String {
    let mut text = format!("applicant_id,{SUBJECTS}\n");
    for (applicant, letters) in lines {
        assert_eq!(letters.len(), SUBJECTS.split(',').count(), "grades of {applicant}");
        let cells = letters.chars().map(|c| if c == '-' { String::new() } else { c.to_string() });
        text += &format!("{applicant},{}\n", cells.collect::<Vec<_>>().join(","));
    }
    text
}

/// A season in which every status and every reason occurs.
///
/// - `na` has one seat, for ada (340) before bo (280).
/// - `ba` has two seats and three applicants with 240 each: a lottery.
/// - `es` has no seat at all; `ee` has seats for everybody.
/// - fia lacks Swedish, English and physics, gun has seven passes; hal has chosen nothing.
pub(crate) struct EveryReason {
    grades: String,
    rules: String,
}

const PROGRAMMES: &str = "\
programme_id,capacity,name,school,study_path_code
na,1,Naturvetenskapsprogrammet,Norra gymnasiet,NA
ba,2,Bygg- och anläggningsprogrammet,\"Södra, gymnasiet\",BA
es,0,Estetiska programmet,,ES
ee,5,,Norra gymnasiet,EE
";

const CHOICES: &str = "\
applicant_id,choice_rank,programme_id
ada,1,na
ada,2,ee
bo,1,na
bo,2,es
bo,3,ee
cim,1,ba
dan,1,ba
eli,1,ba
fia,1,na
fia,2,ee
gun,1,es
gun,2,ee
";

const APPLICANTS: &str = "applicant_id\nada\nbo\ncim\ndan\neli\nfia\ngun\nhal\n";

/// With this seed the lottery puts dan (2245…) first, then eli (80cb…), then cim (bc6c…).
pub(crate) const SEED: &str = "sommar 2025";

impl EveryReason {
    pub(crate) fn new() -> Self {
        Self::with_rules(&format!("[lottery]\nseed = \"{SEED}\"\n"))
    }

    pub(crate) fn with_rules(rules: &str) -> Self {
        let all = |letter: &str, language: &str| {
            let sixteen = letter.repeat(15);
            format!("{letter}-{sixteen}{language}")
        };
        let of = [
            ("ada", all("A", "A")),
            ("bo", all("B", "-")),
            ("cim", all("C", "-")),
            ("dan", all("C", "-")),
            ("eli", all("C", "-")),
            ("fia", "F-FEEFEEEEEEEEEEE-".to_owned()),
            ("gun", "-EEEEEEE----------".to_owned()),
            ("hal", all("E", "-")),
        ];
        let lines: Vec<_> = of.iter().map(|(id, letters)| (*id, letters.as_str())).collect();
        Self { grades: grades(&lines), rules: rules.to_owned() }
    }

    pub(crate) fn files(&self) -> [(&str, &str); 5] {
        [
            ("programmes.csv", PROGRAMMES),
            ("choices.csv", CHOICES),
            ("applicants.csv", APPLICANTS),
            ("grades.csv", &self.grades),
            ("rules.toml", &self.rules),
        ]
    }
}

/// A market season: two applicants for one seat at `P`, and a second choice for who loses it.
pub(crate) const MARKET: Files<'static> = &[
    ("programmes.csv", "programme_id,capacity\nP,1\nQ,1\n"),
    (
        "choices.csv",
        "applicant_id,choice_rank,programme_id,score\nann,1,P,20\nann,2,Q,20\nbea,1,P,17.5\nbea,2,Q,17.5\n",
    ),
];

/// Two applicants with the same score and nothing that could part them.
pub(crate) const TIED: Files<'static> = &[
    ("programmes.csv", "programme_id,capacity\nP,1\n"),
    ("choices.csv", "applicant_id,choice_rank,programme_id,score\nann,1,P,20\nbea,1,P,20\n"),
];

/// A season that cannot be read: an unknown programme.
pub(crate) const FAULTY: Files<'static> = &[
    ("programmes.csv", "programme_id,capacity\nP,1\n"),
    ("choices.csv", "applicant_id,choice_rank,programme_id,score\nann,1,X,20\n"),
];
