"""An editor's corrections: `EDITION/decisions/*.toml` in, decisions out, applied at every build.

::

    [[document]]                          # what a document's fact should be; the old facts stay
    id = "frus1918Russiav03/d101"
    date = "1918-10-25"                   # EDTF
    sender = "Francis"                    # or {name = "…", office = "…"}, or a list of them
    why = "the heading has another day than the dateline"
    by = "M. K."

    [[merge]]                             # several authorities are one: the first keeps its id
    persons = ["kell-james", "kell-j"]

    [[split]]                             # a name was put under the wrong person
    person = "kell-james"
    name = "Kell"
    collection = "papers1870"

    [[rename]]
    person = "kell-james"
    name = "Kell, James Robert"

    [[dismiss]]                           # a finding of the audit is none
    document = "frus1918Russiav03/d101"
    finding = "date.weekday"

    [[act]]                               # a row of the ledger of acts is none, or another
    document = "frus1918Russiav03/d101"
    words = "refuses to receive the note"
    reject = true                         # or actor = "…", becomes = "postpone", …

A malformed decision is named with its file and line, and the others hold.
"""

import re
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from regesta.documents import Document, Fact, FactValue, Party, Place, Subject, parse_edtf

FOLDER = "decisions"
#: What a document's decision may set besides its date.
_WORDS = ("kind", "number", "file_number", "language", "title", "summary")
_FIELDS = ("date", "received", "place", "sender", "recipient", "subject", *_WORDS)
_ABOUT = ("why", "by", "on")
_HEADER = re.compile(r"^\s*\[\[\s*([\w\"'-]+)\s*\]\]", re.M)
_PARTY = ("name", "office", "power", "person")
#: What a decision may set of an act.
ACT_FIELDS = ("becomes", "actor", "addressee", "about", "polarity", "modality")
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "document": (("id",), _FIELDS),
    "merge": (("persons",), ()),
    "split": (("person", "name"), ("collection", "office", "into")),
    "rename": (("person", "name"), ()),
    "dismiss": (("finding",), ("document", "words")),
    "act": (("document", "words"), ("act", "reject", *ACT_FIELDS)),
}


