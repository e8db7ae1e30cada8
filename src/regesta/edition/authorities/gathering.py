"""What the record says of parties: its rows in, mentions and the distinct forms of names out."""

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from regesta.describing.parties.names import has_office
from regesta.describing.parties.offices import Office, parse_office
from regesta.describing.persons.names import is_heading, parse_name
from regesta.describing.persons.values import Form
from regesta.describing.powers.states import in_year, speaks_for
from regesta.documents.ids import one_line
from regesta.edition.building.rows import Row

_PARTIES = (
    "SELECT p.document, p.role, p.place, p.name, p.office, p.power, p.person, d.day, d.collection "
    "FROM parties p JOIN documents d ON d.n = p.document ORDER BY p.document, p.role, p.place"
)
#: A document dated so many years outside the middle of its collection proves no tenure.
STRAY_YEARS = 3
_Sign = tuple[str, str, str]
_NO_SIGN: _Sign = ("", "", "")
#: Collection, name, office, person and sign of a party; and its form, its office, whether signed.
_Said = tuple[str, str, str, str, _Sign]
_Known = tuple[int, Office, bool]


class Mention(NamedTuple):
    """A party of a document: which form of a name it is (-1: none), its office, its day or 0."""

    document: int
    role: str
    place: int
    form: int
    office: Office
    day: int
    signed: bool


@dataclass(slots=True)
class Gathered:
    """What the record says of parties.

    Attributes:
        mentions: All parties.
        forms: The distinct forms of names, entries of lists after them.
        powers: (power, role, document).
        spoken: Office → the powers it speaks for, with their documents.
    """

    mentions: list[Mention] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    powers: list[tuple[str, str, int]] = field(default_factory=list)
    spoken: dict[str, dict[str, int]] = field(default_factory=dict)


def gather(db: sqlite3.Connection) -> Gathered:
    """Read all parties and all lists of persons into forms."""
    signs: dict[tuple[int, str], _Sign] = {}
    for document, role, source, name, office in db.execute(
        "SELECT document, role, source, name, office FROM signs"
    ):
        known = signs.get((document, role), _NO_SIGN)
        if source == "house":
            signs[document, role] = (known[0], known[1], office)
        else:
            signs[document, role] = (name, office, known[2])
    made = _Maker(_windows(db))
    for _, rows in groupby(db.execute(_PARTIES), key=lambda row: row[0]):
        made.document(list(rows), signs)
    made.lists(db)
    return made.gathered()


