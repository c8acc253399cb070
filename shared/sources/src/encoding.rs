//! Bytes to text: what a file is, and in which encoding it was saved.

use std::borrow::Cow;

use crate::SourceError;

/// Text, and what a person should know of how it was got.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// Without byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// Said where the encoding had to be guessed.
    pub(crate) note: Option<String>,
}

/// UTF-8, UTF-16 (with or without byte order mark) or, where bytes are not UTF-8, Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, SourceError> {
    if let Some(kind) = foreign_kind(bytes) {
        return Err(SourceError::unreadable("source.not_text", format!("This is {kind}.")));
    }
    let decoded = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8_or_1252(rest),
        [0xFF, 0xFE, rest @ ..] => Decoded {
            text: utf16(rest, u16::from_le_bytes).into(),
            note: None,
        },
        [0xFE, 0xFF, rest @ ..] => Decoded {
            text: utf16(rest, u16::from_be_bytes).into(),
            note: None,
        },
        _ => match zeros(bytes) {
            (0, odd) if odd > 0 => Decoded {
                text: utf16(bytes, u16::from_le_bytes).into(),
                note: None,
            },
            (even, 0) if even > 0 => Decoded {
                text: utf16(bytes, u16::from_be_bytes).into(),
                note: None,
            },
            _ => utf8_or_1252(bytes),
        },
    };
    if decoded.text.contains('\0') {
        return Err(SourceError::unreadable(
            "source.not_text",
            "This is a binary file. Save the data as CSV or JSON text in UTF-8.",
        ));
    }
    Ok(decoded)
}

/// Whether the bytes begin as a web page does.
pub(crate) fn is_web_page(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes).trim_ascii_start();
    let begins = |tag: &str| {
        bytes
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    begins("<!doctype") || begins("<html") || begins("<head") || begins("<body") || begins("<!--")
}

/// Kinds of files that people take for data, by their first bytes; with what to do instead.
fn foreign_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some("an Excel workbook or a ZIP archive; save the sheet as CSV"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("an old Excel workbook; save the sheet as CSV"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF document; numbers are read from CSV and JSON"),
        [0x1F, 0x8B, ..] => Some("a gzip archive; unpack it first"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some("a picture; numbers are read from CSV and JSON")
        }
        [b'P', b'A', b'R', b'1', ..] => Some("a Parquet file; save it as CSV"),
        _ if is_web_page(bytes) => Some("a web page (HTML), not data; take the address or file behind its download button"),
        _ if bytes.trim_ascii_start().starts_with(b"<?xml") => Some("an XML document; numbers are read from CSV and JSON"),
        _ => None,
    }
}

/// Zero bytes at even and at odd places of the first kilobyte: Latin text in UTF-16 has them at one parity only.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let head = &bytes[..bytes.len().min(1024)];
    let count = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    (count(0), count(1))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf8_or_1252(bytes: &[u8]) -> Decoded<'_> {
    match str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: text.into(),
            note: None,
        },
        Err(_) => Decoded {
            text: bytes.iter().map(|byte| windows_1252(*byte)).collect::<String>().into(),
            note: Some("The file is not UTF-8; it was read as Windows-1252 (Western European).".to_owned()),
        },
    }
}

/// 0x80 to 0x9F of Windows-1252; the five holes are the control characters of the same number, as browsers do.
const WINDOWS_1252_HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252_HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "Größe,€\n1,2\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with_mark = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let table = [
            (text.as_bytes().to_vec(), false),
            (with_mark(&[0xEF, 0xBB, 0xBF], text.as_bytes()), false),
            (with_mark(&[0xFF, 0xFE], &le), false),
            (with_mark(&[0xFE, 0xFF], &be), false),
            (b"Gr\xF6\xDFe,\x80\n1,2\n".to_vec(), true),
        ];
        for (bytes, noted) in table {
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.note.is_some(), noted);
        }
        let latin: Vec<u8> = "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&latin).unwrap().text, "a,b\n1,2\n", "UTF-16 without a mark");
    }

    #[test]
    fn what_is_not_text_is_called_by_its_name() {
        let table: [(&[u8], &str); 6] = [
            (b"PK\x03\x04rest", "Excel workbook"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"  <!DOCTYPE html><html>", "web page"),
            (b"<?xml version='1.0'?>", "XML"),
            (b"a\0\0b\0,c", "binary"),
        ];
        for (bytes, expected) in table {
            let refused = decode(bytes).unwrap_err().to_string();
            assert!(refused.contains(expected), "{refused}");
        }
    }
}
