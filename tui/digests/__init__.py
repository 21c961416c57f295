"""What comes in: the table of digest formats, and reading a text by the one that knows it."""

import re
from datetime import datetime
from hashlib import blake2b
from pathlib import PurePath

from tui.digests.format import Content, Format, ReadContext
from tui.digests.hf_page import HF_PAGE
from tui.digests.json_lines import JSON_LINES
from tui.digests.title_pdf_summary import TITLE_PDF_SUMMARY
from tui.errors import DigestError
from tui.papers.paper import Digest, Reading

__all__ = ["FORMATS", "Content", "Format", "ReadContext", "digest_id", "read_text"]

FORMATS: tuple[Format, ...] = (HF_PAGE, TITLE_PDF_SUMMARY, JSON_LINES)

_READS = (
    "papertui reads Hugging Face pages saved as text, lists of Title:, PDF: and Summary: lines, "
    "and its own JSON Lines"
)
#: the most lines a digest may have: each takes memory, however short it is
MOST_LINES = 2_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)


def digest_id(text: str) -> str:
    """12 hex digits of BLAKE2b over the text; line ends and a byte-order mark make no difference."""
    return _plain(text)[1]


def read_text(text: str, *, path: str, imported: datetime, year: int | None = None) -> Reading:
    """The papers of one digest; `path` names it in errors (`-` is standard input).

    `year` is that of dates without one. Raises DigestError for a text without any paper.
    """
    (text, identity), shown = _plain(text), _shown(path)
    if not text or text.isspace():
        raise DigestError(f"{shown} is empty. Save the page again and import that.")
    if text.count("\n") > MOST_LINES:
        raise DigestError(f"{shown} has more than {MOST_LINES:,} lines. Split it and import the parts.")
    form = next((form for form in FORMATS if form.knows(text)), None)
    if form is None:
        raise DigestError(f"{shown}: no digest format recognised. {_unknown(text)}")
    content = form.read(text, ReadContext(path, year))
    if not content.records:
        raise DigestError(_without_papers(shown, content))
    return Reading(
        digest=Digest(
            id=identity,
            name=content.name or _name(path),
            path=_storable(path),
            format=form.name,
            date=content.date,
            year_inferred=content.year_inferred,
            imported=imported,
            records=len(content.records),
            rejected=len(content.rejects),
        ),
        records=content.records,
        rejects=content.rejects,
        yearless=content.yearless,
    )


def _plain(text: str) -> tuple[str, str]:
    """The text with `\\n` for every line end, no mark and no lone surrogates; and its id."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = _storable(text)
        data = text.encode()
    return text, blake2b(data, digest_size=6).hexdigest()


def _storable(text: str) -> str:
    """Lone surrogates, which no file can hold, become U+FFFD; file names may have some."""
    return _SURROGATE.sub("\ufffd", text)


def _shown(path: str) -> str:
    return "Standard input" if path == "-" else path


def _name(path: str) -> str:
    return "stdin" if path == "-" else _storable(PurePath(path).stem) or "digest"


def _unknown(text: str) -> str:
    if _MARKUP.match(text):
        return "It is HTML: open it in a browser and save it as text."
    if text.lstrip().startswith("["):
        return f"{_READS}: one object a line, not a list."
    return f"{_READS}."


def _without_papers(shown: str, content: Content) -> str:
    if content.rejects:
        first = content.rejects[0]
        return f"{shown} is a page without papers. Line {first.line}: {first.reason}"
    return f"{shown} is a page without papers. Save it again once its papers are shown."
