//! A season run by the rules and the matching, in memory.

use std::sync::LazyLock;

use antagning_matching::{ApplicantIx, deferred_acceptance};
use antagning_rules::{
    Assessment, Assessor, Basis, Chain, Condition, DanceRounding, Dossiers, Grade, GradeRules,
    GroupRanking, Lottery, LotteryIds, LotteryScope, QuotaGroup, Quotas, RankingKey, Reception,
    RuleSet, Ruling, Score, TestResult,
};

use crate::season::{Placed, SEED, SUBJECTS, Season};

static RULES: LazyLock<GradeRules> = LazyLock::new(|| {
    let rule_set = RuleSet::built_in("gymnasium-2025").expect("built in");
    rule_set.grades().expect("a rule set of grades").clone()
});

static ASSESSOR: LazyLock<Assessor> =
    LazyLock::new(|| RULES.assessor(&SUBJECTS, DanceRounding::Exact));

struct Ids<'a>(&'a Season);

impl LotteryIds for Ids<'_> {
    fn applicant(&self, applicant: usize) -> &str {
        &self.0.applicants[applicant].id
    }

    fn programme(&self, programme: usize) -> &str {
        &self.0.programmes[programme].id
    }
}

fn scope(season: &Season) -> LotteryScope {
    if season.lots_by_programme { LotteryScope::Programme } else { LotteryScope::Applicant }
}

fn chain(season: &Season) -> Chain {
    let keys: Vec<RankingKey> =
        season.keys.iter().map(|key| RankingKey::parse(key).expect("a key")).collect();
    Chain::new(&keys, scope(season), true).expect("a sound chain")
}

fn quotas(season: &Season, chain: &Chain) -> Quotas {
    let (mut offsets, mut groups) = (vec![0], Vec::new());
    for programme in &season.programmes {
        for (number, group) in programme.groups.iter().enumerate() {
            let ranking = GroupRanking::parse(group.ranked_by, true).expect("a ranking");
            let open_to = Condition::parse_all(group.open_to, Some(&RULES)).expect("conditions");
            let unfilled_to = group.unfilled_to.map(|later| later as u32);
            let ranked_by = (group.ranked_by.to_owned(), ranking);
            let name = format!("g{number}");
            let group = QuotaGroup::new(name, group.seats, unfilled_to, ranked_by, open_to, chain);
            groups.push(group);
        }
        offsets.push(groups.len() as u32);
    }
    Quotas::new(offsets, groups)
}

/// Where everybody is placed.
pub(crate) fn place(season: &Season) -> Vec<Placed> {
    let chain = chain(season);
    let quotas = quotas(season, &chain);
    let seats: Vec<u32> = season.programmes.iter().map(|p| p.capacity()).collect();
    let rule_of: Vec<_> =
        season.programmes.iter().map(|p| RULES.study_path(p.path).expect("a path")).collect();
    let (mut offsets, mut programme, mut rulings) = (vec![0], Vec::new(), Vec::new());
    let (mut cells, mut tests, mut dancers) = (Vec::new(), Vec::new(), Vec::new());
    let english = ASSESSOR.subject_mask("EN").expect("a subject");
    for (number, applicant) in season.applicants.iter().enumerate() {
        dancers.extend(Some(number as u32).filter(|_| applicant.dancer));
        let grade = |grade: &char| RULES.scale().grade(&grade.to_string()).unwrap_or(Grade::NONE);
        cells.extend(applicant.grades.iter().map(grade));
        for wish in &applicant.wishes {
            let points =
                |halves: u32| Score::from_ten_thousandths(u64::from(halves) * Score::ONE / 2);
            let result = |(halves, passed)| {
                (
                    programme.len() as u32,
                    TestResult { points: points(halves), passed: Some(passed) },
                )
            };
            tests.extend(wish.test.map(result));
            programme.push(wish.programme as u32);
            rulings.push(Ruling {
                reception: match wish.second_hand {
                    true => Reception::SecondHand,
                    false => Reception::FirstHand,
                },
                late: wish.late,
                withdrawn: wish.withdrawn,
                passed: if wish.english_exemption { english } else { 0 },
                sport_approved: wish.sport_approval,
                free_quota_rank: wish.free_quota,
                placed_by_hand: wish.by_hand,
                hand_group: wish.hand_group.map(|group| group as u16),
                closed: None,
            });
        }
        offsets.push(programme.len() as u32);
    }
    let basis = Basis::Grades {
        assessor: &ASSESSOR,
        cells: &cells,
        columns: SUBJECTS.len(),
        rule_of: &rule_of,
    };
    let dossiers = Dossiers {
        seats: &seats,
        offsets: &offsets,
        programme: &programme,
        basis,
        rulings: &rulings,
        quotas: &quotas,
        tests: &tests,
        dancers: &dancers,
    };
    let lottery = Lottery::new(SEED, scope(season));
    let assessment = Assessment::new(dossiers, chain, &lottery, &Ids(season));
    let market = assessment.market().expect("a lottery parts everybody");
    let matching = deferred_acceptance(&market);
    let entrants = assessment.entrants();
    let placed = |applicant: usize| {
        let ix = ApplicantIx::new(applicant as u32);
        let entrant = entrants.offsets[applicant] + matching.choice_of(ix)?;
        let programme = entrants.programme[entrant] as usize;
        // The groups stand in the market once for each tier.
        let group = matching.group_of(ix).map(|unit| unit % quotas.of(programme).len());
        Some((programme, group))
    };
    (0..season.applicants.len()).map(placed).collect()
}
