//! A logo: decoded within limits, made as small as it is ever drawn, laid on its ground, and placed beside the title.

use crate::error::ChartError;
use crate::frame::Page;
use crate::scene::Shape;
use crate::theme::Rgb;
use domain::branding::ground;
use domain::color::contrast;
use domain::picture::Theme;
use png::{ColorType, Decoder, Limits, Transformations};
use std::fmt;
use std::io::Cursor;
use std::sync::Arc;
use vello_cpu::kurbo::{Point, Rect};

/// The room it is drawn in, in pixels of a picture 1200 wide.
const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 56.0;
/// Pixels kept for each of those: what is printed is seen from near.
const DENSITY: f64 = 4.0;
/// For a decoder's own tables; the picture's size is held to less before.
const DECODER_BYTES_MAX: usize = 24 * 1024 * 1024;

/// Nearer to the ground than this a pixel is not seen on it.
const SEEN_MIN: f64 = 1.35;
/// A logo of which so much is not seen stands on a plate of the other theme's ground.
const UNSEEN_MAX: f64 = 0.3;
/// Beside the logo on its plate.
const PLATE_PAD: f64 = 8.0;

/// Pixels with what lets the ground through: red, green and blue times alpha, and alpha.
#[derive(Clone, PartialEq)]
pub(crate) struct Logo {
    width: usize,
    height: usize,
    rgba: Vec<u8>,
}

/// Opaque pixels: red, green, blue; row by row from the top left.
#[derive(Clone, PartialEq)]
pub(crate) struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

impl Logo {
    /// `None` where every pixel lets all of the ground through.
    pub fn decode(file: &[u8]) -> Result<Option<Self>, ChartError> {
        let limits = Limits { bytes: DECODER_BYTES_MAX };
        let mut decoder = Decoder::new_with_limits(Cursor::new(file), limits);
        decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        let mut reader = decoder.read_info()?;
        let bytes = reader.output_buffer_size().ok_or(png::DecodingError::LimitsExceeded)?;
        let mut buffer = vec![0; bytes];
        let frame = reader.next_frame(&mut buffer)?;
        let (width, height) = (frame.width as usize, frame.height as usize);
        let samples = if frame.color_type == ColorType::GrayscaleAlpha { 2 } else { 4 };
        let premultiplied = buffer[..frame.buffer_size()].chunks_exact(samples).flat_map(|pixel| {
            let (alpha, color) = match *pixel {
                [gray, alpha] => (alpha, [gray; 3]),
                [red, green, blue, alpha] => (alpha, [red, green, blue]),
                _ => (0, [0; 3]),
            };
            let [red, green, blue] = color.map(|channel| ((u16::from(channel) * u16::from(alpha) + 127) / 255) as u8);
            [red, green, blue, alpha]
        });
        let whole = Self {
            width,
            height,
            rgba: premultiplied.collect(),
        };
        Ok(whole.trimmed().map(|logo| logo.fitted(WIDTH * DENSITY, HEIGHT * DENSITY)))
    }

    /// Without the empty rim around it.
    fn trimmed(&self) -> Option<Self> {
        let is_seen = |x: usize, y: usize| self.rgba[(y * self.width + x) * 4 + 3] > 0;
        let rows: Vec<usize> = (0..self.height).filter(|&y| (0..self.width).any(|x| is_seen(x, y))).collect();
        let columns: Vec<usize> = (0..self.width).filter(|&x| (0..self.height).any(|y| is_seen(x, y))).collect();
        let (top, bottom, left, right) = (*rows.first()?, *rows.last()?, *columns.first()?, *columns.last()?);
        let row = |y: usize| &self.rgba[(y * self.width + left) * 4..(y * self.width + right + 1) * 4];
        Some(Self {
            width: right - left + 1,
            height: bottom - top + 1,
            rgba: (top..=bottom).flat_map(|y| row(y).iter().copied()).collect(),
        })
    }

    /// As large as this at most.
    fn fitted(self, width_max: f64, height_max: f64) -> Self {
        let scale = (width_max / self.width as f64).min(height_max / self.height as f64);
        if scale >= 1.0 {
            return self;
        }
        let side = |pixels: usize| ((pixels as f64 * scale).round() as usize).max(1);
        let (width, height) = (side(self.width), side(self.height));
        Self {
            width,
            height,
            rgba: resized::<4>(&self.rgba, (self.width, self.height), (width, height)),
        }
    }

    fn on(&self, ground: Rgb) -> Pixels {
        let over = |pixel: &[u8]| -> Rgb {
            let through = 255 - u16::from(pixel[3]);
            std::array::from_fn(|i| (u16::from(pixel[i]) + (u16::from(ground[i]) * through + 127) / 255).min(255) as u8)
        };
        Pixels {
            width: self.width,
            height: self.height,
            rgb: self.rgba.chunks_exact(4).flat_map(over).collect(),
        }
    }

