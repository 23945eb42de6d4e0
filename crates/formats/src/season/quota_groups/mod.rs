//! `quota_groups.csv`.

mod checks;
mod row;

use std::ops::Range;

use crate::column::TextColumn;
use crate::diagnostic::Diagnostics;
use crate::season::programmes::Programmes;
use crate::table::Table;

use checks::{Doubt, Repeat, later_group, report_conflicting_maximum, report_seats};
use row::{Columns, Group};

/// The quota groups of each programme in order of precedence, in columns. A programme without a
/// row is a plain one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuotaGroups {
    /// Where each programme's groups begin; one more entry than there are programmes.
    pub offsets: Vec<u32>,
    /// `quota_group`: letters, digits, `_` and `-`, once in a programme.
    pub name: TextColumn,
    /// `precedence`, from 1, once in a programme; the lowest is filled first.
    pub precedence: Vec<u32>,
    /// `seats`; a programme's groups have its capacity together.
    pub seats: Vec<u32>,
    /// `ranked_by` as written, may be empty; what it may say is for the rules.
    pub ranked_by: TextColumn,
    /// `open_to` as written, may be empty; what it may say is for the rules.
    pub open_to: TextColumn,
    /// `unfilled_to`: the group that seats pass on to, counted from 0 within the programme and
    /// always later in it. Without one they stay vacant.
    pub unfilled_to: Vec<Option<u32>>,
    /// `test_maximum` in ten-thousandths, when it is given; groups of one programme that give it
    /// give the same.
    pub test_maximum: Vec<Option<u64>>,
    /// The line of each group in the file.
    pub line: Vec<u32>,
}

impl QuotaGroups {
    /// The file's name, for diagnostics.
    pub const FILE: &'static str = "quota_groups.csv";

    /// The groups of one programme as a range of rows; empty for a plain programme.
    ///
    /// # Panics
    /// When there is no such programme.
    #[must_use]
    pub fn of(&self, programme: usize) -> Range<usize> {
        self.offsets[programme] as usize..self.offsets[programme + 1] as usize
    }

    /// Whether no programme has a group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// The points that the programme's test can give, when its groups say so with one voice.
    ///
    /// # Panics
    /// When there is no such programme.
    #[must_use]
    pub fn test_maximum_of(&self, programme: usize) -> Option<u64> {
        let mut stated = self.test_maximum[self.of(programme)].iter().copied().flatten();
        let first = stated.next()?;
        stated.all(|maximum| maximum == first).then_some(first)
    }

    /// Plain programmes alone.
    pub(super) fn none(programmes: usize) -> Self {
        Self { offsets: vec![0; programmes + 1], ..Self::default() }
    }

    /// Reads the rows that are sound by themselves, and checks each programme's groups against one
    /// another and against its capacity. O(groups · log groups).
    pub(super) fn read(
        mut table: Table,
        programmes: &Programmes,
        report: &mut Diagnostics,
    ) -> Self {
        let count = programmes.ids.len();
        let Some(columns) = Columns::of(&mut table, report) else { return Self::none(count) };
        let mut doubt = Doubt { everywhere: false, of: vec![false; count] };
        let mut groups = Vec::new();
        let mut rows = table.rows(columns.programme);
        while let Some(row) = rows.next(report) {
            let programme = row.known_id(columns.programme, &programmes.ids, report);
            match (programme, columns.group(&row, report)) {
                (Some(programme), Some(group)) => groups.push(Group { programme, ..group }),
                (Some(programme), None) => doubt.of[programme as usize] = true,
                // A misspelt id leaves a hole in another programme, nobody knows which.
                (None, _) => {
                    doubt.everywhere |= programmes.ids.surely_lacks(row.get(columns.programme));
                }
            }
        }
        doubt.everywhere |= rows.lost.unnamed;
        for id in &rows.lost.ids {
            match programmes.ids.find(id) {
                Some(programme) => doubt.of[programme as usize] = true,
                None => doubt.everywhere = true,
            }
        }
        Repeat::NAME.take_out(&mut groups, &mut doubt, report);
        Repeat::PRECEDENCE.take_out(&mut groups, &mut doubt, report);
        Self::tied(&groups, &doubt, programmes, report)
    }

