//! Group columns that do not fit together.

use antagning_verify::{ShapeError, Ties};

use super::market::{Market, Table, grouped, plain, wish};

/// Programme 0 has groups 0 and 1, programme 1 none; applicant 0 has two claims and one, and
/// applicant 1 one claim on group 1.
fn table() -> Table {
    let market = Market::new(
        &[grouped(&[(1, Some(1)), (2, None)]), plain(1)],
        &[&[wish(0, &[(0, 1), (1, 1)]), wish(1, &[(0, 1)])], &[wish(0, &[(1, 2)])]],
    );
    market.with(&[Some((0, Some(0))), Some((0, Some(1)))])
}

/// The fault that one change to a good table makes.
fn fault(change: impl FnOnce(&mut Table)) -> ShapeError {
    let mut table = table();
    assert!(table.case().is_ok());
    change(&mut table);
    table.case().map(|_| ()).expect_err("the change is a fault of shape")
}

#[test]
fn columns_of_different_lengths_are_refused() {
    let length = |column, expected, found| ShapeError::Length { column, expected, found };
    let short = fault(|t| t.group_offsets.truncate(2));
    assert_eq!(short, length("groups.offsets", 3, 2));
    assert_eq!(fault(|t| t.group_seats.push(0)), length("groups.seats", 2, 3));
    assert_eq!(fault(|t| t.unfilled_to.truncate(1)), length("groups.unfilled_to", 2, 1));
    let flags = fault(|t| t.ranked_by_hand.truncate(1));
    assert_eq!(flags, length("groups.ranked_by_hand", 2, 1));
    assert_eq!(fault(|t| t.tier.truncate(1)), length("groups.tier", 3, 1));
    assert_eq!(fault(|t| t.claim_offsets.truncate(1)), length("groups.claim_offsets", 4, 1));
    assert_eq!(fault(|t| t.claim_group.push(0)), length("groups.claim_group", 3, 4));
    assert_eq!(fault(|t| t.claim_key.truncate(1)), length("groups.claim_key", 3, 1));
    assert_eq!(fault(|t| t.claim_score.truncate(1)), length("groups.claim_score", 3, 1));
    assert_eq!(fault(|t| t.placement_group.truncate(1)), length("groups.placement_group", 2, 1));
}

#[test]
fn offsets_out_of_order_are_refused() {
    let groups = |position| ShapeError::Offsets { column: "groups.offsets", position };
    assert_eq!(fault(|t| t.group_offsets[0] = 1), groups(0));
    assert_eq!(fault(|t| t.group_offsets = vec![0, 2, 1]), groups(2));
    let claims = |position| ShapeError::Offsets { column: "groups.claim_offsets", position };
    assert_eq!(fault(|t| t.claim_offsets = vec![0, 2, 1, 3]), claims(2));
    assert_eq!(fault(|t| t.claim_offsets[1] = usize::MAX), claims(1));
}

#[test]
fn group_seats_must_add_up() {
    let error = fault(|t| t.group_seats[1] = 3);
    assert_eq!(error, ShapeError::GroupSeats { programme: 0 });
    assert_eq!(
        error.to_string(),
        "the seats of the groups of programme 0 do not add up to its own"
    );
    let overflowing = fault(|t| t.group_seats = vec![4, u32::MAX]);
    assert_eq!(overflowing, ShapeError::GroupSeats { programme: 0 });
}

#[test]
fn seats_pass_on_to_later_groups_only() {
    let error = |group| ShapeError::UnfilledTo { programme: 0, group };
    assert_eq!(fault(|t| t.unfilled_to[0] = Some(0)), error(0));
    assert_eq!(fault(|t| t.unfilled_to[1] = Some(0)), error(1));
    assert_eq!(fault(|t| t.unfilled_to[0] = Some(2)), error(0));
    assert_eq!(error(1).to_string(), "group 1 of programme 0 passes seats on to no later group");
}

#[test]
fn tiers_are_below_their_number() {
    let error = fault(|t| t.tier[2] = 3);
    assert_eq!(error, ShapeError::Tier { position: 2 });
    assert_eq!(error.to_string(), "choice 2 is of a tier that there is not");
}

#[test]
fn claims_must_fit_their_programme() {
    let error = |choice| ShapeError::Claims { choice };
    // None at a programme with groups, and one too many at the plain one.
    assert_eq!(fault(|t| t.claim_offsets = vec![0, 0, 2, 3]), error(0));
    assert_eq!(fault(|t| t.claim_offsets = vec![0, 1, 2, 3]), error(1));
    // Twice, backwards, and on a group that is not there.
    assert_eq!(fault(|t| t.claim_group[1] = 0), error(0));
    assert_eq!(fault(|t| t.claim_group[0] = 1), error(0));
    assert_eq!(fault(|t| t.claim_group[2] = 2), error(2));
    assert_eq!(
        error(2).to_string(),
        "the claims of choice 2 do not fit the groups of its programme"
    );
}

#[test]
fn ties_are_not_kept_together_among_groups() {
    for ties in [Ties::AdmitAll, Ties::RejectAll] {
        let error = table().case_with(ties).map(|_| ()).expect_err("programme 0 has groups");
        assert_eq!(error, ShapeError::TiesAmongGroups);
        // Columns of groups without a group are no obstacle.
        let market = Market::new(&[plain(1)], &[&[wish(0, &[(0, 1)])]]);
        assert!(market.with(&[Some((0, None))]).case_with(ties).is_ok());
    }
}
