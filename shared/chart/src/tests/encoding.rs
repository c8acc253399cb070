//! The encoder: nothing lost that would be seen, the same bytes each time.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::cases;
use crate::options::{Colors, RenderOptions, Size, Theme};
use crate::{Renderer, encode, palette};
use domain::locale::Locale;

/// A PNG back to red, green and blue.
fn decoded(png: &[u8]) -> (png::ColorType, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb, "opaque: without an alpha channel");
    (reader.info().color_type, pixels)
}

fn psnr_db(a: impl Iterator<Item = u8>, b: &[u8]) -> f64 {
    let error: u64 = a.zip(b).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
    if error == 0 {
        f64::INFINITY
    } else {
        10.0 * (255.0 * 255.0 * b.len() as f64 / error as f64).log10()
    }
}

fn rgb(rgba: &[u8]) -> impl Iterator<Item = u8> {
    rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
}

#[test]
fn few_colours_are_kept_exactly() {
    let rgba: Vec<u8> = (0..4096u32)
        .flat_map(|i| [(i % 16 * 16) as u8, (i / 256 * 16) as u8, 7, 255])
        .collect();
    let indexed = palette::reduce(&rgba, 64);
    assert_eq!((indexed.palette.len(), indexed.psnr_db), (256, f64::INFINITY));
    let size = Size {
        width_px: 64,
        height_px: 64,
    };
    let (kind, pixels) = decoded(&encode::png(&rgba, size, Colors::Palette).unwrap());
    assert_eq!(kind, png::ColorType::Indexed);
    assert!(rgb(&rgba).eq(pixels));

    let (kind, pixels) = decoded(&encode::png(&rgba, size, Colors::True).unwrap());
    assert_eq!(kind, png::ColorType::Rgb, "for channels without palettes");
    assert!(rgb(&rgba).eq(pixels));
}

#[test]
fn a_picture_of_too_many_colours_stays_true_colour() {
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let rgba: Vec<u8> = (0..64 * 64).flat_map(|_| [noise(), noise(), noise(), 255]).collect();
    let (kind, pixels) = decoded(
        &encode::png(
            &rgba,
            Size {
                width_px: 64,
                height_px: 64,
            },
            Colors::Palette,
        )
        .unwrap(),
    );
    assert_eq!(kind, png::ColorType::Rgb);
    assert!(rgb(&rgba).eq(pixels));
}

#[test]
fn rare_but_wrong_colours_get_into_the_palette() {
    // Two hundred frequent greys and one rare red: by count alone the red would be lost.
    let mut rgba: Vec<u8> = (0..200u8).flat_map(|grey| [grey, grey, grey, 255].repeat(40)).collect();
    rgba.extend((0..100u8).flat_map(|i| [255, i, 0, 255]));
    rgba.extend([255, 255, 0, 255].repeat(4));
    let width = rgba.len() / 4 / 8;
    let indexed = palette::reduce(&rgba[..width * 8 * 4], width);
    assert_eq!(indexed.palette.len(), 256);
    assert!(indexed.palette.contains(&[255, 255, 0]));
    assert!(indexed.psnr_db > 45.0, "{}", indexed.psnr_db);
}

#[test]
fn charts_are_small_and_look_like_what_was_drawn() {
    let mut renderer = Renderer::new(Some(super::text::font_dir()));
    for case in cases::all() {
        for theme in [Theme::Light, Theme::Dark] {
            let options = RenderOptions {
                theme,
                locale: Locale::of(case.locale),
                ..RenderOptions::default()
            };
            let plotted = domain::series::plot(&case.rows, &case.spec).unwrap();
            let scene = renderer.lay_out(&plotted, &options).unwrap();
            // What costs most is text: Chinese characters and emoji have many edges, and of names there may be many.
            let characters: usize = scene.labels.iter().map(|label| label.line.text.chars().count()).sum();
            let kib_max = if case.locale == "en" && characters < 160 { 40 } else { 60 };
            let rgba = crate::paint::Painter::default().paint(&scene, options.size).to_vec();
            let png = encode::png(&rgba, options.size, options.colors).unwrap();
            let (kind, pixels) = decoded(&png);
            assert_eq!(kind, png::ColorType::Indexed, "{}", case.name);
            let quality = psnr_db(rgb(&rgba), &pixels);
            assert!(quality >= 47.0, "{}: {quality:.1} dB", case.name);
            assert!(png.len() <= kib_max * 1024, "{}: {} bytes", case.name, png.len());
            let ground = theme.colors().background;
            // The layers of a coloured emoji round down a little, which the encoder leaves out.
            assert!(rgba.chunks_exact(4).all(|pixel| pixel[3] >= 250), "{}: opaque", case.name);
            assert!(
                rgba.chunks_exact(4).filter(|pixel| pixel[..3] != ground).count() > 2_000,
                "{}: not blank",
                case.name
            );
        }
    }
}
