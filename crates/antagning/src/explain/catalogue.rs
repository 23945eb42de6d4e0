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
            ("admitted", _) => self.admitted(),
            ("reserve", "below_cutoff") => self.below_cutoff(),
            ("reserve", "lost_tie") => self.lost_tie(),
            ("reserve", _) => self.reserve(&self.pick(
                "Utbildningen har inga platser.",
                "The programme has no seats.",
            )),
            ("ineligible", "too_few_passes") => self.too_few_passes(),
            ("ineligible", _) => self.subjects_missing(),
            ("struck", _) => self.pick(
                "Valet prövades inte, eftersom du är antagen till ett val som du satt högre.",
                "The choice was not considered, because you are admitted to one that you ranked higher.",
            ),
            (status, reason) => format!("{status}: {reason}"),
        }
    }

    fn admitted(&self) -> String {
        let (own, cutoff) = (self.own(), self.limit());
        let key = self.key(self.decided_by);
        if self.cutoff == Some(self.score) && !self.is_score(self.decided_by) {
            return match self.language {
                Language::Sv => format!(
                    "Du är antagen. Du har {own}, vilket är det lägsta som antogs. Alla med det \
                     värdet fick inte plats; {key} avgjorde."
                ),
                Language::En => format!(
                    "You are admitted. You have {own}, the lowest that was admitted. Not everyone \
                     with it got a seat; {key} decided."
                ),
            };
        }
        match self.language {
            Language::Sv => {
                format!("Du är antagen. Du har {own}; det lägsta som antogs är {cutoff}.")
            }
            Language::En => {
                format!("You are admitted. You have {own}; the lowest admitted is {cutoff}.")
            }
        }
    }

    fn below_cutoff(&self) -> String {
        let (own, cutoff) = (self.own(), self.limit());
        let tie = if self.is_score(self.last_key) {
            String::new()
        } else {
            let key = self.key(self.last_key);
            match self.language {
                Language::Sv => format!(" Med exakt {cutoff} hade {key} kunnat avgöra."),
                Language::En => format!(" With exactly {cutoff}, {key} could have decided."),
            }
        };
        let text = match self.language {
            Language::Sv => format!(
                "Du har {own}; det lägsta som antogs är {cutoff}. Mer än {cutoff} hade räckt.{tie}"
            ),
            Language::En => format!(
                "You have {own}; the lowest admitted is {cutoff}. More than {cutoff} would have \
                 been enough.{tie}"
            ),
        };
        self.reserve(&text)
    }

    fn lost_tie(&self) -> String {
        let (own, cutoff, key) = (self.own(), self.limit(), self.key(self.decided_by));
        let text = match self.language {
            Language::Sv => format!(
                "Du har {own} och det lägsta som antogs är {cutoff}. Platserna räckte inte till \
                 alla; {key} avgjorde."
            ),
            Language::En => format!(
                "You have {own} and the lowest admitted is {cutoff}. There were not seats for \
                 everyone; {key} decided."
            ),
        };
        self.reserve(&text)
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
                format!("Du är inte behörig: du saknar godkänt betyg i {missing}. ({provision})")
            }
            Language::En => {
                format!("You are not eligible: you have no pass in {missing}. ({provision})")
            }
        }
    }

    fn too_few_passes(&self) -> String {
        let (passes, needed) = self.missing.split_once('/').unwrap_or((&self.missing, "?"));
        let provision = self.provision;
        match self.language {
            Language::Sv => format!(
                "Du är inte behörig: du har godkänt betyg i {passes} ämnen och det krävs {needed}. \
                 ({provision})"
            ),
            Language::En => format!(
                "You are not eligible: you have passed {passes} subjects and {needed} are needed. \
                 ({provision})"
            ),
        }
    }

    fn own(&self) -> String {
        format!(
            "{} {}",
            self.key(if self.graded { "merit" } else { "score" }),
            self.language.score(self.score)
        )
    }

    fn limit(&self) -> String {
        self.cutoff.map_or("–".to_owned(), |cutoff| self.language.score(cutoff))
    }

    fn is_score(&self, key: &str) -> bool {
        matches!(key, "merit" | "score" | "")
    }

    fn key(&self, key: &str) -> String {
        match key {
            "merit" => self.pick("meritvärde", "merit"),
            "score" => self.pick("poäng", "score"),
            "reception" => self.pick("mottagandet", "reception"),
            "choice_rank" => {
                self.pick("hur högt valet var rangordnat", "how high the choice was ranked")
            }
            "grade_points" => {
                self.pick("betygspoängen utan språkval", "grade points without the language choice")
            }
            "grade_count" => self.pick("antalet godkända ämnen", "the number of passed subjects"),
            "lottery" => self.pick("lottning", "a lottery"),
            other => other.to_owned(),
        }
    }

    fn pick(&self, sv: &str, en: &str) -> String {
        self.language.pick(sv, en).to_owned()
    }
}
