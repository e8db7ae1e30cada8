"""Public collections fetched: against a server of this machine that misbehaves."""

import email.utils
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from regesta.errors import RegestaError, UnknownValue
from regesta.serving.cli.main import main
from regesta.serving.fetch import http as fetch_http
from regesta.serving.fetch import registry as fetch_registry
from regesta.serving.fetch.fetching import MANIFEST, fetch, read_manifest
from regesta.serving.fetch.http import ATTEMPTS, Fetched, Fetcher, NotThere
from regesta.serving.fetch.registry import Entry, Wanted, read_registries, wanted

BODY = bytes(range(256)) * 2000
SHA = hashlib.sha256(BODY).hexdigest()
TAG = '"one"'


class Handler(BaseHTTPRequestHandler):
    """Answers as the address says; ``server.asked`` keeps the requests."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Behave as the address says."""
        self.close_connection = True
        self.server.asked.append((self.path, self.headers.get("Range", "")))  # type: ignore[attr-defined]
        name = self.path.split("/")[1]
        times = sum(path == self.path for path, _ in self.server.asked)  # type: ignore[attr-defined]
        getattr(self, f"_{name}", self._missing)(times)

    def _head(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()

    def _missing(self, _: int) -> None:
        self._head(404, 0)

    def _good(self, _: int) -> None:
        if self.headers.get("If-None-Match") == TAG:
            self._head(304, 0)
            return
        self._head(200, len(BODY), ETag=TAG)
        self.wfile.write(BODY)

    def _ranged(self, most: int) -> None:
        start = 0
        asked = self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") == TAG:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            where = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
            self._head(206, len(BODY) - start, ETag=TAG, Content_Range=where)
        else:
            self._head(200, len(BODY), ETag=TAG)
        self.wfile.write(BODY[start : start + most])

    def _cut(self, _: int) -> None:
        self._ranged(150_000)

    def _stuck(self, _: int) -> None:
        self._head(200, len(BODY))  # neither tag nor date: two halves cannot be put together
        self.wfile.write(BODY[:1000])

    def _changing(self, times: int) -> None:
        if times == 1:
            self._head(200, len(BODY), ETag='"old"')
            self.wfile.write(b"x" * 1000)
        else:
            self._ranged(len(BODY))

    def _liar(self, times: int) -> None:
        if self.headers.get("Range"):
            self._head(206, 10, ETag=TAG, Content_Range="bytes 0-9/512000")
            self.wfile.write(b"0123456789")
        else:
            self._head(200, len(BODY), ETag=TAG)
            self.wfile.write(BODY if times > 2 else BODY[:1000])

    def _short(self, times: int) -> None:
        if self.headers.get("Range"):
            self._head(416, 0)
        else:
            self._head(200, len(BODY), ETag=TAG)
            self.wfile.write(BODY if times > 2 else BODY[:1000])

    def _busy(self, times: int) -> None:
        if times == 1:
            self._head(429, 0, Retry_After="7")
        elif times == 2:
            date = email.utils.formatdate(time.time() + 30, usegmt=True)
            self._head(503, 0, Retry_After=date)
        else:
            self._good(times)

    def _closed(self, _: int) -> None:
        self._head(503, 0, Retry_After="86400")

    def _broken(self, _: int) -> None:
        self._head(500, 0)

    def _secret(self, _: int) -> None:
        self._head(403, 0)

    def _moved(self, _: int) -> None:
        self._head(302, 0, Location="/good/file.xml")

    def _round(self, _: int) -> None:
        self._head(302, 0, Location=self.path)

    def _away(self, _: int) -> None:
        self._head(302, 0, Location="file:///etc/hostname")

    def _ftp(self, _: int) -> None:
        self._head(302, 0, Location="ftp://127.0.0.1/file.xml")

    def _figures(self, times: int) -> None:
        where = f"bytes {'0' * 5000}-9/10" if self.headers.get("Range") else ""
        self._head(206 if where else 200, 10, ETag=TAG, Content_Range=where)
        self.wfile.write(b"01234")

    def _silent(self, _: int) -> None:
        self.connection.close()


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """The server, with what it was asked."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy and no registry of the user's stands between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(fetch_registry, "own_registry", lambda: tmp_path / "no-such-registry.toml")


def at(server: ThreadingHTTPServer, path: str) -> str:
    """An address of the server."""
    return f"http://127.0.0.1:{server.server_address[1]}/{path}"


@pytest.fixture
def slept() -> list[float]:
    """The seconds that a fetcher waited."""
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Fetcher:
    """A fetcher that does not really wait."""
    return Fetcher(pause=0, sleep=slept.append)


@pytest.mark.parametrize("name", ["good", "moved", "cut", "changing", "liar", "short", "busy"])
def test_a_file_comes_whole(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path, name: str
) -> None:
    """However the server behaves on the way, the file that stands at the end is the true one."""
    target = tmp_path / "file.xml"
    got = fetcher.fetch(at(server, f"{name}/file.xml"), target, sha256=SHA)
    assert target.read_bytes() == BODY
    assert (got.sha256, got.bytes) == (SHA, len(BODY))
    assert [p.name for p in tmp_path.iterdir()] == ["file.xml"]


def test_a_cut_file_goes_on_where_it_ended(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    """Only what is missing is asked for."""
    fetcher.fetch(at(server, "cut/file.xml"), tmp_path / "file.xml")
    ranges = [r for _, r in server.asked]  # type: ignore[attr-defined]
    assert ranges == ["", "bytes=150000-", "bytes=300000-", "bytes=450000-"]


class _Growing(Fetcher):
    """Each attempt leaves a part of some size and is cut."""

    sizes: tuple[int, ...]
    attempts = 0

    def _attempt(self, url: str, part: Path, progress: object) -> dict[str, str]:
        size = self.sizes[self.attempts % len(self.sizes)] if self.sizes else self.attempts + 1
        part.write_bytes(b"x" * size)
        self.attempts += 1
        raise fetch_http._Cut("the connection was cut")


@pytest.mark.parametrize(
    ("sizes", "most"),
    [((5, 10), fetch_http.ATTEMPTS + 2), ((), fetch_http.MOST_ATTEMPTS)],
    ids=["the same again and again", "a byte more each time"],
)
def test_no_server_is_asked_for_ever(tmp_path: Path, sizes: tuple[int, ...], most: int) -> None:
    """A file that begins anew each time, or grows by next to nothing, is given up."""
    fetcher = _Growing(pause=0, sleep=lambda seconds: None)
    fetcher.sizes = sizes
    with pytest.raises(RegestaError, match="the connection was cut"):
        fetcher.fetch("http://127.0.0.1/file.xml", tmp_path / "file.xml")
    assert fetcher.attempts <= most


def test_it_waits_as_long_as_it_is_asked(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path, slept: list[float]
) -> None:
    """Retry-After is obeyed, in seconds or as a date."""
    fetcher.fetch(at(server, "busy/file.xml"), tmp_path / "file.xml")
    assert 5 <= slept[0] <= 7
    assert 20 <= slept[1] <= 30


def test_requests_to_a_host_are_apart(
    server: ThreadingHTTPServer, tmp_path: Path, slept: list[float]
) -> None:
    """Between two requests to one host there is a pause."""
    slow = Fetcher(pause=50, sleep=slept.append)
    for n in range(2):
        slow.fetch(at(server, "good/file.xml"), tmp_path / f"{n}.xml")
    assert len(slept) == 1
    assert 49 < slept[0] <= 50


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("stuck", f"the connection was cut, {ATTEMPTS} times"),
        ("silent", "the connection was cut"),
        ("broken", "500"),
        ("closed", "asks to wait 86400 seconds"),
        ("secret", "403"),
        ("round", "round in circles"),
        ("away", "no web address"),
        ("ftp", "no web address"),
        ("figures", "times"),
    ],
)
def test_failures_are_told_in_one_line(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path, name: str, words: str
) -> None:
    """What cannot be had is told with its reason, and nothing stands under the file's name."""
    with pytest.raises(RegestaError, match=words) as caught:
        fetcher.fetch(at(server, f"{name}/file.xml"), tmp_path / "file.xml")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "file.xml").exists()
    assert len(server.asked) <= 2 * ATTEMPTS  # type: ignore[attr-defined]


