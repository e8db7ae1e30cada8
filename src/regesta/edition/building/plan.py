"""What a build has to do: the sources that are there against those of the last record."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from regesta.edition.building.pipeline import Job
from regesta.edition.record.store import Record
from regesta.edition.settings import FILE as SETTINGS_FILE
from regesta.reading.sources import SourceRef, Unread

DECISIONS = "decisions"
_SOURCES = "SELECT path, n, size, mtime_ns, sha256, status, documents FROM sources"


@dataclass(slots=True)
class Plan:
    """What is to be done.

    Attributes:
        jobs: Sources to read.
        last: Number that a job gets → number that its source has in the last record, or 0.
        gone: Numbers of sources that are no longer there.
        unread: What is no source, from the listing.
        state: What besides the sources decides what the edition says.
    """

    jobs: list[Job] = field(default_factory=list)
    last: dict[int, int] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    state: str = ""

    @property
    def empty(self) -> bool:
        """Whether no source has changed."""
        return not self.jobs and not self.gone

    def read(self, ref: SourceRef, *, last: int = 0, known: str = "") -> None:
        """Have a source read under a new number."""
        n = self.following
        self.jobs.append(Job(n, ref, known))
        self.last[n] = last
        self.following += 1

    following: int = 1


def make_plan(folder: Path, found: Sequence[SourceRef | Unread], last: Record | None) -> Plan:
    """Compare what is there with what was there when the last record was made.

    A source is read when its size or time of change differ, when it could not be reached, and,
    once anything has changed, when it had stood back for another source. A list of letters that
    makes no documents stands back for those beside it: nothing else can change that.
    """
    plan = Plan(unread=[item for item in found if isinstance(item, Unread)])
    rows = last.rows(_SOURCES) if last else []
    known = {row[0]: row[1:] for row in rows}
    plan.following = max((row[1] for row in rows), default=0) + 1
    stood_back: list[tuple[SourceRef, int, bool]] = []
    for ref in sorted((i for i in found if isinstance(i, SourceRef)), key=lambda ref: ref.path):
        n, size, mtime_ns, sha256, status, documents = known.pop(ref.path, (0, -1, -1, "", "", 0))
        if (size, mtime_ns) != (ref.size, ref.mtime_ns) or status == "unreachable":
            plan.read(ref, last=n, known=sha256 if status in ("read", "unread") else "")
        elif status in ("clash", "renamed"):
            stood_back.append((ref, n, status == "renamed" and not documents))
    plan.gone = [row[0] for row in known.values()]
    if not plan.empty:
        touched = {os.path.dirname(path) for path in (*known, *(j.ref.path for j in plan.jobs))}
        for ref, n, is_list in stood_back:
            if not is_list or os.path.dirname(ref.path) in touched:
                plan.read(ref, last=n)
    plan.state = _state(folder, plan.unread)
    return plan


def _state(folder: Path, unread: list[Unread]) -> str:
    decisions = sorted(path for path in (folder / DECISIONS).rglob("*") if path.is_file())
    return msgspec.json.encode(
        [
            (folder / SETTINGS_FILE).read_text(encoding="utf-8", errors="replace"),
            [[item.path, item.reason] for item in unread],
            [[path.name, path.read_text("utf-8", errors="replace")] for path in decisions],
        ]
    ).decode()
