"""`python -m tui.cli` is papertui."""

from tui.cli import main

main()
