//! The few words that a chart says of itself, apart from the spec's and the rows'.

use domain::chart_spec::{NumberFormat, NumberStyle};
use domain::locale::{DateForm, Locale};
use jiff::civil::DateTime;

/// One language's words: begun as they stand alone, in a legend or in the middle of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    /// In the legend, for the dashed line or pale bars of a comparison.
    pub previous_period: &'static str,
    /// In the legend, for the drawn period beside its comparison.
    pub this_period: &'static str,
    /// In place of a chart without any value.
    pub no_data: &'static str,
    /// Beside the only value of a line.
    pub one_value: &'static str,
    /// On the pill of a number that equals the one before.
    pub no_change: &'static str,
    /// Before the previous number of a kpi.
    pub versus: &'static str,
    /// Of a table's sums, and in a donut.
    pub total: &'static str,
    /// Over a table's changes.
    pub change: &'static str,
    /// The smaller series or parts, joined.
    pub other: &'static str,
    /// A line to be reached that has no name of its own.
    pub target: &'static str,
    /// What a table has no room for, before a count.
    pub columns_not_shown: &'static str,
    /// How many steps there is no room for, with `{count}`.
    more: &'static str,
    /// At the foot of a picture, with `{source}` and `{when}`.
    footer: &'static str,
    /// Between two parts of a line of text, and between a word and what it is about.
    pub comma: &'static str,
    pub colon: &'static str,
}

/// The quiet line at the bottom of a picture: the source's name, and when its rows were read by the wall clock of `zone`.
pub fn footer(locale: Locale, source: &str, read_at: DateTime, zone: &str) -> String {
    let words = Words::of(locale);
    let (day, time) = (locale.date(read_at, DateForm::DayMonthYear), locale.date(read_at, DateForm::Time24));
    words.footer(source, &format!("{day}{}{time} {zone}", words.comma))
}

impl Words {
    /// English where there are none in the reader's language.
    pub fn of(locale: Locale) -> &'static Self {
        match locale.tag().split('-').next().unwrap_or_default() {
            "es" => &SPANISH,
            "pt" => &PORTUGUESE,
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "ar" => &ARABIC,
            "he" => &HEBREW,
            _ => &ENGLISH,
        }
    }

    /// The name is put in last, so that one which looks like a place to fill is left alone.
    fn footer(&self, source: &str, when: &str) -> String {
        self.footer.replacen("{when}", when, 1).replacen("{source}", source, 1)
    }

    /// `+ 1,200 more`.
    pub fn more_of(&self, count: usize, style: &NumberStyle) -> String {
        let format = ",.0f".parse::<NumberFormat>();
        let count = format.map_or_else(|_| count.to_string(), |format| format.write(count.into(), None, style));
        self.more.replacen("{count}", &count, 1)
    }
}

const ENGLISH: Words = Words {
    previous_period: "Previous period",
    this_period: "This period",
    no_data: "No data for this period",
    one_value: "Only one value so far",
    no_change: "No change",
    versus: "vs",
    more: "+ {count} more",
    total: "Total",
    change: "Change",
    target: "Target",
    other: "Other",
    columns_not_shown: "Columns not shown",
    footer: "Source: {source} · read {when}",
    comma: ", ",
    colon: ": ",
};

const SPANISH: Words = Words {
    previous_period: "Periodo anterior",
    this_period: "Periodo actual",
    no_data: "Sin datos en este periodo",
    one_value: "Por ahora, un solo valor",
    no_change: "Sin cambios",
    versus: "frente a",
    more: "+ {count} más",
    total: "Total",
    change: "Variación",
    target: "Objetivo",
    other: "Otros",
    columns_not_shown: "Columnas no mostradas",
    footer: "Fuente: {source} · leído el {when}",
    comma: ", ",
    colon: ": ",
};

