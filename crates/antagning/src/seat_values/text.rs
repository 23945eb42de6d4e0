//! The values of seats as people read them.

use std::fmt::Write as _;

use crate::language::Language;
use crate::seat_values::{OfferValue, SeatValues};

impl SeatValues {
    /// The offers where a seat more does most, and how many there are besides.
    #[must_use]
    pub fn to_text(&self, language: Language, top: usize) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let mut worth: Vec<&OfferValue> =
            self.offers.iter().filter(|offer| offer.more.moved > 0).collect();
        // The order of the table breaks ties, so that it is the same everywhere.
        worth.sort_by_key(|offer| std::cmp::Reverse((offer.more.placed, offer.more.ranks)));
        let nothing = self.offers.len() - worth.len();
        let rows = &worth[..top.min(worth.len())];
        let title = pick("en plats till hos", "one more seat at");
        let name = |offer: &OfferValue| match offer.quota_group.as_str() {
            "" => offer.title.clone(),
            group => format!("{} ({group})", offer.title),
        };
        let width =
            rows.iter().map(|o| name(o).chars().count()).chain([title.chars().count()]).max();
        let width = width.unwrap_or(0);
        let heads = [
            pick("platser", "seats"),
            pick("fler antagna", "newly placed"),
            pick("flyttar", "moved"),
            pick("valsteg", "ranks gained"),
            pick("en färre: valsteg", "one fewer: ranks"),
        ];
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{title:<width$}  {:>7}  {:>12}  {:>7}  {:>12}  {:>17}",
            heads[0], heads[1], heads[2], heads[3], heads[4]
        );
        for offer in rows {
            let fewer =
                offer.fewer.as_ref().map_or("–".to_owned(), |fewer| format!("-{}", fewer.ranks));
            let _ = writeln!(
                text,
                "{:<width$}  {:>7}  {:>12}  {:>7}  {:>12}  {fewer:>17}",
                name(offer),
                offer.seats,
                u8::from(offer.more.placed),
                offer.more.moved,
                offer.more.ranks
            );
        }
        let more = worth.len() - rows.len();
        let _ = match language {
            Language::Sv => writeln!(
                text,
                "\n{more} till där en plats gör skillnad; hos {nothing} gör den ingen. \
                 Arbetsmaterial, inget beslut."
            ),
            Language::En => writeln!(
                text,
                "\n{more} more where a seat makes a difference; at {nothing} it makes none. \
                 Working material, no decision."
            ),
        };
        text
    }
}
