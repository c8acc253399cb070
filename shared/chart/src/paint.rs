//! A laid-out picture to pixels.

use crate::options::Size;
use crate::scene::{Label, Scene, Shape};
use crate::theme::Rgb;
use glifo::FontEmbolden;
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{Affine, Cap, Circle, Diagonal2, Join, Shape as _, Stroke};
use vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};

/// Flattening error in pixels; a tenth is not seen.
const TOLERANCE: f64 = 0.1;

/// How much a font without bold is thickened for it, in font units; the fonts opened as files have 1000 to an em.
pub(crate) const EMBOLDEN: f64 = 20.0;

/// Scratch space and glyph outlines, kept between pictures.
#[derive(Default)]
pub(crate) struct Painter {
    context: Option<RenderContext>,
    resources: Resources,
    pixmap: Option<Pixmap>,
}

impl Painter {
    /// Forgets glyph outlines, which otherwise pile up with every new character.
    pub fn forget_glyphs(&mut self) {
        self.resources = Resources::new();
    }

    /// The picture's pixels: red, green, blue and an alpha of 255, row by row.
    pub fn paint(&mut self, scene: &Scene, size: Size) -> &[u8] {
        let (width, height) = (size.width_px, size.height_px);
        let context = self.context.get_or_insert_with(|| RenderContext::new(width, height));
        context.reset_and_resize(width, height);
        for shape in &scene.shapes {
            draw(context, shape);
        }
        for label in &scene.labels {
            write(context, &mut self.resources, label);
        }
        context.flush();
        if self
            .pixmap
            .as_ref()
            .is_some_and(|pixmap| (pixmap.width(), pixmap.height()) != (width, height))
        {
            self.pixmap = None;
        }
        let pixmap = self.pixmap.get_or_insert_with(|| Pixmap::new(width, height));
        let settings = RasterizerSettings {
            target_init: TargetInit::Clear(color(scene.background)),
            ..RasterizerSettings::default()
        };
        context.render_with(&mut *pixmap, &mut self.resources, settings);
        for shape in &scene.shapes {
            if let Shape::Image { pixels, area } = shape {
                pixels.copy_to(pixmap.data_as_u8_slice_mut(), usize::from(width), *area);
            }
        }
        pixmap.data_as_u8_slice()
    }
}

fn color([red, green, blue]: Rgb) -> AlphaColor<Srgb> {
    AlphaColor::from_rgb8(red, green, blue)
}

fn draw(context: &mut RenderContext, shape: &Shape) {
    match shape {
        Shape::Block { area, radius, color: fill } => {
            context.set_paint(color(*fill));
            if *radius > 0.0 {
                context.fill_path(&area.to_rounded_rect(*radius).to_path(TOLERANCE));
            } else {
                context.fill_rect(area);
            }
        }
        Shape::Fill { path, color: fill } => {
            context.set_paint(color(*fill));
            context.fill_path(path);
        }
        Shape::Stroke {
            path,
            width,
            dash,
            color: paint,
        } => {
            let stroke = Stroke::new(*width).with_join(Join::Round).with_caps(Cap::Round);
            context.set_stroke(match dash {
                Some(dash) => stroke.with_dashes(0.0, dash),
                None => stroke,
            });
            context.set_paint(color(*paint));
            context.stroke_path(path);
        }
        Shape::Dot {
            center,
            radius,
            color: fill,
        } => {
            context.set_paint(color(*fill));
            context.fill_path(&Circle::new(*center, *radius).to_path(TOLERANCE));
        }
        // Copied as they are, when all else is drawn.
        Shape::Image { .. } => {}
    }
}

fn write(context: &mut RenderContext, resources: &mut Resources, label: &Label) {
    let turn = if label.is_turned {
        Affine::rotate(-std::f64::consts::FRAC_PI_2)
    } else {
        Affine::IDENTITY
    };
    context.set_transform(Affine::translate(label.origin.to_vec2()) * turn);
    context.set_paint(color(label.color));
    for run in &label.line.runs {
        let mut glyphs = context
            .glyph_run(resources, &run.font)
            .font_size(run.size)
            .hint(false)
            .normalized_coords(&run.coords);
        if run.is_emboldened {
            glyphs = glyphs.font_embolden(FontEmbolden::new(Diagonal2::new(EMBOLDEN, EMBOLDEN)));
        }
        // A glyph without outline (a space, a bitmap this build cannot read) leaves its place empty; missing characters are told by the type setter.
        let _ = glyphs.fill_glyphs(run.glyphs.iter().copied());
    }
    context.reset_transform();
}
