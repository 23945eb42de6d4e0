//! The sentences, in Swedish and English, plain enough for a fifteen-year-old.

use crate::language::Language;

/// What a sentence is made of.
pub(super) struct Facts<'a> {
    pub(super) language: Language,
    pub(super) graded: bool,
    pub(super) status: &'a str,
    pub(super) reason: &'a str,
    pub(super) score: u64,
    pub(super) cutoff: Option<u64>,
    pub(super) reserve_position: u32,
    pub(super) decided_by: &'a str,
    pub(super) last_key: &'a str,
    /// Whether merit is compared before all else, the same at every programme.
    pub(super) by_merit_first: bool,
    /// The highest merit that grades can give.
    pub(super) highest_merit: u64,
    pub(super) missing: String,
    pub(super) provision: &'a str,
}

/// What became of all choices together.
pub(super) fn headline(language: Language, placed: Option<&str>, no_choices: bool) -> String {
    match (placed, no_choices, language) {
        (Some(title), _, Language::Sv) => format!("Förslaget är att du antas till {title}."),
        (Some(title), _, Language::En) => format!("The proposal is to admit you to {title}."),
        (None, true, Language::Sv) => "Du har inga val i den här antagningen.".to_owned(),
        (None, true, Language::En) => "You have no choices in this admission.".to_owned(),
        (None, false, Language::Sv) => {
            "Du har inte fått någon plats i den här antagningen.".to_owned()
        }
        (None, false, Language::En) => "You have not got a place in this admission.".to_owned(),
    }
}

