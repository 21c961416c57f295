"""What was done, in words: act, object. The same on the status line, in the log and on stderr."""

from collections.abc import Callable, Iterable, Mapping

from tui.papers.paper import Paper
from tui.papers.text import clean
from tui.papers.triage import TAG, Decision

_VERBS = {
    "star": "starred",
    "unstar": "no longer starred",
    "done": "done",
    "read": "marked read",
    "unread": "unread again",
    "later": "put off",
    "now": "back in the inbox",
    "note": "noted",
}


def act(verb: str, sets: Mapping[str, bool | str]) -> str:
    """The act in the past tense: "starred", "tagged #audio"."""
    if verb in _VERBS and verb != "note":
        return _VERBS[verb]
    if verb == "rename_tag" and len(sets) == 2 and set(sets.values()) == {True, False}:
        new, old = (clean(name.removeprefix(TAG)) for name in sorted(sets, key=lambda name: not sets[name]))
        return f"renamed #{old} to #{new}"
    parts = [
        _VERBS[name] for name, field in (("star", "starred"), ("later", "later")) if sets.get(field) is True
    ]
    parts += [_VERBS["read"]] if sets.get("read") is True else []
    parts += [_VERBS["unread"]] if sets.get("read") is False and not sets.get("later") else []
    parts += [_VERBS["unstar"]] if sets.get("starred") is False else []
    on = [clean(name.removeprefix(TAG)) for name, value in sets.items() if name.startswith(TAG) and value]
    off = [clean(name.removeprefix(TAG)) for name, v in sets.items() if name.startswith(TAG) and not v]
    parts += ["tagged " + " ".join(f"#{tag}" for tag in on)] if on else []
    parts += ["took " + " ".join(f"#{tag}" for tag in off) + " off"] if off else []
    if "note" in sets:
        parts.append("noted" if sets["note"] else "took the note off")
    return ", ".join(parts) or clean(verb)


def whole_act(decision: Decision, paper: Callable[[str], Paper | None], room: int = 40) -> str:
    """The act and what it was done on."""
    return joined(act(decision.verb, decision.sets), decision.papers, paper, room)


def joined(words: str, papers: Iterable[str], paper: Callable[[str], Paper | None], room: int = 40) -> str:
    """An act's words with its object: a title in quotes, or how many papers."""
    keys = list(papers)
    if len(keys) == 1:
        found = paper(keys[0])
        return f"{words} “{shortened(found.title, room)}”" if found else f"{words} a paper not known here"
    return f"{words}: {len(keys):,} papers"


def shortened(title: str, room: int = 40) -> str:
    """A title cut at a word."""
    shown = clean(title)
    if len(shown) <= room:
        return shown
    cut = shown[: room - 1].rsplit(" ", 1)[0] or shown[: room - 1]
    return cut.rstrip(" ,;:.-–") + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 paper", "1,200 papers"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def tag_name(text: str) -> str | None:
    """A tag as it is kept: trimmed, without its #, nothing unseen; None where that is no tag."""
    name = clean(text).strip().removeprefix("#")
    return name if name and not any(c.isspace() or c in '",#' for c in name) else None
