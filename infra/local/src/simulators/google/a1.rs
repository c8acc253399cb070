//! A1 notation: `Sheet1!A1:B2`, `'My tab'!A:D`, `2:5`, `Sheet1`, a named range.

use super::workbook::{Sheet, Workbook};

/// A rectangle of one sheet, clipped to its grid. Zero-based; the ends are not part of it.
pub(super) struct Area<'a> {
    pub sheet: &'a Sheet,
    pub rows: (usize, usize),
    pub columns: (usize, usize),
}

/// Finds a range. The error is Google's sentence.
pub(super) fn find<'a>(book: &'a Workbook, range: &str) -> Result<Area<'a>, String> {
    if let Some(named) = book.named_ranges.get(range) {
        return find(book, named);
    }
    let unknown = || format!("Unable to parse range: {range}");
    let tab = |name: &str| book.sheets.iter().find(|sheet| sheet.title.eq_ignore_ascii_case(name));
    let (sheet, cells) = match split(range) {
        Some((name, cells)) => (tab(&name).ok_or_else(unknown)?, Some(cells)),
        // Without "!" it may be the name of a sheet or cells of the first one; the name wins.
        None => match tab(&unquoted(range)) {
            Some(sheet) => (sheet, None),
            None => (book.sheets.first().ok_or_else(unknown)?, Some(range)),
        },
    };
    let (row_count, column_count) = sheet.grid();
    let Some(cells) = cells else {
        return Ok(Area {
            sheet,
            rows: (0, row_count),
            columns: (0, column_count),
        });
    };
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    let (first_column, first_row) = corner(first).ok_or_else(unknown)?;
    let (last_column, last_row) = corner(last).ok_or_else(unknown)?;
    let area = Area {
        sheet,
        rows: (first_row.unwrap_or(0), last_row.map_or(row_count, |row| row + 1)),
        columns: (first_column.unwrap_or(0), last_column.map_or(column_count, |column| column + 1)),
    };
    // "A1" alone is one cell, but "A" alone is not a range.
    if !cells.contains(':') && (first_column.is_none() || first_row.is_none()) {
        return Err(unknown());
    }
    if area.rows.0 >= row_count || area.columns.0 >= column_count {
        return Err(format!(
            "Range ({range}) exceeds grid limits. Max rows: {row_count}, max columns: {column_count}"
        ));
    }
    Ok(Area {
        rows: (area.rows.0, area.rows.1.min(row_count)),
        columns: (area.columns.0, area.columns.1.min(column_count)),
        ..area
    })
}

/// Sheet name and cells, if there is a sheet name.
fn split(range: &str) -> Option<(String, &str)> {
    if range.starts_with('\'') {
        let end = range.rfind("'!")?;
        return Some((unquoted(&range[..=end]), &range[end + 2..]));
    }
    range.split_once('!').map(|(name, cells)| (name.to_owned(), cells))
}

fn unquoted(name: &str) -> String {
    name.strip_prefix('\'')
        .and_then(|name| name.strip_suffix('\''))
        .map_or_else(|| name.to_owned(), |name| name.replace("''", "'"))
}

/// `B7` → column 1, row 6; either may be absent, but not both.
fn corner(text: &str) -> Option<(Option<usize>, Option<usize>)> {
    let letters = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = &text[letters.len()..];
    if letters.len() > 3 || digits.len() > 8 || !letters.chars().all(|letter| letter.is_ascii_alphabetic()) {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0, |column, letter| {
            column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
        })
        .checked_sub(1);
    let row = if digits.is_empty() {
        None
    } else {
        Some(digits.parse::<usize>().ok()?.checked_sub(1)?)
    };
    (column.is_some() || row.is_some()).then_some((column, row))
}

impl Area<'_> {
    /// As Google writes it back, such as `'My tab'!A1:C10`.
    pub(super) fn name(&self) -> String {
        let title = &self.sheet.title;
        let plain = title.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
            && !title.starts_with(|c: char| c.is_ascii_digit());
        let title = if plain {
            title.clone()
        } else {
            format!("'{}'", title.replace('\'', "''"))
        };
        let cell = |column: usize, row: usize| format!("{}{}", letters(column), row + 1);
        let (first, last) = (cell(self.columns.0, self.rows.0), cell(self.columns.1 - 1, self.rows.1 - 1));
        if first == last {
            format!("{title}!{first}")
        } else {
            format!("{title}!{first}:{last}")
        }
    }
}

fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        match column / 26 {
            0 => return letters.into_iter().collect(),
            rest => column = rest - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Workbook {
        Workbook::from_json(include_str!("../../../fixtures/google-workbook.json")).expect("the fixture")
    }

    #[test]
    fn ranges_in_every_notation() {
        let book = book();
        for (range, name) in [
            ("Revenue!A1:C10", "Revenue!A1:C10"),
            ("revenue!a1:c10", "Revenue!A1:C10"),
            ("A1:B2", "Revenue!A1:B2"),
            ("Revenue!B2", "Revenue!B2"),
            ("Revenue", "Revenue!A1:Z1000"),
            ("Revenue!A:A", "Revenue!A1:A1000"),
            ("Revenue!2:5", "Revenue!A2:Z5"),
            ("Revenue!B3:C", "Revenue!B3:C1000"),
            ("revenue", "Revenue!A1:C1000"),
            ("'Customer''s list'!A1:D", "'Customer''s list'!A1:D1000"),
            ("'Customer''s list'", "'Customer''s list'!A1:Z1000"),
        ] {
            assert_eq!(find(&book, range).map(|area| area.name()), Ok(name.to_owned()), "{range}");
        }
    }

    #[test]
    fn what_is_not_a_range_is_said_as_google_does() {
        let book = book();
        for range in [
            "Renamed!A1:B2",
            "Revenue!",
            "Revenue!A",
            "Revenue!A0",
            "Revenue!A1:B2:C3",
            "",
            "'Customer's",
        ] {
            assert_eq!(
                find(&book, range).map(|area| area.name()),
                Err(format!("Unable to parse range: {range}"))
            );
        }
        assert!(find(&book, "Revenue!A1001").is_err_and(|why| why.contains("exceeds grid limits. Max rows: 1000, max columns: 26")));
    }

    #[test]
    fn columns_count_on_after_z() {
        assert_eq!([0, 25, 26, 51, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
        assert_eq!(corner("AAA12"), Some((Some(702), Some(11))));
    }
}
