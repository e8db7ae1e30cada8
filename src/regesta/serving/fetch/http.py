"""One file over HTTP: resumed where it was cut, asked again politely, whole or not at all.

What comes in are an address and a place; out goes the file with its checksum. While it grows it
stands beside its place as ``NAME.part``; one rename puts it there.
"""

import email.utils
import hashlib
import http.client
import json
import os
import random
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from regesta.documents import Value
from regesta.documents.numbers import whole_number
from regesta.errors import RegestaError

ATTEMPTS = 6
"""Attempts at one address, while none brings more than was ever there."""
MOST_ATTEMPTS = 200
"""Attempts at one address in all: a server may give a little more each time, for ever."""
LONGEST_WAIT = 120.0
"""Seconds that we wait because a server asks us to; more is said to the user."""
TIMEOUT = 30.0
_CHUNK = 1 << 16
_RANGE = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\*)")
_AGAIN = (408, 425, 429, 500, 502, 503, 504)

#: Called with bytes that are here, and in all (0: not known).
Progress = Callable[[int, int], None]


class Fetched(Value, frozen=True):
    """What came: from where, how much, and by what a server knows it again."""

    url: str
    bytes: int
    sha256: str
    etag: str = ""
    modified: str = ""


class NotThere(RegestaError):
    """The server has no such file."""


class _Cut(Exception):
    """The connection ended early, or the server asks to come again; ``wait`` seconds at least."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the web, never from a safe connection to an open one."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        parts, before = urlsplit(newurl), urlsplit(req.full_url)
        if parts.scheme == before.scheme or parts.scheme == "https":
            return super().redirect_request(req, fp, code, msg, headers, newurl)
        fp.close()
        if parts.scheme == "http":
            raise RegestaError(
                f"{before.hostname} leads from a safe connection to an open one",
                "tell the publisher; nothing was fetched",
            )
        raise RegestaError(f"{before.hostname} leads to {newurl[:80]}", "that is no web address")


class Fetcher:
    """Asks politely: one request at a time, with a pause between two to the same host.

    Args:
        pause: Seconds between two requests to a host.
        sleep: Waits; tests hand in one that does not.
    """

    def __init__(self, *, pause: float = 1.0, sleep: Callable[[float], None] = time.sleep) -> None:
        from regesta import __version__

        self.pause, self.sleep = pause, sleep
        self.agent = f"regesta/{__version__} (fetches public editions for reading)"
        self._last: dict[str, float] = {}
        self._opener = urllib.request.build_opener(_Redirects())

    def fetch(
        self, url: str, target: Path, *, sha256: str = "", progress: Progress | None = None
    ) -> Fetched:
        """Fetch a file into its place; what is there is replaced when the new one is whole.

        Args:
            url: Its address.
            target: Its place.
            sha256: What it must be, or "".
            progress: Told as it grows.

        Raises:
            NotThere: The server has no such file.
            RegestaError: It cannot be had; what came of it is kept for the next time.
        """
        part = target.with_name(f"{target.name}.part")
        failures, wrong, attempts, largest = 0, 0, 0, _size(part)
        while True:
            attempts += 1
            try:
                told = self._attempt(url, part, progress)
            except _Cut as cut:
                # A file that begins anew each time grows each time, and comes to no end.
                failures = 0 if _size(part) > largest else failures + 1
                largest = max(largest, _size(part))
                patient = failures < ATTEMPTS and attempts < MOST_ATTEMPTS
                if not patient or cut.wait > LONGEST_WAIT:
                    raise _given_up(
                        url, cut, failures if failures >= ATTEMPTS else attempts
                    ) from None
                self.sleep(cut.wait or min(60.0, 2.0**failures) * random.uniform(0.75, 1.0))
                continue
            found = _digest(part)
            if not sha256 or found == sha256:
                break
            part.unlink()
            wrong, largest = wrong + 1, 0
            if wrong > 1:
                raise RegestaError(
                    f"{target.name}: the file at {_host(url)} has another checksum",
                    "it was altered on the way or by its publisher; nothing was kept",
                )
        fetched = Fetched(url, _size(part), found, told.get("etag", ""), told.get("modified", ""))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        _notes(part).unlink(missing_ok=True)
        return fetched

    def unchanged(self, known: Fetched) -> bool:
        """Whether the server says that a file is still what we have."""
        headers = {}
        if known.etag:
            headers["If-None-Match"] = known.etag
        elif known.modified:
            headers["If-Modified-Since"] = known.modified
        else:
            return False
        try:
            with self._open(known.url, headers):
                return False
        except urllib.error.HTTPError as error:
            error.close()
            return error.code == 304
        except (OSError, http.client.HTTPException) as error:
            raise _unreachable(known.url, error) from None

    def _open(self, url: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Ask once, after the pause that the host is due."""
        host = _host(url)
        due = self._last.get(host, -1e9) + self.pause - time.monotonic()
        if due > 0:
            self.sleep(due)
        self._last[host] = time.monotonic()
        common = {"User-Agent": self.agent, "Accept-Encoding": "identity"}
        request = urllib.request.Request(url, headers={**common, **headers})
        answer: http.client.HTTPResponse = self._opener.open(request, timeout=TIMEOUT)
        return answer

    def _attempt(self, url: str, part: Path, progress: Progress | None) -> dict[str, str]:
        """Fetch what is missing of a file; give what the server says of it."""
        held = _held(part, url)
        headers = {}
        if held:
            headers = {"Range": f"bytes={_size(part)}-", "If-Range": held}
        try:
            answer = self._open(url, headers)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 416:  # it is shorter now than what we have of it
                    part.unlink(missing_ok=True)
                    raise _Cut("the file has changed") from None
                raise _refusal(url, error) from None
        except (OSError, http.client.HTTPException) as error:
            raise _unreachable(url, error) from None
        with answer:
            return _receive(answer, url, part, progress)


