"""Digests that were damaged, or made to take for ever: read or refused, each line told of, in linear time."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from poison import Within

from tui.digests import FORMATS, MOST_LINES, ReadContext, hf_lines, read_text
from tui.digests.sources import decode
from tui.errors import DigestError
from tui.exports.addresses import is_safe
from tui.exports.markdown import escape
from tui.papers.paper import Reading
from tui.papers.text import clean, fold, words

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared"
NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
MEGA = 1_000_000


def read(text: str) -> Reading | str:
    """The reading, or the sentence; anything else is a failure."""
    try:
        return read_text(text, path="x.txt", imported=NOW)
    except DigestError as error:
        return str(error)


@cache
def samples(*folders: str) -> tuple[str, ...]:
    """The texts of the digests in these folders."""
    paths = [p for folder in folders for p in sorted((ROOT / folder).rglob("*")) if p.is_file()]
    return tuple(p.read_text("utf-8") for p in paths if p.suffix in (".txt", ".jsonl"))


def ours() -> tuple[str, ...]:
    """Those that lie in the repository."""
    return samples("tests/dumps")


def mutated(draw: Any, lines: list[str]) -> list[str]:
    """Some lines fewer, doubled, exchanged, joined, cut or of another page."""
    others = [line for text in ours() for line in text.split("\n")]
    for _ in range(draw(st.integers(1, 8))):
        one, two = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.integers(0, 5)):
            case 0:
                del lines[one : one + 1 + (two % 3 if len(lines) > 9 else 0)]
            case 1:
                lines.insert(two, lines[one])
            case 2:
                lines[one], lines[two] = lines[two], lines[one]
            case 3:
                lines[one] += lines[two]
            case 4:
                lines[one] = lines[one][: draw(st.integers(0, 40))]
            case _:
                lines.insert(one, others[draw(st.integers(0, len(others) - 1))])
        lines = lines or [""]
    return lines


@st.composite
def damaged(draw: Any) -> str:
    """A digest of ours with a few of its lines mutated."""
    text = draw(st.sampled_from(ours()))
    return "\n".join(mutated(draw, text.split("\n")))


@given(damaged())
@settings(max_examples=150)
def test_a_damaged_digest_loses_no_line_in_silence(text: str) -> None:
    """Each line is in a paper, is the format's own, or is in a piece that was rejected."""
    reading = read(text)
    if isinstance(reading, str):
        return
    assert_accounted(text, reading)


def assert_accounted(text: str, reading: Reading) -> None:
    lines, rejected = text.split("\n"), {reject.line for reject in reading.rejects}
    assert all(1 <= number <= len(lines) for number in rejected)
    assert all(reject.reason.isprintable() and reject.reason for reject in reading.rejects)
    if reading.digest.format == "papertui-jsonl":
        assert len(reading.records) + len(rejected) == sum(bool(line.strip()) for line in lines)
        return
    told = [" ".join([r.title, r.abstract, *r.links, r.arxiv_id or ""]) for r in reading.records]
    told += [reject.reason for reject in reading.rejects]
    everything = re.sub(r"\W+", "", " ".join(told))
    page = reading.digest.format == "hf-page"
    for number, line in enumerate(lines, 1):
        assert number in rejected or (
            _on_page(line, everything) if page else _on_list(line, everything, number, rejected)
        ), (number, line)


def _on_page(line: str, everything: str) -> bool:
    split = hf_lines.split(line)
    return all(
        hf_lines.furniture(part.text)
        or re.sub(r"\W+", "", hf_lines.glued_title(part.text) or part.text) in everything
        or hf_lines.facts([part], 0) is not None
        or hf_lines.may_be_name(part.text)
        for part in split
    )


def is_arxiv(line: str) -> bool:
    """Whether it is an address of arXiv, which is kept in another form."""
    return re.fullmatch(r"(PDF:|\s)*http\S+", line) is not None


def _on_list(line: str, everything: str, number: int, rejected: set[int]) -> bool:
    bare = re.sub(r"\W+", "", re.sub(r"^(Title|PDF|Summary):", "", line))
    return bare in everything or is_arxiv(line) or any(start <= number for start in rejected)


@given(st.data())
@settings(max_examples=80)
def test_damaged_bytes_are_read_or_refused(data: Any) -> None:
    """Any bytes put in, taken out or turned in a digest: papers, or a sentence with line and column."""
    raw = bytearray(data.draw(st.sampled_from(ours())).encode()[:6000])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=20))
    try:
        read(decode(bytes(raw)))
    except DigestError:
        pass


