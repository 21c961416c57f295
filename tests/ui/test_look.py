"""Every theme can be read, every glyph takes one cell, and states differ by more than colour."""

from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import fields
from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tui.ui.look import ASCII, DAY, GLYPHS, NIGHT, PLAIN, Ink, contrast, legible

TEXT = ("plain", "strong", "soft", "accent", "star", "later", "tag", "error", "good")
THEMES = {**BUILTIN_THEMES, NIGHT.name: NIGHT, DAY.name: DAY}
SOLID = [name for name, theme in THEMES.items() if not theme.ansi]
ANSI = [name for name, theme in THEMES.items() if theme.ansi]


def app_in(theme: str) -> App[Any]:
    app = App[Any]()
    app.register_theme(NIGHT)
    app.register_theme(DAY)
    app.theme = theme
    return app


def on(style: Style) -> Color:
    assert style.bgcolor is not None
    return Color.from_rich_color(style.bgcolor)


def of(style: Style) -> Color:
    assert style.color is not None
    return Color.from_rich_color(style.color)


@pytest.mark.parametrize("theme", SOLID)
def test_text_can_be_read_on_every_ground(theme: str) -> None:
    """WCAG's 4.5:1 for every ink that letters are drawn in, on everything they may stand on."""
    app = app_in(theme)
    ink = Ink(app)
    back = Color.parse(app.get_css_variables()["background"])
    for ground in (back, on(ink.surface), on(ink.panel), on(ink.cursor), on(ink.selected)):
        for name in TEXT:
            assert contrast(of(getattr(ink, name)), ground) >= 4.5, name
    for whole in (ink.match, ink.cap, ink.tab):
        assert contrast(of(whole), on(whole)) >= 4.5


@pytest.mark.parametrize("theme", SOLID)
def test_states_differ_in_weight(theme: str) -> None:
    """Undecided is bold, starred plain, and what is dealt with visibly softer."""
    ink = Ink(app_in(theme))
    assert ink.strong.bold
    assert not ink.plain.bold
    assert contrast(of(ink.plain), of(ink.soft)) >= 1.35


@pytest.mark.parametrize("theme", ANSI)
def test_a_theme_of_the_terminal_keeps_to_its_palette(theme: str) -> None:
    """Where the palette is not known, weight and reverse say what colours cannot."""
    ink = Ink(app_in(theme))
    assert ink.plain.color is None
    assert ink.strong.bold
    assert ink.soft.dim
    assert ink.cursor.reverse
    assert ink.tab.reverse
    for name in TEXT:
        assert (colour := getattr(ink, name).color) is None or colour.triplet is None


def test_no_colour_is_left_on_a_reversed_ground() -> None:
    """Coloured words on a reversed line would be patches."""
    ink = Ink(app_in("ansi-dark"))
    assert ink.over(ink.cursor, ink.tag) == Style(reverse=True)
    assert ink.over(ink.cursor, ink.strong) == Style(reverse=True, bold=True)


def test_a_new_theme_is_seen_at_once() -> None:
    """Ink made right after the theme was set is that theme's."""
    app = app_in("papertui-night")
    night = Ink(app)
    app.theme = "papertui-day"
    assert contrast(of(night.plain), of(Ink(app).plain)) > 5


def test_our_own_themes_are_drawn_as_they_were_chosen() -> None:
    """Both are readable as they are: no colour of theirs is moved."""
    for theme in (NIGHT, DAY):
        ink = Ink(app_in(theme.name))
        for name, style in (
            ("ink-soft", ink.soft),
            ("star", ink.star),
            ("later", ink.later),
            ("tag", ink.tag),
        ):
            assert of(style).hex.lower() == theme.variables[name]


def test_legible_moves_no_further_than_it_must() -> None:
    """A readable colour stays; another ends just past the line."""
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert legible(white, [black], white) == white
    grey = legible(Color.parse("#404040"), [black], white)
    assert 4.5 <= contrast(grey, black) < 6
    assert legible(black, [black, white], black) == black


def test_contrast_is_that_of_wcag() -> None:
    """The two ends of its scale."""
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == 1


@pytest.mark.parametrize("glyphs", [GLYPHS, ASCII])
def test_a_glyph_is_one_cell(glyphs: Any) -> None:
    """All but the separator; no two states look alike."""
    for field in fields(glyphs):
        value = getattr(glyphs, field.name)
        if field.name not in ("dot", "words"):
            assert cell_len(value) == 1, field.name
    for one, other in combinations(("inbox", "starred", "later", "read"), 2):
        assert glyphs.marker(one) != glyphs.marker(other)


def test_ascii_is_ascii() -> None:
    """The glyphs themselves, and what our words are translated to."""
    assert all(getattr(ASCII, f.name).isascii() for f in fields(ASCII) if f.name != "words")
    assert "“a… · b”".translate(PLAIN) == '"a~ - b"'
    assert all(value.isascii() for value in PLAIN.values())
    for field in fields(GLYPHS):
        if field.name != "words":
            assert getattr(GLYPHS, field.name).translate(PLAIN).isascii() or field.name == "note"
