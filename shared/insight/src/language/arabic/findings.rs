//! Arabic: what stands out, and what to know of the data.

use super::{EACH, PERIODS, TIME, VALUE, change, compared, count, counted, extreme, from_one, in_shown, in_span, mover, part, spaced};
use crate::fact::{Cycle, Direction};
use crate::language::Scribe;
use crate::language::calendar::index;
use crate::language::sentence::{Among, Sentence};

/// How a value compares, and the course of several.
pub(super) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Compared {
            value,
            at,
            before,
            when,
            delta,
            ..
        } => {
            format!(
                "{}، {}.",
                scribe.value_at(value, at),
                compared(scribe, delta.as_ref(), before, *when)
            )
        }
        Sentence::YearOnYear { at, before, delta, .. } => match delta {
            Some(delta) => format!("{}: {} عن الفترة نفسها قبل عام ({before}).", scribe.name(at), change(delta)),
            None => format!("{}: دون تغيير عن الفترة نفسها قبل عام.", scribe.name(at)),
        },
        Sentence::Since {
            from,
            before,
            value,
            delta,
            ..
        } => match delta {
            Some(delta) => match value {
                Some(value) => format!("منذ {}: {}، من {before} إلى {value}.", scribe.since(from), change(delta)),
                None => format!("منذ {} ({before}): {}.", scribe.since(from), change(delta)),
            },
            None => format!("منذ {}: دون تغيير.", scribe.since(from)),
        },
        Sentence::Total { value, over, counted } => {
            let counted = counted.map(|counted| format!(" ({})", count(scribe, counted))).unwrap_or_default();
            format!("الإجمالي: {value} {}{counted}.", in_span(scribe, over))
        }
        Sentence::Extreme { series, way, value, at } => {
            let colon = if series.is_none() { ":" } else { "" };
            format!("{}{colon} {}.", extreme(*way), scribe.value_at(value, at))
        }
        Sentence::Record { way, named, among, .. } => {
            let what = named.map_or_else(
                || extreme(*way).to_owned(),
                |name| format!("{}: {}", scribe.name(name), extreme(*way)),
            );
            match among {
                Among::Since(since) => format!("{what} منذ {}.", scribe.since(since)),
                Among::Shown { counted, is_full: true } => format!("{what} في الفترات المكتملة المعروضة ({}).", count(scribe, *counted)),
                Among::Shown { counted, is_full: false } => format!("{what} {}.", in_shown(scribe, *counted)),
                Among::Last(counted) => format!("{what} خلال آخر {}.", count(scribe, *counted)),
            }
        }
        Sentence::Streak { way, moves, grain, .. } => {
            let noun = if *way == Direction::Up { "ارتفاع" } else { "انخفاض" };
            match grain {
                Some(grain) => format!("{noun} متواصل لمدة {}.", counted(scribe, *moves, &PERIODS[index(*grain)])),
                None => format!("{noun} {} متتالية.", counted(scribe, *moves, &TIME)),
            }
        }
        Sentence::Trend {
            way, slope, grain, shown, ..
        } => match way {
            Some(way) => {
                let trend = if *way == Direction::Up {
                    "اتجاه صاعد"
                } else {
                    "اتجاه هابط"
                };
                let each = grain.map(|grain| EACH[index(grain)]).unwrap_or_default();
                format!("{trend} {}: نحو {slope}{each}.", in_shown(scribe, *shown))
            }
            None => format!("لا يوجد اتجاه واضح {}.", in_shown(scribe, *shown)),
        },
        _ => of_parts_and_data(scribe, sentence),
    }
}

