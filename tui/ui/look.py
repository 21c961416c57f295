"""The look in one place: two themes of our own, the glyphs, and the styles that everything is drawn with.

A style is asked for by what it means (`ink.star`), never by its colour. With a theme that is not ours
the meanings fall back on Textual's own names, and each colour is moved until it can be read.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

NIGHT = Theme(
    name="papertui-night",
    dark=True,
    background="#14161b",
    surface="#191c22",
    panel="#22262e",
    foreground="#d7dae0",
    primary="#8ab4f8",
    secondary="#7cc4b8",
    accent="#8ab4f8",
    warning="#e6c07b",
    error="#f2777a",
    success="#8fc98f",
    variables={
        "ink-strong": "#f4f5f7",
        "ink-soft": "#9aa1ad",
        "ink-faint": "#5b626e",
        "star": "#ecc46f",
        "later": "#a99be8",
        "tag": "#7cc4b8",
        "cursor": "#252b38",
        "selected": "#1f2f2d",
        "match": "#4d3f12",
        "match-ink": "#ffe08a",
    },
)
DAY = Theme(
    name="papertui-day",
    dark=False,
    background="#fbfaf7",
    surface="#f6f4ee",
    panel="#edeae1",
    foreground="#2a2d33",
    primary="#1f5fae",
    secondary="#0d6b5e",
    accent="#1f5fae",
    warning="#8a5a00",
    error="#b3261e",
    success="#2d6a2d",
    variables={
        "ink-strong": "#0e1014",
        "ink-soft": "#5f646e",
        "ink-faint": "#b5b1a6",
        "star": "#8f5c00",
        "later": "#6247b8",
        "tag": "#0d6b5e",
        "cursor": "#e3ebf7",
        "selected": "#e0efe9",
        "match": "#ffe58f",
        "match-ink": "#3d2f00",
    },
)

#: what our own words are made of besides letters, where only ASCII may be shown
PLAIN: Mapping[int, str] = MappingProxyType(
    {ord(char): plain for char, plain in zip("·…“”‘’↑↓★»▆█▌─│━✓✎▼●", "-~\"\"''^v*>##|-|#+nvo", strict=True)}
)

#: added to the style of a paper's own words inside a line of ours: those are never translated
THEIRS = Style(meta={"theirs": True})


class Glyphs(Struct, frozen=True, eq=False):
    """One cell each, but for `dot`. A marker has a blank after it, so that a wide glyph touches no title.

    `words` translates what we say ourselves; a paper's own text is left alone.
    """

    inbox: str = "●"
    starred: str = "★"
    later: str = "»"
    read: str = " "
    selected: str = "✓"
    cursor: str = "▌"
    note: str = "✎"
    more: str = "▼"
    rule: str = "─"
    divide: str = "│"
    full: str = "━"
    ellipsis: str = "…"
    dot: str = " · "
    words: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def marker(self, state: str) -> str:
        """The glyph of a state: inbox, starred, later or read."""
        return {"inbox": self.inbox, "starred": self.starred, "later": self.later}.get(state, self.read)


GLYPHS = Glyphs()
ASCII = Glyphs("o", "*", ">", " ", "+", "|", "n", "v", "-", "|", "#", "~", " - ", PLAIN)

READABLE = 4.5
_TEXT = 6.5  # text stands above the rest, or the soft ink could not be told from it


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio); 4.5 is the line for text."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def legible(colour: Color, grounds: Iterable[Color], towards: Color, ratio: float = READABLE) -> Color:
    """The colour, moved towards another just as far as reading it on all these grounds needs."""
    grounds = tuple(grounds)
    for step in range(21):
        mixed = colour.blend(towards, step / 20)
        if all(contrast(mixed, ground) >= ratio for ground in grounds):
            return mixed
    return towards


class Ink:
    """Rich styles by meaning, for the theme in force when it was made.

    Text: plain, strong, soft; faint is for rules only. Meanings: accent (keys, what is to decide),
    star, later, tag, error, good. Grounds: cursor, selected, panel, surface. Whole: match, cap, tab.
    """

    plain: Style
    strong: Style
    soft: Style
    faint: Style
    accent: Style
    star: Style
    later: Style
    tag: Style
    error: Style
    good: Style
    cursor: Style
    selected: Style
    panel: Style
    surface: Style
    match: Style
    cap: Style
    tab: Style

    def __init__(self, app: App[Any]) -> None:
        variables = app.get_css_variables()
        if app.current_theme.ansi:
            self._use_terminal_colours(variables)
        else:
            self._use_theme_colours(variables, app.current_theme.dark)

    def marker(self, state: str) -> Style:
        """The style of a state's glyph."""
        return {"inbox": self.accent, "starred": self.star, "later": self.later}.get(state, self.soft)

    def over(self, ground: Style, style: Style) -> Style:
        """A style on a ground. On a reversed one colours would become patches, so only the weight is kept."""
        if ground.reverse:
            return Style(reverse=True, bold=style.bold, underline=style.underline)
        return ground + style

    def _use_terminal_colours(self, variables: Mapping[str, str]) -> None:
        """The terminal's palette is not known: nothing but its own colours, weight and reverse."""

        def ink(name: str, *, bold: bool = False) -> Style:
            return Style(color=Color.parse(variables[name]).rich_color, bold=bold or None)

        self.plain = self.panel = self.surface = self.selected = Style()
        self.strong = Style(bold=True)
        self.soft = self.faint = Style(dim=True)
        self.accent, self.star = ink("primary", bold=True), ink("warning", bold=True)
        self.later, self.tag = ink("secondary"), ink("success")
        self.error, self.good = ink("error", bold=True), ink("success")
        self.cursor = Style(reverse=True)
        self.match = Style(reverse=True, underline=True)
        self.cap = self.tab = Style(reverse=True, bold=True)

    def _use_theme_colours(self, variables: Mapping[str, str], dark: bool) -> None:
        def colour(*names: str) -> Color:
            return Color.parse(next(variables[name] for name in names if name in variables))

        back, surface, panel = colour("background"), colour("surface"), colour("panel")

        def tinted(name: str, mix: str, share: float) -> Color:
            return colour(name) if name in variables else back.blend(colour(mix), share)

        cursor, selected = tinted("cursor", "primary", 0.16), tinted("selected", "success", 0.14)
        grounds = (back, surface, panel, cursor, selected)
        text = legible(colour("foreground"), grounds, Color.parse("white" if dark else "black"), _TEXT)

        def ink(shade: Color, *, bold: bool = False) -> Style:
            return Style(color=legible(shade, grounds, text).rich_color, bold=bold or None)

        def ground(shade: Color) -> Style:
            return Style(bgcolor=shade.rich_color)

        self.plain = ink(text)
        self.strong = ink(colour("ink-strong") if "ink-strong" in variables else text, bold=True)
        self.soft = ink(colour("ink-soft") if "ink-soft" in variables else text.blend(back, 0.45))
        faint = colour("ink-faint") if "ink-faint" in variables else text.blend(back, 0.7)
        self.faint = Style(color=faint.rich_color)
        self.accent = ink(colour("primary"), bold=True)
        self.star = ink(colour("star", "warning"), bold=True)
        self.later, self.tag = ink(colour("later", "secondary")), ink(colour("tag", "success"))
        self.error, self.good = ink(colour("error"), bold=True), ink(colour("success"))
        self.cursor, self.selected = ground(cursor), ground(selected)
        self.panel, self.surface = ground(panel), ground(surface)
        match = tinted("match", "warning", 0.30)
        on_match = legible(colour("match-ink", "foreground"), (match,), text)
        self.match = Style(color=on_match.rich_color, bgcolor=match.rich_color, underline=True)
        self.cap = self.strong + self.panel
        self.tab = Style(color=back.rich_color, bgcolor=self.accent.color, bold=True)
