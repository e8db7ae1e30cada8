"""A server follows the builds of its edition: after a build it answers from the new state.

What comes in are requests; before one is answered, at most once a second, the record's file is
looked at, and where a build has put another in its place the edition is opened anew.
"""

import logging
import os
import sqlite3
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


def record_mark(path: Path) -> tuple[int, int, int] | None:
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

    Args:
        app: What answers.
        state: Holds the open edition.
        seen: The mark of its record when it was opened; this is made with the first request, which
            may come after a build.
    """

    def __init__(self, app: ASGIApp, *, state: Any, seen: tuple[int, int, int] | None) -> None:
        self.app = app
        self.state = state
        self.seen = seen
        self.failed: tuple[int, int, int] | None = None
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
        mark = record_mark(path)
        if mark is None or mark == self.seen:
            return
        try:
            edition = Edition.open(path)
        except (RegestaError, OSError, sqlite3.Error) as error:
            # Another version is building here, or there are no more handles: go on with what we
            # have, and look again.
            if mark != self.failed:
                _LOG.error("regesta: %s", error)
            self.failed = mark
            return
        self.seen, self.failed = mark, None
        self.state.edition = edition
