//! Small charts side by side, one per series, all on the same two axes, which are labelled once: numbers left of each row, steps under each column.
//!
//! They stand in as many columns as the spec says, else in those that suit the picture's shape. Where they would be too low to be read, more columns are
//! taken, and where that does not help either, one chart shows all series. Bars whose names are not read under small charts lie.

use crate::bar_values::put_values;
use crate::bars::Bars;
use crate::frame::{LABEL, Page};
use crate::grid::Grid;
use crate::legend::{self, Swatch};
use crate::lying_bars::{self, RowNames};
use crate::lying_values::Numbers;
use crate::names::Names;
use crate::scale::Scale;
use crate::scene::{Anchor, Scene};
use crate::step_labels::{self, StepLabels};
use crate::type_setter::Style;
use crate::value_labels::ValueLabels;
use crate::{bars, line};
use domain::chart_spec::Mark;
use domain::series::{Domain, Plotted, Series};
use rust_decimal::Decimal;
use vello_cpu::kurbo::Rect;

/// Type in small charts, as a share of the usual.
const SCALE: f64 = 0.84;
/// The lowest plot, in pixels of a picture 1200 wide.
const PLOT_MIN: f64 = 84.0;
/// The height that turned names may take a third of.
const TURNED_FROM: f64 = 340.0;
/// The best width of a plot for its height.
const ASPECT: f64 = 1.7;
const COLUMNS_MAX: usize = 4;

/// Cells of equal size.
struct Cells {
    area: Rect,
    columns: usize,
    count: usize,
    gap: f64,
    title: f64,
}

impl Cells {
    fn rows(&self) -> usize {
        self.count.div_ceil(self.columns)
    }

    /// One panel's plot, inside what is left between the gutter and the labels below.
    fn plot(&self, i: usize, gutter: f64, below: f64) -> Rect {
        let (row, column) = (i / self.columns, i % self.columns);
        let width = self.width(gutter);
        let height = self.height(below);
        let x0 = self.area.x0 + gutter + column as f64 * (width + self.gap);
        let y0 = self.area.y0 + row as f64 * (height + self.title + self.gap * 0.6) + self.title;
        Rect::new(x0, y0, x0 + width, y0 + height)
    }

    fn width(&self, gutter: f64) -> f64 {
        (self.area.width() - gutter - self.gap * (self.columns as f64 - 1.0)) / self.columns as f64
    }

    fn height(&self, below: f64) -> f64 {
        let rows = self.rows() as f64;
        (self.area.height() - below - self.title * rows - self.gap * 0.6 * (rows - 1.0)) / rows
    }

    /// Whether no panel stands under this one.
    fn is_lowest(&self, i: usize) -> bool {
        i + self.columns >= self.count
    }
}

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style());
    let usual = page.unit;
    let Some(mut cells) = cells(&page, plotted) else {
        return match plotted.mark {
            Mark::Bar => bars::lay_out(page, plotted),
            _ => line::lay_out(page, plotted),
        };
    };
    if plotted.series.iter().any(|series| series.previous.is_some()) {
        let first = one(plotted, &plotted.series[0]);
        let colors = page.series_colors(&first, 1);
        let entries = legend::entries(&page, &first, &colors, Swatch::Line);
        page.legend(&entries);
    }
    if let Some(title) = &plotted.y.title {
        let style = Style::regular(LABEL * 0.9 * page.unit);
        let color = page.colors.muted;
        page.paragraph(title, style, color, 1);
        page.area.y0 += 6.0 * page.unit;
    }
    let title_height = page.x_title_height(plotted.x.title.as_deref());
    page.x_title(plotted.x.title.as_deref());
    cells.area = Rect::new(page.area.x0, page.area.y0, page.area.x1, page.area.y1 - title_height);
    page.unit *= SCALE;
    let panels: Vec<Plotted> = plotted.series.iter().map(|series| one(plotted, series)).collect();
    if lies(&mut page, plotted, &cells) {
        lying(&mut page, plotted, &panels, &cells);
    } else {
        upright(&mut page, plotted, &panels, &cells, &values);
    }
    page.unit = usual;
    page.scene
}

