"""Names and suggestions on pages: quiet links, suggestions apart from what the sources give."""

import msgspec
import pytest
from fake_edition import FakeEdition, letter, telegram
from starlette.applications import Starlette
from starlette.testclient import TestClient

from regesta.edition.suggesting.store import SuggestedSubject
from regesta.serving.pages.routes import routes


def client(edition: FakeEdition) -> TestClient:
    """The pages of an edition."""
    app = Starlette(routes=routes)
    app.state.edition = edition
    return TestClient(app)


def suggested(document: str, label: str = "Harbour <dues>") -> SuggestedSubject:
    """A suggestion for a document."""
    return SuggestedSubject(
        document=document,
        id="harbour-dues",
        label=label,
        path=(),
        confidence=0.41,
        words=("dues", "<grain>"),
        rules=("words", "documents like it"),
        uri="",
        origin="derived",
        rule="suggested",
    )


@pytest.fixture(name="edition")
def _edition() -> FakeEdition:
    """Four documents, without suggestions."""
    return FakeEdition()


def test_names_are_quiet_links() -> None:
    """A name in the text leads to its entry or to a search; its words stay as printed."""
    document = msgspec.structs.replace(
        telegram(), text="I asked Mr. Berg.", marks=(), layers=(), notes=(), facts=()
    )
    edition = FakeEdition([document, letter()])
    [name] = edition.names.of(document)
    html = client(edition).get(f"/documents/{document.id}").text
    assert html.count("name found person") == 1
    assert f">{name.words}</a>" in html
    assert "/search?q=%22Berg%22" in html


def test_suggestions_stand_apart(edition: FakeEdition) -> None:
    """They are marked with their words, why and how sure; the subject itself is not given."""
    id = telegram().id
    before = client(edition).get(f"/documents/{id}")
    assert "suggested subject" not in before.text
    edition.suggestions.made = [suggested(id)]
    after = client(edition).get(f"/documents/{id}")
    assert "1 suggested subject" in after.text
    assert "Harbour &lt;dues&gt;" in after.text
    assert "dues, &lt;grain&gt;" in after.text
    assert "Confidence 0.41" in after.text
    assert before.headers["etag"] != after.headers["etag"]


def test_pages_of_suggested_headings(edition: FakeEdition) -> None:
    """The headings stand on a page of their own, each with its documents."""
    empty = client(edition).get("/suggested")
    assert empty.status_code == 200
    assert "regesta suggest" in empty.text
    assert client(edition).get("/suggested/harbour-dues").status_code == 404
    edition.suggestions.made = [suggested(telegram().id)]
    assert "/suggested/harbour-dues" in client(edition).get("/suggested").text
    page = client(edition).get("/suggested/harbour-dues")
    assert page.status_code == 200
    assert "suggested for 1 document" in page.text
    assert f"/documents/{telegram().id}" in page.text
    assert "1 heading suggested" in client(edition).get("/subjects").text
