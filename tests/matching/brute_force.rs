//! Every stable matching of a tiny market, by trying all matchings.

use crate::outcome::{Placements, is_stable};
use crate::textbook::Instance;

/// All stable matchings.
pub(crate) fn stable_matchings(instance: &Instance) -> Vec<Placements> {
    let mut found = Vec::new();
    extend(instance, &mut Vec::new(), &mut found);
    found
}

fn extend(instance: &Instance, chosen: &mut Placements, found: &mut Vec<Placements>) {
    let Some(list) = instance.lists.get(chosen.len()) else {
        if is_stable(instance, chosen) {
            found.push(chosen.clone());
        }
        return;
    };
    for placement in (0..list.len()).map(Some).chain([None]) {
        chosen.push(placement);
        extend(instance, chosen, found);
        chosen.pop();
    }
}
