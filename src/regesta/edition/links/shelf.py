"""The links as they are asked for: made once a build, kept beside the record, then instant.

Where the folder cannot be written, or another process is writing, they are kept in memory.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from regesta.documents.base import Value
from regesta.documents.numbers import whole_number
from regesta.edition.kept import open_kept
from regesta.edition.late import LateShelf, Progress
from regesta.edition.links import lists
from regesta.edition.links.lists import ConversationResult, SilenceResult
from regesta.edition.links.stage import fill, state_of, write_links
from regesta.edition.links.store import COLUMNS, FILE, TABLES, StoredLink, of_row
from regesta.edition.record.store import Record

#: Kinds of links of our own; plug-ins may add others.
KINDS = (
    "reference", "reply", "continuation", "enclosure", "forwarding", "quotation", "duplicate",
    "counterpart",
)  # fmt: skip
#: How references stand, the best first.
STANDINGS = ("asserted", "candidate", "absent", "not printed", "open")
#: Documents whose links are kept open after they were asked for.
_KEPT = 32
_LINKS = f"SELECT {COLUMNS} FROM links"


class Step(Value, frozen=True):
    """One document of a thread.

    Attributes:
        document: Its id.
        answers: Documents that it answers, each with the days between or None.
        continues: Documents that it continues.
    """

    document: str
    answers: tuple[tuple[str, int | None], ...] = ()
    continues: tuple[str, ...] = ()


class ThreadOfDocuments(Value, frozen=True):
    """Documents that answer and continue one another, by date; ``id`` is that of the first."""

    id: str
    steps: tuple[Step, ...]


class SharedPassage(Value, frozen=True):
    """A passage that stands in two documents.

    Attributes:
        here, there: Where it stands in the first and in the second, in code points.
        identity: Share of letters that agree, 0 to 1.
        form: quotation, enclosure, duplicate, draft, treaty clause or formula.
        later: Id of the document that came second, or "".
        reason: What tells so.
    """

    here: tuple[int, int]
    there: tuple[int, int]
    identity: float
    form: str
    later: str = ""
    reason: str = ""


class LinkShelf(LateShelf):
    """The links of one open edition; safe to share between threads.

    Args:
        folder: The edition.
        record: Its record.
    """

    _tables, _file = TABLES, FILE

    def __init__(self, folder: Path, record: Record) -> None:
        super().__init__(folder, record, state_of(record))
        # What is kept never changes; a page and its downloads ask for the same links.
        self._lately: dict[str, list[StoredLink]] = {}

    def look(
        self,
        progress: Progress | None = None,
        *,
        workers: int | None = None,
        engine: str = "duckdb",
    ) -> None:
        """Link the edition, unless it has been done in this state."""
        of = (self._folder, self._record)
        self._look(
            progress,
            lambda tell: write_links(*of, progress=tell, workers=workers, engine=engine),
            lambda db, tell: fill(db, *of, progress=tell, workers=workers),
        )

    def _kept(self) -> sqlite3.Connection | None:
        return open_kept(self._folder / FILE, self._state)

    # Asking.

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        assert self._db is not None
        with self._asking:
            return self._db.execute(sql, tuple(values)).fetchall()

    def _value(self, sql: str, values: Sequence[object] = ()) -> int:
        found = self._rows(sql, values)
        return int(str(found[0][0] or 0)) if found else 0

    def links(
        self,
        *,
        document: str = "",
        target: str = "",
        kind: Sequence[str] = (),
        standing: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[StoredLink]:
        """Links from a document, to a document, or all, in the order of the documents' words."""
        alone = document if not (target or kind or standing or offset) and limit is None else ""
        lately = self._lately.get(alone)  # another thread may be clearing it
        if lately is not None:
            return list(lately)
        where, values = lists.clause({
            "document": (document,) if document else (), "target": (target,) if target else (),
            "kind": kind, "standing": standing,
        })  # fmt: skip
        page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
        if target:
            where += " AND target <> ''"  # so that SQLite sees that the index holds them all
        # Few links of one document: found by its index, then put in order ("+" says so).
        order = "+n" if document or target else "n"
        rows = self._rows(f"{_LINKS} {where} ORDER BY {order}{page}", values)
        found = [of_row(row) for row in rows]
        if alone:
            if len(self._lately) >= _KEPT:
                self._lately.clear()
            self._lately[alone] = found
        return list(found)

    def among(self, ids: Sequence[str], *, kind: str, standing: str) -> list[tuple[str, str]]:
        """Links of a kind between some documents: (document, target)."""
        marks = ", ".join("?" * len(ids))
        rows = self._rows(
            f"SELECT document, target FROM links WHERE document IN ({marks}) "
            f"AND target IN ({marks}) AND kind = ? AND standing = ? ORDER BY n",
            (*ids, *ids, kind, standing),
        )
        return [(str(document), str(target)) for document, target in rows]

    def count(self, *, kind: Sequence[str] = (), standing: Sequence[str] = ()) -> int:
        """How many links there are of some kinds and standings."""
        where, values = lists.clause({"kind": kind, "standing": standing})
        return self._value(f"SELECT count(*) FROM links {where}", values)

    def kinds(self) -> list[str]:
        """The kinds of links that there are, the commonest first."""
        rows = self._rows("SELECT kind FROM links GROUP BY kind ORDER BY count(*) DESC, kind")
        return [str(row[0]) for row in rows]

    def passages(self, a: str, b: str) -> list[SharedPassage]:
        """The passages that two documents share, in the order of the first."""
        columns = "a_start, a_stop, b_start, b_stop, edits, class, later, reason"
        found = []
        for first, second in ((a, b), (b, a)):
            rows = self._rows(
                f"SELECT {columns} FROM passages WHERE a = ? AND b = ?", (first, second)
            )
            for row in rows:
                s, e, t, f, edits = (int(str(value)) for value in row[:5])
                form, later, reason = map(str, row[5:])
                here, there = ((s, e), (t, f)) if first == a else ((t, f), (s, e))
                identity = round(1 - edits / max(1, e - s, f - t), 4)
                later = {"a": first, "b": second}.get(later, "")
                found.append(SharedPassage(here, there, identity, form, later, reason))
        return sorted(found, key=lambda one: (one.here, one.there))

    def thread(self, document: str) -> ThreadOfDocuments | None:
        """The thread in which a document stands, or None."""
        rows = self._rows("SELECT thread FROM threads WHERE document = ?", (document,))
        if not rows:
            return None
        thread = str(rows[0][0])
        members = [
            str(row[0])
            for row in self._rows(
                "SELECT document FROM threads WHERE thread = ? ORDER BY place", (thread,)
            )
        ]
        return ThreadOfDocuments(thread, tuple(self._step(id, set(members)) for id in members))

    def _step(self, document: str, members: set[str]) -> Step:
        links = self.links(document=document, kind=("reply", "continuation"))
        return Step(
            document=document,
            answers=tuple(
                (link.link.target, _days(link)) for link in links
                if link.link.kind == "reply" and link.link.target in members
            ),
            continues=tuple(
                link.link.target for link in links
                if link.link.kind == "continuation" and link.link.target in members
            ),
        )  # fmt: skip

    def conversations(
        self, *, answered: bool, wanted: Mapping[str, Sequence[str]], limit: int, offset: int
    ) -> ConversationResult:
        """A page of threads, or of what nobody answered: see :func:`lists.conversations`."""
        return lists.conversations(
            self._rows, answered=answered, wanted=wanted, limit=limit, offset=offset
        )

    def silences(
        self, *, wanted: Mapping[str, Sequence[str]], limit: int, offset: int
    ) -> SilenceResult:
        """A page of what is not here: see :func:`lists.silences`."""
        return lists.silences(self._rows, wanted=wanted, limit=limit, offset=offset)


def _days(link: StoredLink) -> int | None:
    days = link.link.evidence.get("days", "")
    number = whole_number(days.removeprefix("-"))
    return number if number is None or not days.startswith("-") else -number
