"""All describers over a document: their facts are added to what its source gives.

Describers are found through the entry-point group ``regesta.describers``, ours like anyone's.
"""

import warnings
from functools import lru_cache
from importlib.metadata import entry_points

import msgspec

from regesta.describing.base import Context, Describer
from regesta.describing.parties.given import parted
from regesta.describing.places.document import located
from regesta.documents import Document, Fact

GROUP = "regesta.describers"
#: Ours run in this order, then any others by name.
ORDER = ("dates", "parties", "places", "numbers", "kinds", "languages")
_NOTHING = Context()


class DescriberWarning(UserWarning):
    """A describer failed on a document and abstained."""


@lru_cache(maxsize=1)
def describers() -> tuple[tuple[str, Describer], ...]:
    """Every describer that is installed, in order; one that cannot be loaded is left out."""
    found: list[tuple[str, Describer]] = []
    for point in sorted(entry_points(group=GROUP), key=_rank):
        try:
            found.append((point.name, point.load()))
        except Exception as error:
            message = f"describer {point.name} cannot be loaded and is left out: {error!r}"
            warnings.warn(message, DescriberWarning, stacklevel=2)
    return tuple(found)


def _rank(point: object) -> tuple[int, str]:
    name = str(getattr(point, "name", ""))
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def describe(document: Document, context: Context = _NOTHING) -> Document:
    """Run every describer over a document and add what it finds.

    Args:
        document: With the facts its source gives.
        context: What is known besides.

    Returns:
        The document with derived facts after the given ones. A describer that raises is named in
        a :class:`DescriberWarning` and abstains; the others are heard.
    """
    facts: list[Fact] = [_settled(fact) for fact in document.facts]
    for name, describer in describers():
        try:
            facts += describer(document, context)
        except Exception as error:
            message = f"describer {name} failed on {document.id} and abstains: {error!r}"
            warnings.warn(message, DescriberWarning, stacklevel=2)
    return msgspec.structs.replace(document, facts=tuple(facts))


def _settled(fact: Fact) -> Fact:
    """A given fact with what its words alone say: where a place lies, which party is meant."""
    return located(fact) if fact.field == "place" else parted(fact)
