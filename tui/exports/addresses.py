"""Which of a paper's links may leave, in whatever format, and which is the best of them."""

import re

from tui.papers.paper import Paper
from tui.papers.text import UNSEEN

# A host first and no `@` in it: of `https://arxiv.org@x.org` the reader sees one site and gets another.
_SAFE = re.compile(r"https?://[\w\[][^/?#@]*(?:[/?#].*)?", re.DOTALL)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_SIGN = re.compile(r"[\s<>\"'`\\^{}|]")


def best_link(paper: Paper) -> str | None:
    """The paper's own address, else the first link it came with; http and https only."""
    if paper.arxiv_id and re.fullmatch(r"[\w./-]+", paper.arxiv_id, re.ASCII):
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return next((link for link in paper.links if is_safe(link)), None)


def is_safe(link: str) -> bool:
    """Whether a link is a plain web address that stays one in any text it is put into."""
    return _SAFE.fullmatch(link) is not None and not (_SIGN.search(link) or _UNSEEN.search(link))