/// A chart of this series alone.
fn one(plotted: &Plotted, series: &Series) -> Plotted {
    let mut alone = plotted.clone();
    alone.series = vec![series.clone()];
    // Beside small charts of one colour the rest is no quieter than the others.
    alone.has_rest = false;
    alone
}

/// Columns that suit the page; `None` where no number of them leaves the plots high enough.
fn cells(page: &Page, plotted: &Plotted) -> Option<Cells> {
    let count = plotted.series.len();
    let unit = page.unit * SCALE;
    let cells = |columns: usize| Cells {
        area: page.area,
        columns,
        count,
        gap: 46.0 * unit,
        title: LABEL * 1.5 * unit,
    };
    // Labels on two lines below, and a legend above.
    let is_explained = plotted.series.iter().any(|series| series.previous.is_some());
    let below = LABEL * if is_explained { 4.8 } else { 3.0 } * page.unit;
    let fits = |cells: &Cells| cells.height(below) >= PLOT_MIN * unit && cells.width(90.0 * unit) >= PLOT_MIN * 1.2 * unit;
    let most = COLUMNS_MAX.min(count);
    let asked = plotted.facet.and_then(|facet| facet.columns).map(|columns| columns as usize);
    if let Some(asked) = asked {
        return (asked.clamp(1, most)..=most).map(cells).find(fits);
    }
    let unlike = |cells: &Cells| {
        let aspect = cells.width(90.0 * unit) / cells.height(below);
        let empty = cells.rows() * cells.columns - cells.count;
        (aspect / ASPECT).ln().abs() + empty as f64 * 0.25
    };
    let suitable = (1..=most).map(cells).filter(fits);
    suitable.min_by(|a, b| unlike(a).total_cmp(&unlike(b)))
}

/// Whether bars lie, as asked or because their names would not be whole: only where every row has room.
fn lies(page: &mut Page, plotted: &Plotted, cells: &Cells) -> bool {
    let count = plotted.x.domain.len().max(1) as f64;
    let row = cells.height(0.0) / count;
    if plotted.mark != Mark::Bar || row < (LABEL * 0.9 * page.unit).max(lying_bars::row_min(page, plotted, 1)) {
        return false;
    }
    let band = cells.width(90.0 * page.unit) / count;
    match &plotted.x.domain {
        Domain::Categories { names } => plotted.is_horizontal || !Names::are_whole(page, names, band),
        _ => plotted.is_horizontal,
    }
}

fn title(page: &mut Page, series: &Series, plot: Rect, newest: Option<String>) {
    let (style, room) = (Style::semi_bold(LABEL * 1.05 * page.unit), plot.width());
    let baseline = (plot.y0 - LABEL * 0.5 * page.unit).round();
    // A number is shown whole or not at all.
    let newest = newest
        .map(|text| page.type_setter.line(&text, style))
        .filter(|line| line.width <= room * 0.5);
    let taken = newest.as_ref().map_or(0.0, |line| line.width + 14.0 * page.unit);
    let line = page.type_setter.fit(&series.name, style, room - taken);
    let (ink, muted) = (page.colors.ink, page.colors.muted);
    page.scene.put(line, ink, Anchor::Start, plot.x0, baseline);
    if let Some(newest) = newest {
        page.scene.put(newest, muted, Anchor::End, plot.x1, baseline);
    }
}

