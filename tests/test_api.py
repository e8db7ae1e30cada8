"""The API: shapes, parameters, errors, headers."""

import re
from typing import Any

import msgspec
import pytest
from door_fake import DOCUMENTS, FakeEdition
from starlette.testclient import TestClient

from regesta.documents import to_line
from regesta.serving.api.models import DescribedLine, SearchAnswer
from regesta.serving.api.openapi import openapi
from regesta.serving.api.parameters import BadParameter, Form, SearchParameters
from regesta.serving.api.routes import ENDPOINTS
from regesta.serving.app import create_app
from regesta.serving.choices import FACETS


@pytest.fixture(name="edition")
def _edition() -> FakeEdition:
    return FakeEdition()


@pytest.fixture(name="client")
def _client(edition: FakeEdition) -> TestClient:
    return TestClient(create_app(edition), raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/api/documents/harbour/d1", {"id", "date", "senders", "text", "links", "acts"}),
        ("/api/documents/harbour/d2,%C3%BC.a", {"id", "date"}),
        ("/api/on/1918-07-25", {"date", "total", "sides", "received", "may_belong", "before"}),
        ("/api/cite/harbour/d1?style=bibtex", {"id", "style", "citation"}),
        ("/api/collections/harbour", {"id", "title", "documents", "contents", "contents_total"}),
        ("/healthz", {"status", "edition", "documents", "version"}),
        ("/api/openapi.json", {"openapi", "info", "paths", "components"}),
    ],
)
def test_every_address_answers_with_its_object(
    client: TestClient, path: str, keys: set[str]
) -> None:
    """An address gives 200 and an object with its keys."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert keys <= answer.json().keys()


def test_search_gives_the_object_of_the_contract(client: TestClient) -> None:
    """Search gives tally, facets, results and snippets with marks."""
    found = client.get("/api/search?q=grain&facets=year,author").json()
    assert found["query"] == "grain"
    assert found["total"] == 2
    assert found["undated"] == 1
    assert set(found["facets"]) == {"year", "author"}
    assert found["facets"]["year"][1] == {"value": "-", "count": 1, "label": "none named"}
    first = found["results"][0]
    assert first["id"] == "harbour/d1"
    assert first["date"]["edtf"] == "1918-07-25"
    assert first["senders"][0]["name"] == "Arnesen"
    snippet = first["snippets"][0]
    start, end = snippet["marks"][0]
    assert snippet["text"][start:end] == "grain"


def test_search_passes_everything_on(client: TestClient, edition: FakeEdition) -> None:
    """Every parameter reaches the edition under its own name, and the query runs once."""
    client.get(
        "/api/search?q=a&author=x&author=y&recipient=r&place=p&subject=s&kind=k&collection=c"
        "&language=en&from=1918&to=1919-02&within=true&undated=1&match=any&layer=notes&sort=-date&limit=5"
        "&offset=7&facets=all&snippets=false"
    )
    assert edition.searches == 1
    assert edition.asked == {
        "query": "a",
        "author": ("x", "y"),
        "recipient": ("r",),
        "place": ("p",),
        "subject": ("s",),
        "kind": ("k",),
        "collection": ("c",),
        "language": ("en",),
        "first": "1918",
        "last": "1919-02",
        "within": True,
        "undated": True,
        "match": "any",
        "layer": "notes",
        "sort": "-date",
        "limit": 5,
        "offset": 7,
        "facets": FACETS,
        "snippets": False,
    }


def test_empty_fields_of_a_form_are_no_parameters(client: TestClient, edition: FakeEdition) -> None:
    """A form that sends all its fields empty asks for everything."""
    path = "/api/search?q=&author=&from=&to=&layer=&sort=&limit=&offset=&facets="
    assert client.get(path).status_code == 200
    assert edition.asked["author"] == ()
    assert edition.asked["first"] is None
    assert edition.asked["limit"] == 20


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/search?q=%22open", 400, "not closed"),
        ("/api/search?q=a%00b", 400, "q "),
        ("/api/search?q=" + "x" * 2001, 400, "q "),
        ("/api/search?limit=501", 400, "limit"),
        ("/api/search?limit=-1", 400, "limit"),
        ("/api/search?limit=ten", 400, "limit"),
        ("/api/search?limit=" + "9" * 400, 400, "limit"),
        ("/api/search?offset=99999999", 400, "offset"),
        ("/api/search?limit=1&limit=2", 400, "too often"),
        ("/api/search?from=spring", 400, "from"),
        ("/api/search?layer=margin", 400, "layer"),
        ("/api/search?facets=colour", 400, "facets"),
        ("/api/search?autor=x", 400, "autor"),
        ("/api/search?" + "&".join("author=x" for _ in range(101)), 400, "too often"),
        ("/api/cite/harbour/d1?style=baroque", 400, "style"),
        ("/api/on/1918-02-30", 404, "1918-02-30"),
        ("/api/on/yesterday", 404, "yesterday"),
        ("/api/index/colour", 404, "colour"),
        ("/api/collections/x", 404, "'x'"),
        ("/api/documents/harbour/d9", 404, "d9"),
        ("/api/documents/harbour/d1%00", 400, "control"),
        ("/api/documents/harbour/..%2f..%2fetc%2fpasswd", 404, "no such"),
        ("/api/documents/harbour/%ED%A0%80", 404, "no document"),
        ("/api/nothing", 404, "no such"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(
    client: TestClient, path: str, status: int, words: str
) -> None:
    """A bad request gives the error object with status, message and hint."""
    answer = client.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error.keys() == {"status", "message", "hint"}
    assert error["status"] == status
    assert words in error["message"]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("limit=501", "a whole number up to 500"),
        ("limit=-1", "a whole number from 0"),
        ("limit=ten", "a whole number"),
        ("within=maybe", "true or false"),
        ("q=" + "x" * 2001, "at most 2000 characters"),
        ("from=spring", "a day, month or year such as 1918-07-25, 1918-07 or 1918"),
    ],
)
def test_a_bad_value_is_told_what_it_may_be(client: TestClient, query: str, hint: str) -> None:
    """The hint says in words what a parameter takes."""
    assert client.get(f"/api/search?{query}").json()["error"]["hint"] == hint


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/api/cite/harbour/d1?span=all", "two places in the text such as 120-340"),
        ("/api/office-holder?office=Consul&on=May", "a day, month or year such as 1918-07-25"),
    ],
)
def test_a_form_of_its_own_is_told(client: TestClient, path: str, hint: str) -> None:
    """What has a form of its own is told that form."""
    assert client.get(path).json()["error"]["hint"].startswith(hint)


def test_an_unknown_document_names_its_neighbours(client: TestClient) -> None:
    """The hint of an unknown id names near ids."""
    assert "harbour/d1" in client.get("/api/documents/harbour/d1x").json()["error"]["hint"]


def test_only_reading_is_possible(client: TestClient) -> None:
    """Another method gives 405 in the form of every error and names what is allowed."""
    answer = client.post("/api/search")
    assert answer.status_code == 405
    assert answer.json()["error"]["status"] == 405
    assert "GET" in answer.headers["allow"]


def test_a_fault_is_no_traceback(client: TestClient, edition: FakeEdition) -> None:
    """A fault of ours gives 500 in the form of every error, without its inside."""
    edition.search = lambda *_, **__: 1 / 0  # type: ignore[assignment]
    answer = client.get("/api/search")
    assert answer.status_code == 500
    assert answer.json()["error"]["status"] == 500
    assert "division" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_lists_can_be_paged_through(client: TestClient) -> None:
    """A page of a list says how many there are and where the next page is."""
    answer = client.get("/api/index/author?limit=1")
    assert [row["label"] for row in answer.json()] == ["Arnesen"]
    assert answer.headers["x-total-count"] == "2"
    following = answer.headers["link"].split(">")[0].removeprefix("<")
    assert [row["label"] for row in client.get(following).json()] == ["Brandt"]
    assert "link" not in client.get(following).headers


def test_contents_can_be_paged_through(client: TestClient) -> None:
    """A table of contents comes in pages, its total beside it."""
    page = client.get("/api/collections/harbour?limit=2&offset=1").json()
    assert page["contents_total"] == 4
    assert [row["document"]["id"] for row in page["contents"]] == ["harbour/d1", "harbour/d2,ü.a"]


def test_an_answer_held_already_is_not_computed_again(
    client: TestClient, edition: FakeEdition
) -> None:
    """The tag of an answer gives 304 without a search; at another address it does not."""
    tag = client.get("/api/search?q=grain").headers["etag"]
    again = client.get("/api/search?q=grain", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert edition.searches == 1
    other = client.get("/api/search?q=ships", headers={"if-none-match": tag})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/api/search", "/api/nothing", "/healthz", "/api"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    """Policy, nosniff, referrer policy; the API may be asked from any site."""
    headers = client.get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["access-control-allow-origin"] == "*"


def test_another_site_may_ask_first(client: TestClient) -> None:
    """A preflight is answered for the API."""
    answer = client.options("/api/search", headers={"origin": "https://example.org"})
    assert answer.status_code == 204
    assert "GET" in answer.headers["access-control-allow-methods"]


def test_the_api_page_asks_no_other_host(client: TestClient) -> None:
    """The page for people names every endpoint, with examples to try, and stays in the house."""
    page = client.get("/api").text
    for endpoint in ENDPOINTS:
        assert endpoint.path in page
    assert 'href="/api/documents/harbour/d1"' in page
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert [a for a in addresses if not a.startswith(("/", "#", "data:"))] == []


def test_the_described_line_fits_its_shape() -> None:
    """What leaves the house is exactly what OpenAPI says, for full and for bare documents."""
    for document in DOCUMENTS:
        line = to_line(document)
        assert msgspec.to_builtins(msgspec.convert(line, DescribedLine)) == line


def test_openapi_describes_every_endpoint_and_parameter() -> None:
    """Each endpoint and each of its parameters stands in the description, with words."""
    described = openapi()
    for endpoint in ENDPOINTS:
        operation = described["paths"][endpoint.path]["get"]
        told: dict[str, Any] = {p["name"]: p["description"] for p in operation["parameters"]}
        asked = {f.encode_name for f in msgspec.structs.fields(endpoint.parameters)}
        assert asked <= told.keys()
        assert all(told.values())


def test_facets_offered_are_facets_known() -> None:
    """The facets of the parameter are those of the edition, and "all"."""
    described = openapi()["paths"]["/api/search"]["get"]["parameters"]
    facets = next(p for p in described if p["name"] == "facets")
    assert set(facets["schema"]["items"]["enum"]) == {*FACETS, "all"}


def test_a_parameter_is_read_once() -> None:
    """Values are converted, lists gathered, unknown names refused."""
    form = Form(SearchParameters)
    read = form.read([("limit", "3"), ("author", "a, b"), ("author", "c")])
    assert (read.limit, read.author) == (3, ("a, b", "c"))
    with pytest.raises(BadParameter, match="colour"):
        form.read([("colour", "red")])


def test_search_keys_never_vanish(client: TestClient) -> None:
    """A search that finds nothing has the same keys as any other."""
    nothing = client.get("/api/search?q=zeppelin").json()
    assert list(nothing) == list(SearchAnswer.__struct_fields__)
    assert nothing["killed_by"] == [{"value": "zeppelin", "count": 3, "label": "zeppelin"}]
