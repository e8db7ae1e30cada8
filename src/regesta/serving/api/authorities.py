"""The API of persons, offices and powers: what is asked in, shapes of answers.authorities out."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from regesta.edition import Edition
from regesta.serving.answers.authorities import (
    AttributionLine,
    HolderAnswer,
    OfficeAnswer,
    OfficeLine,
    PersonAnswer,
    PersonLine,
    PowerAnswer,
    PowerLine,
    attribution_line,
    holder_answer,
    office_answer,
    office_line,
    person_answer,
    person_line,
    power_answer,
    power_line,
)
from regesta.serving.api.parameters import BadParameter, Edtf, Nothing, PageParameters, Text

Path = Mapping[str, str]


class PersonsParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """A page of persons."""

    prefix: Annotated[Text, Meta(description="Only labels that begin so")] = ""
    limit: Annotated[int, Meta(ge=0, le=5000, description="How many")] = 500
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="How many to pass over")] = 0


class HolderParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """An office and a day."""

    office: Annotated[Text, Meta(description="The office's words, or its id")] = ""
    on: Annotated[Edtf, Meta(description="The day, as 1918-07-25")] = ""


def persons(edition: Edition, asked: PersonsParameters, _: Path) -> tuple[Any, int | None]:
    """A page of persons."""
    found = edition.authorities.persons(prefix=asked.prefix, limit=asked.limit, offset=asked.offset)
    return [
        person_line(p) for p in found
    ], None if asked.prefix else edition.authorities.person_count()


def person(edition: Edition, asked: PageParameters, path: Path) -> tuple[Any, int]:
    """A person with a page of documents."""
    found = edition.authorities.person(path["id"])
    documents = edition.authorities.person_documents(
        path["id"], limit=asked.limit, offset=asked.offset
    )
    return person_answer(found, [d.id for d in documents]), found.summary.documents


def offices(edition: Edition, asked: PageParameters, _: Path) -> tuple[Any, None]:
    """A page of offices."""
    found = edition.authorities.offices(limit=asked.limit, offset=asked.offset)
    return [office_line(o) for o in found], None


def office(edition: Edition, _: Nothing, path: Path) -> tuple[Any, None]:
    """An office with its succession."""
    return office_answer(edition.authorities.office(path["id"])), None


def office_holder(edition: Edition, asked: HolderParameters, _: Path) -> tuple[Any, None]:
    """Who held an office on a day."""
    if not asked.office or not asked.on:
        raise BadParameter("office and on are both needed", "office=Consul at …&on=1918-07-25")
    holder = edition.authorities.office_holder(asked.office, asked.on)
    return holder_answer(asked.office, asked.on, holder), None


def powers(edition: Edition, asked: PageParameters, _: Path) -> tuple[Any, int]:
    """A page of powers."""
    found = edition.authorities.powers()
    page = found[asked.offset : asked.offset + asked.limit]
    return [power_line(p) for p in page], len(found)


def power(edition: Edition, asked: PageParameters, path: Path) -> tuple[Any, None]:
    """A power with a page of documents."""
    found = edition.authorities.power(path["id"])
    documents = edition.authorities.power_documents(
        path["id"], limit=asked.limit, offset=asked.offset
    )
    return power_answer(found, [d.id for d in documents]), None


def parties(edition: Edition, _: Nothing, path: Path) -> tuple[Any, None]:
    """Whom the parties of a document are."""
    found = edition.authorities.attributions(f"{path['collection']}/{path['document']}")
    return [attribution_line(a) for a in found], None


#: Path, name, what it gives, shape, handler, parameters, whether it pages.
ROWS = (
    ("/api/persons", "persons", "Persons and bodies, each once over all collections.",
     list[PersonLine], persons, PersonsParameters, True),
    ("/api/persons/{id}", "person",
     "One person: names as printed, why they are one, offices, correspondents, documents.",
     PersonAnswer, person, PageParameters, True),
    ("/api/offices", "offices", "Offices that one person holds at a time, most frequent first.",
     list[OfficeLine], offices, PageParameters, False),
    ("/api/offices/{id}", "office", "One office with the succession of those seen in it.",
     OfficeAnswer, office, Nothing, False),
    ("/api/office-holder", "office holder",
     "Who held an office on a day, learned from the edition's own documents.",
     HolderAnswer, office_holder, HolderParameters, False),
    ("/api/powers", "powers", "Powers for which somebody writes or is written to.",
     list[PowerLine], powers, PageParameters, True),
    ("/api/powers/{id}", "power", "One power with its offices, persons and documents.",
     PowerAnswer, power, PageParameters, False),
    ("/api/documents/{collection}/{document}/parties", "parties",
     "Whom the parties of a document are: by name, by signature, or by tenure.",
     list[AttributionLine], parties, Nothing, False),
)  # fmt: skip
