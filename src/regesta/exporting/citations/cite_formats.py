"""Citations for programs: BibTeX, RIS and CSL-JSON of one entry, unknown fields left out."""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from regesta.documents import HistoricalDate

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
#: What BibTeX takes in no key.
_NO_KEY = re.compile(r"[^A-Za-z0-9:._-]")
_YEAR = re.compile(r"\b\d{4}\b")
_POINT = r"\d{4}(?:-\d\d){0,2}[?~%]?"
_BIBLATEX = re.compile(rf"{_POINT}(?:/(?:{_POINT}|\.\.)?)?|(?:\.\.)?/{_POINT}|\d{{2,3}}X{{1,2}}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the formats say of a document; "" and () for what is not known."""

    id: str
    authors: tuple[str, ...]
    recipients: tuple[str, ...]
    title: str
    container: str
    date: HistoricalDate | None
    kind: str
    number: str
    place: str
    publisher: str
    published: str
    pages: str
    which: str
    url: str
    language: str
    address: str = ""
    doubt: str = ""
    enclosing: str = ""


@cache
def _babel() -> dict[str, str]:
    path = resources.files("regesta.vocabularies") / "babel_languages.toml"
    return tomllib.loads(path.read_text("utf-8"))


def biblatex_date(date: HistoricalDate) -> str:
    """A date as biblatex reads it: a day, month or year, or two of them with a slash between.

    Sets and choices of EDTF, which it does not know, become the stretch from first to last.
    """
    if _BIBLATEX.fullmatch(date.edtf):
        return date.edtf
    if date.earliest == date.latest:
        return date.earliest or ""
    return f"{date.earliest or ''}/{date.latest or ''}"


def bibtex(entry: Entry) -> str:
    """Give an ``@incollection``; the day of the document is biblatex's ``origdate``."""
    year = _YEAR.search(entry.published)
    number = entry.number and f"no. {entry.number}"
    note = [entry.kind, number, entry.doubt, entry.enclosing, entry.which]
    language = entry.language.partition("-")[0].lower()
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in entry.authors),
        "title": f"{{{_latex(entry.title)}}}",
        "booktitle": _latex(entry.container),
        "publisher": _latex(entry.publisher),
        "address": _latex(entry.address),
        "year": year[0] if year else "",
        "origdate": biblatex_date(entry.date) if entry.date else "",
        "origlocation": _latex(entry.place),
        "pages": _latex(entry.pages).replace("–", "--"),
        "note": _latex(", ".join(filter(None, note))),
        "url": entry.url,
        "langid": _babel().get(language, ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@incollection{{{bibtex_key(entry.id)},", *lines, "}"])


def bibtex_key(id: str) -> str:
    """Give the key of a document, its own: the id with a colon for the slash."""
    return _NO_KEY.sub(lambda m: f"-{ord(m.group()):x}-", id.replace("/", ":"))


def ris(entry: Entry) -> str:
    """Give a RIS record of type CHAP, lines ended by a line feed.

    Recipient and place of writing stand in the note: of a chapter, programs take A4 (Zotero's own
    table of tags) for its translator, and CY for the town where the book was published.
    """
    date = entry.date
    first, _, last = entry.pages.partition("–")
    year = _YEAR.search(entry.published)
    day = (date.day or "").replace("-", "/") if date else ""
    to = f"to {', '.join(entry.recipients)}" if entry.recipients else ""
    own = (entry.doubt, entry.enclosing, entry.which)
    notes = (to, entry.place, *own, date.edtf if date else "")
    pairs = [
        ("TY", "CHAP"),
        ("ID", entry.id),
        *(("AU", f"{name},") for name in entry.authors),
        ("TI", entry.title),
        ("T2", entry.container),
        ("PB", entry.publisher),
        ("PY", year[0] if year else ""),
        ("DA", day or (f"{date.year}///" if date and date.year else "")),
        ("CY", entry.address),
        ("M3", entry.kind),
        ("M1", entry.number),
        ("SP", first),
        ("EP", last),
        ("N1", ", ".join(filter(None, notes))),
        ("LA", entry.language),
        ("UR", entry.url),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in pairs if value]
    return "\n".join([*lines, "ER  - "])


def csl_json(entry: Entry) -> str:
    """Give a JSON list of one CSL item."""
    return json.dumps([csl_item(entry)], ensure_ascii=False, indent=2)


def csl_item(entry: Entry) -> dict[str, Any]:
    """Give a CSL item; persons and offices as literal names."""
    item: dict[str, Any] = {
        "id": entry.id,
        "type": "personal_communication" if entry.recipients else "chapter",
        "author": [{"literal": name} for name in entry.authors],
        "recipient": [{"literal": name} for name in entry.recipients],
        "title": entry.title,
        "container-title": entry.container,
        "issued": _issued(entry.date),
        "event-place": entry.place,
        "genre": entry.kind,
        "number": entry.number,
        "publisher": entry.publisher,
        "publisher-place": entry.address,
        "page": entry.pages.replace("–", "-"),
        "note": ", ".join(filter(None, (entry.doubt, entry.enclosing, entry.which))),
        "language": entry.language,
        "URL": entry.url,
    }
    return {name: value for name, value in item.items() if value}


def _issued(date: HistoricalDate | None) -> dict[str, Any]:
    """CSL's date: parts of a day, month, year or of a range of days; else its EDTF as it stands."""
    if date is None:
        return {}
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", date.edtf):
        return {"date-parts": [[int(part) for part in date.edtf.split("-")]]}
    if date.day:
        return {"date-parts": [[int(part) for part in date.day.split("-")]], "circa": True}
    return {"raw": date.edtf}


def _latex(words: str) -> str:
    return "".join(_LATEX.get(character, character) for character in _line(words))


def _line(words: str) -> str:
    return " ".join(words.split())
