"""When and where something was decided, as a person would say it."""

import socket
from datetime import date, datetime, timedelta

from tui.papers.text import clean
from tui.papers.triage import Decision
from tui.ui.facts import date_words


def day_words(day: date, today: date) -> str:
    """`today`, `yesterday`, `12 Mar`, with its year where that is another one."""
    if day == today:
        return "today"
    if day == today - timedelta(1):
        return "yesterday"
    words = date_words(day, full=True)
    return words.rsplit(" ", 1)[0] if day.year == today.year else words


def machine(act: Decision) -> str:
    """`laptop`, where an act was made, if not on this machine."""
    return "" if act.by == socket.gethostname() else clean(act.by)


def when(act: Decision, now: datetime) -> str:
    """`07:42 today`, `18:20 yesterday on laptop`, `17:58, 12 Mar`."""
    at = act.at.astimezone()
    day = day_words(at.date(), now.date())
    there = machine(act)
    return f"{at:%H:%M}{', ' if day[0].isdigit() else ' '}{day}{f' on {there}' if there else ''}"


def elsewhere(act: Decision, now: datetime) -> str:
    """` on laptop, yesterday 18:20`, as it stands behind what was done; empty of what was done here today."""
    at = act.at.astimezone()
    there, is_today = machine(act), at.date() == now.date()
    if is_today and not there:
        return ""
    day = "" if is_today else f"{day_words(at.date(), now.date())} "
    return f"{f' on {there}' if there else ''}, {day}{at:%H:%M}"
