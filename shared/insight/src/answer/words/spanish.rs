//! Spanish.

use domain::chart_spec::Aggregate;
use domain::locale::Language;

use super::{Remark, Spoken, Unfit};
use crate::answer::cue::Cue;

pub(super) const SPOKEN: Spoken = Spoken {
    language: Language::Spanish,
    tag: "es",
    cues: &[
        (
            Cue::Why,
            "por qué|porqué|a qué se debe|qué pasó|qué ha pasado|qué ocurrió|qué sucedió|motivo|motivos|razón|razones|causa|causas|explica|explícame|\
             explicación|qué cambió|qué ha cambiado|debido a qué|cómo es que|pq|xq",
        ),
        (
            Cue::Compare,
            "frente al|respecto a|respecto al|compara|comparar|comparado|comparada|compáralo|compárala|comparación|en comparación|frente a|contra|versus|vs|respecto|que en|diferencia",
        ),
        (
            Cue::Previous,
            "pasado|pasada|anterior|anteriores|previo|previa|último|última|últimos|últimas|antes|hace",
        ),
        (Cue::Yesterday, "ayer|el día anterior"),
        (Cue::Day, "día|días|diario|diaria"),
        (Cue::Week, "semana|semanas|semanal"),
        (Cue::Month, "mes|meses|mensual"),
        (Cue::Quarter, "trimestre|trimestres|trimestral"),
        (Cue::Year, "año|años|anual|interanual"),
        (Cue::Period, "período|periodo|períodos"),
        (
            Cue::Top,
            "top|mejor|mejores|mayor|mayores|más grande|más grandes|más alto|principales|ranking|clasificación|líderes|primeros|primeras",
        ),
        (
            Cue::Bottom,
            "peor|peores|menor|menores|más pequeño|más pequeños|más débil|más débiles",
        ),
        (Cue::High, "máximo|máxima|pico|récord|valor más alto|el más alto|más alta"),
        (Cue::Low, "mínimo|mínima|valor más bajo|el más bajo|más bajo|más baja"),
        (
            Cue::By,
            "por|según|por cada|para cada|desglose|desglosa|desglosado|desglosado por|dividido por|desglosar|desglose por",
        ),
        (
            Cue::As,
            "como|en forma de|como un|como una|convierte en|cambia a|dibuja|conviértelo en",
        ),
        (
            Cue::Show,
            "muestra|muéstrame|muéstralo|muéstrala|mostrar|enséñame|enseña|dame|manda|mándame|envía|envíame|ver|quiero|necesito|lista",
        ),
        (Cue::Chart, "gráfico|gráfica|diagrama|imagen"),
        (Cue::Line, "línea|líneas|gráfico de líneas|gráfica de líneas|curva"),
        (Cue::Bar, "barra|barras|columnas|gráfico de barras|gráfica de barras"),
        (Cue::Area, "área|áreas|gráfico de área|gráfico de áreas"),
        (Cue::Pie, "tarta|pastel|torta|dona|anillo|circular|gráfico circular|rosquilla"),
        (Cue::Lying, "horizontal|horizontales|tumbadas"),
        (Cue::Stacked, "apilado|apilada|apilados|apiladas"),
        (Cue::Numbers, "números|cifras|datos|valores|tabla|filas|detalle|detalles"),
        (
            Cue::Latest,
            "actual|actuales|ahora|hoy|resumen|resume|estado|cómo va|cómo van|cómo vamos|cómo está|cómo le va|cuánto|cuánta|cuántos|cuántas|valor actual|\
             más reciente|último valor|último dato|reciente|cuánto es",
        ),
        (Cue::Total, "total|totales|suma|en total|sumado"),
        (Cue::Average, "promedio|media|medio|de media|en promedio"),
        (
            Cue::Trend,
            "tendencia|tendencias|dirección|subiendo|bajando|creciendo|cayendo|crecimiento|evolución",
        ),
        (Cue::Target, "objetivo|objetivos|meta|metas|presupuesto|cuota"),
        (
            Cue::Anomaly,
            "anomalía|anomalías|atípico|atípicos|inusual|raro|rara|extraño|extraña|llamativo|llamativa|normal|llama la atención",
        ),
        (
            Cue::Data,
            "cuándo|actualizado|actualizados|actualizó|de cuándo|qué período|qué periodo|qué fechas|última actualización|faltan|qué tan recientes|frescos",
        ),
        (
            Cue::Meaning,
            "qué significa|significado|definición|define|unidad|unidades|qué quiere decir|moneda",
        ),
        (
            Cue::Help,
            "ayuda|qué puedo preguntar|qué puedes hacer|qué sabes hacer|opciones|hola|buenos días|buenas tardes|buenas noches|comandos",
        ),
        (
            Cue::Thanks,
            "gracias|muchas gracias|vale|perfecto|genial|estupendo|ok|de acuerdo|muy bien|entendido|excelente",
        ),
        (
            Cue::Off,
            "ignora|instrucciones|contraseña|contraseñas|clave|secreto|secretos|poema|chiste|tiempo hace|traduce|receta|presidente|deberes|escribe|\
             quién eres|cómo te llamas|pronóstico|predice|predicción|previsión|próxima semana|próximo mes|próximo año|semana que viene|mañana",
        ),
    ],
    plain: "algo alguno alguna algunos nada cayeron bajaron subieron aumentaron crecieron disminuyeron caen bajan suben vendimos vendido entonces cumplimos alcanzamos \
            el la los las un una unos unas lo al del de a en con y o u e es son era fue fueron ser está están ha han he hay que qué cuál cuáles quién dónde cómo se \
            su sus mi mis nuestro nuestra nuestros nuestras me te nos le les esto esta este estos estas eso esa ese ello muy más menos mucho tanto tan por favor \
            sobre para si no sí ya también solo sólo cayó caído cae bajó baja bajado subió sube subido aumentó aumentado creció crecido disminuyó descendió caída \
            subida aumento descenso cambió cambiado cambio mejoró empeoró número valor resultado resultados va van vamos hizo otra vez todo todos puedes podrías \
            puede podría dime di cuenta ventas desde hasta exactamente",
    numerals: ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
    say,
};

