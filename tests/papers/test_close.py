"""What is offered when plain words find nothing: spellings that find something, the likeliest first."""

import random
import string
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.digests import read_text
from tui.papers import close
from tui.papers.close import Vocabulary
from tui.papers.library import Library
from tui.papers.query import parse
from tui.papers.search import Stopped, at_once
from tui.papers.text import words
from tui.papers.triage import VERBS, now_utc

DUMPS = Path(__file__).parents[2].parent / "shared" / "dumps"

RECORDS = (
    ("Large kernel convolutions", "A transformer is compared with large kernels."),
    ("Diffusion language models", "Text by diffusion, one transformer at a time."),
    ("Capsule networks revisited", "The network routes by agreement; a kernel of large size."),
    ("Swin transformer", "Shifted windows of attention."),
    ("Transforming autoencoders", "Diffuse light in language."),
)


@pytest.fixture(scope="module")
def library(make: SimpleNamespace) -> Library:
    made: Library = make.library(*(make.record(*texts) for texts in RECORDS))
    return made


def offered(library: Library, text: str) -> list[tuple[str, int]]:
    corrections = library.close(parse(text))
    assert corrections is not None
    return [(correction.text, correction.papers) for correction in corrections]


@pytest.mark.parametrize(
    ("typed", "meant", "papers"),
    [
        ("tranformer", "transformer", 3),
        ("Transfomer", "transformer", 3),
        ("difusion lnguage", "diffusion language", 1),
        ("larg kernl", "large kernel", 2),
        ("capsul netwrk", "capsule network", 1),
        ("capsul netwrk is:unread", "capsule network is:unread", 1),
        ("diffusion tranformer", "diffusion transformer", 1),
        ("largekernel", "large kernel", 2),
        ("trans former -swin", "transformer -swin", 2),
        ('"large kernl"', '"large kernel"', 1),
        ('"larg kernal convlutions"', '"large kernel convolutions"', 1),
        ("title:swni", "title:swin", 1),
        ('title:"lareg kernel"', 'title:"large kernel"', 1),
        ("abstract:tranformer", "abstract:transformer", 2),
    ],
)
def test_what_was_meant_is_offered_first(library: Library, typed: str, meant: str, papers: int) -> None:
    """One letter wrong, left out, put in or swapped; words glued or split; phrases and fields stay such."""
    assert offered(library, typed)[0] == (meant, papers)


@pytest.mark.parametrize("typed", ["zzzzzzzz", "is:starred", "#vision", "-tranformer", "note:tranformer", ""])
def test_where_nothing_is_near_nothing_is_offered(library: Library, typed: str) -> None:
    """Nor for what is no word of title or abstract, or is not wanted."""
    assert offered(library, typed) == []


def test_each_half_of_an_or_is_corrected(library: Library) -> None:
    assert offered(library, "capsul OR zwin")[0] == ("capsule OR swin", 2)


def test_a_frequent_word_comes_before_a_rare_one(make: SimpleNamespace) -> None:
    """Among words as near."""
    records = [make.record(f"mode {n}") for n in range(9)] + [make.record("node"), make.record("code")]
    library = make.library(*records)
    assert [text for text, _ in offered(library, "zode")] == ["mode", "code", "node"]


def test_a_first_letter_is_seldom_wrong(make: SimpleNamespace) -> None:
    """So of two words as near and as frequent the one that begins alike comes first."""
    library = make.library(make.record("node"), make.record("zone"))
    assert [text for text, _ in offered(library, "zode")] == ["zone", "node"]


def test_a_known_word_is_doubted_only_where_no_other_is_unknown(make: SimpleNamespace) -> None:
    """And then for one far more frequent."""
    modes = [make.record(f"Mode {n}", "mamba") for n in range(30)]
    library = make.library(*modes, make.record("Node", "swin"), make.record("Nodes", "mode swin"))
    assert offered(library, "node swni") == [("node swin", 2)]
    assert offered(library, "node mamba") == [("mode mamba", 30)]


def test_words_are_put_together_only_where_both_are_wanted_in_one_place(library: Library) -> None:
    for typed in ("title:trans former", "trans OR former"):
        assert not [text for text, _ in offered(library, typed) if "transformer" in text]


def test_a_note_is_left_as_it_is(make: SimpleNamespace) -> None:
    """Its words are the user's own."""
    library = make.library(*(make.record(*texts) for texts in RECORDS))
    library.decide("note", list(library.papers), {"note": "todo"})
    assert offered(library, "note:todo kernl")[0] == ("note:todo kernel", 2)


