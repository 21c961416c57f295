"""What a terminal sends, cut into keys, sequences and pastes before Textual's parser sees any of it.

That parser dies of some sequences, and takes the letters of those it does not know for keys. Here it
is given one whole sequence at a time, begins anew after each, and what it cannot use is dropped.
"""

import re
from collections.abc import Generator, Iterator

from textual import events
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.message import Message

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
#: Textual's parser takes what is longer for keys
LONGEST = 32
#: ECMA-48's sequences, 7 and 8 bit, and what terminals send besides; else a single character is a key
_WHOLE = re.compile(
    r"""
      \x1b\[M[\s\S]{3}                                  # the mouse, as old terminals tell of it
    | \x1b\[\[[ -~]                                     # a function key of the Linux console
    | \x1b\[[0-9]+\$(?!y)                               # a function key of rxvt
    | (?:\x1b\[(?!M)|\x9b)[0-?-]*[ -/]*[@-Z\\-~]        # CSI; some tell of a mouse at -1
    | \x1bO[0-9;]*[ -/:<-~]                             # SS3
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x9c|\x1b\\)  # OSC, DCS, SOS, PM, APC
    | \x1b[^\x1b\[\]OPX^_\x90\x98\x9b\x9d-\x9f]         # a key with alt
    | [^\x1b\x90\x98\x9b\x9d-\x9f]
    """,
    re.VERBOSE,
)
_STRING = re.compile(r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])")
#: Textual's parser knows none of these, and would take them for keys
_NO_KEY = re.compile(rf"\x9b|{_STRING.pattern}")
_BEGUN = re.compile(
    rf"""
      \x1b\[M[\s\S]{{,2}}
    | \x1b\[\[
    | (?:\x1b\[|\x9b)[0-?-]*[ -/]*
    | \x1bO[0-9;]*
    | {_STRING.pattern}[^\x07\x1b\x9c]*(?:\x1b\Z)?
    | \x1b
    """,
    re.VERBOSE,
)
_KITTY = re.compile(r"\x1b\[(\d*)[\d:]*(?:;(\d*)(?::(\d*))?)?(?:;([\d:]*))?([u~A-HP-S])")
_RELEASED = "3"
#: Textual's parser takes it for enter alone
_ALT_ENTER = "\x1b\r"
_SIZE = "\x1b[48;"


class Keyboard:
    """Turns what was read into messages; `reports_size` says whether sizes may come as sequences."""

    reports_size = False

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._begun = ""
        self._pasted: list[str] | None = None
        self._paused = False

    @property
    def waits(self) -> bool:
        """Whether something has begun and is not whole."""
        return bool(self._begun or self._pasted)

    def feed(self, data: str) -> Iterator[Message]:
        """The messages of what has come, as far as it is whole."""
        if self._pasted is not None and self._is_typed(data):
            self._pasted, self._begun = None, ""
        self._paused = False
        data, self._begun, at = self._begun + data, "", 0
        while at < len(data):
            if self._pasted is not None:
                at = yield from self._paste(data, at)
            elif whole := _WHOLE.match(data, at):
                at = whole.end()
                yield from self._taken(whole[0])
            elif (begun := _BEGUN.match(data, at)) and begun.end() < len(data):
                at = begun.end()
                if begun[0] == "\x1b":
                    yield events.Key("escape", "\x1b")
            else:
                self._begun = _shortened(data[at:])
                return

    def pause(self) -> Iterator[Message]:
        """The messages of what had begun, when nothing more comes.

        A paste may go on after a pause, unless a key follows that is all that comes.
        """
        self._paused = True
        if self._pasted is not None:
            yield from _paste_of(self._pasted)
            self._pasted = []
        else:
            begun, self._begun = self._begun, ""
            yield from self._never_whole(begun)

    # -- pastes -------------------------------------------------------------------------------

    def _is_typed(self, data: str) -> bool:
        """Whether, after a pause in a paste whose end never came, this was typed."""
        end = self._begun + data
        if not self._paused or _PASTED.startswith(end) or end.startswith(_PASTED):
            return False
        return len(data) == 1 or data[:1] == "\x1b"

    def _paste(self, data: str, at: int) -> Generator[Message, None, int]:
        """Take in pasted text up to its end; returns where that was."""
        pasted = self._pasted or []
        end = data.find(_PASTED, at)
        if end >= 0:
            self._pasted = None
            yield from _paste_of([*pasted, data[at:end]])
            return end + len(_PASTED)
        left = next(n for n in range(len(_PASTED) - 1, -1, -1) if data.endswith(_PASTED[:n], at))
        pasted.append(data[at : len(data) - left])
        self._pasted, self._begun = pasted, data[len(data) - left :]
        return len(data)

    # -- keys and sequences -------------------------------------------------------------------

    def _taken(self, whole: str) -> Iterator[Message]:
        """The messages of a whole sequence."""
        if whole == _PASTE:
            self._pasted = []
            return
        if whole == _ALT_ENTER:
            yield events.Key("alt+enter", None)
            return
        found = [message for part in _plain(whole) for message in self._parsed(part)]
        if not found and len(whole) == 2 and whole[0] == "\x1b":
            found = self._with_alt(whole[1])
        yield from found

    def _never_whole(self, begun: str) -> Iterator[Message]:
        """What never became a sequence: escape, or a key with alt, which begin as sequences do."""
        if begun == "\x1b":
            yield events.Key("escape", begun)
        elif len(begun) == 2 and begun[0] == "\x1b":
            yield from self._with_alt(begun[1])

    def _with_alt(self, char: str) -> list[Message]:
        """The key with alt before it, spelled as Textual does."""
        found = self._parsed(char)
        for at, key in enumerate(found):
            if isinstance(key, events.Key) and len(key.key) == 1:
                shift = "shift+" if key.key.isupper() else ""
                found[at] = events.Key(f"alt+{shift}{key.key.lower()}", char)
        return found

    def _parsed(self, whole: str) -> list[Message]:
        """What Textual's parser makes of it: nothing where it fails."""
        if (
            len(whole) > LONGEST
            or _NO_KEY.match(whole)
            or (whole.startswith(_SIZE) and not self.reports_size)
        ):
            return []
        try:
            return list(self._parser.feed(whole))
        except Exception:  # whatever it fails of: what the terminal sent is no key
            return []
        finally:
            Parser.__init__(self._parser)


def _paste_of(pasted: list[str]) -> Iterator[Message]:
    if text := "".join(pasted).replace("\0", ""):
        yield events.Paste(text)


def _plain(whole: str) -> Iterator[str]:
    """A key of the kitty protocol without what Textual's parser cannot read, one for each letter of its text.

    That is other letters of the key, and kinds of events; where it was let go, it is no key.
    https://sw.kovidgoyal.net/kitty/keyboard-protocol/
    """
    key = _KITTY.fullmatch(whole) if ":" in whole else None
    if key is None:
        yield whole
        return
    code, modifiers, event, text, final = key.groups(default="")
    if event != _RELEASED:
        for letter in text.split(":"):
            yield f"\x1b[{code};{modifiers}{letter and f';{letter}'}{final}"


def _shortened(begun: str) -> str:
    """What has begun, without the inside of a string, which nobody reads."""
    if _STRING.match(begun) and len(begun) > 4:
        return begun[:3] + "\x1b" * begun.endswith("\x1b")
    return begun
