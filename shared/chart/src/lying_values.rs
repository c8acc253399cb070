//! Numbers at the ends of lying bars, with their changes.

use crate::bar_values::{CHANGE_SHARE, End, VALUE_MIN, changes};
use crate::bars::{Bars, GROUP_SHARE};
use crate::frame::{LABEL, Page};
use crate::lying_bars::ROW;
use crate::names::{NAME_MIN, tallest};
use crate::scene::Anchor;
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use rust_decimal::Decimal;
use vello_cpu::kurbo::Rect;

/// What numbers at the bars' ends may take.
const VALUE_SHARE_MAX: f64 = 0.3;

/// The numbers at the bars' ends with their changes: all of them, or none.
pub(crate) struct Numbers {
    lines: Vec<Line>,
    changes: Vec<Option<(Line, Rgb)>>,
    gap: f64,
}

impl Numbers {
    /// `None` where rows are too low or numbers too long; shares stand inside their parts.
    pub fn of(page: &mut Page, bars: &Bars, row: f64, size_max: f64) -> Option<Self> {
        if bars.is_share() {
            return None;
        }
        let slot = row / bars.slots() as f64 * if bars.slots() == 1 { 1.0 } else { GROUP_SHARE };
        let smallest = VALUE_MIN.min(NAME_MIN) * page.unit;
        let size = (slot / ROW).min(size_max).min(LABEL * page.unit);
        if size < smallest * 0.999 {
            return None;
        }
        let ends = numbers(bars);
        let style = Style::semi_bold(size);
        let lines: Vec<Line> = ends
            .iter()
            .map(|end| page.type_setter.line(&bars.values.value(end.value), style))
            .collect();
        let wide = page.area.width() * VALUE_SHARE_MAX;
        if lines.iter().any(|line| line.width > wide) || tallest(&lines) > slot {
            return None;
        }
        let gap = 10.0 * page.unit;
        let mut numbers = Self {
            lines,
            changes: changes(page, bars, &ends, size * CHANGE_SHARE),
            gap,
        };
        if (0..numbers.lines.len()).any(|i| numbers.width(i) > wide * 1.2) {
            numbers.changes.clear();
        }
        Some(numbers)
    }

    fn width(&self, i: usize) -> f64 {
        let change = self.changes.get(i).and_then(Option::as_ref);
        self.lines[i].width + change.map_or(0.0, |(line, _)| line.width + 1.4 * self.gap)
    }

    /// Leaves as much of the plot free as the numbers take: at the right for those from zero up, at the left for those below.
    pub fn make_room(&self, plot: &mut Rect, bars: &Bars) {
        let ends = numbers(bars);
        let widest = |is_below: bool| {
            let wide = ends.iter().enumerate().filter(|(_, end)| end.is_below == is_below);
            wide.map(|(i, _)| self.width(i) + self.gap).fold(0.0, f64::max)
        };
        plot.x1 -= widest(false);
        plot.x0 += widest(true);
    }

    /// `ends` are those of the drawn bars, in the same order.
    pub fn put(self, page: &mut Page, ends: &[End]) {
        let ink = page.colors.ink;
        let mut changes = self.changes.into_iter();
        for (line, end) in self.lines.into_iter().zip(ends) {
            let baseline = (end.middle + (line.above - line.below) / 2.0).round();
            let (direction, anchor) = if end.is_below { (-1.0, Anchor::End) } else { (1.0, Anchor::Start) };
            let at = end.at + direction * self.gap;
            let beyond = at + direction * (line.width + 1.4 * self.gap);
            page.scene.put(line, ink, anchor, at, baseline);
            if let Some((change, color)) = changes.next().flatten() {
                page.scene.put(change, color, anchor, beyond, baseline);
            }
        }
    }
}

/// The bars' numbers in drawing order, before they have places.
fn numbers(bars: &Bars) -> Vec<End> {
    let end = |value: Decimal, is_below: bool, previous| End {
        middle: 0.0,
        at: 0.0,
        is_below,
        value,
        previous,
    };
    match &bars.stacks {
        Some(stacks) => {
            let sums = stacks.totals.iter().zip(&stacks.ends);
            let sums = sums.filter_map(|(total, (low, high))| Some(end((*total)?, high.is_zero() && !low.is_zero(), None)));
            sums.collect()
        }
        None => {
            let values = bars.plotted.series.iter().flat_map(|series| {
                let previous = |step: usize| series.previous.as_ref().and_then(|values| values[step]);
                let values = series.values.iter().enumerate();
                values.filter_map(move |(step, value)| {
                    Some(end((*value)?, value.is_some_and(|value| value.is_sign_negative()), previous(step)))
                })
            });
            values.collect()
        }
    }
}
