//! A logo's file: held to its size and its structure before it is kept. Its pixels are decoded where it is drawn.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Largest file, in bytes. Ours: it is drawn 160 by 56 pixels large.
pub const LOGO_BYTES_MAX: usize = 256 * 1024;
/// Longest side, in pixels. Ours.
pub const LOGO_SIDE_PX_MAX: u32 = 4_096;
/// Most pixels, whatever the file's size: decoded they are four bytes each. Ours.
pub const LOGO_PIXELS_MAX: u32 = 4_000_000;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A PNG file whose parts are whole and whose picture is of a reasonable size. Written as base64.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    png: Vec<u8>,
    /// Of the file's picture.
    pub width_px: u32,
    /// Of the file's picture.
    pub height_px: u32,
}

impl Logo {
    /// Takes a PNG file.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn parse(png: Vec<u8>) -> Result<Self, String> {
        if png.len() > LOGO_BYTES_MAX {
            return Err(format!("a file of {} bytes; accepted: at most {LOGO_BYTES_MAX}", png.len()));
        }
        let kind = match png.as_slice() {
            [0xff, 0xd8, 0xff, ..] => "a JPEG",
            [b'G', b'I', b'F', b'8', ..] => "a GIF",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "a WebP",
            [b'<', ..] => "an SVG",
            _ => "no PNG",
        };
        let chunks = png.strip_prefix(SIGNATURE);
        let chunks = chunks.ok_or_else(|| format!("{kind}; accepted: a PNG, which keeps sharp edges and lets the ground through"))?;
        let (width_px, height_px) = measure(chunks).ok_or("a PNG that is broken off or damaged; accepted: a whole one")?;
        let sides = 1..=LOGO_SIDE_PX_MAX;
        if !sides.contains(&width_px) || !sides.contains(&height_px) || width_px * height_px > LOGO_PIXELS_MAX {
            return Err(format!(
                "{width_px} x {height_px} pixels; accepted: at most {LOGO_SIDE_PX_MAX} on a side and {LOGO_PIXELS_MAX} in all"
            ));
        }
        Ok(Self { png, width_px, height_px })
    }

    /// The file.
    pub fn png(&self) -> &[u8] {
        &self.png
    }
}

/// Width and height, where every chunk is whole and the file ends as it should.
fn measure(mut rest: &[u8]) -> Option<(u32, u32)> {
    let mut size = None;
    let mut has_pixels = false;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let body_end = length.checked_add(4)?;
        let (body, after) = after.split_at_checked(body_end)?;
        let (sum, after) = after.split_first_chunk::<4>()?;
        if crc32(body) != u32::from_be_bytes(*sum) {
            return None;
        }
        let (name, data) = body.split_at_checked(4)?;
        match (name, size) {
            (b"IHDR", None) => {
                let (width, data) = data.split_first_chunk::<4>()?;
                let (height, _) = data.split_first_chunk::<4>()?;
                size = Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)));
            }
            (_, None) | (b"IHDR", Some(_)) => return None,
            (b"IDAT", _) => has_pixels = true,
            (b"IEND", _) => return size.filter(|_| has_pixels),
            _ => {}
        }
        rest = after;
    }
}

/// PNG's check sum (ISO 3309), bit by bit: a logo is small.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
        })
    })
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({} bytes, {} x {})", self.png.len(), self.width_px, self.height_px)
    }
}

impl Serialize for Logo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.png))
    }
}

impl<'de> Deserialize<'de> for Logo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // Before anything is decoded: four characters hold three bytes.
        if text.len() > LOGO_BYTES_MAX.div_ceil(3) * 4 {
            return Err(D::Error::custom(format!(
                "more than {LOGO_BYTES_MAX} bytes; accepted: at most that"
            )));
        }
        let png = STANDARD
            .decode(&text)
            .map_err(|_| D::Error::custom("a text that is not base64; accepted: a PNG file in base64"))?;
        Self::parse(png).map_err(D::Error::custom)
    }
}
