//! The tables of seat values.

use std::io;
use std::path::{Path, PathBuf};

use antagning_formats::StagedFolder;

use super::{Effect, OfferValue, SeatHeld, SeatValues};
use crate::error::Error;

impl SeatValues {
    /// Writes `seats.csv`, `moves.csv` and `seats.json` to a new folder, whole or not at all. They
    /// tell of single applicants.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `out` or the file system refuses.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let out = out.as_ref();
        self.write_files(out).map_err(|source| Error::Output { path: out.to_owned(), source })
    }

    fn write_files(&self, out: &Path) -> io::Result<PathBuf> {
        let folder = StagedFolder::new(out)?;
        folder.write("seats.csv", &self.seats_csv()?)?;
        folder.write("moves.csv", &self.moves_csv()?)?;
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        folder.write("seats.json", text.as_bytes())?;
        folder.publish()
    }

    /// Every offer with a seat more, and with a seat fewer where there is one.
    fn effects(&self) -> impl Iterator<Item = (&OfferValue, &'static str, &Effect)> {
        self.offers.iter().flat_map(|offer| {
            let fewer = offer.fewer.as_ref().map(|fewer| (offer, "fewer", fewer));
            std::iter::once((offer, "more", &offer.more)).chain(fewer)
        })
    }

    fn seats_csv(&self) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "programme_id",
            "quota_group",
            "seats",
            "change",
            "moved",
            "placed",
            "applicant_id",
            "ranks",
            "first_choices",
            "path",
        ])?;
        for (offer, change, effect) in self.effects() {
            writer.write_record([
                &offer.programme_id,
                &offer.quota_group,
                &offer.seats.to_string(),
                change,
                &effect.moved.to_string(),
                &u8::from(effect.placed).to_string(),
                &effect.applicant_id,
                &effect.ranks.to_string(),
                &effect.first_choices.to_string(),
                &effect.path.join(" "),
            ])?;
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn moves_csv(&self) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "programme_id",
            "quota_group",
            "change",
            "step",
            "applicant_id",
            "from_programme_id",
            "from_quota_group",
            "from_choice_rank",
            "to_programme_id",
            "to_quota_group",
            "to_choice_rank",
        ])?;
        let cells = |held: &Option<SeatHeld>| {
            held.as_ref().map_or_else(Default::default, |held| {
                let SeatHeld { programme_id, quota_group, choice_rank } = held.clone();
                [programme_id, quota_group, choice_rank.to_string()]
            })
        };
        for (offer, change, effect) in self.effects() {
            for (step, moved) in (1..).zip(&effect.moves) {
                let (from, to) = (cells(&moved.from), cells(&moved.to));
                let first = [&*offer.programme_id, &offer.quota_group, change];
                let record = first.map(str::to_owned).into_iter();
                let record = record.chain([u32::to_string(&step), moved.applicant_id.clone()]);
                writer.write_record(record.chain(from).chain(to))?;
            }
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