const PORTUGUESE: Words = Words {
    previous_period: "Período anterior",
    this_period: "Período atual",
    no_data: "Sem dados neste período",
    one_value: "Apenas um valor até agora",
    no_change: "Sem variação",
    versus: "contra",
    more: "+ {count} mais",
    total: "Total",
    change: "Variação",
    target: "Meta",
    other: "Outros",
    columns_not_shown: "Colunas não exibidas",
    footer: "Fonte: {source} · lido em {when}",
    comma: ", ",
    colon: ": ",
};

const GERMAN: Words = Words {
    previous_period: "Vorheriger Zeitraum",
    this_period: "Dieser Zeitraum",
    no_data: "Keine Daten für diesen Zeitraum",
    one_value: "Bisher nur ein Wert",
    no_change: "Unverändert",
    versus: "gegenüber",
    more: "+ {count} weitere",
    total: "Summe",
    change: "Änderung",
    target: "Ziel",
    other: "Sonstige",
    columns_not_shown: "Nicht gezeigte Spalten",
    footer: "Quelle: {source} · gelesen am {when}",
    comma: ", ",
    colon: ": ",
};

const FRENCH: Words = Words {
    previous_period: "Période précédente",
    this_period: "Cette période",
    no_data: "Aucune donnée pour cette période",
    one_value: "Une seule valeur pour l’instant",
    no_change: "Inchangé",
    versus: "contre",
    more: "+ {count} de plus",
    total: "Total",
    change: "Variation",
    target: "Objectif",
    other: "Autres",
    columns_not_shown: "Colonnes non affichées",
    footer: "Source\u{a0}: {source} · lu le {when}",
    comma: ", ",
    colon: "\u{a0}: ",
};

const ARABIC: Words = Words {
    previous_period: "الفترة السابقة",
    this_period: "هذه الفترة",
    no_data: "لا توجد بيانات لهذه الفترة",
    one_value: "قيمة واحدة فقط حتى الآن",
    no_change: "دون تغيير",
    versus: "مقابل",
    more: "+ {count} أخرى",
    total: "المجموع",
    change: "التغيّر",
    target: "الهدف",
    other: "أخرى",
    columns_not_shown: "أعمدة غير معروضة",
    footer: "المصدر: {source} · قُرئ في {when}",
    comma: "، ",
    colon: ": ",
};

const HEBREW: Words = Words {
    previous_period: "התקופה הקודמת",
    this_period: "התקופה הזו",
    no_data: "אין נתונים לתקופה זו",
    one_value: "עד כה ערך אחד בלבד",
    no_change: "ללא שינוי",
    versus: "לעומת",
    more: "+ {count} נוספים",
    total: "סה״כ",
    change: "שינוי",
    target: "יעד",
    other: "אחר",
    columns_not_shown: "עמודות שאינן מוצגות",
    footer: "מקור: {source} · נקרא ב־{when}",
    comma: ", ",
    colon: ": ",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_the_same_things() {
        for tag in ["en", "es-MX", "pt-BR", "pt-PT", "de-AT", "fr", "ar-EG", "he", "ja"] {
            let words = Words::of(Locale::of(tag));
            for word in [
                words.previous_period,
                words.no_data,
                words.versus,
                words.total,
                words.other,
                words.target,
            ] {
                assert!(!word.is_empty() && word.trim() == word, "{tag}: `{word}`");
            }
            assert!(words.more_of(12, &NumberStyle::ENGLISH).contains("12"), "{tag}");
        }
        let at = jiff::civil::date(2026, 11, 20).at(9, 5, 0, 0);
        let foot = |tag| footer(Locale::of(tag), "{when}", at, "CET");
        assert_eq!(foot("en"), "Source: {when} · read Nov 20, 2026, 09:05 CET");
        assert_eq!(foot("de"), "Quelle: {when} · gelesen am 20. Nov. 2026, 09:05 CET");
        assert_eq!(ENGLISH.more_of(9991, &NumberStyle::ENGLISH), "+ 9,991 more");
        assert_eq!(Words::of(Locale::of("sv")), &ENGLISH);
    }
}