def test_a_wrong_checksum_keeps_nothing(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    """A file with another checksum than the registry's is fetched once more, then refused."""
    with pytest.raises(RegestaError, match="another checksum"):
        fetcher.fetch(at(server, "good/file.xml"), tmp_path / "file.xml", sha256="0" * 64)
    assert not (tmp_path / "file.xml").exists()
    assert len(server.asked) == 2  # type: ignore[attr-defined]


def test_a_file_that_is_not_there(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    """404 is no reason to ask again."""
    with pytest.raises(NotThere):
        fetcher.fetch(at(server, "nothing/file.xml"), tmp_path / "file.xml")
    assert len(server.asked) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:9/file.xml", "takes no connection"),
        ("http://no-such-host.invalid/file.xml", "cannot find no-such-host.invalid"),
    ],
)
def test_without_a_network(fetcher: Fetcher, tmp_path: Path, url: str, words: str) -> None:
    """Offline it says so at once."""
    with pytest.raises(RegestaError, match=words):
        fetcher.fetch(url, tmp_path / "file.xml")


def _fetch(
    server: ThreadingHTTPServer, folder: Path, fetcher: Fetcher, *names: str, **how: Any
) -> list[tuple[str, str]]:
    files = [Wanted(n, f"{n}.xml", (at(server, f"{n}/file.xml"),)) for n in names]
    return [(o.file, o.state) for o in fetch(files, folder, fetcher, **how)]


