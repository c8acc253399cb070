//! Glyphs that are pictures: a Type 3 font, whose letters are drawn as any page is. Emoji stay text that can be copied.

use super::fonts::Face;
use super::{Numbers, deflated};
use crate::theme::Rgb;
use crate::type_setter::Run;
use parley::FontData;
use pdf_writer::types::{SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::Affine;
use vello_cpu::{Glyph, Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};

/// Pixels to an em: at 18 points, 500 to an inch.
const EM_PX: f32 = 128.0;
/// What of a glyph is drawn, in ems around the start of its baseline. Emoji reach further than letters.
const LEFT: f32 = -0.25;
const BELOW: f32 = -0.5;
const WIDTH_PX: u16 = 256;
const HEIGHT_PX: u16 = 224;

/// Codes of a Type 3 font are bytes.
const GLYPHS_MAX: usize = 255;

/// One font's glyphs at one setting and in one colour.
pub(super) struct PictureFont {
    coords: Vec<i16>,
    color: Rgb,
    glyphs: Vec<u32>,
}

impl PictureFont {
    pub fn new(run: &Run, color: Rgb) -> Self {
        Self {
            coords: run.coords.clone(),
            color,
            glyphs: Vec::new(),
        }
    }

    /// Whether a run can be set in it: same setting, same colour, and room for whatever it brings.
    pub fn takes(&self, run: &Run, color: Rgb) -> bool {
        self.coords == run.coords && self.color == color && self.glyphs.len() + run.glyphs.len() <= GLYPHS_MAX
    }

    /// A glyph's code; new ones get the next.
    pub fn code(&mut self, glyph: u32) -> u8 {
        let index = self.glyphs.iter().position(|known| *known == glyph).unwrap_or_else(|| {
            self.glyphs.push(glyph);
            self.glyphs.len() - 1
        });
        u8::try_from(index).unwrap_or(u8::MAX)
    }

    /// Writes the font and its pictures.
    pub fn write(&self, pdf: &mut Pdf, numbers: &mut Numbers, face: &Face) -> Ref {
        let (font, cmap) = (numbers.next(), numbers.next());
        let names: Vec<String> = (0..self.glyphs.len()).map(|index| format!("g{index}")).collect();
        let widths = self.advances(&face.font);
        let mut images = Vec::with_capacity(names.len());
        let mut procedures = Vec::with_capacity(names.len());
        let mut painter = GlyphPainter::new();
        for ((glyph, name), width) in self.glyphs.iter().zip(&names).zip(&widths) {
            images.push(write_image(pdf, numbers, &painter.paint(self, &face.font, *glyph)));
            let procedure = numbers.next();
            let mut content = Content::new();
            content.start_color_glyph(*width);
            let em = 1000.0 / EM_PX;
            content.transform([
                f32::from(WIDTH_PX) * em,
                0.0,
                0.0,
                f32::from(HEIGHT_PX) * em,
                LEFT * 1000.0,
                BELOW * 1000.0,
            ]);
            content.x_object(Name(name.as_bytes()));
            pdf.stream(procedure, content.finish().as_slice());
            procedures.push(procedure);
        }
        let mut type3 = pdf.type3_font(font);
        let (right, above) = (LEFT + f32::from(WIDTH_PX) / EM_PX, BELOW + f32::from(HEIGHT_PX) / EM_PX);
        type3
            .bbox(Rect::new(LEFT * 1000.0, BELOW * 1000.0, right * 1000.0, above * 1000.0))
            .matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0])
            .first_char(0)
            .last_char(u8::try_from(names.len().saturating_sub(1)).unwrap_or(u8::MAX))
            .widths(widths.iter().copied())
            .to_unicode(cmap);
        type3.char_procs().pairs(
            names
                .iter()
                .zip(&procedures)
                .map(|(name, procedure)| (Name(name.as_bytes()), *procedure)),
        );
        type3
            .encoding_custom()
            .differences()
            .consecutive(0, names.iter().map(|name| Name(name.as_bytes())));
        type3
            .resources()
            .x_objects()
            .pairs(names.iter().zip(&images).map(|(name, image)| (Name(name.as_bytes()), *image)));
        type3.finish();
        let info = SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"UCS"),
            supplement: 0,
        };
        let mut texts = UnicodeCmap::<u8>::new(Name(b"Text"), info);
        for (code, text) in &face.texts {
            texts.pair_with_multiple(u8::try_from(*code).unwrap_or(u8::MAX), text.chars());
        }
        pdf.cmap(cmap, &deflated(texts.finish().as_slice())).filter(Filter::FlateDecode);
        font
    }

    /// How far each glyph moves on, in thousandths of an em.
    fn advances(&self, font: &FontData) -> Vec<f32> {
        let Ok(font) = FontRef::from_index(font.data.as_ref(), font.index) else {
            return vec![0.0; self.glyphs.len()];
        };
        let coords: Vec<NormalizedCoord> = self.coords.iter().map(|coord| NormalizedCoord::from_bits(*coord)).collect();
        let location = LocationRef::new(&coords);
        let units_per_em = f32::from(font.metrics(Size::unscaled(), location).units_per_em.max(1));
        let metrics = font.glyph_metrics(Size::unscaled(), location);
        let advance = |glyph: &u32| metrics.advance_width(GlyphId::new(*glyph)).unwrap_or_default();
        self.glyphs
            .iter()
            .map(|glyph| (advance(glyph) * 1000.0 / units_per_em).round())
            .collect()
    }
}

