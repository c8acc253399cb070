//! How a reader's country writes numbers and money.

/// Separators and the place of the currency symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// Between whole number and fraction.
    pub decimal: char,
    /// Between groups of digits.
    pub group: char,
    /// Lakh and crore: the last three digits, then groups of two.
    pub is_indian: bool,
    /// `12 €` instead of `$12`.
    pub is_symbol_after: bool,
}

/// A space that neither breaks nor widens.
const NARROW_SPACE: char = '\u{202f}';

impl NumberStyle {
    /// `1,234.5` and `$12`.
    pub const ENGLISH: Self = Self {
        decimal: '.',
        group: ',',
        is_indian: false,
        is_symbol_after: false,
    };

    /// By BCP 47 tag: `en-US`, `de`, `pt-BR`. An unknown language is written as English.
    pub fn of(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or("").to_ascii_lowercase();
        let region = parts.next_back().unwrap_or("").to_ascii_uppercase();
        let european = Self {
            decimal: ',',
            group: '.',
            is_indian: false,
            is_symbol_after: true,
        };
        match (language.as_str(), region.as_str()) {
            (_, "CH" | "LI") => Self {
                group: '’',
                ..Self::ENGLISH
            },
            ("en" | "hi", "IN") | ("hi", _) => Self {
                is_indian: true,
                ..Self::ENGLISH
            },
            ("es", "MX" | "US") => Self::ENGLISH,
            ("pt", "BR") | ("nl", _) => Self {
                is_symbol_after: false,
                ..european
            },
            ("de", "AT")
            | ("fr" | "pl" | "cs" | "sk" | "uk" | "ru" | "bg" | "sv" | "nb" | "nn" | "no" | "fi" | "hu" | "lt" | "lv" | "et", _) => Self {
                group: NARROW_SPACE,
                ..european
            },
            ("de" | "es" | "pt" | "it" | "da" | "el" | "tr" | "id" | "ro" | "hr" | "sl" | "sr" | "ca" | "vi", _) => european,
            _ => Self::ENGLISH,
        }
    }

    /// Plain ASCII digits (`-1234.5`) with these separators and the typographic minus; groups only where asked.
    pub(super) fn dress(&self, plain: &str, is_grouped: bool) -> String {
        let (minus, plain) = plain.strip_prefix('-').map_or((false, plain), |rest| (true, rest));
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let mut text = String::with_capacity(plain.len() + 8);
        if minus && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            text.push('−');
        }
        for (i, digit) in whole.chars().enumerate() {
            let left = whole.len() - i;
            let is_edge = if self.is_indian {
                left == 3 || (left > 3 && left % 2 == 1)
            } else {
                left % 3 == 0
            };
            if i > 0 && is_grouped && is_edge {
                text.push(self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// The number with its currency's symbol, which stands behind the minus.
    pub(super) fn money(&self, number: &str, currency: &str) -> String {
        let symbol = symbol(currency);
        if self.is_symbol_after {
            return format!("{number}\u{a0}{symbol}");
        }
        let space = if symbol.chars().last().is_some_and(char::is_alphabetic) {
            "\u{a0}"
        } else {
            ""
        };
        match number.strip_prefix('−') {
            Some(rest) => format!("−{symbol}{space}{rest}"),
            None => format!("{symbol}{space}{number}"),
        }
    }
}

/// What people write for an ISO 4217 code; the code itself where no symbol is clear.
fn symbol(currency: &str) -> &str {
    match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" | "CNY" => "¥",
        "INR" => "₹",
        "BRL" => "R$",
        "KRW" => "₩",
        "ILS" => "₪",
        "NGN" => "₦",
        "UAH" => "₴",
        "TRY" => "₺",
        "VND" => "₫",
        "PHP" => "₱",
        "CAD" => "CA$",
        "AUD" => "A$",
        "MXN" => "MX$",
        "HKD" => "HK$",
        "NZD" => "NZ$",
        code => code,
    }
}
