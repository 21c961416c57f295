"""One hostile digest through every door but the screen: terminal, clipboard, browser, files."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import poison
import pytest
from homes import Home
from markdown_it import MarkdownIt

from tui.cli import handing
from tui.papers.paper import Paper
from tui.papers.text import clean
from tui.papers.triage import now_utc

MD = MarkdownIt("gfm-like", {"html": True})
WORDS = [word for word in poison.TITLES if word != "led"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose library holds the hostile digest, one of its papers tagged and noted hostilely."""
    home = Home(tmp_path_factory.mktemp("home"))
    (home.path / poison.FILE_NAME).write_text(poison.jsonl(), "utf-8")
    done = home.run("import", f"./{poison.FILE_NAME}")
    assert done.returncode == 0, done.stderr
    assert not poison.unseen(done.stdout)
    note = poison.TITLES["eight"] + "\n# " + poison.TITLES["links"]
    home.run("mark", "markup", "--star", "--tag", "[@click=app.quit]x[/]", "--note", note)
    return home


def paper(*links: str, **facts: Any) -> Paper:
    """A paper with these links."""
    return Paper(id="0" * 12, title="T", added=now_utc(), links=links, **facts)


def test_all_of_the_digest_came_in(filled: Home) -> None:
    """What was meant to do harm is there, as it came: it is kept, and not let out."""
    papers = filled.papers()
    assert len(papers) == len(poison.TITLES)
    assert {p["title"] for p in papers} >= {
        f"{word} {poison.TITLES[word]}" for word in WORDS if word != "backwards"
    }


@pytest.mark.parametrize(
    "verb",
    ["list", "list --jsonl", "log", "log --jsonl", "digests", "digests --json", "stats", "stats --json",
     "export markup", "export --format jsonl markup", "doctor"],
)  # fmt: skip
def test_no_verb_prints_what_is_not_seen(filled: Home, verb: str) -> None:
    """Neither data nor talk holds a control, a format character or a pile of marks."""
    done = filled.run(*verb.split())
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr
    assert not poison.unseen(done.stdout + done.stderr) - {"\t"}, verb
    if "json" not in verb:  # JSON holds the text as it came
        assert poison.most_marks(done.stdout) <= 5


@pytest.mark.parametrize("word", ["eight", "thin", "private", "piled", "lines", "markup"])
def test_a_paper_is_shown_whole_and_harmless(filled: Home, word: str) -> None:
    """`show` prints title, authors, tags, note and abstract; of the links only those that may be opened."""
    (found,) = (paper for paper in filled.papers() if paper["title"].startswith(f"{word} "))
    said = filled.run("show", found["id"]).stdout
    assert f"{word} " in said
    assert "It goes on for a while." in " ".join(said.split())
    assert not poison.unseen(said)
    assert poison.most_marks(said) <= 5
    assert "evil.example" not in said


def test_what_was_undone_and_done_again_is_told_harmlessly(filled: Home) -> None:
    """Each sentence names the paper."""
    filled.run("mark", "eight", "--read")
    for verb in ("undo", "redo", "undo"):
        said = filled.run(verb).stderr
        assert "eight 31m" in said
        assert not poison.unseen(said)


@pytest.mark.parametrize(
    "args",
    [
        ["im\x1b]0;x\x07port"], ["--help\u202e"], ["lsit\x9b", "--help"], ["import", "no\x1b[2J\u202e"],
        ["list", "titel:\x1b\u202e"], ["show", "\x1b\ue000"], ["list", "--order", "\u2066"],
        ["export", "--format", "\x1b"], ["export", "markup", "-o", "no\x1b/\u202e"], ["keys", "\x9b"],
        ["mark", "markup", "--tag", "\x1b \u202e"], ["list", "--limit", "\x1b"], ["open", "x\x1b\n\u202e"],
        ["completions", "\x1b"], ["open", "--theme", "\x9b\x1b"], ["--library", "\x1b\u202e", "list"],
    ],
)  # fmt: skip
def test_no_sentence_repeats_what_is_not_seen(filled: Home, args: list[str]) -> None:
    """Wrong words come back as escapes; no traceback."""
    done = filled.run(*args)
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not poison.unseen(done.stdout + done.stderr)


def test_completions_hold_nothing_of_a_digest(filled: Home) -> None:
    """A shell that completes gets our words alone."""
    environment = filled.env | {
        "_PAPERTUI_COMPLETE": "bash_complete",
        "COMP_WORDS": "papertui sh",
        "COMP_CWORD": "1",
    }
    done = subprocess.run([filled.papertui], env=environment, cwd=filled.path, capture_output=True, text=True)
    assert done.stdout.split() == ["plain,show", "file,sh"]


