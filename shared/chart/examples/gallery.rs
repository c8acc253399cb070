//! Renders every case in light and dark, wide and square, into a folder: `gallery DIR [FONT_DIR [NAME]]`, where only cases with this
//! in their name are drawn.

mod cases;

use chart::{RenderOptions, Renderer, Size, Theme};
use domain::locale::Locale;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let dir = PathBuf::from(args.next().ok_or("usage: gallery DIR [FONT_DIR [NAME]]")?);
    std::fs::create_dir_all(&dir)?;
    let mut renderer = Renderer::new(args.next().map(PathBuf::from));
    let only = args.next().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for case in cases::all().into_iter().filter(|case| case.name.contains(&only)) {
        for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            for (size, size_name) in [(Size::WIDE, "wide"), (Size::SQUARE, "square")] {
                let footer = Some("Source: Sales sheet · read Oct 31, 2026 07:00 UTC".to_owned());
                let options = RenderOptions {
                    size,
                    theme,
                    locale: Locale::of(case.locale),
                    footer,
                    ..RenderOptions::default()
                };
                let picture = renderer.render_rows(&case.rows, &case.spec, &options)?;
                let name = format!("{}-{size_name}-{theme_name}.png", case.name);
                println!(
                    "{name}: {} bytes; {}; unprintable {:?}",
                    picture.png.len(),
                    picture.alt,
                    picture.unprintable
                );
                std::fs::write(dir.join(name), picture.png)?;
            }
        }
    }
    Ok(())
}
