"""What was done, in words: act, object. The same on the status line, in the log and on stderr."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.papers.text import clean
from tui.papers.triage import DIGEST, TAG, Decision

if TYPE_CHECKING:
    from tui.papers.forgetting import Loss

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
    if any(name.startswith(DIGEST) for name in sets):
        parts.append(forgot(sets))
    return ", ".join(parts) or clean(verb)


def named_act(decision: Decision, digest: Callable[[str], str | None]) -> str:
    """The act, with the names of the digests that it forgets."""
    if is_forgetting(decision.sets):
        return forgot(decision.sets, None, digest)
    return act(decision.verb, decision.sets)


def is_forgetting(sets: Mapping[str, bool | str]) -> bool:
    """Whether an act takes papers out of digests, or puts them back, and does nothing else."""
    return bool(sets) and all(name.startswith(DIGEST) for name in sets)


def forgot(
    sets: Mapping[str, bool | str],
    papers: int | None = None,
    digest: Callable[[str], str | None] = lambda digest_id: None,
) -> str:
    """What was forgotten or brought back: "forgot nov-18: 75 papers", "forgot 5 papers in 3 imports".

    `digest` gives a digest's name; without a number of papers they are not spoken of.
    """
    fields = {name.removeprefix(DIGEST): value for name, value in sets.items() if name.startswith(DIGEST)}
    verb, back = ("forgot", "") if False in fields.values() else ("brought", " back")
    names = [clean(name) for digest_id in fields if (name := digest(digest_id))]
    if len(names) < len(fields) or len(names) > 2:
        names = [counted(len(fields), "import") if len(fields) > 1 else "an import"]
    what, number = " and ".join(names), "" if papers is None else counted(papers, "paper")
    if number and len(fields) > 1:
        return f"{verb} {number} in {what}{back}"
    return f"{verb} {what}{back}{f': {number}' if number else ''}"


def losing(loss: "Loss", *, brief: bool = False) -> str:
    """What goes with it and what does not: ", 3 starred among them; 12 papers stay, …"; in brief not why."""
    noted = [
        f"{number:,} {words}"
        for number, words in ((loss.starred, "starred"), (loss.noted, "noted"))
        if number
    ]
    among = f", {' and '.join(noted)} among them" if noted else ""
    if not loss.stay:
        return among
    stays, them = ("stays", "it") if loss.stay == 1 else ("stay", "them")
    if brief:
        return f"{among}; {loss.stay:,} {stays}"
    return f"{among}; {counted(loss.stay, 'paper')} {stays}, for another import holds {them}"


def whole_act(
    decision: Decision,
    paper: Callable[[str], Paper | None],
    room: int = 40,
    digest: Callable[[str], str | None] = lambda digest_id: None,
) -> str:
    """The act and what it was done on; `digest` gives the name of a digest."""
    if is_forgetting(decision.sets):
        return forgot(decision.sets, len(decision.papers), digest)
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


def lasting(seconds: float) -> str:
    """So long, in words: "40 s", "9 min", "1 h 12 min"; what was over at once took a second."""
    whole = max(round(seconds), 1)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"
