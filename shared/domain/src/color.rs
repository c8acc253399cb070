//! Colours by the numbers: how well two are told apart, and how one is made readable without becoming another.
//!
//! Contrast is WCAG 2.2's. Lightness is changed in Oklab, in which a hue stays the hue that people see.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Red, green, blue; sRGB.
pub type Rgb = [u8; 3];

/// What text needs on its ground (WCAG 2.2, 1.4.3).
pub const TEXT_MIN: f64 = 4.5;
/// What a line or a bar needs on its ground (WCAG 2.2, 1.4.11).
pub const MARK_MIN: f64 = 3.0;

/// A colour as people write it: `#1d4ed8`, or `#abc` for `#aabbcc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color(pub Rgb);

impl Color {
    /// Reads `#rgb` or `#rrggbb`, upper or lower case.
    ///
    /// # Errors
    /// A sentence that names what was given and what is accepted.
    pub fn parse(text: &str) -> Result<Self, String> {
        let refused = || format!("`{text}` is no colour; accepted: `#` and six hexadecimal digits, such as `#1d4ed8`");
        let digits = text.strip_prefix('#').ok_or_else(refused)?;
        let digits = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return Err(refused()),
        };
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let number = u32::from_str_radix(&digits, 16).map_err(|_| refused())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Channels as amounts of light, 0 to 1.
pub fn linear(color: Rgb) -> [f64; 3] {
    color.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Contrast ratio, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |color: Rgb| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `share` of `color` on `ground`.
pub fn mix(color: Rgb, ground: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|i| (f64::from(color[i]) * share + f64::from(ground[i]) * (1.0 - share)).round() as u8)
}

/// A colour by how light it is (0 to 1) and how far it stands off grey, towards green or red and towards blue or yellow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Oklab {
    pub light: f64,
    pub a: f64,
    pub b: f64,
}

impl From<Rgb> for Oklab {
    fn from(color: Rgb) -> Self {
        let [red, green, blue] = linear(color);
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        Self {
            light: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
            a: 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
            b: 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
        }
    }
}

impl Oklab {
    /// How different two colours look; black and white are 1 apart. Of near-blacks Oklab says more than is seen on a screen, so their lightness
    /// is counted by Ottosson's toe, which is close to CIE's.
    pub fn distance(self, other: Self) -> f64 {
        let (k1, k2) = (0.206, 0.03);
        let k3 = (1.0 + k1) / (1.0 + k2);
        let seen = |light: f64| {
            let slope = k3 * light - k1;
            (slope + (slope.powi(2) + 4.0 * k2 * k3 * light).sqrt()) / 2.0
        };
        ((seen(self.light) - seen(other.light)).powi(2) + (self.a - other.a).powi(2) + (self.b - other.b).powi(2)).sqrt()
    }

    /// The same hue at another lightness, as colourful as a screen shows it there.
    pub fn at(self, light: f64) -> Rgb {
        let paler = |share: f64| Self {
            light,
            a: self.a * share,
            b: self.b * share,
        };
        let (mut low, mut high) = (0.0, 1.0);
        if paler(1.0).channels().is_some() {
            low = 1.0;
        } else {
            for _ in 0..16 {
                let middle = (low + high) / 2.0;
                *(if paler(middle).channels().is_some() { &mut low } else { &mut high }) = middle;
            }
        }
        paler(low).channels().unwrap_or(if light > 0.5 { [255; 3] } else { [0; 3] })
    }

    /// Less colourful.
    pub fn muted(self, share: f64) -> Self {
        Self {
            a: self.a * share,
            b: self.b * share,
            ..self
        }
    }

    /// `None` where no screen shows it.
    fn channels(self) -> Option<Rgb> {
        let long = (self.light + 0.396_337_777_4 * self.a + 0.215_803_757_3 * self.b).powi(3);
        let medium = (self.light - 0.105_561_345_8 * self.a - 0.063_854_172_8 * self.b).powi(3);
        let short = (self.light - 0.089_484_177_5 * self.a - 1.291_485_548_0 * self.b).powi(3);
        let linear = [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ];
        let is_shown = linear.iter().all(|channel| (-0.000_5..=1.000_5).contains(channel));
        is_shown.then(|| {
            linear.map(|channel| {
                let channel = channel.clamp(0.0, 1.0);
                let share = if channel <= 0.003_130_8 {
                    channel * 12.92
                } else {
                    1.055 * channel.powf(1.0 / 2.4) - 0.055
                };
                (share * 255.0).round() as u8
            })
        })
    }
}

