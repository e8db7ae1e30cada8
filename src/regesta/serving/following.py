"""A server follows the builds of its edition: after a build it answers from the new state.

What comes in are requests; before one is answered, at most once a second, the record's file is
looked at, and where a build has put another in its place the edition is opened anew.
"""

import logging
import os
import time
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from regesta.edition import Edition
from regesta.edition.record.store import RECORD
from regesta.errors import RegestaError

EVERY = 1.0
"""Seconds between two looks: soon enough for somebody who has just built, and free of charge."""
_LOG = logging.getLogger("regesta")


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What tells one record's file from the next, or None while there is none."""
    try:
        found = os.stat(path / RECORD)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


class Following:
    """Opens the edition anew after a build.

    Requests under way keep the edition that they began with: it is let go, not closed, and its
    files close with the last of them.
    """

    def __init__(self, app: ASGIApp, *, state: Any) -> None:
        self.app = app
        self.state = state
        self.seen = _mark(state.edition.path)
        self.looked = time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look, then pass the request on."""
        now = time.monotonic()
        if now - self.looked >= EVERY:
            self.looked = now
            self.look()
        await self.app(scope, receive, send)

    def look(self) -> None:
        """Open the edition anew where its record is another."""
        path = self.state.edition.path
        mark = _mark(path)
        if mark is None or mark == self.seen:
            return
        self.seen = mark
        try:
            edition = Edition.open(path)
        except RegestaError as error:  # another version is building here: go on with what we have
            _LOG.error("regesta: %s", error)
            return
        self.state.edition = edition
