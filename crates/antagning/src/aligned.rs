//! Tables as people read them on a terminal.

/// Rows, the head among them, in columns of equal width two spaces apart: the first `left` of them to
/// the left, the others, which hold figures, to the right. Rows have as many cells as the first.
pub(crate) fn aligned(rows: &[Vec<String>], left: usize) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells =
            row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at < left {
                true => format!("{cell:<width$}"),
                false => format!("{cell:>width$}"),
            });
        let line = cells.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}

/// An offer, or a quota group of it, by its title.
pub(crate) fn offer_name(title: &str, quota_group: &str) -> String {
    match quota_group {
        "" => title.to_owned(),
        group => format!("{title} ({group})"),
    }
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_stand_below_one_another() {
        let rows = [["offer", "seats"], ["Ätran", "9"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows, 1), "offer  seats\nÄtran      9\n");
        assert_eq!(aligned(&rows, 2), "offer  seats\nÄtran  9\n");
        assert_eq!(aligned(&[], 1), "");
    }
}
