//! The fonts of a document, gathered while its pages are written.

use super::picture_font::PictureFont;
use super::{Numbers, outline_font};
use crate::error::ChartError;
use crate::theme::Rgb;
use crate::type_setter::Run;
use parley::FontData;
use pdf_writer::{Pdf, Ref};
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Fonts in order of appearance.
#[derive(Default)]
pub(super) struct Fonts {
    faces: Vec<Face>,
}

/// One font of the document.
pub(super) struct Face {
    /// Its name on the pages.
    pub name: String,
    pub font: FontData,
    /// What each code stands for.
    pub texts: BTreeMap<u16, String>,
    pub kind: Kind,
}

pub(super) enum Kind {
    /// Outlines, in whatever colour the page has.
    Outlines(GlyphRemapper),
    /// Colour glyphs, and those of fonts that vary: no PDF font holds them, so each is a picture.
    Pictures(PictureFont),
}

impl Fonts {
    /// The font of that run; of pictures one with room for it.
    pub fn face_for(&mut self, run: &Run, color: Rgb) -> &mut Face {
        let is_same = |face: &Face| {
            face.font.data.id() == run.font.data.id()
                && face.font.index == run.font.index
                && match &face.kind {
                    Kind::Outlines(_) => true,
                    Kind::Pictures(font) => font.takes(run, color),
                }
        };
        let index = self.faces.iter().position(is_same).unwrap_or_else(|| {
            let kind = if is_outlines(run) {
                Kind::Outlines(GlyphRemapper::new())
            } else {
                Kind::Pictures(PictureFont::new(run, color))
            };
            self.faces.push(Face {
                name: format!("F{}", self.faces.len()),
                font: run.font.clone(),
                texts: BTreeMap::new(),
                kind,
            });
            self.faces.len() - 1
        });
        &mut self.faces[index]
    }

    /// Writes them all; each with its name.
    pub fn write(&self, pdf: &mut Pdf, numbers: &mut Numbers) -> Result<Vec<(String, Ref)>, ChartError> {
        let mut written = Vec::with_capacity(self.faces.len());
        for face in &self.faces {
            let font = match &face.kind {
                Kind::Outlines(glyphs) => outline_font::write(pdf, numbers, face, glyphs)?,
                Kind::Pictures(pictures) => pictures.write(pdf, numbers, face),
            };
            written.push((face.name.clone(), font));
        }
        Ok(written)
    }
}

impl Face {
    /// The code of a glyph on the page.
    pub fn code(&mut self, glyph: u32) -> Vec<u8> {
        match &mut self.kind {
            Kind::Outlines(glyphs) => glyphs.remap(outline_glyph(glyph)).to_be_bytes().to_vec(),
            Kind::Pictures(pictures) => vec![pictures.code(glyph)],
        }
    }

    /// Whether that glyph stands for that text wherever it appears; the first time decides.
    pub fn says(&mut self, glyph: u32, text: &str) -> bool {
        let code = match &mut self.kind {
            Kind::Outlines(glyphs) => glyphs.remap(outline_glyph(glyph)),
            Kind::Pictures(pictures) => u16::from(pictures.code(glyph)),
        };
        self.texts.entry(code).or_insert_with(|| text.to_owned()) == text
    }

    pub fn is_pictures(&self) -> bool {
        matches!(self.kind, Kind::Pictures(_))
    }
}

/// Fonts have at most 65,536 glyphs.
fn outline_glyph(glyph: u32) -> u16 {
    u16::try_from(glyph).unwrap_or_default()
}

fn is_outlines(run: &Run) -> bool {
    let Ok(font) = FontRef::from_index(run.font.data.as_ref(), run.font.index) else {
        return false;
    };
    let has_outlines = font.glyf().is_ok() || font.cff().is_ok();
    let has_colors = font.colr().is_ok() || font.cbdt().is_ok() || font.sbix().is_ok();
    has_outlines && !has_colors && run.coords.iter().all(|coord| *coord == 0)
}
