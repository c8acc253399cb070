//! Organisations' looks: every word is read in them, and a logo stands in its corner and nothing over it.

#[path = "../../examples/cases/brands.rs"]
mod brands;

use super::cases;
use crate::scene::{Label, Scene, Shape};
use crate::{Brand, Medium, Paper, RenderOptions, Renderer, Sheet, Size, Theme};
use domain::branding::{Branding, Logo};
use domain::color::{Rgb, TEXT_MIN, contrast};
use domain::locale::Locale;
use domain::series::plot;
use lopdf::{Document, Object};
use std::sync::Arc;
use vello_cpu::kurbo::Rect;

fn drawn(given: &brands::BrandCase) -> Arc<Brand> {
    let mut brand = Brand::new(&given.branding);
    brand.set_logo(given.branding.logo.as_ref().unwrap()).unwrap();
    Arc::new(brand)
}

/// The share of a label's box under which it is not read.
fn unread(label: &Label, pixels: &[u8], size: Size) -> f64 {
    let page = Rect::new(0.0, 0.0, size.width_px.into(), size.height_px.into());
    let area = label.bounds().intersect(page);
    let (mut all, mut bad) = (0_u32, 0_u32);
    let mut last: Option<(Rgb, bool)> = None;
    for y in area.y0 as usize..area.y1 as usize {
        for x in area.x0 as usize..area.x1 as usize {
            let at = (y * usize::from(size.width_px) + x) * 4;
            let under: Rgb = [pixels[at], pixels[at + 1], pixels[at + 2]];
            let is_bad = match last {
                Some((known, is_bad)) if known == under => is_bad,
                _ => contrast(label.color, under) < TEXT_MIN,
            };
            last = Some((under, is_bad));
            all += 1;
            bad += u32::from(is_bad);
        }
    }
    f64::from(bad) / f64::from(all.max(1))
}

/// What a label may cross and still be read: a grid line, a target's, the stroke of a thin line.
const CROSSED_MAX: f64 = 0.12;

/// The measure of a label in the ground's own colour.
fn found_with_no_ink(renderer: &mut Renderer) -> f64 {
    let case = &cases::all()[0];
    let options = RenderOptions::default();
    let mut scene = renderer.lay_out(&plot(&case.rows, &case.spec).unwrap(), &options).unwrap();
    let mut label = scene.labels.swap_remove(0);
    label.color = scene.background;
    scene.labels.clear();
    unread(&label, crate::paint::Painter::default().paint(&scene, options.size), options.size)
}

#[test]
fn every_word_is_read_on_what_is_under_it_in_every_look() {
    let mut renderer = Renderer::new(None);
    let mut painter = crate::paint::Painter::default();
    let looks = std::iter::once((None, "ours")).chain(brands::all().into_iter().map(|brand| (Some(drawn(&brand)), brand.name)));
    let looks: Vec<_> = looks.collect();
    let mut found = Vec::new();
    let mut words = 0;
    let squares = super::matrix::all()
        .into_iter()
        .filter(|square| square.hard == "plain" || square.hard == "negative");
    for case in squares.map(|square| square.case).chain(cases::all()) {
        let plotted = plot(&case.rows, &case.spec).unwrap();
        for (brand, name) in &looks {
            for theme in [Theme::Light, Theme::Dark] {
                let size = Size::WIDE;
                let options = RenderOptions {
                    theme,
                    locale: Locale::of(case.locale),
                    footer: Some("Source: sheet".to_owned()),
                    brand: brand.clone(),
                    ..RenderOptions::default()
                };
                let mut scene = renderer.lay_out(&plotted, &options).unwrap();
                let labels = std::mem::take(&mut scene.labels);
                let pixels = painter.paint(&scene, size);
                words += labels.len();
                for label in labels {
                    let share = unread(&label, pixels, size);
                    if share > CROSSED_MAX {
                        let ground = contrast(label.color, scene.background);
                        found.push(format!(
                            "{name} {theme:?} {}: `{}` in {:?} ({ground:.1}:1 on the page) is not read on {:.0} % of its ground",
                            case.name,
                            label.line.text,
                            label.color,
                            share * 100.0
                        ));
                    }
                }
            }
        }
    }
    assert!(words > 5_000, "{words} labels");
    assert_eq!(found_with_no_ink(&mut renderer), 1.0, "what cannot be read is found");
    assert!(found.is_empty(), "{} of {words}:\n{}", found.len(), found.join("\n"));
}

