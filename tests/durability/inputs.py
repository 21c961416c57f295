"""Hostile files for the import: each ends with a report or a sentence, soon, and in bounded memory."""

import io
import itertools
import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

from children import Child, Hung, Say, raised
from samples import TITLES, build, copy_of, opened
from tally import CORRUPTION, LOSS, TRACEBACK, Tally

from tui.cli.front_door import run

ROOT = Path(__file__).parents[2]
DUMPS = ROOT / "tests" / "dumps"
SHARED = ROOT.parent / "shared"
#: seconds an import may take: so many, and one more for each megabyte
SOON = 8.0
#: what an import may take of memory: so many megabytes, and so many times the file
ROOM, TIMES = 40, 60

_ODD = ("\0", "\ufeff", "\u2028", "\u202e", "\x1b[2J", "•", "·", "---", "Title:", "Summary:", "\r", "{", "[")


# -- files ----------------------------------------------------------------------------------------


def crafted(scale: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Files that somebody thought of, of about so many bytes."""
    many = scale // 10
    yield "one long line", lambda: b"a" * scale
    yield "one long line of words", lambda: b"word " * (scale // 5)
    yield "short lines", lambda: b"a\n" * (scale // 2)
    yield "blank lines", lambda: b"\n" * scale
    yield "blanks", lambda: b" " * scale
    yield "short paragraphs", lambda: b"Aa\n\n" * (scale // 4)
    yield "separators", lambda: b"---\n" * (scale // 4)
    yield "titles alone", lambda: b"Title: x\n" * many
    yield "titles with separators", lambda: b"Title: x\n---\n" * many
    yield "different titles", lambda: b"".join(b"Title: t%d\nSummary: s\n---\n" % n for n in range(many // 3))
    yield "summaries alone", lambda: b"Summary: x\n" * many
    yield "a long title", lambda: b"Title: " + b"x " * (scale // 2) + b"\nSummary: y\n"
    yield "facts alone", lambda: "  • 3 authors\n·\nNov 3\n".encode() * (many // 2)
    yield "facts and more facts", lambda: "Aa bb\n\n  • 3 authors\n·\nNov 3, 2024 5\n".encode() * (many // 4)
    yield "bullets", lambda: "•".encode() * (scale // 3)
    yield "half a page head", lambda: b"new\n\nGet trending papers in your email inbox!\n\n" * (many // 4)
    yield "deep lists", lambda: b"[" * scale
    yield "deep objects", lambda: b'{"a":' * (scale // 5)
    yield "deep but whole", lambda: b"[" * 100_000 + b"]" * 100_000
    yield "objects of nothing", lambda: b"{}\n" * (scale // 3)
    yield (
        "wrong types",
        lambda: b'{"title": 5, "abstract": [], "authors": {}, "published": 1e99}\n' * (many // 6),
    )
    yield "NaN", lambda: b'{"title": NaN, "abstract": Infinity}\n' * (many // 4)
    yield "lone surrogates", lambda: b'{"title": "\\ud800 x", "abstract": "\\udfff"}\n' * (many // 4)
    yield "huge numbers", lambda: b'{"title": "x", "comments": ' + b"9" * 10_000 + b"}\n"
    yield "far dates", lambda: b'{"title": "x", "abstract": "y", "published": "99999-99-99"}\n'
    yield "a long key", lambda: b'{"' + b"k" * scale + b'": 1}\n'
    yield "many links", lambda: json.dumps({"title": "x", "abstract": "http://a.b/" * many}).encode()
    yield "zero bytes", lambda: b"\0" * scale
    yield "a zero byte at the end", lambda: b"Title: x\nSummary: y\n" * many + b"\0"
    yield "Latin-1", lambda: "Title: Café\nSummary: Größe\n".encode("latin-1") * (many // 3)
    yield "UTF-16 without its mark", lambda: ("Title: x\nSummary: y\n" * (many // 4)).encode("utf-16-le")
    yield "UTF-16 cut in two", lambda: ("Title: x\nSummary: y\n" * 99).encode("utf-16")[:-1]
    yield "UTF-16 with half a pair", lambda: b"\xff\xfe" + b"\x00\xd8A\x00" * (many // 4)
    yield "carriage returns", lambda: b"Title: x\rSummary: y\r---\r" * (many // 3)
    yield "line ends of all kinds", lambda: "a\n\rb\u2028c\x85d\x0be\x0cf\x1c".encode() * (many // 2)
    yield "marks", lambda: b"\xef\xbb\xbf" * (scale // 3)
    yield "combining marks", lambda: b"Title: a" + "\u0301".encode() * (scale // 2) + b"\nSummary: x\n"
    yield "letters that fold to many", lambda: b"Title: " + "\ufdfa".encode() * (scale // 6) + b"\nSummary: x"
    yield "escapes", lambda: b"\x1b[31mTitle: x\x1b[0m\nSummary: y\n" * (many // 4)
    yield "nothing", lambda: b""


def mutated(chance: random.Random) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Samples with pieces cut, doubled, swapped and smashed, and files of chance, for ever."""
    folders = [DUMPS, *(folder for folder in (SHARED / "dumps", SHARED / "samples") if folder.is_dir())]
    samples = [
        file
        for folder in folders
        for file in sorted(folder.rglob("*.*"))
        if file.is_file() and "__" not in file.name
    ]
    while True:
        seed = chance.getrandbits(32)
        if chance.random() < 0.1:
            yield "bytes of chance", partial(_chance, seed)
        else:
            sample = chance.choice(samples)
            yield f"mutated {sample.name}", partial(_mutate, sample, seed)


def _chance(seed: int) -> bytes:
    chance = random.Random(seed)
    alphabet = chance.choice((range(256), range(32, 127), (10, 32, 97, 65, 58)))
    return bytes(chance.choices(alphabet, k=chance.randrange(1, 20_000)))


def _mutate(sample: Path, seed: int) -> bytes:
    chance, data = random.Random(seed), bytearray(sample.read_bytes()[:200_000])
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(data) + 1)
        to = min(at + chance.choice((1, 1, 10, 500)), len(data))
        match chance.randrange(5):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to] * chance.randrange(1, 20)
            case 2:
                data[at:to] = bytes(chance.randrange(256) for _ in range(min(to - at, 3)))
            case 3:
                data[at:at] = chance.choice(_ODD).encode() * chance.choice((1, 1, 50))
            case _:
                data[at:to] = data[at:to].swapcase().replace(b"\n", b" ")
    return bytes(data)