def _windows(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """First and last day that is trusted in each collection.

    A slip of the pen ("0201" for 1901) would stretch a tenure over centuries: days far outside the
    middle ninety-eight hundredths of a collection's documents prove nothing.
    """
    days: dict[str, list[str]] = defaultdict(list)
    for collection, day in db.execute(
        "SELECT collection, day FROM documents WHERE day IS NOT NULL ORDER BY day"
    ):
        days[collection].append(day)
    found = {}
    for collection, some in days.items():
        cut = len(some) // 100
        low, high = int(some[cut][:4]) - STRAY_YEARS, int(some[-1 - cut][:4]) + STRAY_YEARS
        found[collection] = (f"{max(low, 1):04d}", f"{high + 1:04d}")
    return found


class _Maker:
    """Counts the forms of names while it goes through the documents."""

    def __init__(self, windows: dict[str, tuple[str, str]]) -> None:
        self.windows = windows
        self.mentions: list[Mention] = []
        self.known: dict[_Said, _Known] = {}
        self.numbers: dict[tuple[str, str, str, str, str], int] = {}
        self.stats: list[list[int]] = []
        self.others: list[set[str]] = []
        self.single: list[bool] = []
        self.listed: list[Form] = []
        self.powers: list[tuple[str, str, int]] = []
        self.spoken: dict[str, dict[str, int]] = {}
        self.days: dict[str, int] = {}
        self.surnames: list[str] = []

    def document(self, rows: list[Row], signs: dict[tuple[int, str], _Sign]) -> None:
        """Take the parties of one document."""
        sides: dict[str, list[int]] = {"author": [], "recipient": []}
        roles = [row[1] for row in rows]
        for document, role, place, name, office, power, person, day, collection in rows:
            sign = signs.get((document, role), _NO_SIGN) if roles.count(role) == 1 else _NO_SIGN
            said = (collection, name, office, person, sign)
            form, held, signed = self.known.get(said) or self._learn(said)
            ordinal = self._ordinal(day, collection) if day else 0
            self.mentions.append(Mention(document, role, place, form, held, ordinal, signed))
            if form >= 0:
                sides[role].append(form)
                self._count(form, ordinal)
            year = int(day[:4]) if day else 0
            words = office or held.label
            spoken = in_year(power, year) if power else speaks_for(words, year)
            if spoken:
                if held.key:
                    times = self.spoken.setdefault(held.key, {})
                    times[spoken] = times.get(spoken, 0) + 1
                self.powers.append((spoken, role, document))
        writers, readers = sides["author"], sides["recipient"]
        if writers and readers:
            for here, there in ((writers, readers), (readers, writers)):
                others = [self.surnames[form] for form in there]
                for form in here:
                    self.others[form].update(others)

    def _count(self, form: int, ordinal: int) -> None:
        """Count a document for a form, and let its days reach to this one."""
        stat = self.stats[form]
        stat[2] += 1
        if ordinal:
            if not stat[0] or ordinal < stat[0]:
                stat[0] = ordinal
            if ordinal > stat[1]:
                stat[1] = ordinal

    def _learn(self, said: _Said) -> _Known:
        """Read what documents of a collection print of a party; most print it many times."""
        collection, name, office, person, (fuller, signed_office, house) = said
        if name and not office and not person and not fuller and has_office(name):
            name, office = "", name
        held = parse_office(office or signed_office or house)
        signed = not name and bool(fuller)
        words = name or fuller
        surname = parse_name(words).surname if words and not is_heading(words) else ""
        if not surname:
            number, signed = -1, False
        else:
            key = (collection, words, "" if signed else fuller, held.key, person)
            number = self.numbers.setdefault(key, len(self.stats))
            if number == len(self.stats):
                self.stats.append([0, 0, 0])
                self.others.append(set())
                self.single.append(held.single)
                self.surnames.append(surname)
        known = self.known[said] = (number, held, signed)
        return known

    def _ordinal(self, day: str, collection: str = "") -> int:
        """A day's number; 0 where there is none, or the collection does not reach so far."""
        if collection:
            first, beyond = self.windows.get(collection, ("", ""))
            if not first <= day < beyond:
                return 0
        if not day:
            return 0
        found = self.days.get(day)
        if found is None:
            found = self.days[day] = dt.date.fromisoformat(day).toordinal()
        return found

    def lists(self, db: sqlite3.Connection) -> None:
        """Take the entries of the sources' lists of persons."""
        spans = {
            id: (self._ordinal(first or ""), self._ordinal(last or ""))
            for id, first, last in db.execute("SELECT id, first, last FROM collections")
        }
        for id, collection, name, note, refs in db.execute(
            "SELECT id, collection, name, note, refs FROM persons ORDER BY collection, place"
        ):
            first, last = spans.get(collection, (0, 0))
            uris = tuple(ref for ref in json.loads(refs) if "://" in ref)
            if not one_line(name):
                continue
            self.listed.append(
                Form(
                    one_line(name), "", "", False, id, collection, first, last or first, 0,
                    listed=True, refs=uris, note=note,
                )
            )  # fmt: skip

    def gathered(self) -> Gathered:
        """All of it."""
        forms = []
        for (collection, name, fuller, office, person), n in self.numbers.items():
            first, last, times = self.stats[n]
            others = frozenset(self.others[n])
            single = self.single[n]
            forms.append(
                Form(name, fuller, office, single, person, collection, first, last, times, others)
            )
        return Gathered(self.mentions, forms + self.listed, self.powers, self.spoken)
