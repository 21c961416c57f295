"""Web addresses as they stand in running text, and the arXiv id an address holds.

Abstracts come from TeX by way of HTML: addresses have full stops, brackets and braces glued to
them (`SpaRTAN].`, `flan_nas{https://…}`), escapes in them (`flan\\_nas`), sometimes no scheme.
"""

import re
from operator import itemgetter

# RFC 3986: an address is ASCII. Braces, quotes and angle brackets are never part of one; round and
# square brackets are where they are closed again; TeX escapes stand for the character escaped.
_PLAIN = r"[\w\-.~:/?#@!$&'*+,;=%]"
_TAIL = rf"(?:{_PLAIN}++|\\[_%&#~$](?:\{{\}})?|\({_PLAIN}*+\)|\[{_PLAIN}*+\])*+"
# That the look-behind comes after a literal lets `re` search for the literal: five times as fast.
_SCHEME = re.compile(rf"ttp(?<=[hH]ttp)s?://[\w-]+(?:\.[\w-]+)+(?:[:/?#]{_TAIL})?", re.ASCII)
_NO_SCHEME = re.compile(
    rf"\.(?:com|org|net|edu|gov|io|ai|dev|co|cn|uk|de|fr|ch|eu|jp|kr|hk)/(?=\w|~){_TAIL}", re.ASCII
)
# What stands in front may not be of an address either: `?of=github.com/x` is no second one.
_HOST = re.compile(r"(?<![\w@./\\?#&=%~+-])(?:\w[\w-]*\.)*\w[\w-]+\Z", re.ASCII)
_LONGEST_HOST = 80
_ESCAPED = re.compile(r"\\(.)(?:\{\})?")

_ARXIV_ID = r"(?P<id>\d{4}\.\d{4,5}|(?P<archive>[a-z-]+)(?:\.[A-Z]{2})?/(?P<number>\d{7}))(?:v\d+)?"
_ARXIV_LINK = re.compile(
    rf"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/{_ARXIV_ID}(?:\.pdf)?/?(?:[?#].*)?",
    re.ASCII,
)
_ARXIV_BARE = re.compile(rf"(?:arXiv:)?{_ARXIV_ID}", re.ASCII)


def links(text: str) -> tuple[str, ...]:
    """The http(s) addresses in a text, each once, in order of appearance.

    An address without scheme counts only with a path under a well-known kind of host
    (`github.com/x/y`), and is given `https://`.
    """
    if "/" not in text:
        return ()
    found = [(match.end(), "h" + match[0]) for match in _SCHEME.finditer(text)]
    for match in _NO_SCHEME.finditer(text):
        if host := _host(text, match.start()):
            found.append((match.end(), f"https://{host}{match[0]}"))
    found.sort(key=itemgetter(0))
    return tuple(dict.fromkeys(_trimmed(address) for _, address in found))


def _host(text: str, end: int) -> str | None:
    """The part of a host that ends there, or None where that is part of something else."""
    match = _HOST.search(text, max(0, end - _LONGEST_HOST), end)
    return match[0] if match else None


def _trimmed(address: str) -> str:
    if "\\" in address:
        address = _ESCAPED.sub(r"\1", address)
    return address.rstrip(".,;:!?'*")


def is_address(text: str) -> bool:
    """Whether a text is one http(s) address and nothing else."""
    return text.startswith(("http://", "https://")) and text.isprintable() and " " not in text


def arxiv_id_of(address: str) -> str | None:
    """The id in an arxiv.org address, without version: `2406.14539` or `cs/0112017`."""
    return _canonical(_ARXIV_LINK.fullmatch(address.strip()))


def arxiv_id(text: str) -> str | None:
    """The id, without version, of an arXiv id (`arXiv:2406.14539v2`) or arxiv.org address."""
    return _canonical(_ARXIV_BARE.fullmatch(text.strip())) or arxiv_id_of(text)


def _canonical(match: re.Match[str] | None) -> str | None:
    """Old ids lose their subject class: arXiv holds `math.GT/0309136` and `math/0309136` for one."""
    if match is None:
        return None
    return f"{match['archive']}/{match['number']}" if match["archive"] else match["id"]
