//! The reader's language and country: how numbers, money, percent, short numbers, durations and dates are written for her.
//!
//! The facts are Unicode's (CLDR), generated into `locales.txt` by `infra/locales` and read when a locale is first used. The rules that the
//! table leaves to the program:
//!
//! - **Digits are Latin in every language.** Figures of one pulse are compared across channels, with sheets and with other readers; one set of digits
//!   is read by all of them, is in every font, and is what CLDR itself sets for most Arabic-speaking countries and for Hindi.
//! - **The minus is `−` (U+2212)** in every language, where CLDR prints a hyphen for many.
//! - **Short numbers and money use one pattern**: `1,2 Mio. €` is `1,2 €` with the suffix behind the number; symbols stand where they stand in
//!   whole amounts. Thousands are shortened from ten thousand on, and not at all where the language does not shorten them (German, Italian).
//! - **A number is one run of text** in right-to-left languages, whatever line it stands in: see [`NumberStyle::MARKS`].
//! - The calendar is the Gregorian one.

mod bidi;
mod compact;
mod date_form;
mod number_format;
mod number_style;
mod suffix;
mod table;
#[cfg(test)]
mod tests;
mod time_format;

pub use compact::Compact;
pub use date_form::DateForm;
pub(crate) use number_format::ACCEPTED as NUMBER_FORMATS;
pub use number_format::NumberFormat;
pub use number_style::NumberStyle;
pub(crate) use time_format::ACCEPTED as TIME_FORMATS;
pub use time_format::TimeFormat;

use jiff::civil::{DateTime, Weekday};
use std::fmt;
use table::Table;

/// A language, with a country where the two write differently. Copied freely: it is a place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale(u8);

/// The languages in which the product writes sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// `en`
    English,
    /// `es`
    Spanish,
    /// `pt`
    Portuguese,
    /// `de`
    German,
    /// `ar`
    Arabic,
    /// Numbers and dates are this reader's; sentences are English.
    Other,
}

/// How much room a name takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Width {
    /// `Mar`, `Thu`
    Short,
    /// `March`, `Thursday`
    Wide,
}

impl Locale {
    /// American English: what every unknown language is given.
    pub const ENGLISH: Self = Self(0);

    /// By BCP 47 tag, with `-` or `_`, in any case: `de-AT`, `pt_BR`. A country without an entry is given its language's (Latin America's Spanish,
    /// Portugal's Portuguese and Britain's English where those are written), a language without one English.
    pub fn of(tag: &str) -> Self {
        let tag = tag.replace('_', "-").to_ascii_lowercase();
        let mut parts = tag.split('-');
        let language = match parts.next().unwrap_or_default() {
            "no" | "nn" => "nb",
            "iw" => "he",
            "in" => "id",
            language => language,
        };
        let rest: Vec<&str> = parts.collect();
        let region = rest.iter().find(|part| part.len() == 2 || part.bytes().all(|b| b.is_ascii_digit()));
        let region = region.copied().unwrap_or_default();
        let relative = match (language, region) {
            ("en", "nz") => "en-au",
            ("en", "ie" | "za" | "sg" | "hk" | "ke" | "ng" | "gh" | "mt" | "cy" | "150") => "en-gb",
            ("en", "pk" | "bd" | "lk") => "en-in",
            ("es", "us" | "pr" | "gt" | "hn" | "sv" | "ni" | "pa" | "do") => "es-mx",
            ("es", "cl" | "uy" | "py" | "co" | "ec" | "bo" | "cr" | "ve") => "es-ar",
            ("es", "pe" | "cu") => "es-419",
            ("pt", "") => "pt-br",
            ("pt", region) if region != "br" => "pt-pt",
            ("de", "li") => "de-ch",
            ("zh", "tw" | "hk" | "mo") => "zh-tw",
            ("zh", _) if rest.contains(&"hant") => "zh-tw",
            ("zh", _) => "zh-cn",
            _ => "",
        };
        let exact = format!("{language}-{region}");
        [exact.as_str(), relative, language]
            .into_iter()
            .find_map(Table::find)
            .map_or(Self::ENGLISH, Self)
    }

    /// Every locale there is data for, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Table::count()).map(Self)
    }

    /// The BCP 47 tag of the entry that is used: `de-AT`, `zh-TW`, `es-419`.
    pub fn tag(self) -> &'static str {
        self.table().tag
    }

    /// Which of the product's languages this is.
    pub fn language(self) -> Language {
        match self.primary() {
            "en" => Language::English,
            "es" => Language::Spanish,
            "pt" => Language::Portuguese,
            "de" => Language::German,
            "ar" => Language::Arabic,
            _ => Language::Other,
        }
    }

    /// Arabic, Hebrew, Persian: pages and charts are mirrored.
    pub fn is_right_to_left(self) -> bool {
        matches!(self.primary(), "ar" | "he" | "fa")
    }

    /// How numbers and money are written.
    pub fn numbers(self) -> NumberStyle {
        NumberStyle::new(self)
    }

    /// A moment in one of the usual forms: `Mar 5`, `5. März`, `3月5日`. With [`NumberStyle::MARKS`] in right-to-left languages.
    pub fn date(self, at: DateTime, form: DateForm) -> String {
        let text = date_form::write(self, self.table().dates[form as usize], at);
        if self.is_right_to_left() { bidi::date(text) } else { text }
    }

    /// A month's name by itself, of 1 to 12 (others are taken round the year): `März`, `Mär`.
    pub fn month(self, month: i8, width: Width) -> &'static str {
        let [short, wide, ..] = self.month_forms(month);
        if width == Width::Wide { wide } else { short }
    }

    /// The ways in which a month is named, for reading dates back: short and wide by itself, short and wide beside a day (`Mär`, `März`, `März`, `März`).
    pub fn month_forms(self, month: i8) -> [&'static str; 4] {
        let table = self.table();
        let place = usize::try_from((i16::from(month) - 1).rem_euclid(12)).unwrap_or(0);
        [table.months, table.months_wide, table.months_in_date, table.months_in_date_wide].map(|names| names[place])
    }

    /// A day's name by itself: `Donnerstag`, `Do`.
    pub fn weekday(self, day: Weekday, width: Width) -> &'static str {
        let [short, wide, _] = self.weekday_forms(day);
        if width == Width::Wide { wide } else { short }
    }

    /// The ways in which a day is named, for reading dates back: short and wide by itself, short in a date (`Do`, `Donnerstag`, `Do.`).
    pub fn weekday_forms(self, day: Weekday) -> [&'static str; 3] {
        let table = self.table();
        let place = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        [table.days, table.days_wide, table.days_in_date].map(|names| names[place])
    }

    /// A d3-time-format with this language's names of months, days and halves of the day. Parse a [`TimeFormat`] once where it is used often.
    ///
    /// # Errors
    /// What is not known in the format, in words.
    pub fn strftime(self, format: &str, at: DateTime) -> Result<String, String> {
        format.parse::<TimeFormat>().map(|format| format.write(at, self))
    }

    fn primary(self) -> &'static str {
        self.tag().split('-').next().unwrap_or_default()
    }

    fn table(self) -> &'static Table {
        Table::of(self.0)
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.tag())
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
