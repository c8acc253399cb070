//! Parts on each other: positive ones up from zero, negative ones down.

use domain::chart_spec::Stack;
use domain::series::Plotted;
use rust_decimal::Decimal;

/// One series' part at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    /// Where it begins, nearer to zero.
    pub from: Decimal,
    pub to: Decimal,
    /// The number itself, or its share of the step's sum.
    pub value: Decimal,
}

/// All parts of a chart.
pub(crate) struct Stacks {
    /// By series and step; `None` is a gap.
    pub parts: Vec<Vec<Option<Part>>>,
    /// Lowest and highest end at every step.
    pub ends: Vec<(Decimal, Decimal)>,
    /// The sum at every step, where any series has a number; none where the parts are shares.
    pub totals: Vec<Option<Decimal>>,
}

impl Stacks {
    /// Shares are of the sum of the absolute numbers, so that they stay within 100 % whatever their signs.
    pub fn of(plotted: &Plotted) -> Self {
        let steps = plotted.x.domain.len();
        let is_share = plotted.stack == Stack::Normalize;
        let mut parts = vec![vec![None; steps]; plotted.series.len()];
        let mut ends = vec![(Decimal::ZERO, Decimal::ZERO); steps];
        let mut totals = vec![None; steps];
        for step in 0..steps {
            let values = || plotted.series.iter().map(move |series| series.values[step]);
            let whole = values().flatten().fold(Decimal::ZERO, |sum, value| sum.saturating_add(value.abs()));
            let scaled = |value: Decimal| {
                if is_share {
                    value.checked_div(whole).unwrap_or_default()
                } else {
                    value
                }
            };
            let (mut up, mut down) = (Decimal::ZERO, Decimal::ZERO);
            for (series, value) in values().enumerate() {
                let Some(value) = value else { continue };
                let base = if value.is_sign_negative() { &mut down } else { &mut up };
                let from = *base;
                *base = base.saturating_add(value);
                parts[series][step] = Some(Part {
                    from: scaled(from),
                    to: scaled(*base),
                    value: scaled(value),
                });
            }
            ends[step] = (scaled(down), scaled(up));
            let has_any = values().any(|value| value.is_some());
            totals[step] = (has_any && !is_share).then(|| up.saturating_add(down));
        }
        Self { parts, ends, totals }
    }

    pub fn extremes(&self) -> impl Iterator<Item = Decimal> + '_ {
        self.ends.iter().flat_map(|(low, high)| [*low, *high])
    }
}
