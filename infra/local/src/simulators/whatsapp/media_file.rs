//! Which files Meta takes as a picture.

use sha2::{Digest as _, Sha256};

use super::message::File;

/// Largest image, in bytes (Meta, "Supported media types").
pub const IMAGE_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Checks a picture as Meta does: declared type, size, signature, 8 bits a channel in RGB or RGBA.
///
/// # Errors
/// Says what is wrong, in the words that go into `error_data.details` of error 131053.
pub fn check(mime_type: &str, bytes: &[u8]) -> Result<File, String> {
    if bytes.len() > IMAGE_BYTES_MAX {
        return Err(format!("Image is {} bytes; at most {IMAGE_BYTES_MAX} are allowed.", bytes.len()));
    }
    match mime_type {
        "image/png" => check_png(bytes)?,
        "image/jpeg" if bytes.starts_with(&[0xff, 0xd8, 0xff]) => {}
        "image/jpeg" => return Err("The file is not a JPEG.".to_owned()),
        other => return Err(format!("Unsupported image type {other}; use image/jpeg or image/png.")),
    }
    let sha256 = hex(&Sha256::digest(bytes));
    Ok(File {
        mime_type: mime_type.to_owned(),
        sha256,
        file_size: bytes.len(),
    })
}

fn check_png(bytes: &[u8]) -> Result<(), String> {
    let header = bytes
        .strip_prefix(b"\x89PNG\r\n\x1a\n")
        .and_then(|rest| rest.get(4..).filter(|rest| rest.starts_with(b"IHDR")));
    // IHDR: name 4, width 4, height 4, bit depth 1, colour type 1.
    let Some(&[depth, colour]) = header.and_then(|header| header.get(12..14)) else {
        return Err("The file is not a PNG.".to_owned());
    };
    match (depth, colour) {
        (8, 2 | 6) => Ok(()),
        _ => Err(format!(
            "Image must be 8-bit RGB or RGBA; this PNG has bit depth {depth} and colour type {colour}."
        )),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