    /// Whether too much of it would not be seen there. One that covers its whole area has brought its own ground.
    fn is_lost_on(&self, ground: Rgb) -> bool {
        let opaque: Vec<&[u8]> = self.rgba.chunks_exact(4).filter(|pixel| pixel[3] > 127).collect();
        if opaque.len() * 50 >= self.width * self.height * 49 {
            return false;
        }
        let unseen = opaque
            .iter()
            .filter(|pixel| contrast([pixel[0], pixel[1], pixel[2]], ground) < SEEN_MIN);
        unseen.count() as f64 > opaque.len() as f64 * UNSEEN_MAX
    }
}

impl Pixels {
    /// Copies them to an opaque picture of so many pixels a row.
    pub fn copy_to(&self, rgba: &mut [u8], row_pixels: usize, area: Rect) {
        let (left, top) = (area.x0 as usize, area.y0 as usize);
        let (width, height) = (area.width() as usize, area.height() as usize);
        let rgb = resized::<3>(&self.rgb, (self.width, self.height), (width, height));
        for (y, row) in rgb.chunks_exact(width.max(1) * 3).enumerate() {
            let start = ((top + y) * row_pixels + left) * 4;
            let Some(target) = rgba.get_mut(start..start + width * 4) else {
                return;
            };
            for (target, pixel) in target.chunks_exact_mut(4).zip(row.chunks_exact(3)) {
                target[..3].copy_from_slice(pixel);
            }
        }
    }
}

impl Page<'_> {
    /// Puts the logo at the top right, in the middle of a first line so high; where it stands.
    pub fn logo(&mut self, line_height: f64) -> Option<Rect> {
        let logo = self.options.brand.as_ref()?.logo.as_ref()?;
        let own = self.colors.background;
        let plate = [Theme::Light, Theme::Dark].map(ground).into_iter().find(|other| *other != own);
        let plate = plate.filter(|other| logo.is_lost_on(own) && !logo.is_lost_on(*other));
        let pad = if plate.is_some() { PLATE_PAD } else { 0.0 };
        let (width, height) = (logo.width as f64, logo.height as f64);
        // Never larger than it is: one pixel of a small logo to one of the picture's design.
        let scale = ((WIDTH - 2.0 * pad) / width).min((HEIGHT - 2.0 * pad) / height).min(1.0);
        let side = |pixels: f64| (pixels * scale * self.unit).round().max(1.0);
        let size = (side(width), side(height));
        let pad = (pad * self.unit).round();
        let middle = self.area.y0 + line_height * self.unit / 2.0;
        let corner = Point::new(
            (self.area.x1 - pad - size.0).round(),
            (middle - size.1 / 2.0).max(self.area.y0 * 0.5 + pad).round(),
        );
        let area = Rect::from_origin_size(corner, size);
        let outer = area.inflate(pad, pad);
        if let Some(plate) = plate {
            self.scene.block(outer, 8.0 * self.unit, plate);
        }
        let pixels = Arc::new(logo.on(plate.unwrap_or(own)));
        self.scene.shapes.push(Shape::Image { pixels, area });
        Some(outer)
    }
}

/// Each new pixel is the mean of what it covers.
fn resized<const N: usize>(pixels: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    if from == to {
        return pixels.to_vec();
    }
    let (columns, rows) = (covered(from.0, to.0), covered(from.1, to.1));
    let mut made = Vec::with_capacity(to.0 * to.1 * N);
    for row in &rows {
        for column in &columns {
            let (mut sum, mut weight) = ([0.0; N], 0.0);
            for &(y, high) in row {
                for &(x, wide) in column {
                    let share = high * wide;
                    weight += share;
                    let pixel = &pixels[(y * from.0 + x) * N..][..N];
                    for (sum, channel) in sum.iter_mut().zip(pixel) {
                        *sum += share * f64::from(*channel);
                    }
                }
            }
            made.extend(sum.map(|sum| (sum / weight).round() as u8));
        }
    }
    made
}

/// Of each new pixel along a side, which old ones it covers, and how much of each.
fn covered(from: usize, to: usize) -> Vec<Vec<(usize, f64)>> {
    let step = from as f64 / to as f64;
    let of = |i: usize| {
        let (start, end) = (i as f64 * step, (i + 1) as f64 * step);
        let last = (end.ceil() as usize).min(from);
        (start as usize..last)
            .map(|old| (old, (end.min((old + 1) as f64) - start.max(old as f64)).max(1e-9)))
            .collect()
    };
    (0..to).map(of).collect()
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({} x {})", self.width, self.height)
    }
}

impl fmt::Debug for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pixels({} x {})", self.width, self.height)
    }
}
