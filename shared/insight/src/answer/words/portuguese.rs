//! Portuguese, as it is understood in Brazil and in Portugal.

use domain::chart_spec::Aggregate;
use domain::locale::Language;

use super::{Remark, Spoken, Unfit};
use crate::answer::cue::Cue;

pub(super) const SPOKEN: Spoken = Spoken {
    language: Language::Portuguese,
    tag: "pt-BR",
    cues: &[
        (
            Cue::Why,
            "por que|por quê|porque|porquê|o que aconteceu|que aconteceu|o que houve|motivo|motivos|razão|razões|causa|causas|explica|explique|explicação|\
             o que mudou|como assim|a que se deve|pq",
        ),
        (
            Cue::Compare,
            "compare|compara|comparar|comparado|comparada|comparação|em comparação|em relação|versus|vs|contra|do que|diferença|frente a|face a",
        ),
        (
            Cue::Previous,
            "passado|passada|anterior|anteriores|prévio|último|última|últimos|últimas|antes|atrás",
        ),
        (Cue::Yesterday, "ontem|no dia anterior"),
        (Cue::Day, "dia|dias|diário|diária"),
        (Cue::Week, "semana|semanas|semanal"),
        (Cue::Month, "mês|meses|mensal"),
        (Cue::Quarter, "trimestre|trimestres|trimestral"),
        (Cue::Year, "ano|anos|anual"),
        (Cue::Period, "período|períodos"),
        (
            Cue::Top,
            "top|melhor|melhores|maior|maiores|principais|ranking|líderes|primeiros|primeiras",
        ),
        (Cue::Bottom, "pior|piores|menor|menores|mais fraco|mais fracos"),
        (
            Cue::High,
            "máximo|máxima|pico|recorde|mais alto|mais alta|valor mais alto|maior valor",
        ),
        (Cue::Low, "mínimo|mínima|mais baixo|mais baixa|valor mais baixo|menor valor"),
        (
            Cue::By,
            "por|por cada|para cada|segundo|detalhado por|dividido por|quebra por|detalhe por|discriminado por",
        ),
        (
            Cue::As,
            "como|em forma de|como um|como uma|converte em|converta em|transforme em|muda para|mude para|desenha|desenhe",
        ),
        (
            Cue::Show,
            "mostra|mostre|mostrar|me mostra|me mostre|dê|dá|manda|mande|envia|envie|ver|quero|preciso|lista|liste",
        ),
        (Cue::Chart, "gráfico|diagrama|imagem"),
        (Cue::Line, "linha|linhas|gráfico de linha|gráfico de linhas|curva"),
        (Cue::Bar, "barra|barras|colunas|gráfico de barras|gráfico de colunas"),
        (Cue::Area, "área|áreas|gráfico de área|gráfico de áreas"),
        (Cue::Pie, "pizza|torta|rosca|anel|circular|gráfico de pizza|gráfico circular"),
        (Cue::Lying, "horizontal|horizontais|deitadas"),
        (Cue::Stacked, "empilhado|empilhada|empilhados|empilhadas"),
        (Cue::Numbers, "números|dados|valores|tabela|linhas da tabela|detalhes|cifras"),
        (
            Cue::Latest,
            "atual|atuais|agora|hoje|resumo|resume|estado|situação|como vai|como vão|como está|como estamos|como anda|quanto|quanta|quantos|quantas|\
             mais recente|último valor|recente",
        ),
        (Cue::Total, "total|totais|soma|no total|somado|ao todo"),
        (Cue::Average, "média|médio|em média"),
        (
            Cue::Trend,
            "tendência|tendências|direção|subindo|caindo|crescendo|crescimento|evolução|a subir|a descer",
        ),
        (Cue::Target, "meta|metas|objetivo|objetivos|orçamento|alvo"),
        (
            Cue::Anomaly,
            "anomalia|anomalias|fora do normal|incomum|estranho|estranha|atípico|atípica|fora da curva|normal|chama a atenção",
        ),
        (
            Cue::Data,
            "quando|atualizado|atualizados|de quando|que período|qual período|quais datas|última atualização|faltam|faltando|faltando dados",
        ),
        (
            Cue::Meaning,
            "o que significa|que significa|significado|definição|define|unidade|unidades|o que quer dizer|moeda",
        ),
        (
            Cue::Help,
            "ajuda|o que posso perguntar|o que você faz|o que você pode|opções|oi|olá|bom dia|boa tarde|boa noite|comandos",
        ),
        (
            Cue::Thanks,
            "obrigado|obrigada|muito obrigado|muito obrigada|valeu|perfeito|ótimo|ok|beleza|legal|entendi|excelente|muito bem|show de bola",
        ),
        (
            Cue::Off,
            "ignore|ignora|instruções|senha|senhas|palavra passe|segredo|segredos|poema|piada|traduza|traduz|receita de bolo|presidente|lição de casa|escreva|\
             quem é você|qual o seu nome|previsão|prever|preveja|próxima semana|próximo mês|próximo ano|semana que vem|mês que vem|amanhã",
        ),
    ],
    plain: "algo algum alguma nada caíram baixaram subiram aumentaram cresceram diminuíram caem sobem vendemos vendido então atingimos batemos \
            o a os as um uma uns umas ao aos à às do da dos das no na nos nas num numa de em com e ou é são era foi foram ser está estão há que qual quais quem \
            onde como se seu sua seus suas meu minha nosso nossa nossos nossas me nos lhe isto isso esta este esse essa estes estas esses essas muito mais menos \
            tanto tão por favor sobre para pra se não sim já também só caiu caído cai queda baixou subiu sobe subido subida aumentou aumento cresceu crescido \
            diminuiu desceu mudou mudança melhorou piorou número valor resultado resultados vai vão fez outra vez todo todos todas tudo pode poderia você diga \
            fale vendas desde até exatamente pelo pela pelos pelas",
    numerals: ["um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"],
    say,
};

