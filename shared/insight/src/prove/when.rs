//! A date or a period as a text names it, and whether it is one of the Facts'.

use domain::series::Grain;
use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::fact::Label;
use crate::line::ordinal;

/// What a text says of a date. What it leaves out is meant to be plain: the year is the newest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct When {
    pub year: Option<i16>,
    pub quarter: Option<i8>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// Monday is 0.
    pub weekday: Option<i8>,
    /// "14:00"
    pub time: Option<(i8, i8)>,
    /// "the week of"
    pub is_week: bool,
    /// "last month": so many periods before the one in which the rows were read.
    pub ago: Option<(i64, Grain)>,
    /// "the 12 months to": so many periods, of which this is the last.
    pub periods: Option<(u32, Grain)>,
}

impl When {
    /// How long a period is named; `None` where only a number of periods is ("the last 12 months").
    pub fn grain(&self) -> Option<Grain> {
        if let Some((_, grain)) = self.ago {
            return Some(grain);
        }
        if self.time.is_some() {
            Some(Grain::Minute)
        } else if self.is_week {
            Some(Grain::Week)
        } else if self.day.is_some() || self.weekday.is_some() {
            Some(Grain::Day)
        } else if self.quarter.is_some() {
            Some(Grain::Quarter)
        } else if self.month.is_some() {
            Some(Grain::Month)
        } else if self.year.is_some() {
            Some(Grain::Year)
        } else {
            None
        }
    }

    /// Whether the steps of that name are meant.
    pub fn is(&self, label: &Label, now: DateTime) -> bool {
        match label {
            Label::Moment { at, grain } => self.periods.is_none() && self.is_moment(*at, *grain, now),
            Label::Span { from, to, grain } => self.periods.is_some_and(|(count, counted)| {
                let is_end = self.grain().is_none() || self.is_moment(*to, *grain, now);
                counted == *grain && i64::from(count) == ordinal(*to, *grain) - ordinal(*from, *grain) + 1 && is_end
            }),
            Label::Name { .. } | Label::Range { .. } | Label::Whole => false,
        }
    }

    /// Whether one period of time is meant.
    pub fn is_moment(&self, at: DateTime, grain: Grain, now: DateTime) -> bool {
        let named = match self.grain() {
            // To the minute and to the hour are written alike.
            Some(Grain::Minute) if grain == Grain::Hour => Grain::Hour,
            Some(named) => named,
            None => return false,
        };
        if named != grain {
            return false;
        }
        if let Some((ago, grain)) = self.ago {
            return ordinal(at, grain) == ordinal(now, grain) - ago;
        }
        let is_year = match self.year {
            Some(year) => year == at.year(),
            None => at.year() == now.year() || (at <= now && now.checked_sub(366.days()).is_ok_and(|year_ago| at >= year_ago)),
        };
        let is_near = self.day.is_some() || self.weekday.is_none() || now.checked_sub(7.days()).is_ok_and(|week_ago| at >= week_ago);
        is_year
            && is_near
            && self.quarter.is_none_or(|quarter| quarter == (at.month() - 1) / 3 + 1)
            && self.month.is_none_or(|month| month == at.month())
            && self.day.is_none_or(|day| day == at.day())
            && self.weekday.is_none_or(|weekday| weekday == at.weekday().to_monday_zero_offset())
            && self.time.is_none_or(|time| time == (at.hour(), at.minute()))
    }

    /// Whether the day (and time) on which the rows were read is meant.
    pub fn is_reading(&self, now: DateTime) -> bool {
        let moment = now.with().second(0).subsec_nanosecond(0).build().unwrap_or(now);
        matches!(self.grain(), Some(Grain::Day | Grain::Minute))
            && self.periods.is_none()
            && self.is_moment(moment, self.grain().unwrap_or(Grain::Day), now)
    }
}
