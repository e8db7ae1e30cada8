"""Findings that an editor has looked at and dismissed: `[[dismiss]]` in `EDITION/decisions/*.toml`.

Yours to edit and to keep under version control; read whenever the audit is asked. A finding is
named by its id, or by its kind or field with the document (and, if one likes, the words)::

    [[dismiss]]
    finding = "3f9a0c21d7be"
    document = "letters/d12"
    why = "so in the original; the clerk's own slip"

    [[dismiss]]
    finding = "party.signature"
    document = "letters/d14"
"""

import json
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path

from regesta.edition.decisions import FOLDER, Dismissal, read_decisions
from regesta.edition.writing import replace_file, writing
from regesta.errors import EditionError

FILE = "audit.toml"
_HEAD = (
    "# Findings of the audit that need no mending. Yours to edit; kept at every build.\n"
    "# A finding stays dismissed as long as its document, its kind and its words stay the same.\n"
)


def stamp(folder: Path) -> str:
    """A mark that changes when a file of decisions does."""
    try:
        with os.scandir(f"{folder}/{FOLDER}") as entries:
            found = sorted(
                (entry.name, entry.stat().st_mtime_ns)
                for entry in entries
                if entry.name.endswith(".toml")
            )
    except OSError:
        return ""
    return json.dumps(found) if found else ""


class Dismissals:
    """What an editor dismissed, ready to be held against findings.

    Args:
        folder: The edition; what is malformed there dismisses nothing (the build names it).
    """

    def __init__(self, folder: Path) -> None:
        self._by_name: dict[str, list[Dismissal]] = {}
        for dismissal in read_decisions(folder).dismissed:
            self._by_name.setdefault(dismissal.finding, []).append(dismissal)
        self._used: set[Dismissal] = set()

    def of(self, id: str, kind: str, document: str, words: str) -> Dismissal | None:
        """The decision that dismisses a finding, or None."""
        for name in (id, kind, kind.partition(".")[0]):
            for dismissal in self._by_name.get(name, ()):
                here = dismissal.document in ("", document)
                if here and dismissal.words in ("", words):
                    self._used.add(dismissal)
                    return dismissal
        return None

    @property
    def unused(self) -> int:
        """Decisions that have dismissed nothing: their finding is no longer there."""
        return sum(d not in self._used for found in self._by_name.values() for d in found)


def correction_lines(document: str, date: str, why: str) -> str:
    """The lines that decide a document's date, as they stand in a file of decisions."""
    said = [("id", document), ("date", date), ("why", why)]
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said]
    return "\n".join(["[[document]]", *lines, ""])


def dismissal_lines(finding: str, document: str, why: str) -> str:
    """The lines that dismiss a finding, as they stand in the file."""
    written: Iterable[tuple[str, str]] = [
        ("finding", finding), ("document", document), ("why", why),
    ]  # fmt: skip
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in written if value]
    return "\n".join(["[[dismiss]]", *lines, ""])


def dismiss(folder: Path, finding: str, document: str, why: str) -> Path:
    """Write a dismissal at the end of ``decisions/audit.toml``, made where it is not there.

    Raises:
        EditionError: The file is no TOML, or cannot be read or written.
    """
    path = folder / FOLDER / FILE
    try:
        path.parent.mkdir(exist_ok=True)
        with writing(folder):
            before = path.read_text(encoding="utf-8-sig") if path.exists() else _HEAD
            tomllib.loads(before)
            text = f"{before.rstrip()}\n\n{dismissal_lines(finding, document, why)}"
            replace_file(path, text)
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"{path}: {error}", "mend it, or move it away") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is no UTF-8"
        raise EditionError(f"{path}: cannot be written: {reason}") from None
    return path