/// Parts, values that stand out, and what the rows are.
fn of_parts_and_data(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Share {
            name,
            value,
            at,
            share,
            rank,
        } => {
            let place = match rank {
                1 => "في المرتبة الأولى",
                2 => "في المرتبة الثانية",
                3 => "في المرتبة الثالثة",
                _ => "يليه في الترتيب",
            };
            format!(
                "{place}: {}، {value}{}، أي {share} من الإجمالي.",
                part(scribe, *name),
                spaced(at.map(|at| scribe.at(at)))
            )
        }
        Sentence::TopShare { top, share } => format!("تشكل أكبر {} {share} من الإجمالي.", counted(scribe, *top, &VALUE)),
        Sentence::Mover {
            name,
            value,
            delta,
            role,
            share,
        } => mover(scribe, name, value, delta, *role, share.as_deref()),
        Sentence::Anomaly {
            value, expected, cycle, ..
        } => {
            let usual = match cycle {
                Some(Cycle::DayOfWeek) => "المعتاد في مثل هذا اليوم من الأسبوع",
                Some(Cycle::MonthOfYear) => "المعتاد في مثل هذا الوقت من العام",
                Some(Cycle::HourOfDay) => "المعتاد في مثل هذه الساعة",
                None => "المعتاد",
            };
            let value = value
                .as_ref()
                .map(|(value, at)| format!("{}؛ ", scribe.value_at(value, at)))
                .unwrap_or_default();
            format!("قيمة غير معتادة: {value}{usual} نحو {expected}.")
        }
        Sentence::Target {
            name,
            value,
            target,
            delta,
            ..
        } => {
            let value = value
                .as_ref()
                .map(|(value, at)| format!("{}، ", scribe.value_at(value, at)))
                .unwrap_or_default();
            let name = name.map(|name| format!(" «{}»", scribe.embed(name))).unwrap_or_default();
            match delta {
                Some(delta) => {
                    let over = if delta.is_up() { "بزيادة" } else { "بنقص" };
                    format!("{value}{over} {} عن الهدف{name} ({target}).", delta.size)
                }
                None => format!("{value}مطابقة تامة للهدف{name} ({target})."),
            }
        }
        Sentence::Relation { measure, with, way } => {
            let relation = match way {
                Some(Direction::Up) => "علاقة طردية",
                Some(Direction::Down) => "علاقة عكسية",
                None => "لا توجد علاقة واضحة",
            };
            format!("{relation} بين {} و{}.", scribe.embed(with), scribe.measure(measure))
        }
        Sentence::Spread { measure, median, from, to } => {
            format!(
                "{}: يقع النصف الأوسط من القيم بين {from} و{to}، والوسيط {median}.",
                scribe.embed(measure)
            )
        }
        Sentence::Gaps { missing, of } => {
            format!("القيم الناقصة: {} من أصل {}.", scribe.count(*missing), counted(scribe, *of, &VALUE))
        }
        Sentence::Stale { newest } => {
            let [day, _] = scribe.read_at();
            format!("تنتهي البيانات {}؛ ولم يتوفر ما هو أحدث في {day}.", scribe.at(newest))
        }
        Sentence::Fresh { newest, is_over } => {
            let [day, time] = scribe.read_at();
            let running = if *is_over { "" } else { " (فترة لم تكتمل بعد)" };
            format!("البيانات حتى {}{running}؛ قُرئت في {day}، الساعة {time}.", scribe.until(newest))
        }
        Sentence::Unusual { usual, grain } => format!("تغيّر كبير على غير المعتاد: المعتاد {} نحو {usual}.", from_one(*grain)),
        Sentence::Usual { usual, grain } => format!("المعتاد {} تغيّر بنحو {usual}.", from_one(*grain)),
        // Said before it comes here.
        Sentence::Nothing { .. }
        | Sentence::Value { .. }
        | Sentence::SoFar { .. }
        | Sentence::Moved { .. }
        | Sentence::Sum { .. }
        | Sentence::Largest { .. }
        | Sentence::Between { .. }
        | Sentence::Only { .. }
        | Sentence::Compared { .. }
        | Sentence::YearOnYear { .. }
        | Sentence::Since { .. }
        | Sentence::Total { .. }
        | Sentence::Extreme { .. }
        | Sentence::Record { .. }
        | Sentence::Streak { .. }
        | Sentence::Trend { .. } => String::new(),
    }
}
