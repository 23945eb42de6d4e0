//! Deferred acceptance on validated markets: the mechanism, and nothing else.
