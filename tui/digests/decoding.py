"""From bytes to text: which encodings a digest may have, and what to say of bytes that are no text."""

import codecs
from types import MappingProxyType

from tui.errors import DigestError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = MappingProxyType({"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16"})
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich-text document"),
)
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\v\f\r\x1b")
_REMEDY = "Save the page as text, in UTF-8, and import that."

#: As many first bytes as `refuse_binary` needs to tell a text from what is none
HEAD = 65536


def decode(data: bytes, name: str = "Standard input") -> str:
    """The text in UTF-8, with or without a mark, or UTF-16 with its mark; the mark is taken off.

    Raises DigestError, which names the data as `name`, for what is empty, no text or broken.
    """
    encoding = _encoding(data)
    refuse_binary(data[:HEAD], name)
    if encoding != "utf-16" and b"\0" in data:
        raise DigestError(f"{name} is not text: it holds zero bytes. {_REMEDY}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DigestError(_undecodable(data, encoding, error.start, name)) from None
    if not text:
        raise DigestError(f"{name} is empty. Save the page again and import that.")
    if encoding == "utf-16" and "\0" in text:
        raise DigestError(f"{name} is not text: it holds zero characters. {_REMEDY}")
    return text


def refuse_binary(head: bytes, name: str) -> None:
    """Raises DigestError where a file's first bytes show that it is no text."""
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind:
        raise DigestError(f"{name} is not text: it seems to be {kind}. {_REMEDY}")
    if _encoding(head) == "utf-16":
        return
    if b"\0" in head:
        wide = " (UTF-16 without its mark?)" if 2 * head.count(0) in _about(len(head)) else ""
        raise DigestError(f"{name} is not text: it holds zero bytes{wide}. {_REMEDY}")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 2 and controls * 50 > len(head):
        raise DigestError(f"{name} is not text: it is full of control characters. {_REMEDY}")


def _encoding(data: bytes) -> str:
    return next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")


def _about(length: int) -> range:
    return range(length * 8 // 10, length * 12 // 10 + 1)


def _undecodable(data: bytes, encoding: str, at: int, name: str) -> str:
    before = data[:at].decode(encoding, errors="replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return (
        f"{name} is not {_NAMES[encoding]}: byte 0x{data[at]:02x} at line {line}, column {column} "
        "cannot be read. Save it as UTF-8 and import it again."
    )
