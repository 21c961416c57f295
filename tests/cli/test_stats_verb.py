"""stats: the library in figures."""

import sys

import pytest


@pytest.fixture
def on_terminal(monkeypatch):
    """stdout is a terminal of so many columns."""

    def on_terminal(columns: int) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setenv("COLUMNS", str(columns))

    return on_terminal


def test_json(call, ids) -> None:
    """Every figure, absent ones null; tags the most used first."""
    call("mark", *ids[:2], "--star", "--tag", "b")
    call("mark", ids[0], "--tag", "a")
    figures = call("stats", "--json").json
    assert list(figures["days"].values()) == [2]
    del figures["days"], figures["by_digest"][0]["id"]
    assert figures == {
        **{"papers": 4, "inbox": 2, "starred": 2, "later": 0, "tagged": 2, "new": 4, "read": 0},
        **{"decided": 2, "share_starred": 1, "seconds_a_paper": None, "digests": 1, "dated": 0},
        "by_digest": [{"name": "digest", "papers": 4, "starred": 2}],
        "months": {},
        "undated": {"papers": 4, "starred": 2},
        "by_tag": [{"name": "b", "papers": 2, "starred": 2}, {"name": "a", "papers": 1, "starred": 1}],
        "tags": {"b": 2, "a": 1},
    }


def test_the_help_names_every_field(call, ids) -> None:
    """A script's author need not guess."""
    told = call("stats", "--help").out
    for name in call("stats", "--json").json:
        assert name in told


def test_lines(call, ids) -> None:
    """A number, then what it counts, in a pipe without bars; tags last."""
    call("mark", *ids[:2], "--star", "--tag", "b")
    call("mark", ids[2], "--later", "--tag", "b")
    lines = call("stats").lines
    assert lines[:3] == ["      4  papers", "      1  inbox", "      2  starred"]
    assert "  66.7%  starred of decided" in lines
    assert lines[lines.index("by day of a verdict, tag or note") + 1].split()[0] == "3"
    assert lines[lines.index("by digest") + 1] == "      4  digest      2 starred"
    assert lines[lines.index("by month of publication") + 1] == "      4  no date      2 starred"
    assert lines[-2:] == ["by tag", "      3  #b      2 starred"]
    assert "▆" not in "\n".join(lines)


def test_nothing_decided(call, ids) -> None:
    """No share, no day, no tag: no line for them."""
    lines = call("stats").lines
    assert "      0  decided" in lines
    assert "by day of a verdict, tag or note" not in lines
    assert "by tag" not in lines
    assert not any("starred of decided" in line for line in lines)


def test_an_empty_library(call) -> None:
    """Noughts on stdout, and on stderr what fills it."""
    said = call("stats")
    assert (said.code, said.lines[0]) == (0, "      0  papers")
    assert "The library is empty." in said.err


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_bars_on_a_terminal(call, digest, on_terminal, columns) -> None:
    """The longest bar fits, nothing has none, and long names are cut."""
    call("import", digest(*(f"Kettle {n}" for n in range(90)), name=f"{'x' * 50}.txt"))
    call("import", digest(*(f"Urn {n}" for n in range(30)), name="urn.txt"))
    on_terminal(columns)
    lines = call("stats").lines
    assert all(len(line) <= columns for line in lines)
    if columns > 70:
        urn, kettle = (line for line in lines if line.endswith("▆") and "date" not in line)
        assert abs(kettle.count("▆") / urn.count("▆") - 3) < 0.3
        assert "xxx" in kettle
        assert "x" * 40 not in kettle


def test_many_days_on_a_terminal(call, digest, on_terminal) -> None:
    """A terminal gets the most used tags, a pipe all."""
    call("import", digest("Kettle"))
    paper = call("list", "--ids").lines[0]
    call("mark", paper, *(f"--tag=t{n:02}" for n in range(40)))
    assert sum(" #t" in line for line in call("stats").lines) == 40
    on_terminal(80)
    lines = call("stats").lines
    assert sum(" #t" in line for line in lines) == 14
    assert lines[-1] == "         and 26 more, which a pipe and --json get as well"


def test_hostile_names(call, digest, home) -> None:
    """What would move a cursor is not printed."""
    path = digest("Kettle", name="a\x1b[2Jb.txt")
    call("import", path)
    assert "\x1b" not in call("stats").out
    assert "\x1b" not in call("stats", "--json").out
