"""What a page says of itself in its head: address, language, character set, and described facts.

Web pages date and sign themselves, not the papers they show: only terms that speak of the work
itself are taken, and a date of the web's own age is none of an old paper's.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from regesta.documents import Fact, FactValue, Place, Subject
from regesta.reading.headers import parties
from regesta.reading.html.tree import Element
from regesta.reading.languages import language_code
from regesta.reading.printed_dates import given_date
from regesta.vocabularies import vocabulary

#: A date in a page's meta data from this year on may be the page's own; it is not taken.
WEB_BEGINS = 1993

_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
_MAX_JSON = 500_000


def declared_charset(data: bytes) -> str:
    """The character set that a page declares in its first kilobytes, or an empty string."""
    sample = data[:4096]
    match = _CHARSET.search(sample) or _XML_ENCODING.search(sample)
    return match[1].decode("ascii") if match else ""


def address_of(root: Element) -> str:
    """The page's own address: canonical link, Open Graph, or what saved it; or an empty string."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and _is_web(link.get("href")):
            return str(link.get("href")).strip()
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:url" and _is_web(meta.get("content")):
            return str(meta.get("content")).strip()
    for comment in root.iter(etree.Comment):
        match = _SAVED.search(comment.text or "")
        if match and _is_web(match[1] or match[2]):
            return match[1] or match[2]
    outside = root.getroottree().getroot().getprevious()
    while outside is not None:
        match = _SAVED.search(outside.text or "")
        if match and _is_web(match[1] or match[2]):
            return match[1] or match[2]
        outside = outside.getprevious()
    return ""


def _is_web(address: str | None) -> bool:
    return bool(address) and str(address).strip().lower().startswith(("http://", "https://"))


def language_of(element: Element, root: Element) -> str:
    """The language that an element or what is around it declares, as two or three letters.

    What the whole page declares is the language of its menus: a site in English shows letters in
    German, so that only an element within the body speaks of the text.
    """
    for one in [element, *element.iterancestors()]:
        if one is root or one.tag in ("html", "body"):
            break
        declared = (one.get("lang") or one.get("{http://www.w3.org/XML/1998/namespace}lang")) or ""
        code = language_code(str(declared))
        if code.isalpha() and 2 <= len(code) <= 3:
            return code
    return ""


def title_of(root: Element) -> str:
    """The page's title on one line."""
    for title in root.iter("title"):
        return " ".join("".join(title.itertext()).split())
    return ""


def described(root: Element) -> tuple[list[Fact], str]:
    """The facts that meta elements and schema.org data give, and the collection they name."""
    facts: list[Fact] = []
    collection = ""
    terms = {name: key for key, names in vocabulary("sites")["meta"].items() for name in names}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        key = terms.get(name, "")
        if key == "collection":
            collection = collection or value
        elif key and value:
            facts += [Fact(key, made, "given", f"html:{name}") for made in _values(key, value)]
    for item in _linked_data(root):
        facts += _work(item)
        part = item.get("isPartOf")
        if isinstance(part, dict) and isinstance(part.get("name"), str):
            collection = collection or part["name"]
    return _first_of_each(facts), collection


def _values(key: str, value: str) -> list[FactValue]:
    if key == "date":
        date = given_date(value)
        old = date is not None and date.latest is not None and date.latest < f"{WEB_BEGINS}-01-01"
        return [date] if date and old else []
    if key == "subject":
        return [Subject(part.strip()) for part in re.split(r"[;|]", value) if part.strip()]
    if key == "language":
        code = language_code(value)
        return [code] if code.isalpha() and len(code) in (2, 3) else []
    return [value]


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Objects of schema.org data in the page."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _MAX_JSON:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        for item in items:
            if isinstance(item, dict):
                graph = item.get("@graph")
                inner = graph if isinstance(graph, list) else [item]
                yield from (one for one in inner if isinstance(one, dict))


def _work(item: dict[str, Any]) -> list[Fact]:
    """Facts of a described work: one that says when it was created, not when it was put on-line."""
    created = item.get("dateCreated")
    dates = _values("date", created) if isinstance(created, str) else []
    if not dates:
        return []
    facts = [Fact("date", dates[0], "given", "schema:dateCreated")]
    for key, name in (("sender", "sender"), ("recipient", "recipient"), ("author", "author")):
        for value in _names(item.get(name)):
            made: list[FactValue] = [value] if key == "author" else list(parties(value))
            facts += [Fact(key, one, "given", f"schema:{name}") for one in made]
    for value in _names(item.get("locationCreated")):
        facts.append(Fact("place", Place(value), "given", "schema:locationCreated"))
    return facts


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in values]
    return [" ".join(name.split()) for name in names if isinstance(name, str) and name.strip()]


def _first_of_each(facts: list[Fact]) -> list[Fact]:
    """Drop repeats: many pages say the same in three vocabularies."""
    many = ("subject", "author", "sender", "recipient")
    kept: dict[tuple[str, FactValue | None], Fact] = {}
    for fact in facts:
        kept.setdefault((fact.field, fact.value if fact.field in many else None), fact)
    return list(kept.values())
