"""The audit as it is asked: looked through once a build, kept beside the record, then instant.

`audit.sqlite` holds what was found in the state of a build by the rules of a version; any program
can open it. Where the folder cannot be written, the findings are kept in memory.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regesta.auditing.base import Finding
from regesta.auditing.registry import Auditors
from regesta.documents import Value
from regesta.edition.audit.decisions import Dismissals, stamp
from regesta.edition.audit.desk import EditionDesk
from regesta.edition.audit.stage import fill, state_of, write_findings
from regesta.edition.audit.store import COLUMNS, FILE, TABLES, of_row
from regesta.edition.decisions import Dismissal
from regesta.edition.kept import open_kept
from regesta.edition.late import LateShelf, Progress
from regesta.edition.record.shelf import Shelf
from regesta.edition.record.store import Record
from regesta.edition.results import FacetCount
from regesta.errors import UnknownValue
from regesta.vocabularies import vocabulary

#: What is at least so sure is called so.
BANDS = (("certain", 0.9), ("probable", 0.7), ("possible", 0.0))
STATES = ("open", "dismissed", "all")
#: Answers that are kept for the next page of the same question.
KEPT = 64


class AuditFinding(Value, frozen=True):
    """A finding as the audit shows it.

    Attributes:
        finding: What was found.
        label: What the document is called: its heading on one line.
        dismissed: The editor's decision, or None.
    """

    finding: Finding
    label: str = ""
    dismissed: Dismissal | None = None


class AuditResult(Value, frozen=True):
    """What the audit answers.

    Attributes:
        total: Findings that match.
        open, dismissed: Findings of the whole edition, whatever is asked.
        documents: Documents that were looked through.
        findings: The page asked for, most certain first.
        facets: "kind", "collection", "confidence" and "state": counts of what the other filters
            leave.
        looked_at: What was looked at, in words.
        stale: Dismissals whose finding is no longer there.
    """

    total: int
    open: int
    dismissed: int
    documents: int
    findings: tuple[AuditFinding, ...] = ()
    facets: dict[str, tuple[FacetCount, ...]] = {}
    looked_at: tuple[str, ...] = ()
    stale: int = 0


@dataclass(frozen=True, slots=True)
class _Light:
    """What is filtered by; the rest is fetched for the page alone."""

    rank: int
    id: str
    document: str
    collection: str
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Read:
    """All findings as they are filtered by, once they have been read."""

    light: list[_Light]
    by_document: dict[str, list[_Light]]
    kinds: set[str]


def kind_words() -> dict[str, dict[str, str]]:
    """Names of kinds: "labels", "headlines" and "fields", each kind → words."""
    return vocabulary("audit_kinds")


def kind_label(kind: str) -> str:
    """What a kind is called in a list; a plug-in's by its own words."""
    return kind_words()["labels"].get(kind) or kind.replace(".", ": ").replace("-", " ")


def band(confidence: float) -> str:
    """How sure a finding is, in a word."""
    return next(name for name, least in BANDS if confidence >= least)


#: What is asked: under which decisions, kinds, collections, confidence, document, state; and what
#: is answered.
_Key = tuple[str, tuple[str, ...], tuple[str, ...], float, str, str]
_Answer = tuple["array[int]", dict[str, tuple[FacetCount, ...]]]


