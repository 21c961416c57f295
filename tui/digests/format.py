"""What a digest format is: a row of the table in `tui.digests`, and what its two functions exchange."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from tui.papers.paper import Record, Reject


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may know besides the text: the file's path and the year the user named."""

    path: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What one text gave. `name` is the page's own name (`nov-18`) where it has one."""

    records: tuple[Record, ...]
    rejects: tuple[Reject, ...] = ()
    name: str | None = None
    date: datetime.date | None = None
    year_inferred: bool = False
    yearless: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """One way a digest may be written.

    `knows` says whether a text is of this format and `read` reads it. Both are handed text whose
    line ends are `\\n` and which has no byte-order mark; neither ever raises.
    """

    name: str
    knows: Callable[[str], bool]
    read: Callable[[str, ReadContext], Content]
