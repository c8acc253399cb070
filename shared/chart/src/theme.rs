//! Colours. Text stands at 4.5:1 or more on its ground, marks at 3:1 or more; the series are told apart with colour-blind eyes (see the tests).

use crate::options::Theme;
use domain::branding::ground;
pub(crate) use domain::color::{Rgb, mix};

/// The colours of one theme.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Colors {
    pub background: Rgb,
    /// Titles and values.
    pub ink: Rgb,
    /// Subtitles, tick labels, footer.
    pub muted: Rgb,
    /// Lines behind the data.
    pub grid: Rgb,
    /// The zero line.
    pub axis: Rgb,
    /// A previous period beside one series.
    pub previous: Rgb,
    pub series: [Rgb; 8],
    /// Text and ground of a pill.
    pub rise: (Rgb, Rgb),
    pub fall: (Rgb, Rgb),
    pub level: (Rgb, Rgb),
}

const LIGHT: Colors = Colors {
    background: ground(domain::picture::Theme::Light),
    ink: [17, 24, 39],
    muted: [75, 85, 99],
    grid: [229, 231, 235],
    axis: [156, 163, 175],
    previous: [139, 147, 161],
    series: [
        [35, 93, 211],
        [217, 111, 0],
        [0, 154, 130],
        [168, 43, 145],
        [37, 151, 237],
        [122, 79, 14],
        [110, 114, 118],
        [55, 38, 132],
    ],
    rise: ([6, 95, 70], [220, 245, 234]),
    fall: ([155, 28, 28], [253, 230, 228]),
    level: ([55, 65, 81], [236, 238, 242]),
};

const DARK: Colors = Colors {
    background: ground(domain::picture::Theme::Dark),
    ink: [243, 244, 246],
    muted: [170, 178, 191],
    grid: [42, 49, 62],
    axis: [94, 103, 118],
    previous: [125, 134, 149],
    series: [
        [98, 154, 254],
        [253, 162, 70],
        [0, 210, 181],
        [216, 98, 190],
        [152, 208, 255],
        [190, 142, 72],
        [157, 161, 166],
        [134, 116, 234],
    ],
    rise: ([134, 239, 190], [16, 62, 48]),
    fall: ([255, 178, 170], [84, 28, 30]),
    level: ([209, 213, 219], [45, 52, 65]),
};

impl Theme {
    pub(crate) fn colors(self) -> &'static Colors {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}
