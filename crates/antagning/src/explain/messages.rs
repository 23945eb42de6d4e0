//! The message catalogue: every sentence and phrase in Swedish and English, plain enough for a
//! fifteen-year-old. Nothing else in the explanations holds words for people.

use crate::language::Language;

/// A sentence or phrase with `{places}` to fill in.
#[derive(Clone, Copy)]
pub(super) struct Message {
    sv: &'static str,
    en: &'static str,
}

impl Message {
    /// The message as it stands.
    pub(super) fn text(self, language: Language) -> &'static str {
        language.pick(self.sv, self.en)
    }

    /// The message with values in its places; what is filled in is never searched for places.
    pub(super) fn fill(self, language: Language, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let mut rest = self.text(language);
        while let Some((before, after)) = rest.split_once('{') {
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            let value = values.iter().find(|(name, _)| *name == place);
            debug_assert!(value.is_some(), "nothing for {{{place}}}");
            text.push_str(before);
            text.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        text + rest
    }
}

macro_rules! messages {
    ($($name:ident { sv: $sv:literal, en: $en:literal })*) => {
        $(pub(super) const $name: Message = Message { sv: $sv, en: $en };)*

        /// Every message with its name.
        #[cfg(test)]
        const ALL: &[(&str, Message)] = &[$((stringify!($name), $name)),*];
    };
}

