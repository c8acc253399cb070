//! What a destination decides about a picture.

use crate::brand::Brand;
use crate::theme;
use crate::words::Words;
use domain::locale::{Locale, NumberStyle};
use std::sync::Arc;

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
    /// The reader's: how numbers and dates are written, in which language the few words are that a chart says of itself, and from which side it
    /// is read. A picture for a right-to-left language is mirrored: it begins at the right, and its axis stands there.
    pub locale: Locale,
    /// A quiet line at the bottom: source and time of reading.
    pub footer: Option<String>,
    /// What it is looked at on, which decides how large type is.
    pub medium: Medium,
    /// An organisation's own colours and logo; ours without it.
    pub brand: Option<Arc<Brand>>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            size: Size::WIDE,
            theme: Theme::Light,
            colors: Colors::Palette,
            locale: Locale::ENGLISH,
            footer: None,
            medium: Medium::Screen,
            brand: None,
        }
    }
}

impl RenderOptions {
    pub(crate) fn style(&self) -> NumberStyle {
        self.locale.numbers()
    }

    /// The colours to draw with.
    pub(crate) fn look(&self) -> &theme::Colors {
        match &self.brand {
            Some(brand) => brand.colors(self.theme),
            None => self.theme.colors(),
        }
    }

    pub(crate) fn words(&self) -> &'static Words {
        Words::of(self.locale)
    }
}

/// What a chart is looked at on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Medium {
    /// Type for a phone in the hand.
    #[default]
    Screen,
    /// A little smaller: a column of mail, shown at half its pixels, is read at a desk.
    Mail,
    /// Smaller type and more room: a sheet is larger than a phone.
    Paper,
}

impl Medium {
    /// Type and distances as a share of the usual ones.
    pub(crate) fn type_scale(self) -> f64 {
        match self {
            Self::Screen => 1.0,
            Self::Mail => 0.86,
            Self::Paper => 0.6,
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
    /// 1200 x 675: a card in a chat.
    pub const WIDE: Self = Self {
        width_px: 1200,
        height_px: 675,
    };
    /// 1200 x 800: a column of mail 600 wide, at two pixels to one. Goes with [`Medium::Mail`].
    pub const MAIL: Self = Self {
        width_px: 1200,
        height_px: 800,
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