fn upright(page: &mut Page, plotted: &Plotted, panels: &[Plotted], cells: &Cells, values: &ValueLabels) {
    let is_bar = plotted.mark == Mark::Bar;
    let has_zero = plotted.mark != Mark::Line;
    // Turned names take up to a third of what is left of the page: here of less than that.
    page.area.y0 = page.area.y0.max(page.area.y1 - TURNED_FROM * page.unit);
    // The gutter is not known yet: about as wide as this.
    let below = StepLabels::of(page, &plotted.x, cells.width(80.0 * page.unit), is_bar).height(page);
    let most = (cells.height(below) / (58.0 * page.unit)).clamp(1.0, 4.0) as usize;
    let scale = Scale::of(line::numbers(plotted), has_zero, most, values.divisor());
    let labels = page.y_labels(&scale, values);
    let (left, _) = page.plot_sides(&labels, 0.0);
    let gutter = left - page.area.x0;
    let below = StepLabels::of(page, &plotted.x, cells.width(gutter), is_bar).height(page);
    let usual = page.bounds;
    for (i, panel) in panels.iter().enumerate() {
        let plot = cells.plot(i, gutter, below);
        let newest = plotted.x.domain.len().checked_sub(1).and_then(|last| panel.series[0].values[last]);
        let newest = newest.filter(|_| matches!(plotted.x.domain, Domain::Time { .. }));
        title(page, &panel.series[0], plot, newest.map(|value| values.value(value)));
        page.level_lines(&scale, plot);
        if i % cells.columns == 0 {
            page.level_labels(&scale, labels.clone(), plot);
        }
        let grid = Grid {
            plot,
            places: step_labels::places(&plotted.x.domain, plot, is_bar, page.unit),
            scale: scale.clone(),
            is_lying: false,
        };
        marks(page, panel, &grid);
        if cells.is_lowest(i) {
            // Labels may reach half way to the next panel.
            let half = cells.gap * 0.2;
            let is_last = (i + 1).is_multiple_of(cells.columns);
            page.bounds = (plot.x0 - half, if is_last { usual.1 } else { plot.x1 + half });
            let steps = StepLabels::of(page, &plotted.x, plot.width(), is_bar);
            steps.put(page, &plotted.x, plot, &grid.places, is_bar);
            page.bounds = usual;
        }
    }
}

fn marks(page: &mut Page, panel: &Plotted, grid: &Grid) {
    if panel.mark == Mark::Bar {
        let bars = Bars::of(page, panel);
        let ends = bars.draw(page, grid);
        put_values(page, &bars, ends, grid);
    } else {
        let colors = page.series_colors(panel, 1);
        line::marks(page, grid, panel, &colors);
    }
}

fn lying(page: &mut Page, plotted: &Plotted, panels: &[Plotted], cells: &Cells) {
    let count = plotted.x.domain.len().max(1);
    let row = (cells.height(0.0) / count as f64).min(90.0 * page.unit);
    let width_max = page.area.width() * lying_bars::NAME_SHARE_MAX * if cells.columns > 2 { 0.6 } else { 0.8 };
    let names = RowNames::of(page, plotted, row, width_max);
    let gutter = names.width + 14.0 * page.unit;
    let extremes: Vec<Decimal> = line::numbers(plotted).collect();
    let all: Vec<(Bars, Option<Numbers>)> = panels
        .iter()
        .map(|panel| {
            let bars = Bars::of(page, panel);
            let numbers = Numbers::of(page, &bars, row, names.size);
            (bars, numbers)
        })
        .collect();
    // The same room beside the bars of every panel, so that equal numbers are equally long.
    let first = cells.plot(0, gutter, 0.0);
    let mut inner = first;
    for (bars, numbers) in &all {
        let mut own = first;
        if let Some(numbers) = numbers {
            numbers.make_room(&mut own, bars);
        }
        inner = Rect::new(inner.x0.max(own.x0), inner.y0, inner.x1.min(own.x1), inner.y1);
    }
    let (before, behind) = (inner.x0 - first.x0, first.x1 - inner.x1);
    for (i, (bars, numbers)) in all.into_iter().enumerate() {
        let plot = cells.plot(i, gutter, 0.0);
        title(page, &panels[i].series[0], plot, None);
        let area = Rect::new(
            plot.x0 + before,
            plot.y0,
            (plot.x1 - behind).max(plot.x0 + before + 1.0),
            plot.y0 + row * count as f64,
        );
        let grid = lying_bars::grid(area, count, Scale::tight(extremes.iter().copied()));
        if i % cells.columns == 0 {
            let right = plot.x0 - 14.0 * page.unit;
            names.put(page, right, &grid.places);
        }
        let ends = bars.draw(page, &grid);
        if let Some(numbers) = numbers {
            numbers.put(page, &ends);
        }
    }
}
