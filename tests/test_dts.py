"""Distributed Text Services: by the specification's tables, and by a client that is not ours."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from served import served
from starlette.testclient import TestClient

from regesta.documents import Document, Layer, Mark, Note, Source
from regesta.edition import Edition
from regesta.errors import RegestaError, UnknownValue
from regesta.exporting.tei.part import WRAPPER, passage
from regesta.serving.api.parameters import BadParameter
from regesta.serving.app import create_app
from regesta.serving.protocols import dts, dts_tree

TEI = "{http://www.tei-c.org/ns/1.0}"
DOCUMENT = Document(
    id="a/1",
    collection="a",
    source=Source("a.xml", "0"),
    text="Paris, May 1.\n\nThe first words.\nThe second words.",
    layers=(Layer("dateline", 0, 13),),
    marks=(Mark("page", 0, 0, "7"), Mark("page", 31, 31, "8"), Mark("italic", 19, 24)),
    notes=(Note("1", "Of spring.", 13), Note("2", "Or third.", 40), Note("*", "Loose.")),
)
TREE = ["p1", "n1", "p2", "p3", "n2", "n3"]


def test_units_of_the_default_tree() -> None:
    """Paragraphs in their order, each with its notes; notes without an anchor at the end."""
    found = dts_tree.units(DOCUMENT)
    assert [u.id for u in found] == TREE
    assert [u.parent for u in found] == ["", "p1", "", "", "p3", ""]
    assert [DOCUMENT.text[u.start : u.end] for u in found if u.kind == "paragraph"] == [
        "Paris, May 1.", "The first words.", "The second words.",
    ]  # fmt: skip


def test_units_of_the_tree_of_pages() -> None:
    """A page goes from its break to the next; a number printed twice stays unique."""
    assert [(u.id, u.start, u.end) for u in dts_tree.units(DOCUMENT, "pages")] == [
        ("7", 0, 31), ("8", 31, 49),
    ]  # fmt: skip
    twice = Document("a/2", "a", Source("", ""), "ab", marks=(
        Mark("page", 0, 0, "7"), Mark("page", 1, 1, "7")))  # fmt: skip
    assert [u.id for u in dts_tree.units(twice, "pages")] == ["7", "7.2"]


def test_a_document_without_words_has_no_tree() -> None:
    """No text, no tree."""
    assert dts_tree.trees(Document("a/3", "a", Source("", ""), "")) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # The rows of the specification's table of down, ref, start and end.
        ({"ref": "p1"}, None),
        ({"start": "p1", "end": "p2"}, None),
        ({"ref": "p2", "down": 0}, ["p1", "p2", "p3", "n3"]),
        ({"ref": "n1", "down": 0}, ["n1"]),
        ({"down": 1}, ["p1", "p2", "p3", "n3"]),
        ({"down": 2}, TREE),
        ({"down": 7}, TREE),
        ({"down": -1}, TREE),
        ({"ref": "p1", "down": 1}, ["p1", "n1"]),
        ({"ref": "p1", "down": -1}, ["p1", "n1"]),
        ({"ref": "p2", "down": 3}, ["p2"]),
        ({"start": "p1", "end": "p3", "down": 1}, ["p1", "n1", "p2", "p3", "n2"]),
        ({"start": "n1", "end": "p2", "down": -1}, ["n1", "p2"]),
    ],
)
def test_members_by_the_table(asked: dict[str, Any], expected: list[str] | None) -> None:
    """Which units a question means is as the specification's table has it."""
    question = {"ref": "", "start": "", "end": "", "down": None, **asked}
    found = dts_tree.members(dts_tree.units(DOCUMENT), **question)
    assert (None if found is None else [u.id for u in found]) == expected


@pytest.mark.parametrize("asked", [{}, {"down": 0}, {"start": "p1", "end": "p2", "down": 0}])
def test_questions_that_are_none(asked: dict[str, Any]) -> None:
    """The rows of that table that end in an error do so."""
    question = {"ref": "", "start": "", "end": "", "down": None, **asked}
    with pytest.raises(BadParameter):
        dts_tree.members(dts_tree.units(DOCUMENT), **question)


