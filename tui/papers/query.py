"""The query language: a text becomes a small frozen value that can be asked about a paper and printed.

transformer "large kernel"            words and phrases in title, abstract, tags, note: all must occur
title:swin  abstract:mamba  note:todo  author:he        words in one place
tag:vision  #vision  tag:vis*  digest:nov-18            a whole name, or its beginning
is:unread (see STATES)  has:link (see HAVINGS)  view:starred
published:2024  published:2023-06..2024-02  before:2020  after:2021  added:7d  added:today
decided:today  decided:2w                               the day of an act that stands
act:01KXJ9D05R                                          the papers of an act, by its id or its beginning
authors:>5  comments:>0  upvotes:>=20
-word  -tag:x   a OR b   ( … )   ~fuzzy

A blank binds tighter than OR, - tightest. What a day may look like is said in `periods`.
"""

from tui.papers.asked import HAVINGS, STATES, Asked
from tui.papers.combined import EVERYTHING, All, Any, Not, Query, both
from tui.papers.parsing import FIELDS, VIEWS, parse
from tui.papers.quoting import written, written_words
from tui.papers.terms import Author, Compare, Digest, Fuzzy, Has, InAct, InView, Is, Span, Tag, Word
from tui.papers.wording import in_words

__all__ = [
    "EVERYTHING",
    "FIELDS",
    "HAVINGS",
    "STATES",
    "VIEWS",
    "All",
    "Any",
    "Asked",
    "Author",
    "Compare",
    "Digest",
    "Fuzzy",
    "Has",
    "InAct",
    "InView",
    "Is",
    "Not",
    "Query",
    "Span",
    "Tag",
    "Word",
    "both",
    "in_words",
    "parse",
    "written",
    "written_words",
]
