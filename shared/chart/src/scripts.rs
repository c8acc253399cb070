//! Which font file a character needs when the embedded one lacks it.

/// Of a file whose name begins like this.
pub(crate) type Stem = &'static str;

/// The files that may have a character, best first; the next is asked where one lacks it.
pub(crate) type Files = &'static [Stem];

/// Whose forms Chinese characters are given: the same character is written differently in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Han {
    #[default]
    Simplified,
    Traditional,
    Japanese,
}

impl Han {
    /// By what stands beside them: kana is Japanese, bopomofo Taiwanese, Korean uses the traditional forms. `None` where nothing tells.
    pub fn beside(text: &str) -> Option<Self> {
        text.chars().find_map(|c| match u32::from(c) {
            0x3040..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f => Some(Self::Japanese),
            0x1100..=0x11ff | 0x3100..=0x318f | 0xac00..=0xd7af => Some(Self::Traditional),
            _ => None,
        })
    }

    fn files(self) -> Files {
        match self {
            Self::Simplified => &["NotoSansSC", "NotoSansTC", "NotoSansJP"],
            Self::Traditional => &["NotoSansTC", "NotoSansSC", "NotoSansJP"],
            Self::Japanese => &["NotoSansJP", "NotoSansTC", "NotoSansSC"],
        }
    }
}

const ARABIC: Files = &["NotoSansArabic"];
const ETHIOPIC: Files = &["NotoSansEthiopic"];
const GEORGIAN: Files = &["NotoSansGeorgian"];
const HANGUL: Files = &["NotoSansKR"];
const KANA: Files = &["NotoSansJP"];
const MYANMAR: Files = &["NotoSansMyanmar"];
/// Signs and stars without colour; those that exist in colour are not in them.
const SIGNS: Files = &["NotoSansSymbols-", "NotoSansSymbols2", "NotoSansMath", "NotoColorEmoji"];
pub(crate) const EMOJI: Files = &["NotoColorEmoji"];
/// Stands for [`Han::files`].
const HAN: Files = &[];

/// First and last character, and the files. Ascending.
const SCRIPTS: [(u32, u32, Files); 40] = [
    (0x0530, 0x058f, &["NotoSansArmenian"]),
    (0x0590, 0x05ff, &["NotoSansHebrew"]),
    (0x0600, 0x077f, ARABIC),
    (0x08a0, 0x08ff, ARABIC),
    (0x0900, 0x097f, &["NotoSansDevanagari"]),
    (0x0980, 0x09ff, &["NotoSansBengali"]),
    (0x0a00, 0x0a7f, &["NotoSansGurmukhi"]),
    (0x0a80, 0x0aff, &["NotoSansGujarati"]),
    (0x0b80, 0x0bff, &["NotoSansTamil"]),
    (0x0c00, 0x0c7f, &["NotoSansTelugu"]),
    (0x0c80, 0x0cff, &["NotoSansKannada"]),
    (0x0d00, 0x0d7f, &["NotoSansMalayalam"]),
    (0x0d80, 0x0dff, &["NotoSansSinhala"]),
    (0x0e00, 0x0e7f, &["NotoSansThai"]),
    (0x0e80, 0x0eff, &["NotoSansLao"]),
    (0x1000, 0x109f, MYANMAR),
    (0x10a0, 0x10ff, GEORGIAN),
    (0x1100, 0x11ff, HANGUL),
    (0x1200, 0x139f, ETHIOPIC),
    (0x1780, 0x17ff, &["NotoSansKhmer"]),
    (0x1c90, 0x1cbf, GEORGIAN),
    (0x2100, 0x2bff, SIGNS),
    (0x2d00, 0x2d2f, GEORGIAN),
    (0x2e80, 0x303f, HAN),
    (0x3040, 0x30ff, KANA),
    (0x3100, 0x312f, HAN),
    (0x3130, 0x318f, HANGUL),
    (0x3190, 0x31ef, HAN),
    (0x31f0, 0x31ff, KANA),
    (0x3200, 0x9fff, HAN),
    (0xa960, 0xa97f, HANGUL),
    (0xac00, 0xd7ff, HANGUL),
    (0xf900, 0xfaff, HAN),
    (0xfb1d, 0xfb4f, &["NotoSansHebrew"]),
    (0xfb50, 0xfdff, ARABIC),
    (0xfe30, 0xfe4f, HAN),
    (0xfe70, 0xfefc, ARABIC),
    (0xff00, 0xffef, HAN),
    (0x1f000, 0x1faff, EMOJI),
    (0x20000, 0x3134f, HAN),
];

/// Where the embedded font has most characters of a range, the files are only opened for one that it lacks.
const MOSTLY_EMBEDDED_BELOW: u32 = 0x2600;
const MOSTLY_EMBEDDED_FROM: u32 = 0x2000;

/// The files that may hold a character which the embedded font lacks; empty for the unknown.
pub(crate) fn files(c: char, han: Han) -> Files {
    let code = u32::from(c);
    // Everything before is Latin, Greek or Cyrillic, which is nearly everything.
    if code < SCRIPTS[0].0 {
        return &[];
    }
    if matches!(c, '\u{fe0f}' | '\u{20e3}') {
        return EMOJI;
    }
    let after = SCRIPTS.partition_point(|(_, last, _)| *last < code);
    match SCRIPTS.get(after) {
        Some((first, _, files)) if *first <= code => {
            if files.is_empty() {
                han.files()
            } else {
                files
            }
        }
        _ => &[],
    }
}

/// Whether the embedded font surely lacks it.
pub(crate) fn is_foreign(c: char) -> bool {
    let code = u32::from(c);
    code >= SCRIPTS[0].0 && (!(MOSTLY_EMBEDDED_FROM..MOSTLY_EMBEDDED_BELOW).contains(&code) || c == '\u{20e3}')
}

/// Whether the character is written from right to left by itself.
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x08ff | 0x200f | 0xfb1d..=0xfdff | 0xfe70..=0xfefc)
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
