"""The errors papertui raises on purpose; each message is a sentence for the user, with the remedy.

PapertuiError                 could not do it                  exit 1
├── LibraryError              the library cannot be opened, read or written
│   ├── ReadOnlyLibrary       reading works, writing does not
│   └── LibraryBusy           another papertui holds the lock
├── DigestError               a file that could not be read as a digest
├── ExportError               a file that could not be written
├── EditorError               the user's editor could not be run, or what it wrote not be read
└── UsageError                what was asked for is not possible   exit 2
    ├── QueryError            a query that cannot be read; knows its column
    ├── KeymapError           a keymap with an unknown command or key, or a clash
    └── SettingsError         config.toml with an unknown key or a wrong value
"""


class PapertuiError(Exception):
    """Something could not be done; `str()` is the sentence that says what and what next."""


class LibraryError(PapertuiError):
    """The library cannot be opened, read or written."""


class ReadOnlyLibrary(LibraryError):
    """The library can be read but not changed."""


class LibraryBusy(LibraryError):
    """Another papertui held the library's lock for longer than we wait."""


class DigestError(PapertuiError):
    """A file could not be read as a digest."""


class ExportError(PapertuiError):
    """A file could not be written."""


class EditorError(PapertuiError):
    """The user's editor could not be run, or what it wrote could not be read."""


class UsageError(PapertuiError):
    """The call itself was wrong."""


class QueryError(UsageError):
    """A query that cannot be read.

    `column` is where, counted in characters from 0 and never beyond the text's end.
    """

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


class KeymapError(UsageError):
    """A keymap that cannot be used."""


class SettingsError(UsageError):
    """config.toml cannot be used."""
