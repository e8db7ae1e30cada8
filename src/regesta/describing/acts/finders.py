"""The back ends that find acts, by name: the grammar unless another is asked for.

They are found through the entry-point group ``regesta.act_finders``; ours use the same door as
anyone's: a callable that takes a document and a context and gives acts.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from regesta.describing.acts.base import ActFinder
from regesta.describing.base import Context
from regesta.describing.registry import DescriberWarning
from regesta.documents import Act, Document
from regesta.documents.failures import Failed, Failure, warned
from regesta.errors import UnknownValue

GROUP = "regesta.act_finders"
DEFAULT = "grammar"
_NOTHING = Context()
_WARN = warned(DescriberWarning)


def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def finder_names() -> list[str]:
    """Names of all back ends that are installed, ours first."""
    return sorted(_points(), key=lambda name: (name != DEFAULT, name))


def check_finder(name: str) -> None:
    """Raise UnknownValue where no back end has that name."""
    if name not in _points():
        known = ", ".join(finder_names())
        raise UnknownValue(f"nothing that finds acts is named {name!r}", f"it is one of {known}")


@lru_cache(maxsize=8)
def act_finder(name: str = DEFAULT) -> ActFinder:
    """Give a back end by its name.

    Raises:
        UnknownValue: There is none of that name.
        MissingExtra: A library that it needs is not installed; the message says how to get it.
    """
    check_finder(name)
    finder: ActFinder = _points()[name].load()
    ready = getattr(finder, "ready", None)
    if ready is not None:
        ready()
    return finder


def finder_version(name: str) -> str:
    """What besides our own code decides what a back end finds: versions of packages, of a model."""
    point = _points().get(name)
    if point is None:
        return name
    version = point.dist.version if point.dist else ""
    try:
        told = getattr(point.load(), "version", None)
    except Exception:
        told = None
    return f"{name} {point.value} {version} {told() if told else ''}"


def find_all(
    documents: Iterable[Document],
    name: str = DEFAULT,
    contexts: Mapping[str, Context] = MappingProxyType({}),
    *,
    failed: Failed = _WARN,
) -> Iterable[tuple[Document, list[Act]]]:
    """Find the acts of documents one by one; a document at which the back end fails has none.

    ``contexts`` gives what is known of a collection by its id. ``failed`` is told of a failure; by
    default it is named in a :class:`DescriberWarning`.
    """
    finder = act_finder(name)
    for document in documents:
        try:
            acts = finder(document, contexts.get(document.collection, _NOTHING))
        except Exception as error:
            failed(Failure(f"act finder {name}", document.id, repr(error)))
            acts = []
        yield document, [act for act in acts if _stands(act, document)]


def _stands(act: Act, document: Document) -> bool:
    """Whether an act can be defended: it has words in the text, and someone who does it."""
    if act.span is None or not act.actor:
        return False
    start, end = act.span
    return 0 <= start < end <= len(document.text)
