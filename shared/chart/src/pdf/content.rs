//! What a page shows: the operators of its content stream.

use super::fonts::{Face, Fonts};
use super::images::Images;
use crate::paint::EMBOLDEN;
use crate::scene::{Label, Scene, Shape};
use crate::theme::Rgb;
use crate::type_setter::Run;
use pdf_writer::types::{LineCapStyle, LineJoinStyle, TextRenderingMode};
use pdf_writer::{Content, Name, Str, TextStr};
use std::ops::Range;
use vello_cpu::kurbo::{BezPath, Circle, PathEl, Point, Shape as _};

/// How far a curve may stand off a circle, in pixels: less than a printer's dot.
const TOLERANCE: f64 = 0.02;

const WHITE: Rgb = [255; 3];

/// A page of so many points, `scale` of them to a pixel of the scene.
pub(super) fn draw(scene: &Scene, (width, height): (f64, f64), scale: f64, fonts: &mut Fonts, images: &mut Images) -> Vec<u8> {
    let mut content = Content::new();
    if scene.background != WHITE {
        fill_color(&mut content, scene.background);
        content.rect(0.0, 0.0, width as f32, height as f32).fill_nonzero();
    }
    // From here on pixels from the top left, as the scene has them.
    content.transform([scale as f32, 0.0, 0.0, -scale as f32, 0.0, height as f32]);
    content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
    for shape in &scene.shapes {
        draw_shape(&mut content, shape, images);
    }
    for label in &scene.labels {
        draw_label(&mut content, label, fonts);
    }
    content.finish().into_vec()
}

fn draw_shape(content: &mut Content, shape: &Shape, images: &mut Images) {
    match shape {
        Shape::Block { area, radius, color } => {
            fill_color(content, *color);
            if *radius > 0.0 {
                trace(content, &area.to_rounded_rect(*radius).to_path(TOLERANCE));
            } else {
                content.rect(number(area.x0), number(area.y0), number(area.width()), number(area.height()));
            }
            content.fill_nonzero();
        }
        Shape::Fill { path, color } => {
            fill_color(content, *color);
            trace(content, path);
            content.fill_nonzero();
        }
        Shape::Stroke { path, width, dash, color } => {
            stroke_color(content, *color);
            content.set_line_width(number(*width));
            content.set_dash_pattern(dash.unwrap_or_default().map(number).into_iter().filter(|length| *length > 0.0), 0.0);
            trace(content, path);
            content.stroke();
        }
        Shape::Dot { center, radius, color } => {
            fill_color(content, *color);
            trace(content, &Circle::new(*center, *radius).to_path(TOLERANCE));
            content.fill_nonzero();
        }
        Shape::Image { pixels, area } => {
            let name = images.name_of(pixels);
            content.save_state();
            // An image is one by one, and upright from the bottom left.
            content.transform([
                number(area.width()),
                0.0,
                0.0,
                -number(area.height()),
                number(area.x0),
                number(area.y1),
            ]);
            content.x_object(Name(name.as_bytes()));
            content.restore_state();
        }
    }
}

fn trace(content: &mut Content, path: &BezPath) {
    let mut at = Point::ZERO;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                content.move_to(number(to.x), number(to.y));
            }
            PathEl::LineTo(to) => {
                content.line_to(number(to.x), number(to.y));
            }
            PathEl::QuadTo(by, to) => {
                let (first, second) = (at.lerp(by, 2.0 / 3.0), to.lerp(by, 2.0 / 3.0));
                cubic(content, first, second, to);
            }
            PathEl::CurveTo(first, second, to) => cubic(content, first, second, to),
            PathEl::ClosePath => {
                content.close_path();
            }
        }
        at = element.end_point().unwrap_or(at);
    }
}

fn cubic(content: &mut Content, first: Point, second: Point, to: Point) {
    content.cubic_to(
        number(first.x),
        number(first.y),
        number(second.x),
        number(second.y),
        number(to.x),
        number(to.y),
    );
}

fn draw_label(content: &mut Content, label: &Label, fonts: &mut Fonts) {
    fill_color(content, label.color);
    content.begin_text();
    for run in &label.line.runs {
        let face = fonts.face_for(run, label.color);
        let size = f64::from(run.size);
        content.set_font(Name(face.name.as_bytes()), run.size);
        let is_thickened = run.is_emboldened && !face.is_pictures();
        if is_thickened {
            stroke_color(content, label.color);
            // A line lies half inside the letter that it is drawn around.
            content.set_line_width(number(2.0 * EMBOLDEN * size / 1000.0));
            content.set_text_rendering_mode(TextRenderingMode::FillStroke);
        }
        for (glyphs, range) in clusters(run) {
            let text = &label.line.text[range];
            let says = match glyphs.len() {
                1 => face.says(run.glyphs[glyphs.start].id, text),
                _ => false,
            };
            if says {
                show(content, face, label, run, glyphs);
            } else {
                content
                    .begin_marked_content_with_properties(Name(b"Span"))
                    .properties()
                    .actual_text(TextStr(text));
                show(content, face, label, run, glyphs);
                content.end_marked_content();
            }
        }
        if is_thickened {
            content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
    }
    content.end_text();
}

/// Glyphs that stand for the same letters, from left to right.
fn clusters(run: &Run) -> Vec<(Range<usize>, Range<usize>)> {
    let mut clusters: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (index, text) in run.text_ranges.iter().enumerate() {
        match clusters.last_mut() {
            Some((glyphs, last)) if last == text => glyphs.end = index + 1,
            _ => clusters.push((index..index + 1, text.clone())),
        }
    }
    clusters
}

/// Each glyph in its own place: kerning and marks are the type setter's, not the font's.
fn show(content: &mut Content, face: &mut Face, label: &Label, run: &Run, glyphs: Range<usize>) {
    for glyph in &run.glyphs[glyphs] {
        let (x, y) = (f64::from(glyph.x), f64::from(glyph.y));
        let matrix = if label.is_turned {
            [0.0, -1.0, -1.0, 0.0, number(label.origin.x + y), number(label.origin.y - x)]
        } else {
            [1.0, 0.0, 0.0, -1.0, number(label.origin.x + x), number(label.origin.y + y)]
        };
        let code = face.code(glyph.id);
        content.set_text_matrix(matrix).show(Str(&code));
    }
}

fn fill_color(content: &mut Content, color: Rgb) {
    let [red, green, blue] = color.map(share);
    content.set_fill_rgb(red, green, blue);
}

fn stroke_color(content: &mut Content, color: Rgb) {
    let [red, green, blue] = color.map(share);
    content.set_stroke_rgb(red, green, blue);
}

fn share(channel: u8) -> f32 {
    (f32::from(channel) / 255.0 * 10_000.0).round() / 10_000.0
}

/// A hundredth of a pixel is finer than any printer; more digits only make the file larger.
fn number(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}
