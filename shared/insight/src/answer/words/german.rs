//! German.

use domain::chart_spec::Aggregate;
use domain::locale::Language;

use super::{Remark, Spoken, Unfit};
use crate::answer::cue::Cue;

pub(super) const SPOKEN: Spoken = Spoken {
    language: Language::German,
    tag: "de",
    cues: &[
        (
            Cue::Why,
            "warum|wieso|weshalb|weswegen|wie kommt das|woran liegt|woran liegt das|woran lag|was ist passiert|was war los|grund|gründe|ursache|ursachen|erkläre|\
             erklär|erklärung|was hat sich geändert|was hat sich verändert|wodurch|woher kommt",
        ),
        (
            Cue::Compare,
            "vergleiche|vergleich|vergleichen|verglichen|im vergleich|gegenüber|versus|vs|als im|als in der|unterschied|veränderung zu|im verhältnis",
        ),
        (
            Cue::Previous,
            "letzte|letzten|letzter|letztem|letztes|vorige|vorigen|voriger|vorigem|vorherige|vorherigen|vergangene|vergangenen|vergangenem|davor|zuvor|vor|vorher|vorwoche|vormonat|vormonats|vorquartal|vorjahr|vorjahres|vorjahresmonat",
        ),
        (Cue::Yesterday, "gestern|vortag"),
        (Cue::Day, "tag|tage|tagen|täglich|tag für tag"),
        (Cue::Week, "woche|wochen|wöchentlich|vorwoche"),
        (Cue::Month, "monat|monate|monaten|monats|monatlich|vormonat|vormonats"),
        (Cue::Quarter, "quartal|quartale|quartals|vierteljahr|vorquartal"),
        (Cue::Year, "jahr|jahre|jahren|jahres|jährlich|vorjahr|vorjahres|vorjahresmonat"),
        (Cue::Period, "zeitraum|zeitraums|periode"),
        (
            Cue::Top,
            "top|beste|besten|bester|bestes|größte|größten|größter|führende|führenden|rangliste|stärkste|stärksten|spitzenreiter",
        ),
        (
            Cue::Bottom,
            "schlechteste|schlechtesten|schlechtester|kleinste|kleinsten|kleinster|schwächste|schwächsten|flop|schlusslichter",
        ),
        (
            Cue::High,
            "höchste|höchsten|höchster|maximum|max|höchstwert|rekord|spitzenwert|am höchsten",
        ),
        (
            Cue::Low,
            "niedrigste|niedrigsten|niedrigster|tiefste|tiefsten|minimum|tiefstwert|am niedrigsten",
        ),
        (
            Cue::By,
            "nach|pro|je|aufgeteilt|aufgeteilt nach|aufgeschlüsselt nach|aufschlüsselung nach|aufschlüsseln nach|gruppiert nach",
        ),
        (Cue::As, "als|als ein|in form von|umwandeln|zeichne|stattdessen"),
        (
            Cue::Show,
            "zeig|zeige|zeigen|gib|schick|schicke|sende|liste|sehen|möchte|brauche|anzeigen",
        ),
        (Cue::Chart, "diagramm|grafik|schaubild|bild|chart"),
        (Cue::Line, "linie|linien|liniendiagramm|kurve"),
        (Cue::Bar, "balken|säulen|balkendiagramm|säulendiagramm"),
        (Cue::Area, "fläche|flächen|flächendiagramm"),
        (
            Cue::Pie,
            "kreis|torte|kuchen|ring|kreisdiagramm|tortendiagramm|kuchendiagramm|ringdiagramm",
        ),
        (Cue::Lying, "liegend|liegende|liegenden|waagerecht|waagrecht|horizontal"),
        (Cue::Stacked, "gestapelt|gestapelte|gestapelten"),
        (Cue::Numbers, "zahlen|daten|werte|tabelle|zeilen|rohdaten|einzelwerte"),
        (
            Cue::Latest,
            "aktuell|aktuelle|aktueller|aktuellen|aktuelles|neueste|neuester|neuesten|neuestes|jetzt|heute|stand|zusammenfassung|wie läuft|wie läuft es|wie steht|\
             wie steht es|wie geht es|wie viel|wie viele|wieviel|wieviele|überblick|kurzfassung|letzter wert|letzte wert",
        ),
        (Cue::Total, "summe|gesamt|insgesamt|gesamtsumme|gesamtwert|zusammen"),
        (
            Cue::Average,
            "durchschnitt|durchschnittlich|mittelwert|im schnitt|schnitt|im mittel",
        ),
        (
            Cue::Trend,
            "trend|tendenz|richtung|steigend|fallend|entwicklung|wachstum|wächst|steigt|sinkt|fällt",
        ),
        (Cue::Target, "ziel|ziele|zielwert|soll|plan|vorgabe|budget|zielvorgabe"),
        (
            Cue::Anomaly,
            "ausreißer|anomalie|anomalien|ungewöhnlich|ungewöhnliches|auffällig|auffälliges|auffälligkeiten|seltsam|komisch|normal",
        ),
        (
            Cue::Data,
            "wann|wie aktuell|von wann|wie alt|datenstand|stand der daten|welcher zeitraum|welchen zeitraum|aktualisiert|zuletzt aktualisiert|lücken|fehlen",
        ),
        (
            Cue::Meaning,
            "was bedeutet|was heißt|bedeutung|definition|einheit|einheiten|währung|was ist gemeint",
        ),
        (
            Cue::Help,
            "hilfe|was kann ich fragen|was kannst du|was können sie|möglichkeiten|befehle|hallo|guten tag|guten morgen|guten abend|moin|servus",
        ),
        (
            Cue::Thanks,
            "danke|vielen dank|danke schön|dankeschön|super|toll|prima|ok|okay|perfekt|alles klar|sehr gut|verstanden|gut gemacht",
        ),
        (
            Cue::Off,
            "ignoriere|ignorier|anweisung|anweisungen|passwort|passwörter|kennwort|geheimnis|geheimnisse|zugangsdaten|gedicht|witz|wetter|übersetze|rezept|\
             präsident|bundeskanzler|hausaufgaben|schreib|schreibe|wer bist du|wie heißt du|prognose|vorhersage|nächste woche|nächsten monat|nächstes jahr|\
             nächster woche|nächsten jahr|morgen",
        ),
    ],
    plain: "haben erreicht gibt etwas irgendetwas irgendwas nichts sanken stiegen fielen verkauft erzielt passiert liegt also \
            der die das den dem des ein eine einen einem einer eines und oder ist sind war waren sein wird werden wurde hat haben habe hatte im in am an auf aus bei mit \
            von vom zu zum zur für um über unter durch es er sie wir ihr ich du mir mich uns unser unsere unserer unseren mein meine dein diese dieser dieses \
            diesen diesem was wer wie wo welche welcher welches welchen so sehr viel viele bitte mal sag sage nur auch noch schon nicht kein keine mehr weniger \
            ja nein denn da dann dort hier alle alles gefallen gesunken gestiegen gewachsen eingebrochen zurückgegangen abgenommen zugenommen fiel sank stieg wuchs \
            brach ein anstieg rückgang änderung geändert verändert besser schlechter höher niedriger zahl wert ergebnis ergebnisse geht ging kannst können könntest \
            könnten plötzlich stark wieder umsatz genau seit bis sich hoch runter",
    numerals: ["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"],
    say,
};

