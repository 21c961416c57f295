"""A digest made to do harm through every door it may leave by, and what must never leave.

Each title has an ordinary word of its own, by which its paper is found again.
"""

import json
import re
import time
import unicodedata
from types import TracebackType

#: what would be obeyed or misread by a terminal, by Textual or Rich, by Markdown, by a shell
TITLES = {
    "clipboard": "\x1b]52;c;aGVsbG8=\x07 after",
    "window": "\x1b]0;owned\x1b\\ \x1b]2;owned\x07 after",
    "screen": "\x1b[2J\x1b[H\x1bc\x1b[?1049l after",
    "eight": "\x9b31m \x9d52;c;aGVsbG8=\x9c \x90q\x9c after",
    "backwards": "\u202edesrever\u202c \u2066\u2069\u061c\u200e\u200f",
    "overtype": "x\b\b\b\r\v\f\x7f\x00 after",
    "thin": "a\u200bb\u200dc\ufeffd\u2060e\u00ad\u034f\u115f\u3164\u2800 after",
    "tags": "\U000e0041\U000e007f\U000e0100 \ufe0f \ufff9a\ufffbb after",
    "private": "\ue000 \uf8ff \U0010eeee \U000f0000 \ufdd0 \uffff after",
    "piled": "Z" + "\u0300\u0323\u0489" * 170 + " after",
    "led": "\u20e0\u0334 after",
    "lines": "one\n# two\r\n- three\u2028four\u2029five\x85six",
    "markup": "[@click=app.quit]here[/] [/ [bold red]x[/bold red] [link=file:///etc/passwd]y[/link] $x",
    "heading": "# ## === --- *** ___ > - + * 1. 2) [ ] | a | b |",
    "links": "[a](javascript:x) ![b](https://x.example/p.png) <https://y.example> [^1] [c]: d &lt;b&gt; <b>",
    "fence": "``` ~~~ `code` $math$ {attr} <!-- --> <script>alert(1)</script> www.x.example",
    "shell": "$(touch owned) `touch owned` ; touch owned & | touch owned",
    "wide": "漢字🂡👍🏽🇦🇧🇨" * 40,
}
#: addresses that no door may let out, and those that it may
BAD_LINKS = (
    "https://good.example@evil.example/",
    "https://user:word@evil.example/x",
    "https:///evil.example",
    "https://?evil.example",
    "http://evil.example/\u202egnp.exe",
)
GOOD_LINK = "https://good.example/$(touch%20owned)?a=1&copy=2"
FILE_NAME = "--page \x1b]52;c;aGVsbG8=\x07\u202e\n# [x](javascript:y) .jsonl"

#: what may reach a terminal or a file of characters that are not seen: line ends
_ENDS = "\n"


def jsonl(*only: str) -> str:
    """The digest in our own format, all of it or the papers with these words."""
    lines = []
    for number, (word, title) in enumerate(TITLES.items()):
        if only and word not in only:
            continue
        fields = {"id": f"{number:012x}", "title": title if word == "led" else f"{word} {title}"}
        fields["abstract"] = f"About {word}: {title} " + "It goes on for a while. " * 12
        fields["authors"] = [f"{title[:60]} A. Nother"]
        fields["links"] = [link for link in BAD_LINKS if link.isprintable()]
        fields["links"] += [GOOD_LINK] if number % 2 else []
        lines.append(json.dumps(fields))
    return "\n".join(lines) + "\n"


def unseen(text: str) -> set[str]:
    """The characters of a text that are for no reader: controls, formats, private use, no characters."""
    return {c for c in set(text) - set(_ENDS) if _is_unseen(c)}


def _is_unseen(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return True
    code = ord(char)
    return (code & 0xFFFE) == 0xFFFE or bool(
        re.match("[\u034f\u115f\u1160\u3164\uffa0\u2800\ufdd0\ufe00-\ufe0f]", char)
    )


def most_marks(text: str) -> int:
    """How many marks stand on one letter at most."""
    most = marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        most = max(most, marks)
    return most


class Within:
    """Fails where what is done in it takes more than so many seconds of processor time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._began = time.process_time()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        took = time.process_time() - self._began
        assert kind is not None or took < self._seconds, f"{took:.1f} s of at most {self._seconds}"
