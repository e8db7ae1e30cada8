"""What a browser may keep: an entity tag made of the edition's state and the address.

An edition changes only by a build, so a tag is true without computing the answer first. The address
is part of the tag: nobody holds a tag for an address that was never answered.
"""

import hashlib
from typing import Any

from starlette.requests import Request

from regesta.edition import Edition


def stamp(edition: Edition) -> str:
    """A short mark of the edition's state and of the version that serves it."""
    from regesta import __version__

    info = edition.info()
    state = f"{info.path}\n{info.version}\n{info.built}\n{info.documents}\n{__version__}"
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def mark(request: Request) -> str:
    """The weak entity tag of the answer to a request."""
    scope: Any = request.scope
    address = scope["path"].encode() + b"?" + scope["query_string"]
    if scope["path"] == "/api/audit":  # an editor's decisions change it between builds
        address += request.app.state.edition.audit.stamp.encode()
    if scope["path"].startswith("/api/documents/"):  # links and acts come later
        address += b"linked" if request.app.state.edition.links.ready else b""
        address += b"acts" if request.app.state.edition.acts.ready else b""
    if scope["path"].endswith("/suggested"):
        address += request.app.state.edition.suggestions.stamp.encode()
    return f'W/"{request.app.state.stamp}-{hashlib.sha256(address).hexdigest()[:16]}"'


def fresh(request: Request, tag: str) -> bool:
    """Tell whether the client holds the answer already."""
    held = request.headers.get("if-none-match")
    return held is not None and tag in (t.strip() for t in held.split(","))