fn say(remark: &Remark) -> String {
    match remark {
        Remark::WhereNotWhy => "Die Zahlen zeigen, wo sich etwas bewegt hat, nicht warum.".to_owned(),
        Remark::NoDates => "Die Daten zu diesem Diagramm haben kein Datum; es gibt nichts Früheres zum Vergleichen.".to_owned(),
        Remark::TooFine => "So fein sind die Daten zeitlich nicht aufgelöst.".to_owned(),
        Remark::NotBack => "So weit reichen die Daten nicht zurück.".to_owned(),
        Remark::NoTarget => "Dieses Diagramm hat keinen Zielwert.".to_owned(),
        Remark::NothingUnusual => "An diesen Zahlen ist nichts auffällig.".to_owned(),
        Remark::NoTotal => "Diese Zahlen lassen sich nicht sinnvoll addieren.".to_owned(),
        Remark::Breakdown { measure, by } => format!("{measure} nach {by}"),
        Remark::Ranked { measure, by, is_largest } => {
            let by = by.map(|by| format!(" nach {by}")).unwrap_or_default();
            let first = if *is_largest { "größte" } else { "kleinste" };
            format!("{measure}{by}, {first} zuerst:")
        }
        Remark::Unfit { form, reason } => {
            let reason = match reason {
                Unfit::NoParts => "Dafür braucht es benannte Teile eines Ganzen.",
                Unfit::Negative => "Einige Werte liegen unter null.",
                Unfit::NoSteps => "Dafür braucht es Zeitpunkte oder Namen auf einer Achse.",
                Unfit::OneSeries => "Es gibt nur eine Reihe, also nichts zu stapeln.",
                Unfit::Rows => "Die Zeilen lassen sich so nicht zusammenfassen.",
            };
            format!("{form}: Das passt nicht zu diesen Daten. {reason}")
        }
        Remark::Dimensions { names: [] } => "Die Daten zu diesem Diagramm lassen sich nicht weiter aufteilen.".to_owned(),
        Remark::Dimensions { names } => format!("Diese Zahlen lassen sich aufteilen nach: {}.", names.join(", ")),
        Remark::Meaning { name, unit, joined } => {
            let unit = unit.map(|unit| format!(", in {unit}")).unwrap_or_default();
            let how = match joined {
                None => "",
                Some(None) => " Jede Zahl wird so gezeigt, wie sie in den Daten steht.",
                Some(Some(Aggregate::Sum)) => " Zusammengehörige Zeilen werden addiert.",
                Some(Some(Aggregate::Mean)) => " Von zusammengehörigen Zeilen wird der Durchschnitt gezeigt.",
                Some(Some(Aggregate::Median)) => " Von zusammengehörigen Zeilen wird der Median gezeigt.",
                Some(Some(Aggregate::Min)) => " Von zusammengehörigen Zeilen wird der kleinste Wert gezeigt.",
                Some(Some(Aggregate::Max)) => " Von zusammengehörigen Zeilen wird der größte Wert gezeigt.",
                Some(Some(Aggregate::Count)) => " Gezählt werden die Zeilen.",
            };
            format!("„{name}“ ist eine Spalte der Daten zu diesem Diagramm{unit}.{how}")
        }
        Remark::ReadAt { day, time } => format!("Die Daten wurden am {day} um {time} gelesen."),
        Remark::Help { title, by } => {
            let top = by.map(|by| format!(", „Top 5 nach {by}“")).unwrap_or_default();
            format!("Mögliche Fragen zu „{title}“: „Warum?“, „Vergleich zum letzten Monat“{top}, „als Balkendiagramm“, „zeig die Zahlen“.")
        }
        Remark::Declined { title } => {
            format!("Leider kann ich nur über „{title}“ Auskunft geben. Zum Beispiel: „Warum?“ oder „Zeig die Zahlen“.")
        }
    }
}
