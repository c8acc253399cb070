//! What is true where numbers stand along x: pairs of them, and how often they fall in which range.

use domain::dataset::{Dataset, Values};
use domain::series::Domain;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::{Survey, total};
use crate::cell_text::tame_name;
use crate::fact::{Claim, Direction, Reading};
use crate::line::Line;
use crate::statistics::{median, tau_b};

/// Fewer points than this show neither a relation nor a spread.
const POINTS_MIN: usize = 8;
/// From this tau on, two measures are said to go together.
const TAU_MIN: f64 = 0.2;
/// So many standard errors from none must it be: one in a hundred by chance.
const TAU_ERRORS_MIN: f64 = 2.58;

impl Survey<'_> {
    /// Pairs of numbers: whether the two go together, and where most of them lie.
    pub(super) fn points(&mut self) {
        for line in self.lines.clone() {
            self.relation(&line);
            let values = line.points().iter().map(|(_, value)| *value).collect();
            let measure = self.measure.clone();
            self.spread(&line, measure, values, 500);
        }
    }

    fn relation(&mut self, line: &Line) {
        let Domain::Points { values: x, .. } = line.scale.domain else {
            return;
        };
        let pairs = line.points().iter().filter_map(|(step, y)| Some((*x.get(*step)?, *y)));
        let Some((tau, of)) = tau_b(pairs.collect()).filter(|(_, of)| *of >= POINTS_MIN) else {
            return;
        };
        #[expect(clippy::cast_precision_loss, reason = "points are sampled")]
        let count = of as f64;
        let error = (2.0 * (2.0 * count + 5.0) / (9.0 * count * (count - 1.0))).sqrt();
        let is_clear = tau.abs() >= TAU_MIN && tau.abs() >= TAU_ERRORS_MIN * error;
        let way = if tau > 0.0 { Direction::Up } else { Direction::Down };
        let Some(tau) = Decimal::from_f64(tau).map(|tau| tau.round_dp(2).normalize()) else {
            return;
        };
        let relation = Claim::Relation {
            with: self.along(),
            direction: is_clear.then_some(way),
            tau,
            of,
        };
        self.push(line.name.clone(), None, relation, if is_clear { 900 } else { 700 });
    }

    /// Ranges of numbers: the fullest one, how many there are, and where the middle half lies.
    pub(super) fn bins(&mut self, dataset: &Dataset) {
        let (Domain::Bins { unit, .. }, spec) = (&self.plotted.x.domain, self.spec) else {
            return;
        };
        let column = self.plotted.x.field.as_deref().and_then(|name| dataset.column(name));
        // Chosen by their dates, fewer rows are drawn than the Dataset has.
        if let Some(Values::Number(cells)) = column.map(|column| &column.values).filter(|_| spec.period.is_none()) {
            let line = Line::new(None, unit.as_ref(), self.scale, Vec::new());
            let measure = self.along();
            self.spread(
                &line,
                measure,
                cells.iter().flatten().copied().filter(super::is_sayable).collect(),
                950,
            );
        }
        let lines = self.lead.clone().map_or_else(|| self.lines.clone(), |lead| vec![lead]);
        for line in lines {
            let points = line.points();
            let (Some([high, _]), Some(first), Some(last)) = (line.extremes(), points.first(), points.last()) else {
                continue;
            };
            let (reading, of) = (line.reading(high), points.len());
            if self.is_alone(&line, high.1) {
                self.push(line.name.clone(), line.unit, Claim::High { reading, of }, 900);
            }
            let sum = total(points.iter().map(|(_, value)| *value)).filter(|_| self.is_additive);
            let Some(value) = sum else { continue };
            let at = line.scale.places(first.0, last.0);
            let steps = points.len();
            self.push(
                line.name.clone(),
                line.unit,
                Claim::Total {
                    reading: Reading { value, at },
                    steps,
                },
                700,
            );
            self.shares(
                &line,
                points.iter().map(|&point| (line.name.clone(), line.reading(point))).collect(),
                value,
            );
        }
    }

    /// Where the middle half of the values lies.
    fn spread(&mut self, line: &Line, measure: String, mut values: Vec<Decimal>, materiality: u32) {
        let of = values.len();
        if of < POINTS_MIN {
            return;
        }
        let quarter = (of - 1) / 4;
        let Some(middle) = median(&mut values) else { return };
        let from = *values.select_nth_unstable(quarter).1;
        let to = *values.select_nth_unstable(of - 1 - quarter).1;
        if from == to {
            return;
        }
        let claim = Claim::Spread {
            measure,
            median: middle,
            from,
            to,
            of,
        };
        self.push(line.name.clone(), line.unit, claim, materiality);
    }

    /// What stands along x, as a name in a sentence.
    fn along(&self) -> String {
        let x = &self.plotted.x;
        let name = x.title.as_deref().or(x.field.as_deref()).unwrap_or_default();
        tame_name(name)
    }
}
