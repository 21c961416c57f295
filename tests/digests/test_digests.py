"""The table of formats, the id of a digest, and reading a text by the format that knows it."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.digests import FORMATS, digest_id, read_text
from tui.digests.sources import decode, find, load
from tui.errors import DigestError
from tui.papers.paper import Reading

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
WEEKLY = "Title: A\nPDF: https://arxiv.org/pdf/2406.14539\nSummary: a\n---\nSummary: b"
LINES = '{"id": "x", "title": "A"}\n{"title": 7}'


def read(text: str, path: str = "in/saved.txt", year: int | None = None) -> Reading:
    return read_text(text, path=path, imported=NOW, year=year)


def test_the_formats_have_their_names() -> None:
    """Scripts read them in `import --json`."""
    assert [form.name for form in FORMATS] == ["hf-page", "title-pdf-summary", "papertui-jsonl"]


def test_a_digest_is_described(made_page: str) -> None:
    """Everything about the file that is not in its papers."""
    digest = read(made_page).digest
    assert (digest.format, digest.path, digest.imported) == ("hf-page", "in/saved.txt", NOW)
    assert (digest.id, digest.records, digest.rejected) == (digest_id(made_page), 24, 0)


@pytest.mark.parametrize(
    ("text", "path", "name", "day"),
    [
        (WEEKLY, "in/week_2024-06-21.txt", "week_2024-06-21", date(2024, 6, 21)),
        (LINES, "in/papers.old.jsonl", "papers.old", None),
        (LINES, "-", "stdin", None),
        (LINES, ".papers", ".papers", None),
        ("Nov 18\nA\nB.\n• 3 authors\nJan 9, 2023", "in/x.txt", "nov-18", date(2024, 11, 18)),
    ],
)
def test_a_digests_name_and_date(text: str, path: str, name: str, day: date | None) -> None:
    """The page's own day where it has one, else the file's name."""
    digest = read(text, path).digest
    assert (digest.name, digest.date) == (name, day)


def test_rejects_are_counted_and_told() -> None:
    """A digest with papers and rejects is read; none is lost on the way."""
    for text, line in ((WEEKLY, 5), (LINES, 2)):
        reading = read(text)
        assert (reading.digest.records, reading.digest.rejected) == (1, 1)
        assert [reject.line for reject in reading.rejects] == [line]


def test_the_users_year_reaches_the_page() -> None:
    """And what no year was found for is counted."""
    text = "new\nNov 18\nA\nB.\n• 3 authors\n·\nJan 9"
    assert (read(text).yearless, read(text).records[0].published) == (1, None)
    reading = read(text, year=2025)
    assert (reading.yearless, reading.records[0].published) == (0, date(2025, 1, 9))
    assert (reading.digest.date, reading.digest.year_inferred) == (date(2025, 11, 18), False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "in/saved.txt is empty. "),
        (" \r\n\ufeff\n\xa0", "no digest format recognised"),
        ("\ufeff\r\n \t\n", "in/saved.txt is empty. "),
        ("Some words.\nAnd more.", "no digest format recognised. papertui reads"),
        ("\n<!DOCTYPE html><p>new</p>", "It is HTML: open it in a browser"),
        ('[{"title": "A", "id": "x"}]', "one object a line, not a list"),
        ("new\n\nSubmitted by\nA Name\nSubscribe", "a page without papers. Save it again"),
        ("Subscribe\n\nLadders", "a page without papers. Line 3: “Ladders”"),
        ('{"id": "x", "title": ""}', "a page without papers. Line 1: "),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, words: str) -> None:
    """It names the file, says what is wrong and what to do next."""
    with pytest.raises(DigestError) as caught:
        read(text)
    assert words in str(caught.value)
    assert str(caught.value).startswith("in/saved.txt")
    assert str(caught.value).endswith(".")


def test_standard_input_is_named_in_words() -> None:
    """Nobody knows a file called `-`."""
    with pytest.raises(DigestError, match=r"^Standard input is empty"):
        read("", path="-")


def test_the_id_ignores_line_ends_and_the_mark() -> None:
    """The same page saved on another system is the same digest; other text is another."""
    ids = {digest_id(text) for text in ("a\nb\n", "\ufeffa\r\nb\r\n", "a\rb\r")}
    assert ids == {"509188e2ba15"}
    assert digest_id("a\nb") not in ids
    assert read(LINES.replace("\n", "\r\n")).digest.id == digest_id(LINES)


def test_line_ends_and_the_mark_make_no_difference(page: str) -> None:
    """CRLF, lone CR and a byte-order mark give the same reading, id and all."""
    assert read("\ufeff" + page.replace("\n", "\r\n")) == read(page)
    assert read(page.replace("\n", "\r")) == read(page)


def test_each_digest_is_known_by_one_format(page: str) -> None:
    """The table's order decides nothing."""
    for text in (page, WEEKLY, LINES):
        assert sum(form.knows(text) for form in FORMATS) == 1


