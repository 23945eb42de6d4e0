//! `rules.toml`.

use crate::harness::{Case, examine, graded, market};

const RULES: &str = "rules.toml";

pub(crate) fn cases() -> Vec<Case> {
    [keys(), tables(), names(), equals(), chains()].into_iter().flatten().collect()
}

fn keys() -> Vec<Case> {
    vec![
        graded("a quotation mark is missing")
            .line(RULES, 2, "round = \"final")
            .finds(["broken_toml rules.toml:2"]),
        graded("a line that is no setting")
            .line(RULES, 3, "Skåne")
            .finds(["broken_toml rules.toml:3"]),
        graded("a key twice")
            .line(RULES, 3, "round = \"final\"")
            .finds(["broken_toml rules.toml:3"]),
        graded("a table twice").line(RULES, 9, "[ranking]").finds(["broken_toml rules.toml:9"]),
        graded("a list that is not closed")
            .line(RULES, 5, "keys = [\"merit\", \"lottery\"")
            .finds(["broken_toml rules.toml:7"]),
        market("broken rules of a market")
            .file(RULES, "rule_set =\n")
            .finds(["broken_toml rules.toml:1"]),
        graded("an unknown key")
            .line(RULES, 3, "year = 2025")
            .finds(["unknown_key rules.toml:3 year"]),
        graded("an unknown key of the ranking")
            .line(RULES, 6, "order = []")
            .finds(["unknown_key rules.toml:6 ranking.order"]),
        graded("an unknown key of the lottery")
            .line(RULES, 10, "sed = \"x\"")
            .finds(["unknown_key rules.toml:10 lottery.sed"]),
        graded("an unknown table")
            .line(RULES, 10, "[quota]")
            .finds(["unknown_key rules.toml:10 quota"]),
        graded("a number for a seed")
            .line(RULES, 8, "seed = 2025")
            .finds(["wrong_type rules.toml:8 lottery.seed=2025"]),
        graded("a number for a rule set")
            .line(RULES, 1, "rule_set = 2025")
            .finds(["wrong_type rules.toml:1 rule_set=2025"]),
        graded("a text for the keys")
            .line(RULES, 5, "keys = \"merit\"")
            .finds(["wrong_type rules.toml:5 ranking.keys=\"merit\""]),
        graded("a number among the keys")
            .line(RULES, 5, "keys = [\"merit\", 3]")
            .finds(["wrong_type rules.toml:5 ranking.keys=3"]),
        graded("only a number among the keys")
            .line(RULES, 5, "keys = [3]")
            .finds(["wrong_type rules.toml:5 ranking.keys=3"]),
        graded("a text for a table").file(RULES, "lottery = \"yes\"\nranking = 1\n").finds([
            "wrong_type rules.toml:1 lottery=\"yes\"",
            "wrong_type rules.toml:2 ranking=1",
        ]),
    ]
}

