//! Seasons with so many on either side of the line that everything may be told.

use crate::seasons::grades;

/// Letters for sixteen subjects without a language on top, whose points are this merit: 160–320 in
/// steps of 2.5.
pub(crate) fn letters_of(merit: f64) -> String {
    let mut steps = ((merit - 160.0) / 2.5) as usize;
    assert!(merit == 160.0 + 2.5 * steps as f64 && steps <= 64, "no letters for {merit}");
    let mut letters = String::new();
    for _ in 0..16 {
        let of_subject = steps.min(4);
        letters.push(['E', 'D', 'C', 'B', 'A'][of_subject]);
        steps -= of_subject;
    }
    // The first column is SV, the second SVA; the last is the language.
    letters.insert(1, '-');
    letters + "-"
}

/// A season with more applicants to `na` than seats, and `ee` for whoever is turned away: enough
/// persons on either side of the line for everything to be told.
pub(crate) struct Crowd {
    programmes: String,
    choices: String,
    grades: String,
    rules: String,
}

impl Crowd {
    /// Each applicant with letters as [`grades`] takes them.
    pub(crate) fn new(seats: usize, applicants: &[(&str, String)], rules: &str) -> Self {
        let lines: Vec<_> = applicants.iter().map(|(id, l)| (*id, l.as_str())).collect();
        let choice = |(id, _): &(&str, String)| format!("{id},1,na\n{id},2,ee\n");
        Self {
            programmes: format!(
                "programme_id,capacity,name,school,study_path_code\n\
                 na,{seats},Naturvetenskap,Norra,NA\nee,99,El,Norra,EE\n"
            ),
            choices: "applicant_id,choice_rank,programme_id\n".to_owned()
                + &applicants.iter().map(choice).collect::<String>(),
            grades: grades(&lines),
            rules: rules.to_owned(),
        }
    }

    /// Three with 320, four with 240 and five with 200, for five seats: lots are drawn among the
    /// four. With [`SEED`](crate::seasons::SEED) the lottery puts c3 first, then c4, c1, c2.
    pub(crate) fn tied(rules: &str) -> Self {
        let merit = |id: &str| match &id[..1] {
            "a" => 320.0,
            "c" => 240.0,
            _ => 200.0,
        };
        let ids = ["a1", "a2", "a3", "c1", "c2", "c3", "c4", "d1", "d2", "d3", "d4", "d5"];
        Self::new(5, &ids.map(|id| (id, letters_of(merit(id)))), rules)
    }

    pub(crate) fn files(&self) -> [(&str, &str); 4] {
        [
            ("programmes.csv", &self.programmes),
            ("choices.csv", &self.choices),
            ("grades.csv", &self.grades),
            ("rules.toml", &self.rules),
        ]
    }

    /// The same season with another file beside these, or in the place of one.
    pub(crate) fn with<'a>(&'a self, file: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let others = self.files().into_iter().filter(|(name, _)| *name != file);
        others.chain([(file, text)]).collect()
    }
}
