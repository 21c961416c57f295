"""Addresses in running text, and arXiv ids in addresses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.links import arxiv_id, arxiv_id_of, is_address, links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Code: https://x.org/a.", ["https://x.org/a"]),
        ("(see https://x.org/a_(b)).", ["https://x.org/a_(b)"]),
        ("at [https://x.org/a].", ["https://x.org/a"]),
        ("[https://x.org/a](https://x.org/b)", ["https://x.org/a", "https://x.org/b"]),
        ("x/flan_nas{https://x.org/flan\\_nas}.", ["https://x.org/flan_nas"]),
        ("\\url{https://x.org/a\\%20b} and", ["https://x.org/a%20b"]),
        ("https://x.edu/\\~{}me/p", ["https://x.edu/~me/p"]),
        ("https://x.org/a{link}}.", ["https://x.org/a"]),
        ("https://x.org/a, http://y.org!", ["https://x.org/a", "http://y.org"]),
        ("http://y.org/ and https://x.org and http://y.org/", ["http://y.org/", "https://x.org"]),
        ("Https://x.org/a", ["https://x.org/a"]),
        ("“https://x.org/a”，https://x.org/b。", ["https://x.org/a", "https://x.org/b"]),
        ("https://x.org/search?q=a&b=c#d", ["https://x.org/search?q=a&b=c#d"]),
        ("http://localhost nor https:// nor ftp://x.org/a", []),
        ("'https://x.org/a'* or *https://x.org/b*?!", ["https://x.org/a", "https://x.org/b"]),
        ("nothing", []),
    ],
)
def test_addresses_are_found_as_meant(text: str, found: list[str]) -> None:
    """Glued punctuation, brackets and braces are left off; escapes are undone; each comes once."""
    assert list(links(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at github.com/x/y.", ["https://github.com/x/y"]),
        ("code:github.com/x/y", ["https://github.com/x/y"]),
        ("at a.b.edu.hk/projects/W and https://x.org", ["https://a.b.edu.hk/projects/W", "https://x.org"]),
        ("and/or TCP/IP i.e./e.g. Node.js/Deno 3.5/4 U.S.com/", []),
        ("github.com/ alone", []),
        ("me@x.org/a", []),
        ("./local.com/x and https://x.xyz/?of=github.com/x", ["https://x.xyz/?of=github.com/x"]),
    ],
)
def test_addresses_without_scheme_need_a_certain_host(text: str, found: list[str]) -> None:
    """A well-known kind of host and a path are needed, and no part of something else is taken."""
    assert list(links(text)) == found


@given(st.text(alphabet="x/.()[]{}\\_,;?=~% \n", max_size=30))
def test_a_found_address_is_found_again_whole(tail: str) -> None:
    """What is written out as a link comes back as the same link."""
    for link in links(f"https://x.org/{tail} and x.com/{tail}"):
        assert is_address(link)
        assert links(link) == (link,)


@pytest.mark.parametrize(
    "piece", ["http://a.b/(", "http://]", "a.a.", "http://a.b/[(", ".com/x", "x.com/", "\\_"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """A megabyte of half-open addresses is read in a moment; quadratic time would take minutes."""
    text = "http://a.b/" + piece * (1_000_000 // len(piece))
    begun = time.perf_counter()
    links(text)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://arxiv.org/pdf/2406.14539", "2406.14539"),
        ("http://www.arxiv.org/abs/2406.14539v12", "2406.14539"),
        ("https://arxiv.org/pdf/2406.14539v1.pdf?download=1", "2406.14539"),
        ("arxiv.org/abs/cs/0112017v1", "cs/0112017"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/list/cs.CV/recent", None),
        ("https://notarxiv.org/abs/2406.14539", None),
        ("https://x.org/?u=https://arxiv.org/abs/2406.14539", None),
        ("2406.14539", None),
    ],
)
def test_the_id_in_an_arxiv_address(address: str, found: str | None) -> None:
    """New and old ids, without version or subject class, and of arxiv.org only."""
    assert arxiv_id_of(address) == found


def test_a_bare_arxiv_id() -> None:
    """A field that holds an id may hold it bare, with its prefix, or as an address."""
    assert arxiv_id(" 2406.14539v3 ") == arxiv_id("arXiv:2406.14539") == "2406.14539"
    assert arxiv_id("https://arxiv.org/abs/2406.14539") == "2406.14539"
    assert arxiv_id("2406.1") is None


@pytest.mark.parametrize("text", ["javascript:alert(1)", "file:///etc/passwd", "https://x.org/a b", "-x"])
def test_what_is_no_address(text: str) -> None:
    """Only http and https, and nothing a browser could take for more than one word."""
    assert not is_address(text)
    assert is_address("https://x.org/a")
