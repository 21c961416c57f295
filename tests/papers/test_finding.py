"""A finder finds what calling the query on each paper finds, whatever happened meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from threading import Thread
from types import SimpleNamespace
from typing import Any as Anything

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import LibraryError
from tui.papers import finding, search
from tui.papers.finding import Finder
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.query import All, Any, Fuzzy, InView, Is, Not, Query, Tag, Word, parse
from tui.papers.triage import VERBS
from tui.papers.view import View, Views

WORDS = ("a", "ab", "ba", "kernel", "kernal", "kernels", "large", "larg")
#: words with one thing or more between them that counts as a blank
some_words = st.builds(
    lambda words, between: between.join(words),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.sampled_from((" ", "-", ", ", " (")),
)
looked_for = st.sampled_from(("a", "ab", "b", "a b", "ker", "kern", "kernel", "l k", "large kernel", "note"))
word = st.builds(Word, looked_for, st.just("x"), st.sampled_from(("", "", "title", "abstract", "note")))
leaf = (
    word
    | st.sampled_from(("inbox", "read", "starred", "tagged", "noted", "new")).map(Is)
    | st.sampled_from(("ab", "Kernel")).map(Tag)
    | st.sampled_from(("starred", "mine", "none")).map(InView)
)


def joined(terms: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(terms, max_size=3).map(tuple)
    return st.builds(Not, terms) | st.builds(All, several) | st.builds(Any, several)


query = st.recursive(leaf, joined, max_leaves=5)
fuzzy = st.sampled_from(("kernel", "larg kernal", "ab")).map(lambda text: Fuzzy(text, text))
any_query = st.recursive(leaf | fuzzy, joined, max_leaves=5)

#: the user's own: each but words, one by way of the other
VIEWS = Views((View("other", parse("-kernel")), View("mine", All((InView("other"), Word("a", "a"))))))
which = st.integers(0, 5)
event = st.one_of(
    st.tuples(st.just("import"), st.lists(st.tuples(some_words, some_words), min_size=1, max_size=4)),
    st.tuples(st.just("star"), which),
    st.tuples(st.just("tag"), which, st.sampled_from(("ab", "kernel"))),
    st.tuples(st.just("note"), which, some_words),
    st.tuples(st.just("undo")),
)


class TitleAlone:
    """A paper as a query asks about it, if it had no abstract."""

    def __init__(self, asked: Anything) -> None:
        self._asked = asked
        self.text = asked.text.partition("\n")[0] + "\n"
        self.abstract = ""

    def in_view(self, name: str) -> bool:
        view = VIEWS.get(name)
        return view is not None and view.query(self)

    def __getattr__(self, name: str) -> Anything:
        return getattr(self._asked, name)


def happens(library: Library, make: SimpleNamespace, verb: str, *details: Anything) -> None:
    """One thing that a user, or another copy of the program, does."""
    if verb == "import":
        library.add(make.reading(*(make.record(title or "b", text) for title, text in details[0])))
    elif verb == "undo":
        library.undo()
    elif library.papers:
        one = [*library.papers][details[0] % len(library.papers)]
        sets = {"star": VERBS["star"], "tag": {f"tag:{details[-1]}": True}, "note": {"note": details[-1]}}
        library.decide(verb, [one], sets[verb])


def wanted(library: Library, papers: Sequence[Paper], query: Query) -> list[str]:
    return [paper.id for paper in papers if query(library.asked(paper))]


def ids(papers: Sequence[Paper] | None) -> list[str]:
    assert papers is not None
    return [paper.id for paper in papers]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.booleans(), event, st.lists(any_query, max_size=3)), max_size=8))
def test_it_finds_what_asking_each_paper_finds(
    make: SimpleNamespace, story: list[tuple[bool, tuple[Anything, ...], list[Query]]]
) -> None:
    """Through imports, joins, decisions, undos, and what another process does, with one finder in between."""
    disk = make.disk()
    ours, theirs = make.library(store=make.store(disk)), make.library(store=make.store(disk))
    ours.views = VIEWS
    finder = ours.finder()
    for elsewhere, what, queries in story:
        happens(theirs if elsewhere else ours, make, *what)
        came, _ = ours.refresh()
        if came or what[0] == "import":
            finder = ours.finder()
        papers = list(ours.papers.values())
        for query in queries:
            assert ids(finder.complete(query)) == wanted(ours, papers, query)
            listed = View("all", filter=query if isinstance(query, All) else All((query,)))
            assert sorted(ids(ours.list(listed))) == sorted(wanted(ours, papers, query))


@settings(max_examples=150)
@given(
    st.lists(st.tuples(some_words, some_words), min_size=1, max_size=6),
    st.lists(st.tuples(event.filter(lambda what: what[0] != "import"), query), max_size=6),
)
def test_titles_finds_what_would_be_found_without_abstracts(
    make: SimpleNamespace, records: list[tuple[str, str]], story: list[tuple[tuple[Anything, ...], Query]]
) -> None:
    """Tags, notes and states are looked at as ever."""
    library = make.library(*(make.record(title or "b", text) for title, text in records))
    library.views = VIEWS
    finder = library.finder()
    for what, query in story:
        happens(library, make, *what)
        alone = [p.id for p in library.papers.values() if query(TitleAlone(library.asked(p)))]
        assert ids(finder.titles(query)) == alone


@pytest.mark.parametrize("typed", ["diffusion lang", "kernel -lang", "lang OR", "abs"])
def test_typing_goes_on_from_what_was_found(make: SimpleNamespace, typed: str) -> None:
    """Letter by letter and back again, what is found is what a fresh finder finds."""
    titles = ("Diffusion language", "Diffusion kernels", "Language", "Large kernel", "Absolute language")
    library = make.library(*(make.record(title, f"abstract {title[:4]}") for title in titles))
    finder = library.finder()
    lengths = [*range(1, len(typed) + 1), *range(len(typed), 0, -1)]
    for text in (typed[:length].strip(" -") for length in lengths):
        query = parse(text.removesuffix("OR").strip() or "x")
        assert ids(finder.titles(query)) == ids(library.finder().titles(query))
        assert ids(finder.complete(query)) == ids(library.finder().complete(query))


def test_words_that_are_wanted_in_more_places_are_looked_for_again(make: SimpleNamespace) -> None:
    """What was found in titles alone is too little to go on from."""
    library = make.library(make.record("Swin"), make.record("Windows", "swin"), make.record("Mamba"))
    finder, mamba = library.finder(), list(library.papers)[2]
    library.decide("note", [mamba], {"note": "swin?", "tag:swinging": True})
    for where, papers in (("title", 1), ("note", 1), ("", 3), ("abstract", 1), ("", 3)):
        assert len(finder.complete(Word("swin", "swin", where)) or ()) == papers
    assert finder.complete(Word("swinging", "swinging", "note")) == []


def test_a_phrase_does_not_mind_what_stands_between_its_words(make: SimpleNamespace) -> None:
    """Signs and blanks count as one blank, in abstracts as in titles; letters do not."""
    texts = ("a large kernel", "a large, kernel", "A Large-Kernel.", "large (kernel)", "large\nkernel")
    others = ("large and kernel", "largekernel", "kernel large", "large", "enlarged kern")
    library = make.library(*(make.record(f"Paper {n}", text) for n, text in enumerate(texts + others)))
    for phrase in ('"large kernel"', 'abstract:"large kern"', '"arge kernel"'):
        found = library.finder().complete(parse(phrase)) or []
        assert sorted(paper.title for paper in found) == [f"Paper {n}" for n in range(len(texts))]


def test_what_was_decided_since_counts(make: SimpleNamespace) -> None:
    """Decided or taken back, here or elsewhere, between the same question and the same question."""
    disk = make.disk()
    library = make.library(make.record("Swin"), store=make.store(disk))
    other = make.library(store=make.store(disk))
    finder, one = library.finder(), next(iter(library.papers))

    def found() -> list[int]:
        return [len(finder.complete(parse(text)) or ()) for text in ("#seen", "seen")]

    assert found() == [0, 0]
    library.decide("tag", [one], {"tag:seen": True})
    assert found() == [1, 1]
    library.undo()
    assert found() == [0, 0]
    other.decide("tag", [one], {"tag:seen": True})
    library.refresh()
    assert found() == [1, 1]


def test_new_are_the_papers_of_the_last_import(make: SimpleNamespace) -> None:
    """Also after one more."""
    library = make.library(make.record("Swin"))
    assert len(library.finder().complete(parse("is:new")) or ()) == 1
    library.add(make.reading(make.record("Mamba"), imported=make.clock().tick(60)))
    assert [paper.title for paper in library.finder().complete(parse("is:new")) or ()] == ["Mamba"]


class Counted(list[str]):
    """Texts that count how many of them are looked at."""

    looks = 0

    def __getitem__(self, row: Anything) -> Anything:
        self.looks += 1
        return super().__getitem__(row)


def test_one_more_letter_looks_only_at_what_was_found(make: SimpleNamespace) -> None:
    """Also within the second word, and not at all when a letter is taken back."""
    library = make.library(*(make.record(f"{name} paper") for name in ("swin", "swan", "mamba", "llama")))
    finder = library.finder()
    finder.titles(parse("sw"))
    finder._titles = texts = Counted(finder._titles or [])
    for text, looks in (
        ("swi", 2),
        ("swin", 1),
        ("swin p", 1),
        ("swin pa", 1),
        ("swin p", 0),
        ("sw", 0),
        ("m", 4),
    ):
        before = texts.looks
        finder.titles(parse(text))
        assert (text, texts.looks - before) == (text, looks)


def test_only_some_papers_are_found_among_and_their_order_is_kept(make: SimpleNamespace) -> None:
    library = make.library(*(make.record(f"Paper {n}", "swin") for n in range(6)))
    some = list(library.papers.values())[4:0:-1]
    assert ids(library.finder(some).complete(parse("swin"))) == ids(some)


def stopping(after: int) -> Callable[[], bool]:
    """Cancels at the question of this number."""
    asked = iter(range(after))
    return lambda: next(asked, None) is None


def test_what_is_cancelled_finds_nothing_and_goes_on_later(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is stopped; abstracts read until then are not read again."""
    for name in ("STEP", "FEW", "TITLES"):
        monkeypatch.setattr(search, name, 2)
    for name in ("PAPERS", "ABSTRACTS"):
        monkeypatch.setattr(finding, name, 2)
    store = make.store()
    make.library(*(make.record(f"Paper {n}", f"swin {n}") for n in range(12)), store=store)
    passes: list[int] = []
    everything = store.abstracts
    monkeypatch.setattr(store, "abstracts", lambda: passes.append(1) or everything())
    asked, finder = 0, make.library(store=store).finder()
    while (found := finder.complete(parse("swin is:unread"), stopping(asked))) is None:
        asked += 1
    assert asked > 10
    assert len(found) == 12
    assert len(passes) == 1
    assert finder.ready


