"""The API of acts: what is asked in, the shapes of answers.acts out."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from regesta.edition import Edition
from regesta.edition.acts.asked import FACETS
from regesta.serving.answers.acts import ActCounts, StoredActLine, act_lines, counts_answer
from regesta.serving.api.parameters import (
    MAX_TIMES,
    BadParameter,
    Edtf,
    Nothing,
    Text,
    Value,
    Values,
    several,
)
from regesta.serving.waiting import ready

Path = Mapping[str, str]


class ActFilters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/acts/counts` takes."""

    actor: Annotated[
        Values, several("Who: a name as printed, or a power for all its", "Soviet Russia")
    ] = ()
    addressee: Annotated[Values, several("Toward whom", "United States")] = ()
    between: Annotated[
        tuple[Value, ...],
        Meta(
            description="One name: what it does and suffers; two: what they do toward each other",
            extra_json_schema={"maxItems": 2},
            extra={"example": "Soviet Russia"},
        ),
    ] = ()
    act: Annotated[Values, several("protest, propose, refuse…", "protest")] = ()
    group: Annotated[
        Values, several("Family of acts: tell, judge, ask, bind, answer…", "judge")
    ] = ()
    polarity: Annotated[
        tuple[Literal["affirmed", "negated"], ...],
        Meta(description="Done, or denied", extra_json_schema={"maxItems": MAX_TIMES}),
    ] = ()
    modality: Annotated[
        tuple[Literal["actual", "intended", "conditional", "requested"], ...],
        Meta(description="How far it is done", extra_json_schema={"maxItems": MAX_TIMES}),
    ] = ()
    tier: Annotated[
        tuple[Literal["certain", "probable"], ...],
        Meta(description="How sure it is", extra_json_schema={"maxItems": MAX_TIMES}),
    ] = ()
    reported_by: Annotated[Values, several("Who reports the act", "Francis")] = ()
    collection: Annotated[Values, several("Id of a collection", "vologda")] = ()
    document: Annotated[Text, Meta(description="Only acts that this document states")] = ""
    about: Annotated[Text, Meta(description="Words of the matter", extra={"example": "loan"})] = ""
    first: Annotated[Edtf, Meta(description="Documents of this day, month or year, or later")] = (
        msgspec.field(default="", name="from")
    )
    last: Annotated[Edtf, Meta(description="Documents of this day, month or year, or earlier")] = (
        msgspec.field(default="", name="to")
    )


class ActParameters(ActFilters, frozen=True, forbid_unknown_fields=True):
    """What `/api/acts` takes."""

    limit: Annotated[int, Meta(ge=0, le=5000, description="How many acts")] = 100
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="How many to pass over")] = 0


def filters(asked: ActFilters) -> dict[str, Any]:
    """The filters of a request, as ``Edition.acts`` takes them."""
    return {name: getattr(asked, name) for name in ActFilters.__struct_fields__}


def _found(edition: Edition) -> None:
    """See that the acts are found, and have them found where they are not."""
    ready(edition.acts, "the acts are still being found")


def _asked(edition: Edition, asked: ActFilters, **more: Any) -> Any:
    _found(edition)
    if len(asked.between) > 2:
        raise BadParameter("between is given more than twice", "give one name or two")
    return edition.acts(**filters(asked), **more)


def acts(edition: Edition, asked: ActParameters, _: Path) -> tuple[Any, int]:
    """A page of the ledger."""
    found = _asked(edition, asked, limit=asked.limit, offset=asked.offset)
    return act_lines(found.acts), found.total


def counts(edition: Edition, asked: ActFilters, _: Path) -> tuple[Any, None]:
    """What there is, with facets."""
    return counts_answer(_asked(edition, asked, limit=0, facets=FACETS)), None


def stated(edition: Edition, _: Nothing, path: Path) -> tuple[Any, None]:
    """The acts that a document states."""
    edition.document(id := f"{path['collection']}/{path['document']}")
    _found(edition)
    return act_lines(edition.acts.stated(id)), None


#: Path, name, summary, shape, handler, parameters, whether it pages.
ROWS: tuple[tuple[Any, ...], ...] = (
    (
        "/api/acts",
        "acts",
        "Who protests, proposes, refuses what, toward whom: each act with the words that prove it.",
        list[StoredActLine],
        acts,
        ActParameters,
        True,
    ),
    (
        "/api/acts/counts",
        "act counts",
        "How many acts match, in how many documents of how many, with facets.",
        ActCounts,
        counts,
        ActFilters,
    ),
    (
        "/api/documents/{collection}/{document}/acts",
        "acts of a document",
        "The acts that a document states, in the order of its words.",
        list[StoredActLine],
        stated,
    ),
)