    /// Puts groups in order of programme and precedence into columns, each tied to the one that
    /// its seats pass on to.
    fn tied(
        groups: &[Group],
        doubt: &Doubt,
        programmes: &Programmes,
        report: &mut Diagnostics,
    ) -> Self {
        let mut tied = Self::none(programmes.ids.len());
        for list in groups.chunk_by(|a, b| a.programme == b.programme) {
            let programme = list[0].programme as usize;
            let whole = !doubt.everywhere && !doubt.of[programme];
            if whole && !programmes.doubtful_capacity[programme] {
                report_seats(list, programmes, report);
            }
            report_conflicting_maximum(list, report);
            let mut by_name: Vec<(&str, usize)> = list
                .iter()
                .enumerate()
                .map(|(place, group)| (group.name.as_str(), place))
                .collect();
            by_name.sort_unstable();
            for (place, group) in list.iter().enumerate() {
                tied.push(group, later_group(group, place, &by_name, whole, report));
            }
            tied.offsets[programme + 1] = list.len() as u32;
        }
        for programme in 0..programmes.ids.len() {
            tied.offsets[programme + 1] += tied.offsets[programme];
        }
        tied
    }

    fn push(&mut self, group: &Group, unfilled_to: Option<u32>) {
        self.name.push(&group.name);
        self.precedence.push(group.precedence);
        self.seats.push(group.seats);
        self.ranked_by.push(&group.ranked_by);
        self.open_to.push(&group.open_to);
        self.unfilled_to.push(unfilled_to);
        self.test_maximum.push(group.maximum);
        self.line.push(group.line);
    }
}

#[cfg(test)]
mod tests {
    use super::{Programmes, QuotaGroups};
    use crate::diagnostic::Diagnostics;
    use crate::table::Table;

    fn read(rows: &[&str]) -> (QuotaGroups, Vec<String>) {
        let mut report = Diagnostics::default();
        let table = |file, text: String, report: &mut Diagnostics| {
            Table::from_text(file, text, report).unwrap()
        };
        let programmes = "programme_id,capacity\nP1,30\nP2,10\nP3,4\n".to_owned();
        let programmes =
            Programmes::read(table(Programmes::FILE, programmes, &mut report), &mut report);
        let header = "programme_id,quota_group,precedence,seats,ranked_by,unfilled_to,test_maximum";
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let table = table(QuotaGroups::FILE, text, &mut report);
        let groups = QuotaGroups::read(table, &programmes, &mut report);
        (groups, report.iter().map(|d| format!("{} {:?}", d.code.name(), d.line)).collect())
    }

    #[test]
    fn groups_stand_by_programme_and_precedence_in_whatever_order_they_are_written() {
        let (groups, faults) = read(&[
            "P3,hela,7,4,,,",
            "P1,betyg,3,20,merit,,",
            "P1,prov,1,5,test, betyg ,50.5",
            "P1,fri_kvot,2,5,,betyg,\"50,5\"",
        ]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(groups.offsets, [0, 3, 3, 4]);
        assert_eq!((groups.of(0), groups.of(1), groups.of(2)), (0..3, 3..3, 3..4));
        assert_eq!(groups.name.iter().collect::<Vec<_>>(), ["prov", "fri_kvot", "betyg", "hela"]);
        assert_eq!(groups.precedence, [1, 2, 3, 7]);
        assert_eq!(groups.seats, [5, 5, 20, 4]);
        assert_eq!(groups.ranked_by.iter().collect::<Vec<_>>(), ["test", "", "merit", ""]);
        assert_eq!(groups.open_to.iter().collect::<Vec<_>>(), [""; 4]);
        assert_eq!(groups.unfilled_to, [Some(2), Some(2), None, None]);
        assert_eq!(groups.test_maximum, [Some(505_000), Some(505_000), None, None]);
        assert_eq!(groups.line, [4, 5, 3, 2]);
        assert_eq!((groups.test_maximum_of(0), groups.test_maximum_of(1)), (Some(505_000), None));
        assert!(!groups.is_empty());
    }

    #[test]
    fn of_two_that_agree_the_earlier_line_stays() {
        let (groups, faults) =
            read(&["P2,b,1,4,,,", "P2,b,2,3,,,", "P2,a,1,6,,gone,", "P3,x,1,4,,,"]);
        assert_eq!(faults, ["duplicate_group Some(3)", "duplicate_group Some(4)"]);
        assert_eq!(groups.offsets, [0, 0, 1, 2]);
        assert_eq!(groups.line, [2, 5]);
    }

    #[test]
    fn a_test_with_two_maxima_has_none() {
        let (groups, faults) = read(&["P2,a,2,4,,,100", "P2,b,1,6,,,90"]);
        assert_eq!(faults, ["conflicting_maximum Some(3)"]);
        assert_eq!(groups.test_maximum_of(1), None);
    }

    #[test]
    fn without_rows_every_programme_is_plain() {
        let (groups, faults) = read(&[]);
        assert_eq!(groups, QuotaGroups::none(3));
        assert_eq!(groups.of(2), 0..0);
        assert!(groups.is_empty() && faults.is_empty());
    }
}
