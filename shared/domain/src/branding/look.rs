//! From what was given to what is drawn: every word 4.5:1 and every mark 3:1 on its ground, eight series apart from each other.

use serde::Serialize;

use super::Branding;
use crate::color::{Color, MARK_MIN, Oklab, Rgb, TEXT_MIN, contrast, mix, readable};
use crate::picture::Theme;

/// So many series have a colour of their own.
pub const SERIES: usize = 8;

/// Two given colours nearer than this look alike in thin lines.
const APART: f64 = 0.08;

/// How much of the ink is in quieter words, where that is still read.
const MUTED: f64 = 0.74;
/// On a light or dark ground, between the ground and where a colour is no longer seen as one.
const LIGHT_SHADES: (f64, f64) = (0.26, 0.70);
const DARK_SHADES: (f64, f64) = (0.50, 0.94);

/// The colours of one theme that are an organisation's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Look {
    /// Titles and numbers; `None` where they are ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ink: Option<Color>,
    /// Subtitles and the labels of axes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted: Option<Color>,
    /// Of eight series, in order; `None` where they are ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<[Color; SERIES]>,
}

/// A given colour that was changed so that it can be read, or told from the one before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Adjusted {
    /// Where it was given: `/palette/1`.
    pub pointer: String,
    /// Of which theme's pictures.
    pub theme: Theme,
    /// As given.
    pub given: Color,
    /// As drawn.
    pub drawn: Color,
    /// Why, in words.
    pub why: String,
}

/// What a theme's pictures are drawn on.
pub const fn ground(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => [255, 255, 255],
        Theme::Dark => [17, 22, 32],
    }
}

pub(super) fn look(branding: &Branding, theme: Theme) -> (Look, Vec<Adjusted>) {
    let mut adjusted = Vec::new();
    let ground = ground(theme);
    let (palette, ink, prefix) = match theme {
        Theme::Light => (&branding.palette, branding.ink, ""),
        Theme::Dark => (&branding.dark.palette, branding.dark.ink, "/dark"),
    };
    let ink = match ink {
        Some(given) => {
            let drawn = Color(readable(given.0, ground, TEXT_MIN));
            if drawn != given {
                adjusted.push(Adjusted {
                    pointer: format!("{prefix}/ink"),
                    theme,
                    given,
                    drawn,
                    why: low(given, ground, TEXT_MIN),
                });
            }
            Some(drawn)
        }
        None if theme == Theme::Dark => branding.ink.map(|light| Color(dark_ink(light.0))),
        None => None,
    };
    let series = if palette.is_empty() {
        (theme == Theme::Dark && !branding.palette.is_empty()).then(|| {
            let lighter: Vec<Rgb> = branding.palette.colors().iter().map(|color| lightened(color.0)).collect();
            apart(&lighter, theme).into_iter().map(|(drawn, _)| drawn).collect::<Vec<_>>()
        })
    } else {
        let given: Vec<Rgb> = palette.colors().iter().map(|color| color.0).collect();
        let drawn = apart(&given, theme);
        for (i, (given, (drawn, is_moved))) in palette.colors().iter().zip(&drawn).enumerate() {
            if given.0 != *drawn {
                let why = if *is_moved {
                    "It looks like a colour before it.".to_owned()
                } else {
                    low(*given, ground, MARK_MIN)
                };
                adjusted.push(Adjusted {
                    pointer: format!("{prefix}/palette/{i}"),
                    theme,
                    given: *given,
                    drawn: Color(*drawn),
                    why,
                });
            }
        }
        Some(drawn.into_iter().map(|(drawn, _)| drawn).collect())
    };
    let look = Look {
        ink,
        muted: ink.map(|ink| Color(muted(ink.0, ground))),
        series: series.map(|series| extended(series, theme)),
    };
    (look, adjusted)
}

fn low(given: Color, ground: Rgb, needed: f64) -> String {
    // Rounded down: 2.98 must not be said to be 3.0.
    let ratio = (contrast(given.0, ground) * 10.0).floor() / 10.0;
    format!("Its contrast on {} is {ratio:.1}:1; it needs {needed}:1.", Color(ground))
}

/// A light theme's colour on the dark ground: lighter, and the darker it was the more.
fn lightened(color: Rgb) -> Rgb {
    let hue = Oklab::from(color);
    hue.at(hue.light.max(0.56 + 0.26 * hue.light))
}

/// Nearly white, with a hint of the hue.
fn dark_ink(color: Rgb) -> Rgb {
    Oklab::from(color).muted(0.3).at(0.955)
}

fn muted(ink: Rgb, ground: Rgb) -> Rgb {
    let mut share = MUTED;
    while share < 1.0 {
        let tried = mix(ink, ground, share);
        if contrast(tried, ground) >= TEXT_MIN {
            return tried;
        }
        share += 0.01;
    }
    ink
}

/// Each colour as it is seen on the ground, moved on where it has come to look like one before it; and whether it was.
fn apart(colors: &[Rgb], theme: Theme) -> Vec<(Rgb, bool)> {
    let ground = ground(theme);
    let mut drawn: Vec<(Rgb, bool)> = Vec::with_capacity(SERIES);
    for &color in colors {
        let seen = readable(color, ground, MARK_MIN);
        let hue = Oklab::from(seen);
        let is_apart = |tried: Rgb| {
            drawn
                .iter()
                .all(|(other, _)| Oklab::from(tried).distance(Oklab::from(*other)) >= APART)
        };
        let shades = shades(hue, theme).filter(|shade| is_apart(*shade));
        let nearest = || {
            shades.min_by(|a, b| {
                let far = |shade: &Rgb| (Oklab::from(*shade).light - hue.light).abs();
                far(a).total_cmp(&far(b))
            })
        };
        let (made, is_moved) = if is_apart(seen) {
            (seen, false)
        } else {
            nearest().map_or((seen, false), |shade| (shade, true))
        };
        drawn.push((made, is_moved));
    }
    drawn
}

/// The same hue from dark to light, as far as it is seen on the theme's ground.
fn shades(hue: Oklab, theme: Theme) -> impl Iterator<Item = Rgb> {
    let (from, to) = match theme {
        Theme::Light => LIGHT_SHADES,
        Theme::Dark => DARK_SHADES,
    };
    (0..=22)
        .map(move |i| hue.at(from + (to - from) * f64::from(i) / 22.0))
        .filter(move |shade| contrast(*shade, ground(theme)) >= MARK_MIN)
}

/// Eight colours: after the given ones, of their shades always the one that is farthest from all before it.
fn extended(mut series: Vec<Rgb>, theme: Theme) -> [Color; SERIES] {
    let hues: Vec<Oklab> = series.iter().map(|color| Oklab::from(*color)).collect();
    let candidates: Vec<Rgb> = hues
        .iter()
        .flat_map(|hue| [1.0, 0.35].map(|share| hue.muted(share)))
        .flat_map(|hue| shades(hue, theme))
        .collect();
    while series.len() < SERIES {
        let nearest = |candidate: &Rgb| {
            let distances = series.iter().map(|taken| Oklab::from(*taken).distance(Oklab::from(*candidate)));
            distances.fold(f64::INFINITY, f64::min)
        };
        // The first of equals, so that the order is always the same.
        let mut best: Option<(f64, Rgb)> = None;
        for candidate in &candidates {
            let distance = nearest(candidate);
            if best.is_none_or(|(most, _)| distance > most) {
                best = Some((distance, *candidate));
            }
        }
        let fallback = series.first().copied().unwrap_or_default();
        series.push(best.map_or(fallback, |(_, color)| color));
    }
    std::array::from_fn(|i| Color(series[i]))
}
