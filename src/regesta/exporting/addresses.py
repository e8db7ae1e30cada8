"""Names of things for others: addresses of documents and index entries, references to authorities.

An edition that says where it stands on the web (``address`` in ``edition.toml``) names its
documents by their permalinks; one that does not, by URNs, so that files keep their sense.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

#: Used where an edition has no address: a URN of the informal kind that promises no resolver.
URN = "urn:x-regesta"
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")


def document_address(address: str, id: str, suffix: str = "") -> str:
    """The permalink of a document, or its URN where the edition has no address."""
    path = f"documents/{quote(id, safe='/')}{suffix}"
    return f"{address.rstrip('/')}/{path}" if address else f"{URN}:{path.replace('/', ':')}"


def entry_address(address: str, index: str, id: str) -> str:
    """The page of an index entry, or its URN."""
    path = f"{index}/{quote(id, safe='')}"
    return f"{address.rstrip('/')}/{path}" if address else f"{URN}:{path.replace('/', ':')}"


def collection_address(address: str, id: str) -> str:
    """The page of a collection, or its URN."""
    return entry_address(address, "collections", id)


def web_refs(refs: Iterable[str]) -> str:
    """Addresses in authority files, parted by spaces as TEI's ``@ref`` has them."""
    return " ".join(ref for ref in refs if _WEB.match(ref))
