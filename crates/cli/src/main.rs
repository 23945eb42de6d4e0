//! The command line of the admission engine: arguments → library → printer.

mod arguments;
mod command;
mod exit;
mod outputs;
mod printer;
mod progress;
mod season;
mod supposed;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::printer::Printer;

/// Measured in turn: the whole run takes 0.14 s with it and 0.16 s with the system's allocator
/// (medians), since memory that one stage frees serves the next without a page fault; its peak is
/// 122 MiB instead of 41 (docs/benchmarks.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return exit::code_of_arguments(&error),
    };
    let printer = Printer::new(arguments.format);
    let result = command::run(arguments, &printer);
    exit::code(result, &printer)
}
