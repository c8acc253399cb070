//! `locales.txt`, read one locale at a time. Source, licence and format: `infra/locales/README.md`.

use super::suffix::Suffix;
use std::sync::{LazyLock, OnceLock};

const TEXT: &str = include_str!("locales.txt");
/// Why the `expect`s below cannot happen: a test reads every locale of the file, which is part of this source.
const CHECKED: &str = "locales.txt is read whole by a test";

/// How one locale writes. Of a field that its section leaves out, the parent's.
#[derive(Clone)]
pub(super) struct Table {
    pub tag: &'static str,
    pub decimal: char,
    pub group: char,
    /// Switzerland's French alone writes money with another.
    pub money_decimal: char,
    /// Lakh and crore: the last three digits, then groups of two.
    pub is_indian: bool,
    /// How many digits stand before the first separator at least: `1234` and `12.345` with two.
    pub first_group_digits_min: usize,
    /// `0%`: the number is the zero.
    pub percent: &'static str,
    /// `¤0` and `-¤0`: the symbol is `¤`, the minus the hyphen.
    pub money: &'static str,
    pub money_negative: &'static str,
    pub steps: Vec<Step>,
    /// Seconds, minutes, hours, days.
    pub durations: [Suffix; 4],
    pub months: [&'static str; 12],
    pub months_wide: [&'static str; 12],
    pub months_in_date: [&'static str; 12],
    pub months_in_date_wide: [&'static str; 12],
    /// Monday first, as everywhere here.
    pub days: [&'static str; 7],
    pub days_wide: [&'static str; 7],
    pub days_in_date: [&'static str; 7],
    pub quarters: [&'static str; 4],
    pub periods: [&'static str; 2],
    /// By [`super::DateForm`].
    pub dates: [&'static str; 20],
    /// Codes and what is written for them.
    pub symbols: Vec<(&'static str, &'static str)>,
}

/// From which power of ten on numbers are written in which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub from_power: u32,
    pub divisor_power: u32,
    pub suffix: Suffix,
}

struct Section {
    tag: &'static str,
    parent: &'static str,
    lines: &'static str,
    /// Filled on first use: one process writes for few readers.
    table: OnceLock<Table>,
}

static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let section = |text: &'static str| {
        let (head, lines) = text.split_once('\n').unwrap_or((text, ""));
        let (tag, parent) = head.split_once(' ').expect(CHECKED);
        Section {
            tag,
            parent,
            lines,
            table: OnceLock::new(),
        }
    };
    TEXT.split("\n@").skip(1).map(section).collect()
});

impl Table {
    /// The place of a tag, in any case.
    pub fn find(tag: &str) -> Option<u8> {
        let place = SECTIONS.iter().position(|section| section.tag.eq_ignore_ascii_case(tag))?;
        u8::try_from(place).ok()
    }

    pub fn count() -> u8 {
        u8::try_from(SECTIONS.len()).expect(CHECKED)
    }

    pub fn of(place: u8) -> &'static Self {
        let section = &SECTIONS[usize::from(place)];
        section.table.get_or_init(|| {
            let parent = (section.parent != section.tag).then(|| Self::of(Self::find(section.parent).expect(CHECKED)));
            let mut table = parent.map_or_else(Self::empty, Self::clone);
            table.tag = section.tag;
            for line in section.lines.lines() {
                table.read(line);
            }
            table
        })
    }

    fn empty() -> Self {
        Self {
            tag: "",
            decimal: '.',
            group: ',',
            money_decimal: '.',
            is_indian: false,
            first_group_digits_min: 1,
            percent: "",
            money: "",
            money_negative: "",
            steps: Vec::new(),
            durations: [Suffix::NONE; 4],
            months: [""; 12],
            months_wide: [""; 12],
            months_in_date: [""; 12],
            months_in_date_wide: [""; 12],
            days: [""; 7],
            days_wide: [""; 7],
            days_in_date: [""; 7],
            quarters: [""; 4],
            periods: [""; 2],
            dates: [""; 20],
            symbols: Vec::new(),
        }
    }

    fn read(&mut self, line: &'static str) {
        let (key, fields) = line.split_once('\t').expect(CHECKED);
        match key {
            "numbers" => {
                let [decimal, group, money_decimal, grouping, digits] = exactly(fields);
                self.decimal = character(decimal);
                self.group = character(group);
                self.money_decimal = character(money_decimal);
                self.is_indian = grouping == "2";
                self.first_group_digits_min = digits.parse().expect(CHECKED);
            }
            "percent" => self.percent = fields,
            "money" => [self.money, self.money_negative] = exactly(fields),
            "compact" => self.steps = fields.split('\t').map(step).collect(),
            "durations" => self.durations = exactly(fields).map(Suffix::parse),
            "months" => self.months = exactly(fields),
            "months-wide" => self.months_wide = exactly(fields),
            "months-in-date" => self.months_in_date = exactly(fields),
            "months-in-date-wide" => self.months_in_date_wide = exactly(fields),
            "days" => self.days = exactly(fields),
            "days-wide" => self.days_wide = exactly(fields),
            "days-in-date" => self.days_in_date = exactly(fields),
            "quarters" => self.quarters = exactly(fields),
            "periods" => self.periods = exactly(fields),
            "dates" => self.dates = exactly(fields),
            "symbols" => {
                for field in fields.split('\t') {
                    let (code, symbol) = field.split_once(' ').expect(CHECKED);
                    self.symbols.retain(|(known, _)| *known != code);
                    self.symbols.push((code, symbol));
                }
            }
            _ => unreachable!("{CHECKED}: {key}"),
        }
    }
}

fn exactly<const N: usize>(fields: &'static str) -> [&'static str; N] {
    let fields: Vec<_> = fields.split('\t').collect();
    fields.try_into().expect(CHECKED)
}

fn character(field: &str) -> char {
    field.chars().next().expect(CHECKED)
}

/// `6:6: Mio.`
fn step(field: &'static str) -> Step {
    let (from, rest) = field.split_once(':').expect(CHECKED);
    let (divisor, suffix) = rest.split_once(':').expect(CHECKED);
    Step {
        from_power: from.parse().expect(CHECKED),
        divisor_power: divisor.parse().expect(CHECKED),
        suffix: Suffix::parse(suffix),
    }
}
