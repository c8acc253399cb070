"""Writes how languages and countries write numbers and dates. See README.md beside this file for source, licence and format."""

import re
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).resolve().parents[2] / "shared/domain/src/locale/locales.txt"
BYTES_MAX = 60_000

# Tag, and what a line left out is taken from. A parent stands before its children; additions are welcome.
WANTED = """
en; en-GB en; en-AU en-GB; en-CA en; en-IN en-GB; es; es-419 es; es-AR es-419; es-MX es-419; pt-BR; pt-PT pt-BR; de; de-AT de; de-CH de;
fr; fr-CA fr; fr-CH fr; it; ca; nl; sv; da; nb; fi; et; lv; lt; pl; cs; sk; hu; ro; bg; hr; sl; el; tr; uk; ru;
ar; ar-AE ar; ar-EG ar; he; fa; hi; id; vi; th; ja; ko; zh-CN; zh-TW zh-CN
""".replace("\n", " ").strip().split("; ")

BABEL = {"zh-CN": "zh-Hans-CN", "zh-TW": "zh-Hant-TW"}
CURRENCIES = """
USD EUR GBP JPY CNY INR BRL MXN ARS CLP COP PEN CAD AUD NZD HKD SGD TWD CHF SEK NOK DKK PLN CZK HUF RON BGN UAH RUB TRY
ILS AED SAR QAR EGP MAD IRR NGN KES ZAR KRW THB VND IDR MYR PHP PKR BDT KZT ISK
""".split()

# Signs that mean one currency only, anywhere.
SIGNS = dict(zip(
    "EUR GBP INR BRL UAH RUB TRY ILS NGN KRW THB VND PHP KZT BDT".split(),
    "€ £ ₹ R$ ₴ ₽ ₺ ₪ ₦ ₩ ฿ ₫ ₱ ₸ ৳".split(),
))

# CLDR's minimumGroupingDigits, which Babel leaves out: 1234, but 12.345.
GROUPED_FROM_FIVE_DIGITS = {"es", "pt-PT", "it", "pl", "hu", "bg", "sl", "et", "lv"}
BIDI_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))


def plain(text: str) -> str:
    """Latin digits, no direction marks (the program sets its own), no narrow spaces but between digits."""
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    return text.translate(BIDI_MARKS)


def unquoted(pattern: str) -> str:
    return plain(pattern.replace("''", "\0").replace("'", "").replace("\0", "'"))


def affixes(pattern: str) -> str:
    """`#,##,##0.00 ¤` is `0 ¤`."""
    return re.sub(r"[#0][#,0.]*", "0", unquoted(pattern))


def numbers(tag: str, locale: Locale) -> list[str]:
    symbols = locale.number_symbols["latn"]
    grouping = "2" if "#,##,##0" in locale.decimal_formats[None].pattern else "3"
    digits = "2" if tag in GROUPED_FROM_FIVE_DIGITS else "1"
    return [symbols["decimal"], symbols["group"], symbols.get("currencyDecimal", symbols["decimal"]), grouping, digits]


def money(locale: Locale) -> list[str]:
    positive, _, negative = locale.currency_formats["standard"].pattern.partition(";")
    return [affixes(positive), affixes(negative) or "-" + affixes(positive)]


def compact(tag: str, locale: Locale) -> list[str]:
    """`power from which it is used:power of the divisor:suffix`, with `|3-9|suffix` where those digits alone have another."""
    forms = locale.compact_decimal_formats["short"]
    steps = []
    for size, pattern in sorted((int(size), str(pattern.pattern)) for size, pattern in forms["other"].items()):
        digits, suffix = re.fullmatch(r"(0+)(.*)", unquoted(pattern)).groups()
        power = len(str(size)) - 1
        if not suffix:
            continue
        if tag.startswith("en") and suffix == "K":
            suffix = "k"  # as it is written beside a currency: $12.3k
        few = forms.get("few", {}).get(str(size))
        few = few and unquoted(str(few.pattern)).lstrip("0")
        if tag.startswith("ar") and len(digits) == 1 and few and few != suffix:
            suffix += "|3-9|" + few
        divisor = power - len(digits) + 1
        if not steps or steps[-1][1] != divisor:
            steps.append((power, divisor, suffix))
        elif "|" not in steps[-1][2]:
            steps[-1] = (steps[-1][0], divisor, suffix)  # `1 K` but `10 k`: the one for more digits is written for all
    return [":".join(map(str, step)) for step in steps]


