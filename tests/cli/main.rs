//! What crosses crates: whole seasons through the real binary, and every promise of the contract.

mod answers;
mod chains;
mod counting;
mod explain;
mod explain_keys;
mod folders;
mod forge;
mod manifest;
mod oracle;
mod readme;
mod recomputation;
mod row_order;
mod run_files;
mod scene;
mod seasons;
mod seats;
mod small;
mod table;
mod tampering;
mod tampering_grouped;
mod tampering_together;
mod threads;
