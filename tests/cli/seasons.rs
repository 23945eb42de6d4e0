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

/// A season with quota groups of every kind, second hand and placements by hand.
///
/// - `es` has five seats: one by test (bo before cim), two for the free quota (dan; the other
///   passes on), one for placements by name (fia), one by grades, and the free quota's (ada, cim).
///   gun and hal are received in second hand and wait, whatever their merit and their points.
/// - `mu` has one seat, by merit and test together: gun before jon. ivo has not passed the test.
/// - `sa` has a seat by grades (quin) and one for the free quota: olle before pia.
/// - `ba` is plain; the seat goes to ron, by hand, before eli, ivo and jon.
/// - kim has withdrawn, lis is not received, nia is not eligible, and tor is eligible for what
///   `im` prepares for; ulf, who is not, takes it.
pub(crate) struct Grouped {
    grades: String,
}

const GROUPED_PROGRAMMES: &str = "\
programme_id,capacity,name,school,study_path_code,provider
ba,1,Bygg,Norra gymnasiet,BA,municipal
es,5,Estetik,Norra gymnasiet,ES,municipal
im,1,Introduktion,Södra gymnasiet,IMVBA,municipal
mu,1,Musik,Södra gymnasiet,SAMUS,municipal
sa,2,Samhälle,Södra gymnasiet,SA,independent
";

const GROUPED_GROUPS: &str = "\
programme_id,quota_group,precedence,seats,ranked_by,open_to,unfilled_to,test_maximum
es,prov,1,1,test,test>=20,betyg,50
es,fri,2,2,free_quota,,betyg,
es,lista,3,1,manual,,,
es,betyg,4,1,merit,,,
mu,samlat,1,1,merit+2*test,test_passed,,
sa,betyg,1,1,,,,
sa,fri,2,1,free_quota,,,
";

const GROUPED_CHOICES: &str = "\
applicant_id,choice_rank,programme_id
ada,1,es
ada,2,ba
bo,1,es
cim,1,es
dan,1,es
eli,1,es
eli,2,ba
fia,1,es
gun,1,es
gun,2,mu
hal,1,es
ivo,1,mu
ivo,2,ba
jon,1,mu
jon,2,ba
kim,1,es
lis,1,es
nia,1,es
olle,1,sa
pia,1,sa
quin,1,sa
ron,1,ba
tor,1,im
ulf,1,im
";

const GROUPED_TESTS: &str = "\
applicant_id,programme_id,points,passed
bo,es,48,
cim,es,40.5,
gun,es,50,
eli,es,19,
gun,mu,30,1
ivo,mu,12,0
jon,mu,20,1
";

const GROUPED_DECISIONS: &str = "\
applicant_id,programme_id,decision,value,reason,date
dan,es,free_quota_rank,1,grades from abroad,2025-06-12
fia,es,manual_placement,,approved,2025-06-12
gun,es,second_hand,,another area,2025-06-12
hal,es,second_hand,,another area,2025-06-12
kim,es,withdrawal,,asked,2025-06-12
lis,es,not_received,,another area,2025-06-12
olle,sa,free_quota_rank,1,illness,2025-06-12
pia,sa,free_quota_rank,2,illness,2025-06-12
ron,ba,manual_placement,,approved,2025-06-12
";

impl Grouped {
    pub(crate) fn new() -> Self {
        let all = |letter: &str| format!("{letter}-{}-", letter.repeat(15));
        let of = [
            ("ada", all("A")),
            ("bo", all("C")),
            ("cim", all("B")),
            ("dan", all("D")),
            ("eli", all("D")),
            ("fia", all("E")),
            ("gun", "A-AAAAAAAAAAAAAAAA".to_owned()),
            ("hal", all("B")),
            ("ivo", all("B")),
            ("jon", all("C")),
            ("kim", all("A")),
            ("lis", all("A")),
            ("nia", "-EEEEEEE----------".to_owned()),
            ("olle", all("E")),
            ("pia", all("D")),
            ("quin", all("C")),
            ("ron", all("E")),
            ("tor", all("E")),
            ("ulf", "E-FEEEEEEEEEEEEEE-".to_owned()),
        ];
        let lines: Vec<_> = of.iter().map(|(id, letters)| (*id, letters.as_str())).collect();
        Self { grades: grades(&lines) }
    }

    pub(crate) fn files(&self) -> [(&str, &str); 7] {
        [
            ("programmes.csv", GROUPED_PROGRAMMES),
            ("quota_groups.csv", GROUPED_GROUPS),
            ("choices.csv", GROUPED_CHOICES),
            ("test_scores.csv", GROUPED_TESTS),
            ("decisions.csv", GROUPED_DECISIONS),
            ("grades.csv", &self.grades),
            (
                "rules.toml",
                "[ranking]\nkeys = [\"reception\", \"merit\", \"lottery\"]\n\
                 [lottery]\nseed = \"sommar 2025\"\n",
            ),
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