def test_nothing_is_read_before_it_is_needed(make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list without words reads no abstract; words in the title alone wait for none either."""
    store = make.store()
    make.library(make.record("Swin", "windows"), store=store)
    for name in ("abstract", "abstracts"):
        monkeypatch.setattr(store, name, lambda *_: pytest.fail("an abstract was read"))
    library = make.library(store=store)
    assert library.list(View("all", filter=All((Is("inbox"),))))
    assert library.list(View("all", filter=All((Is("starred"), *parse("swin").terms)))) == []
    finder = library.finder()
    assert finder.titles(parse("swin"))
    assert not finder.ready


def test_abstracts_that_cannot_be_read_are_an_error_for_whoever_waits(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", 0)
    library = make.library(make.record("Swin", "windows"))

    def broken() -> Iterator[tuple[tuple[int, int], str]]:
        raise LibraryError("the disk is gone")
        yield (0, 0), ""

    library.texts._everything = broken
    finder = library.finder()
    for _ in range(2):
        with pytest.raises(LibraryError, match="gone"):
            finder.prepare()
    assert finder.titles(parse("swin"))


def test_others_may_decide_while_it_searches(make: SimpleNamespace) -> None:
    """In another thread, all the time; and what is found afterwards counts what they decided."""
    library = make.library(*(make.record(f"Paper {n}", "swin transformer") for n in range(300)))
    finder: Finder = library.finder()
    found: list[Anything] = []
    wants = parse("swin is:unread -#seen")

    def search_on() -> None:
        while not found or not done:
            found.append(finder.complete(wants))

    done: list[int] = []
    worker = Thread(target=search_on)
    worker.start()
    for paper_id in [*library.papers][:100]:
        library.decide("tag", [paper_id], {"tag:seen": True, "read": True})
    library.add(make.reading(make.record("Another", "swin"), digest_id="other"))
    done.append(1)
    worker.join(20)
    assert all(100 < len(some) <= 300 for some in found)
    assert len(finder.complete(wants) or ()) == 200
