"""Themes: chosen while they are seen, kept or left, and each of them drawn through and through."""

from sittings import SMALL, Opener, Sitting
from textual.theme import BUILTIN_THEMES

OWN = {"theme.pick": "B"}


def grounds(ui: Sitting) -> set[str]:
    strips = ui.app.screen._compositor.render_strips()
    return {p.style.bgcolor.name for strip in strips for p in strip if p.style and p.style.bgcolor}


async def test_a_theme_is_seen_as_it_is_named(open_: Opener) -> None:
    """Typing shows the first that fits; enter keeps it."""
    async with open_(SMALL, own=OWN) as ui:
        before = grounds(ui)
        await ui.press("B")
        assert ui.foot[1].startswith("papertui-day  papertui-night")
        await ui.type("day")
        assert ui.app.theme == "papertui-day"
        assert not grounds(ui) & before
        await ui.press("enter", "j")
        assert ui.app.theme == "papertui-day"
        assert ui.here == "Bellows"


async def test_escape_keeps_the_theme_that_was(open_: Opener) -> None:
    """However many were looked at; tab writes the name out."""
    async with open_(own=OWN) as ui:
        before = grounds(ui)
        await ui.press("B", *"gruv", "tab")
        assert ui.foot[0] == "theme gruvbox"
        assert ui.app.theme == "gruvbox"
        await ui.press("escape")
        assert ui.app.theme == "papertui-night"
        assert grounds(ui) == before


async def test_a_theme_typed_ahead(open_: Opener) -> None:
    """Name and enter in one write."""
    async with open_(own=OWN) as ui:
        await ui.press("B", *"nord", "enter", "s")
        assert ui.app.theme == "nord"
        assert ui.names("starred") == ["Anvil"]


async def test_no_theme_of_that_name(open_: Opener) -> None:
    """The theme stays, and the prompt too."""
    async with open_(own=OWN) as ui:
        await ui.press("B", *"qqq", "enter")
        assert ui.app.theme == "papertui-night"
        assert ui.screen.prompt.is_open
        assert ui.foot[1] == "No theme like that."


async def test_every_theme_draws_list_prompt_and_help(open_: Opener) -> None:
    """Nothing of the theme before is left on the screen, and the current view stands out."""
    async with open_() as ui:
        for theme in ("papertui-day", *sorted(BUILTIN_THEMES), "papertui-night"):
            before = grounds(ui)
            ui.app.theme = theme
            await ui.press("/", *"an")
            if not ui.app.current_theme.ansi:
                assert not grounds(ui) & before, theme
            tab = next(part for part in ui.app.screen._compositor.render_strips()[0] if "inbox" in part.text)
            assert tab.style
            assert tab.style.bold
            assert tab.style.reverse or tab.style.bgcolor == ui.app.ink.tab.bgcolor
            await ui.press("escape")
        await ui.press("?", "j", "q")
        assert ui.here == "Anvil"
