"""How a reason names the place it speaks of: by the line's first words."""

from itertools import islice

_LENGTH = 48


def first_words(text: str) -> str:
    """The beginning of a text in quotation marks, safe to print and never cut inside a word."""
    head = "".join(char if char.isprintable() else " " for char in islice(text, 4 * _LENGTH))
    words = " ".join(head.split())
    if len(words) <= _LENGTH and len(text) <= 4 * _LENGTH:
        return f"“{words}”"
    cut = words[: _LENGTH + 1].rpartition(" ")[0] or words[:_LENGTH]
    return f"“{cut}…”"
