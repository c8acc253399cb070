//! Sets every case on paper, into a folder: `documents DIR [FONT_DIR]`.

mod cases;

use chart::{Paper, RenderOptions, Renderer, Sheet};
use domain::locale::Locale;
use jiff::Timestamp;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let dir = PathBuf::from(args.next().ok_or("usage: documents DIR [FONT_DIR]")?);
    std::fs::create_dir_all(&dir)?;
    let mut renderer = Renderer::new(args.next().map(PathBuf::from));
    for case in cases::all() {
        let options = RenderOptions {
            locale: Locale::of(case.locale),
            footer: Some("Source: Sales sheet · read Oct 31, 2026 07:00 UTC".to_owned()),
            ..RenderOptions::default()
        };
        let sheet = Sheet {
            paper: Paper::of(case.locale),
            title: case.name.to_owned(),
            language: case.locale.to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
        };
        let pdf = renderer.pdf_rows(&case.rows, &case.spec, &options, &sheet)?;
        println!("{}.pdf: {} bytes, {} pages", case.name, pdf.bytes.len(), pdf.pages);
        std::fs::write(dir.join(case.name).with_extension("pdf"), pdf.bytes)?;
    }
    Ok(())
}
