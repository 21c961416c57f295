"""The papers by id, every key that resolves to them, and how new records find their papers."""

from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec import Struct

from tui.errors import LibraryError
from tui.papers.identity import PENDING, bare_id, is_bare, join, paper_of, preferred, settle
from tui.papers.paper import Digest, Paper, Record, Sighting
from tui.papers.text import fold, key_of


class Added(Struct):
    """What an import did, in records: records = new + merged + repeated."""

    new: int = 0
    merged: int = 0
    repeated: int = 0


class Collection:
    """Papers and keys. Whole papers (with an abstract) and bare ones are kept apart, shown joined."""

    def __init__(self, papers: dict[str, Paper]) -> None:
        """Take these over, each under the id it is stored under; nearly all are whole, with one key."""
        odd = [
            (name, paper)
            for name, paper in papers.items()
            if paper.abstract_at is None or paper.known_as or paper.id != name
        ]
        for name, paper in odd:
            if is_bare(paper) or paper.id != name:
                del papers[name]
        self.whole = papers
        self.bare: dict[str, Paper] = {}
        #: the whole papers that are known by more keys than their id
        self._several: dict[str, Paper] = {}
        self._take(paper for _, paper in odd)
        self._heal()
        self._homes: dict[str, str] = {}
        self._arxiv: dict[str, str] | None = None
        self._titles: TitleIndex | None = None
        self.papers: Mapping[str, Paper] = self.whole
        self._settle()

    def _take(self, papers: Iterable[Paper]) -> None:
        for paper in papers:
            if is_bare(paper):
                self.bare[bare_id(paper)] = paper
                continue
            self.whole[paper.id] = paper
            if len(paper.known_as) > 1:
                self._several[paper.id] = paper
            else:
                self._several.pop(paper.id, None)

    def _drop(self, paper_id: str) -> Paper:
        self._several.pop(paper_id, None)
        return self.whole.pop(paper_id)

    def _heal(self) -> None:
        """Join papers stored apart although one names the other: as a killed import may leave them."""
        for paper in [*self._several.values()]:
            for key in paper.keys:
                if key != paper.id and key in self.whole and paper.id in self.whole:
                    paper = join(self._drop(paper.id), self._drop(key))
                    self._take([paper])

    @property
    def homes(self) -> Mapping[str, str]:
        """The id of the paper that each key belongs to which is no paper's id."""
        return self._homes

    def home(self, key: str) -> str:
        """The id of the paper a key belongs to; an unknown key is its own."""
        return self._homes.get(key, key)

    def paper(self, key: str) -> Paper | None:
        """The paper this key belongs to."""
        return self.papers.get(self.home(key))

    def keys_of(self, keys: Iterable[str]) -> set[str]:
        """These keys and all others of the papers they belong to."""
        names: set[str] = set()
        for key in keys:
            paper = self.paper(key)
            names.update((key, *paper.keys) if paper else (key,))
        return names

    def by_arxiv(self, arxiv_id: str) -> str | None:
        """The id of the whole paper with this arXiv id."""
        if self._arxiv is None:
            self._arxiv = {x: paper.id for paper in self.whole.values() for x in paper.arxiv_ids}
        return self._arxiv.get(arxiv_id)

    def by_title(self, bare: Paper) -> str | None:
        """The smallest id of the whole papers with this record's title."""
        if self._titles is None:
            self._titles = TitleIndex(self.whole.values())
        return self._titles(bare)

    def put(self, papers: Iterable[Paper], gone: Iterable[str]) -> list[str]:
        """Take in papers as they were stored.

        Returns the keys that now belong to another paper, and the papers they belonged to.
        """
        papers = list(papers)
        for paper_id in gone:
            self._drop(paper_id)
        self._take(papers)
        for paper in papers:
            if self._arxiv is not None and not is_bare(paper):
                self._arxiv.update((x, paper.id) for x in paper.arxiv_ids)
            if self._titles is not None and not is_bare(paper):
                self._titles.add(paper)
        if self.bare:
            return self._settle()
        moved = {key: p.id for p in papers for key in p.keys if self.home(key) != p.id}
        self._homes.update((key, home) for key, home in moved.items())
        return list(moved)

    def _settle(self) -> list[str]:
        before = self._homes
        shown = settle(self.whole, self.bare.values(), self.by_arxiv, self.by_title) if self.bare else {}
        self.papers = {**self.whole, **shown} if shown else self.whole
        self._homes = {
            key: paper.id
            for paper in sorted({**self._several, **shown}.values(), key=lambda p: p.id, reverse=True)
            for key in paper.keys
            if key != paper.id and key not in self.papers
        }
        keys = before.keys() | self._homes.keys()
        moved = [key for key in keys if before.get(key, key) != self._homes.get(key, key)]
        return [*moved, *(before[key] for key in moved if key in before)]


class TitleIndex:
    """Finds whole papers by the titles of their records: by fold, or by key where only that is kept."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._folds: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Take in a paper, new or joined; a paper gone has a larger id than the one it is part of now."""
        title = fold(paper.title)
        self._folds[title] = min(paper.id, self._folds.get(title, paper.id))
        for key in paper.titles:
            self._keys[key] = min(paper.id, self._keys.get(key, paper.id))

    def __call__(self, bare: Paper) -> str | None:
        """The smallest id of the papers with this bare record's title."""
        found = self._folds.get(fold(bare.title)), self._keys.get(bare.keys[0])
        return min(filter(None, found), default=None)


