"""Finding on the screen: abstracts in a thread, close spellings, completion, views, digests, tags, orders."""

from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sittings import MORNING, NAMES, SMALL, Doors, Opener, library, reading, records, title

from tui.errors import UsageError
from tui.papers.finding import Finder
from tui.papers.library import Library
from tui.papers.query import EVERYTHING, parse
from tui.papers.triage import VERBS
from tui.papers.view import BUILT_IN, ORDERS, Views, own_views
from tui.ui.completing import completion, corrected
from tui.ui.desk import Desk
from tui.ui.given import Place
from tui.ui.screens.finding import REMEMBERED

Size = tuple[int, int]


@pytest.fixture
def held(tmp_path: Path) -> Library:
    return library(tmp_path / "library")


class Kept:
    """Where views are kept."""

    def __init__(self) -> None:
        self.written: list[tuple[str, str, str]] = []

    def __call__(self, name: str, query: str, order: str) -> Views:
        views = own_views([*self.written, (name, query, order)])
        self.written.append((name, query, order))
        return views


# -- abstracts in a thread ------------------------------------------------------------------------


async def test_typing_never_waits_for_the_abstracts(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles answer while the abstracts are still looked through; the count says so until they are."""
    go_on = Event()
    whole = Finder.complete

    def slow(self: Finder, query: object, cancelled: object = None) -> object:
        assert go_on.wait(10)
        return whole(self, query, cancelled)  # type: ignore[arg-type]

    async with open_() as ui:
        monkeypatch.setattr("tui.ui.desk.SOON", 0)
        monkeypatch.setattr(Finder, "complete", slow)
        for key in ("/", *"kettle"):
            ui.app.post_message(_key(key))
        for _ in range(1000):
            await ui.pilot.pause(0.002)
            if ui.listed == ["Kettle"]:
                break
        assert ui.listed == ["Kettle"]
        assert ui.foot[0].endswith(" 1… of 40")
        go_on.set()
        await ui.settle()
        assert ui.foot[0].endswith(" 1 of 40")
        await ui.press("ctrl+u", *"study")
        assert ui.foot[0].endswith(" 40 of 40")


async def test_what_was_typed_ahead_of_the_answer_acts_on_it(
    open_: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word only abstracts have, enter and `s` in one write: the paper found there is starred."""
    monkeypatch.setattr("tui.ui.desk.SOON", 0)
    async with open_() as ui:
        await ui.press(*'/"the kettle"', "enter", "s")
        assert ui.names("starred") == ["Kettle"]
        assert ui.listed == ["Kettle"]


async def test_escape_in_the_midst_of_a_search_restores_all(
    open_: Opener, monkeypatch: pytest.MonkeyPatch, size: Size
) -> None:
    """The list, its scroll and the cursor are as they were, whatever the search still finds."""
    monkeypatch.setattr("tui.ui.desk.SOON", 0)
    async with open_(size) as ui:
        await ui.press(*"9j", *"9j", "k", "k", "k")
        before = ui.lines[:-2]
        await ui.press(*"/zither", "escape")
        assert ui.lines[1:12] == before[1:12]
        assert ui.here == NAMES[15]


def _key(key: str) -> object:
    from textual import events
    from textual.keys import _character_to_key

    return events.Key(_character_to_key(key) if not key.isalnum() else key, key)


# -- close spellings ------------------------------------------------------------------------------


async def test_close_spellings_are_shown_and_taken_with_tab(open_: Opener, size: Size) -> None:
    """Where plain words find nothing, the papers of the nearest spelling stand under a line that says so."""
    async with open_(size) as ui:
        await ui.press(*"/ketle")
        assert ui.foot[1].startswith("Nothing in the inbox has “ketle”. Close: kettle (1) tab takes it")
        assert ui.foot[0].endswith(" 0 of 40")
        assert ui.listed == ["Kettle"]
        await ui.press("tab")
        assert ui.foot[0].startswith("/ kettle ")
        assert ui.foot[0].endswith(" 1 of 40")


async def test_close_spellings_of_a_long_query_are_seen_on_a_narrow_screen(open_: Opener) -> None:
    """What was typed stands above and need not be said again."""
    async with open_(SMALL) as ui:
        await ui.press(*"/published:2024 is:unread ketle")
        close = "published:2024 is:unread kettle (1)"
        assert ui.foot[1].startswith(f"Nothing found. Close: {close} tab takes it")


async def test_close_spellings_are_kept_with_enter(open_: Opener) -> None:
    """What is shown is what is kept, and it is said; the filter is the word that was found."""
    async with open_() as ui:
        await ui.press(*"/ketle", "enter")
        assert ui.said.startswith("Nothing has “ketle”; these have “kettle”.")
        assert ui.listed == ["Kettle"]
        assert "/ kettle" in ui.top


async def test_a_fuzzy_word_puts_the_best_match_first(open_: Opener) -> None:
    """`~word` finds what is spelt nearly so; its order stands at the top."""
    async with open_() as ui:
        await ui.press(*"/~ketle", "enter")
        assert ui.listed == ["Kettle"]
        assert ui.top.rstrip().endswith("/ ~ketle · best match first")


# -- completion -----------------------------------------------------------------------------------


def test_what_could_follow(held: Library) -> None:
    """Fields, states, facts, digests and views; names with blanks in quotes; nothing after a whole word."""
    held.add(reading(records(["Zebra"]), "week of june", MORNING - timedelta(days=1)))
    held.views = own_views([("long context", "context", "digest")])

    def taken(text: str) -> str | None:
        done = completion(text, held, lambda: ["vision", "to read"])
        return done.taken(text) if done else None

    assert taken("swin ti") == "swin title:"
    assert taken("-is:st") == "-is:starred "
    assert taken("(has:li") == "(has:link "
    assert taken("digest:we") == 'digest:"week of june" '
    assert taken('tag:"to') == 'tag:"to read" '
    assert taken("#") == "#vision "
    assert taken("view:lo") == 'view:"long context" '
    assert taken("is:starred") is None
    assert taken("swin") is None
    assert taken("tag:vision ") is None


def test_what_was_meant(held: Library) -> None:
    """A wrong name is exchanged for the nearest, whatever stands around it."""
    for text, meant in {
        "large tga:vision x": ("large tag:vision x", "tag:vision"),
        "is:sarred": ("is:starred", "is:starred"),
        "(has:lnk OR a)": ("(has:link OR a)", "(has:link"),
    }.items():
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which it is does not matter here
            parse(text)
        assert corrected(text, caught.value) == meant  # type: ignore[arg-type]


async def test_tab_mends_a_wrong_query(open_: Opener, size: Size) -> None:
    """And completes fields, with how many of the papers found each would leave."""
    async with open_(size) as ui:
        await ui.press("s", *"/tga:x", "tab")
        assert ui.foot[0].startswith("/ tag:x")
        await ui.press("ctrl+u", *"dle has:")
        assert ui.foot[1].startswith("link  1  date 4")
        await ui.press("ctrl+u", *"digest:n", "tab")
        assert ui.foot[0].startswith("/ digest:nov-18")
        assert ui.foot[0].endswith("40 of 40")


async def test_the_query_in_words_stands_below(open_: Opener) -> None:
    """Where there is nothing to complete."""
    async with open_() as ui:
        await ui.press(*"/anvil -is:starred ")
        assert ui.foot[1].startswith("with “anvil”, not starred")


async def test_the_history_survives_sittings(open_: Opener) -> None:
    """At most fifty, each once, the last first."""
    doors = Doors()
    async with open_(doors=doors) as ui:
        await ui.press(*"/anvil", "enter", "backspace", *"/drum", "enter", "backspace", *"/anvil", "enter")
        await ui.press("backspace", "q")
    assert doors.places[-1].queries == ["drum", "anvil"]
    many = [f"word{number}" for number in range(80)]
    async with open_(place=replace(doors.places[-1], queries=[*many, "drum", "anvil"])) as ui:
        await ui.press("/", "up", "up")
        assert ui.foot[0].startswith("/ drum ")
        assert len(ui.screen.resuming.place().queries) == REMEMBERED


# -- views ----------------------------------------------------------------------------------------


def own(*written: tuple[str, str, str]) -> Views:
    return own_views(written)


async def test_own_views_stand_with_the_others(open_: Opener, size: Size) -> None:
    """As tabs with live counts; `]` and `w` lead there; their order is theirs alone."""
    views = own(("kettles", "kettle OR anvil", "title"), ("far", "view:kettles is:starred", "digest"))
    async with open_(size, views=views) as ui:
        await ui.press("w", *"kett", "enter")
        assert " kettles 2 " in ui.top
        assert (ui.screen.desk.view.order, ui.listed) == ("title", ["Anvil", "Kettle"])
        await ui.press("s", "]")
        assert (ui.screen.desk.view.name, ui.listed) == ("far", ["Anvil"])
        assert " far 1 " in ui.top
        assert ui.screen.desk.view.order == "digest"
        await ui.press("s", "R")
        assert ui.listed == []
        assert "Nothing in far now." in ui.text


async def test_own_views_stand_at_the_side(open_: Opener) -> None:
    """Under a heading, with tags and digests beneath; each is clicked."""
    async with open_((140, 40), views=own(("kettles", "kettle", "digest"))) as ui:
        await ui.press("t", *"craft", "enter")
        side = [line[:23].strip(" ▌") for line in ui.lines[2:17]]
        assert [re_spaced(line) for line in side] == [
            *("inbox 40", "starred 0", "later 0", "all 40", "tagged 1", "new 40", "", "mine", "kettles 1"),
            *("", "tags", "#craft 1", "", "digests", "nov-18 40"),
        ]
        await ui.click(5, 10)
        assert ui.screen.desk.view.name == "kettles"
        await ui.click(5, 2)
        await ui.click(5, 13)
        assert ui.listed == ["Anvil"]
        await ui.click(5, 13)
        assert ui.place.endswith("of 40")
        await ui.click(5, 9)
        assert ui.screen.desk.view.name == "inbox"


def re_spaced(line: str) -> str:
    return " ".join(line.split())


async def test_what_is_shown_is_kept_as_a_view(open_: Opener, size: Size) -> None:
    """`W` asks for a name, refuses one that is taken, and shows the view; it is there in the next sitting."""
    kept, doors = Kept(), Doors()
    async with open_(size, save_view=kept, doors=doors) as ui:
        await ui.press("W", *"nobody", "enter")
        assert ui.said == "No filter here to save; / finds papers."
        assert ui.decisions == 0
        await ui.press(*"/dle", "enter", "O", "t", "W", *"starred")
        assert "in the inbox, with “dle”" in ui.foot[1]
        await ui.press("enter")
        assert "there is a view of this name already" in ui.text
        await ui.press("ctrl+u", *"handles", "enter")
        assert kept.written == [("handles", "is:inbox dle", "title")]
        assert ui.said == "saved the view handles"
        assert " handles 4 " in ui.top
        await ui.press("q")
    async with open_(size, views=own_views(kept.written), place=doors.places[-1]) as ui:
        assert ui.screen.desk.view.name == "handles"
        assert ui.place.endswith("of 4")


async def test_a_view_that_cannot_be_kept_is_said(open_: Opener) -> None:
    """The prompt stays open with the reason."""

    def full(name: str, query: str, order: str) -> Views:
        raise UsageError("config.toml: disk full; nothing was changed.")

    async with open_(save_view=full) as ui:
        await ui.press(*"/dle", "enter", "W", *"x", "enter")
        assert "config.toml: disk full; nothing was changed." in ui.text
        assert ui.screen.prompt.is_open


# -- digests and tags -----------------------------------------------------------------------------


async def test_a_digest_narrows_the_list(open_: Opener, held: Library, size: Size) -> None:
    """`p` shows the digests, newest first, with papers and undecided; again lets go."""
    held.add(reading(records(["Zebra", "Yak"]), "week of june", MORNING - timedelta(days=1)))
    async with open_(size, held=held) as ui:
        await ui.press("s", "p")
        assert ui.foot[1].startswith("1 nov-18  40 papers, 39 undecided")
        assert "tab next" in ui.foot[1]
        await ui.press(*"week", "enter")
        assert ui.listed == ["Zebra", "Yak"]
        assert '/ digest:"week of june"' in ui.top
        await ui.press("p", "1")
        assert ui.screen.desk.view.filter == parse("digest:nov-18")
        await ui.press("p", "1")
        assert not ui.screen.desk.view.filter


async def test_a_tag_narrows_the_list(open_: Opener) -> None:
    """`#` shows the tags, most used first; words in the filter stay."""
    async with open_() as ui:
        await ui.press("t", *"craft art", "enter", "j", "t", *"craft", "enter", *"/e", "enter", "#")
        assert ui.foot[1].startswith("1 #craft  2  2 #art 1")
        await ui.press("enter")
        assert ui.top.rstrip().endswith("/ e tag:craft")
        assert len(ui.listed) == 2
        await ui.press("#", "2")
        assert ui.listed == ["Anvil"]
        await ui.press("w", *"#ar", "enter")
        assert ui.screen.desk.view.filter == parse("e")
        await ui.press("#", *"zzz", "enter")
        assert ui.foot[1].startswith("No tag like that.")


# -- the cursor -----------------------------------------------------------------------------------

_STEP = st.one_of(
    st.tuples(
        st.just("filter"), st.sampled_from(["", "dle", "e", "a", "is:starred", "zzz", "kettle OR drum"])
    ),
    st.tuples(st.just("view"), st.sampled_from([view.name for view in BUILT_IN])),
    st.tuples(st.just("order"), st.sampled_from(list(ORDERS))),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, max_size=8), start=st.integers(0, 39))
