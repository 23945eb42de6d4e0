//! The tables of a study.

use std::io;
use std::path::{Path, PathBuf};

use antagning_formats::StagedFolder;
use antagning_rules::Score;

use super::{LotteryStudy, Odds};
use crate::error::Error;

impl LotteryStudy {
    /// Writes `applicants.csv`, `programmes.csv` and `lottery.json` to a new folder, whole or not at
    /// all. The first has whoever may depend on the lottery, a row a choice between their bounds.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let out = out.as_ref();
        self.write_files(out).map_err(|source| Error::Output { path: out.to_owned(), source })
    }

    fn write_files(&self, out: &Path) -> io::Result<PathBuf> {
        let folder = StagedFolder::new(out)?;
        folder.write("applicants.csv", &self.applicants_csv()?)?;
        folder.write("programmes.csv", &self.programmes_csv()?)?;
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        folder.write("lottery.json", text.as_bytes())?;
        folder.publish()
    }

    fn applicants_csv(&self) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "applicant_id",
            "choice_rank",
            "programme_id",
            "admitted_draws",
            "draws",
            "low",
            "high",
            "scope",
        ])?;
        let draws = self.draws.to_string();
        for study in &self.scopes {
            for applicant in &study.applicants {
                for choice in &applicant.choices {
                    let Odds { draws: admitted, low, high, .. } = choice.admitted;
                    writer.write_record([
                        &applicant.applicant_id,
                        &choice.choice_rank.to_string(),
                        &choice.programme_id,
                        &admitted.to_string(),
                        &draws,
                        &format!("{low:.4}"),
                        &format!("{high:.4}"),
                        study.scope,
                    ])?;
                }
            }
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn programmes_csv(&self) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "programme_id",
            "quota_group",
            "full_draws",
            "draws",
            "min",
            "percentile_5",
            "median",
            "percentile_95",
            "max",
            "published",
            "scope",
        ])?;
        let draws = self.draws.to_string();
        let score = |cutoff: Option<u64>| {
            cutoff.map_or(String::new(), |cutoff| Score::from_ten_thousandths(cutoff).to_string())
        };
        for study in &self.scopes {
            for row in &study.programmes {
                writer.write_record([
                    &row.programme_id,
                    &row.quota_group,
                    &row.full_draws.to_string(),
                    &draws,
                    &score(row.min),
                    &score(row.percentile_5),
                    &score(row.median),
                    &score(row.percentile_95),
                    &score(row.max),
                    &score(row.published),
                    study.scope,
                ])?;
            }
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
