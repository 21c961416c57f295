"""Finding from the command line: every field and order, close spellings, odd names, real digests."""

import json
import shlex
from pathlib import Path

import pytest

from tui.cli.front_door import ORDERS_HELP
from tui.papers.query import FIELDS, STATES
from tui.papers.text import words
from tui.papers.view import ORDERS

#: real digests may lie beside the repository
REAL = Path(__file__).parents[3] / "shared" / "dumps"
real = pytest.mark.skipif(not REAL.is_dir(), reason="no real digests lie beside this checkout")


@pytest.mark.parametrize("verb", ["list", "mark", "export"])
def test_help_explains_the_query(call, verb) -> None:
    """Every field and state in few lines, and where to read on."""
    told = call(verb, "--help").out.partition("A query:")[2]
    assert [name for name in (*FIELDS, *STATES) if name not in told] == []
    assert "README" in told
    assert len(told.splitlines()) < 12


def test_help_names_every_order(call) -> None:
    """As `--order` takes them."""
    *most, last = ORDERS
    assert ORDERS_HELP.startswith(f"{', '.join(most)} or {last};")


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_can_be_asked_for_and_reversed(call, ids, order) -> None:
    """All papers are there both ways round; `-` is taken with and without =."""
    call("mark", ids[0], "--star")
    assert sorted(call("list", "kettle OR lantern", "--order", order, "--ids").lines) == sorted(ids)
    turned = call("list", "--order", f"-{order}", "--ids").lines
    assert sorted(turned) == sorted(ids)
    assert call("list", f"--order=-{order}", "--ids").lines == turned


def test_a_minus_reverses(call, ids) -> None:
    """By title, z first."""
    titles = [line.split("\t")[3] for line in call("list", "--order", "-title").lines]
    assert titles == ["Gamma lantern", "Delta lantern", "Beta kettle", "Alpha kettle"]


# -- nothing found --------------------------------------------------------------------------------


def test_close_spellings_are_offered_with_what_to_type(call, ids) -> None:
    """On stderr; stdout stays empty and the exit code 0."""
    said = call("list", "lantren", "-delta")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        "Nothing has “lantren -delta”. Close: lantern -delta (1).",
        "Type: papertui list 'lantern -delta'",
    ]
    assert call("list", "lantern -delta", "--ids").lines == [ids[2]]


@pytest.mark.parametrize("query", ["zzzzzz", "is:starred", "#lantren"])
def test_where_nothing_is_close_nothing_is_said(call, ids, query) -> None:
    """A script that asks for what is not there is not talked to."""
    said = call("list", query)
    assert (said.code, said.out, said.err) == (0, "", "")


def test_hostile_words_do_not_reach_the_terminal(call, ids) -> None:
    """What is offered, and what is wrong, is written with escapes."""
    said = call("list", "lantren\x1b]0;x\x07", "OR", "lantren")
    assert "\x1b" not in said.err
    assert "\x1b" not in call("list", "\x1b[2J", "titel:x").err


# -- names ----------------------------------------------------------------------------------------

ODD = ["my page", "a:b", "c(d", 'q"r', "x*", "-dash", "tag:y", "核心", "é"]


@pytest.mark.parametrize("name", ODD)
def test_a_digest_of_any_name_can_be_asked_for(call, digest, name) -> None:
    """In quotes, as any name can be written."""
    call("import", digest("Alpha", name=f"{name}.txt"), digest("Beta", name="other.txt"))
    assert name in [each["name"] for each in call("digests", "--json").json]
    quoted = name.replace('"', '\\"')
    assert [line.split("\t")[3] for line in call("list", f'digest:"{quoted}"').lines] == ["Alpha"]


@pytest.mark.parametrize("tag", ["a:b", "c(d", "x*", "-dash", "tag:y", "核心", "d)", "OR"])
def test_a_tag_of_any_name_can_be_asked_for(call, ids, tag) -> None:
    """A tag has no blanks and no quotes, but whatever else."""
    call("mark", ids[1], f"--tag={tag}")
    assert call("list", f'tag:"{tag}"', "--ids").lines == [ids[1]]
    assert call("list", f'-#"{tag}"', "--ids").lines == [ids[0], ids[2], ids[3]]
    assert call("tags", "rename", "--", tag, "plain").code == 0
    assert call("list", "#plain", "--ids").lines == [ids[1]]


