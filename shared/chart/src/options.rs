//! What a destination decides about a picture.

use crate::words::Words;
use domain::chart_spec::NumberStyle;

/// Smaller than this no text is read; larger than this no messenger shows.
pub(crate) const SIDE_PX_MIN: u16 = 240;
pub(crate) const SIDE_PX_MAX: u16 = 4096;

/// Size, colours and language of one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct RenderOptions {
    /// Pixels of the picture.
    pub size: Size,
    /// Light or dark.
    pub theme: Theme,
    /// Which kind of PNG the channel takes.
    pub colors: Colors,
    /// How numbers are written.
    pub style: NumberStyle,
    /// The few words that a chart says of itself.
    pub words: Words,
    /// A quiet line at the bottom: source and time of reading.
    pub footer: Option<String>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            size: Size::WIDE,
            theme: Theme::Light,
            colors: Colors::Palette,
            style: NumberStyle::ENGLISH,
            words: Words::ENGLISH,
            footer: None,
        }
    }
}

/// Width and height in pixels, each 240 to 4096.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// Pixels from left to right.
    pub width_px: u16,
    /// Pixels from top to bottom.
    pub height_px: u16,
}

impl Size {
    /// 1200 x 1200: WhatsApp shows a square uncut and largest.
    pub const SQUARE: Self = Self {
        width_px: 1200,
        height_px: 1200,
    };
    /// 1200 x 675: Slack, Teams and mail.
    pub const WIDE: Self = Self {
        width_px: 1200,
        height_px: 675,
    };
}

/// How a PNG holds its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colors {
    /// 256 at most, by index: the smallest file.
    #[default]
    Palette,
    /// 8-bit RGB: all that WhatsApp documents for pictures, beside RGBA. About half as large again.
    True,
}

/// The background that a picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on white.
    Light,
    /// Light on near-black.
    Dark,
}
