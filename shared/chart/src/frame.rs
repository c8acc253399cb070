//! What stands around every chart: title, subtitle, axes, footer. Each takes its room from the page and leaves the rest.

use crate::dates::DateTick;
use crate::options::RenderOptions;
use crate::scale::{Scale, number};
use crate::scene::{Anchor, Scene};
use crate::theme::{Colors, Rgb};
use crate::type_setter::{Line, Style, TypeSetter};
use crate::value_labels::ValueLabels;
use domain::chart_spec::Title;
use domain::series::Plotted;
use vello_cpu::kurbo::{Point, Rect};

/// Type sizes and distances in pixels of a picture 1200 wide.
pub(crate) const TITLE: f64 = 52.0;
pub(crate) const SUBTITLE: f64 = 30.0;
pub(crate) const LABEL: f64 = 28.0;
pub(crate) const FOOTER: f64 = 24.0;
const MARGIN: f64 = 48.0;
const LINE_HEIGHT: f64 = 1.2;
/// A title that is wider than its room by no more than this is set smaller: its last word does not stand alone on a second line.
const TITLE_SHRUNK_FROM: f64 = 1.16;
/// Between the title and the logo.
const LOGO_GAP: f64 = 32.0;
/// Between labels of one axis, at least.
const LABEL_GAP: f64 = 22.0;

/// A page being filled.
pub(crate) struct Page<'a> {
    pub type_setter: &'a mut TypeSetter,
    pub colors: &'a Colors,
    pub options: &'a RenderOptions,
    pub scene: Scene,
    /// Pixels per design pixel.
    pub unit: f64,
    /// What is left.
    pub area: Rect,
    /// How far to the left and right the labels under a plot may reach.
    pub bounds: (f64, f64),
}

impl<'a> Page<'a> {
    pub fn new(type_setter: &'a mut TypeSetter, options: &'a RenderOptions) -> Self {
        let (width, height) = (f64::from(options.size.width_px), f64::from(options.size.height_px));
        let unit = (width / 1200.0).min(height / 600.0) * options.medium.type_scale();
        let margin = MARGIN * unit;
        let colors = options.look();
        let area = Rect::new(margin, margin * 0.9, width - margin, height - margin * 0.8);
        Self {
            type_setter,
            colors,
            options,
            scene: Scene::new(colors.background),
            unit,
            area,
            bounds: (area.x0 - 24.0 * unit, width - 16.0 * unit),
        }
    }

    /// The title, and in the corner beside it the logo.
    pub fn header(&mut self, title: Option<&Title>) {
        let right = self.area.x1;
        let logo = self.logo(TITLE * LINE_HEIGHT);
        if let Some(logo) = logo {
            self.area.x1 = logo.x0 - LOGO_GAP * self.unit;
        }
        if let Some(title) = title {
            self.title(title);
        }
        if let Some(logo) = logo {
            self.area.x1 = right;
            self.area.y0 = self.area.y0.max(logo.y1 + 14.0 * self.unit);
        }
    }

    /// Title on two lines at most, subtitle on one, or two on a tall page.
    fn title(&mut self, title: &Title) {
        let is_tall = self.area.height() > self.area.width() * 0.8;
        let mut style = Style::bold(TITLE * self.unit);
        let room = self.area.width() / self.type_setter.line(&title.text, style).width.max(1.0);
        if room < 1.0 && room * TITLE_SHRUNK_FROM > 1.0 {
            style.size *= room * 0.998;
        }
        self.paragraph(&title.text, style, self.colors.ink, 2);
        if let Some(subtitle) = &title.subtitle {
            self.area.y0 += 4.0 * self.unit;
            self.paragraph(
                subtitle,
                Style::regular(SUBTITLE * self.unit),
                self.colors.muted,
                if is_tall { 2 } else { 1 },
            );
        }
        self.area.y0 += 18.0 * self.unit;
    }

    /// Lines of text from the top of what is left.
    pub fn paragraph(&mut self, text: &str, style: Style, color: Rgb, lines_max: usize) {
        for line in self.type_setter.wrap(text, style, self.area.width(), lines_max) {
            let height = (style.size * LINE_HEIGHT).max(line.height());
            let baseline = self.area.y0 + (height - line.height()) / 2.0 + line.above;
            self.scene.put(line, color, Anchor::Start, self.area.x0, baseline.round());
            self.area.y0 += height;
        }
    }

