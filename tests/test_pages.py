"""Every page of the reading room on a small made-up edition, asked through the application."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from fake_edition import HOSTILE, FakeEdition
from starlette.applications import Starlette
from starlette.testclient import TestClient

from regesta.edition.results import IndexEntry
from regesta.serving.pages.frame import digest, static_files
from regesta.serving.pages.routes import routes

PAGES = [
    "/",
    "/search",
    "/search?q=harbour",
    "/search?q=vessel",
    "/search?q=harbour&author=Berg&from=1912&to=1913&undated=1",
    "/search?q=zebra+harbour",
    "/search?author=-",
    "/documents/white/d1",
    "/documents/white/d2",
    "/documents/grey/x-1.2",
    "/documents/grey/d9",
    "/subjects",
    "/authors",
    "/authors?begins=B",
    "/authors?begins=Zzz",
    "/recipients",
    "/places",
    "/authors/Berg",
    "/subjects/Harbours",
    "/dates",
    "/dates/1912",
    "/dates/1912-06",
    "/on/1912-06-03",
    "/on/1912-06-01",
    "/on/0001-01-01",
    "/on/9999-12-31",
    "/collections/white",
    "/collections/grey",
    "/collections/white/sections/pr",
    "/about",
    "/compare/white/d1/grey/x-1.2",
    "/network",
    "/map",
    "/network?between=powers",
    "/conversation?one=Berg&other=Lind",
    "/find",
    "/find?citation=Berg+to+Lind,+3+June+1912",
    "/find?citation=%3Cscript%3Ealert(1)%3C/script%3E",
    "/check?id=white/d1",
    "/check?id=white/d1&quotation=The+harbour+was+closed",
    "/check?id=white/d1&quotation=The+%3Cb%3Eharbour%3C/b%3E+was+opened+at+noon",
    "/check?id=white/d1&quotation=zebra+quagga+okapi+gnu",
]
NOWHERE = [
    "/compare/white/d1/white/d77",
    "/compare/white/d1/white/d1",
    "/compare/white",
    "/network?between=planets",
    "/conversation?one=Berg",
    "/check?id=white/d77",
    "/documents/white/d3",
    "/documents/white/..%2f..%2fetc%2fpasswd",
    "/documents/%00",
    "/authors/nobody",
    "/dates/1912-13",
    "/dates/0000",
    "/dates/1912-06-31",
    "/on/1912-02-30",
    "/on/today",
    "/on?date=today",
    "/collections/none",
    "/collections/white/sections/none",
    "/documents/grey/d9.source",
]
MALFORMED = [
    '/search?q="harbour',
    "/search?limit=-1",
    "/search?offset=x",
    "/search?layer=skin",
    "/search?sort=colour",
    "/search?from=xx",
    "/search?q=" + "long " * 300,
    "/authors?offset=%C2%B2",
]


class _Reader(HTMLParser):
    """Collects what a page holds and asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        self.tags.append((tag, values))
        if "id" in values:
            self.ids.append(values["id"])

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> _Reader:
    """Parse a page."""
    reader = _Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The reading room over the made-up edition."""
    app = Starlette(routes=routes)
    app.state.edition = FakeEdition()
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole(client: TestClient, path: str) -> None:
    """A page answers with one title, one heading, one main part, and no id twice."""
    response = client.get(path)
    assert response.status_code == 200
    page = read(response.text)
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == names.count("main") == names.count("title") - _svg_titles(page) == 1
    assert len(page.ids) == len(set(page.ids))
    assert any(a.get("name") == "description" and a.get("content") for _, a in page.tags)


def _svg_titles(page: _Reader) -> int:
    """How many titles belong to bars."""
    return sum(tag == "title" for tag, _ in page.tags) - 1


@pytest.mark.parametrize("path", [*PAGES, *NOWHERE[:1], *MALFORMED[:1]])
def test_page_asks_no_other_machine(client: TestClient, path: str) -> None:
    """Everything a page loads comes from this machine; other hosts are only ever links."""
    for tag, attributes in read(client.get(path).text).tags:
        for name in ("href", "src", "action", "srcset", "poster", "data"):
            value = attributes.get(name, "")
            local = value.startswith(("/", "#", "data:image/svg+xml,")) and value[:2] != "//"
            if value and not local:
                assert tag == "a"
                assert value.startswith("https://")


@pytest.mark.parametrize("path", [*PAGES, *NOWHERE[:1], *MALFORMED[:1]])
def test_page_has_no_inline_script_or_style(client: TestClient, path: str) -> None:
    """A strict content security policy loses nothing: no inline script, style or handler."""
    for tag, attributes in read(client.get(path).text).tags:
        assert tag != "style"
        assert tag != "script" or attributes.get("src", "").startswith("/static/")
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("path", [*PAGES, *NOWHERE, *MALFORMED])
def test_hostile_text_stays_text(client: TestClient, path: str) -> None:
    """Words of a source never become mark-up, and no address is a script."""
    text = client.get(path).text
    assert "<script>alert" not in text
    assert "<b>bold" not in text
    for _, attributes in read(text).tags:
        assert not attributes.get("href", "").lower().startswith("javascript")


@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_there_is_a_page(client: TestClient, path: str) -> None:
    """What is not in the edition is a 404 in the edition's own look."""
    response = client.get(path)
    assert response.status_code == 404
    assert 'class="runhead"' in response.text