# -- the import -----------------------------------------------------------------------------------


def campaign(folder: Path, mutations: int, seed: int, *, scale: int = 2_000_000) -> Tally:
    """Every crafted file, and so many mutations, each imported into a library that must live on."""
    tally = Tally("hostile files")
    build(folder / "original")
    corpus = mutated(random.Random(seed))
    for about, content in (*crafted(scale), *itertools.islice(corpus, mutations)):
        tally.tried += 1
        file = folder / "hostile.txt"
        file.write_bytes(content())
        with copy_of(folder / "original", folder / "library") as path:
            for what, words in _imported(path, file):
                tally.find(what, f"{about}: {words}")
    return tally


def _imported(path: Path, file: Path) -> Iterator[tuple[str, str]]:
    size = file.stat().st_size
    with Child(partial(_run, path, file)) as child:
        try:
            heard = child.all(SOON + size / 1e6)
        except Hung:
            yield CORRUPTION, f"hangs, with {size:,} bytes"
            return
    if words := raised(heard):
        yield TRACEBACK, words[:200]
        return
    if not heard:
        yield TRACEBACK, f"ended with status {child.status}"
        return
    code, err, grown, missing = heard[0]
    if "Traceback" in err or code not in (0, 1):
        yield TRACEBACK, f"exit {code}: {err[-200:]}"
    if missing:
        yield LOSS, f"of the papers before, {missing} are gone"
    if grown > ROOM * 1e6 + TIMES * size:
        yield CORRUPTION, f"{size / 1e6:.1f} MB took {grown / 1e6:.0f} MB of memory"


def _run(path: Path, file: Path, say: Say) -> None:
    """The import as the program does it; then what memory it took, and what is in the library."""
    os.environ["PAPERTUI_LIBRARY"] = str(path)
    os.environ["PAPERTUI_CONFIG"] = str(path.parent / "config.toml")
    before = _peak(anew=True)
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["import", str(file), "--json"])
        err.flush()
    grown = _peak() - before
    if not code:
        json.loads(out.buffer.getvalue())  # type: ignore[attr-defined]
    library = opened(path)
    missing = len({*TITLES} - {paper.title for paper in library.papers.values()})
    say((code, err.buffer.getvalue().decode()[-1000:], grown, missing))  # type: ignore[attr-defined]


def _peak(*, anew: bool = False) -> int:
    """The most memory this process has held, in bytes; with `anew`, counted from now on. 0 if unknown."""
    try:
        if anew:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
