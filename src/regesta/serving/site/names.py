"""Which pages of the reading room become files, and what the files are called.

What comes in are addresses of the reading room; out go names of files, the same at every export,
of signs that every web host, archive and file system takes.
"""

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from regesta.documents.numbers import whole_number
from regesta.serving.pages.acts import ACTS_TABLE
from regesta.serving.pages.links import INDEX_PAGES

#: Beginnings of addresses whose pages become files; parameters that they may have.
#: The rest of the reading room asks a server: its links are taken out, and what held only them.
PAGES: dict[str, tuple[str, ...]] = {
    "": (), "about": (), "documents": (), "on": (), "collections": ("offset",),
    "threads": ("offset",), "compare": (), "map": (), "powers": ("offset",),
    "offices": ("offset", "begins"),
    "persons": ("offset", "begins", "role"), "silences": ("offset",),
    "acts": ("offset", "between", "actor", "addressee", "act", "group", "from", "to",
             "tier"),
    **dict.fromkeys(INDEX_PAGES.values(), ("offset", "begins")),
}  # fmt: skip
#: Acts of one choice that become pages: the ledger has many more choices than a site has room for.
MOST_ACTS = 250
_YEAR = re.compile(r"-?\d{4}\Z")
#: Downloads of a document that go with its page.
DOWNLOADS = (".txt", ".json", ".xml", ".bib", ".ris", ".csl")
#: Downloads that are left out: large, or the user's own files.
LEFT_OUT = (".source", ".jsonld", ".epub")
#: Bytes of one part of a name: names with an ending still fit where 255 is the most.
LONGEST = 150
_SAFE = re.compile(r"[^A-Za-z0-9._-]")
#: An address that is spelt in one way only, and whose parts are those of its file's name.
_PLAIN = re.compile(r"/(?!/)[A-Za-z0-9._/-]*\Z")
#: A dot that would hide a file, leave the folder, or be lost.
_DOT = re.compile(r"^\.|\.$")
#: Names that Windows keeps for its devices, with whatever ending.
_DEVICE = r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?![^./])"
_RESERVED = re.compile(rf"^(?={_DEVICE})(.)", re.I)
#: All of these in a path.
_HIDDEN = re.compile(rf"/\.|\./|\.$|/{_DEVICE}", re.I)


def part(text: str) -> str:
    """A part of a name: letters, digits, ``.``, ``_`` and ``-`` as they are, the rest ``~XX``."""
    if text.isalnum() and text.isascii() and 4 < len(text) <= LONGEST:
        return text
    spelt = _SAFE.sub(lambda m: "".join(f"~{byte:02X}" for byte in m.group().encode()), text)
    spelt = _RESERVED.sub(lambda m: f"~{ord(m[1]):02X}", _DOT.sub("~2E", spelt))
    if len(spelt) > LONGEST:
        spelt = f"{spelt[: LONGEST - 13]}~{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    return spelt


def normal(address: str) -> str:
    """An address without its anchor, its parameters in order and empty ones left out."""
    if address.startswith("/documents/"):  # a version and a passage need a server to be told of
        address = address.partition("#")[0].partition("?")[0]
    if _PLAIN.match(address):
        return address
    parts = urlsplit(address)
    pairs = sorted((k, v) for k, v in parse_qsl(parts.query) if v and (k, v) != ("offset", "0"))
    query = "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in pairs)
    path = quote(unquote(parts.path), safe="/")
    return f"{path}?{query}" if query else path


def file_of(address: str) -> str | None:
    """The file of a page or static file, by its normal address; None where it becomes none."""
    if _PLAIN.match(address):
        path, pairs = address, list[tuple[str, str]]()
    else:
        parts = urlsplit(address)
        path, pairs = unquote(parts.path), parse_qsl(parts.query)
    segments = path.strip("/").split("/")
    first = segments[0]
    if address == ACTS_TABLE:
        return ACTS_TABLE[1:]
    if first == "static":
        return "/".join(["static", *segments[2:]])
    if first not in PAGES or any(name not in PAGES[first] for name, _ in pairs):
        return None
    if first == "on" and len(segments) == 1:
        return None
    if first == "acts" and not _is_choice(pairs):
        return None
    if first == "documents":
        if segments[-1].endswith(LEFT_OUT):
            return None
        for suffix in DOWNLOADS:
            if segments[-1].endswith(suffix):
                return _spelt(path, segments)
    name = _spelt(path, segments) or "index"
    asked = "".join(f",{part(k)}={part(v)}" for k, v in pairs)
    if len(asked) > LONGEST:
        asked = f",{hashlib.sha256(asked.encode()).hexdigest()[:12]}"
    return f"{name}{asked}.html"


def _spelt(path: str, segments: list[str]) -> str:
    """The parts of a path as a name; most are one already."""
    if _PLAIN.match(path) and len(path) <= LONGEST and not _HIDDEN.search(path):
        return path.strip("/")
    return "/".join(map(part, segments))


def _is_choice(pairs: list[tuple[str, str]]) -> bool:
    """Whether acts are chosen by one thing: a name, two names, an act, a kind, a year or ten of
    them, how sure they are.
    """
    asked = dict(pairs)
    offset = whole_number(asked.pop("offset", "0"))
    if offset is None or offset >= MOST_ACTS:
        return False
    if "from" in asked or "to" in asked:
        first, last = asked.pop("from", ""), asked.pop("to", "")
        decade = first.endswith("0") and last == f"{first[:-1]}9"
        return not asked and (first == last or decade) and _YEAR.match(first) is not None
    many = sum(name != "offset" for name, _ in pairs)
    return len(asked) <= 1 and many <= (2 if "between" in asked else 1)


def is_download(address: str) -> bool:
    """Whether an address is a download that goes with a document's page, or with the ledger."""
    if address == ACTS_TABLE:
        return True
    return address.startswith("/documents/") and address.endswith(DOWNLOADS)
