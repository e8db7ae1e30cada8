"""Metadata harvesting: by the protocol's rules, and by a harvester that is not ours."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from oai_schema import OAI, OAI_DC, check
from served import served
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.edition.changes import FILE, ChangeFilter
from regesta.errors import EditionBusy, EditionError
from regesta.serving.app import create_app
from regesta.serving.protocols import oai
from regesta.serving.protocols.oai_asked import Harvest, seal, set_filter, set_name, unseal

LETTER = "Moscow, July {day}, 1918.\nThe envoys have left the town.\n"


@pytest.fixture(scope="module")
def client(demo_path: Path) -> Iterator[TestClient]:
    """The bundled edition's application under a name."""
    edition = Edition.open(demo_path)
    yield TestClient(create_app(edition), base_url="http://papers.example.org")
    edition.close()


def ask(client: TestClient, query: str) -> etree._Element:
    """Ask, and check the answer against the protocol's own rules."""
    answer = client.get(f"/oai?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    root = etree.fromstring(answer.content)
    check(root)
    return root


def error(client: TestClient, query: str) -> str:
    """The code of the error that a question gets."""
    (found,) = ask(client, query).iter(f"{OAI}error")
    return found.get("code", "")


D1 = "oai:papers.example.org:american-papers-on-vologda/d1"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Harvest", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=kind", "badArgument"),
        ("verb=GetRecord", "badArgument"),
        (f"verb=GetRecord&identifier={D1}", "badArgument"),
        (f"verb=GetRecord&identifier={D1}&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=GetRecord&identifier=oai:x.org:no&metadataPrefix=oai_dc", "idDoesNotExist"),
        (f"verb=GetRecord&identifier={D1}99&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=nothing", "idDoesNotExist"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=tei", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=1918-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2001-01-01T00:00:00", "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=2001-01-01&until=2002-01-01T00:00:00Z",
            "badArgument",
        ),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-01-01&until=2001-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1918-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=colour", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=kind:spell", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=abc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&resumptionToken=abc", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=abc", "badResumptionToken"),
    ],
)
def test_errors_of_the_protocol(client: TestClient, query: str, code: str) -> None:
    """A wrong request gets the protocol's own error."""
    assert error(client, query) == code


def test_a_bad_request_is_not_repeated(client: TestClient) -> None:
    """The request element has no attributes where the request was not understood."""
    (found,) = ask(client, "verb=Harvest&x=y").iter(f"{OAI}request")
    assert dict(found.attrib) == {}
    assert found.text == "http://papers.example.org/oai"


@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify",
        "verb=ListSets",
        "verb=ListMetadataFormats",
        f"verb=ListMetadataFormats&identifier={D1}",
        f"verb=GetRecord&identifier={D1}&metadataPrefix=oai_dc",
        f"verb=GetRecord&identifier={D1}&metadataPrefix=tei",
        "verb=ListIdentifiers&metadataPrefix=tei&set=collection",
        "verb=ListRecords&metadataPrefix=oai_dc&set=kind",
        "verb=ListRecords&metadataPrefix=tei&from=2001-01-01&until=2999-12-31",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2001-01-01T00:00:00Z",
    ],
)
def test_answers_are_valid(client: TestClient, query: str) -> None:
    """Every verb answers with what the schema allows, and not with an error."""
    assert not list(ask(client, query).iter(f"{OAI}error"))


