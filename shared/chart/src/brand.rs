//! An organisation's own look, ready to draw with.

use crate::error::ChartError;
use crate::logo::Logo;
use crate::options::Theme;
use crate::theme::Colors;
use domain::branding::Branding;
use domain::color::unlike;
use domain::picture;

/// Colours of both themes, and a decoded logo. To be made once for all pictures of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Brand {
    light: Colors,
    dark: Colors,
    pub(crate) logo: Option<Logo>,
}

impl Brand {
    /// The colours as [`Branding::look`] makes them readable; without the logo.
    pub fn new(branding: &Branding) -> Self {
        let colors = |theme: Theme, of: picture::Theme| {
            let mut colors = theme.colors().clone();
            let Some((look, _)) = branding.look(of) else { return colors };
            if let Some(ink) = look.ink {
                colors.ink = ink.0;
            }
            if let Some(muted) = look.muted {
                colors.muted = muted.0;
            }
            if let Some(series) = look.series {
                colors.series = series.map(|color| color.0);
                // An own grey must not look like the period before.
                colors.previous = unlike(colors.previous, colors.series[0], colors.background);
            }
            colors
        };
        Self {
            light: colors(Theme::Light, picture::Theme::Light),
            dark: colors(Theme::Dark, picture::Theme::Dark),
            logo: None,
        }
    }

    /// Decodes the logo. One that cannot be read says so, and charts go without it.
    pub fn set_logo(&mut self, logo: &domain::branding::Logo) -> Result<(), ChartError> {
        self.logo = Logo::decode(logo.png())?;
        Ok(())
    }

    pub(crate) fn colors(&self, theme: Theme) -> &Colors {
        match theme {
            Theme::Light => &self.light,
            Theme::Dark => &self.dark,
        }
    }
}
