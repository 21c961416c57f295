"""What a paper looks like in lines: cut by cells, marked where found, and never obeyed."""

import re
import unicodedata
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from rich.style import Style
from rich.text import Text
from textual.app import App
from textual.strip import Strip

from tui.papers import text as fold
from tui.papers.paper import Digest, Paper, Sighting
from tui.papers.triage import Triage
from tui.ui import cutting
from tui.ui.cutting import fit, wrap
from tui.ui.draw import head, hints, more, prose, quoted, row, rule, spread, tab_at, tabs
from tui.ui.facts import date_words, digest_words, facts, some_of
from tui.ui.look import ASCII, GLYPHS, NIGHT, Ink
from tui.ui.marking import spans

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
HOSTILE = (
    "[@click=app.quit]x[/] [bold]y",
    "a\x1b]52;c;aGk=\x07b",
    "a\x9b31mred",
    "evil\u202egnp.exe",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 here",
    "[/",
    "zero\u200bwidth\ufeff",
    "a\nb\tc\r\nd",
)
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def paper(title: str = "LanternFormer: Linear Attention", **more: Any) -> Paper:
    return Paper(id="a" * 12, title=title, added=NOW, **more)


def digest(name: str, day: int, **more: Any) -> Digest:
    return Digest(
        id=name,
        name=name,
        path=name,
        format="page",
        imported=datetime(2026, 11, day, tzinfo=UTC),
        **more,
    )


@pytest.fixture(scope="module")
def ink() -> Ink:
    app = App[Any]()
    app.register_theme(NIGHT)
    app.theme = NIGHT.name
    return Ink(app)


def plain(strips: Any) -> list[str]:
    return [strip.text for strip in strips]


def styled(strip: Strip, text: str) -> Style:
    """The style of the segment that holds this text."""
    return next(style for part, style, _ in strip if style is not None and text in part)


# -- cutting --------------------------------------------------------------------------------------


