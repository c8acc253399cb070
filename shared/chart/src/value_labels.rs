//! How one chart writes its numbers.

use domain::chart_spec::{Compact, NumberFormat, NumberStyle, Stack};
use domain::dataset::Unit;
use domain::series::Plotted;
use rust_decimal::Decimal;

/// The spec's format where it gives one, else compact alike all over the chart.
pub(crate) struct ValueLabels<'a> {
    format: Option<NumberFormat>,
    compact: Compact,
    unit: Option<&'a Unit>,
    style: NumberStyle,
    /// Values are told apart down to this.
    detail: Option<Decimal>,
}

impl<'a> ValueLabels<'a> {
    pub fn of(plotted: &'a Plotted, style: NumberStyle) -> Self {
        let drawn = plotted
            .series
            .iter()
            .flat_map(|series| series.values.iter().chain(series.previous.iter().flatten()));
        let targets = plotted.targets.iter().map(|target| target.value.abs());
        let mut max = drawn.flatten().map(Decimal::abs).chain(targets).max().unwrap_or_default();
        if plotted.stack == Stack::Zero {
            // The sums over the stacks are written as well.
            let sum = |step| {
                plotted
                    .series
                    .iter()
                    .filter_map(|series| series.values[step])
                    .fold(Decimal::ZERO, |sum: Decimal, value: Decimal| sum.saturating_add(value.abs()))
            };
            max = (0..plotted.x.domain.len()).map(sum).max().unwrap_or_default().max(max);
        }
        let unit = plotted.y.unit.as_ref();
        let format = plotted.y.format.as_ref().and_then(|text| text.parse().ok());
        Self {
            format,
            compact: Compact::of(max, unit, style),
            unit,
            style,
            detail: None,
        }
    }

    /// The numbers of what may be stacked: shares where the spec asks for them.
    pub fn stacked(plotted: &'a Plotted, style: NumberStyle) -> Self {
        if plotted.stack == Stack::Normalize {
            Self::shares(plotted, style)
        } else {
            Self::of(plotted, style)
        }
    }

    /// Shares of a whole, 0 to 1, in percent: by the spec's format where that is one of percents, else without decimals.
    fn shares(plotted: &Plotted, style: NumberStyle) -> Self {
        let text = plotted.y.format.as_deref().filter(|text| text.ends_with('%')).unwrap_or(".0%");
        Self {
            format: text.parse().ok(),
            compact: Compact::of(Decimal::ONE, None, style),
            unit: None,
            style,
            detail: None,
        }
    }

    /// The same for the numbers of another axis.
    pub fn along(max: Decimal, unit: Option<&'a Unit>, format: Option<&str>, style: NumberStyle) -> Self {
        Self {
            format: format.and_then(|text| text.parse().ok()),
            compact: Compact::of(max, unit, style),
            unit,
            style,
            detail: None,
        }
    }

    /// With values told apart down to a tenth of the axis' step, where three digits would not do that.
    pub fn near(mut self, step: Decimal) -> Self {
        self.detail = step.checked_div(Decimal::TEN);
        self
    }

    /// By what an axis divides its numbers before it writes them.
    pub fn divisor(&self) -> Decimal {
        if self.format.is_some() {
            Decimal::ONE
        } else {
            self.compact.divisor()
        }
    }

    pub fn tick(&self, value: Decimal, step: Decimal) -> String {
        match &self.format {
            Some(format) => format.write(value, self.unit, &self.style),
            None => self.compact.tick(value, step, self.unit),
        }
    }

    /// A value beside its mark: with its unit in words, where it has one.
    pub fn value(&self, value: Decimal) -> String {
        self.written(value, self.compact)
    }

    /// The one large number of a kpi: all digits as long as they are read at a glance.
    pub fn headline(&self, value: Decimal) -> String {
        const WHOLE_BELOW: i64 = 10_000_000;
        let is_whole = self.unit != Some(&Unit::Seconds) && value.abs() < Decimal::from(WHOLE_BELOW) && value.abs() >= Decimal::from(1_000);
        if let (None, true) = (&self.format, is_whole) {
            let rounded = value.round_dp(0);
            return self.written(rounded, Compact::of(Decimal::ZERO, self.unit, self.style));
        }
        self.written(value, Compact::of(value, self.unit, self.style))
    }

    fn written(&self, value: Decimal, compact: Compact) -> String {
        let text = match &self.format {
            Some(format) => format.write(value, self.unit, &self.style),
            None => compact.value(value, self.detail, self.unit),
        };
        match self.unit {
            Some(Unit::Other(unit)) if unit.chars().count() <= 6 => format!("{text}\u{a0}{unit}"),
            _ => text,
        }
    }
}
