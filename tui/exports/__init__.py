"""What goes out: a table of formats, each a function from a library and its papers to text."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from tui.papers.library import Library
    from tui.papers.paper import Paper


class Export(Struct, frozen=True):
    """A format that papers can be written in; `write` gives the whole file's text.

    `count` says how many papers a text holds that `write` gave, None of any other as far as one can tell.
    """

    name: str
    suffix: str
    write: "Callable[[Library, Sequence[Paper]], str]"
    count: Callable[[str], int | None] = lambda text: None


def _of(module: str, function: str) -> Callable[..., Any]:
    """A function of a module beside this, which is imported when that is called: no start needs one."""

    def call(*given: Any) -> Any:
        return getattr(import_module(f"tui.exports.{module}"), function)(*given)

    return call


EXPORTS = (
    Export("markdown", ".md", _of("markdown", "write_markdown"), _of("markdown", "count_markdown")),
    Export("jsonl", ".jsonl", _of("json_lines", "write_json_lines"), _of("json_lines", "count_json_lines")),
    Export("bibtex", ".bib", _of("bibtex", "write_bibtex"), _of("bibtex", "count_bibtex")),
    Export("citation", ".txt", _of("citation", "write_citations")),
    Export("tinydb", ".json", _of("tinydb", "write_tinydb"), _of("tinydb", "count_tinydb")),
)