// What became of all choices together.
messages! {
    PLACED {
        sv: "Du föreslås bli antagen till {title}.",
        en: "You are proposed for admission to {title}."
    }
    KEEPS {
        sv: "Du behåller din plats: {title}.",
        en: "You keep your seat: {title}."
    }
    NOT_PLACED {
        sv: "Du föreslås inte bli antagen till något av dina val.",
        en: "You are not proposed for admission to any of your choices."
    }
    NO_CHOICES {
        sv: "Du har inga val i den här antagningen.",
        en: "You have no choices in this admission."
    }
    PROPOSAL {
        sv: "Det här är ett förslag. En människa granskar det och fattar beslutet (för kommunala \
             skolor: KL 6 kap. 38 §).",
        en: "This is a proposal. A human official reviews it and decides (at municipal schools: \
             KL 6 kap. 38 §)."
    }
    PRELIMINARY {
        sv: "Det här är den preliminära antagningen. Den är inte bindande.",
        en: "This is the preliminary round. It is not binding."
    }
    PRELIMINARY_GRADED {
        sv: "Det här är den preliminära antagningen. Den är inte bindande, och för den som inte \
             har slutbetyg bygger den på höstterminens betyg (GyF 7 kap. 7 §).",
        en: "This is the preliminary round. It is not binding, and for those without final grades \
             it builds on the grades of the autumn term (GyF 7 kap. 7 §)."
    }
    APPEAL {
        sv: "När beslutet är fattat kan du överklaga att du inte har bedömts vara behörig eller \
             inte har blivit mottagen. Skriv till Skolväsendets överklagandenämnd inom tre veckor \
             från den dag du fick beslutet (SkolL 16 kap. 36 § och 28 kap.).",
        en: "Once it is decided, you can appeal if you were found not eligible or were not \
             received. Write to Skolväsendets överklagandenämnd within three weeks from the day \
             you got the decision (SkolL 16 kap. 36 § and 28 kap.)."
    }
    NO_APPEAL {
        sv: "Beslutet om antagning, alltså vem som får platserna, kan inte överklagas \
             (SkolL 28 kap. 18 §).",
        en: "The decision on admission, that is on who gets the seats, cannot be appealed \
             (SkolL 28 kap. 18 §)."
    }

    // What is proposed.
    ADMITTED {
        sv: "Du föreslås bli antagen.",
        en: "You are proposed for admission."
    }
    ADMITTED_IN {
        sv: "Du föreslås bli antagen i urvalsgruppen {group}.",
        en: "You are proposed for admission in the quota group {group}."
    }
    RESERVE {
        sv: "Du föreslås bli reserv nummer {position}.",
        en: "You are proposed as number {position} on the reserve list."
    }
    RESERVE_IN {
        sv: "Du föreslås bli reserv nummer {position} i urvalsgruppen {group}.",
        en: "You are proposed as number {position} on the reserve list of the quota group {group}."
    }
    CONSIDERED_IN {
        sv: "Du prövades i urvalsgrupperna {groups}.",
        en: "You were considered in the quota groups {groups}."
    }
    DECISIONS {
        sv: "Beslut som gäller valet: {kinds}.",
        en: "Decisions about the choice: {kinds}."
    }
    EVENTS {
        sv: "Detta har hänt med valet: {kinds}.",
        en: "This has happened with the choice: {kinds}."
    }
    MOVED_BACKWARDS {
        sv: "Förra gången var du reserv nummer {before}. Nu är du nummer {now}, eftersom någon \
             som inte stod före dig då gör det nu. Reservnumren räknas om i varje omgång.",
        en: "Last time you were number {before} on the reserve list. You are number {now} now, \
             because someone who did not stand before you then does now. Reserve numbers are \
             counted anew in every round."
    }

    // Why, where a ranking decided.
    SEATS_FOR_ALL {
        sv: "Alla behöriga som ville gå här fick plats.",
        en: "Every eligible applicant who wanted a seat here got one."
    }
    SEATS_FOR_ALL_IN {
        sv: "Alla som gruppen är öppen för och som ville gå här fick plats i den.",
        en: "Everyone whom the group is open to and who wanted a seat here got one in it."
    }
    PLACED_BY_HAND {
        sv: "Det bygger på ett särskilt beslut.",
        en: "This follows a decision of its own."
    }
    SECOND_HAND {
        sv: "Du är mottagen i andra hand. Alla som är mottagna i första hand går före{source}.",
        en: "You are received in second hand. All who are received in first hand go \
             before{source}."
    }
    LATE {
        sv: "Ansökan kom in för sent. De som sökte i tid går före.",
        en: "The application came late. Those who applied in time go before."
    }
    SEATS_GIVEN_BY_HAND {
        sv: "Alla platser här ges genom särskilda beslut.",
        en: "All seats here are given by decisions of their own."
    }
    NO_SEATS {
        sv: "Utbildningen har inga platser.",
        en: "The programme has no seats."
    }
    NO_SEATS_IN {
        sv: "Urvalsgruppen har inga platser.",
        en: "The quota group has no seats."
    }
    EQUALS_REJECTED {
        sv: "De som står lika får plats tillsammans eller inte alls, och platserna räckte inte \
             till alla som står lika med dig.",
        en: "Those who stand equal get seats together or not at all, and there were not seats for \
             all who stand equal with you."
    }
    BEHIND_OTHERS {
        sv: "Platserna räckte inte till alla, och andra står före dig i rangordningen.",
        en: "There were not seats for everyone, and others stand before you in the ranking."
    }
    STANDING {
        sv: "Du har {own}; antagningsgränsen är {limit}.",
        en: "You have {own}; the cutoff is {limit}."
    }
    OWN {
        sv: "Du har {own}.",
        en: "You have {own}."
    }
    LIMIT_HIDDEN {
        sv: "Antagningsgränsen visas inte, eftersom färre än {few} föreslås bli antagna.",
        en: "The cutoff is not shown, because fewer than {few} are proposed for admission."
    }
    ON_LIST {
        sv: "Du står på plats {place} på listan för fri kvot.",
        en: "You stand in place {place} on the list of the free quota."
    }
    BEHIND_ON_LIST {
        sv: "De som föreslås bli antagna står före dig på listan{source}.",
        en: "Those who are proposed for admission stand before you on the list{source}."
    }
    BEHIND_ON_LIST_BEFORE {
        sv: "I urvalsgruppen {group} står du på plats {place} på listan för fri kvot; de som \
             föreslås bli antagna där går före dig (GyF 7 kap. 3 §).",
        en: "In the quota group {group} you stand in place {place} on the list of the free quota; \
             those who are proposed for admission there go before you (GyF 7 kap. 3 §)."
    }
    TIE {
        sv: "Platserna räckte inte till alla; {key} avgjorde.",
        en: "There were not seats for everyone; {key} decided."
    }
    MORE_ENOUGH {
        sv: "Mer än {limit} hade räckt.",
        en: "More than {limit} would have been enough."
    }
    AT_LEAST_ENOUGH {
        sv: "Minst {limit} hade räckt.",
        en: "At least {limit} would have been enough."
    }
    EXACT_TIE {
        sv: "Med exakt {limit} hade {key} kunnat avgöra.",
        en: "With exactly {limit}, {key} could have decided."
    }

    // What an earlier round left.
    HOLDS {
        sv: "Du har redan en plats här och behåller den. Ingen kan ta den ifrån dig.",
        en: "You have a seat here already and keep it. Nobody can take it from you."
    }
    HOLDS_IN {
        sv: "Du har redan en plats här, i urvalsgruppen {group}, och behåller den. Ingen kan ta \
             den ifrån dig.",
        en: "You have a seat here already, in the quota group {group}, and keep it. Nobody can \
             take it from you."
    }
    SEATS_HELD {
        sv: "Platserna är redan tagna. De som fick dem i en tidigare omgång behåller dem, också \
             den som skulle stå efter dig nu.",
        en: "The seats are taken already. Those who got them in an earlier round keep them, even \
             anyone who would stand behind you now."
    }
    OFFERED_BY_PHONE {
        sv: "Det finns en plats för dig här: antagningskansliet ringer och frågar om du vill ha \
             den.",
        en: "There is a seat for you here: the admission office calls and asks whether you want \
             it."
    }
    SEATS_BY_PHONE {
        sv: "Här finns platser kvar, och de erbjuds först andra, per telefon.",
        en: "There are seats left here, and they are offered to others first, by phone."
    }
    ANSWERED_NO {
        sv: "Du har tackat nej. Därför är valet inte kvar.",
        en: "You have declined. The choice is therefore closed."
    }
    NO_SHOW {
        sv: "Du kom inte när utbildningen började. Därför är valet inte kvar.",
        en: "You did not come when the programme began. The choice is therefore closed."
    }
    NOT_WAITING {
        sv: "Du behåller den plats som du har och står inte på reservlistan för det här valet.",
        en: "You keep the seat that you have and do not wait on the reserve list for this choice."
    }

    // Why the choice took no part in a ranking.
    SUBJECTS_MISSING {
        sv: "Du är inte behörig: du saknar godkänt betyg i {missing}{source}.",
        en: "You are not eligible: you have no pass in {missing}{source}."
    }
    TOO_FEW_PASSES {
        sv: "Du är inte behörig: du har godkänt betyg i {own} ämnen, men det krävs {needed}{source}.",
        en: "You are not eligible: you have passed {own} subjects, but {needed} are needed{source}."
    }
    TOO_LOW_MEAN {
        sv: "Du är inte behörig: medelvärdet av dina betyg är {own}, men det krävs minst \
             {needed}{source}.",
        en: "You are not eligible: the mean of your grades is {own}, but at least {needed} is \
             needed{source}."
    }
    TOO_OLD {
        sv: "Du är inte behörig: gymnasiet måste börjas senast första halvåret det år man fyller \
             20{source}.",
        en: "You are not eligible: upper-secondary school must begin at the latest in the first \
             half of the year in which one turns 20{source}."
    }
    UNFINISHED_SCHOOL {
        sv: "Du är inte behörig: du har inte avslutat grundskolan eller motsvarande \
             utbildning{source}.",
        en: "You are not eligible: you have not finished compulsory school or an equivalent \
             education{source}."
    }
    NO_RIGHT {
        sv: "Du är inte behörig: du har inte rätt till utbildning i Sverige{source}.",
        en: "You are not eligible: you have no right to education in Sweden{source}."
    }
    FINISHED_PROGRAMME {
        sv: "Du är inte behörig: du har redan gått ut ett nationellt program{source}.",
        en: "You are not eligible: you have completed a national programme{source}."
    }
    ELIGIBLE_FOR_TARGET {
        sv: "Introduktionsprogrammet är för den som inte är behörig till programmet som det \
             leder till, och dit är du behörig{source}.",
        en: "The introductory programme is for those who are not eligible for the programme that \
             it leads to, and you are eligible for that one{source}."
    }
    ELIGIBLE_FOR_VOCATIONAL {
        sv: "Introduktionsprogrammet är för den som inte är behörig till ett yrkesprogram, och \
             det är du{source}.",
        en: "The introductory programme is for those who are not eligible for a vocational \
             programme, and you are eligible for one{source}."
    }
    NO_GROUP_OPEN {
        sv: "Platserna är delade på urvalsgrupper, och ingen av dem är öppen för dig. Det här \
             fattas, till en grupp eller flera: {unmet}{source}.",
        en: "The seats are divided among quota groups, and none of them is open to you. This is \
             lacking, for one group or several: {unmet}{source}."
    }
    ONLY_BY_HAND {
        sv: "Platserna här ges bara genom särskilda beslut, och något sådant finns inte för dig.",
        en: "The seats here are only given by decisions of their own, and there is none for you."
    }
    INDIVIDUAL_PLACEMENT {
        sv: "Hit kommer elever en och en genom särskilda beslut; ingen rangordnas{source}.",
        en: "Pupils come here one by one, by decisions of their own; nobody is ranked{source}."
    }
    NOT_RECEIVED {
        sv: "Du är inte mottagen till den här utbildningen. Det beslutet kan överklagas{source}.",
        en: "You are not received at this programme. That decision can be appealed{source}."
    }
    WITHDRAWN {
        sv: "Du har tagit tillbaka valet.",
        en: "You have withdrawn the choice."
    }
    STRUCK {
        sv: "Valet prövas inte, eftersom du föreslås bli antagen till ett val som du har \
             rangordnat högre.",
        en: "The choice is not considered, because you are proposed for admission to one that you \
             ranked higher."
    }
    OFFER_CLOSED {
        sv: "Utbildningen är stängd för fler antagna. De som redan har en plats behåller den.",
        en: "The programme is closed to further admissions. Those who have a seat already keep it."
    }
    UNKNOWN_REASON {
        sv: "Skälet kan inte visas i ord; fråga antagningskansliet.",
        en: "The reason cannot be told in words; ask the admission office."
    }

    // Figures.
    OWN_MERIT { sv: "meritvärdet {score}", en: "a merit value of {score}" }
    OWN_SCORE { sv: "{score} poäng", en: "a score of {score}" }
    OWN_TEST { sv: "{score} poäng på färdighetsprovet", en: "{score} points in the skill test" }
    OWN_TEST_TIMES {
        sv: "{score} poäng på färdighetsprovet, räknat gånger {factor}",
        en: "{score} points in the skill test, counted {factor} times"
    }
    OWN_MERIT_AND_TEST {
        sv: "{score} i meritvärde och provpoäng tillsammans",
        en: "{score} in merit value and test points together"
    }
    OWN_MERIT_AND_TEST_TIMES {
        sv: "{score} i meritvärde och provpoäng (gånger {factor}) tillsammans",
        en: "{score} in merit value and test points ({factor} times) together"
    }
    OWN_SCORE_AND_TEST {
        sv: "{score} i poäng och provpoäng tillsammans",
        en: "{score} in score and test points together"
    }
    OWN_SCORE_AND_TEST_TIMES {
        sv: "{score} i poäng och provpoäng (gånger {factor}) tillsammans",
        en: "{score} in score and test points ({factor} times) together"
    }

    // Keys of the chain.
    KEY_ON_TIME { sv: "ansökningsdagen", en: "the day of application" }
    KEY_RECEPTION { sv: "mottagandet i första eller andra hand", en: "the reception in first or second hand" }
    KEY_MERIT { sv: "meritvärdet", en: "the merit value" }
    KEY_SCORE { sv: "poängen", en: "the score" }
    KEY_CHOICE_RANK { sv: "hur högt valet var rangordnat", en: "how high the choice was ranked" }
    KEY_GRADE_POINTS {
        sv: "betygspoängen utan språkpoäng",
        en: "the grade points without language points"
    }
    KEY_GRADE_COUNT { sv: "antalet godkända ämnen", en: "the number of passed subjects" }
    KEY_LOTTERY { sv: "lottning", en: "a lottery" }
    KEY_TEST { sv: "färdighetsprovet", en: "the skill test" }
    KEY_MERIT_AND_TEST {
        sv: "meritvärdet och provpoängen tillsammans",
        en: "merit value and test points together"
    }
    KEY_SCORE_AND_TEST {
        sv: "poängen och provpoängen tillsammans",
        en: "score and test points together"
    }
    KEY_FREE_QUOTA { sv: "platsen på listan för fri kvot", en: "the place on the list of the free quota" }

    // What a quota group asks for and the applicant lacks.
    LACKS_TEST { sv: "färdighetsprov", en: "a skill test" }
    LACKS_TEST_PASS { sv: "godkänt färdighetsprov", en: "a passed skill test" }
    LACKS_TEST_POINTS {
        sv: "minst {points} poäng på färdighetsprovet",
        en: "at least {points} points in the skill test"
    }
    LACKS_SUBJECT { sv: "godkänt betyg i {subject}", en: "a pass in {subject}" }
    LACKS_GRADE { sv: "minst betyget {grade} i {subject}", en: "at least the grade {grade} in {subject}" }
    LACKS_FREE_QUOTA { sv: "plats på listan för fri kvot", en: "a place on the list of the free quota" }
    LACKS_SPORT { sv: "godkännande för idrotten", en: "an approval for the sport" }

    // What humans decided.
    ENGLISH_EXEMPTION {
        sv: "undantag från kravet på godkänt betyg i engelska",
        en: "an exemption from the pass in English"
    }
    EQUIVALENT_KNOWLEDGE {
        sv: "motsvarande kunskaper räknas som godkänt betyg",
        en: "equivalent knowledge counts as a pass"
    }
    NORDIC_APPLICANT {
        sv: "svenska räknas som godkänt för dig som nordisk sökande",
        en: "Swedish counts as passed for you as a Nordic applicant"
    }
    NEW_GRADE { sv: "nytt betyg", en: "a new grade" }
    DANCE_TRAINING {
        sv: "meritvärde efter förberedande dansarutbildning",
        en: "merit value after preparatory dance education"
    }
    RH_ADAPTED {
        sv: "Rh-anpassad utbildning, som får börjas ett år senare",
        en: "education adapted to reduced mobility, which may begin a year later"
    }
    UNFINISHED {
        sv: "du har inte avslutat grundskolan eller motsvarande",
        en: "you have not finished compulsory school or its equivalent"
    }
    WITHOUT_RIGHT {
        sv: "du har inte rätt till utbildning i Sverige",
        en: "you have no right to education in Sweden"
    }
    FINISHED { sv: "du har gått ut ett nationellt program", en: "you have completed a national programme" }
    FIRST_HAND { sv: "mottagen i första hand", en: "received in first hand" }
    IN_SECOND_HAND { sv: "mottagen i andra hand", en: "received in second hand" }
    NOT_RECEIVED_AT { sv: "inte mottagen", en: "not received" }
    FREE_QUOTA_PLACE { sv: "plats på listan för fri kvot", en: "a place on the list of the free quota" }
    SPORT_APPROVAL { sv: "godkänd för idrotten", en: "approved for the sport" }
    WITHDRAWAL { sv: "återtaget val", en: "a withdrawn choice" }
    LATE_APPLICATION { sv: "ansökan kom in för sent", en: "the application came late" }
    MANUAL_PLACEMENT { sv: "plats genom särskilt beslut", en: "a seat by a decision of its own" }
    ANSWER { sv: "ditt svar", en: "your answer" }
    ABSENCE { sv: "du kom inte till starten", en: "you did not come to the start" }
    CHANGED_CHOICES { sv: "ändrad rangordning", en: "a changed list" }
    GRADE_CORRECTED { sv: "rättat betyg", en: "a corrected grade" }
    APPEAL_WON { sv: "bifall på överklagande", en: "a won appeal" }
    SEAT_FILLED { sv: "plats som en människa har fyllt", en: "a seat that an official has filled" }
    OTHER_DECISION { sv: "annat beslut", en: "another decision" }

    // Small words.
    AND { sv: " och ", en: " and " }
    EITHER { sv: "{subject} (eller {other})", en: "{subject} (or {other})" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;
    use crate::language::Language;

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
    }

    #[test]
    fn both_languages_have_the_same_places() {
        assert!(ALL.len() > 60);
        for (name, message) in ALL {
            assert_eq!(places(message.sv), places(message.en), "{name}");
            assert_ne!(message.sv, message.en, "{name}");
        }
    }

    #[test]
    fn no_code_stands_in_a_message() {
        for (name, message) in ALL {
            for text in [message.sv, message.en] {
                assert!(!text.contains('_') && !text.contains("  "), "{name}: {text}");
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_not_searched_again() {
        let values = [("own", "{limit}"), ("limit", "5")];
        let text = super::STANDING.fill(Language::En, &values);
        assert_eq!(text, "You have {limit}; the cutoff is 5.");
    }
}
