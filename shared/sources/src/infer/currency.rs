//! Currencies by sign and by code.

/// Active codes of ISO 4217 (list one of 2026), without funds and metals.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL",
    "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR",
    "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD",
    "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR",
    "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP",
    "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF",
    "YER", "ZAR", "ZMW", "ZWG",
];

/// Signs, longer ones before those they begin or end with. Where a sign stands for several currencies it is read as its most used one
/// (`$` as USD, `£` as GBP, `¥` as JPY); `kr`, which has no such, stays a sign.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("MX$", "MXN"),
    ("NT$", "TWD"),
    ("R$", "BRL"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("S$", "SGD"),
    ("CN¥", "CNY"),
    ("元", "CNY"),
    ("円", "JPY"),
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("฿", "THB"),
    ("₡", "CRC"),
    ("₲", "PYG"),
    ("₸", "KZT"),
    ("₼", "AZN"),
    ("₾", "GEL"),
    ("₵", "GHS"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("лв", "BGN"),
    ("lei", "RON"),
    ("Rp", "IDR"),
    ("RM", "MYR"),
    ("S/", "PEN"),
    ("Fr.", "CHF"),
    ("kr.", "kr"),
    ("kr", "kr"),
];

/// The code itself, where it is one.
pub(crate) fn code(text: &str) -> Option<&'static str> {
    CODES.binary_search(&text).ok().map(|index| CODES[index])
}

/// The currency that the text is the sign or the code of.
pub(crate) fn sign_or_code(text: &str) -> Option<&'static str> {
    code(text).or_else(|| SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| *code))
}

/// Takes a currency off the front.
pub(crate) fn strip_prefix(text: &str) -> Option<(&'static str, &str)> {
    if let Some((start, rest)) = text.split_at_checked(3)
        && let Some(code) = code(start)
    {
        return Some((code, rest));
    }
    SIGNS
        .iter()
        .find_map(|(sign, code)| text.strip_prefix(sign).map(|rest| (*code, rest)))
}

/// Takes a currency off the end.
pub(crate) fn strip_suffix(text: &str) -> Option<(&'static str, &str)> {
    if let Some((rest, end)) = text.split_at_checked(text.len().saturating_sub(3))
        && let Some(code) = code(end)
    {
        return Some((code, rest));
    }
    SIGNS
        .iter()
        .find_map(|(sign, code)| text.strip_suffix(sign).map(|rest| (*code, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_sorted_for_the_search() {
        assert!(CODES.is_sorted());
        assert!(SIGNS.iter().all(|(_, code)| *code == "kr" || CODES.contains(code)));
    }
}