@pytest.mark.parametrize("path", MALFORMED)
def test_malformed_asks_are_explained(client: TestClient, path: str) -> None:
    """A malformed query or parameter is a 400 that says what is wrong."""
    response = client.get(path)
    assert response.status_code == 400
    assert 'class="tally"' in response.text
    assert "Traceback" not in response.text


def test_malformed_query_shows_the_place(client: TestClient) -> None:
    """The query is shown with the character at which it stopped making sense."""
    text = client.get('/search?q=a+"b').text
    assert '<mark class="here">&#34;</mark>' in text
    assert "character 3 of the query" in text


def test_nothing_found_names_the_word(client: TestClient) -> None:
    """Nothing found says which word ends the search and what there would be without it."""
    page = client.get("/search?q=zebra+harbour").text
    assert '<b class="rubric">zebra</b>' in page
    assert 'href="/search?q=harbour"' in page


def test_filters_can_be_taken_away(client: TestClient) -> None:
    """Each filter in force is a link to the same search without it."""
    page = read(client.get("/search?q=harbour&author=Berg&from=1912&to=1912").text)
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert "/search?q=harbour&from=1912&to=1912" in links
    assert "/search?q=harbour&author=Berg" in links


def test_range_says_what_it_leaves_out(client: TestClient) -> None:
    """A range of dates says how many undated documents it leaves out, with a link to keep them."""
    page = client.get("/search?from=1912&to=1912").text
    assert "1 undated one left out by the range" in page
    assert "undated=1" in page


def test_document_has_three_ways_on(client: TestClient) -> None:
    """Every document offers subject, author and date, in this order, even where none is known."""
    for path in ("/documents/white/d1", "/documents/grey/x-1.2"):
        text = client.get(path).text
        found = re.findall(r'<span class="way">\[<a href="[^"]+">(\w+)</a>\]', text)
        assert found == ["Subject", "Author", "Date"]
    assert "no date is known" in client.get("/documents/grey/x-1.2").text


def test_unknown_facts_are_named(client: TestClient) -> None:
    """What is not known is said to be not known, and nothing stands in its place."""
    page = client.get("/documents/grey/x-1.2").text
    assert "<h1>No date</h1>" in page
    assert page.count("not known") == 3


@pytest.mark.parametrize(
    ("suffix", "kind", "words"),
    [
        (".txt", "text/plain", "The harbour was closed at noon."),
        (".json", "application/json", '"id":"white/d1"'),
        (".bib", "application/x-bibtex", "(bibtex)"),
        (".ris", "application/x-research-info-systems", "(ris)"),
        (".source", "text/plain", "<TEI/>"),
    ],
)
def test_downloads(client: TestClient, suffix: str, kind: str, words: str) -> None:
    """A document can be had as text, JSON, BibTeX, RIS and as its source stands."""
    response = client.get(f"/documents/white/d1{suffix}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert words in response.text


def test_unchanged_pages_are_not_sent_again(client: TestClient) -> None:
    """A page known to the browser is answered with 304 and nothing else."""
    first = client.get("/documents/white/d1")
    again = client.get("/documents/white/d1", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/documents/white/d2", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_static_files_are_kept_for_ever(client: TestClient) -> None:
    """Static files have a hash in their address and may be kept; others are not found."""
    for name in static_files():
        response = client.get(f"/static/{digest()}/{name}")
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
    assert client.get(f"/static/{digest()}/%2e%2e/pages.py").status_code == 404
    assert "immutable" not in client.get("/static/old/regesta.css").headers["cache-control"]


def test_sheet_stands_alone() -> None:
    """The sheet and the script load nothing but their own fonts, and there is a sheet for paper."""
    files = static_files()
    sheet = files["regesta.css"].decode()
    fonts = re.findall(r"url\(([^)]+)\)", sheet)
    assert fonts
    assert all(font in files for font in fonts)
    assert "@import" not in sheet
    assert "@media print" in sheet
    assert "//" not in files["regesta.js"].decode().replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("1912-06-03", "/on/1912-06-03"),
        ("1912-6-3", "/on/1912-06-03"),
        ("1912", "/dates/1912"),
        ("1912-6", "/dates/1912-06"),
    ],
)
def test_go_to_day(client: TestClient, asked: str, leads: str) -> None:
    """The form "go to a day" leads to the day, month or year."""
    response = client.get("/on", params={"date": asked})
    assert (response.status_code, response.headers["location"]) == (303, leads)


def test_entry_by_label_leads_to_its_id() -> None:
    """An entry asked for by its label is found under its own address."""

    class Renamed(FakeEdition):
        def entry(self, name: str, id: str, *, documents: bool = True) -> IndexEntry:
            return super().entry(name, "Berg" if id == "Mr. Berg" else id)

    app = Starlette(routes=routes)
    app.state.edition = Renamed()
    response = TestClient(app, follow_redirects=False).get("/authors/Mr.%20Berg")
    assert response.headers["location"] == "/authors/Berg"


def test_empty_edition_says_why() -> None:
    """An edition without documents says so and how to build it, on every page."""
    app = Starlette(routes=routes)
    app.state.edition = FakeEdition([], title="Nothing yet")
    client = TestClient(app)
    assert "holds no document yet" in client.get("/").text
    for path in ("/search", "/subjects", "/dates", "/about", "/collections/white"):
        assert client.get(path).status_code == 200


def test_title_of_the_edition_is_text(client: TestClient) -> None:
    """The title stands on every page, escaped."""
    page = read(client.get("/about").text)
    assert HOSTILE in "".join(page.text)
