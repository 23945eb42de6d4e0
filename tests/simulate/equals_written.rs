//! Each operation equals a whole run of a season folder with the change written into it.

use antagning_rules::{Lottery, LotteryScope};

use crate::model::{Came, Model, Scene};

/// The scenario against the changed files, for several seasons.
fn check(scenario: &str, change: impl Fn(&mut Model) -> u64) {
    for seed in 0..6 {
        let mut model = Model::random(160, 12, seed);
        *model.seats("P03") += 6;
        model.divide("P03", 2);
        let simulation = Scene::new(&model).simulate(scenario);
        assert_eq!(Came::told(&simulation, 0).figures.len(), 3);
        let emptied = change(&mut model);
        assert_eq!(Came::told(&simulation, 0), Came::of(&model, emptied), "seed {seed}");
    }
}

#[test]
fn the_base_is_the_season() {
    let model = Model::random(160, 12, 9);
    let simulation = Scene::new(&model).simulate("[[seats]]\nstudy_path = \"NA\"\nadd = 0\n");
    assert_eq!(Came::told(&simulation, 0), Came::of(&model, 0));
    assert!(simulation.scenarios[0].offers.is_empty() && simulation.scenarios[0].groups.is_empty());
}

#[test]
fn seats_are_set_added_and_scaled() {
    check("[[seats]]\nprogramme = \"P00\"\nset = 9\n", |model| {
        *model.seats("P00") = 9;
        0
    });
    check("[[seats]]\nprogramme = [\"P00\", \"P01\"]\nadd = 4\n", |model| {
        *model.seats("P00") += 4;
        *model.seats("P01") += 4;
        0
    });
    // Half a seat counts as one.
    check("[[seats]]\nprovider = \"independent\"\nscale = \"0.5\"\n", |model| {
        for (id, seats, cells) in &mut model.programmes {
            if cells[3] != "independent" {
                continue;
            }
            let after = seats.div_ceil(2);
            if id == "P03" {
                let kept = after.min(2);
                model.groups = vec![
                    format!("P03,kvot,1,{kept},score,sport_approval,alla"),
                    format!("P03,alla,2,{},score,,", after - kept),
                ];
            }
            *seats = after;
        }
        0
    });
}

#[test]
fn all_keys_of_a_selector_must_match() {
    let text = "[[seats]]\nmunicipality = [\"1281\", \"1282\"]\nstudy_path = \"ES\"\nadd = 3\n\
                [[seats]]\nschool = \"S1\"\nadd = 1\n";
    check(text, |model| {
        for (_, seats, cells) in &mut model.programmes {
            *seats += 3 * u32::from(cells[1] != "1280" && cells[2].starts_with("ES"));
            *seats += u32::from(cells[0] == "S1");
        }
        0
    });
}

#[test]
fn seats_of_a_quota_group_are_the_offers_as_well() {
    check("[[seats]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nadd = 3\n", |model| {
        *model.seats("P03") += 3;
        model.groups[0] = "P03,kvot,1,5,score,sport_approval,alla".to_owned();
        0
    });
    let text = "[[quota_groups]]\nprogramme = \"P03\"\nquota_group = \"kvot\"\nseats = 1\n\
                unfilled_to = \"\"\n";
    check(text, |model| {
        *model.seats("P03") -= 1;
        model.groups[0] = "P03,kvot,1,1,score,sport_approval,".to_owned();
        0
    });
}

/// Empties lists as closing does, and counts whose were not empty before.
fn emptied(model: &mut Model, change: impl FnOnce(&mut Model)) -> u64 {
    let had = model.lists.clone();
    change(model);
    model.lists.iter().filter(|(id, list)| list.is_empty() && !had[*id].is_empty()).count() as u64
}

#[test]
fn a_closed_offer_is_gone_from_lists() {
    check("[[close]]\nprogramme = \"P02\"\n", |model| emptied(model, |model| model.close("P02")));
    check("[[close]]\nschool = \"S0\"\n", |model| {
        emptied(model, |model| {
            ["P00", "P05", "P10"].map(|id| model.close(id)).into_iter().collect()
        })
    });
}

