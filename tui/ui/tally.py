"""How many papers the user's views, the tags and the digests hold: counted in one go, also in a thread."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from tui.errors import LibraryError
from tui.papers.library import Library
from tui.papers.search import Cancelled, Stopped, breather

#: papers looked at before others are let have the processor
STEP = 500
#: in more papers than this, views that ask for words are not counted: all abstracts would be read for it
MOST = 20_000


class Tally(Struct, frozen=True):
    """Papers by view, where known, by tag and by digest id; `undecided` are a digest's in the inbox."""

    views: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)
    digests: Mapping[str, int] = field(default_factory=dict)
    undecided: Mapping[str, int] = field(default_factory=dict)


def tallied(library: Library, cancelled: Cancelled = None) -> Tally | None:
    """The tally of a library as it is now; None when cancelled."""
    try:
        return _tallied(library, cancelled)
    except Stopped:
        return None


def _tallied(library: Library, cancelled: Cancelled) -> Tally:
    breathe = breather(cancelled)
    papers = library.everything
    tags: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    for number, paper in enumerate(papers):
        triage = library.triage(paper.id)
        tags.update(triage.tags)
        for digest in {sighting.digest for sighting in paper.sightings}:
            seen[digest] += 1
            undecided[digest] += triage.undecided
        if number % STEP == 0:
            breathe()
    most_used = dict(sorted(tags.items(), key=lambda item: (-item[1], item[0].casefold())))
    return Tally(_views(library, cancelled), most_used, seen, undecided)


def _views(library: Library, cancelled: Cancelled) -> dict[str, int]:
    """The user's own views; one that cannot be looked through now is left out."""
    counts: dict[str, int] = {}
    finder = library.finder()
    for view in library.views.own:
        if view.query.needs_text and len(library.papers) > MOST:
            continue
        try:
            found = finder.complete(view.query, cancelled)
        except LibraryError:
            continue
        if found is None:
            raise Stopped
        counts[view.name] = len(found)
    return counts