/// Two colours nearer than this are taken for each other where they fill shapes side by side.
const UNLIKE: f64 = 0.2;

/// The colour, or where it looks like the other one the nearest lightness of it that does not and is seen as a mark on this ground.
pub fn unlike(color: Rgb, other: Rgb, ground: Rgb) -> Rgb {
    let (own, other) = (Oklab::from(color), Oklab::from(other));
    let is_apart = |tried: Rgb| Oklab::from(tried).distance(other) >= UNLIKE;
    if is_apart(color) {
        return color;
    }
    let shades = (0..=40).map(|i| own.at(0.2 + 0.02 * f64::from(i)));
    let good = shades.filter(|shade| contrast(*shade, ground) >= MARK_MIN && is_apart(*shade));
    let far = |shade: &Rgb| (Oklab::from(*shade).light - own.light).abs();
    good.min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(color)
}

/// The colour itself where it has that contrast on the ground, else the nearest lightness of the same hue that has: darker on a light ground,
/// lighter on a dark one.
pub fn readable(color: Rgb, ground: Rgb, contrast_min: f64) -> Rgb {
    if contrast(color, ground) >= contrast_min {
        return color;
    }
    let hue = Oklab::from(color);
    let step = if Oklab::from(ground).light > 0.5 { -STEP } else { STEP };
    let mut light = hue.light;
    while (0.0..=1.0).contains(&light) {
        let tried = hue.at(light);
        if contrast(tried, ground) >= contrast_min {
            return tried;
        }
        light += step;
    }
    if step < 0.0 { [0; 3] } else { [255; 3] }
}

/// Of lightness; less is not seen.
const STEP: f64 = 0.005;

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_colour_is_read_and_written() {
        for (text, written) in [("#1D4ed8", "#1d4ed8"), ("#abc", "#aabbcc"), ("#000", "#000000")] {
            assert_eq!(Color::parse(text).unwrap().to_string(), written);
        }
        for bad in ["", "#", "1d4ed8", "#1d4ed", "#1d4ed80", "#ggg", "#+12345", "red", "#äöü"] {
            assert!(Color::parse(bad).unwrap_err().contains("#1d4ed8"), "{bad}");
        }
    }

    #[test]
    fn the_published_contrasts() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([118, 118, 118], [255; 3]) - 4.54).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn any_colour_becomes_readable_and_keeps_its_hue(color: Rgb, ground in prop_oneof![Just([255; 3]), Just([17, 22, 32])], is_text: bool) {
            let needed = if is_text { TEXT_MIN } else { MARK_MIN };
            let made = readable(color, ground, needed);
            prop_assert!(contrast(made, ground) >= needed, "{color:?} became {made:?}");
            let (before, after) = (Oklab::from(color), Oklab::from(made));
            let colourful = |lab: Oklab| lab.a.hypot(lab.b);
            // Of greys and near-greys the hue is not seen, and not kept by eight bits either.
            if colourful(before) > 0.05 && colourful(after) > 0.05 {
                let turned = (before.a * after.b - before.b * after.a) / (colourful(before) * colourful(after));
                prop_assert!(turned.abs() < 0.08, "{color:?} became {made:?}");
            }
            if contrast(color, ground) >= needed {
                prop_assert_eq!(made, color);
            }
        }

        #[test]
        fn oklab_comes_back(color: Rgb) {
            let lab = Oklab::from(color);
            let back = lab.at(lab.light);
            prop_assert!((0..3).all(|i| back[i].abs_diff(color[i]) <= 1), "{color:?} came back as {back:?}");
        }
    }

    #[test]
    fn a_colour_moves_away_from_one_it_looks_like() {
        for (ground, grey) in [([255; 3], [139, 147, 161]), ([17, 22, 32], [125, 134, 149])] {
            assert_eq!(unlike(grey, [29, 78, 216], ground), grey, "told apart already");
            for other in [[115, 115, 115], grey, [168, 148, 143], [92, 92, 148]] {
                let moved = unlike(grey, other, ground);
                let distance = Oklab::from(moved).distance(Oklab::from(other));
                assert!(
                    distance >= UNLIKE && contrast(moved, ground) >= MARK_MIN,
                    "{other:?} on {ground:?}: {moved:?}"
                );
            }
        }
    }
}
