//! Arabic. Nominal sentences, so that no verb or adjective has to agree with a name out of the data; counts agree as grammar asks.

use domain::locale::Width;
use domain::series::Grain;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::calendar::{Calendar, index};
use super::sentence::{Among, Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use super::{Scribe, periods};
use crate::fact::{Cycle, Direction, Label};

pub(super) const CALENDAR: Calendar = Calendar {
    width: Width::Wide,
    month: ["{month}", "{month} {year}"],
    quarter: ["الربع {quarter}", "الربع {quarter} من عام {year}"],
    week: ["أسبوع {day} {month}", "أسبوع {day} {month} {year}"],
    day: ["{weekday} {day} {month}", "{day} {month} {year}"],
    time: "{time} من يوم {date}",
    quarters: ["الأول", "الثاني", "الثالث", "الرابع"],
    weekday_articles: [""; 8],
    at: ["الساعة ", "الساعة ", "يوم ", "في ", "في ", "في ", "في عام "],
    since: ["الساعة ", "الساعة ", "يوم ", "", "", "", "عام "],
    until: ["الساعة ", "الساعة ", "يوم ", "", "", "", "عام "],
    nouns: [
        ["دقيقة", "دقائق"],
        ["ساعة", "ساعات"],
        ["يوم", "أيام"],
        ["أسبوع", "أسابيع"],
        ["شهر", "أشهر"],
        ["ربع", "أرباع"],
        ["سنة", "سنوات"],
    ],
};

/// A counted noun: one, two (after a preposition), three to ten, eleven to ninety-nine, hundreds.
struct Noun([&'static str; 5], Gender);

#[derive(PartialEq)]
enum Gender {
    Masculine,
    Feminine,
}

use Gender::{Feminine, Masculine};

/// In the order of [`Grain`].
const PERIODS: [Noun; 7] = [
    Noun(["دقيقة", "دقيقتين", "دقائق", "دقيقة", "دقيقة"], Feminine),
    Noun(["ساعة", "ساعتين", "ساعات", "ساعة", "ساعة"], Feminine),
    Noun(["يوم", "يومين", "أيام", "يومًا", "يوم"], Masculine),
    Noun(["أسبوع", "أسبوعين", "أسابيع", "أسبوعًا", "أسبوع"], Masculine),
    Noun(["شهر", "شهرين", "أشهر", "شهرًا", "شهر"], Masculine),
    Noun(["ربع", "ربعين", "أرباع", "ربعًا", "ربع"], Masculine),
    Noun(["سنة", "سنتين", "سنوات", "سنة", "سنة"], Feminine),
];
const VALUE: Noun = Noun(["قيمة", "قيمتين", "قيم", "قيمة", "قيمة"], Feminine);
const CATEGORY: Noun = Noun(["فئة", "فئتين", "فئات", "فئة", "فئة"], Feminine);
const TIME: Noun = Noun(["مرة", "مرتين", "مرات", "مرة", "مرة"], Feminine);

/// In the order of [`Grain`].
const NOT_OVER: [&str; 7] = [
    "لم تنتهِ الدقيقة بعد",
    "لم تنتهِ الساعة بعد",
    "لم ينتهِ اليوم بعد",
    "لم ينتهِ الأسبوع بعد",
    "لم ينتهِ الشهر بعد",
    "لم ينتهِ الربع بعد",
    "لم ينتهِ العام بعد",
];
const LAST_FULL: [&str; 7] = [
    "آخر دقيقة مكتملة",
    "آخر ساعة مكتملة",
    "آخر يوم مكتمل",
    "آخر أسبوع مكتمل",
    "آخر شهر مكتمل",
    "آخر ربع مكتمل",
    "آخر عام مكتمل",
];
const EACH: [&str; 7] = [" كل دقيقة", " كل ساعة", " يوميًا", " أسبوعيًا", " شهريًا", " كل ربع", " سنويًا"];

pub(super) const HEADINGS: [&str; 5] = ["ما الذي تغيّر", "التوزيع", "أعلى القيم وأدناها", "الاتجاه", "عن البيانات"];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(super) const FORMS: [&str; 7] = [
    "مخطط خطي",
    "مخطط مساحي",
    "مخطط أعمدة",
    "مخطط حلقي",
    "مخطط انتشار",
    "مؤشر رئيسي",
    "جدول",
];
pub(super) const PHRASES: [&str; 2] = ["غير متاح", "دون تغيير"];

pub(super) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Nothing { measure } => format!("{}: لا توجد قيم لعرضها.", scribe.measure(measure)),
        Sentence::Value { subject, value, at, .. } => format!("{}{}: {value}.", who(scribe, *subject), spaced(at.map(|at| scribe.at(at)))),
        Sentence::SoFar { subject, value, at, grain } => {
            let not_over = grain.map_or("لم تنتهِ الفترة بعد", |grain| NOT_OVER[index(grain)]);
            format!("{} {} حتى الآن: {value}؛ {not_over}.", who(scribe, *subject), scribe.at(at))
        }
        Sentence::Moved { .. } => moved(scribe, sentence),
        Sentence::Sum {
            measure,
            value,
            categories,
        } => {
            format!(
                "{}: {value} في {}.",
                scribe.measure(measure),
                counted(scribe, *categories, &CATEGORY)
            )
        }
        Sentence::Largest { name, value, share } => {
            let share = share.as_ref().map(|share| format!("، أي {share} من الإجمالي")).unwrap_or_default();
            format!("أعلى قيمة لدى {}: {value}{share}.", scribe.name(name))
        }
        Sentence::Between {
            subject,
            series,
            high,
            low,
        } => {
            let series = series.map(|series| format!("، {}", scribe.embed(series))).unwrap_or_default();
            let of = |(value, name): &(String, &Label)| format!("لدى {} ({value})", scribe.name(name));
            let low = low.as_ref().map(|low| format!("، وأدنى قيمة {}", of(low))).unwrap_or_default();
            format!("{}{series}: أعلى قيمة {}{low}.", who(scribe, *subject), of(high))
        }
        Sentence::Only {
            measure,
            series,
            value,
            name,
        } => {
            let series = series.map(|series| format!("، {}", scribe.embed(series))).unwrap_or_default();
            format!("{}{series}: {value} ({}).", scribe.measure(measure), scribe.name(name))
        }
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
    }
}

/// "بزيادة 8.2 ألف (7.1%)".
pub(super) fn change(delta: &Delta) -> String {
    format!("{} {}", if delta.is_up() { "بزيادة" } else { "بانخفاض" }, delta.sized())
}

pub(super) fn measure(measure: &Measure, embed: impl Fn(&str) -> String) -> String {
    match measure {
        Measure::Named(name) => embed(name),
        Measure::Average(name) => format!("متوسط {}", embed(name)),
        Measure::Median(name) => format!("وسيط {}", embed(name)),
        Measure::Smallest(name) => format!("أدنى {}", embed(name)),
        Measure::Largest(name) => format!("أعلى {}", embed(name)),
        Measure::Count => "العدد".to_owned(),
        Measure::Total => "الإجمالي".to_owned(),
    }
}

pub(super) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!("{} حتى {}", counted(scribe, count, &PERIODS[index(grain)]), scribe.until(label))
}

