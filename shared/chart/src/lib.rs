//! Draws a chart to PNG bytes: the plotted table of `domain::series` in, a picture out.
//!
//! Knows: layout, type, colour, ticks, rasterising and the PNG encoder; Latin, Greek and Cyrillic are embedded. Must never know: AWS, async, the
//! clock, the environment, where rows come from or where pictures go. The same input gives the same bytes in every process. The only files it
//! opens are fonts of other scripts, from the folder it is given, when a text first needs one.
//!
//! The way through: [`Renderer::render`] → `layout` (measured shapes and label boxes in a `Scene`) → `paint` (pixels) → `encode` (PNG).
//! Money stays `Decimal` until a pixel's place is computed.

mod arc;
mod area;
mod bar_values;
mod bars;
mod brand;
mod breaks;
mod change;
mod contrast;
mod dates;
mod encode;
mod error;
mod facets;
mod fonts;
mod frame;
mod glyphs;
mod grid;
mod kpi;
mod layout;
mod legend;
mod line;
mod line_ends;
mod logo;
mod lying_bars;
mod lying_values;
mod names;
mod options;
mod paint;
mod palette;
mod pdf;
mod points;
mod renderer;
mod scale;
mod scene;
mod scripts;
mod stack;
mod step_labels;
mod table;
mod targets;
mod theme;
mod type_setter;
mod value_labels;
mod words;

#[cfg(test)]
mod tests;

pub use brand::Brand;
pub use error::ChartError;
pub use options::{Colors, Medium, RenderOptions, Size, Theme};
pub use pdf::{Paper, Pdf, Sheet};
pub use renderer::{Picture, Renderer};
pub use words::footer;
