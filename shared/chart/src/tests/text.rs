//! Set text, looked at by rule.

use crate::type_setter::{Line, Style, TypeSetter};

/// Every glyph's bytes are characters of the line, and together they are the whole of it.
pub(super) fn covers_its_text(line: &Line) {
    let mut covered = vec![false; line.text.len()];
    for run in &line.runs {
        assert_eq!(run.glyphs.len(), run.text_ranges.len());
        for (range, next) in run.text_ranges.iter().zip(run.text_ranges.iter().skip(1)) {
            let in_order = if run.is_right_to_left {
                next.end <= range.start
            } else {
                range.end <= next.start
            };
            assert!(in_order || range == next, "{range:?} before {next:?} in `{}`", line.text);
        }
        for range in &run.text_ranges {
            assert!(line.text.get(range.clone()).is_some_and(|text| !text.is_empty()), "{range:?}");
            covered[range.clone()].fill(true);
        }
    }
    assert!(covered.iter().all(|covered| *covered), "`{}`: {covered:?}", line.text);
}

#[test]
fn glyphs_know_their_text() {
    let mut type_setter = TypeSetter::new(None);
    for text in [
        "Revenue 2026",
        "Ventes: 12,5 Mio. €",
        "fi ffl -> =>",
        "e\u{301}te\u{301}",
        "a  b",
        "שלום Acme 12.5",
    ] {
        covers_its_text(&type_setter.line(text, Style::regular(28.0)));
    }
}
