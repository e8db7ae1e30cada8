"""All auditors, through the entry-point group ``regesta.auditors``, ours like anyone's."""

import warnings
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import entry_points

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.documents import Collection, Document
from regesta.documents.failures import Failed, Failure, warned

GROUP = "regesta.auditors"
#: Field of findings → facts that, once an editor has decided them, leave nothing to find.
_DECIDES = {
    "date": {"date", "received"}, "party": {"sender", "recipient"}, "number": {"number"},
}  # fmt: skip


class AuditorWarning(UserWarning):
    """An auditor failed and is left out from there on."""


_WARN = warned(AuditorWarning)


@lru_cache(maxsize=1)
def auditors() -> tuple[tuple[str, type[Auditor]], ...]:
    """Every auditor that is installed, by name; one that cannot be loaded is left out."""
    found: list[tuple[str, type[Auditor]]] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found.append((point.name, point.load()))
        except Exception as error:
            message = f"auditor {point.name} cannot be loaded and is left out: {error!r}"
            warnings.warn(message, AuditorWarning, stacklevel=2)
    return tuple(found)


class Auditors:
    """All auditors at one desk; each hears what the others hear.

    Args:
        desk: What they may ask.
        failed: Told of an auditor that raises and is left out from there on; by default it is
            named in an :class:`AuditorWarning`.
    """

    def __init__(self, desk: Desk, *, failed: Failed = _WARN) -> None:
        self._failed = failed
        self._all = {name: made(desk) for name, made in auditors()}

    @property
    def looked_at(self) -> list[str]:
        """What they look at, in words."""
        return [auditor.looks_at for auditor in self._all.values() if auditor.looks_at]

    def document(self, document: Document) -> list[Finding]:
        """Have all look at a document; what an editor has decided is settled."""
        found = self._ask("document", document, document.id)
        decided = {fact.field for fact in document.facts if fact.origin == "decided"}
        if decided:
            settled = {field for field, facts in _DECIDES.items() if decided & facts}
            found = [f for f in found if f.enclosure or f.field not in settled]
        return found

    def collection(self, collection: Collection) -> list[Finding]:
        """Tell all that a collection is at its end."""
        return self._ask("collection", collection, collection.id)

    def edition(self) -> list[Finding]:
        """Have all look at the whole."""
        return self._ask("edition", None, "the edition")

    def _ask(self, what: str, value: object, where: str) -> list[Finding]:
        found: list[Finding] = []
        for name, auditor in list(self._all.items()):
            try:
                answer: Iterable[Finding] = (
                    getattr(auditor, what)(value) if value is not None else auditor.edition()
                )
                found += answer
            except Exception as error:
                del self._all[name]
                self._failed(Failure(f"auditor {name}", where, repr(error)))
        return found
