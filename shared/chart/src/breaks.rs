//! Where a line may end in scripts that write no spaces between words: Thai, Lao, Khmer, Burmese.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use std::borrow::Cow;

/// Invisible, without width: a line may end here.
pub(crate) const MARK: char = '\u{200b}';

/// The text with a mark between the words of these scripts. The model that finds them is trained, not a dictionary: 0.3 MB instead of 3.
pub(crate) fn marked(text: &str) -> Cow<'_, str> {
    let has_spaces = |c: char| !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    if text.chars().all(has_spaces) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() * 5 / 4);
    let mut from = 0;
    for at in LineSegmenter::new_lstm(LineBreakOptions::default()).segment_str(text) {
        marked.push_str(&text[from..at]);
        let is_inside = text[at..].chars().next().is_some_and(|c| !has_spaces(c)) && !text[..at].ends_with(has_spaces);
        if is_inside && at > 0 {
            marked.push(MARK);
        }
        from = at;
    }
    Cow::Owned(marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_spaces_are_told_apart() {
        let shown = |text: &str| marked(text).replace(MARK, "|");
        assert_eq!(shown("ยอดขายรายเดือน"), "ยอด|ขาย|ราย|เดือน");
        assert_eq!(shown("ยอด 2026 ABC"), "ยอด 2026 ABC");
        assert_eq!(shown("Daily revenue, 日本語"), "Daily revenue, 日本語");
        for words in ["ສະບາຍດີທຸກຄົນ", "ខ្ញុំស្រឡាញ់ភាសាខ្មែរ", "မြန်မာနိုင်ငံတော်ဘဏ်"]
        {
            assert!(shown(words).contains('|'), "{}", shown(words));
        }
    }
}