def test_the_manifest_knows_what_is_here(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    """What is here is not fetched again; a failure does not stop the rest."""
    assert _fetch(server, tmp_path, fetcher, "good", "nothing", "moved") == [
        ("good.xml", "fetched"), ("nothing.xml", "failed"), ("moved.xml", "fetched"),
    ]  # fmt: skip
    manifest = read_manifest(tmp_path)
    assert set(manifest) == {"good.xml", "moved.xml"}
    assert manifest["good.xml"].sha256 == SHA
    before = len(server.asked)  # type: ignore[attr-defined]
    assert _fetch(server, tmp_path, fetcher, "good") == [("good.xml", "held")]
    assert len(server.asked) == before  # type: ignore[attr-defined]
    assert _fetch(server, tmp_path, fetcher, "good", refresh=True) == [("good.xml", "unchanged")]


def test_an_altered_file_is_not_taken_for_ours(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    """A file that was altered, or never fetched, stays as it is unless it may be replaced."""
    (tmp_path / "good.xml").write_text("mine")
    assert _fetch(server, tmp_path, fetcher, "good") == [("good.xml", "failed")]
    assert (tmp_path / "good.xml").read_text() == "mine"
    assert _fetch(server, tmp_path, fetcher, "good", force=True) == [("good.xml", "fetched")]
    (tmp_path / "good.xml").write_bytes(BODY[:-1])
    (outcome,) = fetch([Wanted("good", "good.xml", ("http://x/",))], tmp_path, fetcher)
    assert "is not as it was fetched" in outcome.why


def test_a_second_address_stands_in(
    server: ThreadingHTTPServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    """Where the first address has no such file, the next is asked."""
    urls = (at(server, "nothing/a.xml"), at(server, "good/a.xml"))
    (outcome,) = fetch([Wanted("a", "a.xml", urls)], tmp_path, fetcher)
    assert (outcome.state, outcome.url) == ("fetched", urls[1])


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    """A manifest that cannot be read is an error with its mend."""
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(RegestaError, match="remove it"):
        read_manifest(tmp_path)


def test_nothing_is_known_of_a_file_without_marks(fetcher: Fetcher) -> None:
    """Without tag and date there is nothing to ask a server."""
    assert not fetcher.unchanged(Fetched("http://127.0.0.1:9/", 0, ""))


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("frus1918Russiav03", ["frus1918Russiav03.xml"]),
        ("frus-1918-russia", [f"frus1918Russiav0{n}.xml" for n in (1, 2, 3)]),
        ("bullinger", ["bullinger.zip"]),
    ],
)
def test_bundled_collections(name: str, files: list[str]) -> None:
    """A volume, several volumes and a whole repository are asked by name."""
    found = wanted([name, name], read_registries())
    assert [one.file for one in found] == files
    assert all(url.startswith("https://") for one in found for url in one.urls)


@pytest.mark.parametrize("name", ["frus1918/../../x", "frus-1919-pari", "", "frus", "FRUS1918"])
def test_unknown_collections(name: str) -> None:
    """A name that is not known is refused, with near ones."""
    with pytest.raises(UnknownValue):
        wanted([name], read_registries())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = ", "TOML"),
        ("[a]\ntitle = 1\n", r"\[a\]"),
        ("[a]\ntitle = 'x'\n", "needs urls or members"),
        ("[a]\nurls = ['file:///etc/passwd']\n", "no web address"),
        ("[a]\nurls = ['http://[x/y']\n", "no web address"),
        ("[a]\nurls = ['https://x.org/y']\nsha256 = 'abc'\n", "sha256"),
        ("[a]\nurls = ['https://x.org/y']\npattern = '('\n", "regular expression"),
        ("[a]\nurls = ['https://x.org/y']\ncolour = 'red'\n", "colour"),
        ("['a b']\nurls = ['https://x.org/y']\n", "no name"),
    ],
)
def test_a_registry_that_says_nothing(tmp_path: Path, text: str, words: str) -> None:
    """A registry's mistake is told with its place."""
    (tmp_path / "c.toml").write_text(text)
    with pytest.raises(RegestaError, match=words):
        read_registries([tmp_path / "c.toml"])