def test_text_is_wrapped_at_blanks() -> None:
    """No line is wider than asked; blanks in a row are one."""
    assert wrap("the  quick brown\nfox jumps", 10) == ["the quick", "brown fox", "jumps"]
    assert wrap("", 10) == []
    assert wrap("exactly ten", 11) == ["exactly ten"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    """An address of 200 characters does not push the line out."""
    assert wrap("see abcdefghij", 4) == ["see", "abcd", "efgh", "ij"]
    assert wrap("sée abcdefghij深", 4) == ["sée", "abcd", "efgh", "ij深"]


def test_wide_characters_are_counted_and_never_split() -> None:
    """A line ends beside a wide character where the script has no blanks."""
    lines = wrap("深層学習のための大規模カーネル", 7)
    assert lines == ["深層学", "習のた", "めの大", "規模カ", "ーネル"]
    assert wrap("deep 深層学習", 9) == ["deep 深層", "学習"]


def test_marks_stay_with_their_letters() -> None:
    """A combining mark takes no cell and begins no line."""
    text = "x\u0323\u0302" * 9
    assert all(not unicodedata.combining(line[0]) for line in wrap(text, 4))
    assert [cell_len(line) for line in wrap(text, 4)] == [4, 4, 1]


@given(st.text(max_size=300), st.integers(2, 40))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    """Whatever stands in a title, lines keep to their width and hold all its characters."""
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(fold.clean(text).split())


@given(st.text(st.characters(max_codepoint=0x24FF), max_size=200), st.integers(1, 30))
def test_both_ways_of_cutting_agree(text: str, width: int) -> None:
    """The short way for characters of one cell gives what the long way gives."""
    text = " ".join(fold.clean(text).split())
    if not cutting._ODD.search(text):
        assert cutting._cut_even(text, width) == cutting._cut_odd(text, width)


def test_only_characters_of_one_cell_go_the_short_way() -> None:
    """As Rich measures them."""
    for code in range(0x20, 0x3000):
        assert cutting._ODD.match(chr(code)) or get_character_cell_size(chr(code)) == 1, hex(code)


def test_a_title_too_long_is_cut_after_a_word() -> None:
    """With an ellipsis, in the cells there are."""
    assert fit("Why Do Sparse Experts Agree?", 20, GLYPHS) == "Why Do Sparse…"
    assert fit("Why Do Sparse Experts Agree?", 20, ASCII) == "Why Do Sparse~"
    assert fit("Agree?", 6, GLYPHS) == "Agree?"
    assert fit("深層学習", 6, GLYPHS) == "深層…"
    assert fit("深層学習", 1, GLYPHS) == "…"
    assert fit("abc", 0, GLYPHS) == ""


# -- finding --------------------------------------------------------------------------------------


def found(shown: str, *queries: str) -> list[str]:
    return [shown[start:stop] for start, stop in spans(shown, [fold.words(q) for q in queries])]


@pytest.mark.parametrize(
    ("shown", "query", "marks"),
    [
        ("A Large-Kernel Network", "large kernel", ["Large-Kernel"]),
        ("A LARGE  (kernel)", "large kernel", ["LARGE  (kernel"]),
        ("kernels, subkernel", "kernel", ["kernel", "kernel"]),
        ("enlarge kernels", "large kernel", ["large kernel"]),
        ("Poincaré’s disk", "poincare", ["Poincaré"]),
        ("Poincare\u0301 disk", "poincare", ["Poincare\u0301"]),
        ("Straße und STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("ﬁne-tuning", "fine tuning", ["ﬁne-tuning"]),
        ("深層 学習", "学習", ["学習"]),
        ("a_b", "a b", ["a_b"]),
        ("nothing here", "kernel", []),
        ("", "kernel", []),
        ("any", "", []),
    ],
)
def test_words_are_marked_where_a_search_finds_them(shown: str, query: str, marks: list[str]) -> None:
    """Without case and accents, a phrase across what stands between its words."""
    assert found(shown, query) == marks


def test_marks_that_meet_are_one() -> None:
    """Two words that overlap are marked once."""
    assert found("networks", "network", "work", "works") == ["networks"]
    assert found("net é works", "net", "works") == ["net", "works"]


@given(st.text("aB -.é深_ßﬁ\u0301", max_size=30), st.text("ab é深sf", max_size=5))
def test_what_a_search_finds_is_marked(shown: str, query: str) -> None:
    """Marks are in order, apart, inside the text; and there is one wherever the search matches."""
    words = fold.words(query)
    marks = spans(shown, [words])
    assert all(0 <= start < stop <= len(shown) for start, stop in marks)
    assert all(one[1] < other[0] for one, other in pairwise(marks))
    assert bool(marks) == bool(words and words in fold.words(shown))


# -- rows -----------------------------------------------------------------------------------------

KETTLE = paper(
    "Kettle: Large Kernel Convolutions Brewed at Constant Cost",
    published=date(2024, 10, 10),
    authors_count=3,
    comments=2,
    sightings=(Sighting("a", 7), Sighting("b", 1)),
)


def test_a_row_is_the_title_then_the_facts(ink: Ink) -> None:
    """Marker, title; date, authors, comments, digests; tags and the mark of a note behind them."""
    triage = Triage(starred=True, tags=("convnet",), note="read again")
    first, second = row(KETTLE, triage, 80, ink, GLYPHS)
    assert first.text.rstrip() == " ★ Kettle: Large Kernel Convolutions Brewed at Constant Cost"
    assert second.text.rstrip() == "   Oct 2024 · 3 authors · 2 comments · 2 digests  #convnet ✎"
    assert first.cell_length == second.cell_length == 80
    assert styled(second, "#convnet").color == ink.tag.color


def test_a_long_title_goes_on_in_the_second_line(ink: Ink) -> None:
    """The rest of the title first, then as many facts as fit whole."""
    first, second = row(KETTLE, Triage(), 48, ink, GLYPHS)
    assert first.text == " ● Kettle: Large Kernel Convolutions Brewed at  "
    assert second.text.rstrip() == "   Constant Cost  Oct 2024 · 3 authors"
    first, second = row(KETTLE, Triage(), 24, ink, GLYPHS)
    assert second.text.rstrip() == "   Kernel…  Oct 2024"


@pytest.mark.parametrize(
    ("triage", "marker", "bold", "soft"),
    [
        (Triage(), "●", True, False),
        (Triage(starred=True), "★", None, False),
        (Triage(starred=True, read=True), "★", None, False),
        (Triage(later=True), "»", None, True),
        (Triage(read=True), " ", None, True),
    ],
)
def test_weight_carries_the_state(ink: Ink, triage: Triage, marker: str, bold: bool, soft: bool) -> None:
    """Undecided is bold, starred plain, put off and read are softer."""
    first, _ = row(KETTLE, triage, 80, ink, GLYPHS)
    assert first.text[1] == marker
    title = styled(first, "Kettle")
    assert title.bold is bold
    assert (title.color == ink.soft.color) is soft


def test_a_starred_paper_that_is_put_off_shows_both(ink: Ink) -> None:
    """The signs stand one below the other, whether the title takes both lines or not."""
    both = Triage(starred=True, later=True)
    for width in (30, 120):
        first, second = row(KETTLE, both, width, ink, GLYPHS)
        assert (first.text[1], second.text[1]) == ("»", "★")
        assert styled(second, "★").color == ink.star.color
    assert any("» put off, starred" in line for line in plain(head(KETTLE, both, {}, 60, ink, GLYPHS)))


def test_the_cursor_and_a_selection_are_seen_on_both_lines(ink: Ink) -> None:
    """A bar and a tint for the cursor, a tick at the right edge for the selection."""
    for strip in row(KETTLE, Triage(), 60, ink, GLYPHS, cursor=True):
        assert strip.text[0] == "▌"
        assert all(style and style.bgcolor == ink.cursor.bgcolor for _, style, _ in strip)
    first, second = row(KETTLE, Triage(), 60, ink, GLYPHS, selected=True)
    assert first.text.endswith(" ✓ ")
    assert all(style and style.bgcolor == ink.selected.bgcolor for _, style, _ in [*first, *second])
    both, _ = row(KETTLE, Triage(), 60, ink, GLYPHS, selected=True, cursor=True)
    assert both.text.startswith("▌●")
    assert both.text.endswith(" ✓ ")


def test_a_match_is_marked_and_keeps_the_weight(ink: Ink) -> None:
    """On both lines of a title, on the cursor's ground as well."""
    first, second = row(KETTLE, Triage(), 48, ink, GLYPHS, cursor=True, words=["kettle", "constant"])
    for strip, text in ((first, "Kettle"), (second, "Constant")):
        style = styled(strip, text)
        assert (style.bgcolor, style.underline, style.bold) == (ink.match.bgcolor, True, True)


def test_tags_and_facts_give_way_whole(ink: Ink) -> None:
    """No tag and no fact is ever cut in two, the note's mark is the last to go."""
    triage = Triage(tags=("state-space", "audio"), note="x")
    for width in range(5, 100):
        _, second = row(KETTLE, triage, width, ink, GLYPHS)
        assert second.cell_length == width
        for part in re.findall(r"#\S*", second.text):
            assert part in ("#state-space", "#audio")
        assert re.search(r"\d+ (\w+)", second.text) is None or re.search(
            r"\d (authors|comments|digests)\b|Oct 2024", second.text
        )


def test_ascii_rows_have_ascii_marks(ink: Ink) -> None:
    """Our own marks change, the paper's words do not."""
    first, second = row(
        paper("Naïve · Bayes", authors_count=1, comments=1), Triage(note="x"), 60, ink, ASCII, cursor=True
    )
    assert first.text.rstrip() == "|o Naïve · Bayes"
    assert second.text.rstrip() == "|  1 author - 1 comment  n"


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_only_letters(ink: Ink, title: str) -> None:
    """No markup is obeyed, no control, bidi or zero-width character is left anywhere."""
    hostile = paper(title, authors=(title,), published=date(2024, 1, 1))
    triage = Triage(note=title, tags=(title,))
    digests = {"d": digest(title, 1)}
    seen = Paper(id="b", title=title, added=NOW, sightings=(Sighting("d", 1),), authors=(title,))
    lines = [
        *row(hostile, triage, 70, ink, GLYPHS),
        *head(seen, triage, digests, 40, ink, GLYPHS),
        *prose(title, 30, ink),
    ]
    for strip in lines:
        assert not {unicodedata.category(char) for char in strip.text} & UNSEEN
        assert all(style is not None and not style.meta for _, style, _ in strip)
    if "[" in title and title.isprintable():
        assert title.split()[0] in plain(lines)[0]


@given(st.text(max_size=200), st.integers(1, 90))
def test_a_row_is_always_as_wide_as_asked(ink: Ink, title: str, width: int) -> None:
    """Whatever the title holds."""
    for strip in row(paper(title), Triage(), width, ink, GLYPHS, words=["a"]):
        assert strip.cell_length == cell_len(strip.text) == width


# -- heads and prose ------------------------------------------------------------------------------


def test_a_head_says_it_in_full(ink: Ink) -> None:
    """Title, state and facts with the day, authors, digests, tags, note."""
    kettle = paper(
        "Kettle: Large Kernel Convolutions",
        published=date(2024, 10, 10),
        authors=("Ada King", "Mary Somerville"),
        authors_count=2,
        sightings=(Sighting("old", 10), Sighting("nov-18", 7)),
    )
    digests = {
        "nov-18": digest("nov-18", 18, date=date(2026, 11, 18)),
        "old": digest("old", 2, date=date(2024, 3, 12)),
    }
    triage = Triage(starred=True, tags=("convnet",), note="try on audio\nask Mary")
    assert plain(head(kettle, triage, digests, 60, ink, GLYPHS)) == [
        "Kettle: Large Kernel Convolutions",
        "",
        "★ starred · 10 Oct 2024 · 2 authors",
        "Ada King · Mary Somerville",
        "18 Nov digest, no. 7 · 12 Mar 2024, no. 10",
        "#convnet",
        "✎ try on audio",
        "  ask Mary",
    ]
    assert plain(head(kettle, Triage(), digests, 30, ink, ASCII))[3:] == [
        "10 Oct 2024 - 2 authors",
        "Ada King - Mary Somerville",
        "18 Nov digest, no. 7 - 1 more",
    ]


def test_a_bare_paper_has_a_bare_head(ink: Ink) -> None:
    """What is not known leaves no line behind."""
    assert plain(head(paper("T"), Triage(), {}, 30, ink, GLYPHS)) == ["T", ""]


def test_a_match_across_a_line_end_is_marked_on_both_lines(ink: Ink) -> None:
    """The phrase of the query, wherever the line ends."""
    lines = prose("every later query looks. A large kernel over landmarks", 32, ink, ["large kernel"])
    assert plain(lines) == ["every later query looks. A large", "kernel over landmarks"]
    assert styled(lines[0], "large").underline
    assert styled(lines[1], "kernel").underline
    assert not styled(lines[1], " over").underline


# -- facts ----------------------------------------------------------------------------------------


def test_facts_are_said_most_telling_first() -> None:
    """One is one author; what is absent or none is left out."""
    assert facts(KETTLE) == ["Oct 2024", "3 authors", "2 comments", "2 digests"]
    assert facts(KETTLE, full=True) == ["10 Oct 2024", "3 authors", "2 comments"]
    assert facts(paper(authors=("A",), upvotes=1, comments=0)) == ["1 author", "1 upvote"]
    assert facts(paper()) == []


def test_an_inferred_year_is_marked() -> None:
    """A tilde, in rows and in full."""
    assert date_words(date(2025, 10, 3), inferred=True) == "~Oct 2025"
    assert date_words(date(2025, 10, 3), full=True, inferred=True) == "~3 Oct 2025"
    assert facts(paper(published=date(2025, 10, 3), year_inferred=True)) == ["~Oct 2025"]


def test_digests_are_named_newest_import_first() -> None:
    """By their day where it is known, else by name; one that was forgotten is passed over."""
    digests = {"a": digest("jan-2", 1), "b": digest("nov-18", 18, date=date(2026, 11, 18))}
    seen = paper(sightings=(Sighting("a", 3), Sighting("b", 7), Sighting("gone", 1)))
    assert digest_words(seen, digests) == ["18 Nov digest, no. 7", "jan-2, no. 3"]
    assert digest_words(seen, {"a": digests["a"]}) == ["jan-2 digest, no. 3"]


def test_some_of_the_items_are_whole() -> None:
    """And how many more there are."""
    items = ["18 Nov digest, no. 7", "12 Mar, no. 10", "3 Feb, no. 2"]
    assert some_of(items, 80) == " · ".join(items)
    assert some_of(items, 46) == "18 Nov digest, no. 7 · 12 Mar, no. 10 · 1 more"
    assert some_of(items, 45) == "18 Nov digest, no. 7 · 2 more"
    assert some_of(items, 10) == ""
    assert some_of([], 10) == ""
    assert some_of(["深層", "学習"], 9, " - ") == ""


# -- the bars -------------------------------------------------------------------------------------

VIEWS = [("inbox", 361), ("starred", 12), ("later", 9), ("all", 394)]


def test_tabs_show_the_views_and_their_counts(ink: Ink) -> None:
    """The one shown is reversed, what is said at the right stands at the right."""
    line = tabs(VIEWS, "inbox", "newest first", 80, ink)
    assert line.plain.startswith("  inbox 361  starred 12  later 9  all 394 ")
    assert line.plain.endswith("newest first ")
    assert line.cell_len == 80
    assert any(span.style == ink.tab for span in line.spans)


def test_a_tab_is_whole_and_the_one_shown_always_there(ink: Ink) -> None:
    """On a narrow screen the others give way."""
    line = tabs(VIEWS, "all", "newest", 40, ink)
    assert line.plain == "  inbox 361  all 394             newest "
    assert tabs([*VIEWS, ("mine", None)], "mine", "", 80, ink).plain.rstrip().endswith("mine")


def test_a_click_finds_its_tab(ink: Ink) -> None:
    """Every column of a tab, and none beside it."""
    line = tabs(VIEWS, "all", "newest", 40, ink).plain
    hits = [tab_at(VIEWS, "all", "newest", 40, x) for x in range(40)]
    for name in ("inbox", "all"):
        at = line.index(name)
        assert {*hits[at : at + len(name)]} == {name}
    assert hits[0] is None
    assert hits[25:] == [None] * 15
    assert "starred" not in hits


def test_hints_give_way_whole_but_for_the_last(ink: Ink) -> None:
    """Keys and their words are never parted, and help is always there."""
    pairs = [("s", "star"), ("d", "done"), ("l", "later"), ("?", "help")]
    assert hints(pairs, 80, ink).plain == " s star  d done  l later  ? help"
    assert hints(pairs, 25, ink).plain == " s star  d done  ? help"
    assert hints(pairs, 10, ink).plain == " ? help"
    assert hints([], 10, ink).plain == " "


def test_the_rule_carries_the_message_and_the_place(ink: Ink) -> None:
    """The message gives way, the place does not."""
    line = rule("done “Why”", "3 of 361", 30, ink, GLYPHS)
    assert line.plain == "─ done “Why” ────── 3 of 361 ─"
    assert rule("a message too long", "3 of 361", 24, ink, GLYPHS).plain == "─ a messag… ─ 3 of 361 ─"
    assert rule("", "1 of 3", 12, ink, ASCII).plain == "--- 1 of 3 -"


def test_left_gives_way_to_right() -> None:
    """In cells, and both fill the line."""
    assert spread(Text("深層学習"), Text("9"), 8).plain == "深層 … 9"
    assert spread(Text("a"), Text("b"), 5).plain == "a   b"
    assert spread(Text("a"), Text("bcdef"), 3).cell_len == 3


def test_a_title_in_a_sentence_is_in_quotes(ink: Ink) -> None:
    """Cut after a word, in the cells there are."""
    assert quoted("Why Do Sparse Experts Agree?", 22, ink.plain, GLYPHS).plain == "“Why Do Sparse…”"


def test_what_is_below_is_counted(ink: Ink) -> None:
    """With the key that brings it."""
    assert more(5, "space", ink, GLYPHS).plain == "▼ 5 more lines · space"
    assert more(1, "space", ink, ASCII).plain == "v 1 more line - space"