/// "خلال 12 شهرًا حتى أكتوبر".
pub(super) fn in_span(scribe: &Scribe, label: &Label) -> String {
    match label {
        Label::Span { .. } => format!("خلال {}", span(scribe, label)),
        other => scribe.at(other),
    }
}

pub(super) fn percentage_points(size: Decimal) -> &'static str {
    match size.is_integer().then(|| size.to_u64()).flatten().map(|size| size % 100) {
        Some(3..=10) => "نقاط مئوية",
        _ => "نقطة مئوية",
    }
}

fn moved(scribe: &Scribe, sentence: &Sentence) -> String {
    let Sentence::Moved {
        subject,
        value,
        at,
        before,
        when,
        delta,
        turn,
        ..
    } = sentence
    else {
        return String::new();
    };
    let (who, at) = (who(scribe, *subject), spaced(at.map(|at| scribe.at(at))));
    match (delta, turn) {
        (Some(delta), Turn::Slight) => {
            let slight = if delta.is_up() {
                "بزيادة طفيفة قدرها"
            } else {
                "بانخفاض طفيف قدره"
            };
            let size = delta.ratio.as_ref().unwrap_or(&delta.size);
            format!("{who}{at}: {value}، {slight} {size} {}.", than(scribe, before, *when))
        }
        (Some(delta), Turn::MoveFirst) if delta.ratio.is_some() => {
            let (rise, ratio) = (
                if delta.is_up() { "ارتفاع" } else { "انخفاض" },
                delta.ratio.as_deref().unwrap_or_default(),
            );
            let before = match when {
                When::At(label) => scribe.value_at(before, label),
                When::Before(..) => format!("{before} في الفترة السابقة"),
                When::YearBefore => format!("{before} في الفترة نفسها قبل عام"),
            };
            format!("{who}: {rise} بنسبة {ratio}{at} إلى {value}، مقابل {before}.")
        }
        (delta, _) => format!("{who}{at}: {value}، {}.", compared(scribe, delta.as_ref(), before, *when)),
    }
}