fn tables() -> Vec<Case> {
    let most = |name, row| graded(name).line(RULES, 10, "[choices]").line(RULES, 11, row);
    vec![
        graded("settings that are what they are without a word")
            .line(RULES, 6, "at_cutoff = \"break\"")
            .line(RULES, 10, "[merit]")
            .line(RULES, 11, "dance_rounding = \"exact\"")
            .line(RULES, 12, "[choices]")
            .line(RULES, 13, "most = 1_0"),
        graded("a number for what happens at the cutoff")
            .line(RULES, 6, "at_cutoff = 1")
            .finds(["wrong_type rules.toml:6 ranking.at_cutoff=1"]),
        graded("a number for a rounding")
            .line(RULES, 10, "[merit]")
            .line(RULES, 11, "dance_rounding = 2")
            .finds(["wrong_type rules.toml:11 merit.dance_rounding=2"]),
        graded("an unknown rule for what happens at the cutoff")
            .line(RULES, 6, "at_cutoff = \"Break\"")
            .finds(["unknown_setting rules.toml:6 ranking.at_cutoff=Break"])
            .says("there is no such rule for ties"),
        graded("an unknown rounding")
            .line(RULES, 10, "[merit]")
            .line(RULES, 11, "dance_rounding = \"up\"")
            .finds(["unknown_setting rules.toml:11 merit.dance_rounding=up"])
            .says("there is no such rounding"),
        graded("an unknown key of the merit")
            .line(RULES, 10, "[merit]")
            .line(RULES, 11, "rounding = \"exact\"")
            .finds(["unknown_key rules.toml:11 merit.rounding"]),
        graded("texts for merit and choices")
            .file(RULES, "merit = \"x\"\nchoices = 3\n")
            .finds(["wrong_type rules.toml:1 merit=\"x\"", "wrong_type rules.toml:2 choices=3"]),
        most("no choice at all", "most = 0").finds(["wrong_type rules.toml:11 choices.most=0"]),
        most("fewer than no choice", "most = -3")
            .finds(["wrong_type rules.toml:11 choices.most=-3"]),
        most("half a choice", "most = 2.5").finds(["wrong_type rules.toml:11 choices.most=2.5"]),
        most("a text for a number", "most = \"10\"")
            .finds(["wrong_type rules.toml:11 choices.most=\"10\""])
            .says("a whole number from 1"),
        most("a number beyond reason", "most = 99999999999")
            .finds(["wrong_type rules.toml:11 choices.most=99999999999"]),
        most("an unknown key of the choices", "least = 1")
            .finds(["unknown_key rules.toml:11 choices.least"]),
        most("lists longer than allowed", "most = 1")
            .finds([
                "too_many_choices choices.csv:3 applicant_id=A1",
                "too_many_choices choices.csv:5 applicant_id=A2",
            ])
            .says("the list has 2 choices; allowed: 1"),
        most("lists as long as allowed", "most = 2"),
        most("a list too long hides no decision", "most = 1")
            .file(
                "decisions.csv",
                "applicant_id,programme_id,decision,reason\nA2,P2,withdrawal,x\n",
            )
            .finds([
                "orphaned_decision decisions.csv:2 decision=withdrawal",
                "too_many_choices choices.csv:3 applicant_id=A1",
                "too_many_choices choices.csv:5 applicant_id=A2",
            ]),
        most("a list with a hole is not measured", "most = 1")
            .line("choices.csv", 3, "A1,2")
            .finds(["too_few_fields choices.csv:3"]),
        graded("rules without a line break at the end")
            .file(RULES, "rule_set = \"gymnasium-2025\"\n[lottery]\nseed = \"x\"")
            .finds(["no_final_line_break rules.toml:3"]),
        graded("rules that are cut off")
            .file(RULES, "rule_set = \"gymnasium-2025\"\n[lottery]\nseed = \"")
            .finds(["no_final_line_break rules.toml:3", "broken_toml rules.toml:3"]),
        graded("rules with a mark and nothing else")
            .file(RULES, "\u{feff}")
            .finds(["no_lottery_seed rules.toml lottery.seed"]),
    ]
}

fn names() -> Vec<Case> {
    vec![
        graded("an unknown rule set")
            .line(RULES, 1, "rule_set = \"gymnasium-1994\"")
            .finds(["unknown_rule_set rules.toml:1 rule_set=gymnasium-1994"]),
        graded("an unknown round")
            .line(RULES, 2, "round = \"Final\"")
            .finds(["unknown_round rules.toml:2 round=Final"]),
        graded("a round that is not carried yet")
            .line(RULES, 2, "round = \"reserve\"")
            .finds(["not_supported_yet rules.toml:2 round=reserve"]),
        graded("a preliminary round is no fault").line(RULES, 2, "round = \"preliminary\""),
        graded("an unknown scope")
            .line(RULES, 9, "scope = \"school\"")
            .finds(["unknown_scope rules.toml:9 lottery.scope=school"]),
        graded("a lottery by programme is no fault").line(RULES, 9, "scope = \"programme\""),
        graded("an unknown ranking key")
            .line(RULES, 5, "keys = [\"merit\", \"age\", \"lottery\"]")
            .finds(["unknown_ranking_key rules.toml:5 ranking.keys=age"]),
        graded("unknown ranking keys on lines of their own")
            .line(RULES, 5, "keys = [\n\"merit\",\n\"age\",\n\"Lottery\",\n]")
            .finds([
                "unknown_ranking_key rules.toml:7 ranking.keys=age",
                "unknown_ranking_key rules.toml:8 ranking.keys=Lottery",
            ]),
        graded("every name unknown")
            .line(RULES, 2, "round = \"x\"")
            .line(RULES, 5, "keys = [\"x\"]")
            .line(RULES, 9, "scope = \"x\"")
            .line("grades.csv", 2, "A1,?,A,A,A,A,A,A,A,A,A,A,A,A,")
            .finds([
                "unknown_round rules.toml:2 round=x",
                "unknown_ranking_key rules.toml:5 ranking.keys=x",
                "unknown_scope rules.toml:9 lottery.scope=x",
                "unknown_grade grades.csv:2 BI=?",
            ]),
    ]
}

