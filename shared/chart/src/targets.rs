//! Numbers to be reached: a dashed line across the plot, with its name and number outside of it.

use crate::frame::{LABEL, Page};
use crate::grid::Grid;
use crate::scene::{Anchor, Shape};
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::chart_spec::Target;
use domain::series::Plotted;
use rust_decimal::Decimal;
use vello_cpu::kurbo::{BezPath, Point};

/// Of the line, in pixels of a picture 1200 wide.
const STROKE: f64 = 4.0;
const DASH: [f64; 2] = [14.0, 10.0];

/// The numbers, for the scale: every target is on the picture.
pub(crate) fn values(plotted: &Plotted) -> impl Iterator<Item = Decimal> + '_ {
    plotted.targets.iter().map(|target| target.value)
}

/// What it is called.
pub(crate) fn name<'a>(page: &Page, target: &'a Target) -> &'a str {
    target.name.as_deref().unwrap_or(page.options.words().target)
}

/// The lines, once everything else stands: they leave out what is written.
pub(crate) fn rules(page: &mut Page, grid: &Grid, plotted: &Plotted) {
    for target in &plotted.targets {
        rule(page, grid, target.value);
    }
}

fn rule(page: &mut Page, grid: &Grid, value: Decimal) {
    let (start, end) = grid.across(grid.at(value));
    let clear = 5.0 * page.unit;
    // Along the line: where text begins and ends that it would strike through.
    let mut written: Vec<(f64, f64)> = Vec::new();
    for label in &page.scene.labels {
        let text = label.bounds().inflate(clear, clear);
        if text.x0 <= end.x && text.x1 >= start.x && text.y0 <= end.y && text.y1 >= start.y {
            written.push(if grid.is_lying { (text.y0, text.y1) } else { (text.x0, text.x1) });
        }
    }
    written.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut from, last) = if grid.is_lying { (start.y, end.y) } else { (start.x, end.x) };
    let mut path = BezPath::new();
    let mut piece = |from: f64, to: f64| {
        if to - from > 2.0 {
            let at = |along: f64| {
                if grid.is_lying {
                    Point::new(start.x, along)
                } else {
                    Point::new(along, start.y)
                }
            };
            path.move_to(at(from));
            path.line_to(at(to));
        }
    };
    for (begin, finish) in written {
        piece(from, begin.min(last));
        from = from.max(finish);
    }
    piece(from, last);
    let width = STROKE * page.unit;
    let dash = Some(DASH.map(|length| length * page.unit));
    if !path.elements().is_empty() {
        let color = page.colors.ink;
        page.scene.shapes.push(Shape::Stroke { path, width, dash, color });
    }
}

/// Names and numbers over a plot of lying bars, each above its line, on as many rows as keep them apart; to be placed when the plot is.
pub(crate) struct Heads {
    lines: Vec<(Line, Decimal)>,
    row_height: f64,
}

impl Heads {
    pub fn of(page: &mut Page, plotted: &Plotted, values: &ValueLabels) -> Self {
        let style = Style::semi_bold(LABEL * 0.9 * page.unit);
        let wide = page.area.width() * 0.5;
        let mut lines = Vec::with_capacity(plotted.targets.len());
        for target in &plotted.targets {
            let text = format!("{} {}", name(page, target), values.value(target.value));
            lines.push((page.type_setter.fit(&text, style, wide), target.value));
        }
        let tallest = lines.iter().map(|(line, _)| line.height()).fold(style.size, f64::max);
        Self {
            lines,
            row_height: tallest * 1.15,
        }
    }

    /// A row for each, since where they will stand is not known yet.
    pub fn height(&self) -> f64 {
        self.row_height * self.lines.len() as f64
    }

    pub fn put(self, page: &mut Page, grid: &Grid) {
        let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
        for (line, value) in self.lines {
            let left = (grid.at(value) - line.width / 2.0).min(page.area.x1 - line.width).max(page.area.x0);
            let right = left + line.width + 16.0 * page.unit;
            let is_free = |row: &Vec<(f64, f64)>| row.iter().all(|(from, to)| right <= *from || left >= *to);
            let row = rows.iter().position(is_free).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            rows[row].push((left, right));
            let baseline = grid.plot.y0 - self.row_height * row as f64 - line.below - 3.0 * page.unit;
            let color = page.colors.ink;
            page.scene.put(line, color, Anchor::Start, left, baseline.round());
        }
    }
}