def read_or_refusal(text: str, path: str = "-") -> bytes | str:
    """The reading as it would be stored, or the sentence."""
    try:
        reading = read(text, path)
    except DigestError as error:
        return str(error).removesuffix(".")
    assert reading.digest.records == len(reading.records) > 0
    return msgspec.json.encode(reading)


@given(st.text(st.characters(exclude_categories=[])))
@example("• 3 authors\n·\nFeb 29\n")
@example("new\nSubscribe\ud800\nA\nB")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but DigestError is ever raised, and what is read can be stored."""
    for form in FORMATS:
        form.knows(text.replace("\r", "\n"))
    for prefix in ("", "Get trending papers in your email inbox!\nA title\n", "Title: A\nPDF:\n", LINES):
        assert read_or_refusal(prefix + text, path=text or "-")


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """From bytes to papers nothing but DigestError is ever raised."""
    for start in (b"", b"\xff\xfe", b"Subscribe\nA\n"):
        try:
            text = decode(start + data)
        except DigestError:
            continue
        assert read_or_refusal(text)


@pytest.mark.parametrize(
    ("name", "records", "dated"), [("000_bb4b64ca26ca827d", 75, 74), ("001_133330ea10746aa2", 70, 0)]
)
def test_real_pages_are_read_whole(name: str, records: int, dated: int, real: Callable[[str], str]) -> None:
    """As many papers and dates as were counted by other means, and no reject."""
    reading = read(real(f"dumps/{name}.txt"))
    assert (reading.digest.records, reading.digest.rejected) == (records, 0)
    assert sum(record.published is not None for record in reading.records) == dated
    assert all(record.abstract for record in reading.records)


def test_the_real_page_with_two_papers_of_one_title(real: Callable[[str], str]) -> None:
    """Both are read, each with its own abstract."""
    reading = read(real("dumps/004_2052bfa5135965c2.txt"))
    assert (reading.digest.records, reading.digest.rejected, reading.yearless) == (219, 0, 0)
    assert len({record.title for record in reading.records}) == 218
    assert len({record.abstract for record in reading.records}) == 219


@pytest.mark.parametrize(
    "text",
    [
        "new\n" * 300_000 + "Subscribe",
        "Subscribe\n" + "• 3 authors\n" * 100_000 + "A\nB.",
        "Subscribe\n" + "word " * 400_000 + "\nA",
        "Subscribe\nA\n" + "authors " * 200_000,
        "words\n1 authors\n" * 100_000,
        "Title: A\nPDF: x\n" + "  more\n" * 300_000,
        '{"id": 1, "title": "' + "A" * 2_000_000 + '"}',
        " \n" * 1_000_000,
        "Nov 18\n" * 200_000,
        "Submitted by\n" * 200_000,
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    """Two megabytes of anything are read or refused in seconds; quadratic time would take hours."""
    begun = time.perf_counter()
    try:
        read(text)
    except DigestError:
        pass
    assert time.perf_counter() - begun < 10


def test_the_samples_of_the_project_are_digests() -> None:
    """What lies in tests/dumps for everybody is read without a reject."""
    found = find([str(Path(__file__).parents[1] / "dumps")])
    assert (len(found.files), found.passed_over) == (5, 0)
    for file in (Path(file.path) for file in found.files):
        reading = read(load(str(file)), str(file))
        assert reading.records
        assert reading.rejects == ()


def test_reading_needs_no_screen() -> None:
    """Importing the formats brings in neither Textual nor Rich nor Click."""
    code = "import sys, tui.digests.sources; print({'textual', 'rich', 'click'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
