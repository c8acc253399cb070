//! Names under bands.

use crate::frame::{LABEL, Page};
use crate::scale::Scale;
use crate::scene::{Anchor, Label};
use crate::step_labels;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::Plotted;
use vello_cpu::kurbo::{Point, Rect};

/// The smallest type of a name: rather small than missing.
pub(crate) const NAME_MIN: f64 = 20.0;

/// Axes of bands: one per step, each with its name or date below; the plot's area and the middle of every band.
pub(crate) fn axes(page: &mut Page, plotted: &Plotted, scale: &Scale, values: &ValueLabels, right: f64) -> (Rect, Vec<f64>) {
    let grid = step_labels::axes(page, plotted, scale.clone(), values, right, true);
    (grid.plot, grid.places)
}

/// Names under bands: level on up to two lines, else turned, and then only so many as stand clear of each other.
pub(crate) struct Names {
    lines: Vec<Vec<Line>>,
    row_height: f64,
    is_turned: bool,
    every: usize,
    /// What they take under the plot.
    pub height: f64,
}

impl Names {
    /// Whether all of them stand level and whole in bands of this width.
    pub fn are_whole(page: &mut Page, names: &[String], band: f64) -> bool {
        Self::level(page, names, band).is_some_and(|lines| !lines.iter().flatten().any(is_cut))
    }

    pub fn of(page: &mut Page, names: &[String], band: f64) -> Self {
        let style = Style::regular(LABEL * page.unit);
        let is_wide = band - 12.0 * page.unit > style.size * 5.0;
        let level = Self::level(page, names, band).filter(|lines| is_wide || !lines.iter().flatten().any(is_cut));
        let Some(lines) = level else {
            return Self::turned(page, names, band);
        };
        let rows = lines.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let row_height = tallest(lines.iter().flatten()).max(style.size * 1.2);
        Self {
            lines,
            row_height,
            is_turned: false,
            every: 1,
            height: rows * row_height,
        }
    }

    /// On up to two lines each, where bands are wide enough for any.
    fn level(page: &mut Page, names: &[String], band: f64) -> Option<Vec<Vec<Line>>> {
        let style = Style::regular(LABEL * page.unit);
        let width = band - 12.0 * page.unit;
        (width > style.size * 2.5).then(|| names.iter().map(|name| page.type_setter.wrap(name, style, width, 2)).collect())
    }

    fn turned(page: &mut Page, names: &[String], band: f64) -> Self {
        let room = page.area.height() * 0.32;
        let size = (band / 1.15).clamp(NAME_MIN * page.unit, LABEL * page.unit);
        let clear = |height: f64| ((height * 1.15 / band - 0.001).ceil().max(1.0)) as usize;
        // Of names by the thousand only those are set that can be shown; scripts with tall letters need a second look.
        let mut every = clear(size);
        let mut lines: Vec<Line> = names
            .iter()
            .step_by(every)
            .map(|name| page.type_setter.fit(name, Style::regular(size), room))
            .collect();
        let row_height = tallest(&lines);
        let more = clear(row_height / 1.12).div_ceil(every);
        if more > 1 {
            every *= more;
            lines = lines.into_iter().step_by(more).collect();
        }
        let height = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        Self {
            lines: lines.into_iter().map(|line| vec![line]).collect(),
            row_height,
            is_turned: true,
            every,
            height,
        }
    }

    pub fn put(self, page: &mut Page, places: &[f64], top: f64) {
        let color = page.colors.muted;
        for (lines, x) in self.lines.into_iter().zip(places.iter().step_by(self.every)) {
            for (row, line) in lines.into_iter().enumerate() {
                if self.is_turned {
                    let origin = Point::new((x + (line.above - line.below) / 2.0).round(), (top + line.width).round());
                    page.scene.labels.push(Label {
                        line,
                        color,
                        origin,
                        is_turned: true,
                    });
                } else {
                    let y = top + self.row_height * (row as f64 + 1.0) - line.below - self.row_height * 0.1;
                    page.scene.put(line, color, Anchor::Middle, *x, y.round());
                }
            }
        }
    }
}

fn is_cut(line: &Line) -> bool {
    line.text.ends_with('…')
}

pub(crate) fn tallest<'a>(lines: impl IntoIterator<Item = &'a Line>) -> f64 {
    lines.into_iter().map(Line::height).fold(0.0, f64::max)
}
