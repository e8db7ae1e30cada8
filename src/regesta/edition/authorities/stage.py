"""Persons, offices and powers over all collections: the record's parties in, its authorities out.

This runs at the end of every build over the whole record, and writes the tables ``authorities``,
``authority_names``, ``attributed``, ``entry_persons``, ``offices``, ``held``, ``tenures`` and
``powers``.
"""

import datetime as dt
import gc
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import msgspec

from regesta.describing.parties.names import has_office
from regesta.describing.parties.offices import Office, parse_office
from regesta.describing.persons.authorities import make_authorities, preferred
from regesta.describing.persons.names import is_heading, parse_name
from regesta.describing.persons.tenures import Observation, holder_on, tenures_of
from regesta.describing.persons.values import Authority, Form
from regesta.describing.powers.states import in_year, speaks_for
from regesta.documents.ids import label_id, one_line
from regesta.edition.building.keys import sort_key
from regesta.edition.building.rows import Row
from regesta.edition.decisions import Decisions, decide_authorities

_TABLES = (
    "authorities", "authority_names", "attributed", "entry_persons", "offices", "held", "tenures",
    "powers",
)  # fmt: skip
_PARTIES = (
    "SELECT p.document, p.role, p.place, p.name, p.office, p.power, p.person, d.day, d.collection "
    "FROM parties p JOIN documents d ON d.n = p.document ORDER BY p.document, p.role, p.place"
)
#: Persons who are named under an entry of the authors or recipients.
MOST_PERSONS = 24
_ENTRY_PERSONS = """
INSERT INTO entry_persons SELECT * FROM (
  SELECT p.role, p.key,
    row_number() OVER (
      PARTITION BY p.role, p.key ORDER BY count(DISTINCT p.document) DESC, t.authority
    ) AS place,
    t.authority, count(DISTINCT p.document)
  FROM parties p JOIN attributed t USING (document, role, place)
  WHERE p.key <> '' GROUP BY p.role, p.key, t.authority
) WHERE place <= ?
"""
#: A tenure that stands on less than this confidence is not said.
SURE = 0.93
#: A document dated so many years outside the middle of its collection proves no tenure.
STRAY_YEARS = 3
_Sign = tuple[str, str, str]
_NO_SIGN: _Sign = ("", "", "")
#: Collection, name, office, person and sign of a party; and its form, its office, whether signed.
_Said = tuple[str, str, str, str, _Sign]
_Known = tuple[int, Office, bool]
_encoder = msgspec.json.Encoder()


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


def make(db: sqlite3.Connection, decisions: Decisions) -> list[str]:
    """Make the tables of authorities of a record anew.

    Args:
        db: The draft's connection, all documents in it.
        decisions: An editor's; merged, split and renamed as they say.

    Returns:
        Warnings: decisions that name an authority which is not there.
    """
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")
    # Hundreds of thousands of small values without a cycle among them: looking for cycles would
    # take half of the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        gathered = gather(db)
        found = named_of(make_authorities(gathered.forms), gathered.forms)
        named, warnings = decide_authorities(found, gathered.forms, decisions)
        _write(db, gathered, named)
    finally:
        if enabled:
            gc.enable()
    return warnings


