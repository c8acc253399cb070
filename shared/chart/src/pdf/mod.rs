//! A laid-out chart as a PDF: shapes and letters as vectors, fonts cut down to the letters used, text that can be searched and copied.
//!
//! `content` writes what a page shows, `fonts` and `images` gather letters and pixels while it does; then `outline_font` and `picture_font` write
//! the fonts. Nothing in the file depends on when or where it was written, but for the date that is given.

mod content;
mod fonts;
mod images;
mod outline_font;
mod picture_font;

use crate::error::ChartError;
use crate::options::{Medium, RenderOptions, Size};
use crate::scene::Scene;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use fonts::Fonts;
use images::Images;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pdf_writer::{Date, Finish, Name, Ref, TextStr};
use std::io::Write;

/// Design pixels of the longer side of a page; type of 28 pixels is then 10 points high.
const LONG_SIDE_PX: f64 = 2000.0;

/// What the page is printed on, and what the file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The paper, laid across.
    pub paper: Paper,
    /// The file's title; viewers show it instead of its name.
    pub title: String,
    /// BCP 47 tag of the text's language, for who has it read aloud.
    pub language: String,
    /// When the rows were read: the file's date.
    pub created_at: Timestamp,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paper {
    /// 297 x 210 mm: everywhere but in North America.
    #[default]
    A4,
    /// 11 x 8.5 inches.
    Letter,
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has: 1, or more for a long table.
    pub pages: usize,
    /// See [`crate::Picture::unprintable`].
    pub unprintable: Vec<char>,
}

impl Paper {
    /// What people with that BCP 47 tag have in their printers.
    pub fn of(locale: &str) -> Self {
        let region = locale.split('-').skip(1).find(|part| part.len() == 2);
        let is_letter = region.is_some_and(|region| {
            ["US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PA", "DO", "SV", "PR"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(region))
        });
        if is_letter { Self::Letter } else { Self::A4 }
    }

    /// Width and height in points.
    fn points(self) -> (f64, f64) {
        match self {
            Self::A4 => (841.89, 595.28),
            Self::Letter => (792.0, 612.0),
        }
    }
}

impl RenderOptions {
    /// The same for a page of that paper.
    pub(crate) fn on(&self, paper: Paper) -> Self {
        let (width, height) = paper.points();
        let size = Size {
            width_px: LONG_SIDE_PX as u16,
            height_px: (LONG_SIDE_PX * height / width).round() as u16,
        };
        Self {
            size,
            medium: Medium::Paper,
            ..self.clone()
        }
    }
}

/// Hands out the numbers of a file's objects.
#[derive(Debug)]
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// One page for each scene.
pub(crate) fn write(scenes: &[Scene], sheet: &Sheet) -> Result<Vec<u8>, ChartError> {
    let mut pdf = pdf_writer::Pdf::new();
    let mut numbers = Numbers(0);
    let (catalog, pages, info, resources) = (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let (width, height) = sheet.paper.points();
    let scale = width / LONG_SIDE_PX;
    let (mut fonts, mut images) = (Fonts::default(), Images::default());
    let mut page_refs = Vec::with_capacity(scenes.len());
    for scene in scenes {
        let (page_ref, content_ref) = (numbers.next(), numbers.next());
        let content = deflated(&content::draw(scene, (width, height), scale, &mut fonts, &mut images));
        pdf.stream(content_ref, &content).filter(pdf_writer::Filter::FlateDecode);
        let mut page = pdf.page(page_ref);
        page.parent(pages).contents(content_ref);
        page.media_box(pdf_writer::Rect::new(0.0, 0.0, width as f32, height as f32));
        page.pair(Name(b"Resources"), resources);
        page_refs.push(page_ref);
    }
    let font_refs = fonts.write(&mut pdf, &mut numbers)?;
    let image_refs = images.write(&mut pdf, &mut numbers);
    let mut dictionary = pdf.indirect(resources).start::<pdf_writer::writers::Resources<'_>>();
    let mut named = dictionary.fonts();
    for (name, font) in &font_refs {
        named.pair(Name(name.as_bytes()), font);
    }
    named.finish();
    if !image_refs.is_empty() {
        dictionary
            .x_objects()
            .pairs(image_refs.iter().map(|(name, image)| (Name(name.as_bytes()), *image)));
    }
    dictionary.finish();
    pdf.pages(pages)
        .count(i32::try_from(page_refs.len()).unwrap_or(i32::MAX))
        .kids(page_refs.iter().copied());
    let mut root = pdf.catalog(catalog);
    root.pages(pages).lang(TextStr(&sheet.language));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info)
        .title(TextStr(&sheet.title))
        .creator(TextStr("Chartcastr"))
        .creation_date(date(sheet.created_at));
    Ok(pdf.finish())
}

fn date(at: Timestamp) -> Date {
    let at = at.to_zoned(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    Date::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    // Writing to memory does not fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}