    /// A quiet line at the bottom.
    pub fn footer(&mut self) {
        let Some(text) = &self.options.footer else { return };
        let line = self.type_setter.fit(text, Style::regular(FOOTER * self.unit), self.area.width());
        let baseline = self.area.y1 - line.below;
        self.area.y1 -= line.height() + 22.0 * self.unit;
        self.scene
            .put(line, self.colors.muted, Anchor::Start, self.area.x0, baseline.round());
    }

    /// Of so many series or parts: one after the other, from the first again after the last. The joined rest is quiet: it has the one nearest to grey.
    pub fn series_colors(&self, plotted: &Plotted, count: usize) -> Vec<Rgb> {
        let mut palette = self.colors.series;
        if plotted.has_rest {
            let strength = |color: &Rgb| color.iter().max().zip(color.iter().min()).map(|(high, low)| high - low);
            let quiet = (0..palette.len()).min_by_key(|&i| strength(&palette[i])).unwrap_or(0);
            palette[quiet..].rotate_left(1);
        }
        let mut colors: Vec<Rgb> = palette.iter().copied().cycle().take(count).collect();
        if let (true, Some(rest), Some(quiet)) = (plotted.has_rest, colors.last_mut(), palette.last()) {
            *rest = *quiet;
        }
        colors
    }

    /// The labels of a y axis, measured and not yet placed. None takes more than a third of the page.
    pub fn y_labels(&mut self, scale: &Scale, values: &ValueLabels) -> Vec<Line> {
        let (style, wide) = (Style::regular(LABEL * self.unit), self.area.width() * 0.33);
        scale
            .ticks
            .iter()
            .map(|tick| self.type_setter.fit(&values.tick(*tick, scale.step), style, wide))
            .collect()
    }

    /// Where the plot lies from left to right, beside these labels of its y axis.
    pub fn plot_sides(&self, labels: &[Line], right: f64) -> (f64, f64) {
        let wide = labels.iter().map(|line| line.width).fold(0.0, f64::max);
        (self.area.x0 + wide + 18.0 * self.unit, self.area.x1 - right)
    }

    /// Tick labels at the left and level grid lines behind the marks, which are to come inside the returned area. `right` is left free there.
    pub fn y_axis(&mut self, scale: &Scale, lines: Vec<Line>, title: Option<&str>, right: f64, below: f64) -> Rect {
        let style = Style::regular(LABEL * self.unit);
        if let Some(title) = title {
            self.paragraph(title, Style::regular(FOOTER * 1.08 * self.unit), self.colors.muted, 1);
            self.area.y0 += 10.0 * self.unit;
        }
        let (left, right) = self.plot_sides(&lines, right);
        let half = style.size * 0.5;
        let plot = Rect::new(
            left,
            self.area.y0 + half,
            right,
            (self.area.y1 - below).max(self.area.y0 + style.size * 2.0),
        );
        self.level_lines(scale, plot);
        self.level_labels(scale, lines, plot);
        plot
    }

    /// A line across the plot at every tick.
    pub fn level_lines(&mut self, scale: &Scale, plot: Rect) {
        for tick in &scale.ticks {
            let y = plot.y1 - scale.share(number(*tick)) * plot.height();
            let color = if tick.is_zero() { self.colors.axis } else { self.colors.grid };
            self.scene
                .rule(Point::new(plot.x0, y), Point::new(plot.x1, y), (2.0 * self.unit).max(1.0), color);
        }
    }

    /// The ticks' labels left of the plot; in one too low for all of them every second, and the lowest stays.
    pub fn level_labels(&mut self, scale: &Scale, lines: Vec<Line>, plot: Rect) {
        let size = LABEL * self.unit;
        let distance = plot.height() * number(scale.step) / (scale.high - scale.low);
        // A hair less, so that rounding in the last bit does not drop labels that just fit.
        let every = ((size * 1.1 / distance - 1e-6).ceil() as usize).max(1);
        for (line, tick) in lines.into_iter().zip(&scale.ticks).step_by(every) {
            let baseline = plot.y1 - scale.share(number(*tick)) * plot.height() + size * 0.36;
            self.scene
                .put(line, self.colors.muted, Anchor::End, plot.x0 - 18.0 * self.unit, baseline.round());
        }
    }

    /// A line up through the plot at every tick, and on this baseline below it as many of their labels as stand clear of each other.
    pub fn upright_lines(&mut self, scale: &Scale, lines: Vec<Line>, plot: Rect, baseline: f64) {
        let mut free_from = f64::NEG_INFINITY;
        for (line, tick) in lines.into_iter().zip(&scale.ticks) {
            let x = plot.x0 + scale.share(number(*tick)) * plot.width();
            let (width, color) = ((2.0 * self.unit).max(1.0), self.colors.grid);
            self.scene.rule(Point::new(x, plot.y0), Point::new(x, plot.y1), width, color);
            let left = (x - line.width / 2.0).min(self.bounds.1 - line.width).max(self.bounds.0);
            if left >= free_from {
                free_from = left + line.width + 16.0 * self.unit;
                self.scene.put(line, self.colors.muted, Anchor::Start, left, baseline);
            }
        }
    }

