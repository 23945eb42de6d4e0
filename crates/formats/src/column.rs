//! Columns of text and sorted identifiers, lean in memory.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// A column of text cells in one allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    text: String,
    ends: Vec<usize>,
}

impl TextColumn {
    /// Appends a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// The cell of that row.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[start..self.ends[row]]
    }

    /// The bytes of the cell: what look-ups compare, without the checks that a text slice makes.
    fn bytes(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text.as_bytes()[start..self.ends[row]]
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The column with its rows in another order: row i of the result is row `order[i]`.
    pub(crate) fn reordered(&self, order: &[u32]) -> Self {
        let mut column = Self {
            text: String::with_capacity(self.text.len()),
            ends: Vec::with_capacity(order.len()),
        };
        order.iter().for_each(|&row| column.push(self.get(row as usize)));
        column
    }
}

/// Gives distinct texts the numbers 0, 1, 2 … in the order of arrival.
#[derive(Default)]
pub(crate) struct Interner {
    ids: TextColumn,
    table: HashTable<u32>,
    hasher: BuildHasherDefault<FxHasher>,
}

impl Interner {
    /// The number of `id` and whether it is new.
    pub(crate) fn intern(&mut self, id: &str) -> (u32, bool) {
        let Self { ids, table, hasher } = self;
        let entry = table.entry(
            hasher.hash_one(id),
            |&known| ids.bytes(known as usize) == id.as_bytes(),
            |&known| hasher.hash_one(ids.get(known as usize)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => (*known.get(), false),
            hashbrown::hash_table::Entry::Vacant(free) => {
                let number = u32::try_from(ids.len()).expect("fewer than 2^32 ids in one file");
                free.insert(number);
                ids.push(id);
                (number, true)
            }
        }
    }

    /// The texts by number.
    pub(crate) fn into_texts(self) -> TextColumn {
        self.ids
    }

    /// Numbers the texts anew in text order; also gives the old number of each new one.
    pub(crate) fn into_sorted(self) -> (Ids, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.ids.len() as u32).collect();
        let text = |row: &u32| self.ids.get(*row as usize);
        if order.is_sorted_by_key(text) {
            return (self.into_ids(), order);
        }
        order.sort_unstable_by_key(text);
        let mut sorted = Self::default();
        order.iter().for_each(|&row| {
            sorted.intern(self.ids.get(row as usize));
        });
        (sorted.into_ids(), order)
    }

    fn into_ids(self) -> Ids {
        let lost = LostRows::default();
        Ids { ids: self.ids, table: self.table, hasher: self.hasher, lost }
    }
}

/// Rows that a file has and that could not be read. What they hold may be referred to from
/// elsewhere: such a reference is no fault of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct LostRows {
    pub(crate) ids: Vec<String>,
    /// There are rows whose id is not known either.
    pub(crate) unnamed: bool,
}

impl LostRows {
    /// Whether nothing was lost.
    pub(crate) fn is_empty(&self) -> bool {
        self.ids.is_empty() && !self.unnamed
    }
}

/// Distinct identifiers in text order; their position is their number everywhere, so that no
/// result depends on the order of rows in a file.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    ids: TextColumn,
    table: HashTable<u32>,
    hasher: BuildHasherDefault<FxHasher>,
    lost: LostRows,
}

impl Ids {
    /// The ids of a file that could not be read: none, and no id is surely unknown.
    pub(crate) fn unread() -> Self {
        Self { lost: LostRows { ids: vec![], unnamed: true }, ..Self::default() }
    }

    /// The ids, with the rows of their file that could not be read.
    pub(crate) fn with_lost(self, mut lost: LostRows) -> Self {
        lost.ids.sort_unstable();
        Self { lost, ..self }
    }

    /// Whether `id` stands in no row of the file, not even in one that could not be read.
    pub(crate) fn surely_lacks(&self, id: &str) -> bool {
        let is_lost =
            |id: &str| self.lost.ids.binary_search_by(|lost| lost.as_str().cmp(id)).is_ok();
        self.find(id).is_none() && !self.lost.unnamed && !is_lost(id)
    }

    /// The number of `id`, or `None`. O(1).
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.table
            .find(self.hasher.hash_one(id), |&known| {
                self.ids.bytes(known as usize) == id.as_bytes()
            })
            .copied()
    }

    /// [`Ids::find`], looking first where the id is guessed to stand: files mostly keep the order
    /// of ids.
    pub(crate) fn find_at(&self, guess: usize, id: &str) -> Option<u32> {
        if guess < self.ids.len() && self.ids.bytes(guess) == id.as_bytes() {
            return u32::try_from(guess).ok();
        }
        self.find(id)
    }

    /// The identifier with that number.
    ///
    /// # Panics
    /// When there is no such number.
    #[must_use]
    pub fn get(&self, number: usize) -> &str {
        self.ids.get(number)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The identifiers in text order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.ids.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Interner;

    #[test]
    fn ids_are_numbered_in_text_order() {
        let mut interner = Interner::default();
        for id in ["b", "c", "a", "c", "Å"] {
            interner.intern(id);
        }
        let (ids, order) = interner.into_sorted();
        assert_eq!(ids.iter().collect::<Vec<_>>(), ["a", "b", "c", "Å"]);
        assert_eq!(order, [2, 0, 1, 3]);
        assert_eq!((ids.find("c"), ids.find("d")), (Some(2), None));
    }
}
