"""An edition as tools for language models, asked by the official client."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from door_fake import FakeEdition
from served import served

from regesta.edition import Edition, build
from regesta.errors import RegestaError, UnknownValue
from regesta.serving import waiting
from regesta.serving.app import create_app
from regesta.serving.mcp.answers import MOST_ANSWER, Addresses, listed, passages
from regesta.serving.mcp.parameters import schema
from regesta.serving.mcp.server import answer
from regesta.serving.mcp.tools import TOOLS, instructions

pytest.importorskip("mcp", reason="the MCP library is not installed")
import anyio
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from starlette.testclient import TestClient

AT = Addresses("https://edition.example.org/")
EDITION = FakeEdition()
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("about", {}),
    ("search", {"query": "grain"}),
    ("read", {"id": "harbour/d1"}),
    ("day", {"date": "1918-07-25"}),
    ("index", {"name": "author"}),
    ("thread", {"id": "harbour/d1"}),
    ("counterparts", {"id": "harbour/d1"}),
    ("acts", {}),
    ("silences", {}),
    ("verify", {"id": "harbour/d1", "quotation": "The grain ships"}),
    ("find", {"citation": "Arnesen to the Harbour Master, 25 July 1918"}),
    ("cite", {"id": "harbour/d1"}),
)


def call(name: str, /, **given: Any) -> dict[str, Any]:
    """Call a tool that answers."""
    found, wrong = answer(EDITION, name, given, AT)
    assert not wrong
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("name", "given"), CALLS)
def test_every_tool_answers(name: str, given: dict[str, Any]) -> None:
    """Every tool gives an object that JSON can hold, of bounded size."""
    assert len(json.dumps(call(name, **given))) < 2 * MOST_ANSWER


def test_the_calls_cover_all_tools() -> None:
    """No tool is untried."""
    assert {name for name, _ in CALLS} == {tool.name for tool in TOOLS}


def test_documents_have_permalinks() -> None:
    """What is found has its id and its whole address."""
    (row, *_) = call("search", query="ships")["results"]
    assert row["id"] == "harbour/d1"
    assert row["permalink"] == "https://edition.example.org/documents/harbour/d1"


def test_a_text_is_read_by_voices() -> None:
    """The pieces of a text tell their voice, and their spans lead back to it."""
    found = call("read", id="harbour/d1")
    text = EDITION.document("harbour/d1").text
    assert [p["layer"] for p in found["passages"]] == ["dateline", "body"]
    for piece in found["passages"]:
        start, end = piece["span"]
        assert piece["text"] == text[start:end]
    assert found["notes"] == [{"n": "1", "anchor": 41, "text": "Four ships in all.", "cut": False}]
    assert found["next_offset"] is None


def test_a_note_is_read_by_its_mark() -> None:
    """A footnote is read by its printed mark; one that is not there is said not to be."""
    assert call("read", id="harbour/d1", note="1")["passages"][0]["text"] == "Four ships in all."
    missing = call("read", id="harbour/d1", note="9")
    assert not missing["passages"]
    assert "its notes are: 1" in missing["says"]


def test_a_long_text_goes_on() -> None:
    """A text longer than an answer says where it goes on, and nothing of it is lost."""
    document = EDITION.document("harbour/d1")
    pieces = [p["text"] for at in range(0, 90, 10) for p in passages(document, at, at + 10)]
    assert "".join("".join(pieces).split()) == "".join(document.text.split())


def test_nothing_found_is_said_with_what_was_searched() -> None:
    """An empty answer names the ground that was searched and what stood in the way."""
    says = call("search", query="zeppelin")["says"]
    assert "3 documents in 1 collection" in says
    assert "zeppelin (3 without it)" in says


@pytest.mark.parametrize(
    ("quotation", "words"),
    [("The grain ships lie", "Verbatim"), ("The grain boats lie", "Not verbatim")],
)
def test_a_quotation_is_judged_in_words(quotation: str, words: str) -> None:
    """A model is told in one sentence whether it may quote so."""
    assert call("verify", id="harbour/d1", quotation=quotation)["says"].startswith(words)


def test_a_passage_or_a_note_is_cited(demo: Edition) -> None:
    """A citation means the document, a note by its mark or a passage, and so does its permalink."""
    document = next(d for d in demo.documents() if d.notes and d.notes[0].n and len(d.text) > 90)

    def cited(**given: Any) -> dict[str, Any]:
        found, wrong = answer(demo, "cite", {"id": document.id, **given}, AT)
        assert (wrong, isinstance(found, dict)) == ("", True)
        return found or {}

    assert cited()["permalink"].endswith(f"?v={demo.version(document.id)}")
    assert cited(note=document.notes[0].n)["permalink"].endswith("#n1")
    for span in ([41, 55], ["41", "55"]):
        assert cited(span=span)["permalink"].endswith("words=41-55#words")
    words = " ".join(document.text[30:80].split()[1:-1])
    start, end = cited(quotation=words)["span"]
    assert " ".join(document.text[start:end].split()) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"note": "ninety"}, "note"),
        ({"span": [5]}, "span"),
        ({"span": [5, 5_000_000]}, "5000000"),
        ({"quotation": "zeppelins over Vologda"}, "to the letter"),
    ],
)
def test_a_passage_that_is_not_there(demo: Edition, given: dict[str, Any], words: str) -> None:
    """A note, a span or words that are not there get a message, and no citation."""
    found, wrong = answer(demo, "cite", {"id": next(iter(demo.ids())), **given}, AT)
    assert found is None
    assert words in wrong


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("nothing", {}, "there is no tool"),
        ("search", {"limit": 5000}, "limit"),
        ("search", {"limit": "many"}, "limit"),
        ("search", {"q": "x"}, "no argument 'q' here (it takes query, author"),
        ("search", {"query": 'an "open'}, "not closed"),
        ("search", {"from": "July"}, "from"),
        ("read", {}, "id is missing"),
        ("read", {"id": "harbour/d9"}, "no document"),
        ("day", {"date": "yesterday"}, "date"),
        ("index", {"name": "colour"}, "name"),
        ("verify", {"id": "harbour/d1", "quotation": ""}, "quotation"),
    ],
)
def test_what_cannot_be_asked_gets_a_message(name: str, given: dict[str, Any], words: str) -> None:
    """A wrong argument gets one line that names it and how to mend it."""
    found, wrong = answer(EDITION, name, given, AT)
    assert found is None
    assert words in wrong
    assert "\n" not in wrong


def test_arguments_as_models_write_them() -> None:
    """A number as text, one value without its list, null for nothing: all are understood."""
    call("search", query="grain", author="arnesen", limit="3", kind=None, collection=[])
    assert EDITION.asked["author"] == ("arnesen",)
    assert EDITION.asked["limit"] == 3


def test_a_list_fits_into_an_answer() -> None:
    """Rows that do not fit are left for the next page, never cut."""
    rows = [{"text": "x" * 15_000} for _ in range(5)]
    first = listed(rows, offset=0, total=5)
    assert len(first["results"]) == first["next_offset"] == 2
    assert listed(rows[4:], offset=4, total=5)["next_offset"] is None


def test_schemas_describe_every_argument() -> None:
    """Every argument of every tool is described to the model."""
    for tool in TOOLS:
        described = schema(tool.parameters)
        assert described["type"] == "object"
        for name, one in described["properties"].items():
            assert one.get("description"), (tool.name, name)
        assert "$ref" not in json.dumps(described)


def test_addresses() -> None:
    """An address that is none is refused."""
    with pytest.raises(UnknownValue):
        Addresses.at("edition.example.org")
    assert Addresses.at("").document("a/b") == "/documents/a/b"


def test_instructions_name_the_ground() -> None:
    """A model is told what the edition holds before it asks."""
    assert "3 documents in 1 collection" in instructions(EDITION)


def test_an_unforeseen_fault_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours becomes a message."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(FakeEdition, "search", broken)
    assert answer(EDITION, "search", {"query": "x"}, AT)[1].startswith("the server failed")


async def _ask_all(client: Client, calls: tuple[tuple[str, dict[str, Any]], ...]) -> list[Any]:
    async with client:
        listed_tools = await client.list_tools()
        assert [t.name for t in listed_tools.tools] == [t.name for t in TOOLS]
        answers = []
        for name, given in calls:
            found = await client.call_tool(name, given)
            assert not found.is_error, found
            assert json.loads(found.content[0].text) == found.structured_content
            answers.append(found.structured_content)
        wrong = await client.call_tool("search", {"limit": 5000})
        assert wrong.is_error
        assert "limit" in wrong.content[0].text
        return answers


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The made-up edition, served."""
    with served(create_app(EDITION)) as at:
        yield at


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http(address: str, mode: str) -> None:
    """The official client asks every tool over HTTP, by the protocol's new way and by its old."""
    answers = anyio.run(_ask_all, Client(f"{address}/mcp", mode=mode), CALLS)
    assert answers[1]["results"][0]["permalink"].startswith(f"{address}/documents/")


