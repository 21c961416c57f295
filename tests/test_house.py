"""What the house promises of itself: packages, what is shipped, docstrings, sizes, sample digests, make."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import import_module
from importlib.resources import files
from operator import attrgetter
from pathlib import Path

import pytest

from tui.keymap import shipped

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
SOURCES = sorted((ROOT / "tui").rglob("*.py"))
#: lines of more than this are nobody's by chance; but the site's own words are on every page of it
TELLING = 40
BANNER = "Get trending papers in your email inbox"
LONGEST = 450


def packages() -> dict[str, Path]:
    """Every folder that is a package, under the name it is imported by."""
    found = {".".join(path.parent.relative_to(ROOT).parts): path.parent for path in SOURCES}
    inits = {name: folder for name, folder in found.items() if (folder / "__init__.py").exists()}
    return inits | {"tui.keymaps": ROOT / "keymaps", "tui.samples": ROOT / "tests" / "dumps"}


def test_every_package_is_listed() -> None:
    """What pyproject.toml does not list would be missing from the wheel, without a word."""
    assert all((folder / "__init__.py").exists() for folder in packages().values())
    assert sorted(SETUPTOOLS["packages"]) == sorted(packages())
    assert not [path for path in SOURCES if not (path.parent / "__init__.py").exists()]


def test_everything_besides_code_is_shipped() -> None:
    """Each file in a package that is not Python is matched by its package data."""
    data: dict[str, list[str]] = SETUPTOOLS["package-data"]
    for name, folder in packages().items():
        for path in folder.iterdir():
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert any(fnmatch(path.name, pattern) for pattern in data.get(name, [])), path


def test_what_is_shipped_is_found_where_it_was_installed() -> None:
    """Keymaps, styles, samples and the mark of types, by importlib.resources alone."""
    for name in shipped():
        assert (files("tui.keymaps") / f"{name}.toml").is_file()
    assert (files("tui.ui") / "app.tcss").is_file()
    assert (files("tui") / "py.typed").is_file()
    assert (files("tui.samples") / "page-with-facts.txt").is_file()
    assert {path.stem for path in (ROOT / "keymaps").glob("*.toml")} == set(shipped())


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, bool]]:
    """The classes and functions of a module that others may use, and whether each has a docstring."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
            yield prefix + node.name, ast.get_docstring(node) is not None or _is_bare(node)
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")


def _is_bare(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it is but a line of a protocol, `...` being all its body."""
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and first.value.value is ...


def is_above(path: Path, name: str) -> bool:
    """Whether a class above has a method of that name: then it means what that one means."""
    owner, _, method = name.rpartition(".")
    if not owner:
        return False
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return any(method in vars(base) for base in attrgetter(owner)(module).__mro__[1:])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_everything_public_has_a_docstring(path: Path) -> None:
    """Modules, classes and functions say what one gets."""
    module = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(module) or not module.body
    silent = [name for name, said in public(module.body) if not said and not is_above(path, name)]
    assert silent == []


def test_no_file_is_long() -> None:
    """A file that grows a second subject becomes two."""
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def telling(folder: Path) -> Iterator[tuple[str, Path]]:
    """The lines of all text files in a folder that are long enough to be somebody's."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".png", ".pyc", ".svg"):
            for line in map(str.strip, path.read_text("utf-8", "replace").splitlines()):
                if len(line) > TELLING and not line.startswith(BANNER):
                    yield line, path


def test_the_sample_digests_are_our_own() -> None:
    """None of their lines stands in the real digests beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("no real digests lie beside this checkout")
    ours = dict(telling(ROOT / "tests" / "dumps"))
    assert len(ours) > 50
    assert [(line[:60], path) for line, path in telling(SHARED) if line in ours] == []


def test_make_lists_its_targets() -> None:
    """All of them, and alone it does nothing else."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    said = subprocess.run(
        ["make", "--no-print-directory", "-C", ROOT], capture_output=True, text=True, check=True
    ).stdout
    listed = [line.split()[0] for line in said.splitlines()]
    assert sorted(listed) == sorted(targets)
