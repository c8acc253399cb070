//! Text of every script, set in the fonts that are shipped beside render-chart, and pictures read from the right.

use super::cases::{self, Case};
use super::{SIZES, faults};
use crate::type_setter::{Line, Style, TypeSetter};
use crate::{RenderOptions, Renderer, Size, Theme};
use domain::locale::Locale;
use domain::series::plot;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

pub(super) fn font_dir() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions/render-chart/fonts"))
}

/// As its reader gets it.
fn options(case: &Case) -> RenderOptions {
    RenderOptions {
        locale: Locale::of(case.locale),
        footer: Some("Source: sheet".to_owned()),
        ..RenderOptions::default()
    }
}

fn case(name: &str) -> Case {
    cases::all().into_iter().find(|case| case.name == name).unwrap()
}

/// Every glyph's bytes are characters of the line, and together they are the whole of it.
fn covers_its_text(line: &Line) {
    let mut covered = vec![false; line.text.len()];
    for run in &line.runs {
        assert_eq!(run.glyphs.len(), run.text_ranges.len());
        for (range, next) in run.text_ranges.iter().zip(run.text_ranges.iter().skip(1)) {
            let in_order = if run.is_right_to_left {
                next.end <= range.start
            } else {
                range.end <= next.start
            };
            assert!(in_order || range == next, "{range:?} before {next:?} in `{}`", line.text);
        }
        for range in &run.text_ranges {
            assert!(line.text.get(range.clone()).is_some_and(|text| !text.is_empty()), "{range:?}");
            covered[range.clone()].fill(true);
        }
    }
    assert!(covered.iter().all(|covered| *covered), "`{}`: {covered:?}", line.text);
}

/// Words as they stand in sheets, a line for each language.
const WORDS: [&str; 37] = [
    "الإيرادات الشهرية، المبيعات والمصروفات: ٢٠٢٦ (القاهرة) لا إله ﷼ 12.5%",
    "فروش ماهانه در تهران، پرداخت‌های معوق، گزارش چهارم",
    "ماہانہ فروخت، کراچی، لاہور، ٹیکس، ڈاک",
    "הכנסות חודשיות, תל־אביב, צה״ל, ₪ 1,200, שָׁלוֹם",
    "मासिक राजस्व, दिल्ली, क्षेत्र, ज्ञान, र्‍य, ₹ १२३",
    "मासिक महसूल, पुणे, ऱ्हास, ळ",
    "মাসিক রাজস্ব, ঢাকা, ক্ষেত্র, কলকাতা",
    "ਮਹੀਨਾਵਾਰ ਆਮਦਨ, ਅੰਮ੍ਰਿਤਸਰ",
    "માસિક આવક, અમદાવાદ, ક્ષેત્ર",
    "மாத வருவாய், சென்னை, ஸ்ரீ",
    "నెలవారీ ఆదాయం, హైదరాబాద్",
    "ಮಾಸಿಕ ಆದಾಯ, ಬೆಂಗಳೂರು",
    "പ്രതിമാസ വരുമാനം, കൊച്ചി, ന്റെ",
    "මාසික ආදායම, කොළඹ, ශ්‍රී ලංකා",
    "รายได้ต่อเดือน กรุงเทพฯ น้ำแข็ง ๑๒๓",
    "ລາຍຮັບປະຈໍາເດືອນ ວຽງຈັນ",
    "ចំណូលប្រចាំខែ ភ្នំពេញ",
    "လစဉ်ဝင်ငွေ ရန်ကုန်",
    "ወርሃዊ ገቢ፣ አዲስ አበባ",
    "თვიური შემოსავალი, თბილისი",
    "Ամսական եկամուտ, Երևան",
    "月度收入（含税）、北京、深圳、“双十一”、库存周转率、同比增长、¥１２３、％",
    "每月營收、臺北、「雙十一」、應收帳款、毛利率、龜山、鹽埕、ㄅㄆㄇ",
    "香港嘅銷售額、旺角、咗、喺、啲、嘢、㗎、佢哋",
    "月次売上高（税込）、東京・大阪、ﾊﾝｶｸ、ヴァイオリン、ー、々、〆切、㈱、①、㎡、辻、髙",
    "월간 매출, 서울특별시, 부산, 뷁, 쀍, 제2분기, ㈜",
    "Выручка за месяц, Київ, Ђорђе, Ғ Қ Ң Ө",
    "Μηνιαία έσοδα, Αθήνα, ά ή ώ",
    "Doanh thu hàng tháng, Hà Nội, Đà Nẵng, Ưu đãi",
    "Přehled tržeb, Łódź, İstanbul, Ğ ş, naïve, œuvre, ẞ",
    "🚀 📈 📉 💰 🇩🇪 🇸🇦 🇯🇵 👍🏽 👩🏽‍💻 👨‍👩‍👧‍👦 ❤️ ⚠️ ✅ ❌ ⭐ ☀️ ⏰ 1️⃣ #️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🫶 🧑‍🧑‍🧒",
    "★ ☆ ✓ ✗ ✔ → ← ↑ ↓ ⇒ ▲ ▼ ● ○ ■ □ ◆ ◇ ♠ ♥ ☎ № ℃ Ω µ",
    "≈ ≠ ≤ ≥ ± × ÷ √ ∞ ∑ ∂ ∆ ∈ ∴ ⅓ ¾ ⁴",
    "$ € £ ¥ ₹ ₽ ₺ ₴ ₦ ₩ ₫ ฿ ₪ ₱ ₸ ₿ ¢",
    "“quotes” ‘single’ «guillemets» – — … • · † ‡ § ¶ © ® ™ ° ‰",
    "\u{200e}−12%\u{200e} \u{200f}1.2 مليون €\u{200f} \u{202b}5 مارس\u{202c} \u{2066}x\u{2069} a\u{200b}b \u{feff}c\u{ad}d",
    "e\u{301}te\u{301} fi ffl -> => a  b",
];

