//! Settings from the environment, read once, with errors that name the variable and what it accepts.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

/// A setting that is missing or wrong. The text names the variable, what was given (never a secret) and what is accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvError {
    /// Not set, or blank.
    #[error("{variable} is not set; {accepted} is needed")]
    Missing {
        /// The variable.
        variable: String,
        /// What it needs.
        accepted: String,
    },
    /// Set to something else.
    #[error("{variable} is `{given}`; {accepted} is accepted")]
    Invalid {
        /// The variable.
        variable: String,
        /// Its value, cut to 80 characters.
        given: String,
        /// What is accepted.
        accepted: String,
    },
}

/// The settings of one process. A blank value counts as not set. Cheap to clone; its Debug shows names only.
#[derive(Clone, Default)]
pub struct Env {
    values: Arc<BTreeMap<String, String>>,
}

impl Env {
    /// The environment of this process. Variables that are not UTF-8 are left out.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn process() -> Self {
        Self::from_map(std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))))
    }

    /// Settings from anywhere else.
    pub fn from_map<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        Self {
            values: Arc::new(values.into_iter().map(|(name, value)| (name.into(), value.into())).collect()),
        }
    }

    /// These settings and one more, which wins over an earlier one of that name.
    #[must_use]
    pub fn with(mut self, variable: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.values).insert(variable.into(), value.into());
        self
    }

    /// The value, trimmed; `None` where it is not set or blank.
    pub fn get(&self, variable: &str) -> Option<&str> {
        self.values
            .get(variable)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// [`EnvError::Missing`].
    pub fn text(&self, variable: &str) -> Result<String, EnvError> {
        self.get(variable)
            .map(str::to_owned)
            .ok_or_else(|| missing(variable, "a non-empty text"))
    }

    /// A secret that must be there.
    ///
    /// # Errors
    /// [`EnvError::Missing`].
    pub fn secret(&self, variable: &str) -> Result<SecretString, EnvError> {
        self.get(variable)
            .map(SecretString::from)
            .ok_or_else(|| missing(variable, "a secret"))
    }

    /// A value of a type with its own parser; `accepted` says in words what that takes: "a time zone such as Europe/Berlin".
    ///
    /// # Errors
    /// [`EnvError::Invalid`] where it is set and cannot be read.
    pub fn parse<T: FromStr>(&self, variable: &str, accepted: &str) -> Result<Option<T>, EnvError> {
        self.get(variable)
            .map(|given| given.parse().map_err(|_| invalid(variable, given, accepted)))
            .transpose()
    }

    /// A switch: `true` or `false`.
    ///
    /// # Errors
    /// [`EnvError::Invalid`] for any other word.
    pub fn flag(&self, variable: &str, default: bool) -> Result<bool, EnvError> {
        Ok(self.parse(variable, "`true` or `false`")?.unwrap_or(default))
    }

    /// A whole number within a range.
    ///
    /// # Errors
    /// [`EnvError::Invalid`] outside of it, or for something that is no number.
    pub fn number(&self, variable: &str, default: u64, accepted: RangeInclusive<u64>) -> Result<u64, EnvError> {
        let words = format!("a whole number from {} to {}", accepted.start(), accepted.end());
        match self.parse::<u64>(variable, &words)? {
            Some(number) if !accepted.contains(&number) => Err(invalid(variable, &number.to_string(), &words)),
            number => Ok(number.unwrap_or(default)),
        }
    }

    /// A duration in milliseconds, 1 ms to 15 minutes (the longest that a Lambda function runs).
    ///
    /// # Errors
    /// [`EnvError::Invalid`] outside of it, or for something that is no number.
    pub fn duration_ms(&self, variable: &str, default: Duration) -> Result<Duration, EnvError> {
        let default_ms = u64::try_from(default.as_millis()).unwrap_or(u64::MAX);
        self.number(variable, default_ms, 1..=900_000).map(Duration::from_millis)
    }

    /// The address under which a provider's API stands. Its path ends in `/`, so that `Url::join` adds to it.
    ///
    /// # Errors
    /// [`EnvError::Invalid`] for anything but an absolute http or https URL without query and fragment.
    pub fn base_url(&self, variable: &str, default: &str) -> Result<Url, EnvError> {
        let given = self.get(variable).unwrap_or(default);
        let refuse = || {
            invalid(
                variable,
                given,
                "an http or https URL such as https://api.example.com/v1, without query or fragment",
            )
        };
        let mut url = Url::parse(given).map_err(|_| refuse())?;
        if !matches!(url.scheme(), "http" | "https") || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse());
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(url)
    }

    /// A list, separated by commas; blank entries are dropped.
    pub fn list(&self, variable: &str) -> Vec<String> {
        let entries = self.get(variable).unwrap_or_default().split(',');
        entries
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Env ")?;
        f.debug_set().entries(self.values.keys()).finish()
    }
}