def _receive(
    answer: http.client.HTTPResponse, url: str, part: Path, progress: Progress | None
) -> dict[str, str]:
    here = _size(part) if answer.status == 206 else 0
    length = answer.headers.get("Content-Length", "")
    rest = whole_number(length)
    total = 0 if rest is None else here + rest
    if answer.status == 206:
        told = _RANGE.match(answer.headers.get("Content-Range", ""))
        if told is None or int(told[1]) != here:
            part.unlink(missing_ok=True)
            raise _Cut("the server sent another part than was asked for")
        total = total if told[2] == "*" else int(told[2])
    marks = {
        "url": url,
        "etag": answer.headers.get("ETag", ""),
        "modified": answer.headers.get("Last-Modified", ""),
    }
    _notes(part).write_text(json.dumps(marks), encoding="utf-8")
    with part.open("ab" if here else "wb") as file:
        try:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                here += len(chunk)
                if progress:
                    progress(here, total)
        except http.client.IncompleteRead as error:
            file.write(error.partial)
            raise _Cut("the connection was cut") from None
        except (TimeoutError, ConnectionError, http.client.HTTPException):
            raise _Cut("the connection was cut") from None
    if total and here < total:
        raise _Cut("the connection was cut")
    if total and here > total:
        part.unlink()
        raise _Cut("the server sent more than it said")
    return marks


def _held(part: Path, url: str) -> str:
    """By what the server knows what we have of a file, or "": then it is fetched from its start.

    Only a strong tag or a date lets two halves be put together.
    """
    try:
        known = json.loads(_notes(part).read_text("utf-8"))
        if not _size(part) or known["url"] != url:
            return ""
        etag = str(known["etag"])
        return etag if etag and not etag.startswith("W/") else str(known["modified"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _notes(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _refusal(url: str, error: urllib.error.HTTPError) -> Exception:
    """What a status means: come again, not there, or no."""
    if error.code in (404, 410):
        return NotThere(f"{_host(url)} has no {urlsplit(url).path}", "check the name")
    if error.code in _AGAIN:
        return _Cut(f"it says {error.code} {error.reason}", _wait(error.headers))
    if error.code in (301, 302, 303, 307, 308):
        place = error.headers.get("Location") or ""
        scheme = urlsplit(place).scheme
        if scheme not in ("", "http", "https"):
            return RegestaError(f"{_host(url)} leads to {place[:80]}", "that is no web address")
        return RegestaError(f"{_host(url)} leads round in circles", "tell the publisher")
    hint = "it wants to know who asks" if error.code in (401, 403) else "try later"
    return RegestaError(f"{_host(url)} says {error.code} {error.reason}", hint)


def _wait(headers: Any) -> float:
    """Seconds of a Retry-After, which has a number or a date."""
    said = (headers.get("Retry-After") or "").strip()
    if (seconds := whole_number(said)) is not None:
        return float(seconds)
    try:
        moment = email.utils.parsedate_to_datetime(said).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return 0.0
    return max(0.0, moment - time.time())


def _unreachable(url: str, error: Exception) -> Exception:
    """No connection at all, or one that failed on the way."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, RegestaError):
        return reason
    if isinstance(reason, socket.gaierror):
        return RegestaError(
            f"cannot find {_host(url)}", "is there a network? what is here already is kept"
        )
    if isinstance(reason, ConnectionRefusedError):
        return RegestaError(f"{_host(url)} takes no connection", "try later")
    if isinstance(reason, (TimeoutError, ConnectionError, http.client.HTTPException)):
        return _Cut("the connection was cut")
    return RegestaError(f"cannot reach {_host(url)}: {reason}", "try later")


def _given_up(url: str, cut: _Cut, times: int) -> RegestaError:
    if cut.wait > LONGEST_WAIT:
        return RegestaError(
            f"{_host(url)} asks to wait {round(cut.wait)} seconds", "fetch again after that"
        )
    return RegestaError(
        f"{_host(url)}: {cut.why}, {times} times", "fetch again later: it goes on from there"
    )
