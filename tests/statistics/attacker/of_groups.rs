//! What the adversary does with the rows of quota groups.

use std::path::Path;

use crate::attacker::{Attacker, rows};
use crate::groups::Group;

fn names(what: &str, id: &str, groups: &[Group]) -> Vec<String> {
    groups.iter().map(|group| format!("{what} {id}/{}", group.name)).collect()
}

impl Attacker {
    /// The rows of quota groups: their sum is the offer's, and with the groups that pass seats on
    /// to it each fills no more than their seats.
    pub(super) fn read_groups(&mut self, folder: &Path) {
        let table = rows(&folder.join("programmes.csv"));
        for (id, groups) in self.divided.clone() {
            let [admitted, vacant, reserves] =
                ["admitted", "vacant", "reserves"].map(|what| names(what, &id, &groups));
            let of_groups = table.iter().filter(|row| row[0] == id && !row[1].is_empty());
            let of_groups: Vec<&Vec<String>> = of_groups.collect();
            assert_eq!(of_groups.len(), groups.len(), "a row for each group");
            for (g, (group, row)) in groups.iter().zip(of_groups).enumerate() {
                assert_eq!([&row[1], &row[2]], [&group.name, &group.seats.to_string()]);
                assert_eq!(row[3..5], ["", ""], "applicants choose an offer, not a group");
                let cells = [(&admitted[g], 5), (&vacant[g], 6), (&reserves[g], 7)];
                cells.iter().for_each(|(name, cell)| self.learn(name, &row[*cell]));
                self.read_figures(&admitted[g], row);
                let waiting = self.quantity(&reserves[g]);
                if row[8] == "all_eligible_admitted" || group.by_hand {
                    self.highest[waiting] = 0;
                }
                let elsewhere = |what: &str| format!("{what} elsewhere {id}/{}", group.name);
                let total = format!("admitted {id}");
                self.sum(&total, [admitted[g].clone(), elsewhere("admitted")]);
                let total = format!("reserves {id}");
                self.sum(&total, [reserves[g].clone(), elsewhere("waiting")]);
            }
            self.sum(&format!("admitted {id}"), admitted);
            self.sum(&format!("vacant {id}"), vacant);
            self.fill_seats(&id, &groups);
            self.compare_lists(&id, &groups);
            for (g, group) in groups.iter().enumerate() {
                let row = table.iter().find(|row| row[0] == id && row[1] == group.name).unwrap();
                if row[8] == "value" {
                    self.is_full(&id, &groups[g]);
                }
            }
        }
    }

    /// A group and those that pass seats on to it use no more than their seats, and what they
    /// leave passes on or is vacant.
    fn fill_seats(&mut self, id: &str, groups: &[Group]) {
        let [admitted, vacant, used, passed] =
            ["admitted", "vacant", "used", "vacant passed"].map(|what| names(what, id, groups));
        let mut capacity: Vec<i64> = groups.iter().map(|group| group.seats).collect();
        let mut parts: Vec<Vec<String>> = admitted.iter().map(|own| vec![own.clone()]).collect();
        for (g, group) in groups.iter().enumerate() {
            self.sum(&used[g], parts[g].clone());
            let seats = format!("seats of {id}/{}", group.name);
            self.learn(&seats, &capacity[g].to_string());
            if let Some(later) = group.later {
                capacity[later] += capacity[g];
                parts[later].push(used[g].clone());
                self.sum(&seats, [used[g].clone(), passed[g].clone()]);
                let none = self.quantity(&vacant[g]);
                self.highest[none] = 0;
            } else {
                self.sum(&seats, [used[g].clone(), vacant[g].clone()]);
            }
        }
    }

    /// Whoever waits does so in every group that is open to them: the lists overlap.
    fn compare_lists(&mut self, id: &str, groups: &[Group]) {
        let total = format!("reserves {id}");
        let ranked: Vec<&Group> = groups.iter().filter(|group| !group.by_hand).collect();
        for (a, one) in ranked.iter().enumerate() {
            let waiting = |group: &Group| format!("reserves {id}/{}", group.name);
            if one.conditions.is_empty() || ranked.len() == 1 {
                self.sum(&total, [waiting(one)]);
            }
            for other in &ranked[a + 1..] {
                let [both, one_only, other_only, neither] =
                    ["both", "the first only", "the second only", "neither"].map(|where_| {
                        format!("waiting in {where_} {id}/{}/{}", one.name, other.name)
                    });
                self.sum(&waiting(one), [both.clone(), one_only.clone()]);
                self.sum(&waiting(other), [both.clone(), other_only.clone()]);
                let parts = [&both, &one_only, &other_only, &neither];
                self.sum(&total, parts.map(String::clone));
                let none = [
                    (&neither, ranked.len() == 2),
                    (&one_only, other.conditions.is_subset(&one.conditions)),
                    (&other_only, one.conditions.is_subset(&other.conditions)),
                ];
                for (name, _) in none.iter().filter(|(_, is_none)| *is_none) {
                    let quantity = self.quantity(name);
                    self.highest[quantity] = 0;
                }
            }
        }
    }

    /// A group that turned somebody away has no seat left, of its own or passed on to it.
    fn is_full(&mut self, id: &str, group: &Group) {
        if self.in_tiers {
            return;
        }
        let passed = if group.later.is_some() { "vacant passed" } else { "vacant" };
        let left = self.quantity(&format!("{passed} {id}/{}", group.name));
        self.highest[left] = 0;
    }

    /// What reserves tell of full groups, and free seats of reserves.
    pub(super) fn conclude(&mut self) {
        for (id, groups) in self.divided.clone() {
            for group in &groups {
                let left = if group.later.is_some() { "vacant passed" } else { "vacant" };
                let [reserves, left] = ["reserves", left]
                    .map(|what| self.quantity(&format!("{what} {id}/{}", group.name)));
                if self.lowest[reserves] > 0 {
                    self.is_full(&id, group);
                }
                if self.lowest[left] > 0 && !self.in_tiers {
                    self.highest[reserves] = 0;
                }
            }
            let all = self.quantity(&format!("reserves {id}"));
            let can_wait = |group: &&Group, s: &mut Self| {
                let reserves = s.quantity(&format!("reserves {id}/{}", group.name));
                s.highest[reserves] > 0
            };
            let can: Vec<&Group> = groups.iter().filter(|group| can_wait(group, self)).collect();
            if let [only] = can[..]
                && self.lowest[all] > 0
            {
                self.is_full(&id, only);
                let waiting = format!("reserves {id}/{}", only.name);
                self.sum(&waiting, [format!("reserves {id}")]);
            }
        }
    }
}
