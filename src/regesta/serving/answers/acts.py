"""Acts as JSON and in words: one shape and one wording for all doors."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from regesta.documents.ledger import StoredAct
from regesta.serving.api.models import Count, FacetLine, Span

if TYPE_CHECKING:
    from regesta.edition.acts.asked import ActResult


class StoredActLine(msgspec.Struct):
    """An act with the document that states it; the span is in code points of its text.

    Powers are those for which actor and addressee speak, where known, with their numbers in the
    Correlates of War project (`cow`); `plover` and `cameo` are null where those schemes have no
    such act. `words` is the text of the span.
    """

    document: str
    date: Annotated[list[str | None], Meta(description="First and last possible day")]
    actor: str
    actor_powers: list[str]
    actor_cow: list[int]
    act: str
    group: str | None
    addressee: str | None
    addressee_powers: list[str]
    addressee_cow: list[int]
    about: str | None
    polarity: str
    modality: str
    reported_by: str | None
    tier: str
    span: Span
    words: str
    plover: str | None
    cameo: str | None
    confidence: float
    language: str | None
    rule: str | None


class ActCounts(msgspec.Struct):
    """How many acts match, in how many documents, of how many that were looked through.

    `undated` counts the acts of undated documents, `undated_excluded` those that a range of dates
    left out. `unknown` gives, for a name that no act has, names near it.
    """

    total: Count
    documents: Count
    of: Count
    undated: Count
    undated_excluded: Count
    facets: dict[str, list[FacetLine]]
    unknown: dict[str, list[str]]


def act_answer(stored: StoredAct) -> StoredActLine:
    """An act as JSON has it."""
    act = stored.act
    return StoredActLine(
        document=stored.document,
        date=[stored.earliest, stored.latest],
        actor=act.actor,
        actor_powers=list(stored.actor_powers),
        actor_cow=list(stored.actor_cow),
        act=act.act,
        group=act.group or None,
        addressee=act.addressee or None,
        addressee_powers=list(stored.addressee_powers),
        addressee_cow=list(stored.addressee_cow),
        about=act.about or None,
        polarity=act.polarity,
        modality=act.modality,
        reported_by=act.reported_by or None,
        tier=act.tier,
        span=list(act.span or (0, 0)),
        words=stored.words,
        plover=act.plover or None,
        cameo=act.cameo or None,
        confidence=act.confidence,
        language=act.language or None,
        rule=act.rule or None,
    )


def act_lines(acts: Iterable[StoredAct]) -> list[StoredActLine]:
    """Acts as JSON has them."""
    return [act_answer(stored) for stored in acts]


def counts_answer(found: "ActResult") -> ActCounts:
    """What is counted, as JSON has it."""
    return ActCounts(
        total=found.total,
        documents=found.documents,
        of=found.of,
        undated=found.undated,
        undated_excluded=found.undated_excluded,
        facets={
            name: [FacetLine(row.value, row.count, row.label) for row in rows]
            for name, rows in found.facets.items()
        },
        unknown={name: list(near) for name, near in found.unknown.items()},
    )


def third_person(act: str) -> str:
    """The act as a verb of its actor: "protests", "denies", "establishes"."""
    if act.endswith("y") and act[-2:-1] not in ("a", "e", "o", "u"):
        return f"{act[:-1]}ies"
    return f"{act}es" if act.endswith(("s", "sh", "ch", "x", "z")) else f"{act}s"


#: How a verb is said that is not, or not yet, done; then the same denied.
_NOT_DONE = {
    "intended": ("intends to", "intends not to"),
    "conditional": ("would", "would not"),
    "requested": ("is asked to", "is asked not to"),
}


def verb_words(stored: StoredAct) -> str:
    """The verb with how far it is done, and its denial: "protests", "would not sever"."""
    act = stored.act
    denied = act.polarity == "negated"
    if act.modality in _NOT_DONE:
        return f"{_NOT_DONE[act.modality][denied]} {act.act}"
    return f"does not {act.act}" if denied else third_person(act.act)


def side_words(stored: StoredAct) -> str:
    """What else is to be said: "probable, as Berg reports"; "" where nothing is."""
    act = stored.act
    said = [act.tier] if act.tier != "certain" else []
    said += [f"as {act.reported_by} reports"] if act.reported_by else []
    return ", ".join(said)


def matter_words(stored: StoredAct) -> str:
    """Toward whom, and about what, after the verb: ", to Kell: a loan"; " a loan"."""
    act = stored.act
    if act.addressee:
        return f", to {act.addressee}{f': {act.about}' if act.about else ''}"
    return f" {act.about}" if act.about else ""
