//! Which rows of the Dataset a number was made of.

/// Rows of a Dataset, counted from 0. `count` of them, between `first` and `last`; none where `count` is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// The first.
    pub first: usize,
    /// The last, the first included.
    pub last: usize,
}

impl Rows {
    /// This row alone.
    pub fn one(row: usize) -> Self {
        Self {
            count: 1,
            first: row,
            last: row,
        }
    }

    /// One more row, in any order.
    #[inline]
    pub fn add(&mut self, row: usize) {
        self.first = if self.count == 0 { row } else { self.first.min(row) };
        self.last = if self.count == 0 { row } else { self.last.max(row) };
        self.count += 1;
    }

    /// These and others.
    pub fn join(&mut self, other: Self) {
        if self.count == 0 {
            *self = other;
        } else if other.count > 0 {
            self.count += other.count;
            self.first = self.first.min(other.first);
            self.last = self.last.max(other.last);
        }
    }
}
