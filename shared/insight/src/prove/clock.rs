//! Dates and times that are written in digits alone.

use super::digits::{ascii, digit, is_digit};

/// 2026-10-05, 05.10.2026, 05/10/2026 where it is clear which is the month.
pub(super) fn calendar(here: &str) -> Option<((i16, i8, i8), usize)> {
    let length = here
        .find(|c: char| !(is_digit(c) || matches!(c, '-' | '.' | '/')))
        .unwrap_or(here.len());
    let text = ascii(here.get(..length)?);
    let text = text.trim_end_matches(['.', '-', '/']);
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let (year, month, day) = match (mark, one.len(), three.len()) {
        ('-', 4, 1..=2) => (one, two, three),
        ('.' | '/', 1..=2, 4) => (three, two, one),
        _ => return None,
    };
    let bytes: usize = here.char_indices().take(text.chars().count()).map(|(_, c)| c.len_utf8()).sum();
    Some(((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?), bytes))
}

/// 14:00
pub(super) fn clock(here: &str) -> Option<((i8, i8), usize)> {
    let chars: Vec<(usize, char)> = here.char_indices().take(6).collect();
    let hours = chars.iter().take_while(|(_, c)| is_digit(*c)).count();
    let (_, colon) = chars.get(hours)?;
    let minutes: String = chars
        .iter()
        .skip(hours + 1)
        .take_while(|(_, c)| is_digit(*c))
        .filter_map(|(_, c)| digit(*c))
        .collect();
    let hour: String = chars.iter().take(hours).filter_map(|(_, c)| digit(*c)).collect();
    if *colon != ':' || minutes.len() != 2 || hours > 2 {
        return None;
    }
    let length = chars.get(hours + 3).map_or(here.len(), |(at, _)| *at);
    Some(((hour.parse().ok()?, minutes.parse().ok()?), length))
}
