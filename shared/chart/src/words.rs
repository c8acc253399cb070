//! The few words that a chart says of itself, apart from the spec's and the rows'.

use domain::chart_spec::Mark;
use domain::locale::Locale;

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
    /// A line to be reached that has no name of its own.
    pub target: &'static str,
    /// What a picture has no room for, before a count: rows and columns of a table, bars.
    pub rows_not_shown: &'static str,
    pub columns_not_shown: &'static str,
    pub names_not_shown: &'static str,
    /// How many steps there is no room for, with `{count}`.
    pub more: &'static str,
    /// What is drawn, for who cannot see it.
    forms: Forms,
    /// Before the values of the last step, for who cannot see them.
    pub newest: &'static str,
    /// How many categories there are, with `{count}`, `{first}` and `{last}`; for who cannot see them.
    names: &'static str,
    /// Between two parts of a line of text, and between a word and what it is about.
    pub comma: &'static str,
    pub colon: &'static str,
}

/// Kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Forms {
    line: &'static str,
    area: &'static str,
    bar: &'static str,
    donut: &'static str,
    scatter: &'static str,
    table: &'static str,
    number: &'static str,
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

    /// The kind of chart.
    pub fn form(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::Line => self.forms.line,
            Mark::Area => self.forms.area,
            Mark::Bar => self.forms.bar,
            Mark::Arc => self.forms.donut,
            Mark::Point => self.forms.scatter,
            Mark::Table => self.forms.table,
            Mark::Kpi => self.forms.number,
        }
    }

    /// `12 names, North to South`; two at least.
    pub fn names(&self, names: &[String]) -> String {
        let count = names.len().to_string();
        let (first, last) = (names.first(), names.last());
        let mut text = self.names.replacen("{count}", &count, 1);
        // Last to first, so that a name which looks like a place to fill is left alone.
        for (place, name) in [("{last}", last), ("{first}", first)] {
            if let (Some(at), Some(name)) = (text.find(place), name) {
                text.replace_range(at..at + place.len(), name);
            }
        }
        text
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
    rows_not_shown: "Rows not shown",
    columns_not_shown: "Columns not shown",
    names_not_shown: "Names not shown",
    forms: Forms {
        line: "Line chart",
        area: "Area chart",
        bar: "Bar chart",
        donut: "Donut chart",
        scatter: "Scatter chart",
        table: "Table",
        number: "Number",
    },
    newest: "Newest",
    names: "{count} names, {first} to {last}",
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
    rows_not_shown: "Filas no mostradas",
    columns_not_shown: "Columnas no mostradas",
    names_not_shown: "Nombres no mostrados",
    forms: Forms {
        line: "Gráfico de líneas",
        area: "Gráfico de áreas",
        bar: "Gráfico de barras",
        donut: "Gráfico de anillo",
        scatter: "Gráfico de dispersión",
        table: "Tabla",
        number: "Cifra",
    },
    newest: "Último valor",
    names: "{count} nombres, de {first} a {last}",
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
    rows_not_shown: "Linhas não exibidas",
    columns_not_shown: "Colunas não exibidas",
    names_not_shown: "Nomes não exibidos",
    forms: Forms {
        line: "Gráfico de linhas",
        area: "Gráfico de áreas",
        bar: "Gráfico de barras",
        donut: "Gráfico de rosca",
        scatter: "Gráfico de dispersão",
        table: "Tabela",
        number: "Número",
    },
    newest: "Último valor",
    names: "{count} nomes, de {first} a {last}",
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
    rows_not_shown: "Nicht gezeigte Zeilen",
    columns_not_shown: "Nicht gezeigte Spalten",
    names_not_shown: "Nicht gezeigte Namen",
    forms: Forms {
        line: "Liniendiagramm",
        area: "Flächendiagramm",
        bar: "Balkendiagramm",
        donut: "Ringdiagramm",
        scatter: "Streudiagramm",
        table: "Tabelle",
        number: "Kennzahl",
    },
    newest: "Zuletzt",
    names: "{count} Namen, {first} bis {last}",
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
    rows_not_shown: "Lignes non affichées",
    columns_not_shown: "Colonnes non affichées",
    names_not_shown: "Noms non affichés",
    forms: Forms {
        line: "Courbe",
        area: "Graphique en aires",
        bar: "Graphique à barres",
        donut: "Graphique en anneau",
        scatter: "Nuage de points",
        table: "Tableau",
        number: "Chiffre clé",
    },
    newest: "Dernière valeur",
    names: "{count} noms, de {first} à {last}",
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
    rows_not_shown: "صفوف غير معروضة",
    columns_not_shown: "أعمدة غير معروضة",
    names_not_shown: "أسماء غير معروضة",
    forms: Forms {
        line: "مخطط خطي",
        area: "مخطط مساحي",
        bar: "مخطط أعمدة",
        donut: "مخطط حلقي",
        scatter: "مخطط انتشار",
        table: "جدول",
        number: "رقم",
    },
    newest: "أحدث قيمة",
    names: "عدد الأسماء {count}، من {first} إلى {last}",
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
    rows_not_shown: "שורות שאינן מוצגות",
    columns_not_shown: "עמודות שאינן מוצגות",
    names_not_shown: "שמות שאינם מוצגים",
    forms: Forms {
        line: "תרשים קווי",
        area: "תרשים שטח",
        bar: "תרשים עמודות",
        donut: "תרשים טבעת",
        scatter: "תרשים פיזור",
        table: "טבלה",
        number: "מספר",
    },
    newest: "הערך האחרון",
    names: "{count} שמות, מ־{first} עד {last}",
    comma: ", ",
    colon: ": ",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_the_same_things() {
        let names = ["{last}".to_owned(), "B".to_owned(), "C".to_owned()];
        for tag in ["en", "es-MX", "pt-BR", "pt-PT", "de-AT", "fr", "ar-EG", "he", "ja"] {
            let words = Words::of(Locale::of(tag));
            for word in [
                words.previous_period,
                words.no_data,
                words.versus,
                words.newest,
                words.more,
                words.form(Mark::Kpi),
            ] {
                assert!(!word.is_empty() && word.trim() == word, "{tag}: `{word}`");
            }
            let text = words.names(&names);
            assert!(
                text.contains('3') && text.contains("{last}") && text.ends_with('C'),
                "{tag}: {text}"
            );
        }
        assert_eq!(ENGLISH.names(&names[1..]), "2 names, B to C");
        assert_eq!(Words::of(Locale::of("sv")), &ENGLISH);
    }
}
