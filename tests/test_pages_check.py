"""The pages that check quotations and find citations, asked through the application."""

import pytest
from fake_edition import FakeEdition
from starlette.testclient import TestClient

from regesta.serving.app import create_app


@pytest.fixture(name="client")
def _client() -> TestClient:
    return TestClient(create_app(FakeEdition()))


def test_verbatim(client: TestClient) -> None:
    """What stands there is shown in its place."""
    html = client.get("/check", params={"id": "white/d1", "quotation": "closed at noon"}).text
    assert "<h2>Verbatim</h2>" in html
    assert "<mark>closed at noon</mark>" in html


def test_not_verbatim(client: TestClient) -> None:
    """What is printed instead is marked, and both words stand side by side."""
    given = {"id": "white/d1", "quotation": "The harbour was opened at noon"}
    html = client.get("/check", params=given).text
    assert "<h2>Not verbatim</h2>" in html
    assert "<u>closed</u>" in html
    assert "<td>opened</td><td>closed</td>" in html


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/check", 400),
        ("/check?id=white/d1&quotation=%00", 400),
        ("/check?id=white/d1&quotation=...", 400),
        ("/find?citation=" + "x" * 20_001, 400),
        ("/check?id=nothing/here&quotation=words", 404),
    ],
)
def test_what_cannot_be_answered(client: TestClient, path: str, status: int) -> None:
    """A page with the reason, and no traceback."""
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_the_document_leads_there(client: TestClient) -> None:
    """Each document offers to check a quotation, each page to find a citation."""
    html = client.get("/documents/white/d1").text
    assert 'href="/check?id=white/d1"' in html
    assert 'href="/find"' in html
