"""The front door: verbs in, exit codes out."""

import gc
import sys


def main() -> None:
    """Run papertui as a program."""
    gc.disable()  # short calls end before it would be worth it; the app turns it on after its first frame
    from tui.cli.front_door import run

    sys.exit(run(sys.argv[1:]))
