//! A set of small numbers: minutes, hours, days, months, or years counted from 1970.

/// Whole numbers from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Set([u64; 4]);

impl Set {
    pub fn insert(&mut self, value: u8) {
        self.0[usize::from(value / 64)] |= 1 << (value % 64);
    }

    pub fn contains(&self, value: u8) -> bool {
        self.0[usize::from(value / 64)] & (1 << (value % 64)) != 0
    }

    pub fn iter(self) -> impl Iterator<Item = u8> + Clone {
        (0..=u8::MAX).filter(move |value| self.contains(*value))
    }

    /// As in a cron field: `*` for everything from `min` to `max`, else a list with ranges of three and more: `1-5,9`.
    pub fn to_cron(self, min: u8, max: u8, write: impl Fn(u8) -> String) -> String {
        if (min..=max).all(|value| self.contains(value)) {
            return "*".to_owned();
        }
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for value in self.iter() {
            match runs.last_mut() {
                Some((_, end)) if *end + 1 == value => *end = value,
                _ => runs.push((value, value)),
            }
        }
        let part = |(start, end): (u8, u8)| match end - start {
            0 => write(start),
            1 => format!("{},{}", write(start), write(end)),
            _ => format!("{}-{}", write(start), write(end)),
        };
        runs.into_iter().map(part).collect::<Vec<_>>().join(",")
    }
}

impl FromIterator<u8> for Set {
    fn from_iter<I: IntoIterator<Item = u8>>(values: I) -> Self {
        let mut set = Self::default();
        values.into_iter().for_each(|value| set.insert(value));
        set
    }
}
