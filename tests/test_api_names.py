"""Names and suggestions over HTTP: every key is there, and what is not known is null."""

from door_fake import DOCUMENTS, FakeEdition
from starlette.testclient import TestClient

from regesta.edition.suggesting.store import SuggestedSubject
from regesta.serving.app import create_app


def test_names_and_suggestions() -> None:
    """A document's names and suggestions, and the headings suggested, each with all its keys."""
    edition = FakeEdition()
    id = DOCUMENTS[0].id
    edition.suggestions.made = [
        SuggestedSubject(
            id, "grain", "Grain", (), 0.4, ("grain",), ("words",), "", "derived", "suggested"
        )
    ]
    with TestClient(create_app(edition)) as client:
        names = client.get(f"/api/documents/{id}/names")
        assert names.status_code == 200
        assert isinstance(names.json(), list)
        [one] = client.get(f"/api/documents/{id}/suggested").json()
        assert (one["label"], one["path"], one["uri"], one["rule"]) == (
            "Grain", [], None, "suggested",
        )  # fmt: skip
        assert client.get("/api/suggested").json() == [
            {"id": "grain", "label": "Grain", "count": 1, "given": False}
        ]
        assert client.get("/api/documents/harbour/none/names").status_code == 404
        assert client.get("/api/documents/harbour/none/suggested").status_code == 404
