//! Lists, page by page.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use store::Page;
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// Most entries of one page.
pub const PAGE_MAX: u16 = 200;
/// Longest place within a list, in bytes: DynamoDB's sort keys have no more, and it takes a longer one for a broken request.
const PLACE_BYTES_MAX: usize = 1_024;
/// Entries of a page where not asked otherwise.
const PAGE_USUAL: u16 = 50;

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Pages {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Most entries of the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u16>,
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Give it as `cursor` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl Pages {
    /// The limit, where it is one.
    pub fn limit(&self) -> Result<i32, Problem> {
        let limit = self.limit.unwrap_or(PAGE_USUAL);
        if (1..=PAGE_MAX).contains(&limit) {
            Ok(i32::from(limit))
        } else {
            Err(Problem::field("limit", limit.to_string(), format!("1 to {PAGE_MAX}")))
        }
    }

    /// Where the page begins. The cursor is a place within the list that is asked for, never a key: it opens nothing else.
    pub fn after(&self) -> Result<Option<String>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Problem::invalid_cursor())?;
        if bytes.len() > PLACE_BYTES_MAX {
            return Err(Problem::invalid_cursor());
        }
        String::from_utf8(bytes).map(Some).map_err(|_| Problem::invalid_cursor())
    }
}

impl<T> From<Page<T>> for List<T> {
    fn from(page: Page<T>) -> Self {
        Self {
            items: page.items,
            next_cursor: page.next.map(|sort_key| URL_SAFE_NO_PAD.encode(sort_key)),
        }
    }
}

impl<T> List<T> {
    /// The same page with each entry shown otherwise, or left out.
    pub fn filter_map<U>(self, show: impl FnMut(T) -> Option<U>) -> List<U> {
        List {
            items: self.items.into_iter().filter_map(show).collect(),
            next_cursor: self.next_cursor,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_the_place_it_was_made_of() {
        let list: List<u8> = Page {
            items: vec![1],
            next: Some("PULSE#weekly/ü".to_owned()),
        }
        .into();
        let pages = Pages {
            cursor: list.next_cursor,
            limit: None,
        };
        assert_eq!(pages.after().unwrap().as_deref(), Some("PULSE#weekly/ü"));
        assert_eq!(pages.limit().unwrap(), 50);
        let last: List<u8> = Page { items: vec![], next: None }.into();
        assert_eq!(last.next_cursor, None);
    }

    #[test]
    fn what_is_no_cursor_and_no_limit_is_refused() {
        let long = URL_SAFE_NO_PAD.encode(format!("PULSE#{}", "x".repeat(1_019)));
        for cursor in ["?", "not base64", "gA", &long] {
            let pages = Pages {
                cursor: Some(cursor.into()),
                limit: None,
            };
            assert_eq!(pages.after().unwrap_err().status, 400, "{cursor}");
        }
        for limit in [0, 201] {
            assert_eq!(
                Pages {
                    cursor: None,
                    limit: Some(limit)
                }
                .limit()
                .unwrap_err()
                .status,
                422
            );
        }
    }
}
