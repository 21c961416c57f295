"""What goes out: a table of formats, each a function from a library and its papers to text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.exports.json_lines import write_json_lines
from tui.exports.markdown import write_markdown
from tui.exports.tinydb import write_tinydb
from tui.papers.library import Library
from tui.papers.paper import Paper


@dataclass(frozen=True)
class Export:
    """A format that papers can be written in; `write` gives the whole file's text."""

    name: str
    suffix: str
    write: Callable[[Library, Sequence[Paper]], str]


EXPORTS = (
    Export("markdown", ".md", write_markdown),
    Export("jsonl", ".jsonl", write_json_lines),
    Export("tinydb", ".json", write_tinydb),
)