fn say(remark: &Remark) -> String {
    match remark {
        Remark::WhereNotWhy => "Os números mostram onde houve mudanças, não por quê.".to_owned(),
        Remark::NoDates => "Os dados deste gráfico não têm datas, por isso não há um período anterior para comparar.".to_owned(),
        Remark::TooFine => "As datas dos dados não são tão detalhadas.".to_owned(),
        Remark::NotBack => "Os dados não vão tão longe no passado.".to_owned(),
        Remark::NoTarget => "Este gráfico não tem meta.".to_owned(),
        Remark::NothingUnusual => "Nada chama a atenção nestes números.".to_owned(),
        Remark::NoTotal => "Não faz sentido somar estes números.".to_owned(),
        Remark::Breakdown { measure, by } => format!("{measure} por {by}"),
        Remark::Ranked { measure, by, is_largest } => {
            let by = by.map(|by| format!(" por {by}")).unwrap_or_default();
            let first = if *is_largest { "maior para o menor" } else { "menor para o maior" };
            format!("{measure}{by}, do {first}:")
        }
        Remark::Unfit { form, reason } => {
            let reason = match reason {
                Unfit::NoParts => "São necessárias partes de um todo, cada uma com seu nome.",
                Unfit::Negative => "Alguns valores estão abaixo de zero.",
                Unfit::NoSteps => "São necessárias datas ou nomes em um dos eixos.",
                Unfit::OneSeries => "Há apenas uma série, por isso não há o que empilhar.",
                Unfit::Rows => "As linhas não podem ser reunidas dessa forma.",
            };
            format!("{form}: não é adequado para estes dados. {reason}")
        }
        Remark::Dimensions { names: [] } => "Os dados deste gráfico não permitem detalhar estes números.".to_owned(),
        Remark::Dimensions { names } => format!("Estes números podem ser detalhados por: {}.", names.join(", ")),
        Remark::Meaning { name, unit, joined } => {
            let unit = unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            let how = match joined {
                None => "",
                Some(None) => " Cada número aparece como está nos dados.",
                Some(Some(Aggregate::Sum)) => " As linhas que pertencem ao mesmo ponto são somadas.",
                Some(Some(Aggregate::Mean)) => " Das linhas que pertencem ao mesmo ponto, mostra-se a média.",
                Some(Some(Aggregate::Median)) => " Das linhas que pertencem ao mesmo ponto, mostra-se a mediana.",
                Some(Some(Aggregate::Min)) => " Das linhas que pertencem ao mesmo ponto, mostra-se o mínimo.",
                Some(Some(Aggregate::Max)) => " Das linhas que pertencem ao mesmo ponto, mostra-se o máximo.",
                Some(Some(Aggregate::Count)) => " As linhas são contadas.",
            };
            format!("“{name}” é uma coluna dos dados deste gráfico{unit}.{how}")
        }
        Remark::ReadAt { day, time } => format!("Os dados foram lidos em {day}, às {time}."),
        Remark::Help { title, by } => {
            let top = by.map(|by| format!(", “top 5 por {by}”")).unwrap_or_default();
            format!(
                "Sobre “{title}” é possível perguntar: “por quê?”, “compare com o mês passado”{top}, “como gráfico de barras”, “mostre os números”."
            )
        }
        Remark::Declined { title } => format!("Desculpe, só posso falar sobre “{title}”. Por exemplo: “por quê?” ou “mostre os números”."),
    }
}
