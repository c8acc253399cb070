//! German.

use domain::series::Grain;

use super::Term::*;
use super::{Entry, Noun, Topic};
use crate::fact::Direction::{Down, Up};

pub(super) const WORDS: &[Entry] = &[
    (
        Both(&[Topic(Topic::Together), Beside(Up)]),
        "positive korrelation|positiver zusammenhang|positiven zusammenhang",
    ),
    (
        Both(&[Topic(Topic::Together), Beside(Down)]),
        "negative korrelation|negativer zusammenhang|negativen zusammenhang",
    ),
    (
        Move(Up),
        "stieg|stiegen|steigt|steigen|gestiegen|steigend|anstieg|anstiege|anstiegs|steigerung|wuchs|wuchsen|wächst|wachsen|gewachsen|wachstum|zunahme|zunahm|\
         zugenommen|zuwachs|zuwachses|erhöhte|erhöhten|erhöht|erhöhung|gewann|gewannen|gewinnt|gewonnen|kletterte|kletterten|legte zu|legten zu|aufwärts|nach oben|\
         verbesserte|verbesserten|übertraf|übertrafen|übertrifft|anzog|höher|hinauf|sprang|ansteigend|zulegte|zulegten|hinzugewonnen|gesteigert",
    ),
    (
        Move(Down),
        "fiel|fielen|fällt|fallen|gefallen|fallend|sank|sanken|sinkt|sinken|gesunken|sinkend|rückgang|rückgänge|rückgangs|abnahme|abnahm|abgenommen|verringerte|\
         verringerten|verringert|verringerung|verlor|verloren|verliert|verlust|schrumpfte|schrumpften|ging zurück|gingen zurück|zurückgegangen|abwärts|nach unten|\
         verschlechterte|verfehlte um|niedriger|gab nach|reduzierte|reduziert|hinunter|stürzte|abfall|nachgegeben",
    ),
    (Beside(Up), "mehr|plus|über|oberhalb|größer"),
    (Beside(Down), "weniger|minus|unter|unterhalb|kleiner|geringer"),
    (
        Both(&[Move(Up), Most]),
        "stärkster anstieg|größter anstieg|stärkste zunahme|größte zunahme|größter zuwachs|stärkster zuwachs|stärksten anstieg|größten anstieg",
    ),
    (
        Both(&[Move(Down), Most]),
        "stärkster rückgang|größter rückgang|stärkste abnahme|größte abnahme|stärksten rückgang|größten rückgang|stärkster verlust",
    ),
    (Both(&[Move(Up), Topic(Topic::Trend)]), "aufwärtstrend|aufwärtstrends"),
    (Both(&[Move(Down), Topic(Topic::Trend)]), "abwärtstrend|abwärtstrends"),
    (Most, "am stärksten|am meisten|am deutlichsten"),
    (
        Same,
        "genau wie|ebenso wie|genauso hoch wie|so hoch wie|so viel wie|genauso viel wie",
    ),
    (
        Flat,
        "unverändert|keine veränderung|keine veränderungen|keine änderung|keinerlei veränderung|änderte sich nicht|veränderte sich nicht|nichts verändert|nichts geändert|gleich geblieben|gleichbleibend|blieb gleich|wie im vormonat",
    ),
    (
        Little,
        "kaum verändert|fast unverändert|nahezu unverändert|kaum bewegt|stabil|keine wesentliche änderung|keine wesentliche veränderung|praktisch unverändert",
    ),
    (
        Extreme(Up),
        "höchste|höchsten|höchster|höchstes|höchstwert|höchststand|größte|größten|größter|größtes|beste|besten|bester|bestes|spitze|rekord|rekordwert|spitzenwert|\
         spitzenreiter|am höchsten|am größten|maximum|führt|führte|erste|ersten|erster|meisten",
    ),
    (
        Extreme(Down),
        "niedrigste|niedrigsten|niedrigster|niedrigstes|tiefstwert|tiefststand|tiefpunkt|kleinste|kleinsten|kleinster|kleinstes|schlechteste|schlechtesten|\
         schlechtester|am niedrigsten|am kleinsten|minimum|geringste|geringsten|geringster|tiefste|tiefsten|schlusslicht|wenigsten",
    ),
    (
        Rank(2),
        "zweite|zweiten|zweiter|zweites|zweitgrößte|zweitgrößten|zweitgrößter|zweithöchste|zweithöchsten|zweithöchster|zweitbeste",
    ),
    (
        Rank(3),
        "dritte|dritten|dritter|drittes|drittgrößte|drittgrößten|drittgrößter|dritthöchste|dritthöchsten|drittbeste",
    ),
    (Rank(4), "vierte|vierten|vierter|viertgrößte|viertgrößten"),
    (Rank(5), "fünfte|fünften|fünfter|fünftgrößte"),
    (Next, "danach folgt|es folgt|gefolgt von|dahinter folgt|als nächstes"),
    (
        Factor(2, 1),
        "verdoppelte|verdoppelten|verdoppelt|verdopplung|verdoppelung|doppelt so viel|doppelt so hoch|doppelte|doppelt",
    ),
    (
        Factor(3, 1),
        "verdreifachte|verdreifachten|verdreifacht|dreimal so viel|dreifache|dreimal so hoch",
    ),
    (Factor(1, 2), "halbierte|halbierten|halbiert|halbierung|halb so viel|halb so hoch"),
    (Part(1, 2), "die hälfte|hälfte"),
    (Part(1, 3), "ein drittel"),
    (Part(2, 3), "zwei drittel"),
    (Part(1, 4), "ein viertel"),
    (Part(3, 4), "drei viertel"),
    (Part(1, 5), "ein fünftel"),
    (Not, "nicht|nie|kein|keine|keinen|keiner|ohne|niemals|weder"),
    (
        From,
        "seit|gegenüber|verglichen mit|im vergleich zu|im vergleich zum|im vergleich zur|als|statt|nach",
    ),
    (Of, "von|vom"),
    (To, "auf|bis|bis zu|bis zum|bis zur|bei|zu|zum|zur|erreichte|erreichten"),
    (And, "und|während|aber|sondern|doch|hingegen|dagegen|dann|wobei"),
    (
        Topic(Topic::Share),
        "der gesamtsumme|anteil|anteile|des gesamten|vom ganzen|der summe|aller|macht|machen|entfallen|entfällt|der gesamtmenge|des gesamtwerts|des gesamtwertes|vom gesamten|von allem",
    ),
    (Topic(Topic::Contribution), "der gesamten veränderung|der veränderung|der änderung"),
    (
        Topic(Topic::OfRise),
        "des anstiegs|der zunahme|des zuwachses|des gesamten anstiegs|der gesamten zunahme",
    ),
    (
        Topic(Topic::OfFall),
        "des rückgangs|der abnahme|des gesamten rückgangs|der gesamten abnahme",
    ),
    (
        Topic(Topic::Total),
        "insgesamt|gesamt|gesamtsumme|zusammen|summe|in summe|gesamtwert|alles zusammen",
    ),
    (
        Topic(Topic::Trend),
        "trend|trends|pro monat|pro tag|pro woche|pro jahr|pro quartal|pro stunde|pro minute|je monat|je tag|je woche|je quartal|je jahr|je stunde|je minute|im monat|am tag|steigung",
    ),
    (
        Topic(Topic::Usual),
        "üblich|übliche|üblichen|üblicher|üblicherweise|normal|normale|normalen|normalerweise|gewöhnlich|gewöhnliche|median|zu erwarten|erwartbar|wären üblich|wäre üblich|zu erwarten wären|zu erwarten wäre|erwarten ließ",
    ),
    (
        Topic(Topic::Unusual),
        "ungewöhnlich|ungewöhnliche|ungewöhnlicher|ungewöhnlichen|ungewöhnlich großer|anomalie|ausreißer|auffällig|auffällige|auffälliger|außergewöhnlich|fällt auf|fallen auf|fiel auf|sticht heraus|stechen heraus|sticht hervor",
    ),
    (
        Topic(Topic::Streak),
        "in folge|hintereinander|nacheinander|in serie|aufeinanderfolgend|aufeinanderfolgende|aufeinanderfolgenden|serie|mal in folge",
    ),
    (
        Topic(Topic::SoFar),
        "bisher|bislang|bis jetzt|noch nicht zu ende|noch nicht vorbei|läuft noch|noch nicht vorüber|noch nicht um|noch nicht abgeschlossen",
    ),
    (
        Topic(Topic::Missing),
        "fehlt|fehlen|fehlten|fehlende|fehlenden|lücken|lücke|ohne wert|ohne daten|keine werte|kein wert|keine daten|leer",
    ),
    (
        Topic(Topic::Newest),
        "daten bis|die daten enden|daten enden|daten reichen bis|die daten reichen bis|die daten reichen|neueste daten|daten bis einschließlich|stand der daten",
    ),
    (
        Topic(Topic::Read),
        "gelesen|abgerufen|ausgelesen|lag nichts neueres vor|nichts neueres|gab es nichts neueres|stand|lag nichts vor|neueres lag|da noch|abruf",
    ),
    (
        Topic(Topic::Target),
        "ziel|ziels|zielwert|ziele|zielmarke|vorgabe|soll|sollwert|planwert|budget",
    ),
    (Topic(Topic::Met), "erfüllt|erreicht|übertroffen|geschafft"),
    (Topic(Topic::Missed), "verfehlt|verfehlte|nicht erreicht|nicht erfüllt|unerreicht"),
    (Topic(Topic::Middle), "mittlere hälfte|die mittlere hälfte|hälfte der werte"),
    (Topic(Topic::Together), "gemeinsam|korrelation|zusammenhang|hängen zusammen"),
    (
        Topic(Topic::LastYear),
        "vorjahr|vorjahres|vorjahresmonat|vor einem jahr|im vorjahr|ein jahr zuvor|ein jahr davor|als im vorjahr|vorjahreswert|52 wochen zuvor|52 wochen davor|vorjahreszeitraum|jahr zuvor|ein jahr vorher",
    ),
    (Topic(Topic::Age), "alt|veraltet"),
    (
        Topic(Topic::Against),
        "in die andere richtung|in die gegenrichtung|gegen den trend|entgegengesetzt|dagegen gelaufen",
    ),
    (Noun(Noun::Period(Grain::Minute)), "minute|minuten"),
    (Noun(Noun::Period(Grain::Hour)), "stunde|stunden"),
    (Noun(Noun::Period(Grain::Day)), "tag|tage|tagen"),
    (Noun(Noun::Period(Grain::Week)), "woche|wochen"),
    (Noun(Noun::Period(Grain::Month)), "monat|monate|monaten|monats"),
    (Noun(Noun::Period(Grain::Quarter)), "quartal|quartale|quartalen|quartals"),
    (Noun(Noun::Period(Grain::Year)), "jahr|jahre|jahren|jahres"),
    (
        Noun(Noun::Values),
        "wert|werte|werten|werts|punkte|punkten|punkt|datenpunkte|messwerte",
    ),
    (
        Noun(Noun::Categories),
        "kategorie|kategorien|gruppen|namen|klassen|bereiche|bereichen",
    ),
    (Noun(Noun::Moves), "mal|male|anstiege|rückgänge"),
    (Noun(Noun::Series), "reihen|reihe|linien|teile|teilen"),
    (
        Filler,
        "vollen|volle|ganzen|ganze|gezeigten|gezeigte|dargestellten|vollständigen|vollständige|aufeinanderfolgenden|größten|letzten",
    ),
    (Earlier, "davor|zuvor|vorher"),
    (Ago(0, Grain::Day), "heute"),
    (Ago(1, Grain::Day), "gestern"),
    (Ago(0, Grain::Week), "diese woche|dieser woche"),
    (
        Ago(1, Grain::Week),
        "letzte woche|letzter woche|vorige woche|vergangene woche|in der vorwoche|vorwoche",
    ),
    (Ago(0, Grain::Month), "diesen monat|diesem monat"),
    (Ago(1, Grain::Month), "letzten monat|letztem monat|vorigen monat|vergangenen monat"),
    (Ago(0, Grain::Quarter), "dieses quartal|diesem quartal"),
    (Ago(1, Grain::Quarter), "letztes quartal|letztem quartal|voriges quartal"),
    (Ago(0, Grain::Year), "dieses jahr|diesem jahr"),
    (Past, "letzten|vergangenen"),
    (Month(1), "januar|jänner|jan"),
    (Month(2), "februar|feber|feb"),
    (Month(3), "märz|mär|mrz"),
    (Month(4), "april|apr"),
    (Month(5), "mai"),
    (Month(6), "juni|jun"),
    (Month(7), "juli|jul"),
    (Month(8), "august|aug"),
    (Month(9), "september|sept|sep"),
    (Month(10), "oktober|okt"),
    (Month(11), "november|nov"),
    (Month(12), "dezember|dez"),
    (Weekday(0), "montag|mo"),
    (Weekday(1), "dienstag|di"),
    (Weekday(2), "mittwoch|mi"),
    (Weekday(3), "donnerstag|do"),
    (Weekday(4), "freitag|fr"),
    (Weekday(5), "samstag|sonnabend|sa"),
    (Weekday(6), "sonntag|so"),
    (Quarter(1), "q1|erstes quartal|ersten quartal"),
    (Quarter(2), "q2|zweites quartal|zweiten quartal"),
    (Quarter(3), "q3|drittes quartal|dritten quartal"),
    (Quarter(4), "q4|viertes quartal|vierten quartal"),
    (WeekOf, "woche vom|woche ab|woche ab dem"),
    (Count(1), "ein|eine|einen|einem|einer"),
    (Count(2), "zwei|beide|beiden"),
    (Count(3), "drei"),
    (Count(4), "vier"),
    (Count(5), "fünf"),
    (Count(6), "sechs"),
    (Count(7), "sieben"),
    (Count(8), "acht"),
    (Count(9), "neun"),
    (Count(10), "zehn"),
    (Count(11), "elf"),
    (Count(12), "zwölf"),
    (Minus, "negativ"),
    (Percent, "prozent"),
    (Points, "prozentpunkte|prozentpunkt|prozentpunkten"),
    (Time(1), "s|sek|sekunden|sekunde"),
    (Time(60), "min"),
    (Time(3_600), "h|std"),
    (Time(86_400), "d|tg"),
    (Currency(&["USD"]), "dollar|us dollar"),
    (Currency(&["EUR"]), "euro"),
    (Currency(&["CHF"]), "franken"),
    (Currency(&["GBP"]), "pfund"),
    (Times, "mal so viel|mal so hoch|fache"),
    (Nearly, "fast|beinahe|nahezu|knapp"),
    (
        Causal,
        "weil|wegen|aufgrund|dank|infolge|durch die|durch den|durch das|verursacht|verursacht durch|zurückzuführen|deshalb|daher|deswegen|da die|da der|bedingt durch|getrieben von|getrieben durch|ursache|grund dafür|liegt an|lag an",
    ),
    (
        Future,
        "wird|werden|würde|könnte|könnten|dürfte|dürften|sollte|sollten|voraussichtlich|wahrscheinlich|vermutlich|erwartet|erwarten|prognose|prognosen|ausblick|nächsten monat|nächste woche|nächstes jahr|nächstes quartal|morgen|scheint|möglicherweise|vielleicht|eventuell|rechnen mit",
    ),
    (
        Vague,
        "mehrheit|großteil|überwiegend|fast alle|nahezu alle|beschleunigte|beschleunigten|beschleunigt|beschleunigung|verlangsamte|verlangsamten|verlangsamt|verlangsamung|schneller|langsamer|schnellsten|langsamsten|explodierte|explodierten|brach ein|brachen ein|eingebrochen|einbruch|schoss|jährlich|aller zeiten|ausnahmslos|durchweg|lag vor|liegt vor|lag hinter|liegt hinter",
    ),
    (
        Plain,
        "der|die|das|den|dem|des|im|in|am|an|ist|war|waren|sind|lag|lagen|liegt|liegen|kam|kamen|kommt|um|mit|für|etwa|rund|ungefähr|circa|ca|betrug|beträgt|betragen|es|sich|\
         ihr|ihre|sein|seine|auch|noch|nur|schon|jeweils|jede|jeder|jedes|diese|dieser|dieses|hat|hatte|haben|verzeichnete|verzeichneten|brachte|ging|gingen|platz|rang|\
         stelle|teil|zeitraum|bewegung|veränderung|änderung|wert von|daten|alle|allen|zwischen|nachdem|wenn|wo|wie|aus|man|sind es|steht|stehen|schritt|wurde|wurden|uhr|utc|\
         von einem tag auf den anderen|von einer woche auf die andere|von einem monat auf den anderen|von einem quartal auf das andere|von einem jahr auf das andere|\
         von einer stunde auf die andere|von einer minute auf die andere|von einem schritt zum nächsten|von einem tag zum nächsten|von einer woche zur nächsten|\
         von einem monat zum nächsten|von einem quartal zum nächsten|von einem jahr zum nächsten|von einer stunde zur nächsten|von einer minute zur nächsten|\
         je|desto|nach ort",
    ),
];
