#![expect(clippy::unwrap_used, reason = "tests")]

mod brute_force;
mod dialects;
mod eventbridge;
mod naive;
mod occurrences;
mod written;

use super::*;
use jiff::Timestamp;

fn yaml(text: &str) -> Schedule {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refused(text: &str) -> String {
    match serde_saphyr::from_str::<Schedule>(text) {
        Ok(schedule) => panic!("{text} was accepted: {schedule:?}"),
        Err(error) => error.to_string(),
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// `2026-03-29T09:00 due`, one per occurrence.
fn lines(schedule: &Schedule, after: &str, count: usize) -> Vec<String> {
    let line = |occurrence: Occurrence| {
        let outcome = occurrence.skipped.map_or("due".to_owned(), |reason| reason.to_string());
        let moved = occurrence.moved_from.map_or(String::new(), |from| format!(", moved from {from}"));
        let notes: String = occurrence.notes.iter().map(|note| format!(", {note:?}")).collect();
        format!(
            "{} = {}: {outcome}{moved}{notes}",
            occurrence.local.strftime("%F %R"),
            occurrence.scheduled_for
        )
    };
    schedule.occurrences(time(after)).take(count).map(line).collect()
}