def stored_id(paper: Paper) -> str:
    """The id a paper is stored under."""
    return bare_id(paper) if is_bare(paper) else paper.id


class Joining:
    """One digest on its way into a collection: what its records change, nothing yet written."""

    def __init__(self, collection: Collection, abstract: Callable[[Paper], str]) -> None:
        self._collection, self._abstract = collection, abstract
        self._whole: dict[str, Paper] = {}
        self._bare: dict[str, Paper] = {}
        self._texts: dict[str, str] = {}
        self._moved: dict[str, str] = {}
        self._arxiv: dict[str, str] = {}
        self._titles: TitleIndex | None = None
        self._homeless: dict[str, Paper] | None = None
        self.gone: dict[str, None] = {}
        self.new = 0

    def take(self, paper: Paper, text: str) -> None:
        """Let a paper of another library find the one it is part of here; `text` is its abstract."""
        if is_bare(paper):
            seen = self._add_bare(paper)
        else:
            seen = self._add(msgspec.structs.replace(paper, abstract_at=PENDING), text)
        self.new += not (seen or self._homeless_of(paper))

    def add(self, records: Iterable[Record], digest: Digest) -> Added:
        """Let every record find its paper."""
        added = Added()
        for position, record in enumerate(records, 1):
            paper = paper_of(record, Sighting(digest.id, position), digest.imported)
            seen = self._add_bare(paper) if is_bare(paper) else self._add(paper, record.abstract)
            seen = seen or self._homeless_of(paper)
            if not seen:
                added.new += 1
            elif any(sighting.digest == digest.id for p in seen for sighting in p.sightings):
                added.repeated += 1
            else:
                added.merged += 1
        return added

    def changes(self) -> list[tuple[Paper, str | None]]:
        """The papers to write, each with its abstract where that is new."""
        known = self._collection
        whole = [
            (paper, self._texts.get(paper.id))
            for paper in self._whole.values()
            if paper != known.whole.get(paper.id)
        ]
        bare = [(p, None) for name, p in self._bare.items() if p != known.bare.get(name)]
        return [*whole, *bare]

    def _get(self, paper_id: str | None) -> Paper | None:
        if paper_id is None or paper_id in self.gone:
            return None
        return self._whole.get(paper_id) or self._collection.whole.get(paper_id)

    def _add(self, paper: Paper, text: str) -> list[Paper]:
        known = self._collection
        ids = {self._moved.get(key) or known.home(key) for key in paper.keys}
        ids.update(self._arxiv.get(x) or known.by_arxiv(x) or "" for x in paper.arxiv_ids)
        seen = [found for i in sorted(ids) if (found := self._get(i))]
        for other in seen:
            text, paper = self._joined(text, paper, other)
        for other in seen:
            if other.id != paper.id:
                self._whole.pop(other.id, None)
                self._texts.pop(other.id, None)
                if other.id in known.whole:
                    self.gone[other.id] = None
        self.gone.pop(paper.id, None)
        self._whole[paper.id] = paper
        if len(seen) > 1 or len(paper.known_as) > 1:
            self._moved.update((key, paper.id) for key in paper.keys)
        self._arxiv.update((x, paper.id) for x in paper.arxiv_ids)
        if self._titles is not None:
            self._titles.add(paper)
        if paper.abstract_at == PENDING:
            self._texts[paper.id] = text
        else:
            self._texts.pop(paper.id, None)
        return seen

    def _joined(self, text: str, paper: Paper, other: Paper) -> tuple[str, Paper]:
        """Both as one, with the preferred abstract and where it lies; one that is lost is replaced."""
        try:
            theirs = self._texts[other.id] if other.abstract_at == PENDING else self._abstract(other)
        except LibraryError:
            theirs = ""
        best = preferred(text, theirs)
        at = other.abstract_at if best == theirs else paper.abstract_at
        return best, msgspec.structs.replace(join(paper, other), abstract_at=at)

    def _add_bare(self, paper: Paper) -> list[Paper]:
        name = bare_id(paper)
        same = self._bare.get(name) or self._collection.bare.get(name)
        self._bare[name] = join(same, paper) if same else paper
        return [same] if same else self._whole_of(paper)

    def _whole_of(self, bare: Paper) -> list[Paper]:
        """The whole paper a bare record will be shown with, for the count alone."""
        if self._titles is None:
            self._titles = TitleIndex(self._whole.values())
        known, arxiv_id = self._collection, bare.arxiv_id or ""
        ids = (
            self._arxiv.get(arxiv_id) or known.by_arxiv(arxiv_id),
            self._titles(bare) or known.by_title(bare),
        )
        return [found for i in ids if (found := self._get(i))][:1]

    def _homeless_of(self, paper: Paper) -> list[Paper]:
        """The titles of no whole paper that this record will be shown with, for the count alone."""
        if self._homeless is None:
            shown = (self._collection.paper(bare.keys[0]) for bare in self._collection.bare.values())
            alone = [found for found in shown if found and is_bare(found)]
            self._homeless = {name: found for found in alone for name in (*found.keys, *found.arxiv_ids)}
        if not self._homeless and not is_bare(paper):
            return []
        names = (key_of(paper.title), *paper.arxiv_ids)
        found = next((self._homeless[name] for name in names if name in self._homeless), None)
        if is_bare(paper):
            self._homeless.update(dict.fromkeys(names, found or paper))
        elif found:
            self._homeless = {name: other for name, other in self._homeless.items() if other is not found}
        return [found] if found else []
