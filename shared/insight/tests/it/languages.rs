//! What must hold of every text in every language, for any rows at all.

use insight::{ALT_CHARS_MAX, Narrative, alt_text, utf16_units};
use proptest::prelude::*;

use crate::properties::{any_chart, facts_of};
use crate::rows::{LOCALES, tell_in};

/// English words that a sentence of ours would give away. None of them is a word of another language that we write ("total" is).
const ENGLISH: [&str; 28] = [
    "the",
    "of",
    "from",
    "since",
    "highest",
    "lowest",
    "stood",
    "came",
    "rose",
    "fell",
    "unchanged",
    "little",
    "usual",
    "shown",
    "row",
    "trend over",
    "largest",
    "second is",
    "data through",
    "read at",
    "missing",
    "average",
    "median ",
    "count",
    "percentage",
    "week",
    "month",
    "about",
];

/// Every text that leaves, own and filled in.
fn texts(told: &Narrative) -> Vec<String> {
    let mut texts: Vec<String> = told.texts().into_iter().map(str::to_owned).collect();
    texts.push(told.placeholders.period.clone());
    texts.extend(told.analysis.iter().map(|section| section.heading.clone()));
    texts
}

/// Names that no language shares with another, so that what is left of a text is ours.
fn plain_names(dataset: &mut domain::dataset::Dataset) {
    if let domain::dataset::Values::Text(cells) = &mut dataset.columns[1].values {
        let mut known: Vec<String> = Vec::new();
        for cell in cells.iter_mut().flatten() {
            let place = known.iter().position(|name| name == cell).unwrap_or_else(|| {
                known.push(cell.clone());
                known.len() - 1
            });
            *cell = format!("Qx{place}");
        }
    }
    dataset.columns[2].name = "Zz".to_owned();
    dataset.columns[2].unit = dataset.columns[2]
        .unit
        .take()
        .filter(|unit| !matches!(unit, domain::dataset::Unit::Other(_)));
}

/// Isolates and embeddings are closed, in order.
fn are_closed(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '\u{2068}' => open.push('\u{2069}'),
            '\u{202b}' => open.push('\u{202c}'),
            '\u{2069}' | '\u{202c}' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_text_is_whole_in_every_language((dataset, spec) in any_chart()) {
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        for locale in LOCALES.into_iter().chain(["es-MX", "pt-PT", "de-CH", "ar-EG", "fr", "zh-Hant-TW", "?"]) {
            let told = tell_in(locale, &facts, "Title");
            let alt = alt_text(&facts, spec.mark, "Title", locale);
            prop_assert!(utf16_units(&alt) <= ALT_CHARS_MAX, "{alt:?}");
            for text in texts(&told).into_iter().chain([alt]) {
                prop_assert!(!text.trim().is_empty());
                prop_assert!(!text.contains('\n') && text.trim() == text, "{text:?}");
                prop_assert!(are_closed(&text), "{text:?}");
            }
            prop_assert!(told.highlights.len() <= 2);
            let own = "*{title}* {latest} {change} {period} ".repeat(8);
            let caption = insight::whatsapp_caption(&told, Some(&own));
            prop_assert!(utf16_units(&caption) <= 1024 && are_closed(&caption), "{caption:?}");
            let analysis = insight::whatsapp_analysis(&told);
            prop_assert!(utf16_units(&analysis) <= 4096 && are_closed(&analysis));
            prop_assert_eq!(&told, &tell_in(locale, &facts, "Title"));
        }
    }

    #[test]
    fn nothing_of_one_language_is_left_in_another((mut dataset, spec) in any_chart()) {
        plain_names(&mut dataset);
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        for locale in LOCALES {
            let told = tell_in(locale, &facts, "Qx");
            for text in texts(&told).into_iter().chain([alt_text(&facts, spec.mark, "Qx", locale)]) {
                prop_assert!(!text.contains("  ") && !text.contains(['{', '}']) && !text.contains(" ,") && !text.contains("()"), "{text:?}");
                prop_assert!(!text.contains("..") && !text.contains(" .") && !text.contains(":."), "{text:?}");
                let words = format!(" {} ", text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
                let foreign = ENGLISH.iter().find(|word| words.contains(&format!(" {} ", word.trim())));
                prop_assert!(locale == "en" || foreign.is_none(), "{foreign:?} in {text:?}");
                let is_arabic = text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
                prop_assert!(is_arabic == (locale == "ar") || !text.chars().any(char::is_alphabetic) || locale == "ar", "{text:?}");
                // Commas and semicolons are the language's own; in numbers they are Latin everywhere.
                prop_assert!(locale != "ar" || !(text.contains(", ") || text.contains("; ")), "{text:?}");
            }
        }
    }

    #[test]
    fn a_language_we_do_not_write_is_answered_in_english_altogether((dataset, spec) in any_chart()) {
        let Some(facts) = facts_of(&dataset, &spec) else { return Ok(()) };
        let told = tell_in("fr-CA", &facts, "Title");
        prop_assert_eq!(&told, &tell_in("en", &facts, "Title"));
        prop_assert_eq!(told.locale, "en");
    }
}