def test_posted_requests_are_the_same(client: TestClient) -> None:
    """A request by POST gets the same answer."""
    told = client.post("/oai", content="verb=ListSets", headers={
        "content-type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert "<ListSets>" in told.text
    assert client.post("/oai", content="x" * 30_000).status_code == 413


def test_dublin_core_says_what_is_known(client: TestClient) -> None:
    """Dublin Core has heading, writer, date and permalink of a document."""
    root = ask(client, f"verb=GetRecord&identifier={D1}&metadataPrefix=oai_dc")
    (dc,) = root.iter(f"{OAI_DC}dc")
    told = {etree.QName(e).localname for e in dc}
    assert {"title", "creator", "date", "identifier", "type"} <= told
    texts = [e.text for e in dc]
    assert "http://papers.example.org/documents/american-papers-on-vologda/d1" in texts


def test_pages_lead_through_the_list(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens lead through a list without loss or repetition, and the last one is empty."""
    monkeypatch.setattr(oai, "HEADERS", 7)
    query, ids, sizes = "metadataPrefix=oai_dc", [], set()
    while query:
        root = ask(client, f"verb=ListIdentifiers&{query}")
        ids += [e.text for e in root.iter(f"{OAI}identifier")]
        (token,) = root.iter(f"{OAI}resumptionToken")
        sizes.add(token.get("completeListSize"))
        query = f"resumptionToken={token.text}" if token.text else ""
    assert len(ids) == len(set(ids)) == 60
    assert sizes == {"60"}


def test_a_token_is_sealed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that was altered, or given out for another list, is refused."""
    monkeypatch.setattr(oai, "HEADERS", 7)
    root = ask(client, "verb=ListIdentifiers&metadataPrefix=oai_dc")
    (token,) = (e.text for e in root.iter(f"{OAI}resumptionToken"))
    assert token
    for bad in (token[:-2], token + "AA", token[:20] + "x" + token[21:]):
        assert error(client, f"verb=ListIdentifiers&resumptionToken={bad}") == "badResumptionToken"
    assert error(client, f"verb=ListRecords&resumptionToken={token}") == "badResumptionToken"


def test_tokens_come_back_as_they_went() -> None:
    """A sealed token opens with its secret alone."""
    told = Harvest("ListRecords", "tei", "2001-01-01T00:00:00Z", set="kind:x", after="a/b", given=9)
    assert unseal(seal(told, "s"), "s") == told
    assert unseal(seal(told, "s"), "t") is None
    assert unseal("é", "s") is None


@pytest.mark.parametrize("value", ["frus1918Russiav03", "Büro 7/ä", "a~b%c", "note verbale"])
def test_set_names_hold_any_word(value: str) -> None:
    """Any collection or kind has a setSpec of the allowed signs that leads back to it."""
    spec = set_name("collection", value)
    assert all(c.isascii() and (c.isalnum() or c in "-_.!~*'():") for c in spec)
    assert set_filter(Harvest("", "", set=spec)) == ChangeFilter(collection=value)


@pytest.fixture
def edition_path(tmp_path: Path) -> Path:
    """An edition of three letters, whose sources stand beside it."""
    (tmp_path / "papers").mkdir()
    for day in (1, 2, 3):
        (tmp_path / "papers" / f"l{day}.txt").write_text(LETTER.format(day=day))
    build([tmp_path / "papers"], tmp_path / "e.regesta", workers=0)
    return tmp_path / "e.regesta"


def _stamps(path: Path) -> dict[str, tuple[bool, int]]:
    edition = Edition.open(path)
    found = {c.id: c for c in edition.changes().page(ChangeFilter())}
    built = [c.stamp == edition.info().built[:19] + "Z" for c in found.values()]
    edition.close()
    return {c.id: (c.gone, new) for c, new in zip(found.values(), built, strict=True)}


def test_what_is_gone_stays_known(edition_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that leaves the edition is deleted for harvesters, one that comes back is not."""
    papers = edition_path.parent / "papers"
    assert {gone for gone, _ in _stamps(edition_path).values()} == {False}
    (papers / "l2.txt").unlink()
    (papers / "l3.txt").write_text(LETTER.format(day=4))
    build([papers], edition_path, workers=0)
    assert [gone for gone, _ in _stamps(edition_path).values()] == [False, True, False]
    edition = Edition.open(edition_path)
    client = TestClient(create_app(edition), base_url="http://papers.example.org")
    root = ask(client, "verb=ListRecords&metadataPrefix=oai_dc")
    gone = [e for e in root.iter(f"{OAI}header") if e.get("status") == "deleted"]
    assert [e.findtext(f"{OAI}identifier") for e in gone] == ["oai:papers.example.org:papers/l2"]
    edition.close()
    (papers / "l2.txt").write_text(LETTER.format(day=2))
    build([papers], edition_path, workers=0)
    assert {gone for gone, _ in _stamps(edition_path).values()} == {False}


def test_only_what_changed_gets_a_new_stamp(edition_path: Path) -> None:
    """A build stamps what it altered; the rest keeps its day."""
    edition = Edition.open(edition_path)
    edition.changes()._db.execute("UPDATE changes SET stamp = '2001-01-01T00:00:00Z'")
    edition.close()
    papers = edition_path.parent / "papers"
    (papers / "l3.txt").write_text(LETTER.format(day=4))
    build([papers], edition_path, workers=0)
    assert [new for _, new in _stamps(edition_path).values()] == [False, False, True]


def test_a_ledger_in_use_is_not_begun_anew(edition_path: Path) -> None:
    """Where another process holds the ledger, that is said; a new secret would lose harvesters."""
    with Edition.open(edition_path) as edition:
        secret = edition.changes().secret
    other = sqlite3.connect(edition_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Edition.open(edition_path) as edition:
        with pytest.raises(EditionBusy, match="another process"):
            edition.changes()
        other.close()
        assert edition.changes().secret == secret


def test_a_ledger_never_goes_back(edition_path: Path) -> None:
    """An edition opened before a build cannot undo what the ledger has of it."""
    before = Edition.open(edition_path)
    (edition_path.parent / "papers" / "l3.txt").write_text(LETTER.format(day=4))
    build([edition_path.parent / "papers"], edition_path, workers=0)
    now = _stamps(edition_path)
    with pytest.raises(EditionError, match="built again"):
        before.changes()
    before.close()
    assert _stamps(edition_path) == now


def test_an_edition_that_cannot_be_written_is_harvested(edition_path: Path) -> None:
    """Where the ledger has no place on disk, all documents have the day of the build."""
    (edition_path / FILE).mkdir()
    assert len(_stamps(edition_path)) == 3
    shutil.rmtree(edition_path / FILE)


def test_a_harvester_by_other_hands(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """oaipmh-scythe asks every verb and harvests all, in both formats, without an error."""
    scythe = pytest.importorskip("oaipmh_scythe", reason="oaipmh-scythe is not installed")
    monkeypatch.setattr(oai, "RECORDS", 9)
    monkeypatch.setattr(oai, "HEADERS", 9)
    with served(client.app) as address, scythe.Scythe(f"{address}/oai") as harvester:
        assert harvester.identify().repositoryName == "The Vologda affair, 1918"
        assert [f.metadataPrefix for f in harvester.list_metadata_formats()] == ["oai_dc", "tei"]
        sets = [s.setSpec for s in harvester.list_sets()]
        assert "collection:american-papers-on-vologda" in sets
        headers = list(harvester.list_identifiers(metadata_prefix="oai_dc"))
        assert len({h.identifier for h in headers}) == 60
        for prefix in ("oai_dc", "tei"):
            assert len(list(harvester.list_records(metadata_prefix=prefix))) == 60
        one = harvester.get_record(identifier=headers[0].identifier)
        assert one.metadata["title"]
        with pytest.raises(Exception, match="identifier"):
            harvester.get_record(identifier="oai:nowhere")