/// The image's box, with the plate under it where there is one.
fn logo_of(scene: &Scene) -> Rect {
    let image = scene.shapes.iter().position(|shape| matches!(shape, Shape::Image { .. })).unwrap();
    let Shape::Image { area, .. } = &scene.shapes[image] else {
        unreachable!()
    };
    match image.checked_sub(1).map(|before| &scene.shapes[before]) {
        Some(Shape::Block { area: plate, .. }) if plate.union(*area) == *plate => *plate,
        _ => *area,
    }
}

#[test]
fn a_logo_stands_in_its_corner_and_nothing_touches_it() {
    let mut renderer = Renderer::new(None);
    for given in brands::all() {
        let brand = drawn(&given);
        for case in cases::all() {
            let plotted = plot(&case.rows, &case.spec).unwrap();
            for (size, medium) in [
                (Size::WIDE, Medium::Screen),
                (Size::SQUARE, Medium::Screen),
                (Size::MAIL, Medium::Mail),
            ] {
                let options = RenderOptions {
                    size,
                    medium,
                    theme: Theme::Dark,
                    locale: Locale::of(case.locale),
                    brand: Some(Arc::clone(&brand)),
                    ..RenderOptions::default()
                };
                let scene = renderer.lay_out(&plotted, &options).unwrap();
                assert_eq!(
                    super::faults(&scene, size),
                    Vec::<String>::new(),
                    "{} on {} {size:?}",
                    given.name,
                    case.name
                );
                let logo = logo_of(&scene);
                let what = format!("{} on {} {size:?}: {logo:?}", given.name, case.name);
                assert!(logo.width() <= 161.0 && logo.height() <= 57.0, "{what}");
                let width = f64::from(size.width_px);
                let is_mirrored = options.locale.is_right_to_left();
                let margin = if is_mirrored { logo.x0 } else { width - logo.x1 };
                assert!((30.0..=50.0).contains(&margin) && logo.y0 >= 8.0, "{what}");
                for label in &scene.labels {
                    let common = label.bounds().intersect(logo);
                    assert!(common.width() <= 0.0 || common.height() <= 0.0, "{what}: `{}`", label.line.text);
                }
            }
        }
    }
}

#[test]
fn a_logo_nobody_would_see_stands_on_a_plate() {
    let case = &cases::all()[0];
    let plotted = plot(&case.rows, &case.spec).unwrap();
    let mut renderer = Renderer::new(None);
    let mut has_plate = |name: &str, theme: Theme| {
        let given = brands::all().into_iter().find(|brand| brand.name == name).unwrap();
        let options = RenderOptions {
            theme,
            brand: Some(drawn(&given)),
            ..RenderOptions::default()
        };
        let scene = renderer.lay_out(&plotted, &options).unwrap();
        let image = scene.shapes.iter().find_map(|shape| match shape {
            Shape::Image { area, .. } => Some(*area),
            _ => None,
        });
        logo_of(&scene) != image.unwrap()
    };
    let table = [
        ("pale", Theme::Light, true),
        ("pale", Theme::Dark, false),
        ("black", Theme::Light, false),
        ("black", Theme::Dark, true),
        ("one-blue", Theme::Light, false),
        ("one-blue", Theme::Dark, false),
        // It has brought its own ground.
        ("own-dark", Theme::Light, false),
        ("own-dark", Theme::Dark, false),
    ];
    for (name, theme, expected) in table {
        assert_eq!(has_plate(name, theme), expected, "{name} {theme:?}");
    }
}

#[test]
fn a_logo_is_in_the_picture_and_once_in_a_document_of_several_pages() {
    let names: Vec<String> = (0..90).map(|i| format!("Shop {i}")).collect();
    let numbers: Vec<String> = (0..90).map(|i| i.to_string()).collect();
    let rows = serde_json::from_value(serde_json::json!({
        "columns": [{"name": "Shop", "values": {"type": "text", "cells": names}}, {"name": "Orders", "values": {"type": "number", "cells": numbers}}],
        "as_of": "2026-10-31T07:00:00Z",
    }));
    let spec = serde_json::from_value(serde_json::json!({
        "mark": "table", "title": "Orders", "encoding": {"x": {"field": "Shop"}, "y": {"field": "Orders"}},
    }));
    let (rows, spec) = (rows.unwrap(), spec.unwrap());
    let given = brands::all().into_iter().find(|brand| brand.name == "one-blue").unwrap();
    let options = RenderOptions {
        brand: Some(drawn(&given)),
        ..RenderOptions::default()
    };
    let mut renderer = Renderer::new(None);
    let scene = renderer.lay_out(&plot(&rows, &spec).unwrap(), &options).unwrap();
    let area = logo_of(&scene);
    let mut painter = crate::paint::Painter::default();
    let pixels = painter.paint(&scene, options.size);
    let at = |x: f64, y: f64| &pixels[(y as usize * 1200 + x as usize) * 4..][..3];
    // In the ring at the left, and in its hole.
    assert_eq!(at(area.x0 + 4.0, area.center().y), [29, 78, 216]);
    assert_eq!(at(area.x0 + area.height() / 2.0, area.center().y), [255, 255, 255]);
    let sheet = Sheet {
        paper: Paper::A4,
        title: "a".to_owned(),
        language: "en".to_owned(),
        created_at: "2026-10-31T07:00:00Z".parse().unwrap(),
    };
    let pdf = renderer.pdf_rows(&rows, &spec, &options, &sheet).unwrap();
    assert!(pdf.pages > 1);
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let is_image = |object: &&Object| {
        let stream = object.as_stream().ok();
        stream.and_then(|stream| stream.dict.get(b"Subtype").ok()?.as_name().ok()) == Some(b"Image")
    };
    let images: Vec<&Object> = document.objects.values().filter(is_image).collect();
    assert_eq!(images.len(), 1);
    let image = images[0].as_stream().unwrap();
    let side = |name: &[u8]| image.dict.get(name).and_then(Object::as_i64).unwrap() as usize;
    let samples = image.decompressed_content().unwrap();
    assert_eq!(samples.len(), side(b"Width") * side(b"Height") * 3);
    assert!(side(b"Width") <= 640 && side(b"Height") <= 224);
}

