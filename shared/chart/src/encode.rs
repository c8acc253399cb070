//! Pixels to PNG: indexed where 256 colours carry the picture and the channel takes a palette, else true colour.

use crate::options::{Colors, Size};
use crate::palette;
use png::{BitDepth, ColorType, DeflateCompression, EncodingError, Filter};

/// Below this the palette would be seen: banding in gradients, wrong edges of emoji.
const PSNR_DB_MIN: f64 = 45.0;

/// A PNG without alpha. The same pixels give the same bytes.
pub(crate) fn png(rgba: &[u8], size: Size, colors: Colors) -> Result<Vec<u8>, EncodingError> {
    let indexed = palette::reduce(rgba, usize::from(size.width_px));
    let is_faithful = indexed.psnr_db >= PSNR_DB_MIN;
    let mut bytes = Vec::with_capacity(64 * 1024);
    let mut encoder = png::Encoder::new(&mut bytes, size.width_px.into(), size.height_px.into());
    encoder.set_depth(BitDepth::Eight);
    // Rows of a chart repeat each other as they are; a filter would only hide that from the compressor.
    encoder.set_filter(Filter::NoFilter);
    encoder.set_deflate_compression(DeflateCompression::Level(6));
    match (colors, is_faithful) {
        (Colors::Palette, true) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(indexed.palette.concat());
            encoder.write_header()?.write_image_data(&indexed.pixels)?;
        }
        // The few colours of the palette, written out, compress better than the many they stand for.
        (Colors::True, true) => {
            encoder.set_color(ColorType::Rgb);
            let rgb: Vec<u8> = indexed
                .pixels
                .iter()
                .flat_map(|index| indexed.palette[usize::from(*index)])
                .collect();
            encoder.write_header()?.write_image_data(&rgb)?;
        }
        (_, false) => {
            encoder.set_color(ColorType::Rgb);
            encoder.set_filter(Filter::Up);
            encoder.set_deflate_compression(DeflateCompression::Level(4));
            let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            encoder.write_header()?.write_image_data(&rgb)?;
        }
    }
    Ok(bytes)
}
