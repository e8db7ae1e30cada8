"""IIIF manifests: checked by a library that is not ours."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from regesta.documents import Image
from regesta.edition import Edition, build
from regesta.serving.app import create_app
from regesta.serving.protocols.iiif import place_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    prezi3 = pytest.importorskip("iiif_prezi3", reason="iiif-prezi3 is not installed")

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="l1"><teiHeader><fileDesc>
<titleStmt><title>Letter of the envoy</title></titleStmt>
<publicationStmt><publisher>Papers</publisher><availability>
<licence target="https://creativecommons.org/licenses/by/4.0/">CC BY</licence></availability>
</publicationStmt>
<sourceDesc><p>Archive</p></sourceDesc></fileDesc>
<profileDesc><correspDesc><correspAction type="sent"><persName>Arnesen</persName>
<date when="1719-10-05"/><placeName>Vienna</placeName></correspAction>
<correspAction type="received"><persName>Brandt</persName></correspAction></correspDesc>
</profileDesc></teiHeader>
<facsimile><graphic url="{first}"/><graphic url="two b.png"/></facsimile>
<text xml:lang="de"><body><p>Die Schiffe liegen vor Anker.</p></body></text></TEI>
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of one letter with two images and one without."""
    folder = tmp_path_factory.mktemp("iiif")
    (folder / "letters").mkdir()
    text = LETTER.format(first="https://images.example.org/one.jpg")
    (folder / "letters" / "l1.xml").write_text(text)
    (folder / "letters" / "bare.txt").write_text("Vienna, May 5, 1719.\nNo image at all.\n")
    build([folder / "letters"], folder / "e.regesta", workers=0)
    return folder / "e.regesta"


@pytest.fixture
def client(place: Path) -> Iterator[TestClient]:
    """The application of that edition."""
    edition = Edition.open(place)
    yield TestClient(create_app(edition), base_url="http://papers.example.org")
    edition.close()


def _follow(client: TestClient, address: str, kind: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "iiif.io/api/presentation/3" in answer.headers["content-type"]
    found: dict[str, Any] = answer.json()
    assert found["id"] == address
    assert found["type"] == kind
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        getattr(prezi3, kind).model_validate(found)
    return found


def _manifest(client: TestClient) -> dict[str, Any]:
    """The manifest, found from the edition's collection down."""
    root = _follow(client, "http://papers.example.org/iiif/collection.json", "Collection")
    (one,) = root["items"]
    whole = _follow(client, one["id"], "Collection")
    (item,) = whole["items"]
    return _follow(client, item["id"], "Manifest")


def test_a_walk_from_the_collection_to_the_image(client: TestClient) -> None:
    """From the edition's collection a viewer comes to every image that has an address."""
    found = _manifest(client)
    assert found["rights"].startswith("http://creativecommons.org/")
    assert found["navDate"] == "1719-10-05T00:00:00Z"
    first, second = found["items"]
    (page,) = first["items"]
    (painted,) = page["items"]
    assert painted["body"] == {
        "id": "https://images.example.org/one.jpg", "type": "Image", "format": "image/jpeg",
    }  # fmt: skip
    assert painted["target"] == first["id"]
    assert second["items"] == []
    assert "does not say where" in second["summary"]["en"][0]


def test_settings_say_where_the_images_are(place: Path, client: TestClient) -> None:
    """A name is found below the address that edition.toml gives for the collection."""
    collection = _manifest(client)["id"].split("/iiif/")[1].split("/")[0]
    settings = place / "edition.toml"
    before = settings.read_text()
    said = f'\n[collections."{collection}"]\nimages = "https://other.example.org/f"\n'
    settings.write_text(before + said)
    _, second = _manifest(client)["items"]
    settings.write_text(before)
    body = second["items"][0]["items"][0]["body"]
    assert body["id"] == "https://other.example.org/f/two%20b.png"


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("https://a.org/x.jpg", "https://b.org", "https://a.org/x.jpg"),
        ("x.jpg", "https://b.org/f/", "https://b.org/f/x.jpg"),
        ("x.jpg", "", ""),
    ],
)
def test_places(url: str, base: str, expected: str) -> None:
    """An image is where it says itself, else below the base, else nowhere that is known."""
    assert place_of(Image(url), base) == expected


@pytest.mark.parametrize(
    "address",
    [
        "/iiif/nowhere/collection.json",
        "/iiif/letters/bare/manifest.json",
        "/iiif/a/b/manifest.json",
    ],
)
def test_what_has_no_images(client: TestClient, address: str) -> None:
    """What is not here, or has no image, is answered with 404 and a message."""
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"]


def test_the_page_leads_to_the_manifest(client: TestClient) -> None:
    """The page of a document with images names its manifest; that of another does not."""
    id = _manifest(client)["homepage"][0]["id"]
    assert "manifest.json" in client.get(id).text


def test_an_unchanged_manifest_is_not_sent_again(client: TestClient) -> None:
    """A viewer that holds a manifest is told that it still stands."""
    tag = client.get("/iiif/collection.json").headers["etag"]
    assert client.get("/iiif/collection.json", headers={"if-none-match": tag}).status_code == 304
