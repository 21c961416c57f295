"""The first words by which a reason names a line."""

from hypothesis import given
from hypothesis import strategies as st

from tui.digests.quote import first_words


def test_a_short_text_is_quoted_whole() -> None:
    """Blanks are made one, nothing is cut."""
    assert first_words("  Growing \t kettles ") == "“Growing kettles”"


def test_a_long_text_is_cut_between_words() -> None:
    """The cut is marked."""
    words = first_words("kettles and ladders " * 20)
    assert words.endswith("ladders and…”") or words.endswith("kettles…”") or words.endswith("and…”")
    assert len(words) <= 51


def test_a_long_word_is_cut_inside() -> None:
    """A text without blanks still has first words."""
    assert first_words("x" * 10_000) == "“" + "x" * 48 + "…”"


@given(st.text())
def test_the_words_can_be_printed(text: str) -> None:
    """No control or bidi character of a hostile line gets into a reason."""
    assert first_words(text).isprintable()
    assert len(first_words(text)) <= 51