    /// How high the labels of a time axis are, with the line of years or days under them.
    pub fn dates_height(&self, ticks: &[DateTick]) -> f64 {
        let lines = if ticks.iter().any(|tick| tick.context.is_some()) {
            2.0
        } else {
            1.0
        };
        (lines * LABEL * 1.3 + 16.0) * self.unit
    }

    /// How many dates can be labelled beside each other.
    pub fn dates_max(&mut self, sample: &str, width: f64) -> usize {
        let line = self.type_setter.line(sample, Style::regular(LABEL * self.unit));
        (width / (line.width + LABEL_GAP * 1.2 * self.unit)) as usize
    }

    /// Labels under a time axis: the last one first, then from the left what stays clear of it and of each other.
    pub fn dates(&mut self, ticks: Vec<DateTick>, places: &[f64], plot: Rect) {
        let style = Style::regular(LABEL * self.unit);
        let gap = LABEL_GAP * self.unit;
        let baseline = (plot.y1 + 16.0 * self.unit + style.size).round();
        let count = ticks.len();
        let mut taken: Vec<(DateTick, Line, f64)> = Vec::new();
        let (start, right) = self.bounds;
        let mut ordered: Vec<(DateTick, f64)> = ticks.into_iter().zip(places.iter().copied()).collect();
        ordered.rotate_right(usize::from(count > 0));
        for (i, (tick, x)) in ordered.into_iter().enumerate() {
            let width_max = if i == 0 { plot.width() } else { f64::INFINITY };
            let line = self.type_setter.fit(&tick.label, style, width_max);
            let left = (x - line.width / 2.0).min(right - line.width).max(start);
            let is_clear = taken
                .iter()
                .all(|(_, other, at)| left + line.width + gap <= *at || left >= at + other.width + gap);
            if i == 0 || is_clear {
                taken.push((tick, line, left));
            }
        }
        taken.sort_by(|a, b| a.2.total_cmp(&b.2));
        let mut shown: Option<String> = None;
        let mut free_from = f64::NEG_INFINITY;
        for (tick, line, left) in taken {
            let middle = left + line.width / 2.0;
            self.scene.put(line, self.colors.muted, Anchor::Start, left, baseline);
            let Some(context) = tick.context.filter(|context| shown.as_ref() != Some(context)) else {
                continue;
            };
            let line = self.type_setter.line(&context, style);
            let left = (middle - line.width / 2.0).min(right - line.width).max(start);
            if left >= free_from {
                free_from = left + line.width + gap;
                self.scene
                    .put(line, self.colors.muted, Anchor::Start, left, baseline + style.size * 1.3);
                shown = Some(context);
            }
        }
    }

    pub fn x_title_height(&self, title: Option<&str>) -> f64 {
        if title.is_some() {
            FOOTER * 1.08 * LINE_HEIGHT * self.unit + 8.0 * self.unit
        } else {
            0.0
        }
    }

    /// Centred at the bottom of what is left.
    pub fn x_title(&mut self, title: Option<&str>) {
        let Some(title) = title else { return };
        let line = self
            .type_setter
            .fit(title, Style::regular(FOOTER * 1.08 * self.unit), self.area.width());
        let y = self.area.y1 - line.below;
        self.scene
            .put(line, self.colors.muted, Anchor::Middle, self.area.center().x, y.round());
    }

    /// A quiet sentence in the middle of what is left.
    pub fn say(&mut self, text: &str) {
        let style = Style::regular(SUBTITLE * 1.2 * self.unit);
        let line = self.type_setter.shrink(text, style, self.area.width(), FOOTER * 0.8 * self.unit);
        let center = self.area.center();
        self.scene.put(line, self.colors.muted, Anchor::Middle, center.x, center.y.round());
    }
}

/// How many steps a y axis has at most in a plot as high as what is left of this page.
pub(crate) fn ticks_max(page: &Page) -> usize {
    ((page.area.height() - 90.0 * page.unit) / (64.0 * page.unit)).clamp(2.0, 7.0) as usize
}

/// Dashes of a previous period.
pub(crate) fn dash(unit: f64) -> [f64; 2] {
    [10.0 * unit, 11.0 * unit]
}
