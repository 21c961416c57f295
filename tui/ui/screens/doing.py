"""What each command does on a triage screen: a table from its id to a function of the count typed before."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui.ui.screens import questions
from tui.ui.screens.macros import macros
from tui.ui.verdicts import VERDICTS

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

Doing = Mapping[str, Callable[[int], object]]


def doing(screen: "TriageScreen") -> Doing:
    """The whole table."""
    done: Doing = {
        **_deciding(screen),
        **_selecting(screen),
        **_going(screen),
        **_asking(screen),
        **_about(screen),
    }
    return {**done, **macros(screen, done)}


def _deciding(screen: "TriageScreen") -> Doing:
    deciding = screen.deciding
    return {
        **{name: partial(deciding.verdict, name) for name in VERDICTS},
        "paper.tag_again": deciding.tag_again,
        "repeat.last": deciding.repeat,
        "history.undo": lambda count: deciding.undo(),
        "history.redo": lambda count: deciding.redo(),
        "page.done": lambda count: deciding.page_done(),
        "shown.read": lambda count: deciding.shown_read(),
    }


def _selecting(screen: "TriageScreen") -> Doing:
    selecting = screen.selecting
    return {
        "select.toggle": selecting.toggle,
        "select.range": lambda count: selecting.range(),
        "select.all": lambda count: selecting.all(),
        "select.invert": lambda count: selecting.invert(),
        "select.extend_down": selecting.extend,
        "select.extend_up": lambda count: selecting.extend(-count),
    }


def _going(screen: "TriageScreen") -> Doing:
    going, papers, pane, desk = screen.going, screen.papers, screen.pane, screen.desk
    return {
        "list.down": going.move,
        "list.up": lambda count: going.move(-count),
        "list.half_down": partial(going.turn, papers.half_page),
        "list.half_up": lambda count: going.turn(papers.half_page, -count),
        "list.page_down": partial(going.turn, papers.page),
        "list.page_up": lambda count: going.turn(papers.page, -count),
        "list.first": lambda count: going.jump(0),
        "list.last": lambda count: going.jump(-1),
        "list.next_unread": lambda count: going.next(1),
        "list.previous_unread": lambda count: going.next(-1),
        "list.back": lambda count: going.back(),
        "abstract.page_down": lambda count: going.page_abstract(),
        "abstract.page_up": lambda count: pane.page(-1),
        "abstract.down": pane.scroll_by_lines,
        "abstract.up": lambda count: pane.scroll_by_lines(-count),
        "find.clear": lambda count: going.drop_filter(),
        "view.next": lambda count: going.show_view(desk.beside(1)),
        "view.previous": lambda count: going.show_view(desk.beside(-1)),
        "view.refresh": lambda count: going.refresh(),
        "order.reverse": lambda count: going.show_order(desk.view.order, not desk.view.reverse),
    }


def _asking(screen: "TriageScreen") -> Doing:
    def find(count: int) -> None:
        from tui.ui.screens.finding import Finding

        screen.going.leave_here()
        screen.ask(Finding(screen).question)

    def pick_theme(count: int) -> None:
        if screen.app.no_color:
            screen.say(("NO_COLOR is set: every theme looks the same.", "plain"))
        else:
            screen.ask(questions.themes(screen))

    def save_view() -> None:
        if screen.desk.view.filter:
            _pick(screen, "view.save")
        else:
            screen.ask(
                questions.no_paper(screen, f"No filter here to save; {screen.key('find.edit')} finds papers")
            )

    return {
        "find.edit": find,
        "paper.tag": lambda count: _tag(screen),
        "paper.untag": lambda count: _tag(screen, off=True),
        "paper.note": lambda count: _note(screen, count),
        "note.editor": lambda count: screen.handing.edit_note(count),
        "paper.copy": lambda count: screen.handing.ask_copy(),
        "view.save": lambda count: save_view(),
        **{
            name: partial(_pick, screen, name)
            for name in ("view.pick", "digest.pick", "tag.pick", "digest.forget")
        },
        "order.pick": lambda count: screen.ask(questions.orders(screen)),
        "theme.pick": pick_theme,
        "export.write": lambda count: screen.handing.ask_export(),
        "app.palette": lambda count: screen.ask(questions.palette(screen, screen.run_command)),
    }


def _about(screen: "TriageScreen") -> Doing:
    app = screen.app
    return {
        "paper.open": lambda count: screen.read(not screen.reading),
        "paper.browse": lambda count: screen.handing.browse(),
        "app.help": lambda count: _keys(screen),
        "history.show": lambda count: _history(screen),
        "paper.why": lambda count: _why(screen),
        "stats.show": lambda count: _stats(screen),
        "triage.cards": lambda count: screen.cards.toggle(),
        "app.back": lambda count: screen.going.let_go(),
        "app.redraw": lambda count: app.redraw(),
        "app.suspend": lambda count: app.action_suspend_process(),
        "app.quit": lambda count: screen.going.close(),
        "app.quit_now": lambda count: app.exit(),
    }


# Each is imported when first opened: a start needs none of them.


def _pick(screen: "TriageScreen", command_id: str, count: int = 1) -> None:
    from tui.ui.screens import picking

    asked = {
        "view.pick": picking.places,
        "view.save": picking.saving,
        "digest.pick": picking.digests,
        "digest.forget": picking.forgetting,
        "tag.pick": picking.tags,
    }
    screen.ask(asked[command_id](screen))


def _tag(screen: "TriageScreen", *, off: bool = False) -> None:
    from tui.ui.screens.writing import tagging

    screen.ask(tagging(screen, off=off))


def _note(screen: "TriageScreen", count: int) -> None:
    from tui.ui.screens.noting import noting

    screen.ask(noting(screen, count))


def _keys(screen: "TriageScreen") -> None:
    from tui.ui.screens.help import HelpScreen

    if screen.cards.is_on:
        from tui.ui.screens.card_drawing import key_words

        sheet = HelpScreen(screen.given.keys, screen.run_command, "in cards", key_words(screen))
    else:
        sheet = HelpScreen(screen.given.keys, screen.run_command)
    screen.app.push_screen(sheet)


def _history(screen: "TriageScreen") -> None:
    from tui.ui.screens.history import HistoryScreen

    screen.app.push_screen(HistoryScreen(screen))


def _why(screen: "TriageScreen") -> None:
    from tui.ui.screens.history import HistoryScreen

    if paper := screen.papers.paper:
        screen.app.push_screen(HistoryScreen(screen, paper))
    else:
        screen.say(("No paper here to ask about.", "plain"))


def _stats(screen: "TriageScreen") -> None:
    from tui.ui.screens.stats import StatsScreen

    screen.app.push_screen(StatsScreen(screen))
