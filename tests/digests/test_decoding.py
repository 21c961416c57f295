"""From bytes to text, and what is said of bytes that are no text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.decoding import HEAD, decode, refuse_binary
from tui.errors import DigestError

TEXT = "Kettles · 日本 😀\nend\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_the_encodings_of_saved_pages(data: bytes) -> None:
    """UTF-8 with or without a mark and UTF-16 with one give the same text, without a mark."""
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "page.txt is empty"),
        (codecs.BOM_UTF8, "page.txt is empty"),
        (codecs.BOM_UTF16_LE, "page.txt is empty"),
        (b"%PDF-1.7\nplain words", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"PK\x03\x04rest", "a zip archive or office document"),
        (b"{\\rtf1 words}", "a rich-text document"),
        (b"words\0words", "zero bytes"),
        (b"words " * HEAD + b"\0", "zero bytes"),
        ("words and words".encode("utf-16-le"), "UTF-16 without its mark"),
        (codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), "zero characters"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "zero characters"),
        (b"\x01\x02\x03\x04 words", "control characters"),
        (codecs.BOM_UTF16_LE + b"a\0b", "page.txt is not UTF-16: byte 0x62 at line 1, column 2"),
    ],
)
def test_what_is_no_text_is_told(data: bytes, words: str) -> None:
    """The sentence names the file, says what it seems to be, and ends with what to do."""
    with pytest.raises(DigestError, match=words) as caught:
        decode(data, "page.txt")
    assert "page.txt" in str(caught.value)
    assert "ave " in str(caught.value)


def test_a_broken_byte_is_pointed_at() -> None:
    """Lines and columns count characters from 1, as editors do."""
    with pytest.raises(DigestError) as caught:
        decode("Zwölf\nkät".encode() + b"\xe9 \xe9")
    assert "byte 0xe9 at line 2, column 4" in str(caught.value)
    assert "Save it as UTF-8" in str(caught.value)


def test_a_few_control_characters_are_no_binary() -> None:
    """A stray escape or form feed from a terminal does not make a page unreadable."""
    assert decode(b"a\x08b\x7f")
    assert decode(b"\x0c\x1b[1mwords\x08 \x07" + b"and words " * 40)


@given(st.binary())
def test_any_bytes_are_text_or_a_sentence(data: bytes) -> None:
    """Nothing but DigestError is ever raised, and what is returned can be stored."""
    try:
        text = decode(data).encode()
    except DigestError as error:
        text = str(error).removeprefix("Standard input ").encode()
    assert text
    assert b"\0" not in text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    """No text is taken for a binary for its letters."""
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


def test_the_head_is_enough_to_refuse() -> None:
    """A binary is told by its first bytes; a text's first bytes, cut anywhere, are not refused."""
    with pytest.raises(DigestError):
        refuse_binary(b"\x7fELF" + bytes(100), "program")
    refuse_binary("日".encode() * HEAD, "page.txt")
    refuse_binary(("日".encode() * HEAD)[:HEAD], "page.txt")