#[test]
fn offers_that_merge_keep_the_better_choice_and_all_seats() {
    check("[[merge]]\nfrom = [\"P01\", \"P04\"]\ninto = \"P02\"\n", |model| {
        *model.seats("P02") += 0;
        let all: u32 = ["P01", "P02", "P04"].into_iter().map(|id| *model.seats(id)).sum();
        *model.seats("P02") = all;
        let parts = ["P01", "P02", "P04"];
        for list in model.lists.values_mut() {
            let first = list.iter().position(|(id, _)| parts.contains(&id.as_str()));
            let mut at = 0;
            list.retain(|(id, _)| {
                at += 1;
                !parts.contains(&id.as_str()) || Some(at - 1) == first
            });
            list.iter_mut().filter(|(id, _)| parts.contains(&id.as_str())).for_each(|(id, _)| {
                *id = format!("P02<{id}");
            });
        }
        // A decision follows the choice that was kept.
        let lists = &model.lists;
        model.decisions.retain_mut(|[applicant, programme, _]| {
            if !parts.contains(&programme.as_str()) {
                return true;
            }
            let kept = lists[applicant].iter().any(|(id, _)| *id == format!("P02<{programme}"));
            *programme = "P02".to_owned();
            kept
        });
        for (id, _) in model.lists.values_mut().flatten() {
            if id.starts_with("P02<") {
                *id = "P02".to_owned();
            }
        }
        model.programmes.retain(|(id, ..)| !["P01", "P04"].contains(&id.as_str()));
        0
    });
}

#[test]
fn an_offer_that_moves_is_elsewhere_in_the_flows() {
    check("[[move]]\nprogramme = \"P00\"\nto_municipality = \"1290\"\n", |model| {
        model.programmes[0].2[1] = "1290".to_owned();
        0
    });
}

#[test]
fn a_municipality_leaves_with_its_offers_and_pupils() {
    check("[[area]]\nleaves = \"1281\"\n", |model| {
        let lives = |cells: &[String; 2]| cells[0] == "1281";
        let gone = model.applicants.iter().filter(|(_, cells)| lives(cells));
        let gone: Vec<_> = gone.map(|(id, _)| id.clone()).collect();
        gone.iter().for_each(|id| model.withdraw(id));
        let offers = model.programmes.iter().filter(|(_, _, cells)| cells[1] == "1281");
        let offers: Vec<_> = offers.map(|(id, ..)| id.clone()).collect();
        emptied(model, |model| offers.iter().for_each(|id| model.close(id)))
    });
}

/// Ids by the number that the draw gives them.
fn drawn(ids: impl Iterator<Item = String>, seed: &str, what: &str) -> Vec<(u64, String)> {
    let lots = Lottery::new(seed, LotteryScope::Programme);
    let mut drawn: Vec<_> = ids.map(|id| (lots.number(&id, what), id)).collect();
    drawn.sort();
    drawn
}

#[test]
fn a_smaller_cohort_is_the_season_without_those_drawn() {
    check("[cohort]\nscale = \"0.75\"\nseed = \"c\"\n", |model| {
        let ids = model.applicants.iter().map(|(id, _)| id.clone());
        drawn(ids, "c", "").into_iter().skip(120).for_each(|(_, id)| model.withdraw(&id));
        0
    });
}

#[test]
fn a_larger_cohort_has_some_once_more() {
    check("[cohort]\nscale = 1.25\n", |model| {
        let ids = model.applicants.iter().map(|(id, _)| id.clone());
        drawn(ids, "", "").into_iter().take(40).for_each(|(_, id)| copy(model, &id));
        0
    });
}

/// Somebody is there once more.
fn copy(model: &mut Model, id: &str) {
    let copy = format!("{id}~2");
    let (_, cells) = model.applicants.iter().find(|(known, _)| known == id).unwrap();
    model.applicants.push((copy.clone(), cells.clone()));
    model.lists.insert(copy.clone(), model.lists[id].clone());
    let own = model.decisions.iter().filter(|[known, _, kind]| {
        known == id && !["manual_placement", "free_quota_rank"].contains(&kind.as_str())
    });
    let own: Vec<_> =
        own.map(|[_, offer, kind]| [copy.clone(), offer.clone(), kind.clone()]).collect();
    model.decisions.extend(own);
}