#[test]
fn real_words_of_every_script_are_printed() {
    let mut type_setter = TypeSetter::new(Some(font_dir()));
    for words in WORDS {
        for style in [Style::regular(28.0), Style::bold(52.0)] {
            let line = type_setter.line(words, style);
            assert_eq!(type_setter.unprintable, [].into(), "`{words}`");
            assert!(line.runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.id != 0), "`{words}`");
            covers_its_text(&line);
        }
    }
}

#[test]
fn whole_character_sets_are_printed() {
    let mut type_setter = TypeSetter::new(Some(font_dir()));
    let hangul = ('가'..='힣').collect::<String>();
    let kana = ('ぁ'..='ゖ').chain('ァ'..='ヺ').chain('！'..='～').collect::<String>();
    for set in [hangul, kana] {
        for piece in set.chars().collect::<Vec<_>>().chunks(300) {
            type_setter.line(&piece.iter().collect::<String>(), Style::regular(20.0));
        }
    }
    assert_eq!(type_setter.unprintable, [].into());
}

#[test]
fn what_was_set_before_changes_nothing() {
    let mut used = TypeSetter::new(Some(font_dir()));
    for words in WORDS {
        used.line(words, Style::regular(28.0));
    }
    for words in WORDS {
        let (again, first) = (
            used.line(words, Style::semi_bold(28.0)),
            TypeSetter::new(Some(font_dir())).line(words, Style::semi_bold(28.0)),
        );
        let ids = |line: &Line| -> Vec<u32> { line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect() };
        assert_eq!((again.width, ids(&again)), (first.width, ids(&first)), "`{words}`");
    }
}

