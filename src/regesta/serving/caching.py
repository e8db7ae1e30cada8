"""What a browser may keep: an entity tag made of the edition's state and the address.

A record changes only by a build, so a tag is true without computing the answer first. What is found
or decided between builds is part of it, whatever is asked: links, acts and dismissals show on more
pages than one would think. So is the address: nobody holds a tag for one that was never answered.
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


def mark(request: Request, look: str = "") -> str:
    """The weak entity tag of the answer to a request.

    Args:
        request: What is asked.
        look: Changes with the templates, where the answer is a page.
    """
    scope: Any = request.scope
    edition: Edition = request.app.state.edition
    late = f"{edition.links.ready} {edition.acts.ready} {edition.audit.stamp}"
    parts = (
        scope["path"].encode(), scope["query_string"], look.encode(), late.encode(),
        edition.suggestions.stamp.encode(),
    )  # fmt: skip
    return f'W/"{stamp(edition)}-{hashlib.sha256(bytes(1).join(parts)).hexdigest()[:16]}"'


def fresh(request: Request, tag: str) -> bool:
    """Tell whether the client holds the answer already."""
    held = request.headers.get("if-none-match")
    return held is not None and (held == "*" or tag in (t.strip() for t in held.split(",")))
