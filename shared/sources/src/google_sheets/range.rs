//! Which cells are meant: from what a person wrote to what Google is asked for (A1 notation).

use domain::source_spec::GoogleSheetsSource;

use super::call::{RANGE_MISSING, Sheet, Tab};
use crate::SourceError;
use crate::error::{listed, sample};

/// The range to ask for. A tab's name is found among the tabs, whether or not it is quoted, and quoted for Google; what is neither a tab nor
/// cells is asked for as a named range.
pub(super) fn resolve(source: &GoogleSheetsSource, sheet: &Sheet) -> Result<String, SourceError> {
    let linked = source.spreadsheet.tab_id.and_then(|id| sheet.tabs.iter().find(|tab| tab.id == id));
    let Some(written) = source.range.as_deref().map(str::trim).filter(|range| !range.is_empty()) else {
        let tab = linked.or_else(|| sheet.tabs.iter().find(|tab| !tab.hidden)).or(sheet.tabs.first());
        return tab
            .map(|tab| quoted(&tab.title))
            .ok_or_else(|| SourceError::unreadable("google_sheets.empty", "The sheet has no tabs."));
    };
    if let Some(tab) = tab_named(written, sheet) {
        return Ok(quoted(&tab.title));
    }
    if let Some((tab, cells)) = written.rsplit_once('!') {
        return match tab_named(tab.trim(), sheet) {
            Some(tab) => Ok(format!("{}!{}", quoted(&tab.title), cells.trim())),
            None => Err(SourceError::unreadable(
                "google_sheets.tab_missing",
                format!(
                    "The sheet has no tab `{}`; was it renamed? Its tabs are {}.",
                    sample(tab),
                    tabs(sheet)
                ),
            )),
        };
    }
    match linked {
        Some(tab) if is_cells(written) => Ok(format!("{}!{written}", quoted(&tab.title))),
        _ => Ok(written.to_owned()),
    }
}

/// Says which tabs there are, where Google found no such range.
pub(super) fn explain(error: SourceError, source: &GoogleSheetsSource, sheet: &Sheet) -> SourceError {
    match error {
        SourceError::Unreadable { code: RANGE_MISSING, .. } => {
            let written = sample(source.range.as_deref().unwrap_or_default());
            let sentence = format!(
                "The sheet has no tab, named range or cells `{written}`; was it renamed? Its tabs are {}.",
                tabs(sheet)
            );
            SourceError::unreadable("google_sheets.tab_missing", sentence)
        }
        other => other,
    }
}

fn tabs(sheet: &Sheet) -> String {
    listed(sheet.tabs.iter().filter(|tab| !tab.hidden).map(|tab| tab.title.as_str()))
}

fn tab_named<'a>(name: &str, sheet: &'a Sheet) -> Option<&'a Tab> {
    let unquoted = name
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
        .map(|inner| inner.replace("''", "'"));
    let same = |wanted: &str| sheet.tabs.iter().find(|tab| tab.title == wanted);
    let alike = |wanted: &str| sheet.tabs.iter().find(|tab| tab.title.to_lowercase() == wanted.to_lowercase());
    same(name)
        .or_else(|| unquoted.as_deref().and_then(same))
        .or_else(|| alike(unquoted.as_deref().unwrap_or(name)))
}

fn quoted(title: &str) -> String {
    format!("'{}'", title.replace('\'', "''"))
}

/// `A1`, `A1:D`, `A:A`, `2:5`.
fn is_cells(text: &str) -> bool {
    let corner = |text: &str| {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        letters <= 3 && !text.is_empty() && text.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
    };
    match text.split_once(':') {
        Some((from, to)) => corner(from) && corner(to),
        None => corner(text) && text.bytes().any(|byte| byte.is_ascii_digit()) && text.starts_with(|c: char| c.is_ascii_alphabetic()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::*;

    fn sheet() -> Sheet {
        let tab = |title: &str, id, hidden| Tab {
            title: title.to_owned(),
            id,
            hidden,
        };
        Sheet {
            time_zone: None,
            tabs: vec![tab("Raw", 0, true), tab("Sales 2026", 7, false), tab("Bob's!", 9, false)],
        }
    }

    fn asked(link_tab: Option<i64>, range: Option<&str>) -> Result<String, String> {
        let link = format!(
            "https://docs.google.com/spreadsheets/d/abc/edit{}",
            link_tab.map(|id| format!("#gid={id}")).unwrap_or_default()
        );
        let source = serde_json::from_value(json!({"connection": "con_1", "spreadsheet": link, "range": range})).unwrap();
        resolve(&source, &sheet()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_a_person_writes_becomes_what_google_is_asked() {
        let table = [
            (None, None, "'Sales 2026'"),
            (Some(9), None, "'Bob''s!'"),
            (Some(404), None, "'Sales 2026'"),
            (None, Some("Sales 2026"), "'Sales 2026'"),
            (None, Some("sales 2026"), "'Sales 2026'"),
            (None, Some("Sales 2026!A1:D"), "'Sales 2026'!A1:D"),
            (None, Some("'Sales 2026'!A1:D"), "'Sales 2026'!A1:D"),
            (None, Some("'Bob''s!'!A:B"), "'Bob''s!'!A:B"),
            (None, Some("Bob's!"), "'Bob''s!'"),
            (None, Some("Raw!2:5"), "'Raw'!2:5"),
            (None, Some("A1:D"), "A1:D"),
            (Some(7), Some("A1:D"), "'Sales 2026'!A1:D"),
            (Some(7), Some("revenue_table"), "revenue_table"),
        ];
        for (link_tab, range, expected) in table {
            assert_eq!(asked(link_tab, range).as_deref(), Ok(expected), "{link_tab:?} {range:?}");
        }
        let missing = asked(None, Some("Sales!A1:D")).unwrap_err();
        assert_eq!(
            missing,
            "The sheet has no tab `Sales`; was it renamed? Its tabs are `Sales 2026`, `Bob's!`."
        );
    }
}