@pytest.mark.parametrize("tool", ["thread", "counterparts", "acts"])
def test_what_is_still_being_found(
    tool: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that comes too early is tried again, and is told in the end that it came too early."""
    tries: list[float] = []
    monkeypatch.setattr(waiting, "WAIT", 0.3)
    for part in (EDITION.links, EDITION.acts):
        monkeypatch.setattr(part, "progress", lambda wait=0.0: tries.append(wait) or (1, 9))

    async def ask() -> Any:
        async with Client(f"{address}/mcp") as client:
            return await client.call_tool(tool, {"id": "harbour/d1"})

    found = anyio.run(ask)
    assert found.is_error
    assert "still being" in found.content[0].text
    assert tries == [0.0] * len(tries)
    assert len(tries) > 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example:80"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"host": "edition.example.org"}, 200),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, 200),
    ],
)
def test_other_sites_are_refused(headers: dict[str, str], status: int) -> None:
    """A request under a foreign name, or from a foreign page, is refused."""
    client = TestClient(
        create_app(EDITION, hosts=["edition.example.org"]), base_url="http://127.0.0.1:8000"
    )
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"accept": "application/json, text/event-stream"}
    assert client.post("/mcp", json=ping, headers={**accept, **headers}).status_code == status


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_other_methods_are_told(method: str) -> None:
    """Who opens the address in a browser is told what it is."""
    told = TestClient(create_app(EDITION)).request(method, "/mcp")
    assert told.status_code == 405
    assert "MCP" in told.text


def test_over_standard_input_and_output(tmp_path: Path) -> None:
    """The official client starts the command and asks a built edition."""
    source = tmp_path / "papers"
    source.mkdir()
    (source / "a.txt").write_text("Moscow, July 25, 1918.\nThe envoys have left the town.\n")
    build([source], tmp_path / "e.regesta")
    command = ["-m", "regesta.serving.cli.main", "mcp", str(tmp_path / "e.regesta")]
    asked = (
        ("search", {"query": "envoys"}),
        ("read", {"id": "papers/a"}),
        ("verify", {"id": "papers/a", "quotation": "The envoys have left"}),
    )

    async def run() -> list[Any]:
        transport = stdio_client(StdioServerParameters(command=sys.executable, args=command))
        return await _ask_all(Client(transport), asked)

    found, read, checked = anyio.run(run)
    assert [row["id"] for row in found["results"]] == ["papers/a"]
    assert read["permalink"].startswith("/documents/papers/a?v=")
    assert checked["verbatim"]


def test_a_missing_library_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, command and address say what to install."""
    from regesta.serving.mcp import server as mcp_server

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(RegestaError, match="regesta\\[mcp\\]"):
        mcp_server.run_stdio(EDITION, AT)
    told = TestClient(create_app(EDITION)).post("/mcp", json={})
    assert told.status_code == 501
    assert "pip install 'regesta[mcp]'" in told.text


@pytest.mark.parametrize("name", ["acts", "counterparts", "thread", "silences"])
def test_what_is_found_or_said_not_to_be(demo: Any, name: str) -> None:
    """On a real edition each row has its permalink, and an empty answer says so."""
    given = {} if name in ("acts", "silences") else {"id": "american-papers-on-vologda/d15"}
    found, wrong = answer(demo, name, given, AT)
    assert not wrong
    assert found["results"] or found["says"]
    for row in found["results"]:
        assert row.get("permalink") or row.get("permalinks")


def test_an_act_leads_to_its_words(demo: Any) -> None:
    """An act's permalink opens the document at the words that state it."""
    found, _ = answer(demo, "acts", {"limit": 3}, AT)
    for row in found["results"]:
        start, end = row["span"]
        assert row["permalink"].endswith(f"words={start}-{end}#words")
        assert row["words"] in demo.document(row["document"]).text.replace("\n", " ")
    none, _ = answer(demo, "acts", {"actor": "Nobody Atall"}, AT)
    assert "No such act" in none["says"]


def test_every_document_of_an_edition_can_be_read(demo: Any) -> None:
    """Texts, notes and links of real documents are read without a fault."""
    linked = 0
    for id in demo.ids():
        found, wrong = answer(demo, "read", {"id": id}, AT)
        assert not wrong, (id, wrong)
        linked += len(found["links"])
    assert linked
