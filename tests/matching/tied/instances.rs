//! Random markets with ties.

use proptest::prelude::*;

use crate::textbook::Instance;

/// The markets with priorities made coarse: grades alone, or grades and a lot that leaves some of
/// the tied classes smaller and some of them single.
pub(crate) fn tied(instances: impl Strategy<Value = Instance>) -> impl Strategy<Value = Instance> {
    (instances, prop_oneof![Just(1), Just(2), Just(16)]).prop_map(|(mut instance, lots)| {
        for (_, key) in instance.lists.iter_mut().flatten() {
            let (grade, lot) = (*key >> 32, *key & 0xffff_ffff);
            *key = grade << 32 | (lot % lots);
        }
        instance
    })
}

/// A market with so many applicants to one programme each, in classes of `class`, and a second
/// programme that every third of them lists as well.
pub(crate) fn in_classes(applicants: usize, class: usize, seats: [u32; 2]) -> Instance {
    let list = |applicant: usize| {
        let priority = (applicant / class) as u64;
        let both = [(0, priority), (1, priority / 2)];
        both[..if applicant.is_multiple_of(3) { 2 } else { 1 }].to_vec()
    };
    Instance { seats: seats.to_vec(), lists: (0..applicants).map(list).collect() }
}