class AuditShelf(LateShelf):
    """The audit of one open edition; safe to share between threads.

    Args:
        folder: The edition.
        record: Its record.
        shelf: Its documents.
    """

    _tables, _file = TABLES, FILE

    def __init__(self, folder: Path, record: Record, shelf: Shelf) -> None:
        super().__init__(folder, record, state_of(record))
        self._shelf = shelf
        self._read: _Read | None = None
        self._answers: dict[_Key, _Answer] = {}
        self._dismissed: tuple[str, dict[str, Dismissal], int] = ("", {}, 0)
        self._looked_at = tuple(Auditors(EditionDesk(record, shelf)).looked_at)

    @property
    def stamp(self) -> str:
        """A mark that changes when the findings are there, or when the file of decisions does."""
        return f"{self.ready} {stamp(self._folder)}"

    def look(self, progress: Progress | None = None, *, workers: int | None = None) -> None:
        """Look through the edition, unless it has been done in this state."""
        of = (self._folder, self._record, self._shelf)
        self._look(
            progress,
            lambda tell: write_findings(*of, progress=tell, workers=workers),
            lambda db, tell: fill(db, *of, progress=tell, workers=workers),
        )

    def _kept(self) -> sqlite3.Connection | None:
        return open_kept(self._folder / FILE, self._state)

    # Asking.

    def ask(
        self,
        *,
        kind: Sequence[str] = (),
        collection: Sequence[str] = (),
        confidence: float = 0.0,
        document: str = "",
        state: str = "open",
        limit: int = 50,
        offset: int = 0,
    ) -> AuditResult:
        """Give a page of findings; see :class:`regesta.edition.audit.part.Audit`."""
        if state not in STATES:
            raise UnknownValue(f"there is no state {state!r}", f"it is one of {', '.join(STATES)}")
        self._check(kind, collection)
        decided, dismissals, stale = self._dismissals()
        key: _Key = (decided, tuple(kind), tuple(collection), confidence, document, state)
        answer = self._answers.get(key)
        if answer is None:
            if len(self._answers) >= KEPT:
                self._answers.clear()
            answer = self._answers[key] = self._answer(key, dismissals)
        matching, facets = answer
        page = matching[offset : offset + limit] if limit else []
        return AuditResult(
            total=len(matching),
            open=len(self._findings().light) - len(dismissals),
            dismissed=len(dismissals),
            documents=int(self._record.value("SELECT count(*) FROM documents") or 0),
            findings=self._page(page, dismissals),
            facets=facets,
            looked_at=self._looked_at,
            stale=stale,
        )

    def _findings(self) -> _Read:
        assert self._db is not None
        with self._asking:
            if self._read is None:
                rows = self._db.execute(
                    "SELECT rank, id, document, collection, kind, confidence FROM findings "
                    "ORDER BY rank"
                )
                light = [_Light(*row) for row in rows]
                by_document: dict[str, list[_Light]] = {}
                for one in light:
                    by_document.setdefault(one.document, []).append(one)
                kinds = {one.kind for one in light} | set(kind_words()["labels"])
                self._read = _Read(light, by_document, kinds)
            return self._read

    def _answer(self, key: "_Key", dismissals: dict[str, Dismissal]) -> "_Answer":
        """Ranks of the findings that match, and the counts of every facet."""
        _, kind, collection, confidence, document, state = key
        tests: dict[str, Callable[[_Light], bool]] = {
            "kind": lambda f: not kind or any(_is_kind(f.kind, k) for k in kind),
            "collection": lambda f: not collection or f.collection in collection,
            "confidence": lambda f: f.confidence >= confidence,
            "state": lambda f: state == "all" or (f.id in dismissals) == (state == "dismissed"),
        }
        read = self._findings()
        pool = read.by_document.get(document, []) if document else read.light
        matching = [f for f in pool if all(test(f) for test in tests.values())]
        return array("q", (f.rank for f in matching)), self._facets(pool, tests, dismissals)

    def _dismissals(self) -> tuple[str, dict[str, Dismissal], int]:
        """The stamp of the decisions, finding → what dismisses it, and decisions without a use."""
        assert self._db is not None
        now = stamp(self._folder)
        if self._dismissed[0] != now:
            read, found = Dismissals(self._folder), {}
            with self._asking:
                rows = self._db.execute("SELECT id, kind, document, words FROM findings").fetchall()
            for row in rows:
                dismissal = read.of(*row)
                if dismissal is not None:
                    found[row[0]] = dismissal
            self._dismissed = (now, found, read.unused)
        return self._dismissed

    def finding(self, id: str) -> Finding:
        """One finding. Raises UnknownValue."""
        rank = next((f.rank for f in self._findings().light if f.id == id), None)
        if rank is None:
            raise UnknownValue(f"the audit has no finding {id!r}", "regesta audit lists their ids")
        return self._page([rank], {})[0].finding

    def _check(self, kinds: Iterable[str], collections: Iterable[str]) -> None:
        known = self._findings().kinds
        for kind in kinds:
            if not any(_is_kind(name, kind) for name in known):
                fields = sorted({name.partition(".")[0] for name in known})
                raise UnknownValue(
                    f"there is no kind of finding {kind!r}",
                    f"a field or a kind: {', '.join(fields)}",
                )
        for id in collections:
            if self._record.row("SELECT 1 FROM collections WHERE id = ?", (id,)) is None:
                raise UnknownValue(f"no collection has the id {id!r}")

    def _page(
        self, ranks: Sequence[int], dismissals: dict[str, Dismissal]
    ) -> tuple[AuditFinding, ...]:
        assert self._db is not None
        found = []
        for rank in ranks:
            with self._asking:
                row = self._db.execute(
                    f"SELECT {COLUMNS} FROM findings WHERE rank = ?", (rank,)
                ).fetchone()
            finding = of_row(row)
            heading = self._record.value(
                "SELECT heading FROM documents WHERE id = ?", (finding.document,)
            )
            found.append(AuditFinding(finding, heading or "", dismissals.get(finding.id)))
        return tuple(found)

    def _facets(
        self,
        pool: Iterable[_Light],
        tests: dict[str, Callable[[_Light], bool]],
        dismissals: dict[str, Dismissal],
    ) -> dict[str, tuple[FacetCount, ...]]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in tests}
        for light in pool:
            passed = {name: test(light) for name, test in tests.items()}
            values = {
                "kind": light.kind,
                "collection": light.collection,
                "confidence": band(light.confidence),
                "state": "dismissed" if light.id in dismissals else "open",
            }
            for name, value in values.items():
                if all(ok for other, ok in passed.items() if other != name):
                    counts[name][value] += 1
        titles: dict[str, str] = dict(
            self._record.rows(
                "SELECT id, coalesce(nullif(short_title, ''), title) FROM collections"
            )
        )
        labels: dict[str, Callable[[str], str]] = {
            "kind": kind_label, "collection": lambda id: str(titles.get(id, id)),
        }  # fmt: skip
        return {
            name: tuple(
                FacetCount(value, times, labels.get(name, str)(value))
                for value, times in sorted(found.items(), key=lambda item: (-item[1], item[0]))
            )
            for name, found in counts.items()
        }


def _is_kind(kind: str, asked: str) -> bool:
    return kind == asked or kind.startswith(f"{asked}.")
