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

import msgspec

from regesta.describing.parties.offices import Office
from regesta.describing.persons.authorities import make_authorities
from regesta.describing.persons.tenures import Observation, holder_on, tenures_of
from regesta.describing.persons.values import Form
from regesta.edition.authorities.gathering import Gathered, Mention, gather
from regesta.edition.authorities.named import Named, decide_authorities, named_of
from regesta.edition.building.keys import sort_key
from regesta.edition.decisions import Decisions

_TABLES = (
    "authorities", "authority_names", "attributed", "entry_persons", "offices", "held", "tenures",
    "powers",
)  # fmt: skip
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
_encoder = msgspec.json.Encoder()


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


def _iso(ordinal: int) -> str | None:
    return dt.date.fromordinal(ordinal).isoformat() if ordinal else None


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
