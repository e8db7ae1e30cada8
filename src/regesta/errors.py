"""Every error Regesta raises on purpose: one tree, each message with what, where and the mend.

RegestaError
├── SourceError          a source cannot be read
│   └── UnsupportedSource   no reader takes it
├── QueryError           a search query is malformed
├── EditionError         an edition cannot be opened or built
│   ├── NotAnEdition        the path holds no edition
│   ├── EditionVersionError the edition was built by another version
│   └── EditionBusy         another program is writing to it
├── UnknownDocument      no document has that id
├── UnknownValue         an option or name has a value that is not known
└── MissingExtra         an optional part is not installed
"""


class RegestaError(Exception):
    """Base of all errors that Regesta raises on purpose.

    Args:
        what: One clear line: what is wrong and where (file, line, document).
        hint: How to mend it, or an empty string.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} ({self.hint})" if self.hint else self.what


class SourceError(RegestaError):
    """A source cannot be read; the message names its reason, the build report its path."""


class UnsupportedSource(SourceError):
    """No reader takes this file; the message lists what each reader said."""


class QueryError(RegestaError):
    """A search query is malformed.

    Args:
        what: What is wrong with it.
        hint: How to write it instead.
        position: Offset in code points where the query stopped making sense.
    """

    def __init__(self, what: str, hint: str = "", position: int | None = None) -> None:
        super().__init__(what, hint)
        self.position = position


class EditionError(RegestaError):
    """An edition cannot be opened or built."""


class NotAnEdition(EditionError):
    """The path is not an edition."""


class EditionVersionError(EditionError):
    """The edition was built by a version of Regesta with another schema."""


class EditionBusy(EditionError):
    """Another process is building this edition."""


class UnknownDocument(RegestaError):
    """No document of the edition has that id."""


class UnknownValue(RegestaError):
    """A name (index, format, style, kind…) is not one of those that exist."""


class MissingExtra(RegestaError):
    """An optional part is not installed; the hint is the command that installs it."""
