//! A schedule in EventBridge's six fields: exactly where they can say it, else the tightest expression that says at least as much.

use super::matcher::{CYCLE, Matcher, OfMonth, OfWeek, YEAR_MAX, YEAR_MIN, weekday_of};
use super::set::Set;
use super::{MOVE_DAYS_MAX, Rule, Schedule, Skip, Then, cron};

/// A list of years longer than this is given as the span from its first to its last; the whole expression has room for 256 characters.
const YEARS_LEN_MAX: usize = 60;

pub(super) fn expression(schedule: &Schedule) -> String {
    let rule = schedule.rule.matcher();
    let moves = schedule.skip.then != Then::Nothing && !schedule.skip.is_idle();
    if let (false, Rule::Cron(cron)) = (moves, &schedule.rule)
        && let Some(text) = cron.eventbridge_text()
    {
        return text;
    }
    let exact = exact_days(&rule).filter(|_| !moves);
    let (day, month, weekday, years) = match exact {
        Some((day, weekday)) => (day, months(rule.months), weekday, rule.years),
        None => Cover::of(&rule, &schedule.skip, moves).fields(&rule),
    };
    let number = |value: u8| value.to_string();
    let (minutes, hours) = (rule.minutes.to_cron(0, 59, number), rule.hours.to_cron(0, 23, number));
    format!("cron({minutes} {hours} {day} {month} {weekday} {})", years_text(years))
}

/// Day-of-month and day-of-week, where the six fields can say the rule's days exactly.
fn exact_days(rule: &Matcher) -> Option<(String, String)> {
    let any = || "?".to_owned();
    match (&rule.days.of_month, &rule.days.of_week) {
        (OfMonth::Any, OfWeek::Any) => Some(("*".to_owned(), any())),
        (OfMonth::In(days), OfWeek::Any) => Some((month_days(*days), any())),
        (OfMonth::Clamped(31), OfWeek::Any) => Some(("L".to_owned(), any())),
        (OfMonth::NearestWeekday(day), OfWeek::Any) => Some((format!("{day}W"), any())),
        (OfMonth::Any, OfWeek::In(days)) => Some((any(), weekdays(*days))),
        (OfMonth::Any, OfWeek::Last(day)) => Some((any(), format!("{}L", day + 1))),
        (OfMonth::Any, OfWeek::Nth(day, nth)) => Some((any(), format!("{}#{nth}", day + 1))),
        _ => None,
    }
}

fn month_days(days: Set) -> String {
    days.to_cron(1, 31, |day| day.to_string())
}

fn weekdays(days: Set) -> String {
    days.to_cron(0, 6, |day| cron::WEEKDAYS[usize::from(day)].to_owned())
}

fn months(months: Set) -> String {
    months.to_cron(1, 12, |month| month.to_string())
}

fn years_text(years: Option<Set>) -> String {
    let Some(years) = years else { return "*".to_owned() };
    let write = |year: u8| (YEAR_MIN + i16::from(year)).to_string();
    let last = u8::try_from(YEAR_MAX - YEAR_MIN).unwrap_or(u8::MAX);
    let text = years.to_cron(0, last, write);
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if text.len() > YEARS_LEN_MAX => format!("{}-{}", write(first), write(last)),
        _ => text,
    }
}

/// Every day on which the rule fires or to which it may move, over all kinds of years, by day of the month, weekday and month.
#[derive(Default)]
struct Cover {
    days: Set,
    weekdays: Set,
    months: Set,
    into_year_before: bool,
    into_year_after: bool,
}

impl Cover {
    fn of(rule: &Matcher, skip: &Skip, moves: bool) -> Self {
        let mut cover = Self::default();
        for (index, date) in CYCLE.iter().enumerate().filter(|(_, date)| rule.matches_day(**date)) {
            let reachable = if moves { MOVE_DAYS_MAX } else { 0 };
            let targets = (0..=reachable).map_while(|distance| match skip.then {
                Then::Previous => index.checked_sub(distance),
                _ => Some(index + distance),
            });
            for target in targets
                .filter_map(|index| CYCLE.get(index))
                .filter(|target| !moves || !skip.is_weekend(**target))
            {
                cover.days.insert(target.day().unsigned_abs());
                cover.weekdays.insert(weekday_of(*target));
                cover.months.insert(target.month().unsigned_abs());
                cover.into_year_before |= target.year() < date.year();
                cover.into_year_after |= target.year() > date.year();
                if moves && skip.only_weekends() {
                    break; // weekends are known in advance: it moves to this day and no other
                }
            }
        }
        cover
    }

    /// Day-of-month, month, day-of-week and years; by days of the month or by weekdays, whichever fires less often.
    fn fields(&self, rule: &Matcher) -> (String, String, String, Option<Set>) {
        let in_months = CYCLE.iter().filter(|date| self.months.contains(date.month().unsigned_abs()));
        let (mut by_day, mut by_weekday) = (0, 0);
        for date in in_months {
            by_day += usize::from(self.days.contains(date.day().unsigned_abs()));
            by_weekday += usize::from(self.weekdays.contains(weekday_of(*date)));
        }
        let any = "?".to_owned();
        let (day, weekday) = if by_weekday < by_day {
            (any, weekdays(self.weekdays))
        } else {
            (month_days(self.days), any)
        };
        (day, months(self.months), weekday, rule.years.map(|years| self.widened(years)))
    }

    fn widened(&self, years: Set) -> Set {
        let last = u8::try_from(YEAR_MAX - YEAR_MIN).unwrap_or(u8::MAX);
        let before = years.iter().filter(|_| self.into_year_before).map(|year| year.saturating_sub(1));
        let after = years.iter().filter(|_| self.into_year_after).map(|year| (year + 1).min(last));
        years.iter().chain(before).chain(after).collect()
    }
}