/// Colours without alpha, and the alpha.
struct Pixels {
    rgb: Vec<u8>,
    alpha: Vec<u8>,
}

struct GlyphPainter {
    context: RenderContext,
    resources: Resources,
    pixmap: Pixmap,
}

impl GlyphPainter {
    fn new() -> Self {
        Self {
            context: RenderContext::new(WIDTH_PX, HEIGHT_PX),
            resources: Resources::new(),
            pixmap: Pixmap::new(WIDTH_PX, HEIGHT_PX),
        }
    }

    fn paint(&mut self, set: &PictureFont, font: &FontData, glyph: u32) -> Pixels {
        let Self {
            context,
            resources,
            pixmap,
        } = self;
        context.reset();
        let [red, green, blue] = set.color;
        context.set_paint(AlphaColor::<Srgb>::from_rgb8(red, green, blue));
        let baseline = f64::from(HEIGHT_PX) + f64::from(BELOW * EM_PX);
        context.set_transform(Affine::translate((f64::from(-LEFT * EM_PX), baseline)));
        let run = context
            .glyph_run(resources, font)
            .font_size(EM_PX)
            .hint(false)
            .normalized_coords(&set.coords);
        // A glyph without a drawing leaves its place empty, as in the picture.
        let _ = run.fill_glyphs([Glyph { id: glyph, x: 0.0, y: 0.0 }].into_iter());
        context.flush();
        let settings = RasterizerSettings {
            target_init: TargetInit::Clear(AlphaColor::TRANSPARENT),
            ..RasterizerSettings::default()
        };
        context.render_with(&mut *pixmap, resources, settings);
        let (mut rgb, mut alpha) = (Vec::new(), Vec::new());
        for pixel in pixmap.data_as_u8_slice().chunks_exact(4) {
            let share = u16::from(pixel[3]);
            let plain = |channel: u8| (u16::from(channel) * 255 + share / 2).checked_div(share).unwrap_or(0).min(255);
            rgb.extend(pixel[..3].iter().map(|channel| u8::try_from(plain(*channel)).unwrap_or(u8::MAX)));
            alpha.push(pixel[3]);
        }
        Pixels { rgb, alpha }
    }
}

fn write_image(pdf: &mut Pdf, numbers: &mut Numbers, pixels: &Pixels) -> Ref {
    let (image_ref, mask_ref) = (numbers.next(), numbers.next());
    let colors = deflated(&pixels.rgb);
    let mut image = pdf.image_xobject(image_ref, &colors);
    image.filter(Filter::FlateDecode);
    image
        .width(WIDTH_PX.into())
        .height(HEIGHT_PX.into())
        .bits_per_component(8)
        .s_mask(mask_ref);
    image.color_space().device_rgb();
    image.finish();
    let alpha = deflated(&pixels.alpha);
    let mut mask = pdf.image_xobject(mask_ref, &alpha);
    mask.filter(Filter::FlateDecode);
    mask.width(WIDTH_PX.into()).height(HEIGHT_PX.into()).bits_per_component(8);
    mask.color_space().device_gray();
    mask.finish();
    image_ref
}
