//! What is wrong with a schedule, in words.

/// One thing that is not accepted in a schedule. Reads as a sentence: `time_zone "Europe/Berln" is not ...; did you mean ...?`
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}{} {why}", if given.is_empty() { String::new() } else { format!(" {given:?}") })]
pub struct ScheduleError {
    /// The field as written in a pulse file, e.g. `at`, `time_zone`, `cron hours`.
    pub field: String,
    /// What was given; empty if nothing was, or if it is the whole field.
    pub given: String,
    /// What is wrong with it and what is accepted; goes on from `given`.
    pub why: String,
}

impl ScheduleError {
    pub(super) fn new(field: impl Into<String>, given: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            given: given.into(),
            why: why.into(),
        }
    }
}
