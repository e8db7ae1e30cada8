"""Described lines as a marked-up source: what they say is given, their text is stripped already."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from regesta.auditing.disagreement import Unit
from regesta.documents import Fact, Party, Place, parse_edtf
from regesta.errors import SourceError


def units_of_lines(path: Path) -> Iterator[Unit]:
    """Read lines of ``export --format jsonl``, or lines of the same form made elsewhere.

    What a line calls derived is not given: it would be compared with itself.

    Raises:
        SourceError: A line is no JSON object with a text; names the line.
    """
    try:
        with path.open("rb") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    yield _unit(path, n, line)
    except OSError as error:
        raise SourceError(f"{path}: {(error.strerror or str(error)).lower()}") from None


def _unit(path: Path, n: int, line: bytes) -> Unit:
    try:
        said = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise SourceError(f"line {n}: not JSON: {error}") from None
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        raise SourceError(f'line {n}: not a described line: it has no "text"')
    id = str(said.get("id") or f"{path.stem}/{n}")
    heading, text = said.get("heading") or "", said["text"]
    if isinstance(heading, str) and heading[:60] not in " ".join(text[:4000].split()):
        text = f"{heading}\n{text}"
    collection = said.get("collection") or path.stem
    return Unit(id, str(collection), "document", text, tuple(_facts(said)))


def _facts(said: dict[str, Any]) -> Iterator[Fact]:
    for field in ("date", "received"):
        value = _given(said.get(field))
        date = parse_edtf(str(value.get("edtf"))) if value else None
        if date is not None:
            printed = str(value.get("printed") or "")
            yield Fact(field, msgspec.structs.replace(date, printed=printed), "given", "line")
    for key, field in (("senders", "sender"), ("recipients", "recipient")):
        entries = said.get(key)
        for entry in entries if isinstance(entries, list) else ():
            value = _given({"name": entry} if isinstance(entry, str) else entry)
            name, office = (str(value.get(k) or "") for k in ("name", "office"))
            if name or office:
                yield Fact(field, Party(name=name, office=office), "given", "line")
    place = said.get("place")
    value = _given({"name": place} if isinstance(place, str) else place)
    if value.get("name"):
        yield Fact("place", Place(str(value["name"])), "given", "line")


def _given(value: Any) -> dict[str, Any]:
    """A value that a line gives; {} where it is none, or derived."""
    if not isinstance(value, dict) or value.get("origin") == "derived":
        return {}
    return value
