//! What is read out of shaped text: the glyphs, where they stand, how far they reach, and which ones are missing.

use parley::layout::Run;
use parley::{Cluster, Layout};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeSet;
use std::ops::Range;
use vello_cpu::Glyph;

/// The characters that no font had.
pub(crate) fn missing(text: &str, layout: &Layout<()>) -> BTreeSet<char> {
    let mut missing = BTreeSet::new();
    for run in layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>()) {
        for cluster in run.clusters().filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0)) {
            missing.extend(text[cluster.text_range()].chars());
        }
    }
    missing
}

/// How far letters go above and below the baseline. Fonts of scripts with tall letters leave room for the tallest pile of marks, which hardly any
/// word has; where their outlines are quickly measured, the letters at hand count.
pub(crate) fn reach(run: &Run<()>, glyphs: &[Glyph]) -> (f64, f64) {
    let whole = run.font_metrics();
    let whole = (f64::from(whole.ascent) * 0.9, f64::from(whole.descent) * 0.9);
    let file = run.font();
    let Ok(font) = FontRef::from_index(file.data.data(), file.index) else {
        return whole;
    };
    if font.cff().is_ok() || font.colr().is_ok() {
        return whole;
    }
    let metrics = font.glyph_metrics(Size::new(run.font_size()), LocationRef::default());
    glyphs.iter().fold((0.0, 0.0), |(above, below): (f64, f64), glyph| {
        let bounds = metrics.bounds(GlyphId::new(glyph.id)).unwrap_or_default();
        // Down is positive in a picture and negative in a font.
        (
            above.max(f64::from(bounds.y_max - glyph.y)),
            below.max(f64::from(glyph.y - bounds.y_min)),
        )
    })
}

/// The glyphs of a run from left to right, with the bytes that each stands for.
pub(crate) fn placed(run: &Run<()>, left: f32) -> (Vec<Glyph>, Vec<Range<usize>>) {
    let mut clusters: Vec<(Cluster<()>, Range<usize>)> = Vec::new();
    for cluster in run.clusters() {
        // Of a ligature only the first letter has glyphs; they stand for the others as well.
        match clusters.last_mut().filter(|_| cluster.is_ligature_continuation()) {
            Some((_, range)) => range.end = cluster.text_range().end,
            None => clusters.push((cluster, cluster.text_range())),
        }
    }
    if run.is_rtl() {
        clusters.reverse();
    }
    let (mut glyphs, mut ranges, mut at) = (Vec::new(), Vec::new(), left);
    for (cluster, range) in clusters {
        for glyph in cluster.glyphs() {
            glyphs.push(Glyph {
                id: glyph.id,
                x: at + glyph.x,
                y: glyph.y,
            });
            ranges.push(range.clone());
            at += glyph.advance;
        }
    }
    (glyphs, ranges)
}
