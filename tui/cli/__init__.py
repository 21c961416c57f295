"""The front door: verbs in, exit codes out."""

import sys


def main() -> None:
    """Run papertui as a program."""
    from tui.cli.front_door import run

    sys.exit(run(sys.argv[1:]))
