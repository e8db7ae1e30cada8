"""Persons and offices of a made-up edition: everyone who writes or hears is one person."""

from typing import Any

from regesta.documents import Document
from regesta.documents.ids import slug
from regesta.edition.authorities.results import (
    Attribution,
    Correspondent,
    EntryPerson,
    LocatedPlace,
    Office,
    OfficeHolder,
    OfficeSummary,
    Person,
    PersonSummary,
    PlaceNotes,
    Power,
    PowerSummary,
    PrintedName,
    Reason,
    TenureLine,
)
from regesta.edition.place_groups import PlaceGroup
from regesta.edition.results import Regest
from regesta.errors import UnknownValue


class FakeAuthorities:
    """What an edition says of persons."""

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def _all(self) -> dict[str, Document]:
        return {document.id: document for document in self.edition.documents()}

    def _people(self) -> dict[str, PersonSummary]:
        found: dict[str, PersonSummary] = {}
        for document in self._all().values():
            for role, parties in (("w", document.senders), ("r", document.recipients)):
                for party in parties:
                    id = slug(party.label)
                    known = found.get(id) or PersonSummary(
                        id, party.label, "person", 0, 0, 0, "1912-06-02", "1912-06-04"
                    )
                    w, r = known.written + (role == "w"), known.received + (role == "r")
                    found[id] = PersonSummary(
                        id, known.label, "person", w, r, 0, known.first, known.last
                    )
        return dict(sorted(found.items(), key=lambda item: item[1].label))

    def persons(
        self, *, prefix: str = "", limit: int | None = None, offset: int = 0
    ) -> list[PersonSummary]:
        """All of them."""
        some = [p for p in self._people().values() if p.label.lower().startswith(prefix.lower())]
        return some[offset : None if limit is None else offset + limit]

    def person_count(self) -> int:
        """How many."""
        return len(self._people())

    def person(self, id: str) -> Person:
        """One with a name, a reason, a tenure, and everybody else for correspondents."""
        people = self._people()
        if id not in people:
            raise UnknownValue(f"no person has the id {id!r}", "near it: nobody")
        who = people[id]
        names = (PrintedName(who.label, "white", 2, "A. B.", "consul-at-halden", "Consul"),)
        tenure = TenureLine(
            "consul-at-halden", "Consul at Halden", id, who.label, "1912-06-02", "1912-06-04",
            3, 1, next(iter(self._all())), next(iter(self._all())),
        )  # fmt: skip
        return Person(
            who,
            note="Consul",
            refs=("https://d-nb.info/gnd/1", "https://example.org/x"),
            names=(*names, PrintedName(who.label, "grey", 1)),
            reasons=(Reason("office", f"{who.label} (white)", "X (grey)", "one office", 0.97),),
            tenures=(tenure,),
            correspondents=tuple(Correspondent(p.id, p.label, 1, 1) for p in people.values()),
            years={1912: (2, 1), 1913: (1, 0)},
            namesakes=tuple(p for p in people.values() if p.id != id)[:2],
            keys=(who.label,),
        )

    def person_documents(self, id: str, **asked: Any) -> list[Regest]:
        """All documents of the edition."""
        start = asked.get("offset", 0)
        found = [Regest(d.id, d.collection, d.heading, d.date) for d in self._all().values()]
        return found[start : start + asked.get("limit", 50)]

    def person_total(self, id: str, **asked: Any) -> int:
        """All documents of the edition."""
        return len(self.person_documents(id, limit=1000))

    def power_total(self, id: str) -> int:
        """All documents of the edition."""
        return self.person_total(id)

    def office_total(self) -> int:
        """One office."""
        return len(self.offices())

    def attributions(self, id: str) -> list[Attribution]:
        """Every sender is a person by name; the first recipient held an office."""
        document = self.edition.document(id)
        found = [
            Attribution("author", k, slug(p.label), p.label, "name", 1.0)
            for k, p in enumerate(document.senders)
        ]
        holder = OfficeHolder(
            "consul", "1912-06-02", "x", "X", 0.99, "between", id, id, "1912-06-01", "1912-06-03"
        )
        if document.recipients:
            found.append(Attribution("recipient", 0, "x", "X", "tenure", 0.99, holder))
        return found

    def offices(self, *, limit: int | None = None, offset: int = 0) -> list[OfficeSummary]:
        """One office."""
        return [OfficeSummary("consul-at-halden", "Consul at Halden", 3, "Norland", holders=1)]

    def office(self, id: str) -> Office:
        """That office, held by the first person."""
        if id != "consul-at-halden":
            raise UnknownValue(f"no office is called {id!r}")
        who = next(iter(self._people()))
        return Office(self.offices()[0], self.person(who).tenures)

    def office_holder(self, office: str, day: str) -> OfficeHolder | None:
        """Nobody."""
        return None

    def power(self, id: str) -> Power:
        """A power that is there under any name but "nowhere"."""
        if id == "nowhere":
            raise UnknownValue("no document speaks for a power 'nowhere'")
        return Power(
            PowerSummary(id, id, 1, 1), ("Norlandish",), ("The Quay (1801–)",), "1801", "",
            tuple(self.offices()), tuple(self._people().values())[:2], ("white",), {1912: (1, 1)},
        )  # fmt: skip

    def power_documents(self, id: str, **asked: Any) -> list[Regest]:
        """All documents of the edition."""
        return self.person_documents(id, **asked)

    def entry_persons(self, name: str, id: str) -> list[EntryPerson]:
        """The person of that name."""
        return [EntryPerson(slug(id), id, 1)]

    def powers(self) -> list[PowerSummary]:
        """Nobody speaks for a power."""
        return []


class FakePlaces:
    """What an edition says of the places of its index."""

    def groups(self) -> dict[str, PlaceGroup]:
        """No place has two names here."""
        return {}

    def located(self) -> list[LocatedPlace]:
        """Two places."""
        return [
            LocatedPlace("Halden", "Halden", 59.1, 11.4, 3),
            LocatedPlace("moss", "<b>Moss</b>", -12.5, -70.0, 1),
        ]

    def notes(self, id: str) -> PlaceNotes:
        """Where it lies."""
        return PlaceNotes(59.1, 11.4, (EntryPerson(id, id, 1),), ("https://sws.geonames.org/1/",))
