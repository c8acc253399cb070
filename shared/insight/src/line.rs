//! One series along x, and what is true of it by itself: moves, extremes, streaks, the robust trend.

use domain::dataset::Unit;
use domain::series::{Domain, Grain, change_ratio};
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cell_text::tame_name;
use crate::fact::{Basis, Change, Direction, Label, Place, Reading, direction};

/// Values that a trend is computed from at most; of more, evenly spaced ones. 200 make 19,900 pairs.
const TREND_VALUES_MAX: usize = 200;
/// Fewer values than this make no trend.
const TREND_VALUES_MIN: usize = 5;
/// Fewer moves than this have no usual size.
const USUAL_MOVES_MIN: usize = 6;
/// Share of all pairs that must agree in direction (their surplus, Kendall's tau) for a trend to be called one.
const TREND_TAU_MIN: f64 = 0.5;

/// Values along x, gaps left out.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    /// The series; `None` for the only one, or for the sum of all.
    pub name: Option<String>,
    pub unit: Option<&'a Unit>,
    pub domain: &'a Domain,
    /// Step and value of every step that holds one, ascending.
    pub points: Vec<(usize, Decimal)>,
    /// The median size of the moves from value to value; `None` where there are too few.
    pub usual_move: Option<Decimal>,
}

impl<'a> Line<'a> {
    pub fn new(name: Option<String>, unit: Option<&'a Unit>, domain: &'a Domain, points: Vec<(usize, Decimal)>) -> Self {
        let usual_move = usual_move(&points);
        Self {
            name,
            unit,
            domain,
            points,
            usual_move,
        }
    }

    /// The same without its values from that step on.
    pub fn until(&self, step: usize) -> Self {
        let points = self.points.iter().copied().take_while(|(at, _)| *at < step).collect();
        Self::new(self.name.clone(), self.unit, self.domain, points)
    }

    pub fn value_at(&self, step: usize) -> Option<Decimal> {
        self.points
            .binary_search_by_key(&step, |(at, _)| *at)
            .ok()
            .and_then(|index| self.points.get(index))
            .map(|(_, value)| *value)
    }

    pub fn reading(&self, (step, value): (usize, Decimal)) -> Reading {
        Reading {
            value,
            at: place(self.domain, step),
        }
    }

    pub fn change(&self, basis: Basis, from: (usize, Decimal), to: (usize, Decimal)) -> Option<Change> {
        Some(Change {
            usual: self.usual_move,
            ..change(basis, self.reading(from), self.reading(to))?
        })
    }

    /// Largest and smallest value, each at its newest occurrence.
    pub fn extremes(&self) -> Option<[(usize, Decimal); 2]> {
        let high = self.points.iter().copied().max_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)))?;
        let low = self.points.iter().copied().min_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some([high, low])
    }

    /// For a newest value that is higher (lower) than all the `since` steps before it: the step of the last one that was not, if any.
    pub fn record(&self) -> Option<(Direction, Option<usize>, usize)> {
        let (&(_, latest), earlier) = self.points.split_last()?;
        let previous = earlier.last()?.1;
        let direction = direction(latest.checked_sub(previous)?)?;
        let is_beyond = |value: Decimal| {
            if direction == Direction::Up {
                value < latest
            } else {
                value > latest
            }
        };
        let beaten = earlier.iter().rev().take_while(|(_, value)| is_beyond(*value)).count();
        let since = earlier
            .len()
            .checked_sub(beaten + 1)
            .and_then(|index| earlier.get(index))
            .map(|(step, _)| *step);
        Some((direction, since, beaten))
    }

    /// How many moves in a row, up to the newest, went the same way between neighbouring periods, and from which step.
    pub fn streak(&self) -> Option<(Direction, usize, usize)> {
        let mut streak = None;
        for pair in self.points.windows(2).rev() {
            let (from, to) = (pair[0], pair[1]);
            let Some(way) = direction(to.1.checked_sub(from.1)?) else { break };
            if !self.are_neighbours(from.0, to.0) {
                break;
            }
            match streak {
                None => streak = Some((way, 1, from.0)),
                Some((before, moves, _)) if before == way => streak = Some((way, moves + 1, from.0)),
                Some(_) => break,
            }
        }
        streak
    }

    fn are_neighbours(&self, from: usize, to: usize) -> bool {
        match self.domain {
            Domain::Time { .. } => to == from + 1,
            Domain::Categories { .. } | Domain::Whole => false,
        }
    }

    /// The median slope per period of x, and its direction where the pairs agree enough.
    pub fn trend(&self) -> Option<(Decimal, Option<Direction>)> {
        let Domain::Time { steps, grain } = self.domain else { return None };
        let count = self.points.len();
        if count < TREND_VALUES_MIN {
            return None;
        }
        let kept = count.min(TREND_VALUES_MAX);
        let sample: Vec<(i64, Decimal, f64)> = (0..kept)
            .filter_map(|index| {
                let (step, value) = *self.points.get(index * (count - 1) / (kept - 1))?;
                Some((ordinal(*steps.get(step)?, *grain), value, value.to_f64()?))
            })
            .collect();
        let mut slopes = Vec::with_capacity(sample.len() * sample.len() / 2);
        let mut surplus = 0_i64;
        for (index, from) in sample.iter().enumerate() {
            for (offset, to) in sample.iter().enumerate().skip(index + 1) {
                let periods = to.0 - from.0;
                if periods > 0 {
                    #[expect(clippy::cast_precision_loss, reason = "periods between two dates are far below 2^53")]
                    slopes.push(((to.2 - from.2) / periods as f64, index, offset));
                    surplus += i64::from(to.1 > from.1) - i64::from(to.1 < from.1);
                }
            }
        }
        if slopes.is_empty() {
            return None;
        }
        let middle = slopes.len() / 2;
        // The pair breaks ties, so that equal slopes give the same median everywhere; the slope itself is then computed exactly.
        let (_, (_, from, to), _) = slopes.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (from, to) = (sample.get(*from)?, sample.get(*to)?);
        let per_step = to.1.checked_sub(from.1)?.checked_div(Decimal::from(to.0 - from.0))?.normalize();
        #[expect(clippy::cast_precision_loss, reason = "at most 19,900 pairs")]
        let tau = surplus as f64 / slopes.len() as f64;
        let way = direction(per_step).filter(|way| {
            if *way == Direction::Up {
                tau >= TREND_TAU_MIN
            } else {
                tau <= -TREND_TAU_MIN
            }
        });
        Some((per_step, way))
    }
}