def test_damaged_real_digests_are_read_or_refused() -> None:
    """Every line of the real ones taken out, doubled or moved, a hundred at a time."""
    texts = samples("../shared/dumps", "../shared/samples")
    if not texts:
        pytest.skip("no real digests lie beside this checkout")
    for text in texts:
        lines = text.split("\n")
        step = max(2, len(lines) // 40)
        for kept in (
            lines[::-1],
            lines[1:],
            *([*lines[:at], *lines[at + step // 2 :]] for at in range(0, len(lines), step * 5)),
        ):
            reading = read("\n".join(kept))
            if not isinstance(reading, str):
                assert_accounted("\n".join(kept), reading)


PROSE = "Words of one kind\n" + "It is said so. " * 20 + "\n"
#: each the worst that some pattern of the readers can be given
TRAPS = {
    "blank lines between prose": PROSE * 3 + "\n" * MEGA + "x y",
    "blanks between prose": PROSE * 3 + " \n" * (MEGA // 2) + "x y",
    "one word of a banner": "Get" + " " * MEGA + "x",
    "banner and blanks": "Get trending papers in your email inbox!" + " " * MEGA + "x",
    "authors": "1 authors " * (MEGA // 10),
    "subscribe": "Subscribe" * (MEGA // 9),
    "digits": "Title: " + "9" * MEGA + "\nPDF: " + "9" * MEGA,
    "digit lines": "Subscribe\n" + "9\n" * (MEGA // 6),
    "brackets": "Title: " + "[" * MEGA + "\nSummary: " + "(" * MEGA,
    "open address": "Title: a\nSummary: " + "http://a.b/(" * (MEGA // 12),
    "dotted address": "Title: a\nSummary: http://" + "a." * (MEGA // 2),
    "hosts": "Title: a\nSummary: " + ("a." * 39 + "!.com/a") * (MEGA // 85),
    "escapes": "Title: a\nSummary: http://a.b/" + "\\_{" * (MEGA // 3),
    "titles": "Title:\n" * (MEGA // 7) + "PDF:\n",
    "strays": "stray\n" * (MEGA // 6) + "Title: x\nPDF:",
    "no divider": "Title: x\nPDF: y\n" + "-" * (MEGA // 2) + " " * (MEGA // 2) + "x",
    "nested lists": '{"id":1,"title":"a","z":' + "[" * MEGA,
    "nested objects": '{"id":1,"title":"a"}\n' + '{"a":' * (MEGA // 5),
    "quotes": '{"id":1,"title":"' + '\\"' * (MEGA // 2) + '"}',
    "a long number": '{"id":1,"title":"a","comments":' + "9" * MEGA + "}",
    "surrogates": '{"id":1,"title":"' + "\\ud800" * (MEGA // 6) + '"}',
    "marks": "Title: a\nSummary: a" + "\u0315" * (MEGA // 8) + "\u0300" * (MEGA // 8),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_no_trap(name: str) -> None:
    """A megabyte of the worst, by each of the readers, and by what is done with a text afterwards."""
    text = TRAPS[name]
    with Within(8):
        read(text)
        for form in FORMATS:
            form.read(text[: MEGA // 4], ReadContext("x"))
        fold(text)
        words(text)


TEXTS = {
    "marks": "a" + "\u0315" * (MEGA // 8) + "\u0300" * (MEGA // 8),
    "marks in turn": "a" + "\u0315\u0300" * (MEGA // 8),
    "entities": "&" + "a" * MEGA,
    "stops": "https://" + "." * MEGA,
    "brackets": "https://" + "(a" * (MEGA // 2),
    "addresses": "https://." * (MEGA // 9),
    "accents": "\\'{" * (MEGA // 3),
    "styles": "\\text{" * (MEGA // 7) + "}" * (MEGA // 7),
    "emphasis": ("{\\em" + " " * 20 + "a") * (MEGA // 25),
    "codes": " x2013" * (MEGA // 6),
    "times": "1times" * (MEGA // 6),
    "unseen": "a\u200b" * (MEGA // 2),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_shown_and_written_in_linear_time(name: str) -> None:
    """A megabyte of the worst for what cleans, escapes and judges it."""
    with Within(8):
        escape(clean(TEXTS[name]))
        words(TEXTS[name])
        is_safe("https://x" + TEXTS[name])


def test_a_million_lines_and_a_line_of_ten_megabytes() -> None:
    """Read as they are; of more lines than any digest has the file is refused, before it takes memory."""
    with Within(8):
        reading = read("Title: A\nSummary: " + "word " * (2 * MEGA))
        assert not isinstance(reading, str)
        assert len(reading.records[0].abstract) == 10 * MEGA - 1
        many = read("Title: A\nPDF:\n" + "a\n" * MEGA)
        assert not isinstance(many, str)
        assert many.digest.records == 1
        assert "has more than 2,000,000 lines. Split it" in str(read("a\n" * (MOST_LINES + 1)))
