//! Where Google is: its own addresses, or those of whoever stands in for it.

use url::Url;

/// Base addresses of Google's services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoogleEndpoints {
    /// Where an assertion is turned into a token.
    token_url: Url,
    /// What `/{spreadsheetId}` is put behind.
    sheets_url: Url,
}

impl GoogleEndpoints {
    /// Google's own token address.
    pub const TOKEN_URL: &str = "https://oauth2.googleapis.com/token";
    /// Google's own Sheets address.
    pub const SHEETS_URL: &str = "https://sheets.googleapis.com";

    /// From the values of `GOOGLE_TOKEN_URL` and `GOOGLE_SHEETS_URL`. A slash at the end is ignored; a token address without path gets
    /// `/token`; the Sheets address may be given with or without `/v4` or `/v4/spreadsheets`.
    pub fn new(token_url: &Url, sheets_url: &Url) -> Self {
        let token_path = token_url.path().trim_end_matches('/');
        let sheets_path = sheets_url
            .path()
            .trim_end_matches('/')
            .trim_end_matches("/spreadsheets")
            .trim_end_matches("/v4");
        let with_path = |url: &Url, path: &str| {
            let mut url = url.clone();
            url.set_path(path);
            url
        };
        Self {
            token_url: with_path(token_url, if token_path.is_empty() { "/token" } else { token_path }),
            sheets_url: with_path(sheets_url, &format!("{sheets_path}/v4/spreadsheets")),
        }
    }

    pub(super) fn token_url(&self) -> Url {
        self.token_url.clone()
    }

    /// The address of a sheet, or of a method on it: `suffix` is empty or like `/values:batchGet`. The id is letters, digits, `-` and `_`.
    pub(super) fn spreadsheet_url(&self, id: &str, suffix: &str) -> Url {
        let mut url = self.sheets_url.clone();
        url.set_path(&format!("{}/{id}{suffix}", url.path()));
        url
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn base_addresses_are_taken_however_they_are_written() {
        let sheets = [
            ("https://sheets.googleapis.com", "https://sheets.googleapis.com/v4/spreadsheets/x"),
            ("http://127.0.0.1:9/", "http://127.0.0.1:9/v4/spreadsheets/x"),
            ("http://127.0.0.1:9/v4/", "http://127.0.0.1:9/v4/spreadsheets/x"),
            (
                "http://127.0.0.1:9/google/v4/spreadsheets",
                "http://127.0.0.1:9/google/v4/spreadsheets/x",
            ),
        ];
        let tokens = [
            ("https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/token"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9/token"),
            ("http://127.0.0.1:9/oauth/token/", "http://127.0.0.1:9/oauth/token"),
        ];
        for (token_url, token) in tokens {
            for (sheets_url, sheet) in sheets {
                let endpoints = GoogleEndpoints::new(&token_url.parse().unwrap(), &sheets_url.parse().unwrap());
                assert_eq!(
                    (endpoints.token_url().as_str(), endpoints.spreadsheet_url("x", "").as_str()),
                    (token, sheet)
                );
            }
        }
    }
}
