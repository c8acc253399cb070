//! Arabic. Nominal sentences, so that no verb or adjective has to agree with a name out of the data; counts agree as grammar asks.

mod findings;

use domain::locale::Width;
use domain::series::Grain;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::fact::{Direction, Label};
use crate::language::calendar::{Calendar, index};
use crate::language::sentence::{Counted, Delta, Measure, Part, Role, Sentence, Subject, Turn, When};
use crate::language::{Scribe, periods};

pub(in crate::language) const CALENDAR: Calendar = Calendar {
    width: Width::Wide,
    month: ["{month}", "{month} {year}"],
    quarter: ["الربع {quarter}", "الربع {quarter} من عام {year}"],
    week: ["أسبوع {day} {month}", "أسبوع {day} {month} {year}"],
    day: ["{weekday} {day} {month}", "{day} {month} {year}"],
    time: "{time} من يوم {date}",
    first_day: "1",
    same_day: "الساعة {time}",
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

pub(in crate::language) const HEADINGS: [&str; 5] = ["ما الذي تغيّر", "التوزيع", "أعلى القيم وأدناها", "الاتجاه", "عن البيانات"];
/// In the order of [`domain::chart_spec::Mark::ALL`].
pub(in crate::language) const FORMS: [&str; 7] = [
    "مخطط خطي",
    "مخطط مساحي",
    "مخطط أعمدة",
    "مخطط حلقي",
    "مخطط انتشار",
    "مؤشر رئيسي",
    "جدول",
];
pub(in crate::language) const PHRASES: [&str; 2] = ["غير متاح", "دون تغيير"];

pub(in crate::language) fn say(scribe: &Scribe, sentence: &Sentence) -> String {
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
            ..
        } => {
            format!(
                "{}: {value} في {}.",
                scribe.measure(measure),
                counted(scribe, *categories, &CATEGORY)
            )
        }
        Sentence::Largest { name, value, share } => {
            let share = share.as_ref().map(|share| format!("، أي {share} من الإجمالي")).unwrap_or_default();
            format!("أعلى قيمة {}: {value}{share}.", holder(scribe, name))
        }
        Sentence::Between {
            subject,
            series,
            high,
            low,
        } => {
            let series = series.map(|series| format!("، {}", scribe.embed(series))).unwrap_or_default();
            let of = |(value, name): &(String, &Label)| format!("{} ({value})", holder(scribe, name));
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
        _ => findings::say(scribe, sentence),
    }
}

/// "بزيادة 8.2 ألف (7.1%)".
pub(in crate::language) fn change(delta: &Delta) -> String {
    format!("{} {}", if delta.is_up() { "بزيادة" } else { "بانخفاض" }, delta.sized())
}

pub(in crate::language) fn measure(measure: &Measure, embed: impl Fn(&str) -> String) -> String {
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

pub(in crate::language) fn span(scribe: &Scribe, label: &Label) -> String {
    let (count, grain) = periods(label);
    format!("{} حتى {}", counted(scribe, count, &PERIODS[index(grain)]), scribe.until(label))
}

/// "خلال 12 شهرًا حتى أكتوبر".
pub(in crate::language) fn in_span(scribe: &Scribe, label: &Label) -> String {
    match label {
        Label::Span { .. } => format!("خلال {}", span(scribe, label)),
        other => scribe.at(other),
    }
}

pub(in crate::language) fn percentage_points(size: Decimal) -> &'static str {
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
                When::SameDay(label) => format!("{before} {}", scribe.same_day(label)),
                When::Before(..) => format!("{before} في الفترة السابقة المماثلة"),
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
        When::Before(..) => "الفترة السابقة المماثلة".to_owned(),
        When::SameDay(label) => scribe.same_day(label),
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

/// What a value belongs to.
fn holder(scribe: &Scribe, label: &Label) -> String {
    let with = if matches!(label, Label::Range { .. }) {
        "في النطاق"
    } else {
        "لدى"
    };
    format!("{with} {}", scribe.name(label))
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
