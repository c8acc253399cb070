//! Charts of readers who do not write in Latin letters, or not from the left: each with her locale.

use super::{Case, case, days, months, numbers, texts, wander};
use domain::dataset::{Unit, Values};
use jiff::civil::date;

fn money(code: &str) -> Option<Unit> {
    Some(Unit::Currency(code.to_owned()))
}

pub fn all() -> Vec<Case> {
    let mut cases = from_the_right();
    cases.extend(east_asian());
    cases.extend(south_asian());
    let mut cases: Vec<Case> = cases.into_iter().map(|(locale, case)| Case { locale, ..case }).collect();
    cases.push(every_script());
    cases
}

fn from_the_right() -> Vec<(&'static str, Case)> {
    let daily = || {
        vec![
            ("اليوم", None, days(date(2026, 9, 1), 60)),
            ("الإيرادات", money("SAR"), Values::Number(wander(60, 100_000_000, 8_000_000))),
        ]
    };
    vec![
        (
            "ar-SA",
            case(
                "line-arabic",
                daily(),
                r#"{"mark": "line", "compare": "previous_period",
                    "title": {"text": "إيرادات متجر Acme اليومية 📈", "subtitle": "أكتوبر 2026، بالريال السعودي (SAR)، بزيادة 12.5% عن الشهر السابق"},
                    "encoding": {"x": {"field": "اليوم", "type": "temporal"}, "y": {"field": "الإيرادات", "axis": {"title": "الإيرادات"}}}}"#,
            ),
        ),
        (
            "ar-SA",
            case(
                "kpi-arabic",
                daily(),
                r#"{"mark": "kpi", "compare": "previous_period", "title": {"text": "Acme Saudi – الإيرادات الشهرية"},
                    "encoding": {"x": {"field": "اليوم", "timeUnit": "yearmonth"}, "y": {"field": "الإيرادات", "aggregate": "sum"}}}"#,
            ),
        ),
        (
            "he",
            case(
                "bar-hebrew",
                vec![
                    ("עיר", None, texts(&["תל אביב", "ירושלים", "חיפה", "באר שבע", "Eilat (אילת)"])),
                    ("2025", money("ILS"), numbers(&[182_000, 143_500, 98_000, 61_200, 22_400])),
                    ("2026", money("ILS"), numbers(&[204_000, 139_900, 117_000, 70_300, 31_000])),
                ],
                r#"{"mark": "bar", "title": {"text": "מכירות לפי עיר", "subtitle": "ינואר–אוקטובר 2026 מול 2025, כולל Amazon ו־eBay"}, "transform": [{"fold": ["2025", "2026"]}],
                    "encoding": {"x": {"field": "עיר"}, "y": {"field": "value"}, "color": {"field": "key"}, "xOffset": {"field": "key"}}}"#,
            ),
        ),
        (
            "he",
            case(
                "bar-hebrew-turned",
                vec![
                    (
                        "מוצר",
                        None,
                        texts(&[
                            "אוזניות אלחוטיות",
                            "מקלדת מכנית",
                            "מסך 27 אינץ׳",
                            "עכבר ארגונומי",
                            "מצלמת רשת 4K",
                            "רמקול נייד",
                            "כבל USB-C",
                            "מטען מהיר 65W",
                            "תחנת עגינה",
                            "מעמד למחשב נייד",
                            "כיסא משרדי",
                            "שולחן מתכוונן",
                        ]),
                    ),
                    (
                        "יחידות",
                        None,
                        numbers(&[420, 380, 350, 310, 290, 260, 240, 190, 150, 120, 80, -45]),
                    ),
                ],
                r#"{"mark": "bar", "title": "יחידות שנמכרו פחות החזרות", "encoding": {"x": {"field": "מוצר"}, "y": {"field": "יחידות"}}}"#,
            ),
        ),
    ]
}

