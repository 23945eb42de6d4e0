//! `antagning completions`

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;

pub(crate) fn completions(shell: Shell) -> anyhow::Result<()> {
    clap_complete::generate(shell, &mut Arguments::command(), "antagning", &mut io::stdout());
    Ok(())
}
