//! Text that came out of a cell, made harmless: it can neither break a line, turn the reading direction around, hide anything, nor run on.

use unicode_segmentation::UnicodeSegmentation;

/// Most graphemes of a name (a series, a category, a measure) in a sentence. Ours.
pub const NAME_GRAPHEMES_MAX: usize = 40;
/// Most graphemes of what a number counts. Ours.
pub const UNIT_GRAPHEMES_MAX: usize = 20;
/// Most graphemes of a title. Ours; leaves room for the reading in every channel's caption.
pub const TITLE_GRAPHEMES_MAX: usize = 120;
/// Most graphemes of one note on the data. Ours.
pub const NOTE_GRAPHEMES_MAX: usize = 200;
/// Most code points that are kept of one grapheme: a family emoji has 7, a Devanagari cluster 8; stacked marks beyond that are vandalism.
const GRAPHEME_CHARS_MAX: usize = 12;

/// Before a name that runs its own way.
pub const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// After it.
pub const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// The text on one line, without controls, direction overrides and invisible characters, white space collapsed, cut to so many graphemes with `…`.
///
/// What is kept as it is: joiners (emoji, Persian, Indic scripts need them), variation selectors and combining marks up to a sane number.
pub fn tame(raw: &str, graphemes_max: usize) -> String {
    // A cell may hold megabytes; what lies far beyond the cut is never looked at.
    let chars_max = graphemes_max.saturating_mul(GRAPHEME_CHARS_MAX * 2);
    let mut line = String::new();
    let mut dropped_tail = false;
    for (position, c) in raw.chars().enumerate() {
        if position == chars_max {
            dropped_tail = true;
            break;
        }
        match c {
            _ if is_space(c) => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ if is_hidden(c) => {}
            _ => line.push(c),
        }
    }
    let mut kept = String::with_capacity(line.len());
    let trimmed = line.trim_end();
    for (count, grapheme) in trimmed.graphemes(true).enumerate() {
        if count == graphemes_max {
            dropped_tail = true;
            break;
        }
        kept.extend(grapheme.chars().take(GRAPHEME_CHARS_MAX));
    }
    if dropped_tail {
        while kept.graphemes(true).count() >= graphemes_max.max(1) {
            let end = kept.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
            kept.truncate(end);
        }
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

/// A name out of the data, tamed; one of which nothing is left is called "(blank)", as the picture does.
pub fn tame_name(raw: &str) -> String {
    let name = disarmed(tame(raw, NAME_GRAPHEMES_MAX));
    if name.is_empty() { "(blank)".to_owned() } else { name }
}

/// Seen as a dot, and by no channel as one of a host's name.
const NO_DOT: char = '․';
/// Seen as the slashes of a scheme.
const NO_SLASHES: &str = ":∕∕";

/// A link as people read it, that no channel makes one to be tapped: whoever may write a cell may not put one under our charts.
pub fn disarmed(name: String) -> String {
    if is_link(&name) {
        name.replace("://", NO_SLASHES).replace('.', &NO_DOT.to_string())
    } else {
        name
    }
}

/// A link as channels recognise it: with its scheme, or a host's name alone.
pub fn is_link(text: &str) -> bool {
    const SCHEMES: [&str; 9] = [
        "://",
        NO_SLASHES,
        "www.",
        "mailto:",
        "tel:",
        "javascript:",
        "data:",
        "wa.me",
        "sms:",
    ];
    let lower = text.to_lowercase();
    SCHEMES.iter().any(|scheme| lower.contains(scheme)) || lower.split(|c: char| c.is_whitespace() || c == ',').any(is_host)
}

/// "evil.example", "evil.example/path", "пример.рф", but neither "1.2k" nor "e.g." nor "U.S."
fn is_host(word: &str) -> bool {
    const DOTS: [char; 3] = ['.', '。', NO_DOT];
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((name, top)) = host.rsplit_once(DOTS) else { return false };
    let is_named = name.ends_with(|c: char| c.is_alphanumeric() || c == '-') && name.chars().any(char::is_alphabetic);
    is_named && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic)
}

/// A tamed name as it stands in a sentence. One whose letters run against the sentence is isolated, so that it does not drag the numbers and signs
/// beside it along; so is one of signs and digits in a sentence that runs from right to left.
pub fn embedded(name: &str, is_right_to_left_sentence: bool) -> String {
    let runs_along = if is_right_to_left_sentence {
        name.chars().all(|c| is_right_to_left(c) || c == ' ' || c == '\u{a0}')
    } else {
        !name.chars().any(is_right_to_left)
    };
    if runs_along {
        name.to_owned()
    } else {
        format!("{FIRST_STRONG_ISOLATE}{name}{POP_DIRECTIONAL_ISOLATE}")
    }
}

/// A name at the start of a sentence: a word in small Latin letters gets a capital, "iPhone" stays.
pub fn begin(text: &str) -> String {
    let first_word = text.split(' ').next().unwrap_or_default().trim_end_matches([':', ',']);
    let is_plain = first_word.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_plain { with_capital(text) } else { text.to_owned() }
}

/// With a capital first letter.
pub fn with_capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters that are not seen but change what is: direction marks, overrides and isolates, zero-width ones (joiners aside), annotation and tag
/// characters, the second block of variation selectors (both smuggle whole texts past a reader), fillers.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// A letter of a script that runs from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_link_in_a_cell_is_read_and_not_tapped() {
        for (raw, name) in [
            ("https://evil.example/pay?x=1.5", "https:∕∕evil․example/pay?x=1․5"),
            ("Report: www.evil.example", "Report: www․evil․example"),
            ("Booking.com", "Booking․com"),
            ("U.S.", "U.S."),
            ("Store 2.5", "Store 2.5"),
        ] {
            assert_eq!(tame_name(raw), name);
            assert_eq!(tame_name(name), name, "once is enough");
            assert_eq!(is_link(raw), is_link(name), "{name}: a model does not see it either way");
        }
    }

    #[test]
    fn what_could_break_a_message_is_gone() {
        for (raw, tamed) in [
            ("  EMEA \n\t sales  ", "EMEA sales"),
            ("pay\u{202E}lasrever", "paylasrever"),
            ("a\u{0}b\u{1b}[31m", "a b [31m"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("tag\u{E0041}\u{E0042}", "tag"),
            ("line\u{2028}sep\u{85}next", "line sep next"),
            ("👨‍👩‍👧‍👦 family", "👨‍👩‍👧‍👦 family"),
            ("می‌خواهم", "می‌خواهم"),
            ("", ""),
            ("\u{202e}", ""),
        ] {
            assert_eq!(tame(raw, 40), tamed, "{raw:?}");
        }
    }

    #[test]
    fn long_names_end_in_an_ellipsis_at_a_grapheme() {
        assert_eq!(tame("abcdefgh", 5), "abcd…");
        assert_eq!(tame("abcde", 5), "abcde");
        assert_eq!(tame("🇩🇪🇫🇷🇪🇸", 2), "🇩🇪…");
        assert_eq!(tame("abc def", 5), "abc…");
        let stacked = format!("e{}", "\u{301}".repeat(50));
        assert_eq!(tame(&stacked, 5).chars().count(), GRAPHEME_CHARS_MAX);
    }

    #[test]
    fn names_that_run_the_other_way_are_isolated() {
        assert_eq!(embedded("مبيعات", false), "\u{2068}مبيعات\u{2069}");
        assert_eq!(embedded("Umsatz", false), "Umsatz");
        assert_eq!(embedded("Umsatz", true), "\u{2068}Umsatz\u{2069}");
        assert_eq!(embedded("50%", true), "\u{2068}50%\u{2069}");
        assert_eq!(embedded("صافي المبيعات", true), "صافي المبيعات");
    }

    proptest! {
        #[test]
        fn any_cell_comes_out_short_visible_and_on_one_line(raw in any::<String>(), max in 1usize..60) {
            let tamed = tame(&raw, max);
            prop_assert!(tamed.graphemes(true).count() <= max, "{tamed:?}");
            prop_assert!(tamed.chars().all(|c| c == ' ' || !(is_space(c) || is_hidden(c))));
        }
    }
}
