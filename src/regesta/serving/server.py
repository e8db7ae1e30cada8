"""Runs the application on a socket of its own, opens the browser when it is ready, ends cleanly."""

import errno
import gc
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from types import FrameType

import uvicorn

from regesta.edition import Edition
from regesta.errors import RegestaError
from regesta.serving.app import create_app
from regesta.serving.cli.output import out, remark, warn

GRACE = 3
"""Seconds that open requests get when the server is told to end."""
_LOCAL = ("127.0.0.1", "::1", "localhost")


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else is started.

    Raises:
        RegestaError: The port is busy, reserved, or the address is not this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise RegestaError(f"{host} is no address", "127.0.0.1 is this machine") from None
    taken = socket.socket(family, kind, protocol)
    if os.name == "posix":  # elsewhere the option would let two servers share a port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
        taken.listen(128)
    except OSError as error:
        taken.close()
        hint = {
            errno.EADDRINUSE: "choose another with --port, or --port 0 for a free one",
            errno.EACCES: "ports below 1024 are reserved; choose another with --port",
            errno.EADDRNOTAVAIL: "it is not an address of this machine",
        }.get(error.errno or 0, error.strerror or "")
        what = "is in use" if error.errno == errno.EADDRINUSE else "cannot be served on"
        raise RegestaError(f"port {port} of {host} {what}", hint) from None
    return taken


def address_of(taken: socket.socket) -> str:
    """The URL of a listening socket, as a browser on this machine takes it."""
    host, port = taken.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def can_show() -> bool:
    """Tell whether there is a screen; without one a browser would seize the terminal."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(
    edition: Edition,
    taken: socket.socket,
    *,
    host: str,
    browser: bool,
    names: Sequence[str] = (),
    quiet: bool = False,
) -> None:
    """Serve an edition until Ctrl-C or a signal ends it.

    Args:
        edition: An open edition; the caller closes it.
        taken: The listening socket.
        host: The address as the user gave it.
        browser: Open the browser when the server answers.
        names: Further names under which /mcp may be asked.
        quiet: Write the address only.
    """
    if host not in _LOCAL:
        warn(f"listening on {host}: everyone who can reach this machine can read the edition")
    url = address_of(taken)
    app = create_app(edition, hosts=names if names or host in _LOCAL else None)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )
    out(url)
    if not quiet:
        remark(f"Serving {edition.info().title or edition.path}. Ctrl-C ends it.")
    if browser:
        _open_when_ready(server, url, quiet=quiet)
    # What is there now stays: looking through it for cycles would hold up a page for 20 to 40 ms.
    gc.collect()
    gc.freeze()
    previous = signal.signal(signal.SIGTERM, _end)
    try:
        server.run(sockets=[taken])
    except KeyboardInterrupt:
        pass  # the way a server is meant to end
    finally:
        signal.signal(signal.SIGTERM, previous)
        taken.close()
        if app.state.edition is not edition:
            app.state.edition.close()
    if not quiet:
        remark("Ended.")


def _end(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _open_when_ready(server: uvicorn.Server, url: str, *, quiet: bool) -> None:
    if not can_show():
        remark("There is no screen here: open that address in a browser.", quiet=quiet)
        return

    def wait() -> None:
        while not server.started and not server.should_exit:
            time.sleep(0.02)
        if server.started:
            webbrowser.open(url)

    threading.Thread(target=wait, daemon=True).start()
