"""Markdown is judged by what a CommonMark and GFM renderer makes of it."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from html.parser import HTMLParser
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from tui.exports.addresses import best_link, is_safe
from tui.exports.markdown import escape, write_markdown
from tui.papers.text import UNSEEN, clean, clean_lines
from tui.papers.triage import Triage


def renderer() -> MarkdownIt:
    """GFM with footnotes, definitions and mathematics; a bare `x.org` is left alone, as by GFM."""
    md = MarkdownIt("gfm-like", {"html": True})
    md.use(footnote_plugin).use(deflist_plugin).use(dollarmath_plugin)
    md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    md.normalizeLinkText = lambda link: link  # a renderer may prettify %41; the text is meant here
    return md


MD = renderer()


class Seen(HTMLParser):
    """The text a page shows, its blocks and the links in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.comments = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        elif tag == "br":
            self.blocks[-1] = (self.blocks[-1][0], self.blocks[-1][1] + "⏎")
        else:
            self.blocks.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.blocks:
            tag, text = self.blocks[-1]
            self.blocks[-1] = (tag, text + data)

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    @property
    def shape(self) -> list[str]:
        return [tag for tag, _ in self.blocks]

    def text(self, tag: str) -> list[str]:
        return [" ".join(text.split()) for found, text in self.blocks if found == tag]


def see(markdown: str) -> Seen:
    return Seen(MD.render(markdown))


def plain(text: str) -> str:
    return " ".join(clean(text).split())


