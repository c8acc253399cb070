//! Text to placed glyphs: measuring, wrapping and shortening, with fonts of other scripts opened when a text first needs them.

use crate::breaks;
use crate::fonts::{self, Fonts};
use crate::glyphs;
use crate::scripts::{self, Han, Stem};
use domain::locale::Locale;
use domain::series::{Domain, Plotted};
use parley::{BaseDirection, FontData, FontFamily, FontWeight, Layout, LayoutContext, StyleProperty};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use unicode_segmentation::UnicodeSegmentation;
use vello_cpu::Glyph;

/// Of the embedded font, as shares of the type size: what letters reach above and below the baseline.
const ABOVE: f64 = 0.76;
const BELOW: f64 = 0.22;

/// The OpenType feature of digits of one width.
const TABULAR: &str = "\"tnum\"";

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
    pub fn font_weight(self) -> FontWeight {
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
    /// Digits of one width, for numbers under each other.
    pub is_tabular: bool,
}

impl Style {
    pub fn regular(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            is_tabular: false,
        }
    }

    pub fn semi_bold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::SemiBold,
            is_tabular: false,
        }
    }

    pub fn bold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Bold,
            is_tabular: false,
        }
    }

    pub fn tabular(self) -> Self {
        Self { is_tabular: true, ..self }
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

/// Glyphs of one font and direction, from left to right as they are drawn.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub font: FontData,
    pub size: f32,
    pub coords: Vec<i16>,
    /// The font has no bold of its own: thicken it.
    pub is_emboldened: bool,
    /// Relative to the line's left end and baseline.
    pub glyphs: Vec<Glyph>,
    /// For each glyph the bytes of [`Line::text`] that it stands for. A letter and its marks, or a ligature's parts, have the same ones; they ascend,
    /// and descend where the run is read from the right.
    pub text_ranges: Vec<Range<usize>>,
    /// Read from the right: the first glyph is the text's last.
    #[cfg_attr(not(test), expect(dead_code, reason = "for text that can be copied out of a PDF"))]
    pub is_right_to_left: bool,
}

/// Fonts and scratch space. Costs a tenth of a millisecond to make.
pub(crate) struct TypeSetter {
    fonts: Fonts,
    layouts: LayoutContext<()>,
    is_right_to_left: bool,
    han: Han,
    /// Characters that no font had, since last taken.
    pub unprintable: BTreeSet<char>,
}

impl TypeSetter {
    pub fn new(font_dir: Option<PathBuf>) -> Self {
        Self {
            fonts: Fonts::new(font_dir),
            layouts: LayoutContext::new(),
            is_right_to_left: false,
            han: Han::default(),
            unprintable: BTreeSet::new(),
        }
    }

    /// Whether fonts beside the embedded one are open.
    pub fn has_opened_files(&self) -> bool {
        self.fonts.has_opened_files()
    }

    /// Sets what follows as this reader reads it. Whose Chinese characters they are tells her language, else the chart's other words.
    pub fn read_as(&mut self, locale: Locale, plotted: &Plotted) {
        self.is_right_to_left = locale.is_right_to_left();
        self.han = match locale.tag() {
            "ja" => Han::Japanese,
            "ko" | "zh-TW" => Han::Traditional,
            "zh-CN" => Han::Simplified,
            _ => words(plotted).find_map(Han::beside).unwrap_or_default(),
        };
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
        self.fit_before(text, "", style, width)
    }

    /// The same for a text of which this end is to be kept: the ellipsis stands before it.
    pub fn fit_before(&mut self, text: &str, end: &str, style: Style, width: f64) -> Line {
        let whole = self.line(&format!("{text}{end}"), style);
        if whole.width <= width {
            return whole;
        }
        let text = tidy(text);
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        // How many graphemes fit grows with the width, apart from a little kerning: halve, then step back.
        let (mut fits, mut over) = (0, ends.len());
        let mut best = self.line(&format!("{ELLIPSIS}{end}"), style);
        while fits + 1 < over {
            let middle = usize::midpoint(fits, over);
            let line = self.line(&format!("{}{ELLIPSIS}{end}", shortened(&text[..ends[middle]])), style);
            if line.width <= width {
                (fits, best) = (middle, line);
            } else {
                over = middle;
            }
        }
        best
    }

    /// The text on one line, set smaller where it is wider than this, and shortened where it would have to be smaller than `size_min`.
    pub fn shrink(&mut self, text: &str, style: Style, width: f64, size_min: f64) -> Line {
        let whole = self.line(text, style);
        if whole.width <= width {
            return whole;
        }
        let size = (style.size * width / whole.width).max(size_min.min(style.size));
        // What is lost by rounding must not cost a letter.
        self.fit(text, Style { size, ..style }, width + 1.0)
    }

