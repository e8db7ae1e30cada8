"""Feeds, OpenSearch and sitemap: well-formed, whole, and of this edition."""

from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from fake_edition import FakeEdition
from starlette.testclient import TestClient

from regesta.serving.app import create_app
from regesta.serving.pages import feeds as pages_feeds

ATOM = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(name="client")
def _client() -> TestClient:
    return TestClient(create_app(FakeEdition()))


def test_feed(client: TestClient) -> None:
    """A search as Atom: each result an entry with address, dates and passage."""
    answer = client.get("/search.atom?q=harbour")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.text)
    entries = root.findall("a:entry", ATOM)
    assert entries
    assert int(root.findtext("o:totalResults", "0", ATOM)) >= len(entries)
    for entry in entries:
        address = entry.findtext("a:id", "", ATOM)
        assert client.get(address).status_code == 200
        assert entry.findtext("a:title", "", ATOM)
        assert entry.findtext("a:updated", "", ATOM).endswith("Z")


@pytest.mark.parametrize("query", ['q="harbour', "sort=loudness", "offset=many"])
def test_malformed_searches(client: TestClient, query: str) -> None:
    """What the search page does not understand, the feed does not either."""
    assert client.get(f"/search.atom?{query}").status_code == 400


def test_opensearch(client: TestClient) -> None:
    """A browser learns how to search here, and every page says where."""
    root = ElementTree.fromstring(client.get("/opensearch.xml").text)
    templates = [e.get("template") or "" for e in root.iter() if e.tag.endswith("Url")]
    assert all("{searchTerms}" in template for template in templates)
    assert 'href="/opensearch.xml"' in client.get("/").text
    name = root.findtext("{http://a9.com/-/spec/opensearch/1.1/}ShortName") or ""
    assert 0 < len(name) <= 16


def test_sitemap(client: TestClient) -> None:
    """Every address of the sitemap is there."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").text)
    found = [e.text or "" for e in root.findall("s:url/s:loc", MAP)]
    assert len(found) > 8
    assert all(client.get(address).status_code == 200 for address in found)
    assert "sitemap.xml" in client.get("/robots.txt").text


def test_large_sitemaps_have_parts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many addresses for one file stand in several, none twice."""
    monkeypatch.setattr(pages_feeds, "_MOST", 5)
    root = ElementTree.fromstring(client.get("/sitemap.xml").text)
    parts = [e.text or "" for e in root.findall("s:sitemap/s:loc", MAP)]
    found = []
    for part in parts:
        inner = ElementTree.fromstring(client.get(part).text)
        found += [e.text for e in inner.findall("s:url/s:loc", MAP)]
    assert len(found) == len(set(found)) > 5
    assert client.get("/sitemap-99.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_reference_managers(client: TestClient) -> None:
    """A document's page says in meta elements and in COinS what it is."""
    html = client.get("/documents/white/d1").text
    assert '<meta name="citation_title"' in html
    assert '<meta name="DC.date" content="1912-06-03">' in html
    title = html.split('class="Z3988" title="')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(title)["rft.date"] == ["1912-06-03"]