fn missing(variable: &str, accepted: &str) -> EnvError {
    EnvError::Missing {
        variable: variable.to_owned(),
        accepted: accepted.to_owned(),
    }
}

pub(crate) fn invalid(variable: &str, given: &str, accepted: &str) -> EnvError {
    EnvError::Invalid {
        variable: variable.to_owned(),
        given: given.chars().take(80).collect(),
        accepted: accepted.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use secrecy::ExposeSecret;

    fn env(value: &str) -> Env {
        Env::from_map([("SETTING", value)])
    }

    #[test]
    fn a_blank_value_is_not_set() {
        for blank in ["", " ", "\n"] {
            assert_eq!(env(blank).get("SETTING"), None);
            assert_eq!(
                env(blank).text("SETTING").unwrap_err().to_string(),
                "SETTING is not set; a non-empty text is needed"
            );
        }
        assert_eq!(env(" text ").text("SETTING").unwrap(), "text");
        assert_eq!(Env::default().get("SETTING"), None);
    }

    #[test]
    fn errors_name_variable_value_and_what_is_accepted() {
        let words = |result: Result<(), EnvError>| result.unwrap_err().to_string();
        assert_eq!(
            words(env("yes").flag("SETTING", true).map(drop)),
            "SETTING is `yes`; `true` or `false` is accepted"
        );
        assert_eq!(
            words(env("many").number("SETTING", 1, 1..=9).map(drop)),
            "SETTING is `many`; a whole number from 1 to 9 is accepted"
        );
        assert_eq!(
            words(env("10").number("SETTING", 1, 1..=9).map(drop)),
            "SETTING is `10`; a whole number from 1 to 9 is accepted"
        );
        let duration = env("0").duration_ms("SETTING", Duration::from_secs(1)).map(drop);
        assert_eq!(words(duration), "SETTING is `0`; a whole number from 1 to 900000 is accepted");
    }

    #[test]
    fn values_and_defaults() {
        assert!(env("true").flag("SETTING", false).unwrap());
        assert!(Env::default().flag("SETTING", true).unwrap());
        assert_eq!(env("9").number("SETTING", 1, 1..=9).unwrap(), 9);
        assert_eq!(Env::default().number("SETTING", 1, 1..=9).unwrap(), 1);
        assert_eq!(
            env("250").duration_ms("SETTING", Duration::from_secs(1)).unwrap(),
            Duration::from_millis(250)
        );
        assert_eq!(env("a, ,b,").list("SETTING"), ["a", "b"]);
        assert_eq!(env("old").with("SETTING", "new").get("SETTING"), Some("new"));
    }

    #[test]
    fn base_urls_end_in_a_slash() {
        for (given, expected) in [
            ("https://graph.example.com/v25.0", "https://graph.example.com/v25.0/"),
            ("https://graph.example.com/v25.0/", "https://graph.example.com/v25.0/"),
            ("http://127.0.0.1:9001", "http://127.0.0.1:9001/"),
        ] {
            assert_eq!(env(given).base_url("SETTING", "https://example.com").unwrap().as_str(), expected);
        }
        assert_eq!(
            Env::default().base_url("SETTING", "https://example.com/a").unwrap().as_str(),
            "https://example.com/a/"
        );
        for refused in [
            "graph.example.com",
            "ftp://example.com",
            "https://example.com/?a=b",
            "https://example.com/#a",
        ] {
            assert!(
                env(refused)
                    .base_url("SETTING", "https://example.com")
                    .unwrap_err()
                    .to_string()
                    .starts_with("SETTING is `"),
                "{refused}"
            );
        }
    }

    #[test]
    fn debug_shows_names_only() {
        let env = env("planted");
        assert_eq!(format!("{env:?}"), r#"Env {"SETTING"}"#);
        let secret = env.secret("SETTING").unwrap();
        assert!(!format!("{secret:?}").contains("planted"));
        assert_eq!(secret.expose_secret(), "planted");
    }
}
