//! Where numbers and steps stand in a plot, upright or lying.

use crate::scale::{Scale, number};
use rust_decimal::Decimal;
use vello_cpu::kurbo::{Point, Rect};

/// A plot with its two axes.
pub(crate) struct Grid {
    pub plot: Rect,
    /// The middle of every step: from the left, or from the top where bars lie.
    pub places: Vec<f64>,
    pub scale: Scale,
    pub is_lying: bool,
}

impl Grid {
    /// The room of one step along the axis of the steps.
    pub fn band(&self) -> f64 {
        let whole = if self.is_lying { self.plot.height() } else { self.plot.width() };
        whole / self.places.len().max(1) as f64
    }

    /// Where a number stands along its axis.
    pub fn at(&self, value: Decimal) -> f64 {
        let share = self.scale.share(number(value));
        if self.is_lying {
            self.plot.x0 + share * self.plot.width()
        } else {
            self.plot.y1 - share * self.plot.height()
        }
    }

    /// Where a step's number stands.
    pub fn point(&self, step: usize, value: Decimal) -> Point {
        if self.is_lying {
            Point::new(self.at(value), self.places[step])
        } else {
            Point::new(self.places[step], self.at(value))
        }
    }

    /// A block across the axis of the steps from `start` on, so thick, between two places along the axis of the numbers.
    pub fn block(&self, start: f64, thickness: f64, from: f64, to: f64) -> Rect {
        let (low, high) = (from.min(to), from.max(to));
        if self.is_lying {
            Rect::new(low, start, high, start + thickness)
        } else {
            Rect::new(start, low, start + thickness, high)
        }
    }

    /// Both ends of a line across the plot at this place along the axis of the numbers.
    pub fn across(&self, at: f64) -> (Point, Point) {
        if self.is_lying {
            (Point::new(at, self.plot.y0), Point::new(at, self.plot.y1))
        } else {
            (Point::new(self.plot.x0, at), Point::new(self.plot.x1, at))
        }
    }
}