def test_the_cursor_stays_on_its_paper(
    steps: list[tuple[str, str]], start: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Through every filter, order and view that still shows it; else it goes to a paper that is shown."""
    held = _library(tmp_path_factory)
    desk = Desk(held, BUILT_IN[-1])
    at = desk.rows[start].id
    for what, name in steps:
        if what == "filter":
            to = desk.narrow(parse(name) if name else EVERYTHING, at)
        elif what == "view":
            to = desk.open(name, at)
        else:
            desk.order(name)
            to = at
        shown = {paper.id for paper in desk.rows}
        assert at not in shown or to == at
        assert to in shown or not shown
        assert [desk.index_of(paper.id) for paper in desk.rows] == list(range(len(desk.rows)))
        at = to if shown else at


_MADE: list[Library] = []


def _library(folders: pytest.TempPathFactory) -> Library:
    """One library for all examples: nothing in it changes."""
    if not _MADE:
        made = library(folders.mktemp("finding") / "library")
        starred = [paper.id for paper in made.papers.values() if paper.title < title("F")]
        made.decide("star", starred, VERBS["star"])
        _MADE.append(made)
    return _MADE[0]


async def test_a_place_of_another_kind_is_no_history(open_: Opener) -> None:
    """What a place file holds that is no text is passed over."""
    async with open_(place=Place(queries=["anvil", 7])) as ui:  # type: ignore[list-item]
        assert ui.screen.queries == ["anvil"]


async def test_a_saved_view_that_is_gone(open_: Opener) -> None:
    """One begins in the inbox then."""
    async with open_(place=Place(view="gone", filter="view:gone")) as ui:
        assert (ui.screen.desk.view.name, ui.place) == ("inbox", "1 of 40")


async def test_tags_are_completed_and_a_new_one_is_said_to_be(open_: Opener) -> None:
    """The whole name before those that go on, these before those that hold it; else that it is new."""
    async with open_() as ui:
        await ui.press(
            "t", *"artful art-deco", "enter", "j", "t", *"artful", "enter", "j", "t", *"art", "enter"
        )
        await ui.press("j", "t", *"art")
        assert ui.foot[1].startswith("art  1  artful 2  art-deco 1")
        await ui.type("isan")
        assert ui.foot[1].startswith("#artisan is a new tag")