HOSTILE = [
    "*a* _b_ __c__ **d** ***e***",
    "[c](d) [e][f] [g]: h ![x](y)",
    "<e> </e> <script>alert(1)</script> <!-- x --> <?php ?> <![CDATA[x]]>",
    "<https://evil.example> <mailto:a@b.cd>",
    "# f", "f #", "f ##", "#", "## ##", "C# and F#", "a #b c#",
    "f | g", "| a | b |", "a | b\n--|--\nc | d",
    "~h~ ~~i~~", "~~~", "```", "`code` ``co`de``",
    "$x$ $$y$$ costs $5 and $6",
    "&amp; &lt; &#35; &#x23; &copy AT&T Q&A; &c;",
    "1. one", "1) one", "2024. A year", "123456789012. x", "1.5 bits", "1",
    "- a", "+ a", "* a", "-", "+", "*", "---", "***", "___", "===", "- - -", "= =", ":--", ": x",
    "> quoted", ">", "a -> b => c > d",
    "www.x.org and WWW.X.ORG", "https://x.org/a_b_c*d*", "HTTP://X.org", "_https://x.org", "//x.org/y",
    "ftp://x.org", "mailto:a@b.cd", "xmpp:a@b.cd", "a@b.cd", "x.org", "javascript:alert(1)",
    "footnote [^1] ^[inline] x^2^ H~2~O", "[^1]: x",
    "{attr} {#id .class} {{ x }}", "==mark== %%hidden%% a = b 5 %",
    "trailing backslash \\", "\\", "\\\\", "\\*", "a\\", "\\[x\\] \\(y\\)",
    "line\nbreak", "line\r\nbreak", "two  \nblanks", "a\u2028b\u2029c", "tab\there", "form\fx\vy\x85z",
    "    indented", "\tindented", "\u00a0# nbsp", "[ ] task", "[x] done", "- [ ] task", "[!NOTE]",
    "\x1b[31mred\x1b[0m \x9b0m", "\u202eevil\u202c \u200bzero", "!", "![", "a!", "!important",
    "![a](https://x.org/p.png)", "](https://evil.example)", "x](y) [z", "](<https://e.example>)",
    "", " ", "\u200b",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_escaped_text_shows_as_it_is(title: str) -> None:
    """Whatever stands in a title, the reader sees just that, as one paragraph without any mark-up."""
    seen = see(escape(clean(title)))
    assert seen.text("p") == ([plain(title)] if plain(title) else [])
    assert seen.tags <= {"p"}
    assert not seen.comments


FRAGMENTS = st.sampled_from(
    [
        *"\\`*_{}[]()<>#+-=.!|~&^$:;/%@\"' \n\tax19é漢“\u00a0",
        *("  ", "www.", "https://", "://", "x.org", "&amp;", "&#9;", "```", "~~~", "---", "<!--", "-->"),
        *("](", "[^1]", "1.", "1)", "<a>", "\\\n", "\n\n"),
    ]
)
TEXTS = st.lists(FRAGMENTS | st.characters(codec="utf-8"), max_size=12).map("".join)


@given(TEXTS)
def test_no_text_escapes_its_escaping(text: str) -> None:
    """The same for any text that can be made of syntax and characters."""
    seen = see(escape(clean(text)))
    assert seen.text("p") == ([plain(text)] if plain(text) else [])
    assert seen.tags <= {"p"}


@given(title=TEXTS, abstract=TEXTS, tag=TEXTS, author=TEXTS, name=TEXTS, note=TEXTS)
def test_no_paper_can_open_a_block(new_shelf, title, abstract, tag, author, name, note) -> None:
    """A heading, the facts, tags, the note as a quotation, the abstract: never more, whatever is in them."""
    shelf = new_shelf()
    triage = Triage(tags=(tag,), note=note)
    sighting = shelf.digest("0" * 12, name)
    paper = shelf.put(title, abstract, triage, authors=(author,), sightings=(sighting,))
    seen = see(write_markdown(shelf, [paper]))
    lines = [plain(line) for line in clean_lines(note).splitlines()]
    quoted = ["⏎ ".join(group) for shown, group in groupby(lines, bool) if shown]
    facts = [" ".join(text.split()) for text in (clean(author), f"{clean(name)} no. 7")]
    paragraphs = [" · ".join(filter(None, facts))]
    paragraphs += [f"#{plain(tag)}"] if plain(tag) else []
    paragraphs += [*quoted, plain(abstract)] if plain(abstract) else quoted
    assert seen.text("h2") == [plain(title) or "(no title)"]
    assert seen.text("p") == paragraphs
    blocks = [tag for tag in seen.shape if tag not in ("p", "a")]
    assert blocks == ["h1", "h2", "blockquote"][: 3 if quoted else 2]
    assert all(link.startswith(("http://", "https://")) for link in seen.links)
    assert seen.tags <= {"h1", "h2", "p", "blockquote", "br", "a"}


def test_other_dialects_show_the_same() -> None:
    """Attributes, superscripts, highlights and comments are syntax to Pandoc and Obsidian."""
    assert escape("x^2^ {.c} ==a== %%b%% a=b 5%") == "x\\^2\\^ \\{.c\\} \\==a\\== \\%%b\\%% a=b 5%"


def test_no_more_is_escaped_than_need_be() -> None:
    """A file of titles is read as it is, too."""
    plain_enough = 'C#: A Q&A (2.0), 50% off! A -> B; it\'s "e.g." x = 1 + 2 / 3, a@b, and/or'
    assert escape(plain_enough) == plain_enough


def test_the_layout_of_a_paper(shelf) -> None:
    """Heading with count and day; title with link, date, authors, digests, tags, note, abstract."""
    late, early = (
        shelf.digest("a" * 12, "dec-5", date(2025, 12, 5)),
        shelf.digest("b" * 12, "nov-18", date(2025, 11, 18)),
    )
    paper = shelf.put(
        "Kettle: Large_Kernels",
        "We brew.",
        Triage(starred=True, tags=("code", "vision"), note="Try this.\nAnd that.\n\nLater"),
        authors=("P. Fennimarsh", "O. Quillander"),
        published=date(2025, 11, 17),
        arxiv_ids=("2511.90001",),
        links=("https://kettle.example",),
        sightings=(late, early),
    )
    shelf.decide(paper, datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert write_markdown(shelf, [paper]) == (
        "# 1 paper, 2026-11-21\n\n"
        "## [Kettle: Large\\_Kernels](<https://arxiv.org/abs/2511.90001>)\n\n"
        "2025-11-17 · P. Fennimarsh, O. Quillander · arXiv 2511.90001 · nov-18 no. 7 · dec-5 no. 7\n\n"
        "#code #vision\n\n"
        "> Try this.\\\n> And that.\n>\n> Later\n\n"
        "We brew.\n"
    )


def test_what_is_not_known_is_left_out(shelf) -> None:
    """Without link, date and names there is the title and the number of authors; an inferred year says so."""
    bare = shelf.put("Bare", authors_count=3)
    guessed = shelf.put("Guessed", published=date(2025, 1, 2), year_inferred=True)
    assert write_markdown(shelf, [bare, guessed]) == (
        "# 2 papers\n\n## Bare\n\n3 authors\n\n## Guessed\n\n2025-01-02 (year inferred)\n"
    )


def test_the_day_is_that_of_the_newest_standing_decision_on_these_papers(shelf) -> None:
    """What was taken back, and what was decided about other papers, does not count; days are UTC."""
    one, other = shelf.put("One"), shelf.put("Other")
    east = timezone(timedelta(hours=9))
    shelf.decide(one, datetime(2026, 1, 2, 3, 0, tzinfo=east))
    shelf.decide(one, datetime(2026, 1, 5, tzinfo=UTC), stands=False)
    shelf.decide(other, datetime(2026, 1, 6, tzinfo=UTC))
    assert write_markdown(shelf, [one]).startswith("# 1 paper, 2026-01-01\n")
    assert write_markdown(shelf, [other]).startswith("# 1 paper, 2026-01-06\n")


def test_the_lines_of_a_note_stay_lines(shelf) -> None:
    """Markdown would run them together; syntax in any of them stays text."""
    note = "first\n    # second\n- third\n\n    fourth\n===\n--|--\n1. x\\"
    paper = shelf.put("T", triage=Triage(note=note))
    seen = see(write_markdown(shelf, [paper]))
    assert seen.shape == ["h1", "h2", "blockquote", "p", "p"]
    assert seen.text("p") == ["first⏎ # second⏎ - third", "fourth⏎ ===⏎ --|--⏎ 1. x\\"]


@pytest.mark.parametrize(
    "note", ["| a | b\n| - | - |", "a\n=", "a\n-", "a\n:-:", "a\n:- |", "a\n: b", "```\na\n```"]
)
def test_two_lines_of_a_note_make_no_table_and_no_heading(shelf, note) -> None:
    """What is syntax only together with the line before is text as well."""
    seen = see(write_markdown(shelf, [shelf.put("T", triage=Triage(note=note))]))
    assert seen.shape == ["h1", "h2", "blockquote", "p"]
    assert seen.text("p") == [note.replace("\n", "⏎ ")]


def test_an_indented_abstract_is_no_code(shelf) -> None:
    """Blanks around it go."""
    assert write_markdown(shelf, [shelf.put("T", "     code  ")]) == "# 1 paper\n\n## T\n\ncode\n"


@pytest.mark.parametrize(
    ("abstract", "links"),
    [
        ("Code at https://x.org/a_b.", ["https://x.org/a_b"]),
        ("(see https://x.org/a)", ["https://x.org/a"]),
        ("at https://en.example/wiki/Kettle_(pot), hot", ["https://en.example/wiki/Kettle_(pot)"]),
        ("**https://x.org**", ["https://x.org"]),
        ("<https://x.org>", ["https://x.org"]),
        ("https://x.org/?a=1&b=2 and http://y.org/#z!", ["https://x.org/?a=1&b=2", "http://y.org/#z"]),
        ("https://x.org/?a=1&copy;=2", []),
        ("javascript:alert(1) ftp://x.org www.x.org mailto:a@b.cd", []),
        ("https:// x", []),
    ],
)
def test_addresses_in_an_abstract_are_links(shelf, abstract: str, links: list[str]) -> None:
    """The whole address, without the sentence's own signs; the text is as it was."""
    seen = see(write_markdown(shelf, [shelf.put("T", abstract)]))
    assert seen.links == links
    assert seen.text("p") == [plain(abstract)]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://x.org", "https://x.org/ y", "https://x.org/>y",
        "https://x.org/\u202egnp.exe", "https://x.org/\ny", "https://x.org/`y", "HTTPS//x.org", "",
        "https://arxiv.org@x.org/", "https://a:b@x.org", "https:///x.org", "https://?x.org", "https://",
        "https://#x", "https://.x.org", "https://-x.org", "file:///etc/passwd", "mailto:a@b.cd", " https://x.org",
        "https://x.org/\ue000", "https://x.org\uffff",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(shelf, link: str) -> None:
    """A link that is none, or would not stay one, is not written."""
    assert not is_safe(link)
    assert "](" not in write_markdown(shelf, [shelf.put("T", links=(link,))])


@pytest.mark.parametrize(
    "link",
    [
        "https://x.org/(a)[b]", "https://x.org/?a=1&copy;=2", "https://x.org/a*b_c~d", "https://x.org/x2013y",
        "https://x.org/ü", "http://x.org:80/$%20#f", "https://x.org/@user", "https://[::1]:80/", "https://x.org?a@b",
    ],
)  # fmt: skip
def test_a_link_leads_where_it_says(shelf, link: str) -> None:
    """Whatever signs an address has, it is not changed by being put into Markdown."""
    text = write_markdown(shelf, [shelf.put("[T](x) ] [", links=("javascript:x", link))])
    assert see(text).links == [MD.normalizeLink(link)]
    assert re.search(r'<h2><a href="[^"]+">\[T\]\(x\) \] \[</a></h2>', MD.render(text))


def test_the_papers_own_address_comes_first(shelf) -> None:
    """An arXiv id beats the links; one that is no id is no part of an address."""
    assert best_link(shelf.put("A", arxiv_ids=("cs/0112017",), links=("https://x.org",))) == (
        "https://arxiv.org/abs/cs/0112017"
    )
    assert best_link(shelf.put("B", arxiv_ids=("1>2",), links=("https://x.org",))) == "https://x.org"
    assert best_link(shelf.put("C")) is None


@given(TEXTS, TEXTS)
def test_nothing_unseen_is_written(new_shelf, title: str, note: str) -> None:
    """No control, bidi or zero-width character reaches a file."""
    shelf = new_shelf()
    text = write_markdown(shelf, [shelf.put(title, note, Triage(note=note, tags=(title,)))])
    assert not re.search(f"[{UNSEEN}]", text.replace("\n", ""))
