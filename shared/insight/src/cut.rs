//! Cutting a text to a channel's limit without tearing a character apart.

use unicode_segmentation::UnicodeSegmentation;

use crate::cell_text::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE};

/// How far back a word is looked for, in bytes. Longer ones (and scripts without spaces) are cut where the limit falls.
const WORD_BYTES_MAX: usize = 64;
/// Around numbers of right-to-left languages: `domain::locale` writes them.
const RIGHT_TO_LEFT_EMBEDDING: char = '\u{202b}';
const POP_DIRECTIONAL_FORMATTING: char = '\u{202c}';

/// The text if it is at most `units_max` UTF-16 code units long; otherwise as many whole graphemes, and where possible words, as fit, and `…`.
/// A number is never cut: "$12…" would say something else than "$124k".
///
/// UTF-16 is counted because it is never fewer than code points or graphemes: whichever of the three a provider counts, its limit holds.
pub fn cut(text: &str, units_max: usize) -> String {
    if utf16_units(text) <= units_max {
        return text.to_owned();
    }
    let Some(room) = units_max.checked_sub(1) else {
        return String::new();
    };
    let mut units = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        units += utf16_units(grapheme);
        if units > room {
            break;
        }
        end = at + grapheme.len();
    }
    let (kept, rest) = text.split_at(end);
    let mut kept = outside_isolates(whole_words(kept, rest)).trim_end().to_owned();
    kept.push('…');
    kept
}

/// The same for a sentence: it ends where a clause ends, so that no date or name is left in halves ("the week of 6 Oct…").
pub(crate) fn cut_at_clause(text: &str, units_max: usize) -> String {
    let short = cut(text, units_max);
    if short.len() == text.len() {
        return short;
    }
    let kept = short.trim_end_matches('…');
    let ends = [',', '.', ';', ':', '،', '؛'];
    match kept.rmatch_indices(ends).find(|(at, end)| kept[at + end.len()..].starts_with(' ')) {
        Some((at, _)) => format!("{}…", outside_isolates(&kept[..at])),
        None => short,
    }
}

/// Takes back the word that goes on in `rest`; what belongs to a number in any case. A no-break space does not end a word.
fn whole_words<'a>(kept: &'a str, rest: &str) -> &'a str {
    let breaks = [' ', '\n'];
    if rest.starts_with(breaks) {
        return kept;
    }
    match kept.rfind(breaks) {
        Some(space) if kept.len() - space <= WORD_BYTES_MAX => &kept[..space],
        _ => kept.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '\u{a0}' | '−' | '$' | '€' | '£' | '¥')),
    }
}

/// Takes back an isolated name, or an embedded number, whose end is cut off: left open, it would turn around all that follows.
fn outside_isolates(kept: &str) -> &str {
    let is_open = |opens: char, closes: char| match (kept.rfind(opens), kept.rfind(closes)) {
        (Some(open), close) if close.is_none_or(|close| close < open) => Some(open),
        _ => None,
    };
    let name = is_open(FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE);
    let number = is_open(RIGHT_TO_LEFT_EMBEDDING, POP_DIRECTIONAL_FORMATTING);
    name.into_iter().chain(number).min().map_or(kept, |open| &kept[..open])
}

/// The length that providers' limits are held against.
pub fn utf16_units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_graphemes_stay() {
        for (text, units_max, expected) in [
            ("short", 5, "short"),
            ("longer", 5, "long…"),
            ("two  words", 5, "two…"),
            ("came to $124k", 12, "came to…"),
            ("came to 12\u{a0}orders", 12, "came to…"),
            ("東京都の売上は124億円", 10, "東京都の売上は…"),
            ("ab👨‍👩‍👧‍👦cd", 8, "ab…"),
            ("ab👨‍👩‍👧‍👦cd", 14, "ab👨‍👩‍👧‍👦…"),
            ("whole words stay", 12, "whole words…"),
            ("مرحبا بالعالم", 6, "مرحبا…"),
            ("at \u{2068}مرحبا\u{2069} now", 7, "at…"),
            ("at \u{202b}124\u{a0}ألف\u{202c} now", 11, "at…"),
            ("at \u{2068}مرحبا\u{2069} now", 11, "at \u{2068}مرحبا\u{2069}…"),
            ("e\u{301}e\u{301}e\u{301}", 4, "e\u{301}…"),
            ("anything", 0, ""),
            ("anything", 1, "…"),
        ] {
            assert_eq!(cut(text, units_max), expected, "{text:?} to {units_max}");
        }
    }

    proptest! {
        #[test]
        fn the_limit_holds_and_what_stays_is_a_prefix(text in "[a-z 🇩🇪👍🏽é\u{301}مرحبا\u{200d}❤️\n]{0,200}", units_max in 0usize..150) {
            let shorter = cut(&text, units_max);
            prop_assert!(utf16_units(&shorter) <= units_max);
            if shorter != text {
                let kept = shorter.strip_suffix('…').unwrap_or(&shorter);
                prop_assert!(text.starts_with(kept));
                let boundary = text.grapheme_indices(true).any(|(at, _)| at == kept.len()) || kept.len() == text.len();
                prop_assert!(boundary, "cut inside a grapheme: {kept:?}");
            }
        }
    }
}
