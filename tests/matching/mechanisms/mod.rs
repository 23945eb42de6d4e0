//! Other mechanisms: held against naive ones, and what is known of each by trying everything.

mod naive;
mod theorems;
