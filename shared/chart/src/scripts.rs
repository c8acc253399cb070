//! Which font file a character needs when the embedded one lacks it.

/// A script whose font is a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Script {
    /// How the names of its font files begin, best first.
    pub file_stems: &'static [&'static str],
    first: u32,
    last: u32,
}

const fn script(first: u32, last: u32, file_stems: &'static [&'static str]) -> Script {
    Script { file_stems, first, last }
}

const HAN: &[&str] = &["NotoSansSC", "NotoSansCJK", "NotoSansJP", "NotoSansTC", "NotoSansKR"];
const KANA: &[&str] = &["NotoSansJP", "NotoSansCJK", "NotoSansSC"];
const HANGUL: &[&str] = &["NotoSansKR", "NotoSansCJK"];
const ARABIC: &[&str] = &["NotoSansArabic", "NotoNaskhArabic"];
pub(crate) const EMOJI: &[&str] = &["NotoColorEmoji"];

const SCRIPTS: [Script; 28] = [
    script(0x0530, 0x058f, &["NotoSansArmenian"]),
    script(0x0590, 0x05ff, &["NotoSansHebrew"]),
    script(0x0600, 0x077f, ARABIC),
    script(0x08a0, 0x08ff, ARABIC),
    script(0x0900, 0x097f, &["NotoSansDevanagari"]),
    script(0x0980, 0x09ff, &["NotoSansBengali"]),
    script(0x0a00, 0x0a7f, &["NotoSansGurmukhi"]),
    script(0x0a80, 0x0aff, &["NotoSansGujarati"]),
    script(0x0b80, 0x0bff, &["NotoSansTamil"]),
    script(0x0c00, 0x0c7f, &["NotoSansTelugu"]),
    script(0x0c80, 0x0cff, &["NotoSansKannada"]),
    script(0x0d00, 0x0d7f, &["NotoSansMalayalam"]),
    script(0x0e00, 0x0e7f, &["NotoSansThai"]),
    script(0x10a0, 0x10ff, &["NotoSansGeorgian"]),
    script(0x1100, 0x11ff, HANGUL),
    script(0x2600, 0x27bf, EMOJI),
    script(0x2b00, 0x2bff, EMOJI),
    script(0x2e80, 0x303f, HAN),
    script(0x3040, 0x30ff, KANA),
    script(0x3100, 0x312f, HAN),
    script(0x3130, 0x318f, HANGUL),
    script(0x31f0, 0x31ff, KANA),
    script(0x3400, 0x9fff, HAN),
    script(0xac00, 0xd7af, HANGUL),
    script(0xf900, 0xfaff, HAN),
    script(0xfb50, 0xfeff, ARABIC),
    script(0x1f000, 0x1faff, EMOJI),
    script(0x20000, 0x3134f, HAN),
];

/// The script of a character that the embedded font does not hold; `None` for the embedded ones and the unknown.
pub(crate) fn of(c: char) -> Option<&'static Script> {
    let code = u32::from(c);
    // Everything before is Latin, Greek or Cyrillic, which is nearly everything.
    if code < 0x0530 {
        return None;
    }
    SCRIPTS.iter().find(|script| (script.first..=script.last).contains(&code))
}

/// Whether the character is written from right to left by itself.
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc)
}

/// The byte ranges of characters that are to be shown as emoji although a text font may have them: followed by U+FE0F, or a keycap.
pub(crate) fn emoji_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    if !text.contains(['\u{fe0f}', '\u{20e3}']) {
        return Vec::new();
    }
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    let mut base = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{fe0f}' | '\u{20e3}') {
            let end = at + c.len_utf8();
            match ranges.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => ranges.push(base..end),
            }
        } else {
            base = at;
        }
    }
    ranges
}