#[test]
fn officials_placed_one_person_and_no_copy() {
    for seed in 0..4 {
        let mut model = Model::random(160, 12, seed);
        *model.seats("P03") = 3;
        let chose = |list: &[(String, u64)]| list.iter().any(|(id, _)| id == "P03");
        let placed = model.lists.iter().filter(|(_, list)| chose(list));
        let placed: Vec<String> = placed.map(|(id, _)| id.clone()).take(2).collect();
        model.decisions.retain(|[id, ..]| !placed.contains(id));
        for id in placed {
            let placement = [id.clone(), "P03".to_owned(), "manual_placement".to_owned()];
            model.decisions.push(placement);
            model.decisions.push([id, String::new(), "late_application".to_owned()]);
        }
        let simulation = Scene::new(&model).simulate("[cohort]\nscale = 2\n");
        let ids: Vec<String> = model.applicants.iter().map(|(id, _)| id.clone()).collect();
        ids.iter().for_each(|id| copy(&mut model, id));
        assert_eq!(Came::told(&simulation, 0), Came::of(&model, 0), "seed {seed}");
    }
}

#[test]
fn decisions_about_an_application_go_with_its_last_choice() {
    let mut model = Model::random(160, 12, 1);
    let alone = model.lists.iter().find(|(_, list)| list.len() == 1 && list[0].0 != "P03");
    let (id, offer) = alone.map(|(id, list)| (id.clone(), list[0].0.clone())).unwrap();
    let whole = [id.clone(), String::new(), "late_application".to_owned()];
    let others = model.lists.iter().find(|(_, list)| list.len() > 1 && list[0].0 == offer);
    let kept = [others.unwrap().0.clone(), String::new(), "late_application".to_owned()];
    model.decisions.extend([whole.clone(), kept]);
    let closed = format!("[[close]]\nprogramme = \"{offer}\"\n");
    let simulation = Scene::new(&model).simulate(&closed);
    let emptied = emptied(&mut model, |model| model.close(&offer));
    model.decisions.retain(|decision| *decision != whole);
    assert_eq!(Came::told(&simulation, 0), Came::of(&model, emptied));
}

#[test]
fn a_new_offer_stands_beside_the_one_that_it_is_like() {
    let text = "[[open]]\nid = \"P99\"\nseats = 5\nlike = \"P01\"\nshare = \"0.5\"\n\
                municipality_code = \"1290\"\nseed = \"o\"\n";
    check(text, |model| {
        let mut cells = model.programmes[1].2.clone();
        cells[1] = "1290".to_owned();
        model.programmes.push(("P99".to_owned(), 5, cells));
        let chose = |list: &[(String, u64)]| list.iter().position(|(id, _)| id == "P01");
        let lists = model.lists.iter().filter(|(_, list)| chose(list).is_some());
        let ids: Vec<String> = lists.map(|(id, _)| id.clone()).collect();
        let half = ids.len().div_ceil(2);
        for (number, id) in drawn(ids.into_iter(), "o", "P99").into_iter().take(half) {
            let list = model.lists.get_mut(&id).unwrap();
            let at = chose(list).unwrap();
            let score = list[at].1;
            list.insert(at + (number & 1) as usize, ("P99".to_owned(), score));
        }
        0
    });
}

#[test]
fn chain_and_lottery_change() {
    let text = "[ranking]\nkeys = [\"score\", \"choice_rank\", \"lottery\"]\n\
                [lottery]\nseed = \"t\"\nscope = \"programme\"\n";
    check(text, |model| {
        model.rules = format!("rule_set = \"market\"\n\n{text}");
        0
    });
}

#[test]
fn operations_take_effect_together() {
    let text = "[[close]]\nprogramme = \"P05\"\n[[seats]]\nstudy_path = \"NA\"\nadd = 2\n\
                [[move]]\nprogramme = \"P00\"\nto_municipality = \"1290\"\n";
    check(text, |model| {
        let emptied = emptied(model, |model| model.close("P05"));
        model.programmes[0].2[1] = "1290".to_owned();
        for (id, seats, cells) in &mut model.programmes {
            if cells[2] == "NA" {
                *seats += 2;
                // The last group gets what comes.
                if id == "P03" {
                    model.groups[1] = format!("P03,alla,2,{},score,,", *seats - 2);
                }
            }
        }
        emptied
    });
}
