//! Portuguese, as Brazil and Portugal write it.

use domain::series::Grain;

use super::Term::*;
use super::{Entry, Noun, Topic};
use crate::fact::Direction::{Down, Up};

pub(super) const WORDS: &[Entry] = &[
    (
        Both(&[Topic(Topic::Together), Beside(Up)]),
        "correlação positiva|relação positiva|relação direta",
    ),
    (
        Both(&[Topic(Topic::Together), Beside(Down)]),
        "correlação negativa|relação negativa|relação inversa",
    ),
    (
        Move(Up),
        "subiu|subiram|sobe|sobem|subir|subido|subindo|subida|subidas|aumentou|aumentaram|aumenta|aumentam|aumento|aumentos|aumentado|aumentando|cresceu|\
         cresceram|cresce|crescem|crescimento|crescido|crescendo|ganhou|ganharam|ganha|melhorou|melhoraram|avançou|avançaram|avanço|superou|superaram|supera|\
         superam|em alta|alta|altas|elevação|elevou|acréscimo|incremento|disparou|para cima|ascendente|crescente|recuperou",
    ),
    (
        Move(Down),
        "caiu|caíram|cai|caem|cair|caído|caindo|queda|quedas|diminuiu|diminuíram|diminui|diminuição|diminuindo|desceu|desceram|desce|descem|descida|descidas|\
         baixou|baixaram|baixa|recuou|recuaram|recua|recuo|reduziu|reduziram|redução|perdeu|perderam|perde|decresceu|piorou|encolheu|em queda|em baixa|\
         decréscimo|declínio|declinou|despencou|para baixo|descendente|decrescente",
    ),
    (Beside(Up), "mais|a mais|acima|superior|maiores"),
    (Beside(Down), "menos|a menos|abaixo|inferior|menores"),
    (
        Both(&[Move(Up), Most]),
        "maior alta|maior aumento|maior subida|maior crescimento|maior avanço",
    ),
    (
        Both(&[Move(Down), Most]),
        "maior queda|maior descida|maior recuo|maior redução|maior baixa|maior diminuição",
    ),
    (
        Most,
        "o que mais|a que mais|os que mais|as que mais|quem mais|mais do que todos|mais que todos|mais do que qualquer",
    ),
    (Same, "igual a|igual ao|igual à|igual aos|idêntico a"),
    (
        Flat,
        "sem alteração|sem mudança|não houve mudança|não houve mudanças|não houve alteração|não houve variação|nenhuma mudança|nenhuma alteração|inalterado|inalterada|sem variação|não mudou|não variou|manteve-se|manteve",
    ),
    (
        Little,
        "quase sem mudança|quase sem alteração|quase não mudou|praticamente estável|estável|pouco mudou|pouco variou|sem mudança relevante|sem alteração relevante|praticamente sem mudança|quase inalterado|quase inalterada|praticamente inalterado",
    ),
    (
        Extreme(Up),
        "menos baixo|menos baixa|mais alto|mais alta|mais altos|mais elevado|mais elevada|máximo|máxima|maior|melhor|pico|recorde|lidera|liderou|primeiro|primeira|maior valor|valor mais alto",
    ),
    (
        Extreme(Down),
        "menos alto|menos alta|mais baixo|mais baixa|mais baixos|mínimo|mínima|menor|pior|último lugar|última posição|menor valor|valor mais baixo",
    ),
    (Rank(2), "segundo|segunda|segundo maior|segunda maior|2º maior|segundo mais alto"),
    (Rank(3), "terceiro|terceira|terceiro maior|terceira maior"),
    (Rank(4), "quarto|quarta maior|quarto maior"),
    (Rank(5), "quinto|quinta maior|quinto maior"),
    (Next, "em seguida|a seguir|seguido por|seguida por|depois vem"),
    (Factor(2, 1), "dobrou|dobraram|duplicou|duplicaram|o dobro|dobro"),
    (Factor(3, 1), "triplicou|triplicaram|o triplo|triplo"),
    (
        Factor(1, 2),
        "caiu pela metade|caíram pela metade|reduziu pela metade|a metade de|caiu para metade",
    ),
    (Part(1, 2), "metade|a metade"),
    (Part(1, 3), "um terço"),
    (Part(2, 3), "dois terços"),
    (Part(1, 4), "um quarto"),
    (Part(3, 4), "três quartos"),
    (Not, "não|nunca|nem|sem|tampouco"),
    (
        From,
        "desde|em relação a|em relação ao|em relação à|em relação aos|em relação às|frente a|frente ao|comparado com|comparado a|em comparação com|contra|do que|que|ante|face a|face ao",
    ),
    (Of, "de|do|da|dos|das"),
    (To, "para|até|a|ao|alcançando"),
    (And, "e|enquanto|mas|embora|depois|já"),
    (
        Topic(Topic::Share),
        "do total|da soma|participação|representa|representam|responde por|respondem por|proporção|vem de|vêm de|corresponde a|concentra|concentram|de todos|de todas",
    ),
    (Topic(Topic::Contribution), "da variação|da mudança"),
    (
        Topic(Topic::OfRise),
        "da alta|do aumento|do crescimento|da subida|da alta total|do aumento total",
    ),
    (Topic(Topic::OfFall), "da queda|da redução|da descida|da queda total"),
    (
        Topic(Topic::Total),
        "total|no total|ao todo|em conjunto|soma|somam|somaram|somou|o total|totalizou|totalizaram",
    ),
    (
        Topic(Topic::Trend),
        "tendência|tendências|por mês|ao mês|por dia|ao dia|por semana|por ano|ao ano|por trimestre|por hora|por minuto|cada mês|cada dia",
    ),
    (
        Topic(Topic::Usual),
        "habitual|habituais|habitualmente|normal|normais|normalmente|usual|usuais|o usual|o normal|o habitual|o esperado|seria de esperar|mediana|costuma|seria o habitual|seria o normal|seria o usual|seria normal|seria usual|seria habitual|se esperaria",
    ),
    (
        Topic(Topic::Unusual),
        "incomum|incomuns|incomumente|anomalia|anômalo|anómalo|atípico|atípica|fora do comum|fora do normal|chama a atenção|invulgar|invulgarmente|destaca-se|foge do padrão",
    ),
    (
        Topic(Topic::Streak),
        "seguidos|seguidas|consecutivos|consecutivas|consecutivo|sequência|vezes seguidas",
    ),
    (
        Topic(Topic::SoFar),
        "até agora|por enquanto|até o momento|até ao momento|ainda não terminou|ainda em curso|ainda não acabou",
    ),
    (
        Topic(Topic::Missing),
        "falta|faltam|faltando|faltantes|lacunas|sem valor|sem dados|não há dados|não há valores|nenhum dado|vazios|ausentes|em falta",
    ),
    (
        Topic(Topic::Newest),
        "dados até|os dados vão até|os dados terminam|dados terminam|dados vão até|últimos dados|os dados acabam",
    ),
    (
        Topic(Topic::Read),
        "lido|lidos|lida|lidas|consultado|consultados|não havia nada mais recente|nada mais recente|leitura|não havia nada|nada mais novo|não havia dados|então",
    ),
    (Topic(Topic::Target), "meta|metas|objetivo|objetivos|objectivo|orçamento|alvo"),
    (
        Topic(Topic::Met),
        "cumpriu|cumprida|cumprido|atingiu|atingida|atingido|bateu|batida|alcançou|alcançada",
    ),
    (
        Topic(Topic::Missed),
        "não atingiu|não cumpriu|não bateu|não alcançou|não foi atingida|não foi cumprida|não foi atingido|aquém",
    ),
    (Topic(Topic::Middle), "metade central|a metade central|metade dos valores"),
    (Topic(Topic::Together), "juntos|juntas|correlação|relação"),
    (
        Topic(Topic::LastYear),
        "ano a ano|um ano antes|há um ano|do ano anterior|no ano anterior|ano passado|no ano passado|52 semanas antes|face ao ano anterior",
    ),
    (Topic(Topic::Age), "de idade|atraso|atrasado|atrasados"),
    (
        Topic(Topic::Against),
        "no sentido contrário|sentido contrário|na direção contrária|ao contrário|na direção oposta|no sentido oposto",
    ),
    (Noun(Noun::Period(Grain::Minute)), "minuto|minutos"),
    (Noun(Noun::Period(Grain::Hour)), "hora|horas"),
    (Noun(Noun::Period(Grain::Day)), "dia|dias"),
    (Noun(Noun::Period(Grain::Week)), "semana|semanas"),
    (Noun(Noun::Period(Grain::Month)), "mês|meses"),
    (Noun(Noun::Period(Grain::Quarter)), "trimestre|trimestres"),
    (Noun(Noun::Period(Grain::Year)), "ano|anos"),
    (Noun(Noun::Values), "valor|valores|pontos|ponto|dados|leituras"),
    (Noun(Noun::Categories), "categoria|categorias|grupos|nomes|intervalos|faixas"),
    (Noun(Noun::Moves), "vezes|vez|altas|quedas|subidas|descidas"),
    (Noun(Noun::Series), "séries|série|linhas|partes"),
    (
        Filler,
        "completos|completas|completo|completa|mostrados|mostradas|inteiros|seguidos|consecutivos|maiores|exibidos|exibidas|apresentados|apresentadas",
    ),
    (Earlier, "anteriores|prévios|antes"),
    (Ago(0, Grain::Day), "hoje"),
    (Ago(1, Grain::Day), "ontem"),
    (Ago(0, Grain::Week), "esta semana"),
    (Ago(1, Grain::Week), "semana passada|a semana passada|na semana passada"),
    (Ago(0, Grain::Month), "este mês"),
    (Ago(1, Grain::Month), "mês passado|o mês passado|no mês passado"),
    (Ago(0, Grain::Quarter), "este trimestre"),
    (Ago(1, Grain::Quarter), "trimestre passado|o trimestre passado"),
    (Ago(0, Grain::Year), "este ano"),
    (Past, "últimos|últimas"),
    (Month(1), "janeiro|jan"),
    (Month(2), "fevereiro|fev"),
    (Month(3), "março|mar"),
    (Month(4), "abril|abr"),
    (Month(5), "maio|mai"),
    (Month(6), "junho|jun"),
    (Month(7), "julho|jul"),
    (Month(8), "agosto|ago"),
    (Month(9), "setembro|set"),
    (Month(10), "outubro|out"),
    (Month(11), "novembro|nov"),
    (Month(12), "dezembro|dez"),
    (Weekday(0), "segunda feira|seg"),
    (Weekday(1), "terça feira|terça|ter"),
    (Weekday(2), "quarta feira|quarta|qua"),
    (Weekday(3), "quinta feira|quinta|qui"),
    (Weekday(4), "sexta feira|sexta|sex"),
    (Weekday(5), "sábado|sáb"),
    (Weekday(6), "domingo|dom"),
    (Quarter(1), "t1|1t|primeiro trimestre"),
    (Quarter(2), "t2|2t|segundo trimestre"),
    (Quarter(3), "t3|3t|terceiro trimestre"),
    (Quarter(4), "t4|4t|quarto trimestre"),
    (WeekOf, "semana de|semana do"),
    (Count(1), "um|uma"),
    (Count(2), "dois|duas|ambos|ambas"),
    (Count(3), "três"),
    (Count(4), "quatro"),
    (Count(5), "cinco"),
    (Count(6), "seis"),
    (Count(7), "sete"),
    (Count(8), "oito"),
    (Count(9), "nove"),
    (Count(10), "dez vezes"),
    (Count(11), "onze"),
    (Count(12), "doze"),
    (Minus, "negativo|negativa"),
    (Percent, "por cento"),
    (Points, "pontos percentuais|ponto percentual|pp"),
    (Time(1), "s|segundos|segundo"),
    (Time(60), "min"),
    (Time(3_600), "h"),
    (Time(86_400), "d"),
    (Currency(&["USD"]), "dólares|dólar"),
    (Currency(&["EUR"]), "euros|euro"),
    (Currency(&["BRL"]), "reais|real"),
    (Times, "vezes mais|vezes o|vezes a"),
    (Nearly, "quase|cerca de"),
    (
        Causal,
        "porque|devido a|devido ao|devido à|graças a|graças ao|graças à|por causa de|por causa do|por causa da|como resultado de|impulsionado por|impulsionada por|impulsionado pela|causado por|deve-se a|se deve a|por isso|já que|em razão de|puxado por|puxada por",
    ),
    (
        Future,
        "será|serão|subirá|cairá|crescerá|poderia|poderá|poderão|deve subir|deve cair|deveria|provavelmente|previsto|prevista|espera-se|prevê-se|previsão|talvez|próximo mês|próxima semana|próximo ano|amanhã|parece que|vai|vão|possivelmente|continuará|tende a|aumentará",
    ),
    (
        Vague,
        "maioria|quase todo|quase toda|quase todos|quase todas|acelerou|aceleraram|aceleração|desacelerou|desaceleração|mais rápido|mais rápida|mais lento|mais lenta|explodiu|explodiram|desabou|desabaram|anual|da história|de todos os tempos|sem exceção",
    ),
    (
        Plain,
        "em|o|os|as|se|seu|sua|seus|suas|é|foi|foram|era|são|está|estava|com|por|no|na|nos|nas|à|às|chegou|chegaram|ficou|ficaram|fechou|uns|umas|aproximadamente|cerca|\
         segundo os dados|entre|cada|também|ainda|este|esta|isto|isso|esse|há|houve|tem|teve|registrou|registou|registraram|marcou|trouxe|passou|passaram|ocupa|lugar|\
         posição|parte|período|periodo|movimento|variação|mudança|mudanças|dado|todo|todos|todas|sobre|após|durante|quando|onde|como|só|apenas|respectivamente|mais recente|\
         de um dia para outro|de uma semana para outra|de um mês para outro|de um trimestre para outro|de um ano para outro|de uma hora para outra|de um minuto para outro|de um dia para o outro|de uma semana para a outra|de um mês para o outro|de um trimestre para o outro|de um ano para o outro|de uma hora para a outra|\
         de um minuto para o outro|de um passo para o outro|de um dia para o seguinte|de um mês para o seguinte|de uma semana para a seguinte|de um trimestre para o seguinte|\
         de um ano para o seguinte|de uma hora para a seguinte|quanto maior|quanto",
    ),
];