/// The same code point, written as each of them writes it.
#[test]
fn chinese_characters_are_the_readers() {
    let glyph = |locale: &str, name: &str| {
        let mut type_setter = TypeSetter::new(Some(font_dir()));
        let case = case(name);
        type_setter.read_as(Locale::of(locale), &plot(&case.rows, &case.spec).unwrap());
        let line = type_setter.line("直骨", Style::regular(28.0));
        line.runs[0].font.data.data().len()
    };
    let [simplified, traditional, japanese] = [glyph("zh", "line-one"), glyph("zh-Hant", "line-one"), glyph("ja", "line-one")];
    assert!(simplified != traditional && traditional != japanese && simplified != japanese);
    assert_eq!(glyph("ko", "line-one"), traditional);
    // Where the reader's language does not tell, the chart's other words do.
    assert_eq!(glyph("en", "line-one"), simplified);
    assert_eq!(glyph("en", "kpi-japanese"), japanese);
    assert_eq!(glyph("de", "bar-korean"), traditional);
}

/// The text from left to right as it is seen, run by run.
fn seen(line: &Line) -> Vec<&str> {
    let text_of = |run: &crate::type_setter::Run| {
        let start = run.text_ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let end = run.text_ranges.iter().map(|range| range.end).max().unwrap_or(0);
        line.text[start..end].trim()
    };
    line.runs.iter().map(text_of).filter(|text| !text.is_empty()).collect()
}

#[test]
fn letters_and_the_reader_set_the_direction() {
    let plotted = |name: &str| {
        let case = case(name);
        plot(&case.rows, &case.spec).unwrap()
    };
    let set = |locale: &str, text: &str| {
        let mut type_setter = TypeSetter::new(Some(font_dir()));
        type_setter.read_as(Locale::of(locale), &plotted("line-one"));
        let line = type_setter.line(text, Style::regular(28.0));
        seen(&line).join("|").replace('\u{200e}', "")
    };
    // A title that begins in the other script.
    assert_eq!(set("en", "مكتبة reads books"), "مكتبة|reads books");
    assert_eq!(set("ar", "Acme: إيرادات"), "إيرادات|:|Acme");
    // No letter of the other direction: the reader does not matter.
    assert_eq!(set("ar", "Revenue (USD)"), "Revenue (USD)");
    assert_eq!(set("en", "إيرادات (شهرية)"), set("ar", "إيرادات (شهرية)"));
    // Numbers keep their order within.
    assert_eq!(set("he", "רווח 12.5 אלף"), "אלף|12.5|רווח");
    // The arrow of a change is what is read first.
    assert_eq!(set("ar", "▲ \u{200e}20.6%"), "20.6%|▲");
    assert_eq!(set("en", "▲ 20.6%"), "▲ 20.6%");
}

#[test]
fn shortened_text_keeps_its_start() {
    let mut type_setter = TypeSetter::new(Some(font_dir()));
    for words in [
        "الإيرادات الشهرية للمتاجر",
        "הכנסות חודשיות של החנויות",
        "月度收入与库存周转率",
        "รายได้ต่อเดือนของสาขา",
    ] {
        let style = Style::regular(28.0);
        let whole = type_setter.line(words, style);
        let line = type_setter.fit(words, style, whole.width * 0.6);
        let start = line.text.strip_suffix('…').unwrap();
        assert!(words.starts_with(start) && !start.is_empty(), "{}", line.text);
        assert!(line.width <= whole.width * 0.6);
        let last = line
            .runs
            .iter()
            .find(|run| run.text_ranges.iter().any(|range| range.end == line.text.len()))
            .unwrap();
        let is_right_to_left = words.starts_with(['ا', 'ה']);
        let ellipsis_x = last.glyphs[last.text_ranges.iter().position(|range| range.end == line.text.len()).unwrap()].x;
        assert_eq!(f64::from(ellipsis_x) < line.width / 2.0, is_right_to_left, "{words}");
    }
}

