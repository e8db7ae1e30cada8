"""Who the parties of a document are, in its rail: rows of facts and attributions in, rows out."""

import dataclasses
from collections.abc import Sequence

from regesta.documents import Document, Party
from regesta.edition.authorities.results import Attribution, OfficeHolder
from regesta.serving.pages.facts import ShownFact
from regesta.serving.pages.links import person_url
from regesta.serving.pages.regests import origin_mark
from regesta.serving.pages.words import edtf_words, shorten

_FIELDS = {"author": "sender", "recipient": "recipient"}


def with_persons(
    rows: Sequence[ShownFact], document: Document, attributions: Sequence[Attribution]
) -> list[ShownFact]:
    """Lead parties to the pages of persons; name who held an office that is printed alone.

    A party with a name gets the address of its page; under one that is an office alone stands who
    signed, or who held the office that day, as derived, with the rule and the evidence.
    """
    by_place = {(_FIELDS[a.role], a.place): a for a in attributions}
    found: list[ShownFact] = []
    seen: dict[str, int] = {}
    for row in rows:
        place = seen.get(row.key, 0)
        seen[row.key] = place + 1
        attribution = by_place.get((row.key, place)) if row.origin else None
        if attribution is None:
            found.append(row)
        elif attribution.rule == "name":
            found.append(_replaced(row, attribution))
        else:
            found += [row, _derived(row, attribution, _office(document, row.key, place))]
    return found


def _replaced(row: ShownFact, attribution: Attribution) -> ShownFact:
    return dataclasses.replace(row, person=person_url(attribution.person))


def _office(document: Document, field: str, place: int) -> str:
    facts = document.resolved(field)
    value = facts[place].value if place < len(facts) else None
    return value.office if isinstance(value, Party) else ""


def _derived(row: ShownFact, attribution: Attribution, office: str) -> ShownFact:
    if attribution.rule == "signature":
        why = "Rule signature: the heading has the office alone, the signature has the name."
    else:
        why = f"Rule tenure: {_evidence(office, attribution.holder)}"
    return ShownFact(
        key=row.key,
        label="",
        value=shorten(attribution.label, 200),
        origin=origin_mark("derived", words=True),
        why=f"{why} Confidence {attribution.confidence:.2f}.",
        person=person_url(attribution.person),
    )


def _evidence(office: str, holder: OfficeHolder | None) -> str:
    """The documents that show it, in a sentence."""
    if holder is None:
        return "other documents show who held the office that day."
    who = f"who held the office ({shorten(office, 60)}) is" if office else "it is"
    days = [
        f"{edtf_words(day)} ({id})"
        for day, id in ((holder.before_day, holder.before), (holder.after_day, holder.after))
        if id
    ]
    return f"{who} shown by {' and by '.join(dict.fromkeys(days))}."
