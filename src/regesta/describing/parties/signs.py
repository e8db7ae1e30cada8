"""What a document's foot and dateline say of its parties: who signed, to whom, from which house.

A heading may print the office alone or the surname alone; the signature below has the name in full
("WILLIAM R. KELL, Acting Secretary"), and the line under it the addressee with name and office.
"""

import re
from functools import lru_cache

from regesta.describing.parties.names import has_name, has_office
from regesta.describing.parties.offices import house_of
from regesta.describing.persons.names import NOBODY, compatible, parse_name
from regesta.describing.words import pattern
from regesta.documents import Document, Party
from regesta.documents.base import Value

#: Longest signature and longest line of an addressee, in characters.
LONGEST_SIGNATURE, LONGEST_ADDRESS = 140, 180
_COMPLETED = re.compile(r"(?<=[^\W\d_])\[([^\W\d_]+\.?)\]")
_SPLIT = re.compile(r"[,\n]\s*")
_HONOUR = re.compile(
    r"^(?:to\s+)?(?:the\s+)?(?:(?:right\s+)?hon(?:orable|ourable|\.)?\s+|(?:his|her)\s+(?:\w+\s+)?"
    r"(?:excellency|majesty|highness)[,.]?\s+|(?:seine[rm]?|ihrer?)\s+\w+\s+)*",
    re.I,
)


class Sign(Value, frozen=True):
    """What a document says of one of its parties beside its heading.

    Attributes:
        role: "author" or "recipient".
        source: "signature", "addressee" or "house".
        name: The name, or "".
        office: The office, or "".
    """

    role: str
    source: str
    name: str
    office: str


def signs_of(document: Document) -> list[Sign]:
    """Give what the signature, the addressee's line and the dateline say.

    A signature counts where it can be the sender's: his surname is the heading's, or the heading
    prints no name. One that signs for another does not count.
    """
    senders, recipients = document.senders, document.recipients
    found: list[Sign] = []
    span = _signature_span(document)
    if span is not None and len(senders) <= 1:
        signed = _signed(document.text, *span, senders[0] if senders else None)
        found += [signed] if signed else []
    if span is not None and len(recipients) == 1:
        below = document.text[span[1] : span[1] + LONGEST_ADDRESS]
        addressed = _addressed(below, recipients[0])
        found += [addressed] if addressed else []
    if len(senders) == 1 and not senders[0].office:
        house = _house(document)
        found += [Sign("author", "house", "", house)] if house else []
    return found


def _signature_span(document: Document) -> tuple[int, int] | None:
    """The document's own signature: the first that stands in no enclosure."""
    inside = [(e.start, e.end) for e in document.enclosures]
    for layer in document.layers:
        if layer.kind == "enclosure":
            inside.append((layer.start, layer.end))
        elif (
            layer.kind == "signature"
            and 0 < layer.end - layer.start <= LONGEST_SIGNATURE
            and not any(a <= layer.start < b for a, b in inside)
        ):
            return layer.start, layer.end
    return None


def _signed(text: str, start: int, end: int, sender: Party | None) -> Sign | None:
    before = text[max(0, start - 70) : start].rpartition("\n\n")[2]
    for_another = pattern("heading_words", "for_another", r"(?:^|\n|\.\s|,\s){}\b", flags=re.I)
    words = text[start:end]
    last_line = before.rstrip("\n").rpartition("\n")[2]
    if for_another.match(words) or for_another.match(last_line):
        return None
    name, office = parse_signature(words)
    if not name:
        return None
    if sender is not None and sender.name and not has_office(sender.name):
        printed, fuller = parse_name(sender.name), parse_name(name)
        if not printed.surname or not compatible(printed, fuller):
            return None
    elif sender is None:
        return None
    return Sign("author", "signature", name, office)


@lru_cache(maxsize=16384)
def parse_signature(words: str) -> tuple[str, str]:
    """A signature into name and office: "DAVID J. KELL, Acting Secretary."; ("", "") for several.

    A name of one letter or of initials alone tells nothing and is left out.
    """
    words = _COMPLETED.sub(r"\1", words).strip(' .“”"[]()')
    first, *rest = (part.strip() for part in _SPLIT.split(words))
    if rest and rest[0].rstrip(".").lower() in ("jr", "sr"):
        first = f"{first}, {rest.pop(0)}"
    if has_office(first) or not has_name(first, titled=True):
        return "", ""
    parsed = parse_name(first)
    if len(parsed.surname) < 3:
        return "", ""
    office = ", ".join(rest).strip(" .")
    if office and not has_office(office.partition(",")[0]):
        # A second name: several signed.
        return ("", "") if has_name(rest[0], titled=True) and "\n" in words else (first, "")
    return first, office.partition(", &c")[0]


def _addressed(below: str, recipient: Party) -> Sign | None:
    """The addressee's line under a signature, where it bears the heading's surname."""
    if not recipient.name or has_office(recipient.name):
        return None
    name, office = parse_addressee(below)
    fuller, printed = parse_name(name) if name else NOBODY, parse_name(recipient.name)
    if not fuller.surname or not fuller.given or not compatible(printed, fuller):
        return None
    return Sign("recipient", "addressee", name, office)


@lru_cache(maxsize=16384)
def parse_addressee(below: str) -> tuple[str, str]:
    """The first line under a signature into name and office."""
    words = below.strip(" .,;\n")
    words = _HONOUR.sub("", words)
    first, *rest = (part.strip() for part in _SPLIT.split(words))
    if rest and rest[0].rstrip(".").lower() in ("jr", "sr"):
        first = f"{first}, {rest.pop(0)}"
    if len(first) > 60 or has_office(first) or not has_name(first, titled=True):
        return "", ""
    for part in rest[:2]:
        part = part.partition(" &c")[0].strip(" .")
        if part.lower().rstrip(".") in ("esq", "esquire"):
            continue
        if len(part) <= 90 and has_office(part):
            return first, part
        break
    return first, ""


def _house(document: Document) -> str:
    place = document.place
    for layer in document.layers:
        if layer.kind == "dateline":
            words = document.text[layer.start : min(layer.end, layer.start + 120)]
            return house_of(words, place.name if place else "")
    return ""