fn east_asian() -> Vec<(&'static str, Case)> {
    vec![
        (
            "ja",
            case(
                "kpi-japanese",
                vec![
                    ("月", None, months(date(2025, 1, 1), 22)),
                    ("売上高", money("JPY"), Values::Number(wander(22, 41_250_000_000, 2_000_000_000))),
                ],
                r#"{"mark": "kpi", "compare": "previous_period", "title": {"text": "月次売上高（連結）", "subtitle": "東京・大阪・福岡の全店舗 🗾"},
                    "encoding": {"x": {"field": "月", "timeUnit": "yearmonth"}, "y": {"field": "売上高"}}}"#,
            ),
        ),
        (
            "zh-CN",
            case(
                "line-chinese",
                vec![
                    ("日期", None, days(date(2026, 9, 21), 40)),
                    ("线上", money("CNY"), Values::Number(wander(40, 800_000_000, 50_000_000))),
                    ("门店", money("CNY"), Values::Number(wander(40, 500_000_000, 30_000_000))),
                ],
                r#"{"mark": "line", "title": {"text": "每日销售额：线上与门店", "subtitle": "单位：人民币，数据截至2026年10月30日，“双十一”预售已开始"}, "transform": [{"fold": ["线上", "门店"]}],
                    "encoding": {"x": {"field": "日期"}, "y": {"field": "value"}, "color": {"field": "key"}}}"#,
            ),
        ),
        (
            "zh-TW",
            case(
                "bar-chinese-traditional",
                vec![
                    (
                        "門市",
                        None,
                        texts(&["臺北信義", "臺中西屯", "高雄左營", "臺南東區", "桃園中壢", "新竹竹北", "香港旺角"]),
                    ),
                    (
                        "營業額",
                        money("TWD"),
                        numbers(&[1_820_000, 1_435_000, 980_000, 612_000, 524_000, 410_000, 777_000]),
                    ),
                ],
                r#"{"mark": "bar", "title": {"text": "各門市營業額", "subtitle": "喺香港嘅門市今季增長最快 🚀"}, "encoding": {"x": {"field": "門市"}, "y": {"field": "營業額"}}}"#,
            ),
        ),
        (
            "ko",
            case(
                "bar-korean",
                vec![
                    (
                        "지역",
                        None,
                        texts(&["서울특별시", "부산광역시", "대구광역시", "인천광역시", "제주특별자치도"]),
                    ),
                    ("주문", None, numbers(&[18_200, 14_350, 9_800, 6_120, 5_240])),
                ],
                r#"{"mark": "bar", "title": {"text": "지역별 주문 건수", "subtitle": "2026년 10월, 취소된 주문 제외"}, "encoding": {"x": {"field": "지역"}, "y": {"field": "주문"}}}"#,
            ),
        ),
    ]
}

fn south_asian() -> Vec<(&'static str, Case)> {
    vec![
        (
            "hi-IN",
            case(
                "bar-hindi",
                vec![
                    ("शहर", None, texts(&["मुंबई", "दिल्ली", "बेंगलुरु", "हैदराबाद", "कोलकाता", "पुणे"])),
                    (
                        "बिक्री",
                        money("INR"),
                        numbers(&[18_200_000, 14_350_000, 9_800_000, 6_120_000, 5_240_000, 4_100_000]),
                    ),
                ],
                r#"{"mark": "bar", "title": {"text": "शहर के अनुसार बिक्री", "subtitle": "अक्टूबर 2026 में कुल बिक्री, रुपये में"}, "encoding": {"x": {"field": "शहर"}, "y": {"field": "बिक्री"}}}"#,
            ),
        ),
        (
            "th",
            case(
                "line-thai",
                vec![
                    ("เดือน", None, months(date(2025, 1, 1), 22)),
                    ("ยอดขาย", money("THB"), Values::Number(wander(22, 41_250_000, 2_000_000))),
                ],
                r#"{"mark": "line", "title": {"text": "ยอดขายรายเดือนของสาขาทั้งหมดในกรุงเทพมหานครและปริมณฑลตั้งแต่ต้นปีที่แล้วจนถึงปัจจุบัน", "subtitle": "ไม่รวมภาษีมูลค่าเพิ่ม"},
                    "encoding": {"x": {"field": "เดือน", "timeUnit": "yearmonth"}, "y": {"field": "ยอดขาย"}}}"#,
            ),
        ),
    ]
}

/// One bar for each script, and signs that look like letters, digits or emoji.
fn every_script() -> Case {
    case(
        "bar-every-script",
        vec![
            (
                "Name",
                None,
                texts(&[
                    "العربية",
                    "עברית",
                    "हिन्दी",
                    "简体中文",
                    "繁體中文",
                    "日本語",
                    "한국어",
                    "ไทย",
                    "Ελληνικά",
                    "Українська",
                    "👩🏽‍💻🇩🇪❤️",
                    "★ ✓ → №",
                ]),
            ),
            ("Readers", None, numbers(&[420, 90, 610, 980, 240, 330, 210, 180, 60, 110, 75, 50])),
        ],
        r##"{"mark": "bar", "title": {"text": "مكتبة الإسكندرية reads 12 scripts 🌍", "subtitle": "日本語 and עברית (RTL), ✅ done, ⚠️ late, 1️⃣ first, 100 % of ไทย, हिन्दी, 한국어, 简体/繁體"},
            "encoding": {"x": {"field": "Name"}, "y": {"field": "Readers"}}}"##,
    )
}
