"""`decisions/audit.toml`: findings that an editor has looked at and dismissed, each with a reason.

Yours to edit and to keep under version control; read whenever the audit is asked.

::

    [[dismissed]]
    finding = "3f9a0c21d7be"          # its id, as the audit shows it
    document = "letters/d12"          # for readers
    reason = "so in the original; the clerk's own slip"
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from regesta.documents import Value
from regesta.edition.plan import DECISIONS
from regesta.errors import EditionError

FILE = "audit.toml"
_HEAD = (
    "# Findings of the audit that need no mending. Yours to edit; kept at every build.\n"
    "# A finding stays dismissed as long as its document, its kind and its words stay the same.\n"
)


class Dismissal(Value, frozen=True):
    """A decision that a finding needs no mending.

    Attributes:
        finding: Id of the finding.
        reason: Why, in the editor's words.
        document: Id of the document, for readers of the file.
    """

    finding: str
    reason: str = ""
    document: str = ""


def read_dismissals(folder: Path) -> dict[str, Dismissal]:
    """Read an edition's dismissed findings, by their ids; a missing file dismisses none.

    Raises:
        EditionError: The file is no TOML, or an entry has no finding; names the place.
    """
    path = folder / DECISIONS / FILE
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EditionError(f"{path}: {error}", "mend it, or move it away") from None
    entries = said.get("dismissed", [])
    if not isinstance(entries, list):
        raise EditionError(f"{path}: dismissed must be [[dismissed]] tables")
    found = [_read(path, n, entry) for n, entry in enumerate(entries, 1)]
    return {dismissal.finding: dismissal for dismissal in found}


def _read(path: Path, n: int, entry: Any) -> Dismissal:
    if not isinstance(entry, dict) or not isinstance(entry.get("finding"), str):
        raise EditionError(
            f'{path}: dismissed entry {n} names no finding = "…"', "the audit shows each one's id"
        )
    words = {key: entry.get(key, "") for key in ("finding", "reason", "document")}
    if not all(isinstance(value, str) for value in words.values()):
        raise EditionError(f"{path}: dismissed entry {n}: values must be words in quotation marks")
    return Dismissal(**words)


def dismissal_lines(finding: str, document: str, reason: str) -> str:
    """The lines that dismiss a finding, as they stand in the file."""
    written = [("finding", finding), ("document", document), ("reason", reason)]
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in written
        if value or key != "document"
    ]
    return "\n".join(["[[dismissed]]", *lines, ""])


def dismiss(folder: Path, finding: str, document: str, reason: str) -> Path:
    """Write a dismissal at the end of the file, which is made where it is not there.

    Raises:
        EditionError: The file cannot be read or written.
    """
    read_dismissals(folder)
    path = folder / DECISIONS / FILE
    try:
        path.parent.mkdir(exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
        text = f"{before.rstrip()}\n\n{dismissal_lines(finding, document, reason)}"
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EditionError(f"{path}: cannot be written: {error.strerror}") from None
    return path