def test_what_finds_nothing_among_these_papers_is_not_offered(make: SimpleNamespace) -> None:
    """The words are the library's, the papers those that are looked among."""
    library = make.library(*(make.record(*texts) for texts in RECORDS))
    swin = [paper for paper in library.papers.values() if paper.title.startswith("Swin")]
    assert [c.text for c in library.finder(swin).close(parse("tranformer")) or ()] == ["transformer"]
    assert library.finder(swin).close(parse("difusion")) == []
    library.decide("star", [swin[0].id], VERBS["star"])
    assert [(c.text, c.papers) for c in library.close(parse("tranformer is:starred")) or ()] == [
        ("transformer is:starred", 1)
    ]


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(("larg", "kernl", "swin", "a", "transformr", "cap", "sule", "x9")), max_size=6)
)
def test_every_offer_finds_as_many_papers_as_it_says(library: Library, typed: list[str]) -> None:
    """At least one; its text asks what its query does; and it never is what was typed."""
    query = parse(" ".join(typed))
    corrections = library.close(query)
    assert corrections is not None
    for correction in corrections:
        assert parse(correction.text) == correction.query != query
        assert len(library.finder().complete(correction.query) or ()) == correction.papers > 0


def test_papers_that_come_later_bring_their_words(make: SimpleNamespace) -> None:
    library = make.library(*(make.record(*texts) for texts in RECORDS))
    assert offered(library, "mambb") == []
    library.add(make.reading(make.record("Mamba", "state spaces"), digest_id="later"))
    assert offered(library, "mambb") == [("mamba", 1)]


def test_close_words_are_found_too(library: Library, make: SimpleNamespace) -> None:
    """`~word` is the word or one near it, in a row or not; a tag and a note count as well."""
    query = close.Fuzzy("kernl larg", "kernl larg")
    found = library.finder().complete(query) or []
    assert sorted(paper.title for paper in found) == [RECORDS[2][0], RECORDS[0][0]]
    library = make.library(*(make.record(*texts) for texts in RECORDS))
    light = next(paper for paper in library.papers.values() if paper.title == RECORDS[4][0])
    library.decide("note", [light.id], {"note": "kernels", "tag:large": True})
    assert light in (library.finder().complete(query) or [])


def test_before_the_words_are_known_a_close_word_is_looked_for_as_written(make: SimpleNamespace) -> None:
    """In titles, at once; afterwards its spellings are."""
    library = make.library(*(make.record(*texts) for texts in RECORDS))
    finder, query = library.finder(), close.Fuzzy("kernl", "kernl")
    assert finder.titles(query) == []
    finder.complete(query)
    assert [paper.title for paper in finder.titles(query)] == [RECORDS[0][0]]


def test_learning_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """And counts nothing twice."""
    monkeypatch.setattr(close, "TEXTS", 2)
    vocabulary, fresh = Vocabulary(), [f"word{n % 3} large" for n in range(9)]

    def stop() -> None:
        raise Stopped

    for _ in range(3):
        with pytest.raises(Stopped):
            vocabulary.learn(fresh, stop)
    assert len(fresh) == 3
    vocabulary.learn(fresh, at_once)
    assert (vocabulary.count("large"), vocabulary.count("word1"), fresh) == (9, 3, [])
    assert [word for _, word in vocabulary.near("lrage")] == ["large"]


def test_of_one_typo_in_a_real_title_the_right_word_is_first() -> None:
    """In 19 of 20 words of six letters and more."""
    if not DUMPS.is_dir():
        pytest.skip("no real digests lie beside this checkout")
    vocabulary, rng = Vocabulary(), random.Random(5)
    titles: list[str] = []
    texts: list[str] = []
    for path in sorted(DUMPS.glob("*.txt")):
        records = read_text(path.read_text("utf-8", "replace"), path=path.name, imported=now_utc()).records
        titles += [words(record.title) for record in records]
        texts += [words(record.abstract) for record in records]
    vocabulary.learn([*titles, *texts], at_once)
    long = sorted({word for title in titles for word in title.split() if len(word) >= 6 and word.isalpha()})
    typed = [(word, typo(word, rng)) for word in long]
    unknown = [(word, wrong) for word, wrong in typed if not vocabulary.holds(wrong)]
    right = sum([near for _, near in vocabulary.near(wrong)][:1] == [word] for word, wrong in unknown)
    assert len(unknown) > 500
    assert right / len(unknown) > 0.95


def typo(word: str, rng: random.Random) -> str:
    """The word with one letter left out, put in, exchanged, or swapped with the next."""
    at, letter = rng.randrange(len(word) - 1), rng.choice(string.ascii_lowercase)
    before, here, after, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    return before + rng.choice(
        (after + rest, letter + here + after + rest, letter + after + rest, after + here + rest)
    )
