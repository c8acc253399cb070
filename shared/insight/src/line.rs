//! One series along x, and what is true of it by itself: moves, extremes, records, streaks, the robust trend.

use std::rc::Rc;

use domain::dataset::Unit;
use domain::series::change_ratio;
use rust_decimal::Decimal;

use crate::fact::{Basis, Change, Direction, Reading, direction};
use crate::scale::Scale;
pub(crate) use crate::scale::ordinal;
use crate::statistics;

/// Fewer moves than this have no usual size.
const USUAL_MOVES_MIN: usize = 6;
/// Newest moves that the usual one is computed from.
const USUAL_MOVES_MAX: usize = 1_000;
/// Share of all pairs that must agree in direction (their surplus, Kendall's tau) for a trend to be called one.
const TREND_TAU_MIN: f64 = 0.5;

/// Step and value of every step that holds one, ascending.
pub(crate) type Points = Vec<(usize, Decimal)>;

/// Values along x, gaps left out: all that the rows have, not only the drawn ones. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    /// The series; `None` for the only one, or for the sum of all.
    pub name: Option<String>,
    pub unit: Option<&'a Unit>,
    pub scale: Scale<'a>,
    points: Rc<Points>,
    /// How many of the points count.
    len: usize,
}

impl<'a> Line<'a> {
    pub fn new(name: Option<String>, unit: Option<&'a Unit>, scale: Scale<'a>, points: Points) -> Self {
        Self {
            name,
            unit,
            scale,
            len: points.len(),
            points: Rc::new(points),
        }
    }

    /// The same without its values from that step on.
    pub fn until(&self, step: usize) -> Self {
        Self {
            len: self.points().partition_point(|(at, _)| *at < step),
            ..self.clone()
        }
    }

    /// All values.
    pub fn points(&self) -> &[(usize, Decimal)] {
        self.points.get(..self.len).unwrap_or_default()
    }

    /// The values on the picture.
    pub fn shown(&self) -> &[(usize, Decimal)] {
        self.within(self.scale.drawn_from, usize::MAX)
    }

    /// The values of the steps from the one to the other, it included.
    pub fn within(&self, first: usize, last: usize) -> &[(usize, Decimal)] {
        let points = self.points();
        let from = points.partition_point(|(step, _)| *step < first);
        let to = points.partition_point(|(step, _)| *step <= last);
        points.get(from..to).unwrap_or_default()
    }

    pub fn value_at(&self, step: usize) -> Option<Decimal> {
        let points = self.points();
        let index = points.binary_search_by_key(&step, |(at, _)| *at).ok()?;
        points.get(index).map(|(_, value)| *value)
    }

    pub fn reading(&self, (step, value): (usize, Decimal)) -> Reading {
        Reading {
            value,
            at: self.scale.place(step),
        }
    }

    /// Two values compared, beside the usual move.
    pub fn change(&self, basis: Basis, from: (usize, Decimal), to: (usize, Decimal)) -> Option<Change> {
        Some(Change {
            usual: self.usual_move(),
            ..change(basis, self.reading(from), self.reading(to))?
        })
    }

    /// The newest value, and the one before it.
    pub fn newest_two(&self) -> Option<[(usize, Decimal); 2]> {
        match self.points() {
            [.., from, to] => Some([*from, *to]),
            _ => None,
        }
    }

    /// The median size of the newest moves from value to value; `None` where there are too few.
    pub fn usual_move(&self) -> Option<Decimal> {
        let points = self.points();
        let newest = points.get(points.len().saturating_sub(USUAL_MOVES_MAX + 1)..).unwrap_or_default();
        let mut moves: Vec<Decimal> = newest
            .windows(2)
            .filter_map(|pair| Some(pair[1].1.checked_sub(pair[0].1)?.abs()))
            .collect();
        if moves.len() < USUAL_MOVES_MIN {
            return None;
        }
        let middle = moves.len() / 2;
        Some(*moves.select_nth_unstable(middle).1)
    }

    /// Largest and smallest value shown, each at its newest occurrence.
    pub fn extremes(&self) -> Option<[(usize, Decimal); 2]> {
        let (first, others) = self.shown().split_first()?;
        let (mut high, mut low) = (*first, *first);
        for point in others {
            if point.1 >= high.1 {
                high = *point;
            }
            if point.1 <= low.1 {
                low = *point;
            }
        }
        Some([high, low])
    }

    /// For a newest value that is higher (lower) than those before it: the step of the last one that was not, if any, and how many lie between.
    pub fn record(&self) -> Option<(Direction, Option<usize>, usize)> {
        let (&(_, latest), earlier) = self.points().split_last()?;
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
        self.scale.grain()?;
        let mut streak = None;
        for pair in self.points().windows(2).rev() {
            let (from, to) = (pair[0], pair[1]);
            let Some(way) = direction(to.1.checked_sub(from.1)?) else { break };
            if to.0 != from.0 + 1 {
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

    /// The median slope per period of x through the values shown, and its direction where the pairs agree enough.
    pub fn trend(&self) -> Option<(Decimal, Option<Direction>)> {
        let (steps, grain) = (self.scale.moments(), self.scale.grain()?);
        let at = |step: usize| steps.get(step).map_or(0, |moment| ordinal(*moment, grain));
        let slope = statistics::slope(self.shown(), at)?;
        let way = direction(slope.per_step).filter(|way| {
            if *way == Direction::Up {
                slope.tau >= TREND_TAU_MIN
            } else {
                slope.tau <= -TREND_TAU_MIN
            }
        });
        Some((slope.per_step, way))
    }
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
