"""What an open edition says of persons, offices and powers. `edition.authorities`."""

import datetime as dt
import difflib
from collections.abc import Sequence
from typing import Any

import msgspec

from regesta.documents.dates import from_iso
from regesta.documents.ids import slug
from regesta.edition.authorities import tables
from regesta.edition.authorities.results import (
    Attribution,
    EntryPerson,
    Office,
    OfficeHolder,
    OfficeSummary,
    Person,
    PersonSummary,
    Power,
    PowerSummary,
    Reason,
)
from regesta.edition.building.keys import sort_key
from regesta.edition.record.shelf import regests_where, unknown_document
from regesta.edition.record.store import Record
from regesta.edition.results import Regest
from regesta.errors import UnknownValue

#: Offices of a power, and its persons, that are given.
MOST_OFFICES = 40
#: Signs of an id that others may begin with, at most and at least; ids that are compared.
_BEGINNING, _LEAST_BEGINNING, _ENOUGH = 12, 3, 8
_reasons = msgspec.json.Decoder(tuple[Reason, ...])


class Authorities:
    """Who the parties of an edition are: persons and bodies, the offices they hold, their powers.

    Args:
        record: The edition's record.
    """

    def __init__(self, record: Record) -> None:
        self._record = record

    def persons(
        self, *, prefix: str = "", limit: int | None = None, offset: int = 0
    ) -> list[PersonSummary]:
        """Persons and bodies in the order of an index; ``prefix``: whose label begins so."""
        where, values = "", list[Any]()
        if prefix:
            begin = sort_key(prefix)
            where, values = " WHERE sort >= ? AND sort < ?", [begin, begin + tables.BEYOND]
        rows = self._record.rows(
            f"{tables.SUMMARY}{where} ORDER BY rank LIMIT ? OFFSET ?",
            (*values, -1 if limit is None else max(0, limit), max(0, offset)),
        )
        return [PersonSummary(*row) for row in rows]

    def person_count(self) -> int:
        """How many persons and bodies there are."""
        return int(self._record.value("SELECT count(*) FROM authorities"))

    def person(self, id: str) -> Person:
        """A person or body by its id. Raises UnknownValue."""
        row = self._record.row(
            "SELECT n, id, label, kind, written, received, by_office, first, last, note, refs, "
            "reasons, sort FROM authorities WHERE id = ?",
            (id,),
        )
        if row is None:
            raise UnknownValue(f"no person has the id {id!r}", self._near("authorities", id))
        n, note, refs, reasons, sort = row[0], *row[9:]
        return Person(
            summary=PersonSummary(*row[1:9]),
            note=note,
            refs=msgspec.json.decode(refs, type=tuple[str, ...]),
            names=tables.names_of(self._record, n),
            reasons=_reasons.decode(reasons),
            tenures=tables.tenures(
                self._record, "WHERE t.authority = ? ORDER BY t.first, t.last", (n,)
            ),
            correspondents=tables.correspondents(self._record, n),
            years=tables.years(
                self._record,
                "SELECT d.earliest, d.latest, a.role = 'author' FROM attributed a "
                "JOIN documents d ON d.n = a.document WHERE a.authority = ?",
                (n,),
            ),
            namesakes=tables.namesakes(self._record, sort, id),
            keys=tables.keys(self._record, n),
        )

    def named(self, person: str) -> tuple[str, str]:
        """The id and the label of a person by either.

        Raises:
            UnknownValue: Nobody has that id or name; the hint names those that begin alike.
        """
        row = self._record.row(
            "SELECT id, label FROM authorities WHERE id = ? OR label = ? ORDER BY id <> ? LIMIT 1",
            (person, person, person),
        )
        if row is None:
            near = self._near("authorities", slug(person))
            hint = near or "regesta index EDITION author lists the names"
            raise UnknownValue(f"no person has the id or name {person!r}", hint)
        return row[0], row[1]

    def person_documents(
        self,
        id: str,
        *,
        role: str = "",
        rule: str = "",
        first: str = "",
        last: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> list[Regest]:
        """Documents of a person by date, undated last.

        Args:
            id: The person.
            role: "author", "recipient", or "" for both.
            rule: "tenure": those that print the office alone; "name": the others; "": all.
            first, last: Years; only documents whose date overlaps them.
            limit, offset: A page of them.
        """
        clause, values = self._documents_of(id, role, rule, first, last)
        clause += " ORDER BY d.rank LIMIT ? OFFSET ?"
        return regests_where(self._record, clause, (*values, limit, offset))

    def person_total(
        self, id: str, *, role: str = "", rule: str = "", first: str = "", last: str = ""
    ) -> int:
        """How many documents :meth:`person_documents` has in all."""
        clause, values = self._documents_of(id, role, rule, first, last)
        return int(self._record.value(f"SELECT count(*) FROM documents d {clause}", values))

    def _documents_of(
        self, id: str, role: str, rule: str, first: str, last: str
    ) -> tuple[str, list[Any]]:
        """A clause on ``documents d`` and its values."""
        where, values = "a.authority = ?", list[Any]([self._number(id)])
        if role:
            where, values = f"{where} AND a.role = ?", [*values, role]
        if rule:
            where += f" AND a.rule {'=' if rule == 'tenure' else '<>'} 'tenure'"
        clause = (
            f"JOIN (SELECT DISTINCT document FROM attributed a WHERE {where}) x ON x.document = d.n"
        )
        if first or last:
            clause += " WHERE d.earliest < ? AND d.latest >= ?"
            values = [*values, f"{last or 9999}-99", first or "0"]
        return clause, values

    def attributions(self, id: str) -> list[Attribution]:
        """Who the parties of a document are, as far as is known. Raises UnknownDocument."""
        row = self._record.row("SELECT n, day FROM documents WHERE id = ?", (id,))
        if row is None:
            raise unknown_document(self._record, id)
        n, day = row
        found = self._record.rows(
            "SELECT t.role, t.place, a.id, a.label, t.rule, t.confidence, p.office "
            "FROM attributed t JOIN authorities a ON a.n = t.authority "
            "JOIN parties p ON p.document = t.document AND p.role = t.role AND p.place = t.place "
            "WHERE t.document = ? ORDER BY t.role, t.place",
            (n,),
        )
        return [
            Attribution(
                role,
                place,
                person,
                label,
                rule,
                confidence,
                self.office_holder(office, day) if rule == "tenure" and day else None,
            )
            for role, place, person, label, rule, confidence, office in found
        ]

    def entry_persons(self, name: str, id: str) -> Sequence[EntryPerson]:
        """The persons who stand under an entry of the authors or recipients."""
        rows = self._record.rows(
            "SELECT a.id, a.label, p.documents, coalesce((SELECT o.label FROM authority_names x "
            "JOIN offices o ON o.id = x.office WHERE x.authority = a.n "
            "ORDER BY x.count DESC, o.id LIMIT 1), ''), a.first, a.last FROM entry_persons p "
            "JOIN authorities a ON a.n = p.authority "
            "WHERE p.role = ? AND p.key = ? ORDER BY p.place",
            (name, id),
        )
        return [EntryPerson(*row) for row in rows]

    def offices(self, *, limit: int | None = None, offset: int = 0) -> list[OfficeSummary]:
        """Offices that one person holds at a time, the most frequent first."""
        rows = self._record.rows(
            f"{tables.OFFICE} WHERE o.single ORDER BY o.count DESC, o.id LIMIT ? OFFSET ?",
            (-1 if limit is None else max(0, limit), max(0, offset)),
        )
        return [tables.office(row) for row in rows]

    def office(self, id: str) -> Office:
        """An office by its id or by its words, with its succession. Raises UnknownValue."""
        from regesta.describing.parties.offices import parse_office

        for key in (id, parse_office(id).key):
            row = self._record.row(f"{tables.OFFICE} WHERE o.id = ?", (key,))
            if row:
                where = "WHERE t.office = ? ORDER BY t.first, t.last, t.place"
                return Office(tables.office(row), tables.tenures(self._record, where, (key,)))
        raise UnknownValue(f"no office is called {id!r}", self._near("offices", slug(id)))

    def office_holder(self, office: str, day: str) -> OfficeHolder | None:
        """Who held an office on a day, learned from the edition's own documents.

        Args:
            office: Its words ("Ambassador in Ruritania") or its id.
            day: ``YYYY-MM-DD``.

        Returns:
            The person with the documents that show it, or None where they do not decide.

        Raises:
            UnknownValue: The day is none.
        """
        from regesta.describing.parties.offices import parse_office
        from regesta.describing.persons.tenures import AROUND, Observation, holder_on

        date = from_iso(day)
        if date is None or date.day is None:
            raise UnknownValue(f"{day!r} is no day", "write it as 1918-07-25")
        ordinal = dt.date.fromisoformat(day).toordinal()
        for key in dict.fromkeys((office, parse_office(office).key)):
            known = self._record.row("SELECT id, acting FROM offices WHERE id = ?", (key,))
            if known is None:
                continue
            nearest = [
                *self._record.rows(
                    f"{_HELD} < ? ORDER BY day DESC LIMIT ?", (key, ordinal, AROUND)
                ),
                *self._record.rows(f"{_HELD} = ? LIMIT 20", (key, ordinal)),
                *self._record.rows(f"{_HELD} > ? ORDER BY day LIMIT ?", (key, ordinal, AROUND)),
            ]
            seen = sorted(Observation(d, str(who), doc) for d, doc, who in nearest)
            holding = holder_on(seen, ordinal, acting=bool(known[1]))
            if holding is not None:
                return self._holder(key, day, holding)
        return None

    def _holder(self, office: str, day: str, holding: Any) -> OfficeHolder:
        id, label = self._record.rows(
            "SELECT id, label FROM authorities WHERE n = ?", (int(holding.who),)
        )[0]
        shown = []
        for seen in (holding.before, holding.after):
            if seen is None:
                shown.append(("", ""))
                continue
            document = self._record.value("SELECT id FROM documents WHERE n = ?", (seen.document,))
            shown.append((document, dt.date.fromordinal(seen.day).isoformat()))
        (before, before_day), (after, after_day) = shown
        return OfficeHolder(
            office, day, id, label, holding.confidence, holding.why, before, after, before_day,
            after_day,
        )  # fmt: skip

    def powers(self) -> list[PowerSummary]:
        """Powers for which somebody writes or hears in this edition, by name."""
        rows = self._record.rows(
            "SELECT power, sum(role = 'author'), sum(role = 'recipient') FROM powers GROUP BY power"
        )
        found = [PowerSummary(slug(power), power, *counts) for power, *counts in rows]
        return sorted(found, key=lambda p: sort_key(p.label))

    def power(self, id: str) -> Power:
        """A power by its id or name. Raises UnknownValue."""
        from regesta.describing.powers.states import states

        known = self.powers()
        found = next((p for p in known if id in (p.id, p.label)), None)
        if found is None:
            near = difflib.get_close_matches(id, [p.id for p in known], n=3)
            raise UnknownValue(
                f"no document speaks for a power {id!r}", f"near it: {', '.join(near)}" * bool(near)
            )
        row = next((s for s in states() if s.name == found.label), None)
        offices = self._record.rows(
            f"{tables.OFFICE} WHERE o.power = ? ORDER BY o.count DESC, o.id LIMIT ?",
            (found.label, MOST_OFFICES),
        )
        persons = self._record.rows(
            f"{tables.SUMMARY} WHERE n IN (SELECT h.authority FROM held h JOIN offices o "
            "ON o.id = h.office WHERE o.power = ?) ORDER BY rank LIMIT ?",
            (found.label, MOST_OFFICES),
        )
        sides = self._record.rows(
            "SELECT id FROM collections WHERE side = ? ORDER BY rank", (found.label,)
        )
        return Power(
            summary=found,
            forms=row.forms if row else (),
            metonyms=tuple(map(tables.metonym_words, row.metonyms)) if row else (),
            first=str(row.first) if row and row.first else "",
            last=str(row.last) if row and row.last < 9999 else "",
            offices=tuple(map(tables.office, offices)),
            persons=tuple(PersonSummary(*person) for person in persons),
            collections=tuple(id for (id,) in sides),
            years=tables.years(
                self._record,
                "SELECT d.earliest, d.latest, p.role = 'author' FROM powers p "
                "JOIN documents d ON d.n = p.document WHERE p.power = ?",
                (found.label,),
            ),
        )

    def power_documents(self, id: str, *, limit: int = 50, offset: int = 0) -> list[Regest]:
        """Documents in which somebody speaks for a power, by date."""
        label = next((p.label for p in self.powers() if id in (p.id, p.label)), "")
        clause = (
            "JOIN (SELECT DISTINCT document FROM powers WHERE power = ?) x ON x.document = d.n "
            "ORDER BY d.rank LIMIT ? OFFSET ?"
        )
        return regests_where(self._record, clause, (label, limit, offset))

    def power_total(self, id: str) -> int:
        """How many documents :meth:`power_documents` has in all."""
        label = next((p.label for p in self.powers() if id in (p.id, p.label)), "")
        sql = "SELECT count(DISTINCT document) FROM powers WHERE power = ?"
        return int(self._record.value(sql, (label,)))

    def office_total(self) -> int:
        """How many offices :meth:`offices` has in all."""
        return int(self._record.value("SELECT count(*) FROM offices WHERE single"))

    def _number(self, id: str) -> int:
        n = self._record.value("SELECT n FROM authorities WHERE id = ?", (id,))
        if n is None:
            raise UnknownValue(f"no person has the id {id!r}", self._near("authorities", id))
        return int(n)

    def _near(self, table: str, id: str) -> str:
        """Ids near one that is not there, as a hint: among those that begin alike the longest."""
        ids = list[str]()
        for length in range(len(id[:_BEGINNING]), _LEAST_BEGINNING - 1, -1):
            begin = id[:length]
            rows = self._record.rows(
                f"SELECT id FROM {table} WHERE id >= ? AND id < ? LIMIT 200",
                (begin, begin + tables.BEYOND),
            )
            ids = [row[0] for row in rows]
            if len(ids) >= _ENOUGH:
                break
        near = difflib.get_close_matches(id, ids, n=3) or ids[:2]
        return f"near it: {', '.join(near)}" if near else ""


_HELD = "SELECT day, document, authority FROM held WHERE office = ? AND day"
