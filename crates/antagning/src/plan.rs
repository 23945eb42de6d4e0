//! From settings as written to a plan: rule set, round, chain, lottery.

use antagning_formats::{Code, Diagnostic, Diagnostics, Grades, Setting, Settings, Spot};
use antagning_matching::TieRule;
use antagning_rules::{Chain, DanceRounding, Lottery, LotteryScope, RankingKey, RuleSet};

use crate::rounds::RoundSettings;

/// Which rules a season is run by.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) rule_set: RuleSet,
    pub(crate) round: &'static str,
    pub(crate) chain: Chain,
    pub(crate) lottery: Lottery,
    pub(crate) seed: String,
    /// What happens to equals for whom together the seats do not suffice; `None` when the chain
    /// parts everybody.
    pub(crate) at_cutoff: Option<TieRule>,
    pub(crate) dance_rounding: DanceRounding,
    pub(crate) rounds: RoundSettings,
}

/// The rule set that a season with grades is run by unless it names another.
const DEFAULT_RULE_SET: &str = "gymnasium-2025";

/// The rule set of a season that has scores and no grades.
const MARKET: &str = "market";

const CHOICES: &str = "choices.csv";

impl Plan {
    /// The round in which nothing binds.
    pub(crate) const PRELIMINARY: &'static str = "preliminary";

    /// The round that binds.
    pub(crate) const FINAL: &'static str = "final";

    /// A round that begins with the seats that applicants hold.
    pub(crate) const RESERVE: &'static str = "reserve";

    /// Reads the settings; what is wrong is reported. `None` only when no rule set can be told.
    /// What may merely follow from a fault already reported is passed over.
    pub(crate) fn read(
        season: &antagning_formats::Season,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let settings = &season.settings;
        if report.iter().any(|finding| finding.code == Code::MissingFolder) {
            return None;
        }
        let basis = Basis::of(season, report);
        let round = round(settings, report);
        let scope = scope(settings, report);
        let rule_set = rule_set(settings, basis, report)?;
        let (chain, sound) = chain(settings, &rule_set, scope, report)?;
        let sound = sound && !basis.doubtful_settings;
        let seed = settings.lottery_seed.as_ref().map(|seed| seed.text.clone());
        if sound && chain.draws_lots() && seed.is_none() {
            let message = "lots are drawn, but no seed is set; the draw uses an empty seed";
            let warning = Diagnostic::new(Code::NoLotterySeed, Settings::FILE, message);
            report.push(warning.column("lottery.seed"));
        }
        if chain.keys().contains(&RankingKey::ChoiceRank) {
            let message = "choice_rank in the chain makes truthful ranking no longer safe";
            let warning = Diagnostic::new(Code::UnsafeRanking, Settings::FILE, message);
            report.push(warning.column("ranking.keys"));
        }
        let seed = seed.unwrap_or_default();
        let at_cutoff = at_cutoff(season, sound.then_some(&chain), report);
        if at_cutoff.is_some() && sound {
            let message = "treating equals alike makes truthful ranking no longer safe";
            let warning = Diagnostic::new(Code::UnsafeRanking, Settings::FILE, message);
            let warning = warning.column("ranking.at_cutoff");
            report.push(warning.hint("draw lots instead to keep truthful ranking safe"));
        }
        let dance_rounding = dance_rounding(settings, report);
        let rounds = RoundSettings::read(settings, report);
        let lottery = Lottery::new(&seed, scope);
        Some(Self { rule_set, round, chain, lottery, seed, at_cutoff, dance_rounding, rounds })
    }
}

fn finding(code: Code, key: &str, setting: &Setting, message: &str) -> Diagnostic {
    Diagnostic::new(code, Settings::FILE, message)
        .line(setting.line)
        .column(key)
        .value(&setting.text)
}

/// What a season can be ranked by, as far as its files could be read.
#[derive(Clone, Copy)]
struct Basis {
    graded: bool,
    scored: bool,
    /// Files with a fault: what they do not have may stand in what could not be read.
    doubtful_settings: bool,
    doubtful_choices: bool,
    doubtful_grades: bool,
}

impl Basis {
    fn of(season: &antagning_formats::Season, report: &Diagnostics) -> Self {
        Self {
            graded: season.grades.is_some(),
            scored: season.choices.score.is_some(),
            doubtful_settings: report.has_error_in(Settings::FILE),
            doubtful_choices: report.has_error_in(CHOICES),
            doubtful_grades: report.has_error_in(Grades::FILE),
        }
    }

    fn is_in_doubt(self) -> bool {
        self.doubtful_choices || self.doubtful_grades
    }
}