def duration(tag: str, locale: Locale, unit: str) -> str:
    """The short form where it is one for all numbers, else the narrow one, else singular and plural."""
    if tag.startswith("en"):
        return "\u00a0" + {"second": "s", "minute": "min", "hour": "h", "day": "d"}[unit]
    units = locale._data["unit_patterns"]["duration-" + unit]
    short, narrow = ({k: v for k, v in (units.get(width) or {}).items() if k not in ("per", "gender", "case")} for width in ("short", "narrow"))

    def suffix(form: str) -> str:
        return unquoted(form).replace("{0}", "").replace(" ", "\u00a0").replace("\u202f", "\u00a0")

    # Hebrew's dual and the like are never reached: two days are written as hours.
    for forms in (short, narrow):
        if forms and len({suffix(form) for form in forms.values()}) == 1:
            text = suffix(forms["other"])
            return text if forms is short or text.startswith("\u00a0") else "\u00a0" + text
    one, other = suffix(short["one"]), suffix(short["other"])
    below_two = locale.plural_form(Decimal("1.5")) == "one"
    return f"{other}|{'<2' if below_two else '1'}|{one}"


def dates(locale: Locale) -> list[str]:
    """CLDR patterns in the order of the program's `DateForm`."""
    skeletons = {key: str(value.pattern) for key, value in locale.datetime_skeletons.items()}
    time = locale.time_formats["short"].pattern.replace("B", "a")
    medium = str(locale.datetime_formats["medium"])
    glue = lambda date: medium.replace("'", "").replace("{1}", date).replace("{0}", time)
    long = locale.date_formats["long"].pattern.replace("G ", "")
    month_day = skeletons["MMMd"]
    forms = [
        skeletons["y"], "QQQ", skeletons["yQQQ"].replace("QQQQ", "QQQ").replace("第Q季度", "QQQ"),
        "LLL", "LLLL", skeletons["yMMM"], skeletons["yMMMM"], skeletons["d"], month_day, skeletons["MMMMd"], skeletons["yMMMd"], long,
        skeletons["MMMEd"], skeletons["yMMMEd"], "ccc", "cccc", time, skeletons["Hm"], glue(month_day), glue(skeletons["yMMMd"]),
    ]
    return [plain(form).replace("\u202f", "\u00a0") for form in forms]


def names(table: dict) -> list[str]:
    return [plain(name) for _, name in sorted(table.items())]


def days(table: dict) -> list[str]:
    """Monday first."""
    return names(table)


def symbols(locale: Locale) -> dict[str, str]:
    """What CLDR writes in this locale; where that is the code, the currency's sign if it has one of its own."""
    out = {}
    for code in CURRENCIES:
        written = plain(locale.currency_symbols.get(code, code))
        out[code] = SIGNS.get(code, code) if written == code else written
    for code, symbol in out.items():
        assert list(out.values()).count(symbol) == 1, f"{locale}: {symbol} means more than {code}"
    return out


def lines(tag: str) -> dict[str, list[str]]:
    locale = Locale.parse(BABEL.get(tag, tag), sep="-")
    periods = locale.day_periods["format"]["abbreviated"]
    return {
        "numbers": numbers(tag, locale),
        "percent": [affixes(locale.percent_formats[None].pattern)],
        "money": money(locale),
        "compact": compact(tag, locale),
        "durations": [duration(tag, locale, unit) for unit in ("second", "minute", "hour", "day")],
        "months": names(locale.months["stand-alone"]["abbreviated"]),
        "months-wide": names(locale.months["stand-alone"]["wide"]),
        "months-in-date": names(locale.months["format"]["abbreviated"]),
        "months-in-date-wide": names(locale.months["format"]["wide"]),
        "days": days(locale.days["stand-alone"]["abbreviated"]),
        "days-wide": days(locale.days["stand-alone"]["wide"]),
        "days-in-date": days(locale.days["format"]["abbreviated"]),
        "quarters": names(locale.quarters["format"]["abbreviated"]),
        "periods": [plain(periods[half]).replace("\u202f", "\u00a0") for half in ("am", "pm")],
        "dates": dates(locale),
        "symbols": [f"{code} {symbol}" for code, symbol in symbols(locale).items()],
    }


def each_alone(work, tags: list[str]) -> list:
    """Babel mixes up locales that one process reads: Persian months came out in Hebrew. So each is read by a process of its own."""
    with ProcessPoolExecutor(max_workers=2, max_tasks_per_child=1) as processes:
        return list(processes.map(work, tags))


def generate() -> str:
    out = [
        "# Generated by infra/locales/generate.py; do not edit. Format, refresh command and licence: infra/locales/README.md.",
        f"# Source: Unicode CLDR as in the Python package Babel {version('Babel')}, Unicode License v3, (c) Unicode, Inc.",
    ]
    tags = [entry.split()[0] for entry in WANTED]
    known = dict(zip(tags, each_alone(lines, tags)))
    for entry in WANTED:
        tag, parent = (entry.split() + ["en"])[:2]
        inherited = {} if tag == "en" else known[parent]
        out.append(f"@{tag} {parent}")
        for key, fields in known[tag].items():
            if key == "symbols":
                fields = [field for field in fields if field not in inherited.get(key, [])]
            elif inherited.get(key) == fields:
                continue
            if fields:
                out.append("\t".join([key, *fields]))
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    text = generate()
    size = len(text.encode())
    assert size < BYTES_MAX, f"{size} bytes are more than the {BYTES_MAX} allowed: every function carries them"
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {size} bytes, {text.count('@')} locales")
