//! The numbers that each fact gives leave to write.

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::fact::{Change, Claim, Fact};

/// A number that a fact gives leave to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Licensed {
    pub amount: Amount,
    pub role: Role,
}

/// What a number is, which says how it may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A value, a share, the size of a usual move: written with its own sign.
    Level,
    /// A difference or slope: written beside a word that tells its direction.
    Move,
    /// A number of things: written before their name.
    Count,
}

impl Fact {
    /// All numbers that may be written because of this fact.
    pub fn amounts(&self) -> Vec<Amount> {
        self.licensed().into_iter().map(|licensed| licensed.amount).collect()
    }

    pub(crate) fn licensed(&self) -> Vec<Licensed> {
        let unit = self.unit.as_ref();
        let level = |value: Decimal| Licensed {
            amount: Amount::new(value, unit),
            role: Role::Level,
        };
        let part = |ratio: Decimal| Licensed {
            amount: Amount::ratio(ratio),
            role: Role::Level,
        };
        let moved = |value: Decimal| Licensed {
            amount: Amount::difference(value, unit),
            role: Role::Move,
        };
        let count = |things: usize| Licensed {
            amount: Amount::count(things),
            role: Role::Count,
        };
        let change = |change: &Change| {
            let mut numbers = vec![level(change.from.value), level(change.to.value), moved(change.difference)];
            numbers.extend(change.ratio.map(|ratio| Licensed {
                amount: Amount::ratio(ratio),
                role: Role::Move,
            }));
            numbers.extend(change.usual.map(|usual| Licensed {
                amount: Amount::difference(usual, unit),
                role: Role::Level,
            }));
            numbers
        };
        match &self.claim {
            Claim::Blank => Vec::new(),
            Claim::Latest { reading, .. } => vec![level(reading.value)],
            Claim::High { reading, of } | Claim::Low { reading, of } => vec![level(reading.value), count(*of)],
            Claim::Change(compared) | Claim::NoMaterialChange(compared) => change(compared),
            Claim::Total { reading, steps } => vec![level(reading.value), count(*steps)],
            Claim::Record { reading, of, .. } => vec![level(reading.value), count(*of)],
            Claim::Streak { moves, .. } => vec![count(*moves)],
            Claim::Trend { per_step, of, .. } => vec![moved(*per_step), count(*of)],
            Claim::Share { reading, whole, ratio, .. } => vec![level(reading.value), level(*whole), part(*ratio)],
            Claim::Mover {
                change: own, whole, share, ..
            } => {
                let mut numbers = change(own);
                numbers.push(moved(*whole));
                numbers.extend(share.map(part));
                numbers
            }
            Claim::TopShare {
                top,
                of,
                reading,
                whole,
                ratio,
            } => vec![level(reading.value), level(*whole), part(*ratio), count(*top), count(*of)],
            Claim::Anomaly { reading, expected, .. } => vec![level(reading.value), level(*expected)],
            Claim::Target {
                reading,
                target,
                difference,
                ratio,
                ..
            } => {
                let mut numbers = vec![level(reading.value), level(*target), moved(*difference)];
                numbers.extend(ratio.map(part));
                numbers
            }
            Claim::Relation { of, .. } => vec![count(*of)],
            Claim::Spread { median, from, to, of, .. } => vec![level(*median), level(*from), level(*to), count(*of)],
            Claim::Gaps { missing, of } => vec![count(*missing), count(*of)],
            Claim::Freshness {
                age_days, is_stale: true, ..
            } => vec![count(usize::try_from(*age_days).unwrap_or(0))],
            Claim::Freshness { is_stale: false, .. } => Vec::new(),
        }
    }
}
