//! Plotted table to picture, with everything worth keeping between two pictures.

use crate::encode;
use crate::error::ChartError;
use crate::layout;
use crate::options::{RenderOptions, SIDE_PX_MAX, SIDE_PX_MIN, Size};
use crate::paint::Painter;
use crate::pdf::{self, Pdf, Sheet};
use crate::scene::Scene;
use crate::type_setter::TypeSetter;
use domain::chart_spec::ChartSpec;
use domain::dataset::Dataset;
use domain::series::{Plotted, plot};
use std::path::PathBuf;

/// After so many pictures glyph outlines are forgotten: with ever new names in scripts of many characters they would fill the memory.
const PICTURES_PER_GLYPH_CACHE: u32 = 64;

/// Fonts, glyph outlines and pixel buffers, to be kept between pictures. Costs well under a millisecond to make.
pub struct Renderer {
    type_setter: TypeSetter,
    painter: Painter,
    pictures: u32,
}

/// A finished chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// PNG, opaque.
    pub png: Vec<u8>,
    /// As asked.
    pub width_px: u16,
    /// As asked.
    pub height_px: u16,
    /// Characters that no font had and that are shown as empty boxes, ascending. Not empty: install the script's font in `font_dir`, or say so.
    pub unprintable: Vec<char>,
}

impl Renderer {
    /// `font_dir` holds the fonts of other scripts than Latin, Greek and Cyrillic by their usual file names (`NotoSansArabic*.ttf`,
    /// `NotoSansSC*`, `NotoColorEmoji*`); they are opened when a text first needs them. Without it such characters are reported as unprintable.
    pub fn new(font_dir: Option<PathBuf>) -> Self {
        Self {
            type_setter: TypeSetter::new(font_dir),
            painter: Painter::default(),
            pictures: 0,
        }
    }

    /// Draws a plotted table. Fails only on a size outside 240 to 4096 pixels.
    pub fn render(&mut self, plotted: &Plotted, options: &RenderOptions) -> Result<Picture, ChartError> {
        let Size { width_px, height_px } = options.size;
        let scene = self.lay_out(plotted, options)?;
        self.pictures += 1;
        if self.type_setter.has_opened_files() && self.pictures.is_multiple_of(PICTURES_PER_GLYPH_CACHE) {
            self.painter.forget_glyphs();
        }
        let png = encode::png(self.painter.paint(&scene, options.size), options.size, options.colors)?;
        let unprintable = std::mem::take(&mut self.type_setter.unprintable).into_iter().collect();
        Ok(Picture {
            png,
            width_px,
            height_px,
            unprintable,
        })
    }

    /// Plots the rows as the spec says and draws them.
    pub fn render_rows(&mut self, dataset: &Dataset, spec: &ChartSpec, options: &RenderOptions) -> Result<Picture, ChartError> {
        let plotted = plot(dataset, spec).map_err(ChartError::Spec)?;
        self.render(&plotted, options)
    }

    /// Sets a plotted table on paper; size and medium of the options do not count. Fails only where a font cannot be embedded.
    pub fn pdf(&mut self, plotted: &Plotted, options: &RenderOptions, sheet: &Sheet) -> Result<Pdf, ChartError> {
        self.type_setter.unprintable.clear();
        let scenes = layout::pages(&mut self.type_setter, plotted, &options.on(sheet.paper));
        Ok(Pdf {
            bytes: pdf::write(&scenes, sheet)?,
            pages: scenes.len(),
            unprintable: std::mem::take(&mut self.type_setter.unprintable).into_iter().collect(),
        })
    }

    /// Plots the rows as the spec says and sets them on paper.
    pub fn pdf_rows(&mut self, dataset: &Dataset, spec: &ChartSpec, options: &RenderOptions, sheet: &Sheet) -> Result<Pdf, ChartError> {
        let plotted = plot(dataset, spec).map_err(ChartError::Spec)?;
        self.pdf(&plotted, options, sheet)
    }

    /// Measures and places everything without drawing it.
    pub(crate) fn lay_out(&mut self, plotted: &Plotted, options: &RenderOptions) -> Result<Scene, ChartError> {
        let Size { width_px, height_px } = options.size;
        let sides = SIDE_PX_MIN..=SIDE_PX_MAX;
        if !sides.contains(&width_px) || !sides.contains(&height_px) {
            return Err(ChartError::Size { width_px, height_px });
        }
        self.type_setter.unprintable.clear();
        Ok(layout::lay_out(&mut self.type_setter, plotted, options))
    }
}
