//! Lottery numbers against what standard tools print.

use antagning_verify::lottery::number;

/// Each expected value is the output of `printf '…' | sha256sum | cut -c1-16`.
#[test]
fn numbers_are_those_that_sha256sum_gives() {
    // printf 'skane-2025\nA17'
    assert_eq!(number("skane-2025", "A17", None), 0xf4d2_a564_cd18_911f);
    // printf 'skane-2025\nA17\nP3'
    assert_eq!(number("skane-2025", "A17", Some("P3")), 0xed1b_2797_0f87_5e52);
    // printf '\n'
    assert_eq!(number("", "", None), 0x01ba_4719_c80b_6fe9);
    // printf '\n\n'
    assert_eq!(number("", "", Some("")), 0x75a1_1da4_4c80_2486);
    // printf 'Lottning åäö\nA1'
    assert_eq!(number("Lottning åäö", "A1", None), 0xce92_eea9_658b_a025);
    // printf 'Lottning åäö\nA1\nNA-Katedral'
    assert_eq!(number("Lottning åäö", "A1", Some("NA-Katedral")), 0xa31d_7776_bc69_eb4a);
}

#[test]
fn the_parts_are_kept_apart() {
    assert_ne!(number("a", "bc", None), number("ab", "c", None));
    assert_ne!(number("s", "a", Some("b")), number("s", "ab", None));
    assert_eq!(number("s", "a\nb", None), number("s", "a", Some("b")));
}
