//! The values of seats as people read them.

use std::fmt::Write as _;

use crate::aligned::{aligned, offer_name};
use crate::language::Language;
use crate::planning::seat_values::{OfferValue, SeatValues};

impl SeatValues {
    /// The offers where one more seat makes a difference, those first where it does most.
    pub(crate) fn most_worth(&self) -> Vec<&OfferValue> {
        let mut worth: Vec<&OfferValue> =
            self.offers.iter().filter(|offer| offer.more.moved > 0).collect();
        // The order of the table breaks ties, so that it is the same everywhere.
        worth.sort_by_key(|offer| std::cmp::Reverse((offer.more.placed, offer.more.ranks)));
        worth
    }

    /// The offers where a seat more does most, and how many there are besides.
    #[must_use]
    pub fn to_text(&self, language: Language, top: usize) -> String {
        let pick = |sv, en| language.pick(sv, en);
        let worth = self.most_worth();
        let nothing = self.offers.len() - worth.len();
        let rows = &worth[..top.min(worth.len())];
        let head = [
            pick("en plats till hos", "one more seat at"),
            pick("platser", "seats"),
            pick("fler antagna", "newly placed"),
            pick("flyttar", "moved"),
            pick("valsteg", "ranks gained"),
            pick("en färre: valsteg", "one fewer: ranks"),
        ];
        let row = |offer: &&OfferValue| {
            let fewer = offer.fewer.as_ref();
            vec![
                offer_name(&offer.title, &offer.quota_group),
                offer.seats.to_string(),
                u8::from(offer.more.placed).to_string(),
                offer.more.moved.to_string(),
                offer.more.ranks.to_string(),
                fewer.map_or("–".to_owned(), |fewer| match fewer.ranks {
                    0 => "0".to_owned(),
                    ranks => format!("-{ranks}"),
                }),
            ]
        };
        let head = head.map(str::to_owned).to_vec();
        let table: Vec<_> = std::iter::once(head).chain(rows.iter().map(row)).collect();
        let mut text = aligned(&table, 1);
        let more = worth.len() - rows.len();
        // Writing to a string cannot fail.
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
