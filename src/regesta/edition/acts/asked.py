"""Questions to the ledger and what comes of them: plain values that all doors share."""

from collections.abc import Sequence

from regesta.documents.base import Value
from regesta.documents.ledger import StoredAct
from regesta.edition.results import FacetCount
from regesta.errors import UnknownValue

#: Fields with few values, all of them known.
CLOSED = {
    "polarity": ("affirmed", "negated"),
    "modality": ("actual", "intended", "conditional", "requested"),
    "tier": ("certain", "probable"),
}
#: Fields whose values are names or words of the edition.
OPEN = ("act", "group", "actor", "addressee", "reported_by", "collection")
#: Facets, in the order of pages.
FACETS = ("group", "act", "actor", "addressee", "year", "tier", "polarity", "modality")


class ActQuestion(Value, frozen=True):
    """What is asked of the ledger; several values of one field mean any of them.

    Attributes:
        actor, addressee: Names as printed ("Chicherin") or powers ("Soviet Russia").
        between: One name: it acts or is acted toward; two: they act toward each other.
        about: Words that the matter must have.
        act, group: "protest"; "judge".
        first, last: Range of dates of the documents, EDTF day, month or year; overlap.
        document: Only acts that this document states.
        without: Documents whose acts are left out.
    """

    actor: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    document: str = ""
    without: tuple[str, ...] = ()
    about: str = ""
    first: str = ""
    last: str = ""


class ActResult(Value, frozen=True):
    """A page of the ledger.

    Attributes:
        total: Acts that match; ``documents``: documents that state them.
        of: Documents that were looked through: all of the edition.
        undated: How many of the acts are of undated documents.
        undated_excluded: How many a range of dates left out because their document is undated.
        acts: Those asked for, by date.
        facets: By name (:data:`FACETS`), counts of acts that the other filters leave.
        unknown: Names asked for that no act has → names near them.
    """

    total: int
    documents: int
    of: int
    undated: int = 0
    undated_excluded: int = 0
    acts: tuple[StoredAct, ...] = ()
    facets: dict[str, tuple[FacetCount, ...]] = {}
    unknown: dict[str, tuple[str, ...]] = {}


class ActSpan(Value, frozen=True):
    """Acts of a year or month: how many go one way, and how many the other."""

    date: str
    there: int
    back: int


def question(**asked: Sequence[str] | str | None) -> ActQuestion:
    """Make a question of the values given.

    Raises:
        UnknownValue: A value of a field with known values is none of them; more than two names
            are given to stand between.
    """
    said: dict[str, str | tuple[str, ...]] = {}
    for name, value in asked.items():
        if name in ("document", "about", "first", "last"):
            said[name] = str(value or "").strip()
            continue
        values = (value,) if isinstance(value, str) else value or ()
        said[name] = tuple(dict.fromkeys(v.strip() for v in values if v.strip()))
    made = ActQuestion(**said)  # type: ignore[arg-type]
    for name, known in CLOSED.items():
        for value in getattr(made, name):
            if value not in known:
                hint = f"it is one of {', '.join(known)}"
                raise UnknownValue(f"there is no {name} {value!r}", hint)
    if len(made.between) > 2:
        raise UnknownValue("acts stand between two names", "give one or two")
    return made
