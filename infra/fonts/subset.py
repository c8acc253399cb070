"""Writes the fonts that render-chart opens for other scripts than Latin, Greek and Cyrillic. See README.md beside this file."""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "functions/render-chart/fonts"
EMBEDDED = ROOT / "shared/chart/fonts/Inter-Regular.ttf"
BYTES_MAX = 20_000_000

NOTO = "usr/share/fonts/truetype/noto/NotoSans{}-Regular.ttf"
CJK = "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
EMOJI = "package/files/noto-color-emoji-emoji-400-normal.woff2"

# Small enough to be taken whole.
WHOLE = """
Arabic Hebrew Devanagari Thai Armenian Georgian Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala Lao Khmer Myanmar Ethiopic
""".split()

# Of the faces in the collection: which one, and how its characters are counted.
FACES = {"JP": 0, "KR": 1, "SC": 2, "TC": 3}

# Written in Hong Kong every day and not in Big5.
CANTONESE = "嘅咗喺啲嗰冇佢咁嘢唔哋攞睇噉咩嚟嘥搵揾瞓畀諗嘞喎啱㗎嗌唞踎冚嬲氹乸餸埗邨滙峯鰂壆嘜嗮甴曱唥嚿攰掟揸枱脷艔裏衞賍踭鎅靚麪麵綑羣"

# No chart is set from top to bottom or in half widths; `locl` would bring the other faces' forms along.
CJK_FEATURES = ["ccmp", "liga", "calt", "kern", "mark", "mkmk", "ljmo", "vjmo", "tjmo"]
VERTICAL = ["vhea", "vmtx", "VORG", "BASE"]


def pairs(codec: str, first: range, second: range) -> set[int]:
    """What the two-byte codes of a national standard stand for."""
    characters = set()
    for high in first:
        for low in second:
            text = bytes((high, low)).decode(codec, errors="ignore")
            if len(text) == 1:
                characters.add(ord(text))
    return characters


def cjk_characters() -> dict[str, set[int]]:
    """By face, with the signs and kana that all of them use. The embedded font comes first and draws the letters of Europe."""
    high = range(0xA1, 0xFF)
    everywhere = {*range(0x2460, 0x2500), *range(0x3000, 0x3100), *range(0x31F0, 0x3400), *range(0xFF00, 0xFFF0)}
    hangul = {*range(0x1100, 0x1200), *range(0x3130, 0x3190), *range(0xAC00, 0xD7A4)}
    sets = {
        "SC": pairs("gb2312", high, high),
        "TC": pairs("big5", high, range(0x40, 0xFF)) | {ord(c) for c in CANTONESE} | {*range(0x3100, 0x3130), *range(0x31A0, 0x31C0)},
        "JP": pairs("cp932", range(0x81, 0xFD), range(0x40, 0xFD)),
        "KR": hangul,
    }
    return {face: {c for c in chars | everywhere if c >= 0x2000} for face, chars in sets.items()}


def write(font: TTFont, name: str, characters: set[int], features: list[str], dropped: list[str]) -> None:
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.drop_tables += dropped
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = None
    path = TARGET / name
    font.save(path)
    print(f"{name:32} {len(font.getBestCmap()):6} characters {path.stat().st_size:9} bytes  {font['name'].getDebugName(5).split(';')[0]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path, help="folder into which the source packages were unpacked")
    sources: Path = parser.parse_args().sources

    def opened(path: str, **more) -> TTFont:
        # The clock must not get into the files.
        return TTFont(sources / path, recalcTimestamp=False, **more)

    TARGET.mkdir(exist_ok=True)
    for old in [*TARGET.glob("*.ttf"), *TARGET.glob("*.otf")]:
        old.unlink()
    for script in WHOLE:
        font = opened(NOTO.format(script))
        write(font, f"NotoSans{script}-Regular.ttf", set(font.getBestCmap()), ["*"], [])
    for face, characters in cjk_characters().items():
        write(opened(CJK, fontNumber=FACES[face]), f"NotoSans{face}-Regular.otf", characters, CJK_FEATURES, VERTICAL)
    emoji = opened(EMOJI)
    # 20 MB of the same pictures in another format.
    del emoji["SVG "]
    colored = set(emoji.getBestCmap())
    write(emoji, "NotoColorEmoji-Regular.ttf", colored, ["*"], VERTICAL)
    # Arrows, signs and stars that neither the embedded font nor the emoji have.
    drawn = colored | set(TTFont(EMBEDDED).getBestCmap())
    for family in ["Symbols", "Symbols2", "Math"]:
        font = opened(NOTO.format(family))
        characters = {c for c in font.getBestCmap() if 0x2100 <= c < 0x2C00} - drawn
        drawn |= characters
        write(font, f"NotoSans{family}-Regular.ttf", characters, ["ccmp", "mark"], ["MATH"])
    total = sum(path.stat().st_size for path in TARGET.iterdir() if path.suffix in {".ttf", ".otf"})
    print(f"{total} bytes in all")
    if total > BYTES_MAX:
        raise SystemExit(f"more than {BYTES_MAX} bytes: choose fewer characters")


if __name__ == "__main__":
    main()
