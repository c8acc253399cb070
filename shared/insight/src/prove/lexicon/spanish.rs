//! Spanish.

use domain::series::Grain;

use super::Term::*;
use super::{Entry, Noun, Topic};
use crate::fact::Direction::{Down, Up};

pub(super) const WORDS: &[Entry] = &[
    (
        Both(&[Topic(Topic::Together), Beside(Up)]),
        "correlación positiva|relación positiva|relación directa",
    ),
    (
        Both(&[Topic(Topic::Together), Beside(Down)]),
        "correlación negativa|relación negativa|relación inversa",
    ),
    (
        Move(Up),
        "subió|subieron|sube|suben|subir|subido|subiendo|subida|subidas|aumentó|aumentaron|aumenta|aumentan|aumento|aumentos|aumentado|aumentando|creció|\
         crecieron|crece|crecen|crecimiento|crecido|creciendo|incremento|incrementó|incrementaron|incrementado|ganó|ganaron|gana|mejoró|mejoraron|avanzó|\
         avanzaron|avance|repuntó|repunte|superó|superaron|supera|superan|escaló|alza|al alza|ascenso|ascendió un|hacia arriba|ascendente|creciente|se disparó",
    ),
    (
        Move(Down),
        "bajó|bajaron|baja|bajan|bajar|bajado|bajando|bajada|bajadas|cayó|cayeron|cae|caen|caída|caídas|caído|cayendo|disminuyó|disminuyeron|disminuye|\
         disminución|disminuido|descendió|descendieron|desciende|descenso|descensos|descendido|redujo|redujeron|reducción|reducido|perdió|perdieron|pierde|\
         retrocedió|retrocedieron|retroceso|decreció|empeoró|a la baja|hacia abajo|descendente|decreciente|se desplomó|se hundió",
    ),
    (Beside(Up), "más|por encima|encima|superior|mayores|arriba"),
    (Beside(Down), "menos|por debajo|debajo|inferior|menores|abajo"),
    (
        Both(&[Move(Up), Most]),
        "mayor subida|mayor aumento|mayor alza|mayor incremento|mayor crecimiento|mayor avance",
    ),
    (
        Both(&[Move(Down), Most]),
        "mayor bajada|mayor caída|mayor descenso|mayor disminución|mayor retroceso|mayor reducción",
    ),
    (
        Most,
        "más que nadie|la que más|el que más|lo que más|los que más|más que ninguna|más que ninguno|más que ningún otro|más que ninguna otra",
    ),
    (Same, "igual que|igual a|igual al|idéntico a"),
    (
        Flat,
        "sin cambios|sin variación|no hubo cambios|no hubo cambio|ningún cambio|no hubo variación|plano|se mantuvo|no cambió|no varió|estable en|idéntico",
    ),
    (
        Little,
        "apenas cambió|apenas varió|casi sin cambios|prácticamente sin cambios|sin cambios relevantes|sin cambio relevante|estable|apenas varía|apenas cambia",
    ),
    (
        Extreme(Up),
        "menos bajo|menos baja|más alto|más alta|más altos|más elevado|más elevada|máximo|máxima|máximos|mayor|mejor|pico|récord|más grande|lidera|lideró|encabeza|encabezó|primer|primero|primera|el mejor|valor más alto",
    ),
    (
        Extreme(Down),
        "menos alto|menos alta|más bajo|más baja|más bajos|mínimo|mínima|mínimos|menor|peor|más pequeño|más pequeña|último puesto|última posición|valor más bajo",
    ),
    (
        Rank(2),
        "segundo|segunda|segundo mayor|segunda mayor|segundo más alto|segunda más alta|segunda más grande|segundo más grande",
    ),
    (
        Rank(3),
        "tercero|tercera|tercer|tercer mayor|tercera mayor|tercera más grande|tercero más grande",
    ),
    (Rank(4), "cuarto|cuarta"),
    (Rank(5), "quinto|quinta"),
    (Next, "le sigue|le siguen|sigue|siguiente"),
    (Factor(2, 1), "duplicó|duplicaron|se duplicó|se duplicaron|el doble|doble|duplicado"),
    (Factor(3, 1), "triplicó|triplicaron|se triplicó|el triple|triple"),
    (Factor(1, 2), "se redujo a la mitad|redujo a la mitad|la mitad que|cayó a la mitad"),
    (Part(1, 2), "la mitad|mitad"),
    (Part(1, 3), "un tercio"),
    (Part(2, 3), "dos tercios"),
    (Part(1, 4), "un cuarto|una cuarta parte|la cuarta parte"),
    (Part(3, 4), "tres cuartos|tres cuartas partes"),
    (Not, "no|nunca|ni|sin|tampoco"),
    (
        From,
        "desde|frente a|frente al|respecto a|respecto al|respecto de|comparado con|comparada con|en comparación con|contra|con respecto a|que|a partir de",
    ),
    (Of, "de|del"),
    (To, "a|al|hasta|hasta los|hasta las|alcanzando"),
    (And, "y|e|mientras|mientras que|pero|aunque|luego|en cambio"),
    (
        Topic(Topic::Share),
        "del total|de la suma|cuota|representa|representan|supone|suponen|proporción|porcentaje del|corresponde a|concentra|concentran|de todas|de todo",
    ),
    (Topic(Topic::Contribution), "del cambio|de la variación"),
    (
        Topic(Topic::OfRise),
        "de la subida|del aumento|del incremento|del crecimiento|de la subida total|del aumento total",
    ),
    (
        Topic(Topic::OfFall),
        "de la bajada|de la caída|del descenso|de la bajada total|de la caída total|del descenso total",
    ),
    (
        Topic(Topic::Total),
        "total|en total|en conjunto|suma|suman|sumaron|en suma|el total",
    ),
    (
        Topic(Topic::Trend),
        "tendencia|tendencias|al mes|al día|a la semana|al año|al trimestre|por mes|por día|por semana|por año|por trimestre|por hora|a la hora|por minuto|cada mes|cada día|cada semana",
    ),
    (
        Topic(Topic::Usual),
        "habitual|habituales|habitualmente|normal|normales|normalmente|lo habitual|lo normal|sería de esperar|mediana|de costumbre|sería lo habitual|cabía esperar|cabría esperar|suele|suelen",
    ),
    (
        Topic(Topic::Unusual),
        "inusual|inusuales|inusualmente|anomalía|anómalo|anómala|atípico|atípica|fuera de lo común|poco habitual|fuera de lo normal|llama la atención|destaca|se sale de lo habitual",
    ),
    (
        Topic(Topic::Streak),
        "seguidos|seguidas|consecutivos|consecutivas|consecutivo|racha|veces seguidas",
    ),
    (
        Topic(Topic::SoFar),
        "hasta ahora|por ahora|hasta el momento|en lo que va|de momento|aún no ha terminado|todavía no ha terminado|aún en curso",
    ),
    (
        Topic(Topic::Missing),
        "falta|faltan|faltante|faltantes|lagunas|huecos|sin valor|sin datos|no hay datos|no hay valores|no hay ningún dato|vacíos",
    ),
    (
        Topic(Topic::Newest),
        "datos hasta|los datos llegan|los datos terminan|los datos acaban|datos terminan|últimos datos|los datos llegan hasta|datos llegan hasta",
    ),
    (
        Topic(Topic::Read),
        "leído|leídos|leídas|leída|consultado|consultados|a fecha de|no había nada más reciente|nada más reciente|lectura|no había nada|nada más nuevo|no había datos|no había ningún dato|entonces",
    ),
    (Topic(Topic::Target), "objetivo|objetivos|meta|metas|presupuesto"),
    (
        Topic(Topic::Met),
        "cumplió|cumplido|cumple|alcanzó|alcanzado|alcanza|se cumplió|logró|logrado",
    ),
    (
        Topic(Topic::Missed),
        "incumplió|incumplido|no alcanzó|no cumplió|no se alcanzó|no alcanza|no se cumplió|lejos de",
    ),
    (Topic(Topic::Middle), "la mitad central|mitad central|mitad de los valores"),
    (Topic(Topic::Together), "juntos|juntas|correlación|relación|van de la mano"),
    (
        Topic(Topic::LastYear),
        "interanual|hace un año|un año antes|del año anterior|el año anterior|año pasado|el año pasado|52 semanas antes|año tras año",
    ),
    (Topic(Topic::Age), "de antigüedad|antigüedad|atrasado|atrasados"),
    (
        Topic(Topic::Against),
        "en sentido contrario|al contrario|en dirección contraria|sentido contrario",
    ),
    (Noun(Noun::Period(Grain::Minute)), "minuto|minutos"),
    (Noun(Noun::Period(Grain::Hour)), "hora|horas"),
    (Noun(Noun::Period(Grain::Day)), "día|días"),
    (Noun(Noun::Period(Grain::Week)), "semana|semanas"),
    (Noun(Noun::Period(Grain::Month)), "mes|meses"),
    (Noun(Noun::Period(Grain::Quarter)), "trimestre|trimestres"),
    (Noun(Noun::Period(Grain::Year)), "año|años"),
    (Noun(Noun::Values), "valor|valores|puntos|punto|datos|dato|lecturas"),
    (Noun(Noun::Categories), "categoría|categorías|grupos|nombres|intervalos"),
    (Noun(Noun::Moves), "veces|vez|subidas|bajadas"),
    (Noun(Noun::Series), "series|serie|líneas|partes"),
    (
        Filler,
        "completos|completas|completo|completa|mostrados|mostradas|enteros|seguidos|consecutivos|mayores|últimos|últimas",
    ),
    (Earlier, "anteriores|previos|previas|antes"),
    (Ago(0, Grain::Day), "hoy"),
    (Ago(1, Grain::Day), "ayer"),
    (Ago(0, Grain::Week), "esta semana"),
    (Ago(1, Grain::Week), "la semana pasada|semana pasada"),
    (Ago(0, Grain::Month), "este mes"),
    (Ago(1, Grain::Month), "el mes pasado|mes pasado"),
    (Ago(0, Grain::Quarter), "este trimestre"),
    (Ago(1, Grain::Quarter), "el trimestre pasado|trimestre pasado"),
    (Ago(0, Grain::Year), "este año"),
    (Past, "últimos|últimas"),
    (Month(1), "enero|ene"),
    (Month(2), "febrero|feb"),
    (Month(3), "marzo|mar"),
    (Month(4), "abril|abr"),
    (Month(5), "mayo|may"),
    (Month(6), "junio|jun"),
    (Month(7), "julio|jul"),
    (Month(8), "agosto|ago"),
    (Month(9), "septiembre|setiembre|sept|sep|set"),
    (Month(10), "octubre|oct"),
    (Month(11), "noviembre|nov"),
    (Month(12), "diciembre|dic"),
    (Weekday(0), "lunes|lun"),
    (Weekday(1), "martes"),
    (Weekday(2), "miércoles|mié"),
    (Weekday(3), "jueves|jue"),
    (Weekday(4), "viernes|vie"),
    (Weekday(5), "sábado|sáb"),
    (Weekday(6), "domingo|dom"),
    (Quarter(1), "t1|primer trimestre|1t"),
    (Quarter(2), "t2|segundo trimestre|2t"),
    (Quarter(3), "t3|tercer trimestre|3t"),
    (Quarter(4), "t4|cuarto trimestre|4t"),
    (WeekOf, "semana del|semana de"),
    (Count(1), "un|una|uno"),
    (Count(2), "dos|ambos|ambas"),
    (Count(3), "tres"),
    (Count(4), "cuatro"),
    (Count(5), "cinco"),
    (Count(6), "seis"),
    (Count(7), "siete"),
    (Count(8), "ocho"),
    (Count(9), "nueve"),
    (Count(10), "diez"),
    (Count(11), "once"),
    (Count(12), "doce"),
    (Minus, "negativo|negativa"),
    (Percent, "por ciento"),
    (Points, "puntos porcentuales|punto porcentual|pp|puntos de porcentaje"),
    (Time(1), "s|segundos|segundo"),
    (Time(60), "min"),
    (Time(3_600), "h"),
    (Time(86_400), "d"),
    (Currency(&["USD"]), "dólares|dólar"),
    (Currency(&["EUR"]), "euros|euro"),
    (Currency(&["MXN", "COP", "CLP", "ARS", "UYU"]), "pesos|peso"),
    (Currency(&["BRL"]), "reales"),
    (Currency(&["PEN"]), "soles"),
    (Times, "veces más|veces lo|veces la"),
    (Nearly, "casi|cerca de"),
    (
        Causal,
        "porque|debido a|debido al|gracias a|gracias al|a causa de|por culpa de|como resultado de|impulsado por|impulsada por|provocado por|se debe a|se debió a|por eso|ya que|a raíz de|motivado por",
    ),
    (
        Future,
        "será|serán|subirá|bajará|crecerá|caerá|podría|podrían|debería|probablemente|seguramente|previsto|prevista|se espera|se prevé|pronóstico|previsión|quizás|quizá|tal vez|próximo mes|próxima semana|próximo año|mañana|parece que|va a|van a|posiblemente|seguirá|aumentará|mejorará",
    ),
    (
        Vague,
        "mayoría|casi todo|casi toda|casi todos|casi todas|aceleró|aceleraron|aceleración|desaceleró|desaceleración|frenó|más rápido|más rápida|más lento|más lenta|desplomó|desplomaron|disparó|dispararon|hundió|hundieron|colapsó|explotó|anual|de la historia|de todos los tiempos|sin excepción",
    ),
    (
        Plain,
        "en|el|la|los|las|lo|se|su|sus|es|fue|fueron|era|son|está|estaba|con|por|para|un total|llegó|llegaron|situó|situaron|cerró|alcanzó los|unos|unas|aproximadamente|\
         cerca|según|entre|cada|también|aún|ya|este|esta|esto|eso|ese|hay|hubo|ha|han|tiene|tuvo|registró|registraron|marcó|aportó|pasó|pasaron|ocupa|puesto|lugar|\
         posición|parte|periodo|período|movimiento|variación|cambio|cambios|dato|todo|todos|todas|ambos|sobre|tras|durante|cuando|donde|como|solo|mes a mes|hace|lleva|\
         ronda|rondan|respectivamente|más reciente|más recientes|de un día para otro|de un día a otro|de una semana a otra|de un mes a otro|de un trimestre a otro|de un año a otro|\
         de una hora a otra|de un minuto a otro|de un paso a otro|de un día al siguiente|de una semana a la siguiente|de un mes al siguiente|de un trimestre al siguiente|\
         de un año al siguiente|de una hora a la siguiente|de un minuto al siguiente|cuanto|cuanto mayor",
    ),
];
