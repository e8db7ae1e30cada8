"""Profiles of known sites, kept as data: which profile a page has, and what its parts are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from regesta.documents.document import LayerKind, MarkKind
from regesta.reading.html.tree import Element, leaf_blocks, words_of
from regesta.reading.shape import has_ways
from regesta.vocabularies import vocabulary


@dataclass(frozen=True, slots=True)
class Site:
    """How the pages of a site are laid out; see ``vocabularies/sites.toml``."""

    name: str
    hosts: tuple[str, ...] = ()
    shape: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    source_line: tuple[str, ...] = ()
    collection_title: tuple[str, ...] = ()
    page_break: tuple[str, ...] = ()
    address: str = ""
    page_label: str = ""
    page_attribute: str = ""
    source_note: str = ""
    foot: bool = False
    rule: str = ""
    layers: dict[LayerKind, tuple[str, ...]] = field(default_factory=dict)
    marks: dict[MarkKind, tuple[str, ...]] = field(default_factory=dict)


@cache
def sites() -> tuple[Site, ...]:
    """All profiles, the generic one last."""
    data = vocabulary("sites")
    return (*(_site(one) for one in data["site"]), _site({"name": "web page", **data["generic"]}))


def _site(data: dict[str, Any]) -> Site:
    named: dict[str, Any] = {
        key: {kind: tuple(paths) for kind, paths in data.get(key, {}).items()}
        for key in ("layers", "marks")
    }
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
        if key not in named
    }
    return Site(**plain, **named)


def site_of(root: Element, address: str) -> Site:
    """The profile of a page: by its host, else by its shape, else the generic one."""
    known = sites()
    host = _host(address)
    for site in known:
        if any(host == name or host.endswith(f".{name}") for name in site.hosts):
            return site
    for site in known:
        if site.shape and found(root, site.shape):
            return site
    last = [words_of(block) for block in leaf_blocks(root)[-4:]]
    if any(has_ways(words) for words in last):
        return next(site for site in known if site.foot)
    return known[-1]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def found(root: Element, paths: Sequence[str]) -> list[Element]:
    """The elements that the first fruitful path finds."""
    for path in paths:
        elements = [one for one in _compiled(path)(root) if isinstance(one.tag, str)]
        if elements:
            return elements
    return []


def all_found(root: Element, paths: Sequence[str]) -> list[Element]:
    """The elements that any of the paths finds."""
    return [one for path in paths for one in _compiled(path)(root) if isinstance(one.tag, str)]


@cache
def _compiled(path: str) -> etree.XPath:
    functions = {(None, "class"): _has_class, (None, "class-like"): _has_class_like}
    return etree.XPath(path, extensions=functions)


def _classes(attribute: Any) -> list[str]:
    return " ".join(attribute if isinstance(attribute, list) else [str(attribute)]).split()


def _has_class(_: Any, attribute: Any, name: str) -> bool:
    return name in _classes(attribute)


def _has_class_like(_: Any, attribute: Any, beginning: str) -> bool:
    return any(one.startswith(beginning) for one in _classes(attribute))


def ids_of(site: Site, address: str) -> tuple[str, str]:
    """Collection and local id that the page's address gives, or two empty strings."""
    match = re.match(site.address, address) if site.address and address else None
    return (match["collection"], match["local"]) if match else ("", "")


def page_labels(site: Site, root: Element) -> dict[Element, str]:
    """Elements that say where a printed page begins, with its number."""
    labels: dict[Element, str] = {}
    for element in all_found(root, site.page_break):
        label = element.get(site.page_attribute) if site.page_attribute else words_of(element)
        match = re.match(site.page_label, label or "") if site.page_label else None
        if label:
            labels[element] = match["n"] if match else label
    return labels
