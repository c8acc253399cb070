//! Organisations' looks, sensible and not, each with a logo drawn here.

use domain::branding::{Branding, Logo};
use serde_json::{Value, json};

/// A brand to draw with.
pub struct BrandCase {
    /// A short name.
    pub name: &'static str,
    /// What its owner gave.
    pub branding: Branding,
}

/// All of them.
pub fn all() -> Vec<BrandCase> {
    let table = [
        ("one-blue", json!({"palette": ["#1d4ed8"]}), logo(400, 140, [29, 78, 216], false)),
        (
            "garish",
            json!({"palette": ["#ffff00", "#00ff00", "#ff00ff", "#00ffff", "#ff0000"], "ink": "#ff69b4"}),
            logo(120, 200, [255, 255, 0], false),
        ),
        (
            "pale",
            json!({"palette": ["#ffe4e1", "#fff0f5", "#f0fff0"], "ink": "#dddddd"}),
            logo(900, 100, [255, 255, 255], false),
        ),
        (
            "black",
            json!({"palette": ["#000000", "#111111", "#222222"], "ink": "#000000"}),
            logo(300, 300, [0, 0, 0], false),
        ),
        (
            "own-dark",
            json!({"palette": ["#7c3aed", "#f97316", "#059669"], "ink": "#2e1065", "dark": {"palette": ["#1e1b4b", "#fdba74"], "ink": "#334155"}}),
            logo(640, 224, [124, 58, 237], true),
        ),
    ];
    table
        .into_iter()
        .map(|(name, colors, logo)| BrandCase {
            name,
            branding: branding(colors, logo),
        })
        .collect()
}

fn branding(colors: Value, logo: Logo) -> Branding {
    Branding {
        logo: Some(logo),
        ..serde_json::from_value(colors).expect("a branding")
    }
}

/// A ring and bars beside it, on nothing or on white, with an empty rim.
fn logo(width: u32, height: u32, color: [u8; 3], has_ground: bool) -> Logo {
    let (w, h) = (f64::from(width), f64::from(height));
    let radius = w.min(h) * 0.4;
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
            let from_center = (x - radius * 1.2).hypot(y - h / 2.0);
            let is_ring = (radius * 0.55..radius).contains(&from_center);
            let is_bar = x > radius * 2.6 && x < w * 0.95 && y > h * 0.2 && y < h * 0.8 && ((x / (h * 0.2)) as u32).is_multiple_of(2);
            match (is_ring || is_bar, has_ground) {
                (true, _) => pixels.extend([color[0], color[1], color[2], 255]),
                (false, true) => pixels.extend([255; 4]),
                (false, false) => pixels.extend([0; 4]),
            }
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().expect("a PNG");
    writer.write_image_data(&pixels).expect("a PNG");
    writer.finish().expect("a PNG");
    Logo::parse(file).expect("a logo")
}