def test_a_passage_is_cut_with_all_that_stands_in_it() -> None:
    """Marks, layers and notes of a passage move with its words; the rest is left."""
    part = passage(DOCUMENT, 15, 31)
    assert part.text == "The first words."
    assert [(m.kind, m.start, m.end) for m in part.marks] == [("italic", 4, 9)]
    assert part.layers == ()
    assert part.notes == ()
    assert [n.n for n in passage(DOCUMENT, 0, 13).notes] == ["1"]


@pytest.fixture(scope="module")
def client(demo_path: Any) -> Iterator[TestClient]:
    """The bundled edition's application."""
    edition = Edition.open(demo_path)
    yield TestClient(create_app(edition))
    edition.close()


def _json(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    found = answer.json()
    assert found["@context"] == "https://dtsapi.org/context/v1.0.json"
    assert found["dtsVersion"] == "1.0"
    return found


def _expand(template: str, **given: object) -> str:
    """An address from a template of RFC 6570 with query parameters."""

    def fill(match: re.Match[str]) -> str:
        pairs = [f"{n}={given[n]}" for n in match[2].split(",") if n in given]
        return (match[1] + "&".join(pairs)) if pairs else ""

    return re.sub(r"\{([?&])([^}]*)\}", fill, template)


def test_a_walk_by_the_templates(client: TestClient) -> None:
    """From the entry alone a client comes to every collection, text, tree and passage."""
    entry = _json(client, "/api/dts/")
    assert entry["@type"] == "EntryPoint"
    root = _json(client, _expand(entry["collection"]))
    assert (root["@type"], root["totalParents"]) == ("Collection", 0)
    assert root["totalChildren"] == len(root["member"])
    seen = 0
    for one in root["member"]:
        whole = _json(client, _expand(one["collection"]))
        assert whole["totalChildren"] == one["totalChildren"] == len(whole["member"])
        for resource in whole["member"]:
            seen += 1
            _walk_resource(client, resource)
    assert seen == 60


def _walk_resource(client: TestClient, resource: dict[str, Any]) -> None:
    assert resource["@type"] == "Resource"
    parents = _json(client, _expand(resource["collection"], nav="parents"))
    assert parents["totalParents"] == len(parents["member"]) == 1
    assert {k: v for k, v in parents.items() if k in resource} == resource
    for tree in resource["citationTrees"]:
        named = {"tree": tree["identifier"]} if "identifier" in tree else {}
        found = _json(client, _expand(resource["navigation"], down=-1, **named))
        units = found["member"]
        assert len({u["identifier"] for u in units}) == len(units)
        assert found["resource"] == resource
        unit = units[len(units) // 2]["identifier"]
        passage = client.get(_expand(resource["document"], ref=unit, **named))
        assert passage.status_code == 200, passage.text
        wrapped = etree.fromstring(passage.content).iter(f"{{{WRAPPER}}}wrapper")
        assert "".join(next(wrapped).itertext()).strip()
    whole = client.get(_expand(resource["document"]))
    assert whole.headers["content-type"].startswith("application/tei+xml")
    assert etree.fromstring(whole.content).tag == f"{TEI}TEI"
    assert 'rel="collection"' in whole.headers["link"]


def test_first_citation_tree_has_no_identifier(client: TestClient) -> None:
    """The default tree is the first and nameless, as the specification wants it."""
    found = _json(client, "/api/dts/collection?id=american-papers-on-vologda/d1")
    assert "identifier" not in found["citationTrees"][0]
    assert [t.get("identifier") for t in found["citationTrees"][1:]] in ([], ["pages"])


RESOURCE = "american-papers-on-vologda/d1"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/dts/navigation?down=1", 400),
        (f"/api/dts/navigation?resource={RESOURCE}", 400),
        (f"/api/dts/navigation?resource={RESOURCE}&down=0", 400),
        (f"/api/dts/navigation?resource={RESOURCE}&ref=p1&start=p1&end=p2", 400),
        (f"/api/dts/navigation?resource={RESOURCE}&start=p1", 400),
        (f"/api/dts/navigation?resource={RESOURCE}&start=p1&end=p2&down=0", 400),
        (f"/api/dts/navigation?resource={RESOURCE}&ref=p99", 404),
        (f"/api/dts/navigation?resource={RESOURCE}&down=1&tree=lines", 404),
        (f"/api/dts/navigation?resource={RESOURCE}&down=1&page=9", 404),
        ("/api/dts/navigation?resource=nowhere/d1&down=1", 404),
        ("/api/dts/document", 400),
        (f"/api/dts/document?resource={RESOURCE}&ref=p1&end=p2", 400),
        (f"/api/dts/document?resource={RESOURCE}&end=p2", 400),
        (f"/api/dts/document?resource={RESOURCE}&ref=p99", 404),
        (f"/api/dts/document?resource={RESOURCE}&start=p2&end=p1", 404),
        (f"/api/dts/document?resource={RESOURCE}&mediaType=image/png", 404),
        ("/api/dts/document?resource=nowhere/d1", 404),
        ("/api/dts/collection?id=nowhere", 404),
        ("/api/dts/collection?id=nowhere/d1", 404),
        ("/api/dts/collection?page=99", 404),
        ("/api/dts/collection?page=0", 400),
        ("/api/dts/collection?nav=sideways", 400),
        ("/api/dts/collection?colour=red", 400),
    ],
)
def test_errors_as_specified(client: TestClient, address: str, status: int) -> None:
    """Wrong questions get the specification's status, with a message and how to mend it."""
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ("&ref=p2&mediaType=text/html", "text/html", "<p>"),
        ("&mediaType=text/plain", "text/plain", ""),
        ("&start=p1&end=p2", "application/tei+xml", "dts:wrapper"),
        ("&tree=pages", "application/tei+xml", "<TEI"),
    ],
)
def test_media_types(client: TestClient, asked: str, kind: str, words: str) -> None:
    """A passage comes as TEI unless another form is asked; tree= alone has no effect."""
    answer = client.get(f"/api/dts/document?resource={RESOURCE}{asked}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert words in answer.text


def test_pages_of_a_long_list(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long collection comes in pages that lead through it; nothing is lost."""
    monkeypatch.setattr(dts, "COLLECTION_PAGE", 4)
    monkeypatch.setattr(dts, "NAVIGATION_PAGE", 1)
    first = _json(client, "/api/dts/collection?id=american-papers-on-vologda")
    ids, page = [m["@id"] for m in first["member"]], first
    assert page["view"]["previous"] is None
    while page["view"]["next"]:
        page = _json(client, page["view"]["next"])
        ids += [m["@id"] for m in page["member"]]
    assert page["view"]["@id"] == first["view"]["last"]
    assert len(ids) == len(set(ids)) == first["totalChildren"]
    units = _json(client, f"/api/dts/navigation?resource={RESOURCE}&down=-1")
    assert len(units["member"]) == 1
    assert _json(client, units["view"]["next"])["member"] != units["member"]


def test_unchanged_answers_are_not_sent_again(client: TestClient) -> None:
    """A client that holds an answer is told that it still stands."""
    tag = client.get("/api/dts/collection").headers["etag"]
    again = client.get("/api/dts/collection", headers={"if-none-match": tag})
    assert again.status_code == 304


def test_an_unknown_tree_is_named() -> None:
    """A tree that is not there is named with the way on."""
    with pytest.raises(UnknownValue, match="lines"):
        dts_tree.units(DOCUMENT, "lines")
    with pytest.raises(RegestaError):
        dts_tree.chosen(dts_tree.units(DOCUMENT), "", "p2", "p1")


def test_thunderdots_harvests_everything(client: TestClient) -> None:
    """A client by other hands walks the collections and fetches every text without an error."""
    thunderdots = pytest.importorskip("thunderdots", reason="thunderdots is not installed")
    with served(client.app) as address:
        harvester = thunderdots.ThunderDots(
            f"{address}/api/dts",
            collection_params={"collection_id": "edition"},
            resource_params={"fetch_document": True, "fragment_mode": "navigation"},
            verbose=False,
            concurrency=4,
            retries=0,
            use_cache=False,
        )
        harvester.fetch()
        found, stats = harvester.results(), harvester.stats()
        harvester.close()
    assert stats["http_errors"] == 0
    assert len(found["resource_results"]) == 60
    assert len({one["id"] for one in found["resource_results"]}) == 60
