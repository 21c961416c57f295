"""Three ways to look at text that came from a file: folded to compare, in words to search, cleaned to show.

Digests are written by strangers. What is stored is what came; what leaves for a terminal, a clipboard
or a file goes through `clean` first.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_ASCII_OTHER = bytes(c for c in range(128) if not chr(c).isalnum())
_ASCII_WORDS = bytes(ord(chr(c).lower()) if chr(c).isalnum() else 32 for c in range(128)) + bytes(128)

#: What is never shown. Without a shape: C0 and C1 controls, soft hyphen, zero-width characters, fillers
#: and blank notes, bidi marks, overrides and isolates, byte-order marks, invisible operators and
#: joiners, annotations, variation selectors, tags, lone surrogates, noncharacters, planes with nothing
#: in them. Of a shape nobody can tell: private use (a terminal may draw pictures for it), and the
#: modifiers of emoji, which take two cells here and none there.
UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159"
    r"\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U0001fffe\U0001ffff\U0002fffe\U0002ffff"
    r"\U0003fffe-\U0010ffff"
)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# The letters of flags: terminals give a pair of them two cells or four.
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
# Marks pile up on the letter before them and, in number, smear over other rows. No writing in use
# puts more than five on one letter.
_MOST_MARKS = 5
_PILE = re.compile(f"[^\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
# Normal forms sort the marks on a letter, in a time that is the square of their number.
_CROWD = re.compile("[^\x00-\u02ff]{32,}")
# What TeX made of \times and \pm where its backslashes got lost.
GLUED = re.compile(r"\dtimes(?![A-Za-z])|\d%?pm\d")
_IOTA = "\u0345"
_PIECE = 1 << 12


def fold(text: str) -> str:
    """The text's letters and digits alone, without case, marks or blanks: what identity compares."""
    if text.isascii():
        return text.encode().lower().translate(None, _ASCII_OTHER).decode()
    return "".join("".join(filter(str.isalnum, piece)) for piece in _bare(text))


def words(text: str) -> str:
    """The folded words with one blank between them: what a search looks through."""
    return " ".join(loose_words(text).split())


def loose_words(text: str) -> str:
    """The folded words with one blank or more between them: as good for single words, ten times as fast."""
    if "\\" in text:
        from tui.papers.tex import accented

        text = accented(text)
    if text.isascii():
        return text.encode().translate(_ASCII_WORDS).decode()
    return "".join(
        "".join(c if c.isalnum() else " " for c in piece if not _is_mark(c)) for piece in _bare(text)
    )


def _bare(text: str) -> Iterator[str]:
    """The text decomposed and casefolded, a piece at a time: one letter may become eighteen."""
    text, start = _CROWD.sub(_without_marks, text), 0
    while start < len(text):
        end = start + _PIECE
        while end < len(text) and not text[end].isalnum():
            end += 1  # marks stay with what they stand on, for they are put in order
        piece = unicodedata.normalize("NFKD", text[start:end]).casefold()
        yield unicodedata.normalize("NFKD", piece)
        start = end


def _without_marks(crowd: re.Match[str]) -> str:
    """Nothing is lost that a fold keeps: of all marks to be sorted, the iota alone folds to a letter."""
    return "".join(c for c in crowd[0] if c == _IOTA or not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def key_of(title: str, abstract: str = "") -> str:
    """A record's key: 12 hex digits of BLAKE2b over folded title, newline, folded abstract."""
    from hashlib import blake2b  # OpenSSL's 2 ms are only spent where keys are made

    made = blake2b(fold(title).encode(), digest_size=6)
    made.update(b"\n")
    made.update(fold(abstract).encode())
    return made.hexdigest()


def storable(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no file can hold; command lines may have some."""
    return text if text.isascii() else re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def clean(text: str) -> str:
    """One safe line: line breaks become blanks, what no reader can see goes, simple TeX is shown."""
    if not (text.isascii() and text.isprintable()):
        text = _FLAG.sub(_flag_letter, _UNSEEN.sub("", _BREAKS.sub(" ", text)))
        text = unicodedata.normalize("NFC", _PILE.sub(_fewer_marks, _without_lead(text)))
    if "\\" in text or "x20" in text or GLUED.search(text):
        from tui.papers import tex

        return tex.plain(text)
    return text


def _flag_letter(match: re.Match[str]) -> str:
    return chr(ord(match[0]) - 0x1F1E6 + ord("A"))


def _without_lead(text: str) -> str:
    """Marks that begin a text would sit on what stands before it."""
    first = next((at for at, char in enumerate(text) if not _is_mark(char)), len(text))
    return text[first:]


def _fewer_marks(pile: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in pile[0]:
        marks = marks + 1 if _is_mark(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def clean_lines(text: str) -> str:
    """As `clean`, keeping line breaks: for notes, which have lines of their own."""
    return "\n".join(clean(line) for line in text.splitlines())
