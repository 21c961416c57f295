"""What a terminal may be shown of what is not ours."""

import io
import sys

import pytest

from tui.cli.front_door import say, tell
from tui.cli.streams import let_go, prepare, seen


def test_seen() -> None:
    """All that is unseen becomes an escape, the rest stays as it is, TeX and all."""
    assert (
        seen("a\x1b[0m\n\u202e\U000e0041 é\\ie x2013")
        == "a\\u001b[0m\\u000a\\u202e\\udb40\\udc41 é\\ie x2013"
    )


def test_talk_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """A message may have several; data goes to stdout as it is."""
    say("one\n  two\x1b")
    tell("data")
    assert capsys.readouterr() == ("data\n", "one\n  two\\u001b\n")


def test_what_a_stream_cannot_encode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is written as JSON writes it, surrogates too."""
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, "latin-1"))
    prepare()
    tell("é 漢 🂡 \udce9")
    sys.stdout.flush()
    assert data.getvalue() == b"\xe9 \\u6f22 \\ud83c\\udca1 \\udce9\n"


def test_a_stream_that_can_be_written_is_kept() -> None:
    """What is in it goes out."""
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, "utf-8")
    stream.write("x")
    let_go(stream)
    assert data.getvalue() == b"x"