def test_a_report_of_rejects_is_harmless(home: Home) -> None:
    """The first words of what was not understood are words."""
    lines = [json.dumps({"id": "x", "title": "fine"})]
    lines += [json.dumps({"title": 7, "was": title}, ensure_ascii=False) for title in poison.TITLES.values()]
    lines += [json.dumps({"title": "t", "links": [title]}) for title in poison.TITLES.values()]
    lines += [json.dumps({"title": "t", "arxiv_id": title}) for title in poison.TITLES.values()]
    (home.path / "x.jsonl").write_text("\n".join(lines), "utf-8")
    done = home.run("import", "x.jsonl")
    assert done.stdout.count("not understood: ") == 3 * len(poison.TITLES)
    assert not poison.unseen(done.stdout)


def test_an_exported_file_is_text_alone(filled: Home) -> None:
    """Only our own headings, quotations and links; each title is read in full as what it is."""
    assert filled.run("export", "about", "-o", "x.md").returncode == 0
    written = (filled.path / "x.md").read_text("utf-8")
    assert not poison.unseen(written)
    assert poison.most_marks(written) <= 5
    html = MD.render(written)
    assert set(re.findall(r"<(\w+)", html)) <= {"h1", "h2", "p", "a", "blockquote", "br"}
    assert html.count("<h2>") == len(poison.TITLES)
    links = re.findall(r'href="([^"]*)"', html)
    assert {re.sub(r"(?<=\w)[/?#].*", "", link) for link in links} == {
        f"https://{host}.example" for host in ("good", "x", "y")
    }


def test_an_exported_digest_comes_back_as_it_was(filled: Home, tmp_path: Path) -> None:
    """JSON Lines escape what is not seen and lose nothing."""
    filled.run("export", "about", "--format", "jsonl", "-o", "x.jsonl")
    again = filled.run("import", "x.jsonl", "--json", "--library", tmp_path / "other")
    assert json.loads(again.stdout)["totals"]["new"] == len(poison.TITLES)
    other = filled.run("list", "--jsonl", "--library", tmp_path / "other").stdout.splitlines()
    assert sorted(json.loads(line)["title"] for line in other) == sorted(p["title"] for p in filled.papers())


REFUSED = [
    *poison.BAD_LINKS, "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example",
    "-https://x.example", "--version", " https://x.example", "https://x.example\n--flag", "ftp://x.example",
    "https://x.example/ y", "https://x.example/\x00", "https://x.example/`id`", "https://x.example/'y",
    'https://x.example/"y', "https://x.example\\@y.example", "vbscript:x", "", "https://",
]  # fmt: skip


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser of the user's that writes down what it was handed; where it does so."""
    program, got = tmp_path / "browser", tmp_path / "got"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" >{got}.part && mv {got}.part {got}\n')
    program.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(program))
    return got


@pytest.mark.parametrize("address", REFUSED)
def test_no_such_address_is_opened(address: str, opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is even started; nor is it a link of the paper's, to be shown or copied."""
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("was started"))
    assert not handing.browse(address)
    assert handing.link_of(paper(address)) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_an_address_is_one_argument_and_never_a_command(opener: Path) -> None:
    """No shell stands between; what PowerShell would run is spelled so that it does not."""
    began: list[Any] = []
    real = subprocess.Popen

    class Watched(real):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            began.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", Watched)
        assert handing.browse("https://x.example/$(touch%20owned);a&b=1")
    assert began[0].wait(20) == 0
    assert opener.read_text() == "1|https://x.example/%24%28touch%20owned%29;a&b=1|"


@pytest.mark.parametrize("arxiv_id", ["2406.14539", "cs/0112017"])
def test_a_papers_own_address_is_at_arxiv(arxiv_id: str) -> None:
    """Whatever else it came with."""
    assert handing.link_of(paper(*poison.BAD_LINKS, arxiv_ids=(arxiv_id,))) == (
        f"https://arxiv.org/abs/{arxiv_id}",
    )


@pytest.mark.parametrize("arxiv_id", ["\u202e", "x y", "a\n", "`id`", "<x>"])
def test_an_id_that_is_none_is_no_address(arxiv_id: str) -> None:
    """A library may have been edited by hand."""
    assert handing.link_of(paper(arxiv_ids=(arxiv_id,))) == ()


@pytest.mark.parametrize("title", poison.TITLES.values())
def test_a_title_to_be_copied_is_one_line(title: str) -> None:
    """What is cleaned for the clipboard runs nothing where it is pasted: it has no line end."""
    assert "\n" not in clean(title)
    assert not poison.unseen(clean(title))
    assert poison.most_marks(clean(title)) <= 5
