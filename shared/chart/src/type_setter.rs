//! Text to placed glyphs: measuring, wrapping and shortening, with fonts of other scripts opened when a text first needs them.

use crate::scripts;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{
    BaseDirection, FontContext, FontData, FontFamily, FontFamilyName, FontWeight, Layout, LayoutContext, PositionedLayoutItem,
    StyleProperty,
};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;
use vello_cpu::Glyph;

const FAMILY: &str = "Inter";
const FONTS: [(&[u8], Weight); 3] = [
    (include_bytes!("../fonts/Inter-Regular.ttf"), Weight::Regular),
    (include_bytes!("../fonts/Inter-SemiBold.ttf"), Weight::SemiBold),
    (include_bytes!("../fonts/Inter-Bold.ttf"), Weight::Bold),
];

/// Of the embedded font, as shares of the type size: what letters reach above and below the baseline.
const ABOVE: f64 = 0.76;
const BELOW: f64 = 0.22;

const ELLIPSIS: char = '…';

/// Longer texts are cut before they are shaped; no picture shows as much.
const TEXT_CHARS_MAX: usize = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
    Bold,
}

impl Weight {
    fn font_weight(self) -> FontWeight {
        match self {
            Self::Regular => FontWeight::NORMAL,
            Self::SemiBold => FontWeight::SEMI_BOLD,
            Self::Bold => FontWeight::BOLD,
        }
    }
}

/// Size in pixels and weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub size: f64,
    pub weight: Weight,
}

impl Style {
    pub fn regular(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
        }
    }

    pub fn semi_bold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::SemiBold,
        }
    }

    pub fn bold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Bold,
        }
    }
}

/// One line of shaped text, from its left end on its baseline.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub text: String,
    pub width: f64,
    /// What the letters reach above the baseline.
    pub above: f64,
    /// What they reach below it.
    pub below: f64,
    pub runs: Vec<Run>,
}

impl Line {
    pub fn height(&self) -> f64 {
        self.above + self.below
    }
}

/// Glyphs of one font.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub font: FontData,
    pub size: f32,
    pub coords: Vec<i16>,
    /// The font has no bold of its own: thicken it.
    pub is_emboldened: bool,
    pub glyphs: Vec<Glyph>,
}

/// Fonts and scratch space. Costs a tenth of a millisecond to make.
pub(crate) struct TypeSetter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    families: Vec<FontFamilyName<'static>>,
    font_dir: Option<PathBuf>,
    /// File stems that have been looked for, found or not.
    sought: Vec<&'static str>,
    emoji_family: Option<String>,
    /// Characters that no font had, since last taken.
    pub unprintable: BTreeSet<char>,
}

impl TypeSetter {
    pub fn new(font_dir: Option<PathBuf>) -> Self {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        for (bytes, weight) in FONTS {
            let info = FontInfoOverride {
                family_name: Some(FAMILY),
                weight: Some(weight.font_weight()),
                ..Default::default()
            };
            collection.register_fonts(Blob::new(Arc::new(bytes)), Some(info));
        }
        Self {
            fonts: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            families: vec![FontFamilyName::named(FAMILY)],
            font_dir,
            sought: Vec::new(),
            emoji_family: None,
            unprintable: BTreeSet::new(),
        }
    }

    /// Whether fonts beside the embedded one are open.
    pub fn has_opened_files(&self) -> bool {
        self.families.len() > 1
    }

    /// The text on one line, however wide.
    pub fn line(&mut self, text: &str, style: Style) -> Line {
        let text = tidy(text);
        if text.is_empty() {
            return Line {
                text,
                width: 0.0,
                above: style.size * ABOVE,
                below: style.size * BELOW,
                runs: Vec::new(),
            };
        }
        let layout = self.lay_out(&text, style, None);
        self.collect(&text, &layout, style)
    }

    /// The text on one line, shortened with an ellipsis where it is wider than this.
    pub fn fit(&mut self, text: &str, style: Style, width: f64) -> Line {
        let whole = self.line(text, style);
        if whole.width <= width {
            return whole;
        }
        let ends: Vec<usize> = whole.text.grapheme_indices(true).map(|(at, _)| at).collect();
        // How many graphemes fit grows with the width, apart from a little kerning: halve, then step back.
        let (mut fits, mut over) = (0, ends.len());
        let mut best = self.line(&ELLIPSIS.to_string(), style);
        while fits + 1 < over {
            let middle = usize::midpoint(fits, over);
            let line = self.line(&shortened(&whole.text[..ends[middle]]), style);
            if line.width <= width {
                (fits, best) = (middle, line);
            } else {
                over = middle;
            }
        }
        best
    }

    /// The text on at most so many lines, the last one shortened where the rest does not fit.
    pub fn wrap(&mut self, text: &str, style: Style, width: f64, lines_max: usize) -> Vec<Line> {
        let text = tidy(text);
        if text.is_empty() {
            return Vec::new();
        }
        let layout = self.lay_out(&text, style, Some(width));
        let ranges: Vec<_> = layout.lines().map(|line| line.text_range()).collect();
        let mut lines = Vec::new();
        for (i, range) in ranges.iter().take(lines_max).enumerate() {
            let end = if i + 1 == lines_max { text.len() } else { range.end };
            lines.push(self.fit(text[range.start..end].trim(), style, width));
        }
        lines.retain(|line| !line.text.is_empty());
        lines
    }