def test_accents_do_not_matter_however_they_are_written(call, digest) -> None:
    """As letters of their own, as marks, or as TeX has them."""
    call("import", digest("The Poincar\\'e Ball", "Poincaré Maps", "Poincare\u0301 Again", "Another"))
    assert len(call("list", "poincare").lines) == 3
    assert len(call("list", "POINCARÉ").lines) == 3
    assert len(call("list", "title:Poincar\\'e").lines) == 3


# -- real digests ---------------------------------------------------------------------------------


@pytest.fixture
def page(call) -> list[dict]:
    """A library of the real digests, as its papers in JSON."""
    call("import", REAL)
    return [json.loads(line) for line in call("list", "--jsonl").lines]


@real
def test_real_digests_are_searched(call, page) -> None:
    """What each query finds is what a look at every paper finds."""
    found = call("list", 'title:"large kernel"', "--ids").lines
    assert found == [paper["id"] for paper in page if "large kernel" in words(paper["title"])]
    assert found
    dated = [json.loads(line) for line in call("list", "published:2023 authors:>5 -convnet", "--jsonl").lines]
    assert dated
    assert [p["id"] for p in dated] == [p["id"] for p in page if _is_of_many_in_2023(p)]
    call("mark", "swin", "--read")
    listed = call("list", "(transformer OR capsule) is:unread", "--order", "title", "--ids").lines
    wanted = [paper for paper in page if _has(paper, "transformer", "capsule") and not _has(paper, "swin")]
    wanted.sort(key=lambda paper: words(paper["title"]))
    assert listed == [paper["id"] for paper in wanted]
    assert listed


def _is_of_many_in_2023(paper: dict) -> bool:
    is_of_2023 = (paper["published"] or "").startswith("2023")
    return is_of_2023 and (paper["authors_count"] or 0) > 5 and not _has(paper, "convnet")


def _has(paper: dict, *any_of: str) -> bool:
    text = words(f"{paper['title']}\n{paper['abstract']}")
    return any(word in text for word in any_of)


@real
def test_mistakes_in_real_digests(call, page) -> None:
    """A word that was mistyped is offered as it is spelt; a wrong query is shown where it is wrong."""
    said = call("list", "tranformer")
    assert (said.code, said.out) == (0, "")
    number = len(call("list", "transformer").lines)
    assert f"Close: transformer ({number})" in said.err
    assert said.err.splitlines()[-1] == "Type: papertui list transformer"
    said = call("list", "tag:(")
    assert said.code == 2
    message, shown, caret = said.err.splitlines()
    assert "(column 5)" in message
    assert (shown, caret) == ("  tag:(", "      ^")


# -- what a shell completes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["list", "pub"], ["published:"]),
        (["list", "-ti"], ["-title:"]),
        (["export", "x", "is:un"], ["is:unread"]),
        (["mark", "has:ar"], ["has:arxiv"]),
        (["list", "view:st"], ["view:starred"]),
        (["list", "-tag:A"], ["-tag:audio"]),
        (["list", "tag:("], ['tag:"(a"']),
        (["list", "digest:di"], ["digest:digest"]),
        (["list", "tag", ":", "au"], ["audio"]),
        (["list", "x", "-tag", ":"], ["audio", '"(a"']),
        (["list", "--order", "com"], ["comments"]),
        (["tags", "rename", "au"], ["audio"]),
        (["list", ""], []),
        (["list", "zzz:x"], []),
        (["list", "5:"], []),
    ],
)
def test_a_shell_completes_queries(program, call, ids, words, completed) -> None:
    """Fields, states, facts, views, tags and digests; bash hands over words cut at colons."""
    call("mark", *ids[:2], "--tag", "audio")
    call("mark", ids[0], "--tag", "(a")
    said = _completed(program, words)
    assert said == completed


def test_a_library_that_cannot_be_read_completes_nothing(program, home) -> None:
    """Nor does it say so in the middle of a line."""
    (home / "library").write_text("no folder")
    assert _completed(program, ["list", "tag:a"]) == []
    (home / "config.toml").write_text("[[views]]\nname = 3\n")
    assert _completed(program, ["list", "view:a"]) == []


def _completed(program, words: list[str]) -> list[str]:
    """The completions of a line's last word, of which nothing else is said; zsh hands over whole words."""
    line = shlex.join(["papertui", *words[:-1]]) + " " + shlex.quote(words[-1])
    said = program(_PAPERTUI_COMPLETE="fish_complete", COMP_WORDS=line, COMP_CWORD=words[-1])
    assert said.err == ""
    return [each.removeprefix("plain,") for each in said.out.splitlines() if each]
