//! Which files Meta takes: as a picture, as a document.

use sha2::{Digest as _, Sha256};

use super::message::{Content, File};

/// Largest image, in bytes (Meta, "Supported media types").
pub const IMAGE_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Largest document, in bytes (Meta, "Supported media types").
pub const DOCUMENT_BYTES_MAX: usize = 100 * 1024 * 1024;

/// Document types that Meta lists. `text/csv` is not among them.
const DOCUMENTS: [&str; 8] = [
    "application/pdf",
    "text/plain",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
];

/// Checks a file as Meta does: declared type and size; of a picture the signature and 8 bits a channel in RGB or RGBA; of a PDF its first
/// bytes, of plain text that it is UTF-8.
///
/// # Errors
/// Says what is wrong, in the words that go into `error_data.details` of error 131053.
pub fn check(mime_type: &str, bytes: &[u8]) -> Result<File, String> {
    let (what, bytes_max) = if DOCUMENTS.contains(&mime_type) {
        ("Document", DOCUMENT_BYTES_MAX)
    } else {
        ("Image", IMAGE_BYTES_MAX)
    };
    if bytes.len() > bytes_max {
        return Err(format!("{what} is {} bytes; at most {bytes_max} are allowed.", bytes.len()));
    }
    if bytes.is_empty() {
        return Err("The file is empty.".to_owned());
    }
    match mime_type {
        "image/png" => check_png(bytes)?,
        "image/jpeg" if bytes.starts_with(&[0xff, 0xd8, 0xff]) => {}
        "image/jpeg" => return Err("The file is not a JPEG.".to_owned()),
        "application/pdf" if !bytes.starts_with(b"%PDF-") => return Err("The file is not a PDF.".to_owned()),
        "text/plain" if std::str::from_utf8(bytes).is_err() => return Err("The text is not UTF-8.".to_owned()),
        document if DOCUMENTS.contains(&document) => {}
        other => {
            return Err(format!(
                "Unsupported media type {other}; use image/jpeg, image/png or one of {}.",
                DOCUMENTS.join(", ")
            ));
        }
    }
    let sha256 = hex(&Sha256::digest(bytes));
    Ok(File {
        mime_type: mime_type.to_owned(),
        sha256,
        file_size: bytes.len(),
    })
}

/// Whether a message of this kind may carry that file.
pub(super) fn fits(content: &Content, file: &File) -> bool {
    match content {
        Content::Document { .. } => DOCUMENTS.contains(&file.mime_type.as_str()),
        _ => file.mime_type.starts_with("image/"),
    }
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