#[test]
fn thai_breaks_between_words() {
    let mut type_setter = TypeSetter::new(Some(font_dir()));
    let words = "ยอดขายรายเดือนของสาขาทั้งหมดในกรุงเทพมหานคร";
    let lines = type_setter.wrap(words, Style::bold(52.0), 600.0, 3);
    assert!(lines.len() == 2 && lines.iter().all(|line| line.width <= 600.0));
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<String>(), words);
}

#[test]
fn pictures_in_every_script_are_whole_and_their_texts_stay_apart() {
    let mut renderer = Renderer::new(Some(font_dir()));
    let mut found = Vec::new();
    for case in cases::all() {
        let plotted = plot(&case.rows, &case.spec).unwrap();
        for tag in [case.locale, "ar", "he"] {
            for size in SIZES {
                let options = RenderOptions {
                    size,
                    locale: Locale::of(tag),
                    ..options(&case)
                };
                let scene = renderer.lay_out(&plotted, &options).unwrap();
                let faults = faults(&scene, size).into_iter();
                found.extend(faults.map(|fault| format!("{} {tag} {}x{}: {fault}", case.name, size.width_px, size.height_px)));
                let printed = scene.labels.iter().flat_map(|label| &label.line.runs).flat_map(|run| &run.glyphs);
                assert!(printed.into_iter().all(|glyph| glyph.id != 0), "{} {tag}", case.name);
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_mirrored_picture_is_the_mirror_of_its_boxes() {
    let case = case("bar-40");
    let plotted = plot(&case.rows, &case.spec).unwrap();
    let hebrew = RenderOptions {
        locale: Locale::of("he"),
        ..options(&case)
    };
    let mut scene = Renderer::new(Some(font_dir())).lay_out(&plotted, &hebrew).unwrap();
    let width = f64::from(Size::WIDE.width_px);
    let boxes = |scene: &crate::scene::Scene| -> Vec<_> { scene.labels.iter().map(super::super::scene::Label::bounds).collect() };
    // Whether or not the bars' names needed to be.
    scene.labels[1].is_turned = true;
    let before = boxes(&scene);
    let title = before[0];
    assert!(
        (width - title.x1 - 48.0).abs() < 1.0,
        "the title ends at the right margin: {title:?}"
    );
    scene.mirror(width);
    for (a, b) in before.iter().zip(boxes(&scene)) {
        assert!(
            (a.x0 - (width - b.x1)).abs() < 1e-6 && (a.x1 - (width - b.x0)).abs() < 1e-6 && a.y0 == b.y0,
            "{a:?} {b:?}"
        );
    }
    scene.mirror(width);
    assert_eq!(before, boxes(&scene));
}

const GOLDEN: [(&str, &str); 5] = [
    ("bar-every-script", "03b923066368b717"),
    ("line-arabic", "98fbf295b5453fab"),
    ("bar-hebrew-turned", "38db030e454b98e4"),
    ("kpi-japanese", "eed34f751d6d5a2b"),
    ("line-thai", "eb268bcde4d79215"),
];

#[test]
fn pictures_in_every_script_are_as_they_were() {
    let mut renderer = Renderer::new(Some(font_dir()));
    let now = GOLDEN.map(|(name, _)| {
        let case = case(name);
        let options = RenderOptions {
            theme: if name.starts_with("kpi") { Theme::Dark } else { Theme::Light },
            ..options(&case)
        };
        let picture = renderer.render_rows(&case.rows, &case.spec, &options).unwrap();
        assert!(picture.unprintable.is_empty(), "{name}: {:?}", picture.unprintable);
        let fresh = Renderer::new(Some(font_dir()))
            .render_rows(&case.rows, &case.spec, &options)
            .unwrap();
        assert!(fresh == picture, "{name}: a used renderer draws what a new one draws");
        let hash: String = Sha256::digest(&picture.png)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        (name, hash)
    });
    assert_eq!(now, GOLDEN.map(|(name, hash)| (name, hash.to_owned())));
}
