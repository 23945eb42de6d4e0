//! What a change of the market may and may not do to others, each time by running anew.

use proptest::prelude::*;

use crate::instances::{dense, sparse};
use crate::outcome::{NOBODY, nobody_worse, optimal};
use crate::textbook::Instance;

/// An instance with one of its applicants and one of its programmes.
fn with_one(
    instances: impl Strategy<Value = Instance>,
) -> impl Strategy<Value = (Instance, usize, usize)> {
    instances.prop_flat_map(|instance| {
        let (applicants, programmes) = (instance.lists.len(), instance.seats.len());
        (Just(instance), 0..applicants, 0..programmes)
    })
}

fn either() -> impl Strategy<Value = (Instance, usize, usize)> {
    prop_oneof![with_one(dense()), with_one(sparse())]
}

proptest! {
    #[test]
    fn choices_below_the_placement_do_not_matter((mut instance, _, _) in either()) {
        let before = optimal(&instance);
        for (list, placement) in instance.lists.iter_mut().zip(&before) {
            if let Some(position) = placement {
                list.truncate(position + 1);
            }
        }
        prop_assert_eq!(optimal(&instance), before);
    }

    #[test]
    fn a_seat_more_harms_nobody_and_a_seat_less_helps_nobody(
        (mut instance, _, programme) in either()
    ) {
        let fewer = optimal(&instance);
        instance.seats[programme] += 1;
        let more = optimal(&instance);
        prop_assert!(nobody_worse(&fewer, &more, NOBODY));
    }

    #[test]
    fn a_withdrawal_harms_nobody_else_and_an_arrival_helps_nobody_else(
        (mut instance, applicant, _) in either()
    ) {
        let with = optimal(&instance);
        instance.lists[applicant].clear();
        let without = optimal(&instance);
        prop_assert!(nobody_worse(&with, &without, applicant));
    }

    #[test]
    fn a_higher_priority_never_harms(
        (mut instance, applicant, programme) in either(), steps in 1_u64..5
    ) {
        let before = optimal(&instance);
        for (listed, priority) in &mut instance.lists[applicant] {
            if *listed == programme {
                *priority += steps << 32;
            }
        }
        let after = optimal(&instance);
        prop_assert!(after[applicant].unwrap_or(usize::MAX) <= before[applicant].unwrap_or(usize::MAX));
    }
}
