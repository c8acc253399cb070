//! Which pictures a Run has: their sizes and themes, and what they are called.

use serde::{Deserialize, Serialize};

use crate::destination::DestinationKind;

/// Which of a Run's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Picture {
    /// Its measure.
    pub size: PictureSize,
    /// Light or dark.
    pub theme: Theme,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on near-black.
    Dark,
}

/// The sizes that channels ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PictureSize {
    /// 1200 by 1200: fills a phone.
    Square,
    /// 1200 by 675: a wide card.
    #[default]
    Wide,
    /// 1200 by 800, shown 600 wide: a column of mail, at two pixels to one.
    Mail,
}

impl PictureSize {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Square, Self::Wide, Self::Mail];

    /// Width and height in pixels.
    pub fn pixels(self) -> (u16, u16) {
        match self {
            Self::Square => (1_200, 1_200),
            Self::Wide => (1_200, 675),
            Self::Mail => (1_200, 800),
        }
    }

    /// What a kind of Destination gets when the pulse does not say.
    pub fn for_kind(kind: DestinationKind) -> Self {
        match kind {
            DestinationKind::Whatsapp => Self::Square,
            DestinationKind::Webhook => Self::Wide,
        }
    }
}

impl Picture {
    /// `square-light`, `wide-dark`: its name in the bucket and in links.
    pub fn slug(self) -> &'static str {
        match (self.size, self.theme) {
            (PictureSize::Square, Theme::Light) => "square-light",
            (PictureSize::Square, Theme::Dark) => "square-dark",
            (PictureSize::Wide, Theme::Light) => "wide-light",
            (PictureSize::Wide, Theme::Dark) => "wide-dark",
            (PictureSize::Mail, Theme::Light) => "mail-light",
            (PictureSize::Mail, Theme::Dark) => "mail-dark",
        }
    }
}
