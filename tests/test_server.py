"""Serving: the address is taken first, told plainly, and given back at the end."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from regesta.errors import RegestaError
from regesta.serving import cache_folder, server

SERVE = """
import sys
sys.path.insert(0, {tests!r})
from door_fake import FakeEdition
from regesta.edition import Edition
Edition.open = lambda path: FakeEdition()
from regesta.serving.cli.main import main
main(["serve", "x", "--port", "0"])
"""


def test_a_busy_port_is_said_with_the_way_out() -> None:
    """A port in use gives one line that names it and says how to take another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RegestaError, match=f"port {port} of 127.0.0.1 is in use") as caught:
            server.listen("127.0.0.1", port)
    assert "--port 0" in caught.value.hint


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1", "x" * 300])
def test_a_foreign_address_is_refused(host: str) -> None:
    """An address that is not this machine's gives one line that names it."""
    with pytest.raises(RegestaError, match=host):
        server.listen(host, 0)


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1")])
def test_the_address_told_is_one_that_a_browser_takes(host: str, shown: str) -> None:
    """Listening everywhere is told as this machine's own address."""
    with server.listen(host, 0) as taken:
        assert server.address_of(taken) == f"http://{shown}:{taken.getsockname()[1]}/"


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_server_answers_and_ends_cleanly(ending: signal.Signals) -> None:
    """The address stands on standard output, answers, and either signal ends it with status 0."""
    code = SERVE.format(tests=str(Path(__file__).parent))
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = threading.Timer(30, process.kill)
    watch.start()
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{url}healthz") as answer:
            assert b'"status":"ok"' in answer.read()
        process.send_signal(ending)
        _, errors = process.communicate()
    finally:
        watch.cancel()
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert errors == "Serving Harbour papers. Ctrl-C ends it.\nEnded.\n"


def test_the_same_sources_have_the_same_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cached edition's folder depends on which sources there are, not on their order."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    one, two = Path("a b.xml"), tmp_path / "c"
    place = cache_folder.cached_edition([one, two])
    assert place == cache_folder.cached_edition([two, one, tmp_path / "a b.xml"])
    assert place != cache_folder.cached_edition([one])
    assert place.is_relative_to(tmp_path / "regesta")
    assert cache_folder.cached_edition([one]).name.startswith("a-b-")


def test_a_relative_cache_home_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The custom asks for an absolute path; anything else is not used."""
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache_folder.cache_root().is_absolute()
