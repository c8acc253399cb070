//! A font of outlines, cut down to the glyphs that the document shows.

use super::fonts::Face;
use super::{Numbers, deflated};
use crate::error::ChartError;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use subsetter::GlyphRemapper;

const IDENTITY: SystemInfo<'_> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};
const TO_UNICODE: SystemInfo<'_> = SystemInfo {
    ordering: Str(b"UCS"),
    ..IDENTITY
};

/// Writes the font; the composite one that pages name.
pub(super) fn write(pdf: &mut Pdf, numbers: &mut Numbers, face: &Face, glyphs: &GlyphRemapper) -> Result<Ref, ChartError> {
    let (type0, cid, descriptor, cmap, file) = (numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let data = face.font.data.as_ref();
    let unusable = |why: &dyn std::fmt::Display| ChartError::Font(why.to_string());
    let font = FontRef::from_index(data, face.font.index).map_err(|error| unusable(&error))?;
    let cut = subsetter::subset(data, face.font.index, glyphs).map_err(|error| unusable(&error))?;
    // A PDF wants bare CFF, not the OpenType file around it.
    let is_cff = font.cff().is_ok();
    let cff = is_cff
        .then(|| FontRef::new(&cut).ok().and_then(|cut| cut.table_data(Tag::new(b"CFF "))))
        .flatten();
    let outlines = cff.as_ref().map_or(cut.as_slice(), |table| table.as_bytes());
    let name = unique_name(&font, outlines);
    let name = Name(name.as_bytes());

    pdf.type0_font(type0)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(cmap);
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let per_mille = 1000.0 / f32::from(metrics.units_per_em.max(1));
    let in_em = |units: f32| (units * per_mille).round();
    let mut cid_font = pdf.cid_font(cid);
    cid_font
        .subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 })
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(descriptor)
        .default_width(0.0);
    if !is_cff {
        cid_font.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let widths = glyphs
        .remapped_gids()
        .map(|glyph| in_em(advances.advance_width(GlyphId::from(glyph)).unwrap_or_default()));
    cid_font.widths().consecutive(0, widths);
    cid_font.finish();

    let bounds = metrics.bounds.unwrap_or_default();
    let mut described = pdf.font_descriptor(descriptor);
    described
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            in_em(bounds.x_min),
            in_em(bounds.y_min),
            in_em(bounds.x_max),
            in_em(bounds.y_max),
        ))
        .italic_angle(metrics.italic_angle)
        .ascent(in_em(metrics.ascent))
        .descent(in_em(metrics.descent))
        .cap_height(in_em(metrics.cap_height.unwrap_or(metrics.ascent)))
        .stem_v(80.0);
    if is_cff {
        described.font_file3(file);
    } else {
        described.font_file2(file);
    }
    described.finish();

    let mut texts = UnicodeCmap::<u16>::new(Name(b"Text"), TO_UNICODE);
    for (code, text) in &face.texts {
        texts.pair_with_multiple(*code, text.chars());
    }
    pdf.cmap(cmap, &deflated(texts.finish().as_slice())).filter(Filter::FlateDecode);
    let packed = deflated(outlines);
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode);
    if is_cff {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    } else {
        stream.pair(Name(b"Length1"), i32::try_from(outlines.len()).unwrap_or(i32::MAX));
    }
    stream.finish();
    Ok(type0)
}

/// `ABCDEF+Inter-Bold`: six letters tell this cut of the font from others, as the standard asks; they are its own hash.
fn unique_name(font: &FontRef<'_>, cut: &[u8]) -> String {
    let mut name: String = Sha256::digest(cut)[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect();
    name.push('+');
    let own = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
    let own: String = own
        .iter()
        .flat_map(|own| own.chars())
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    name + if own.is_empty() { "Font" } else { &own }
}
