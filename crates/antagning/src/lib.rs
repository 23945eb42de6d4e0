//! The admission engine as a library: open a season, run it, verify it, explain it.