def now() -> str:
    """The time of a build, as the record keeps it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


# Gathering.


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


# Naming.


@dataclass(slots=True)
class Named:
    """An authority with the id and the label it has in the edition."""

    id: str
    label: str
    kind: str
    authority: Authority


def named_of(found: Iterable[Authority], forms: Sequence[Form]) -> list[Named]:
    """Give each authority its label and an id of its own.

    Of several with one label the one that most documents name has the plain id; the others' ends
    in the year of their first document, so that it stays the same when others come and go.
    """
    made = [Named("", *preferred(authority, forms), authority) for authority in found]
    groups: dict[str, list[Named]] = defaultdict(list)
    for named in made:
        groups[label_id(named.label)].append(named)
    taken = set(groups)
    for id, some in groups.items():
        some.sort(key=lambda n: _weight(n.authority, forms))
        some[0].id = id
        for named in some[1:]:
            year = f"-{_year(named.authority.first)}" if named.authority.first else ""
            made_id, again = f"{id}{year}" if year else f"{id}-2", 2
            while made_id in taken:
                made_id, again = f"{id}{year}-{again}", again + 1
            named.id = made_id
            taken.add(made_id)
    return made


def _weight(authority: Authority, forms: Sequence[Form]) -> tuple[int, int, str]:
    times = sum(forms[i].times for i in authority.forms)
    return -times, authority.first, authority.shown


def _year(ordinal: int) -> str:
    return f"{dt.date.fromordinal(ordinal).year:04d}"


def _iso(ordinal: int) -> str | None:
    return dt.date.fromordinal(ordinal).isoformat() if ordinal else None


# Writing.


def _write(db: sqlite3.Connection, gathered: Gathered, named: list[Named]) -> None:
    named.sort(key=lambda n: (sort_key(n.label), n.id))
    of_form = {form: k for k, n in enumerate(named) for form in n.authority.forms}
    offices: dict[str, Office] = {}
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[str, list[Observation]] = defaultdict(list)
    for m in gathered.mentions:
        if not m.office.key:
            continue
        offices.setdefault(m.office.key, m.office)
        labels[m.office.key][m.office.label] += 1
        if m.form >= 0 and m.day and m.office.single:
            seen[m.office.key].append(Observation(m.day, str(of_form[m.form]), m.document))
    for some in seen.values():
        some.sort()
    attributed = list(_attributions(gathered.mentions, of_form, seen))
    _insert_authorities(db, gathered.forms, named, attributed)
    _insert(db, "attributed", 6, attributed)
    db.execute(_ENTRY_PERSONS, (MOST_PERSONS,))
    _insert_offices(db, offices, labels, gathered.spoken)
    _insert_tenures(db, seen, offices)
    _insert(db, "powers", 3, sorted(gathered.powers))


def _insert(
    db: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * columns)
    db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


_Attribution = tuple[int, str, int, int, str, float]


def _attributions(
    mentions: Iterable[Mention], of_form: dict[int, int], seen: dict[str, list[Observation]]
) -> Iterable[_Attribution]:
    """Who each party is: by its name, by the signature, or by who held the office that day."""
    asked: dict[tuple[str, int], tuple[int, float] | None] = {}
    for m in mentions:
        if m.form >= 0:
            rule = "signature" if m.signed else "name"
            yield m.document, m.role, m.place, of_form[m.form], rule, 0.98 if m.signed else 1.0
        elif m.day and m.office.single and m.office.key in seen:
            key = (m.office.key, m.day)
            if key not in asked:
                holding = holder_on(seen[m.office.key], m.day, acting=m.office.acting)
                sure = holding is not None and holding.confidence >= SURE
                asked[key] = (int(holding.who), holding.confidence) if holding and sure else None
            if (answer := asked[key]) is not None:
                yield m.document, m.role, m.place, answer[0], "tenure", answer[1]


def _insert_authorities(
    db: sqlite3.Connection,
    forms: Sequence[Form],
    named: Sequence[Named],
    attributed: Iterable[_Attribution],
) -> None:
    tally: Counter[tuple[int, str]] = Counter()
    for _, role, _, who, rule, _ in attributed:
        tally[who, "by office" if rule == "tenure" else role] += 1
    rows, names = [], []
    for k, one in enumerate(named):
        some = [forms[i] for i in one.authority.forms]
        refs = dict.fromkeys(uri for f in some for uri in (*f.refs, f.person) if "://" in uri)
        used = [f for f in some if f.times]
        first = min((f.first for f in used if f.first), default=0)
        last = max((f.last for f in used), default=0)
        rows.append(
            (
                k, one.id, one.kind, one.label, sort_key(one.label), k, _iso(first), _iso(last),
                tally[k, "author"], tally[k, "recipient"], tally[k, "by office"],
                json.dumps(list(refs)), "; ".join(_notes(some)),
                _encoder.encode(one.authority.reasons).decode(),
            )
        )  # fmt: skip
        some.sort(key=lambda f: (-f.times, f.collection, f.name, f.fuller, f.office))
        names += [
            (
                k, place, f.name, f.fuller, f.office, f.collection, f.person if f.listed else "",
                f.times, None if f.listed else _iso(f.first), None if f.listed else _iso(f.last),
            )
            for place, f in enumerate(some)
        ]  # fmt: skip
    _insert(db, "authorities", 14, rows)
    _insert(db, "authority_names", 10, names)


def _notes(forms: Iterable[Form]) -> list[str]:
    """What lists say, each once: a full stop makes no other note."""
    found: dict[str, str] = {}
    for form in forms:
        if form.note:
            note = form.note.rstrip(" .")
            found.setdefault(note.casefold(), note)
    return list(found.values())


def _insert_offices(
    db: sqlite3.Connection,
    offices: dict[str, Office],
    labels: dict[str, Counter[str]],
    spoken: dict[str, dict[str, int]],
) -> None:
    rows = []
    for key, office in offices.items():
        label = min(labels[key], key=lambda words: (-labels[key][words], words))
        times = sum(labels[key].values())
        powers = spoken.get(key)
        power = min(powers, key=lambda name: (-powers[name], name)) if powers else ""
        rows.append((key, label, power, office.acting, office.single, times))
    _insert(db, "offices", 6, sorted(rows))


def _insert_tenures(
    db: sqlite3.Connection, seen: dict[str, list[Observation]], offices: dict[str, Office]
) -> None:
    held, tenures = [], []
    for key in sorted(seen):
        held += [(key, o.day, o.document, int(o.who)) for o in seen[key]]
        for place, t in enumerate(tenures_of(seen[key], acting=offices[key].acting)):
            tenures.append(
                (
                    key, place, int(t.who), _iso(t.first.day), _iso(t.last.day), t.documents,
                    t.gap, t.first.document, t.last.document,
                )
            )  # fmt: skip
    _insert(db, "held", 4, held)
    _insert(db, "tenures", 9, tenures)
