//! What is going on, on a terminal.

use std::io::IsTerminal;
use std::time::Duration;

use antagning::PlanProgress;
use antagning::population::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on stderr that says what is going on; hidden unless stderr is a terminal.
pub(crate) struct Line(ProgressBar);

impl Line {
    pub(crate) fn new(message: &'static str) -> Self {
        let bar = ProgressBar::new_spinner();
        if !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        bar.set_message(message);
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// Shows the stage of a run.
    pub(crate) fn stage(&self, stage: antagning::Stage) {
        self.0.set_message(match stage {
            antagning::Stage::Rules => "merit, eligibility, priorities",
            antagning::Stage::Match => "matching",
            antagning::Stage::Verify => "verifying",
            antagning::Stage::Write => "writing",
            _ => "working",
        });
    }

    /// Shows how far a search for a plan has come.
    pub(crate) fn searching(&self, progress: PlanProgress) {
        if progress.rounds.is_multiple_of(1_024) {
            let PlanProgress { rounds, best } = progress;
            self.0.set_message(format!("searching: round {rounds}, the best so far {best}"));
        }
    }

    /// Shows how many lotteries are drawn.
    pub(crate) fn drawing(&self, done: u64, all: u64) {
        if done.is_multiple_of(64) {
            self.0.set_message(format!("drawing lotteries: {done} of {all}"));
        }
    }

    /// Shows how far the making of a season has come.
    pub(crate) fn progress(&self, progress: Progress) {
        if self.0.length() != Some(progress.total) {
            self.0.set_length(progress.total);
            let template = "{spinner} {msg} {wide_bar} {pos}/{len}";
            self.0.set_style(
                ProgressStyle::with_template(template)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
        }
        self.0.set_message(match progress.stage {
            antagning::population::Stage::Programmes => "programmes",
            antagning::population::Stage::Applicants => "applicants",
            _ => "choices",
        });
        self.0.set_position(progress.done);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
