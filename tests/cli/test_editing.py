"""A text in the user's own editor, which is a script here: what it gets, what comes back, what is left."""

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from tui.cli.editing import edited
from tui.errors import EditorError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return made


def script(tmp_path: Path, text: str, name: str = "an editor") -> Path:
    """An editor, with a blank in its path."""
    file = tmp_path / name
    file.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    file.chmod(0o700)
    return file


def use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, arguments: str = "") -> None:
    """Have it as $EDITOR."""
    monkeypatch.setenv("EDITOR", f"'{script(tmp_path, text)}' {arguments}")


def test_what_the_editor_wrote_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """It gets the note as a file of its own, with a line end behind it; afterwards there is no trace."""
    use(monkeypatch, tmp_path, f'cp -p "$1" {tmp_path}/got; printf "two\\r\\nthree\\n\\n" >>"$1"')
    assert edited("one") == "one\ntwo\nthree"
    assert (tmp_path / "got").read_text() == "one\n"
    assert stat.S_IMODE((tmp_path / "got").stat().st_mode) == 0o600
    assert not list(folder.iterdir())


def test_the_file_is_private_and_markdown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """Nobody else can look into its folder; an editor knows its kind by the ending."""
    use(monkeypatch, tmp_path, f'echo "$1" >{tmp_path}/path; ls -ld "$(dirname "$1")" >{tmp_path}/rights')
    edited("")
    assert (tmp_path / "path").read_text().strip().endswith("/note.md")
    assert (tmp_path / "rights").read_text().startswith("drwx------")


def test_the_arguments_are_parted_as_a_shell_would_and_no_shell_sees_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotes hold words together; what a shell would run is a word."""
    use(monkeypatch, tmp_path, f'printf "%s|" "$@" >{tmp_path}/got', "--wait 'a b' '$(touch owned)' ;")
    edited("")
    assert (tmp_path / "got").read_text().startswith("--wait|a b|$(touch owned)|;|")
    assert not Path("owned").exists()


def test_visual_comes_before_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere; an empty one is none."""
    use(monkeypatch, tmp_path, "exit 9")
    monkeypatch.setenv("VISUAL", str(script(tmp_path, 'echo visual >"$1"', "v")))
    assert edited("") == "visual"
    monkeypatch.setenv("VISUAL", " ")
    with pytest.raises(EditorError, match="code 9"):
        edited("")


@pytest.mark.parametrize("does", [":", 'touch "$1"', 'rm "$1"', 'cat "$1" >x; cat x >"$1"'])
def test_what_changes_nothing_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Also where the file was written anew, or is gone."""
    monkeypatch.chdir(tmp_path)
    use(monkeypatch, tmp_path, does)
    assert edited("one\ntwo") is None


def test_an_emptied_note_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is a change."""
    use(monkeypatch, tmp_path, ': >"$1"')
    assert edited("one") == ""


def test_an_editor_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """vim's :cq, for one: whatever it wrote, the note is as it was."""
    use(monkeypatch, tmp_path, 'echo two >"$1"; exit 1')
    with pytest.raises(EditorError) as caught:
        edited("one")
    assert str(caught.value) == "an editor ended with code 1; the note is as it was."
    assert not list(folder.iterdir())


def test_what_a_killed_editor_had_saved_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file that the sentence names."""
    use(monkeypatch, tmp_path, 'echo two >"$1"; kill -9 $$')
    with pytest.raises(EditorError, match="was ended by signal 9; the note is as it was; what it") as caught:
        edited("one")
    assert Path(str(caught.value).split()[-1].removesuffix(".")).read_text() == "two\n"


def test_what_is_no_text_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file that the sentence names."""
    use(monkeypatch, tmp_path, 'printf "caf\\351" >"$1"')
    with pytest.raises(EditorError, match="is not UTF-8; the note is as it was, and the text is") as caught:
        edited("one")
    kept = Path(str(caught.value).split()[-1].removesuffix("."))
    assert kept.read_bytes() == b"caf\xe9"
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        (
            "no-such-editor -w",
            r"\$EDITOR is no-such-editor -w, which is not to be found; set it to your editor",
        ),
        ("vi 'half", r"\$EDITOR cannot be read as a command: no closing quotation\."),
    ],
)
def test_an_editor_that_cannot_be_run(
    monkeypatch: pytest.MonkeyPatch, folder: Path, own: str, sentence: str
) -> None:
    """It is named, and nothing is left."""
    monkeypatch.setenv("EDITOR", own)
    with pytest.raises(EditorError, match=sentence):
        edited("")
    assert not list(folder.iterdir())


def test_what_stands_in_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """nano where there is no vi; where there is neither, what to set."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    script(bin_, "echo by nano >$1", "nano")
    monkeypatch.setenv("PATH", str(bin_))
    assert edited("") == "by nano"
    script(bin_, "echo by vi >$1", "vi")
    assert edited("") == "by vi"
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(EditorError, match=r"There is no vi or nano here; name your editor in \$EDITOR"):
        edited("")
