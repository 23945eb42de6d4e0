//! Files against the digests that a manifest lists.

use antagning_verify::digest::sha256_hex;
use antagning_verify::{DigestClaim, Property, Violation, check_digests};

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The vectors of FIPS 180-4; `printf abc | sha256sum` prints the same.
#[test]
fn digests_are_those_that_sha256sum_prints() {
    assert_eq!(sha256_hex(b"abc"), ABC);
    assert_eq!(sha256_hex(b""), EMPTY);
}

fn claim(file: &str, expected: &str, found: Option<&str>) -> DigestClaim {
    DigestClaim {
        file: file.to_owned(),
        expected: expected.to_owned(),
        found: found.map(str::to_owned),
    }
}

#[test]
fn changed_and_missing_files_are_named() {
    let verdict = check_digests([
        claim("outcomes.csv", ABC, Some(ABC)),
        claim("placements.csv", ABC, Some(EMPTY)),
        claim("programmes.csv", EMPTY, None),
        claim("upper.csv", &ABC.to_uppercase(), Some(ABC)),
    ]);
    assert_eq!(verdict.of(Property::Digests).map(|check| check.examined), Some(4));
    assert_eq!(
        verdict.violations(),
        [
            Violation::WrongDigest {
                file: "placements.csv".to_owned(),
                expected: ABC.to_owned(),
                found: EMPTY.to_owned(),
            },
            Violation::MissingFile { file: "programmes.csv".to_owned() },
        ]
    );
    assert!(!verdict.holds());
    assert!(check_digests([]).holds());
}