fn equals() -> Vec<Case> {
    const GROUPS: &str = "programme_id,quota_group,precedence,seats\nP1,a,1,1\n";
    let equals = |name, keys, rule| graded(name).line(RULES, 5, keys).line(RULES, 6, rule);
    let merit = "keys = [\"reception\", \"merit\"]";
    let lots = "keys = [\"merit\", \"lottery\"]";
    vec![
        equals("equals admitted together", merit, "at_cutoff = \"admit_all\"")
            .line("grades.csv", 3, "A2,A,A,A,A,A,A,A,A,A,A,A,A,A,")
            .finds(["unsafe_ranking rules.toml ranking.at_cutoff"]),
        equals("equals rejected together", merit, "at_cutoff = \"reject_all\"")
            .line("grades.csv", 3, "A2,A,A,A,A,A,A,A,A,A,A,A,A,A,")
            .finds(["unsafe_ranking rules.toml ranking.at_cutoff"]),
        equals("equals where lots are drawn", lots, "at_cutoff = \"admit_all\"")
            .finds(["faulty_chain rules.toml:6 ranking.at_cutoff=admit_all"])
            .says("a lottery leaves no equals to admit or reject together"),
        equals("equals by the rule set's own chain", "", "at_cutoff = \"reject_all\"")
            .finds(["faulty_chain rules.toml:6 ranking.at_cutoff=reject_all"]),
        equals("equals in quota groups", merit, "at_cutoff = \"reject_all\"")
            .file("quota_groups.csv", GROUPS)
            .finds(["faulty_chain rules.toml:6 ranking.at_cutoff=reject_all"])
            .says("seats that pass on between quota groups"),
        equals("equals broken in quota groups", lots, "at_cutoff = \"break\"")
            .file("quota_groups.csv", GROUPS),
        equals(
            "equals beside a faulty chain",
            "keys = [\"merit\", \"merit\"]",
            "at_cutoff = \"admit_all\"",
        )
        .finds(["faulty_chain rules.toml:5 ranking.keys"]),
    ]
}

fn chains() -> Vec<Case> {
    vec![
        graded("no ranking key")
            .line(RULES, 5, "keys = []")
            .finds(["faulty_chain rules.toml:5 ranking.keys"])
            .says("the chain is empty"),
        graded("a ranking key twice")
            .line(RULES, 5, "keys = [\"merit\", \"merit\", \"lottery\"]")
            .finds(["faulty_chain rules.toml:5 ranking.keys"])
            .says("merit stands twice"),
        graded("a ranking key after the lottery")
            .line(RULES, 5, "keys = [\"lottery\", \"merit\"]")
            .finds(["faulty_chain rules.toml:5 ranking.keys"]),
        graded("a ranking key without a value")
            .line(RULES, 5, "keys = [\"score\", \"lottery\"]")
            .finds(["faulty_chain rules.toml:5 ranking.keys"]),
        market("merit in a market")
            .file(RULES, "ranking.keys = [\"merit\"]\n")
            .finds(["faulty_chain rules.toml:1 ranking.keys"]),
        graded("a faulty chain hides no grade")
            .line(RULES, 5, "keys = [\"merit\", \"merit\"]")
            .line("grades.csv", 3, "A2,B,?,B,B,B,B,B,B,B,B,B,B,B,")
            .finds(["faulty_chain rules.toml:5 ranking.keys", "unknown_grade grades.csv:3 BL=?"]),
        graded("no seed").without(RULES).finds(["no_lottery_seed rules.toml lottery.seed"]),
        graded("a scope, but no seed")
            .line(RULES, 8, "")
            .finds(["no_lottery_seed rules.toml lottery.seed"]),
        market("a market that draws lots without a seed")
            .file(RULES, "[ranking]\nkeys = [\"score\", \"lottery\"]\n")
            .finds(["no_lottery_seed rules.toml lottery.seed"]),
        graded("choice ranks in the chain")
            .line(RULES, 5, "keys = [\"merit\", \"choice_rank\", \"lottery\"]")
            .finds(["unsafe_ranking rules.toml ranking.keys"])
            .says("truthful ranking"),
        market("choice ranks before lots without a seed")
            .file(RULES, "[ranking]\nkeys = [\"score\", \"choice_rank\", \"lottery\"]\n")
            .finds([
                "no_lottery_seed rules.toml lottery.seed",
                "unsafe_ranking rules.toml ranking.keys",
            ]),
    ]
}

#[test]
fn all_cases() {
    examine(&cases());
}