    /// The text on at most so many lines, the last one shortened where the rest does not fit.
    pub fn wrap(&mut self, text: &str, style: Style, width: f64, lines_max: usize) -> Vec<Line> {
        let text = tidy(text);
        if text.is_empty() {
            return Vec::new();
        }
        let text = breaks::marked(&text);
        let layout = self.lay_out(&text, style, Some(width));
        let ranges: Vec<_> = layout.lines().map(|line| line.text_range()).collect();
        let mut lines = Vec::new();
        for (i, range) in ranges.iter().take(lines_max).enumerate() {
            let end = if i + 1 == lines_max { text.len() } else { range.end };
            let words = text[range.start..end].replace(breaks::MARK, "");
            lines.push(self.fit(words.trim(), style, width));
        }
        lines.retain(|line| !line.text.is_empty());
        lines
    }

    fn lay_out(&mut self, text: &str, style: Style, width: Option<f64>) -> Layout<()> {
        let mut stems = Fonts::needed(text, self.han);
        // Only signs, and Chinese characters beyond the usual ones, need a second look.
        let is_plain = text.chars().all(|c| c < '\u{2100}');
        loop {
            let layout = self.set(text, style, width, &stems);
            if is_plain || !Fonts::add_for(&glyphs::missing(text, &layout), &mut stems, self.han) {
                return layout;
            }
        }
    }

    fn set(&mut self, text: &str, style: Style, width: Option<f64>, stems: &[Stem]) -> Layout<()> {
        let (families, direction) = (self.fonts.families(stems), self.base_direction(text));
        let emoji = scripts::emoji_ranges(text);
        let mut emoji_first = families.clone();
        if !emoji.is_empty() {
            // The family comes twice, which does no harm.
            let colored = self.fonts.families(scripts::EMOJI);
            emoji_first.splice(..0, colored.into_iter().skip(1));
        }
        let mut builder = self.layouts.ranged_builder(&mut self.fonts.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&families))));
        builder.push_default(StyleProperty::FontSize(style.size as f32));
        builder.push_default(StyleProperty::FontWeight(style.weight.font_weight()));
        if style.is_tabular {
            builder.push_default(StyleProperty::FontFeatures(TABULAR.into()));
        }
        for range in emoji {
            builder.push(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&emoji_first))), range);
        }
        builder.set_base_direction(direction);
        let mut layout = builder.build(text);
        layout.break_all_lines(width.map(|width| width as f32));
        layout
    }

    /// By the letters where they are of one direction, else by the reader's: a Latin title that begins with an Arabic name is still a Latin line.
    fn base_direction(&self, text: &str) -> BaseDirection {
        let has_right_to_left = text.contains(scripts::is_right_to_left);
        let has_left_to_right = text.contains(|c: char| c.is_alphabetic() && !scripts::is_right_to_left(c));
        let is_right_to_left = if has_right_to_left == has_left_to_right {
            self.is_right_to_left
        } else {
            has_right_to_left
        };
        if is_right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr }
    }

    fn collect(&mut self, text: &str, layout: &Layout<()>, style: Style) -> Line {
        let mut runs = Vec::new();
        let (mut above, mut below) = (style.size * ABOVE, style.size * BELOW);
        let first = layout.lines().next();
        let mut left = first.as_ref().map_or(0.0, |line| line.metrics().offset);
        for run in first.iter().flat_map(|line| line.runs()) {
            let (placed, text_ranges) = glyphs::placed(&run, left);
            for (_, range) in placed.iter().zip(&text_ranges).filter(|(glyph, _)| glyph.id == 0) {
                self.unprintable.extend(text[range.clone()].chars());
            }
            // Other scripts reach further than Latin letters.
            if !fonts::is_embedded(run.font()) {
                let (up, down) = glyphs::reach(&run, &placed);
                above = above.max(up);
                below = below.max(down);
            }
            left += run.advance();
            runs.push(Run {
                font: run.font().clone(),
                size: run.font_size(),
                coords: run.normalized_coords().iter().map(|coord| coord.to_bits()).collect(),
                is_emboldened: style.weight != Weight::Regular && !fonts::is_embedded(run.font()),
                glyphs: placed,
                text_ranges,
                is_right_to_left: run.is_rtl(),
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
}

/// What is written on a chart by its owner.
fn words(plotted: &Plotted) -> impl Iterator<Item = &str> {
    let title = plotted
        .title
        .iter()
        .flat_map(|title| [Some(title.text.as_str()), title.subtitle.as_deref()]);
    let names = if let Domain::Categories { names } = &plotted.x.domain {
        &names[..]
    } else {
        &[]
    };
    let series = plotted.series.iter().map(|series| &series.name);
    title.flatten().chain(series.chain(names).map(String::as_str))
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

fn shortened(start: &str) -> &str {
    start.trim_end_matches([' ', ',', '.', '-', '–', '·', ':'])
}