class Where(NamedTuple):
    """Where a decision stands: the file's name and its line."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{FOLDER}/{self.file}: line {self.line}"


@dataclass(frozen=True, slots=True)
class DocumentDecision:
    """Facts that an editor decided of a document."""

    where: Where
    id: str
    facts: tuple[Fact, ...]

    @property
    def digest(self) -> str:
        """Changes when what is decided does."""
        return f"{zlib.crc32(msgspec.msgpack.encode(self.facts)):08x}"


@dataclass(frozen=True, slots=True)
class NameDecision:
    """A decision on authorities: ``kind`` is merge, split or rename; the rest as in the file."""

    where: Where
    kind: str
    persons: tuple[str, ...]
    name: str = ""
    collection: str = ""
    office: str = ""
    into: str = ""
    why: str = ""


class Dismissal(NamedTuple):
    """A finding of the audit that an editor holds to be none."""

    finding: str
    document: str
    words: str
    why: str = ""


class ActDecision(NamedTuple):
    """An act that an editor rejects or amends.

    Attributes:
        where: Where the decision stands.
        document: Whose act it is.
        words: Words of the act, on one line.
        act: What it was found as, where the words show several; "" any.
        rejected: It is none.
        changes: What it is instead, of :data:`ACT_FIELDS`.
        why: For the reader.
    """

    where: Where
    document: str
    words: str
    act: str = ""
    rejected: bool = False
    changes: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(slots=True)
class Decisions:
    """All decisions of an edition, in the order of files and lines, and what is wrong with some."""

    documents: dict[str, list[DocumentDecision]] = field(default_factory=dict)
    names: list[NameDecision] = field(default_factory=list)
    dismissed: list[Dismissal] = field(default_factory=list)
    acts: list[ActDecision] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def facts(self, id: str) -> tuple[Fact, ...]:
        """What is decided of a document; of two decisions on one field the later holds."""
        found: dict[str, list[Fact]] = {}
        for decision in self.documents.get(id, ()):
            fresh: dict[str, list[Fact]] = {}
            for fact in decision.facts:
                fresh.setdefault(fact.field, []).append(fact)
            found |= fresh
        return tuple(fact for facts in found.values() for fact in facts)

    def digest(self, id: str) -> str:
        """Changes when what is decided of a document does; "" where nothing is."""
        return "-".join(decision.digest for decision in self.documents.get(id, ()))


def read_decisions(folder: Path) -> Decisions:
    """Read an edition's decisions.

    Args:
        folder: The edition; a missing folder of decisions has none.

    Returns:
        Those that can be read; every other has a warning with file, line and mend.
    """
    decisions = Decisions()
    for path in sorted((folder / FOLDER).glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8-sig")  # as some editors write it
            said = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            where = Where(path.name, int(place[1]) if place else text.rstrip().count("\n") + 1)
            reason = str(error).partition(" (at")[0]
            decisions.warnings.append(f"{where}: is no TOML: {reason}; the file is passed over")
            continue
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is no UTF-8"
            decisions.warnings.append(f"{FOLDER}/{path.name}: cannot be read: {reason}")
            continue
        _read_file(path.name, text, said, decisions)
    return decisions


def _read_file(name: str, text: str, said: dict[str, Any], decisions: Decisions) -> None:
    lines: dict[str, list[int]] = {}
    for header in _HEADER.finditer(text):
        line = text.count("\n", 0, header.start(1)) + 1
        lines.setdefault(header[1].strip("\"'"), []).append(line)
    for kind, tables in said.items():
        known = kind in _KEYS
        if not known or not isinstance(tables, list):
            line = lines.get(kind, [_line_of(text, kind)])[0]
            near = get_close_matches(kind, _KEYS, n=1)
            hint = f"; did you mean [[{near[0]}]]?" if near else f"; known: {', '.join(_KEYS)}"
            hint = hint if not known else f"; write [[{kind}]]"
            decisions.warnings.append(f"{Where(name, line)}: no decision is called {kind!r}{hint}")
            continue
        for i, table in enumerate(tables):
            where = Where(name, lines[kind][i] if i < len(lines.get(kind, ())) else 1)
            try:
                _take(where, kind, table, decisions)
            except ValueError as error:
                decisions.warnings.append(f"{where}: {error}; the decision is passed over")


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"^\s*\[?\s*{re.escape(key)}\b", text, re.M)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _take(where: Where, kind: str, table: object, decisions: Decisions) -> None:
    if not isinstance(table, dict):
        raise ValueError(f"[[{kind}]] must be a table")
    needed, further = _KEYS[kind]
    for key in needed:
        if key not in table:
            raise ValueError(f"[[{kind}]] needs {key} = …")
    for key in table:
        if key not in (*needed, *further, *_ABOUT):
            near = get_close_matches(key, (*needed, *further, *_ABOUT), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ValueError(f"[[{kind}]] has no {key!r}{hint}")
    said = {key: _text(key, table[key]) for key in _ABOUT if key in table}
    if kind == "document":
        decision = _document(where, table, said)
        decisions.documents.setdefault(decision.id, []).append(decision)
    elif kind == "dismiss":
        which = {k: _text(k, table.get(k, "")) for k in ("finding", "document", "words")}
        decisions.dismissed.append(Dismissal(**which, why=said.get("why", "")))
    elif kind == "act":
        decisions.acts.append(_act(where, table, said))
    else:
        persons = table.get("persons", [table.get("person")])
        if not isinstance(persons, list) or not all(isinstance(p, str) and p for p in persons):
            raise ValueError("persons must be a list of ids in quotation marks")
        if kind == "merge" and len(set(persons)) < 2:
            raise ValueError("a merge needs two persons or more")
        words_of = {
            k: _text(k, table[k]) for k in ("name", "collection", "office", "into") if k in table
        }
        decisions.names.append(
            NameDecision(where, kind, tuple(persons), why=said.get("why", ""), **words_of)
        )


def _act(where: Where, table: dict[str, Any], said: dict[str, str]) -> ActDecision:
    from regesta.describing.acts.lexicon import kinds
    from regesta.edition.acts.asked import CLOSED

    changes = {key: _text(key, table[key]) for key in ACT_FIELDS if key in table}
    rejected = table.get("reject", False)
    if not isinstance(rejected, bool):
        raise ValueError("reject must be true or false, without quotation marks")
    if rejected == bool(changes):
        raise ValueError(f"set either reject = true or some of {', '.join(ACT_FIELDS)}")
    known = {"becomes": tuple(kinds()), "act": tuple(kinds()), **CLOSED}
    act = _text("act", table.get("act", ""))
    for key, value in {**changes, **({"act": act} if act else {})}.items():
        if key in known and value not in known[key]:
            near = get_close_matches(value, known[key], n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known[key])}"
            raise ValueError(f"{key} = {value!r} is none; {hint}")
    words = " ".join(_filled("words", table["words"]).split())
    document = _text("document", table["document"])
    return ActDecision(
        where, document, words, act, rejected, tuple(changes.items()), said.get("why", "")
    )


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key} must be words in quotation marks, not {value!r}")
    return value


def _document(where: Where, table: dict[str, Any], said: dict[str, str]) -> DocumentDecision:
    rule = ", ".join(said[key] for key in ("why", "by", "on") if said.get(key)) or str(where)
    facts: list[Fact] = []
    for name in _FIELDS:
        if name in table:
            values = table[name] if isinstance(table[name], list) else [table[name]]
            if not values:
                raise ValueError(f"{name} is empty; a decision can set a value, not take one away")
            if len(values) > 1 and name not in ("sender", "recipient", "subject"):
                raise ValueError(f"{name} can have one value only")
            facts += [Fact(name, _MAKERS[name](name, v), "decided", rule) for v in values]
    if not facts:
        raise ValueError(f"decides nothing; set one of {', '.join(_FIELDS)}")
    return DocumentDecision(where, _text("id", table["id"]), tuple(facts))


def _date(name: str, value: object) -> FactValue:
    text = value if isinstance(value, str) else str(value)
    date = parse_edtf(text)
    if date is None:
        raise ValueError(f'{name} = {text!r} is no date in EDTF, such as "1918-10-25"')
    return date


def _party(name: str, value: object) -> FactValue:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, dict) or not value:
        raise ValueError(f'{name} must be a name or {{name = "…", office = "…"}}')
    for key in value:
        if key not in _PARTY:
            raise ValueError(f"{name} has no {key!r}; it may have {', '.join(_PARTY)}")
    party = Party(**{key: _text(f"{name}.{key}", words).strip() for key, words in value.items()})
    if not party.label:
        raise ValueError(f"{name} has neither name nor office nor power")
    return party


def _place(name: str, value: object) -> FactValue:
    if isinstance(value, dict):
        numbers = {k: value[k] for k in ("latitude", "longitude") if k in value}
        if not all(isinstance(n, int | float) for n in numbers.values()):
            raise ValueError(f"{name}: latitude and longitude must be degrees")
        words = {k: _text(f"{name}.{k}", value[k]) for k in ("name", "ref") if k in value}
        if not words.get("name"):
            raise ValueError(f"{name} needs a name")
        ref, north, east = words.get("ref", ""), numbers.get("latitude"), numbers.get("longitude")
        return Place(words["name"], north, east, ref)
    return Place(_filled(name, value))


def _subject(name: str, value: object) -> FactValue:
    *path, label = _filled(name, value).split(": ")
    return Subject(label, tuple(path))


def _filled(name: str, value: object) -> str:
    words = _text(name, value).strip()
    if not words:
        raise ValueError(f"{name} is empty; a decision can set a value, not take one away")
    return words


#: The rule of a printed heading that stands beside a decided title.
_HEADING = "printed heading"
_MAKERS: dict[str, Callable[[str, object], FactValue]] = {
    "date": _date, "received": _date, "place": _place, "sender": _party, "recipient": _party,
    "subject": _subject, **dict.fromkeys(_WORDS, _filled),
}  # fmt: skip


def decided(document: Document, facts: tuple[Fact, ...]) -> Document:
    """A document with what is decided of it now; the facts of earlier decisions leave it.

    A decided title is what the document is called; the printed heading stays in its text and beside
    the title, and is its heading again when the decision goes.
    """
    kept = [fact for fact in document.facts if fact.origin != "decided"]
    printed = _printed_heading(document)
    kept = [fact for fact in kept if fact.rule != _HEADING]
    title = next((str(fact.value) for fact in facts if fact.field == "title"), "")
    if title and printed:
        kept.append(Fact("title", printed, "given", _HEADING))
    return msgspec.structs.replace(document, facts=(*facts, *kept), heading=title or printed)


def _printed_heading(document: Document) -> str:
    """The heading of the source, where an earlier decision put another in its place."""
    for fact in document.facts:
        if fact.rule == _HEADING:
            return str(fact.value)
    named = any(fact.origin == "decided" and fact.field == "title" for fact in document.facts)
    return "" if named else document.heading