/// A picture 4 x 2 of one colour.
fn png_of(color: png::ColorType, depth: png::BitDepth, row: &[u8]) -> Logo {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 4, 2);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == png::ColorType::Indexed {
        encoder.set_palette(vec![0, 0, 0, 200, 100, 50]);
        encoder.set_trns(vec![0, 255]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&row.repeat(2)).unwrap();
    writer.finish().unwrap();
    Logo::parse(file).unwrap()
}

#[test]
fn every_kind_of_png_is_read() {
    use png::{BitDepth, ColorType};
    let table = [
        (ColorType::Rgb, BitDepth::Eight, [200, 100, 50].repeat(4), [200, 100, 50]),
        (ColorType::Rgb, BitDepth::Sixteen, [200, 9, 100, 9, 50, 9].repeat(4), [200, 100, 50]),
        (ColorType::Rgba, BitDepth::Eight, [200, 100, 50, 255].repeat(4), [200, 100, 50]),
        (ColorType::Rgba, BitDepth::Eight, [0, 0, 0, 51].repeat(4), [204; 3]),
        (ColorType::Grayscale, BitDepth::Eight, vec![77; 4], [77; 3]),
        (ColorType::Grayscale, BitDepth::One, vec![0], [0; 3]),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, [0, 255].repeat(4), [0; 3]),
        (ColorType::Indexed, BitDepth::Two, vec![0b0101_0101], [200, 100, 50]),
    ];
    for (color, depth, row, drawn) in table {
        let mut brand = Brand::new(&Branding::default());
        brand.set_logo(&png_of(color, depth, &row)).unwrap();
        let options = RenderOptions {
            brand: Some(Arc::new(brand)),
            ..RenderOptions::default()
        };
        let case = &cases::all()[0];
        let scene = Renderer::new(None)
            .lay_out(&plot(&case.rows, &case.spec).unwrap(), &options)
            .unwrap();
        let pixels = scene.shapes.iter().find_map(|shape| match shape {
            Shape::Image { pixels, .. } => Some(&pixels.rgb),
            _ => None,
        });
        assert_eq!(pixels.unwrap(), &drawn.repeat(8), "{color:?} {depth:?}");
    }
}

#[test]
fn a_logo_that_cannot_be_read_or_seen_is_left_out() {
    let mut brand = Brand::new(&Branding::default());
    brand
        .set_logo(&png_of(png::ColorType::Rgba, png::BitDepth::Eight, &[9, 9, 9, 0].repeat(4)))
        .unwrap();
    assert!(brand.logo.is_none(), "nothing of it is seen");
    let mut file = png_of(png::ColorType::Rgb, png::BitDepth::Eight, &[200, 100, 50].repeat(4))
        .png()
        .to_vec();
    let at = file.windows(4).position(|name| name == b"IDAT").unwrap();
    let length = u32::from_be_bytes(file[at - 4..at].try_into().unwrap()) as usize;
    let end = at + 4 + length;
    file[at + 4..end].fill(0x55);
    let mut sum = flate2::Crc::new();
    sum.update(&file[at..end]);
    let sum = sum.sum().to_be_bytes();
    file[end..end + 4].copy_from_slice(&sum);
    let error = brand.set_logo(&Logo::parse(file).unwrap()).unwrap_err().to_string();
    assert!(error.starts_with("the logo cannot be read"), "{error}");
}