/// "بزيادة 8.2 ألف (7.1%) عن سبتمبر (116.1 ألف)"، "دون تغيير عن سبتمبر".
fn compared(scribe: &Scribe, delta: Option<&Delta>, before: &str, when: When) -> String {
    match delta {
        Some(delta) => format!("{} {}", change(delta), than(scribe, before, when)),
        None => format!("دون تغيير عن {}", older(scribe, when)),
    }
}

fn than(scribe: &Scribe, before: &str, when: When) -> String {
    format!("عن {} ({before})", older(scribe, when))
}

fn older(scribe: &Scribe, when: When) -> String {
    match when {
        When::At(label @ Label::Span { .. }) => format!("فترة {}", scribe.name(label)),
        When::At(label) => scribe.since(label),
        When::Before(count, grain) if count > 1 => format!("الفترة السابقة ({})", counted(scribe, count, &PERIODS[index(grain)])),
        When::Before(..) => "الفترة السابقة".to_owned(),
        When::YearBefore => "الفترة نفسها قبل عام".to_owned(),
    }
}

fn mover(scribe: &Scribe, name: &str, value: &str, delta: &Delta, role: Role, share: Option<&str>) -> String {
    let name = scribe.embed(name);
    let (most, whole) = if delta.is_up() {
        ("أكبر ارتفاع", "الزيادة")
    } else {
        ("أكبر انخفاض", "الانخفاض")
    };
    let share = share.map(|share| format!("، أي {share} من إجمالي {whole}")).unwrap_or_default();
    match role {
        Role::Most => format!("{most} لدى {name}: {} إلى {value}{share}.", change(delta)),
        Role::Along => format!("{name}: {} إلى {value}{share}.", change(delta)),
        Role::Against => format!("في الاتجاه المعاكس {name}: {} إلى {value}.", change(delta)),
    }
}

fn who(scribe: &Scribe, subject: Subject) -> String {
    match subject {
        Subject::Measure(measure) => scribe.measure(measure),
        Subject::Series(name) => scribe.embed(name),
        Subject::LastFull(label, grain) => format!("{} ({})", LAST_FULL[index(grain)], scribe.name(label)),
    }
}

fn part(scribe: &Scribe, part: Part) -> String {
    match part {
        Part::Series(name) => scribe.embed(name),
        Part::Place(label) => scribe.name(label),
    }
}

fn extreme(way: Direction) -> &'static str {
    if way == Direction::Up {
        "أعلى قيمة"
    } else {
        "أدنى قيمة"
    }
}

/// "في الفترة المعروضة (12 شهرًا)", "بين القيم المعروضة (7 قيم)".
fn in_shown(scribe: &Scribe, shown: Counted) -> String {
    let among = if shown.grain.is_some() {
        "في الفترة المعروضة"
    } else {
        "بين القيم المعروضة"
    };
    format!("{among} ({})", count(scribe, shown))
}

fn count(scribe: &Scribe, shown: Counted) -> String {
    counted(scribe, shown.count, shown.grain.map_or(&VALUE, |grain| &PERIODS[index(grain)]))
}

/// One and two are words: "شهر واحد", "شهرين"; then "3 أشهر", "12 شهرًا", "100 شهر".
fn counted(scribe: &Scribe, count: usize, Noun([one, two, few, many, other], gender): &Noun) -> String {
    match (count, count % 100) {
        (1, _) => format!("{one} {}", if *gender == Feminine { "واحدة" } else { "واحد" }),
        (2, _) => (*two).to_owned(),
        (_, 3..=10) => format!("{} {few}", scribe.count(count)),
        (_, 11..) => format!("{} {many}", scribe.count(count)),
        _ => format!("{} {other}", scribe.count(count)),
    }
}

/// "من شهر إلى آخر".
fn from_one(grain: Option<Grain>) -> String {
    let noun = grain.map_or(&VALUE, |grain| &PERIODS[index(grain)]);
    format!("من {} إلى {}", noun.0[0], if noun.1 == Feminine { "أخرى" } else { "آخر" })
}

fn spaced(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty())
        .map(|text| format!(" {text}"))
        .unwrap_or_default()
}
