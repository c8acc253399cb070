//! An organisation's own look: colours, the ink of its words, a logo. What is given is kept as it is; what is drawn with it is readable.
//!
//! [`Branding`] is what somebody wrote, [`Look`] what a theme's pictures are drawn with, [`Adjusted`] the difference, to be told.

mod logo;
mod look;
#[cfg(test)]
mod tests;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::color::Color;
use crate::picture::Theme;

pub use logo::{LOGO_BYTES_MAX, LOGO_PIXELS_MAX, LOGO_SIDE_PX_MAX, Logo};
pub use look::{Adjusted, Look, SERIES, ground};

/// Most colours of a palette: more series are not told apart by colour.
pub const PALETTE_MAX: usize = SERIES;

/// An organisation's own look. Everything may be left out; `{}` is ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Branding {
    /// The colours of series, the first for a single one. With fewer than eight, shades of them follow.
    #[serde(default, skip_serializing_if = "Palette::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Palette))]
    pub palette: Palette,
    /// Titles and numbers; the quieter words are made from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<Color>,
    /// The same for the dark theme; made from the light one's where left out.
    #[serde(default, skip_serializing_if = "DarkBranding::is_empty")]
    pub dark: DarkBranding,
    /// Drawn small in the corner beside the title: a PNG in base64, at most 256 KiB and 4,000,000 pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

/// Colours of the dark theme alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DarkBranding {
    /// The colours of series.
    #[serde(default, skip_serializing_if = "Palette::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Palette))]
    pub palette: Palette,
    /// Titles and numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<Color>,
}

impl DarkBranding {
    fn is_empty(&self) -> bool {
        self.palette.is_empty() && self.ink.is_none()
    }
}

/// One to eight colours; none where nothing was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Palette(Vec<Color>);

impl Palette {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the series.
    pub fn colors(&self) -> &[Color] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Palette {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let colors = Vec::<Color>::deserialize(deserializer)?;
        if !(1..=PALETTE_MAX).contains(&colors.len()) {
            return Err(D::Error::custom(format!("{} colours; accepted: 1 to {PALETTE_MAX}", colors.len())));
        }
        if let Some(i) = (1..colors.len()).find(|&i| colors[..i].contains(&colors[i])) {
            return Err(D::Error::custom(format!("`{}` twice; accepted: each colour once", colors[i])));
        }
        Ok(Self(colors))
    }
}

impl Branding {
    /// What pictures of that theme are drawn with, and which given colours had to be changed for it. `None` where it is ours.
    pub fn look(&self, theme: Theme) -> Option<(Look, Vec<Adjusted>)> {
        if self.palette.is_empty() && self.ink.is_none() && self.dark.is_empty() {
            return None;
        }
        Some(look::look(self, theme))
    }
}
