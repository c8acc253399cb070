//! Many pictures at a glance: one PNG of small ones, and one page of large ones.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

/// Each picture's pixels are joined so many by so many.
const SHRINK: usize = 4;
/// Between pictures, in pixels of the sheet.
const GAP: usize = 6;
const GROUND: u8 = 128;

/// Small pictures in rows of equal length.
#[derive(Default)]
pub struct Sheet {
    rows: Vec<Vec<Small>>,
}

struct Small {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Sheet {
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a picture to the row that was begun last.
    pub fn put(&mut self, png: &[u8]) -> Result<(), Box<dyn Error>> {
        let small = shrunk(png)?;
        self.rows.last_mut().ok_or("a picture before any row")?.push(small);
        Ok(())
    }

    pub fn png(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let cell = |measure: fn(&Small) -> usize| self.rows.iter().flatten().map(measure).max().unwrap_or(1) + GAP;
        let (across, down) = (cell(|small| small.width), cell(|small| small.height));
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(1);
        let (width, height) = (across * columns + GAP, down * self.rows.len() + GAP);
        let mut pixels = vec![GROUND; width * height * 3];
        for (row, smalls) in self.rows.iter().enumerate() {
            for (column, small) in smalls.iter().enumerate() {
                for line in 0..small.height {
                    let to = ((GAP + row * down + line) * width + GAP + column * across) * 3;
                    let from = line * small.width * 3;
                    pixels[to..to + small.width * 3].copy_from_slice(&small.rgb[from..from + small.width * 3]);
                }
            }
        }
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, u32::try_from(width)?, u32::try_from(height)?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(&pixels)?;
        Ok(bytes)
    }
}

fn shrunk(png: &[u8]) -> Result<Small, Box<dyn Error>> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let (whole, samples) = (info.width as usize, info.color_type.samples());
    let (width, height) = (whole / SHRINK, info.height as usize / SHRINK);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            for channel in 0..3 {
                let at = |i: usize| pixels[((y * SHRINK + i / SHRINK) * whole + x * SHRINK + i % SHRINK) * samples + channel];
                let sum: usize = (0..SHRINK * SHRINK).map(|i| usize::from(at(i))).sum();
                rgb.push(u8::try_from(sum / (SHRINK * SHRINK))?);
            }
        }
    }
    Ok(Small { width, height, rgb })
}

/// One page: a section per form, its pictures in light and dark beside each other.
#[derive(Default)]
pub struct Page {
    body: String,
}

impl Page {
    pub fn section(&mut self, name: &str) {
        if !self.body.is_empty() {
            self.body.push_str("</section>\n");
        }
        let _ = writeln!(self.body, "<section id=\"{name}\"><h2>{name}</h2>");
    }

    pub fn picture(&mut self, file: &str, caption: &str) {
        let (file, caption) = (escaped(file), escaped(caption));
        let _ = writeln!(
            self.body,
            "<figure><a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" alt=\"{caption}\"></a><figcaption>{caption}</figcaption></figure>"
        );
    }

    pub fn write(&self, path: &Path, title: &str) -> std::io::Result<()> {
        const STYLE: &str = "body{font:16px/1.4 system-ui,sans-serif;margin:2rem;background:#e5e7eb;color:#111827}section{display:grid;\
            grid-template-columns:repeat(auto-fill,minmax(24rem,1fr));gap:1rem}h2{grid-column:1/-1;margin:2rem 0 0}figure{margin:0}\
            img{width:100%;height:auto;display:block}figcaption{padding:.3rem 0;color:#374151}";
        let page = format!(
            "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n<p><a href=\"contact.png\">All at a glance</a></p>\n{}</section>\n</html>\n",
            self.body
        );
        std::fs::write(path, page)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
