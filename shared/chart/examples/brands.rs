//! Renders every form over its plainest rows, and the cases, in organisations' looks into a folder: `brands DIR [FONT_DIR [NAME]]`, where only cases with this in their name are drawn.

#[path = "cases/brands.rs"]
mod brands;
mod cases;
mod matrix;

use chart::{Brand, Medium, Paper, RenderOptions, Renderer, Sheet, Size, Theme};
use domain::locale::Locale;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let dir = PathBuf::from(args.next().ok_or("usage: brands DIR [FONT_DIR [NAME]]")?);
    std::fs::create_dir_all(&dir)?;
    let mut renderer = Renderer::new(args.next().map(PathBuf::from));
    let only = args.next().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for given in brands::all() {
        let mut brand = Brand::new(&given.branding);
        if let Some(logo) = &given.branding.logo {
            brand.set_logo(logo)?;
        }
        let brand = Arc::new(brand);
        let mut squares = matrix::all();
        squares.retain(|square| square.hard == "plain" && square.name().contains(&only));
        let others = cases::all().into_iter().filter(|case| case.name.contains(&only));
        for case in squares.into_iter().map(|square| square.case).chain(others) {
            for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
                let options = RenderOptions {
                    size: Size::MAIL,
                    medium: Medium::Mail,
                    theme,
                    locale: Locale::of(case.locale),
                    footer: Some("Source: Sales sheet · read Oct 31, 2026 07:00 UTC".to_owned()),
                    brand: Some(Arc::clone(&brand)),
                    ..RenderOptions::default()
                };
                let picture = renderer.render_rows(&case.rows, &case.spec, &options)?;
                std::fs::write(dir.join(format!("{}-{}-{theme_name}.png", given.name, case.name)), picture.png)?;
                let sheet = Sheet {
                    paper: Paper::A4,
                    title: case.name.to_owned(),
                    language: case.locale.to_owned(),
                    created_at: "2026-10-31T07:00:00Z".parse()?,
                };
                let pdf = renderer.pdf_rows(&case.rows, &case.spec, &options, &sheet)?;
                std::fs::write(dir.join(format!("{}-{}-{theme_name}.pdf", given.name, case.name)), pdf.bytes)?;
            }
        }
    }
    Ok(())
}