fn rule_set(settings: &Settings, basis: Basis, report: &mut Diagnostics) -> Option<RuleSet> {
    let Basis { graded, scored, .. } = basis;
    // By the default's scale and programmes a season of another rule set is all faults.
    let unsaid = settings.rule_set.is_none();
    if unsaid && (basis.doubtful_settings || !graded && !scored && basis.is_in_doubt()) {
        return None;
    }
    let default = if scored && !graded { MARKET } else { DEFAULT_RULE_SET };
    let name = settings.rule_set.as_ref().map_or(default, |setting| setting.text.as_str());
    let Some(rule_set) = RuleSet::built_in(name) else {
        let names: Vec<_> = RuleSet::names().collect();
        if let Some(setting) = &settings.rule_set {
            let fault =
                finding(Code::UnknownRuleSet, "rule_set", setting, "there is no such rule set");
            report.push(fault.hint(format!("built in are: {}", names.join(", "))));
        }
        return None;
    };
    let by_grades = rule_set.grades().is_some();
    if by_grades && !graded && !basis.doubtful_grades {
        let message = format!("the rule set {name} ranks by grades, but there is no grades.csv");
        report.push(Diagnostic::new(Code::NothingToRankBy, Grades::FILE, message));
    }
    if !by_grades && !scored && !basis.doubtful_choices {
        let message = format!("the rule set {name} ranks by scores, but there are none");
        report.push(Diagnostic::new(Code::NothingToRankBy, CHOICES, message).column("score"));
    }
    if by_grades && scored {
        let message = format!("the rule set {name} ranks by grades; the scores are not used");
        report.push(Diagnostic::new(Code::UnusedScores, CHOICES, message).column("score"));
    }
    if !by_grades && graded {
        let message = format!("the rule set {name} ranks by scores; the grades are not used");
        report.push(Diagnostic::new(Code::UnusedGrades, Grades::FILE, message));
    }
    Some(rule_set)
}

fn round(settings: &Settings, report: &mut Diagnostics) -> &'static str {
    const ROUNDS: [&str; 3] = [Plan::FINAL, Plan::PRELIMINARY, Plan::RESERVE];
    let Some(setting) = &settings.round else { return ROUNDS[0] };
    if let Some(round) = ROUNDS.into_iter().find(|round| *round == setting.text) {
        return round;
    }
    report.push(finding(Code::UnknownRound, "round", setting, "there is no such round"));
    ROUNDS[0]
}

fn scope(settings: &Settings, report: &mut Diagnostics) -> LotteryScope {
    match settings.lottery_scope.as_ref().map(|setting| (setting, setting.text.as_str())) {
        None | Some((_, "applicant")) => LotteryScope::Applicant,
        Some((_, "programme")) => LotteryScope::Programme,
        Some((setting, _)) => {
            report.push(finding(
                Code::UnknownScope,
                "lottery.scope",
                setting,
                "there is no such scope",
            ));
            LotteryScope::Applicant
        }
    }
}

/// What happens to equals at the cutoff, beside a chain that is known.
fn at_cutoff(
    season: &antagning_formats::Season,
    chain: Option<&Chain>,
    report: &mut Diagnostics,
) -> Option<TieRule> {
    const KEY: &str = "ranking.at_cutoff";
    let setting = season.settings.at_cutoff.as_ref()?;
    let rule = match setting.text.as_str() {
        "break" => return None,
        "admit_all" => TieRule::AdmitAll,
        "reject_all" => TieRule::RejectAll,
        _ => {
            let fault =
                finding(Code::UnknownSetting, KEY, setting, "there is no such rule for ties");
            report.push(fault.hint("write break, admit_all or reject_all"));
            return None;
        }
    };
    let clash = if chain.is_some_and(Chain::draws_lots) {
        "a lottery leaves no equals to admit or reject together"
    } else if !season.quota_groups.is_empty() {
        "seats that pass on between quota groups and equals that are treated together do not mix"
    } else {
        return Some(rule);
    };
    let fault = finding(Code::FaultyChain, KEY, setting, clash);
    report
        .push(fault.hint("set at_cutoff = \"break\", or remove the lottery and the quota groups"));
    None
}

fn dance_rounding(settings: &Settings, report: &mut Diagnostics) -> DanceRounding {
    let Some(setting) = &settings.dance_rounding else { return DanceRounding::default() };
    DanceRounding::parse(&setting.text).unwrap_or_else(|| {
        let fault = finding(
            Code::UnknownSetting,
            "merit.dance_rounding",
            setting,
            "there is no such rounding",
        );
        let names: Vec<_> = DanceRounding::ALL.iter().map(|rounding| rounding.name()).collect();
        report.push(fault.hint(format!("write one of {}", names.join(", "))));
        DanceRounding::default()
    })
}

/// The chain, and whether it is the one that was asked for: with a faulty one the rule set's own
/// takes its place, so that the rest of the season is still checked.
fn chain(
    settings: &Settings,
    rule_set: &RuleSet,
    scope: LotteryScope,
    report: &mut Diagnostics,
) -> Option<(Chain, bool)> {
    let mut known = true;
    let keys: Vec<RankingKey> = match &settings.ranking_keys {
        None => rule_set.default_keys().to_vec(),
        Some(keys) => keys
            .iter()
            .filter_map(|setting| {
                let key = RankingKey::parse(&setting.text);
                if key.is_none() {
                    known = false;
                    let message = "there is no such ranking key";
                    report.push(finding(Code::UnknownRankingKey, "ranking.keys", setting, message));
                }
                key
            })
            .collect(),
    };
    let graded = rule_set.grades().is_some();
    if known {
        match Chain::new(&keys, scope, graded) {
            Ok(chain) => return Some((chain, true)),
            Err(error) => {
                let fault = Diagnostic::new(Code::FaultyChain, Settings::FILE, error.to_string());
                let start = Spot { line: 1, position: 0 };
                let fault = fault.at(settings.ranking_at.unwrap_or(start));
                report.push(fault.column("ranking.keys"));
            }
        }
    }
    Chain::new(rule_set.default_keys(), scope, graded).ok().map(|chain| (chain, false))
}
