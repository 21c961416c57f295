"""What goes out: a table of formats, each a function from a library and its papers to text."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from tui.exports.bibtex import count_bibtex, write_bibtex
from tui.exports.citation import write_citations
from tui.exports.json_lines import count_json_lines, write_json_lines
from tui.exports.markdown import count_markdown, write_markdown
from tui.exports.tinydb import count_tinydb, write_tinydb
from tui.papers.library import Library
from tui.papers.paper import Paper


class Export(Struct, frozen=True):
    """A format that papers can be written in; `write` gives the whole file's text.

    `count` says how many papers a text holds that `write` gave, None of any other as far as one can tell.
    """

    name: str
    suffix: str
    write: Callable[[Library, Sequence[Paper]], str]
    count: Callable[[str], int | None] = lambda text: None


EXPORTS = (
    Export("markdown", ".md", write_markdown, count_markdown),
    Export("jsonl", ".jsonl", write_json_lines, count_json_lines),
    Export("bibtex", ".bib", write_bibtex, count_bibtex),
    Export("citation", ".txt", write_citations),
    Export("tinydb", ".json", write_tinydb, count_tinydb),
)
