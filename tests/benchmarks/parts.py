"""Where the time of a start goes: papertui with a watch at its parts, left in the file that it is told."""

import json
import os
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

#: the name of the variable that says where to leave the milliseconds
TOLD = "PAPERTUI_PARTS"


def watched(part: str, work: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """The same work; what it takes of the processor is noted under this name."""

    @wraps(work)
    def timed(*args: Any, **kwargs: Any) -> Any:
        before = time.process_time()
        try:
            return work(*args, **kwargs)
        finally:
            spent[part] = spent.get(part, 0) + (time.process_time() - before) * 1e3
            Path(os.environ[TOLD]).write_text(json.dumps(spent))

    return timed


def main() -> None:
    """Run papertui."""
    from tui.cli import main as papertui
    from tui.papers.collection import Collection
    from tui.papers.ledger import Ledger
    from tui.store.database import Database
    from tui.ui.desk import Desk

    spent: dict[str, float] = {}
    for part, kind, name in (
        ("papers read", Database, "by_stored_id"),
        ("papers by key", Collection, "__init__"),
        ("decisions", Ledger, "__init__"),
        ("inbox in order", Desk, "__init__"),
    ):
        setattr(kind, name, watched(part, getattr(kind, name), spent))
    papertui()


if __name__ == "__main__":
    main()