fn say(remark: &Remark) -> String {
    match remark {
        Remark::WhereNotWhy => "Los números muestran dónde hubo cambios, no por qué.".to_owned(),
        Remark::NoDates => "Los datos de este gráfico no tienen fechas, así que no hay un período anterior con el que comparar.".to_owned(),
        Remark::TooFine => "Las fechas de los datos no son tan detalladas.".to_owned(),
        Remark::NotBack => "Los datos no llegan tan atrás.".to_owned(),
        Remark::NoTarget => "Este gráfico no tiene un objetivo.".to_owned(),
        Remark::NothingUnusual => "No hay nada llamativo en estos números.".to_owned(),
        Remark::NoTotal => "Estos números no tienen una suma con sentido.".to_owned(),
        Remark::Breakdown { measure, by } => format!("{measure} por {by}"),
        Remark::Ranked { measure, by, is_largest } => {
            let by = by.map(|by| format!(" por {by}")).unwrap_or_default();
            let first = if *is_largest { "mayor a menor" } else { "menor a mayor" };
            format!("{measure}{by}, de {first}:")
        }
        Remark::Unfit { form, reason } => {
            let reason = match reason {
                Unfit::NoParts => "Hacen falta las partes de un todo, cada una con su nombre.",
                Unfit::Negative => "Algunos valores están por debajo de cero.",
                Unfit::NoSteps => "Hacen falta fechas o nombres en uno de los ejes.",
                Unfit::OneSeries => "Solo hay una serie, así que no hay nada que apilar.",
                Unfit::Rows => "Sus filas no se pueden reunir así.",
            };
            format!("{form}: no es adecuado para estos datos. {reason}")
        }
        Remark::Dimensions { names: [] } => "Los datos de este gráfico no permiten desglosar estos números.".to_owned(),
        Remark::Dimensions { names } => format!("Estos números se pueden desglosar por: {}.", names.join(", ")),
        Remark::Meaning { name, unit, joined } => {
            let unit = unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            let how = match joined {
                None => "",
                Some(None) => " Cada número se muestra tal como está en los datos.",
                Some(Some(Aggregate::Sum)) => " Las filas que van juntas se suman.",
                Some(Some(Aggregate::Mean)) => " De las filas que van juntas se muestra el promedio.",
                Some(Some(Aggregate::Median)) => " De las filas que van juntas se muestra la mediana.",
                Some(Some(Aggregate::Min)) => " De las filas que van juntas se muestra el mínimo.",
                Some(Some(Aggregate::Max)) => " De las filas que van juntas se muestra el máximo.",
                Some(Some(Aggregate::Count)) => " Se cuentan las filas.",
            };
            format!("«{name}» es una columna de los datos de este gráfico{unit}.{how}")
        }
        Remark::ReadAt { day, time } => format!("Los datos se leyeron el {day} a las {time}."),
        Remark::Help { title, by } => {
            let top = by.map(|by| format!(", «top 5 por {by}»")).unwrap_or_default();
            format!(
                "Sobre «{title}» se puede preguntar: «¿por qué?», «compara con el mes pasado»{top}, «como gráfico de barras», «muestra los números»."
            )
        }
        Remark::Declined { title } => {
            format!("Lo siento, solo puedo hablar de «{title}». Por ejemplo: «¿por qué?» o «muestra los números».")
        }
    }
}
