"""How text stands in a query: bare where it is taken for one word, else in quotes."""

import re

from tui.papers.text import words

#: what begins like a field
FIELD = re.compile(r"(?!(?i:arxiv|doi):)(?P<field>[A-Za-z_]+):(?!$|\s|//|:)")
_NOT_PLAIN = re.compile(rf'[-~#"(]|OR$|[A-Za-z_]+:$|{FIELD.pattern}')


def quoted(text: str) -> str:
    """The text in quotes, as a query holds any text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(name: str) -> str:
    """The name as one word of a query: in quotes where it would be taken for something else."""
    return name if _is_plain(name) and not name.startswith("*") and not name.endswith("*") else quoted(name)


def written_words(text: str) -> str:
    """What folds to the same words as the text: the text itself, else its words in quotes."""
    return text if _is_plain(text) else quoted(words(text))


def _is_plain(text: str) -> bool:
    """Whether it is one word wherever it stands in a query."""
    is_one = text and not any(map(str.isspace, text)) and not _NOT_PLAIN.match(text)
    return bool(is_one) and _is_balanced(text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
