"""TeX in titles and abstracts, shown as what it means; apart from other text, as few have any."""

import re
import unicodedata

from tui.papers.text import GLUED, UNSEEN

_UNSEEN = re.compile(f"[{UNSEEN}]")
_COMBINING = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "aa": "å",
    "i": "ı",
}
_TEX_ACCENT = re.compile(
    r"""\\(?:(['`^"~=.])\s?(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))   # \'e  \'{e}  \'{\i}
         |([uvHckr])\{([A-Za-z])\})                              # \c{c}""",
    re.VERBOSE,
)
_TEX_LETTER = re.compile(r"\{\\(ss|ae|AE|aa|[oOlL])\}|\\(ss|ae|AE|aa|[oOlL])(?![A-Za-z])\s?")
_TEX_STYLE = re.compile(
    r"\\(?:textit|textbf|textsc|texttt|text|emph|url|underline|mathbf|mathrm)\{([^{}]*)\}"
    r"|\{\\(?:em|it|bf|sc|tt)\s++([^{}]*)\}"
)
_TEX_WORD = re.compile(r"\\(ie|eg|etal|cf|etc)(?![A-Za-z])")
_TEX_WORDS = {"ie": "i.e.", "eg": "e.g.", "etal": "et al.", "cf": "cf.", "etc": "etc."}
_TEX_ESCAPE = re.compile(r"\\([%&_#$])")
_HEX = re.compile(r"(?<![A-Za-z0-9])x(20[0-9A-Fa-f]{2})(?![0-9A-Fa-f])")


def accented(text: str) -> str:
    """The text with TeX's accents on their letters."""
    return _TEX_ACCENT.sub(_accented, text)


def _accented(match: re.Match[str]) -> str:
    accent, letter = match[1] or match[4], match[2] or match[3] or match[5]
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


def _character(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return match[0] if _UNSEEN.match(char) or unicodedata.category(char).startswith("M") else char


def plain(text: str) -> str:
    """What is certain to be TeX, shown as what it means; everything else stays as it came."""
    if "\\" in text:
        text = accented(text)
        text = _TEX_LETTER.sub(lambda m: _LETTERS[m[1] or m[2]], text)
        for _ in range(3):  # styles may be nested, but hardly deeper
            text = _TEX_STYLE.sub(lambda m: m[1] if m[1] is not None else m[2], text)
        text = _TEX_WORD.sub(lambda m: _TEX_WORDS[m[1]], text)
        text = _TEX_ESCAPE.sub(r"\1", text)
    text = _HEX.sub(_character, text)
    return GLUED.sub(lambda m: m[0].replace("times", "×").replace("pm", "±"), text)
