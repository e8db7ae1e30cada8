"""The map of places: what is shown of the earth, and what is said beside it."""

import pytest
from fake_edition import FakeEdition
from starlette.testclient import TestClient

from regesta.edition.authorities.results import LocatedPlace
from regesta.serving.app import create_app
from regesta.serving.pages.map import degrees, frame_of


def _places(*spots: tuple[float, float]) -> list[LocatedPlace]:
    return [LocatedPlace(f"p{n}", f"P {n}", *spot, 1) for n, spot in enumerate(spots)]


@pytest.mark.parametrize(
    "spots",
    [
        [(59.1, 11.4)],
        [(59.1, 11.4), (60.0, 30.0)],
        [(89.0, 179.0), (-89.0, -179.0)],
        [(0.0, 0.0), (0.0, 0.0)],
    ],
)
def test_every_place_stands_within_the_drawing(spots: list[tuple[float, float]]) -> None:
    """One place or the whole earth: all circles stand inside, and nothing beyond the poles."""
    frame = frame_of(_places(*spots))
    width, height = frame.size
    assert 0 < width <= 1180.5
    assert 0 < height <= 620.5
    assert -90 <= frame.south < frame.north <= 90
    for latitude, longitude in spots:
        x, y = frame.spot(latitude, longitude)
        assert 0 <= x <= width
        assert 0 <= y <= height


def test_north_is_up_and_east_is_right() -> None:
    """A place further north stands higher, one further east further right."""
    frame = frame_of(_places((10.0, 10.0), (40.0, 50.0)))
    (x, y), (u, v) = frame.spot(10.0, 10.0), frame.spot(40.0, 50.0)
    assert x < u
    assert y > v


def test_the_page_lists_what_it_draws() -> None:
    """Each circle is a link that the list has in words; what is not located is counted."""
    with TestClient(create_app(FakeEdition())) as client:
        page = client.get("/map").text
    assert page.count("<circle") == 2
    assert page.count('href="/places/Halden"') == 2
    assert '<td class="nb">12.5 S, 70.0 W</td>' in page
    assert "<b>Moss" not in page
    assert "4 documents from 2 places" in page
    assert "No coast and no border is drawn" in page


def test_an_edition_without_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is located the page says so and leads to the index."""
    edition = FakeEdition()
    monkeypatch.setattr(edition.places, "located", list)
    with TestClient(create_app(edition)) as client:
        page = client.get("/map").text
    assert "No place of writing is located" in page
    assert "<svg" not in page


def test_degrees_in_words() -> None:
    """Signs become points of the compass."""
    assert degrees(_places((-34.62, -58.4))[0]) == "34.6 S, 58.4 W"
