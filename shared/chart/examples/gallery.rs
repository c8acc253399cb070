//! Every form of chart over every kind of difficult rows, light and dark, and the cases that were once drawn badly: `gallery DIR [FONT_DIR [NAME]]`
//! writes a PNG of each, a page of all (`index.html`) and all at a glance (`contact.png`). With a name, only what has it in its own.

mod cases;
mod matrix;
mod sheet;

use cases::Case;
use chart::{RenderOptions, Renderer, Size, Theme};
use domain::locale::Locale;
use sheet::{Page, Sheet};
use std::error::Error;
use std::path::{Path, PathBuf};

const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let dir = PathBuf::from(args.next().ok_or("usage: gallery DIR [FONT_DIR [NAME]]")?);
    std::fs::create_dir_all(&dir)?;
    let mut renderer = Renderer::new(args.next().map(PathBuf::from));
    let only = args.next().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (mut sheet, mut page) = (Sheet::default(), Page::default());
    let mut form = "";
    let squares = matrix::all();
    for square in squares.iter().filter(|square| square.name().contains(&only)) {
        if square.form != form {
            form = square.form;
            page.section(form);
            sheet.row();
        }
        for (theme, theme_name) in THEMES {
            let name = format!("{}-{theme_name}", square.name());
            let png = draw(&mut renderer, &square.case, theme, Size::WIDE, &dir, &name)?;
            sheet.put(&png)?;
            page.picture(&format!("{name}.png"), &format!("{}, {theme_name}", square.hard));
        }
    }
    page.section("cases");
    for case in cases::all().into_iter().filter(|case| case.name.contains(&only)) {
        for (theme, theme_name) in THEMES {
            for (size, size_name) in [(Size::WIDE, "wide"), (Size::SQUARE, "square")] {
                let name = format!("{}-{size_name}-{theme_name}", case.name);
                draw(&mut renderer, &case, theme, size, &dir, &name)?;
                page.picture(&format!("{name}.png"), &name);
            }
        }
    }
    std::fs::write(dir.join("contact.png"), sheet.png()?)?;
    page.write(&dir.join("index.html"), "Chartcastr's charts")?;
    println!("{}", dir.join("index.html").display());
    Ok(())
}

fn draw(renderer: &mut Renderer, case: &Case, theme: Theme, size: Size, dir: &Path, name: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let options = RenderOptions {
        size,
        theme,
        locale: Locale::of(case.locale),
        footer: Some("Source: Sales sheet · read Oct 31, 2026 07:00 UTC".to_owned()),
        ..RenderOptions::default()
    };
    let picture = renderer
        .render_rows(&case.rows, &case.spec, &options)
        .map_err(|error| format!("{name}: {error}"))?;
    if !picture.unprintable.is_empty() {
        println!("{name}: no font has {:?}", picture.unprintable);
    }
    std::fs::write(dir.join(format!("{name}.png")), &picture.png)?;
    Ok(picture.png)
}
