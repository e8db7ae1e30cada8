"""Runs an application on a free port of this machine, for clients that insist on a real server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from regesta.serving.server import address_of, listen


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of an application, without the last slash, for as long as it is served."""
    taken = listen("127.0.0.1", 0)
    config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    try:
        yield address_of(taken).rstrip("/")
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        taken.close()