def test_registries_without_end() -> None:
    """A collection that is a member of itself, and a file with a path for a name, are refused."""
    with pytest.raises(UnknownValue, match="itself"):
        wanted(["a"], {"a": Entry(members=("a",))})
    with pytest.raises(RegestaError, match="no name of a file"):
        wanted(["a"], {"a": Entry(urls=("https://x.org/y",), file="../y")})


def test_the_command(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    """A registry of the user's own is fetched from by name, told and written down."""
    registry = tmp_path / "c.toml"
    urls = json.dumps([at(server, "good/file.xml")])
    registry.write_text(f"[letters]\ntitle = 'Letters'\nurls = {urls}\nsha256 = '{SHA}'\n"
                        f"[gone]\nurls = {json.dumps([at(server, 'gone/x.xml')])}\n")  # fmt: skip
    common = ["--registry", str(registry), "--pause", "0", "--to", str(tmp_path / "to")]
    run = CliRunner().invoke
    assert "Letters" in run(main, ["fetch", "--list", *common]).stdout
    dry = run(main, ["fetch", "letters", "--dry-run", *common])
    assert "/good/file.xml" in dry.stdout
    assert not (tmp_path / "to").exists()
    done = run(main, ["fetch", "letters", *common])
    assert (done.exit_code, done.stdout) == (0, "file.xml  0.5 MB  fetched\n")
    both = run(main, ["fetch", "letters", "gone", "--json", *common])
    assert both.exit_code == 1
    assert [f["state"] for f in json.loads(both.stdout)["files"]] == ["held", "failed"]
    assert "Traceback" not in both.stderr


@pytest.mark.parametrize("words", [[], ["nothing-of-the-kind", "--to", "x"], ["frus1918Russiav01"]])
def test_wrong_usage(words: list[str]) -> None:
    """Without a collection, with an unknown one, or without a folder: status 2 and one line."""
    done = CliRunner().invoke(main, ["fetch", *words])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), ("soon", 0.0), ("Mon, 01 Jan 99999 00:00:00 GMT", 0.0), ("9" * 5000, 0.0)],
)
def test_a_server_that_says_when_to_come_again(said: str, seconds: float) -> None:
    """What is neither a number nor a day asks for no wait."""
    assert fetch_http._wait({"Retry-After": said}) == seconds
