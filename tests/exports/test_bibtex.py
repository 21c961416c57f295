"""BibTeX and plain citations: whatever titles hold, a strict reader takes them, and nothing is invented."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exports.bibtex import write_bibtex
from tui.exports.citation import citation
from tui.papers.paper import Paper
from tui.papers.text import clean

#: what LaTeX prints for each of our spellings of a sign
_PRINTED = {
    "textbackslash{}": "\\",
    "textbraceleft{}": "{",
    "textbraceright{}": "}",
    "textasciitilde{}": "~",
    "textasciicircum{}": "^",
    "textless{}": "<",
    "textgreater{}": ">",
    "textbar{}": "|",
} | {sign: sign for sign in "&%$#_"}


def value(text: str, at: int) -> tuple[str, int]:
    """A value between braces, which BibTeX counts whatever stands before them; and where it ends."""
    assert text[at] == "{"
    depth, start = 0, at + 1
    while True:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
        if not depth:
            return text[start : at - 1], at


def entries(text: str) -> list[tuple[str, dict[str, str]]]:
    """Keys and fields of a file that is BibTeX and nothing else."""
    found, at = [], 0
    while at < len(text):
        head = re.compile(r"\n?@misc\{([a-z0-9-]+)").match(text, at)
        assert head, text[at : at + 40]
        at, fields = head.end(), {}
        while field := re.compile(r",\n  ([a-zA-Z]+) = ").match(text, at):
            if month := re.compile(r"[a-z]{3}").match(text, field.end()):
                fields[field[1]], at = month[0], month.end()
            else:
                fields[field[1]], at = value(text, field.end())
        assert text.startswith("\n}\n", at), text[at : at + 40]
        at += 3
        found.append((head[1], fields))
    return found


def printed(latex: str) -> str:
    """What LaTeX prints; a sign that it would take for a command or a group is refused."""
    out, at = [], 0
    while at < len(latex):
        if latex[at] == "\\":
            name = next(name for name in _PRINTED if latex.startswith(name, at + 1))
            out.append(_PRINTED[name])
            at += 1 + len(name)
        else:
            assert latex[at] not in "&%$#_{}~^", latex
            out.append(latex[at])
            at += 1
    return "".join(out)


def one(shelf, paper: Paper) -> dict[str, str]:
    """The fields of its entry."""
    ((_, fields),) = entries(write_bibtex(shelf, [paper]))
    return fields


def test_what_the_digest_said_is_there(shelf) -> None:
    """Authors, title, year and month, arXiv id, address."""
    paper = shelf.put(
        "Attention & {Large} Kernels: 50% of $x_1$",
        authors=("Ada Lovelace", "He, Kaiming", "Jürgen Müller"),
        authors_count=3,
        published=date(2024, 10, 10),
        arxiv_ids=("2410.00001",),
        links=("https://example.org/a_b%20c#d&e~f",),
    )
    fields = one(shelf, paper)
    assert fields == {
        "author": "Ada Lovelace and He, Kaiming and Jürgen Müller",
        "title": r"{Attention \& \textbraceleft{}Large\textbraceright{} Kernels: 50\% of \$x\_1\$}",
        "year": "2024",
        "month": "oct",
        "eprint": "2410.00001",
        "archivePrefix": "arXiv",
        "url": "https://arxiv.org/abs/2410.00001",
    }


def test_what_it_did_not_say_is_not(shelf) -> None:
    """A title alone has no author, no year, no address."""
    assert one(shelf, shelf.put("Title", authors_count=7)) == {"title": "{Title}"}


def test_an_inferred_year_is_no_year(shelf) -> None:
    """It is said in a note, and the key does without it."""
    paper = shelf.put("Title", published=date(2025, 11, 18), year_inferred=True)
    ((key, fields),) = entries(write_bibtex(shelf, [paper]))
    assert fields == {"title": "{Title}", "note": "Year inferred: 2025"}
    assert key == f"title-{paper.id[:6]}"


def test_authors_that_were_counted_and_not_named_are_others(shelf) -> None:
    """As BibTeX writes that there are more."""
    assert one(shelf, shelf.put("T", authors=("A B", "C D"), authors_count=5))["author"] == (
        "A B and C D and others"
    )


def test_an_address_is_not_escaped(shelf) -> None:
    r"""\url takes it as it stands."""
    link = "https://example.org/a_b%20c#d&e~f"
    assert one(shelf, shelf.put("T", links=(link,)))["url"] == link


@pytest.mark.parametrize("link", ["https://x.example/}y", "https://x.example/\\input", "javascript:x"])
def test_an_address_that_could_do_harm_is_left_out(shelf, link: str) -> None:
    """As it is everywhere."""
    assert "url" not in one(shelf, shelf.put("T", links=(link,)))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Simon and Schuster", "{Simon and Schuster}"),
        ("others", "{others}"),
        ("a, b, c", "{a, b, c}"),
        (", x", "{, x}"),
        ("A\x1b[2J B\u202e", "A[2J B"),
    ],
)
def test_one_name_stays_one(shelf, name: str, written: str) -> None:
    """Whatever BibTeX could take for several names, or for none, stands in braces."""
    assert one(shelf, shelf.put("T", authors=(name, "C D")))["author"] == f"{written} and C D"


@pytest.mark.parametrize(
    ("authors", "title", "begins"),
    [
        (("Ada Lovelace", "X Y"), "T", "lovelace2024-"),
        (("Lovelace King, Ada",), "T", "lovelaceking2024-"),
        (("Jürgen Müller",), "T", "muller2024-"),
        (("王小明",), "The Case", "case2024-"),
        ((), "A “Large-Kernel” Story", "large2024-"),
        ((), "木漏れ日", "paper2024-"),
        ((), "x" * 200, f"{'x' * 24}2024-"),
    ],
)
def test_a_key_is_a_name_or_a_word_the_year_and_digits_of_the_id(
    shelf, authors: tuple[str, ...], title: str, begins: str
) -> None:
    """In ASCII, as old programs want it, and the same each time."""
    paper = shelf.put(title, authors=authors, published=date(2024, 1, 1))
    ((key, _),) = entries(write_bibtex(shelf, [paper]))
    assert key == begins + paper.id[:6]


def test_keys_differ_also_where_ids_begin_alike(shelf) -> None:
    """The whole id then stands in both."""
    papers = [Paper(id=f"abcdef00000{n}", title="T", added=shelf.put("T").added) for n in (1, 2)]
    keys = [key for key, _ in entries(write_bibtex(shelf, papers))]
    assert keys == ["t-abcdef000001", "t-abcdef000002"]


HOSTILE = st.text(alphabet=st.sampled_from('ab {}\\"@%&$#_~^<>|,=\n\r\x1b\u202e\u0301é木and'), max_size=40)


@settings(max_examples=200)
@given(st.lists(st.tuples(HOSTILE | st.text(max_size=40), st.lists(HOSTILE, max_size=3)), max_size=4))
def test_whatever_titles_and_names_hold_the_file_is_bibtex(new_shelf, given_) -> None:
    """It is read back with the titles that the screen shows, every key once."""
    shelf = new_shelf()
    for title, authors in given_:
        shelf.put(title, authors=tuple(authors), authors_count=len(authors))
    papers = [*shelf.papers.values()]
    found = entries(write_bibtex(shelf, papers))
    assert len({key for key, _ in found}) == len(papers)
    for paper, (_, fields) in zip(papers, found, strict=True):
        assert printed(fields.get("title", "{}")[1:-1]) == " ".join(clean(paper.title).split())
        shown = [name for name in paper.authors if clean(name).strip()]
        names = [name for name in split_names(fields.get("author", "")) if name != "others"]
        assert len(names) == len(shown)


def split_names(names: str) -> list[str]:
    """Names as BibTeX parts them: at an `and` of depth 0 with blanks around it."""
    flat, depth = [], 0
    for char in names:
        depth += {"{": 1, "}": -1}.get(char, 0)
        flat.append("x" if depth and char not in "{}" else char)
    return [name for name in re.split(r"(?i)\sand\s", "".join(flat)) if name]


# -- plain citations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "Title."),
        ({"authors": ("A B",)}, "A B. Title."),
        ({"authors": ("A B", "C D")}, "A B and C D. Title."),
        ({"authors": ("A", "B", "C")}, "A, B and C. Title."),
        ({"authors": ("A", "B", "C", "D")}, "A et al. Title."),
        ({"authors": ("A", "B"), "authors_count": 3}, "A, B et al. Title."),
        ({"authors": ("A",), "authors_count": 12}, "A et al. Title."),
        ({"authors_count": 12}, "Title."),
        ({"published": date(2024, 1, 1)}, "Title. 2024."),
        ({"published": date(2024, 1, 1), "year_inferred": True}, "Title. 2024 (year inferred)."),
        ({"links": ("https://a.example/1",)}, "Title. https://a.example/1"),
        ({"authors": ("\x1b", "B\nC")}, "B C. Title."),
    ],
)
def test_a_citation_is_one_plain_line(shelf, facts: dict[str, object], line: str) -> None:
    """Authors, title, year and link, as far as the digest said them."""
    assert citation(shelf.put("Title", **facts)) == line


def test_a_title_that_ends_a_sentence_ends_it_once(shelf) -> None:
    """No full stop behind a question mark."""
    assert citation(shelf.put("Why?")) == "Why?"