impl Facts<'_> {
    /// Why the choice has its status.
    pub(super) fn sentence(&self) -> String {
        match (self.status, self.reason) {
            ("admitted", "seats_for_all") => self.pick(
                "Du är antagen. Alla behöriga som ville gå här fick plats.",
                "You are admitted. Every eligible applicant who wanted a seat here got one.",
            ),
            ("admitted", "placed_by_hand") => self.pick(
                "Du är antagen genom ett särskilt beslut.",
                "You are admitted by a decision of its own.",
            ),
            ("admitted", _) => self.admitted(),
            ("reserve", "second_hand") => self.reserve(&self.pick(
                "Du är mottagen i andra hand. Alla som är mottagna i första hand går före \
                 (SkolL 16 kap. 47 §).",
                "You are received in second hand. All who are received in first hand go before \
                 (SkolL 16 kap. 47 §).",
            )),
            ("reserve", "late") => self.reserve(&self.pick(
                "Ansökan kom in för sent. De som sökte i tid går före.",
                "The application came late. Those who applied in time go before.",
            )),
            ("reserve", "below_cutoff") if self.is_score(self.decided_by) => self.below_cutoff(),
            ("reserve", "below_cutoff" | "lost_tie") => self.lost_tie(),
            ("reserve", "seats_given_by_hand") => self.reserve(&self.pick(
                "Alla platser här har getts genom särskilda beslut.",
                "All seats here were given by decisions of their own.",
            )),
            ("reserve", _) => self.reserve(&self.pick(
                "Utbildningen har inga platser.",
                "The programme has no seats.",
            )),
            ("ineligible", "too_few_passes") => self.too_few_passes(),
            ("ineligible", "too_old") => self.pick(
                "Du är inte behörig: gymnasiet måste börjas senast första halvåret det år man \
                 fyller 20 (SkolL 15 kap. 5 §).",
                "You are not eligible: upper-secondary school must begin at the latest in the \
                 first half of the year in which one turns 20 (SkolL 15 kap. 5 §).",
            ),
            ("ineligible", "finished_programme") => self.pick(
                "Du är inte behörig: du har redan gått ut ett nationellt program (SkolL 15 kap. 6 §).",
                "You are not eligible: you have completed a national programme (SkolL 15 kap. 6 §).",
            ),
            ("ineligible", _) => self.subjects_missing(),
            ("not_received", _) => self.pick(
                "Du är inte mottagen till den här utbildningen. Beslutet kan överklagas (SkolL 16 kap. 36 §).",
                "You are not received at this programme. The decision can be appealed (SkolL 16 kap. 36 §).",
            ),
            ("withdrawn", _) => {
                self.pick("Du har tagit tillbaka valet.", "You have withdrawn the choice.")
            }
            ("struck", _) => self.pick(
                "Valet prövades inte, eftersom du är antagen till ett val som du har rangordnat högre.",
                "The choice was not considered, because you are admitted to one that you ranked higher.",
            ),
            (status, reason) => format!("{status}: {reason}"),
        }
    }

    fn admitted(&self) -> String {
        let standing = self.standing();
        let tie = match self.decided_by {
            key if self.is_score(key) => String::new(),
            _ => format!(" {}", self.tie()),
        };
        match self.language {
            Language::Sv => format!("Du är antagen. {standing}{tie}"),
            Language::En => format!("You are admitted. {standing}{tie}"),
        }
    }

    fn below_cutoff(&self) -> String {
        self.reserve(&(self.standing() + &self.enough()))
    }

    fn lost_tie(&self) -> String {
        self.reserve(&format!("{} {}", self.standing(), self.tie()))
    }

    /// The applicant's own figure beside the programme's.
    fn standing(&self) -> String {
        let (own, cutoff) = (self.own(), self.limit());
        match self.language {
            Language::Sv => format!("Du har {own}; antagningsgränsen blev {cutoff}."),
            Language::En => format!("You have {own}; the cutoff is {cutoff}."),
        }
    }

    fn tie(&self) -> String {
        let key = self.key(self.decided_by);
        match self.language {
            Language::Sv => format!("Platserna räckte inte till alla; {key} avgjorde."),
            Language::En => format!("There were not seats for everyone; {key} decided."),
        }
    }

    /// What would have been enough, which only a ranking that is the same everywhere can tell: with
    /// scores of their own, those whom the applicant displaces may come back before them here.
    fn enough(&self) -> String {
        if !self.by_merit_first {
            return String::new();
        }
        let cutoff = self.limit();
        let tie = if self.is_score(self.last_key) {
            String::new()
        } else {
            let key = self.key(self.last_key);
            match self.language {
                Language::Sv => format!(" Med exakt {cutoff} hade {key} kunnat avgöra."),
                Language::En => format!(" With exactly {cutoff}, {key} could have decided."),
            }
        };
        if self.cutoff.is_some_and(|cutoff| cutoff >= self.highest_merit) {
            return tie;
        }
        match self.language {
            Language::Sv => format!(" Mer än {cutoff} hade räckt.{tie}"),
            Language::En => format!(" More than {cutoff} would have been enough.{tie}"),
        }
    }

    fn reserve(&self, why: &str) -> String {
        let position = self.reserve_position;
        match self.language {
            Language::Sv => format!("Du är reserv nummer {position}. {why}"),
            Language::En => format!("You are number {position} on the reserve list. {why}"),
        }
    }

    fn subjects_missing(&self) -> String {
        let (missing, provision) = (&self.missing, self.provision);
        match self.language {
            Language::Sv => {
                format!("Du är inte behörig: du saknar godkänt betyg i {missing} ({provision}).")
            }
            Language::En => {
                format!("You are not eligible: you have no pass in {missing} ({provision}).")
            }
        }
    }

    fn too_few_passes(&self) -> String {
        let (passes, needed) = self.missing.split_once('/').unwrap_or((&self.missing, "?"));
        let provision = self.provision;
        match self.language {
            Language::Sv => format!(
                "Du är inte behörig: du har godkänt betyg i {passes} ämnen, men det krävs {needed} \
                 ({provision})."
            ),
            Language::En => format!(
                "You are not eligible: you have passed {passes} subjects, but {needed} are needed \
                 ({provision})."
            ),
        }
    }

    fn own(&self) -> String {
        let score = self.language.score(self.score);
        match (self.graded, self.language) {
            (true, Language::Sv) => format!("meritvärdet {score}"),
            (true, Language::En) => format!("a merit value of {score}"),
            (false, Language::Sv) => format!("{score} poäng"),
            (false, Language::En) => format!("a score of {score}"),
        }
    }

    fn limit(&self) -> String {
        self.cutoff.map_or("–".to_owned(), |cutoff| self.language.score(cutoff))
    }

    fn is_score(&self, key: &str) -> bool {
        matches!(key, "merit" | "score" | "")
    }

    fn key(&self, key: &str) -> String {
        match key {
            "merit" => self.pick("meritvärdet", "the merit value"),
            "score" => self.pick("poängen", "the score"),
            "on_time" => self.pick("ansökningsdagen", "the day of application"),
            "reception" => self.pick("mottagandet", "the reception"),
            "choice_rank" => {
                self.pick("hur högt valet var rangordnat", "how high the choice was ranked")
            }
            "grade_points" => self
                .pick("betygspoängen utan språkpoäng", "the grade points without language points"),
            "grade_count" => self.pick("antalet godkända ämnen", "the number of passed subjects"),
            "lottery" => self.pick("lottning", "a lottery"),
            other => other.to_owned(),
        }
    }

    fn pick(&self, sv: &str, en: &str) -> String {
        self.language.pick(sv, en).to_owned()
    }
}