    fn lay_out(&mut self, text: &str, style: Style, width: Option<f64>) -> Layout<()> {
        self.open_fonts(text);
        let families = FontFamily::List(Cow::Borrowed(&self.families));
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(families));
        builder.push_default(StyleProperty::FontSize(style.size as f32));
        builder.push_default(StyleProperty::FontWeight(style.weight.font_weight()));
        if let Some(emoji) = &self.emoji_family {
            for range in scripts::emoji_ranges(text) {
                builder.push(StyleProperty::FontFamily(FontFamily::named(emoji)), range);
            }
        }
        // A title that begins with an Arabic name is still a Latin line; only one without any other letter runs from the right.
        let is_right_to_left =
            text.chars().any(scripts::is_right_to_left) && !text.chars().any(|c| c.is_alphabetic() && !scripts::is_right_to_left(c));
        builder.set_base_direction(if is_right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr });
        let mut layout = builder.build(text);
        layout.break_all_lines(width.map(|width| width as f32));
        layout
    }

    fn collect(&mut self, text: &str, layout: &Layout<()>, style: Style) -> Line {
        let mut runs = Vec::new();
        let (mut above, mut below) = (style.size * ABOVE, style.size * BELOW);
        for item in layout.lines().take(1).flat_map(|line| line.items().collect::<Vec<_>>()) {
            let PositionedLayoutItem::GlyphRun(glyph_run) = item else {
                continue;
            };
            let run = glyph_run.run();
            let baseline = glyph_run.baseline();
            let glyphs: Vec<Glyph> = glyph_run
                .positioned_glyphs()
                .map(|glyph| Glyph {
                    id: glyph.id,
                    x: glyph.x,
                    y: glyph.y - baseline,
                })
                .collect();
            if glyphs.iter().any(|glyph| glyph.id == 0) {
                let missing = run.clusters().filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
                let missing = missing.flat_map(|cluster| text[cluster.text_range()].chars().collect::<Vec<_>>());
                self.unprintable.extend(missing);
            }
            if text[run.text_range()]
                .chars()
                .any(|c| u32::from(c) >= 0x0590 && scripts::of(c).is_some())
            {
                // Other scripts reach further than Latin letters; their fonts say how far.
                let metrics = run.font_metrics();
                above = above.max(f64::from(metrics.ascent) * 0.9);
                below = below.max(f64::from(metrics.descent) * 0.9);
            }
            runs.push(Run {
                font: run.font().clone(),
                size: run.font_size(),
                coords: run.normalized_coords().iter().map(|coord| coord.to_bits()).collect(),
                is_emboldened: run.synthesis().embolden(),
                glyphs,
            });
        }
        Line {
            text: text.to_owned(),
            width: f64::from(layout.width()),
            above,
            below,
            runs,
        }
    }

    /// Opens the files of the scripts that the text needs and that have not been sought yet.
    fn open_fonts(&mut self, text: &str) {
        for c in text.chars() {
            let stems = match c {
                '\u{fe0f}' | '\u{20e3}' => scripts::EMOJI,
                c => match scripts::of(c) {
                    Some(script) => script.file_stems,
                    None => continue,
                },
            };
            if self.sought.contains(&stems[0]) {
                continue;
            }
            self.sought.push(stems[0]);
            let Some(path) = self.font_dir.as_deref().and_then(|dir| font_file(dir, stems)) else {
                continue;
            };
            let before: BTreeSet<String> = self.fonts.collection.family_names().map(str::to_owned).collect();
            self.fonts.collection.load_fonts_from_paths([path]);
            let mut opened: Vec<String> = self
                .fonts
                .collection
                .family_names()
                .filter(|name| !before.contains(*name))
                .map(str::to_owned)
                .collect();
            opened.sort();
            if stems == scripts::EMOJI {
                self.emoji_family = opened.first().cloned();
            }
            self.families
                .extend(opened.into_iter().map(|name| FontFamilyName::Named(Cow::Owned(name))));
        }
    }
}

/// The first file, by stem and then by name, so that every machine with the same folder takes the same font.
fn font_file(dir: &Path, stems: &[&str]) -> Option<PathBuf> {
    let entries = std::fs::read_dir(dir).ok()?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let is_font = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ["ttf", "otf", "ttc"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    let begins = |path: &PathBuf, stem: &str| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(stem))
    };
    stems
        .iter()
        .find_map(|stem| files.iter().find(|path| is_font(path) && begins(path, stem)).cloned())
}

/// One line of printable text: control characters and runs of white space become one space.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars().take(TEXT_CHARS_MAX) {
        if c.is_control() || c == ' ' || c == '\u{2028}' || c == '\u{2029}' {
            if !tidy.ends_with(' ') && !tidy.is_empty() {
                tidy.push(' ');
            }
        } else {
            tidy.push(c);
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

fn shortened(start: &str) -> String {
    let mut text = start.trim_end_matches([' ', ',', '.', '-', '–', '·', ':']).to_owned();
    text.push(ELLIPSIS);
    text
}