fn usual_move(points: &[(usize, Decimal)]) -> Option<Decimal> {
    let mut moves: Vec<Decimal> = points
        .windows(2)
        .filter_map(|pair| Some(pair[1].1.checked_sub(pair[0].1)?.abs()))
        .collect();
    if moves.len() < USUAL_MOVES_MIN {
        return None;
    }
    let middle = moves.len() / 2;
    Some(*moves.select_nth_unstable(middle).1)
}

/// The usual distance between neighbouring steps of time, in periods of their grain: 7 for weekly rows that are dated by day.
pub(crate) fn cadence(domain: &Domain) -> i64 {
    let Domain::Time { steps, grain } = domain else { return 1 };
    let mut distances: Vec<i64> = steps
        .windows(2)
        .map(|pair| ordinal(pair[1], *grain) - ordinal(pair[0], *grain))
        .collect();
    if distances.is_empty() {
        return 1;
    }
    let middle = distances.len() / 2;
    (*distances.select_nth_unstable(middle).1).max(1)
}

/// The difference of two readings, with the ratio that the picture shows too; `None` beyond 28 digits.
pub(crate) fn change(basis: Basis, from: Reading, to: Reading) -> Option<Change> {
    let difference = to.value.checked_sub(from.value)?;
    Some(Change {
        ratio: change_ratio(to.value, from.value),
        basis,
        from,
        to,
        difference,
        usual: None,
    })
}

/// One step of x.
pub(crate) fn place(domain: &Domain, step: usize) -> Place {
    places(domain, step, step)
}

/// Steps of x in a row.
pub(crate) fn places(domain: &Domain, first: usize, last: usize) -> Place {
    let label = match domain {
        Domain::Time { steps, grain } => match (steps.get(first), steps.get(last)) {
            (Some(from), Some(to)) if from == to => Label::Moment { at: *from, grain: *grain },
            (Some(from), Some(to)) => Label::Span {
                from: *from,
                to: *to,
                grain: *grain,
            },
            _ => Label::Whole,
        },
        Domain::Categories { names } if first == last => {
            names.get(first).map_or(Label::Whole, |name| Label::Name { name: tame_name(name) })
        }
        Domain::Categories { .. } | Domain::Whole => Label::Whole,
    };
    Place {
        first,
        last,
        in_previous: false,
        label,
    }
}

/// Numbers the periods of time, so that neighbours differ by 1.
pub(crate) fn ordinal(moment: DateTime, grain: Grain) -> i64 {
    let year = i64::from(moment.year());
    let month = year * 12 + i64::from(moment.month()) - 1;
    let day = days(moment);
    match grain {
        Grain::Year => year,
        Grain::Quarter => month.div_euclid(3),
        Grain::Month => month,
        Grain::Week => (day - 4).div_euclid(7),
        Grain::Day => day,
        Grain::Hour => day * 24 + i64::from(moment.hour()),
        Grain::Minute => (day * 24 + i64::from(moment.hour())) * 60 + i64::from(moment.minute()),
    }
}

/// Days since 1 January 1970, which was a Thursday.
pub(crate) fn days(moment: DateTime) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    moment.date().since(epoch).map_or(0, |span| i64::from(span.get_days()))
}
