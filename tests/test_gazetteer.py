"""Places by their old names, their states and their houses; namesakes are never guessed."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.places.gazetteer import is_region, is_state, locate
from regesta.describing.registry import describe


@pytest.mark.parametrize(
    ("name", "region", "latitude"),
    [
        ("Reval", "", 59.44),
        ("Leopoli", "", 49.84),
        ("Port of Honolulu", "", 21.31),
        ("Taiku Korea", "", 35.87),
        ("Troy", "N. Y.", 42.728),
        ("Troy", "Ohio", 40.039),
        ("Troy", "", None),
        ("Belfast", "Ireland", 54.597),
        ("Paris", "Ontario", None),
        ("Bagdad", "Mexico", None),
        ("Bagdad", "", 33.3),
        ("Barcelona", "", None),
    ],
)
def test_places_and_their_regions(name: str, region: str, latitude: float | None) -> None:
    """The region printed after a town chooses it, and no town elsewhere stands in for it."""
    found = locate(name, region)
    assert (found is None) is (latitude is None)
    assert found is None or abs(found.latitude - (latitude or 0)) < 0.1


def test_states_are_regions() -> None:
    """States lie in countries; both are regions."""
    assert is_region("Mexico")
    assert not is_state("Mexico")
    assert is_state("Ohio")
    assert is_region("Ohio")


@pytest.mark.parametrize(
    ("dateline", "place", "located"),
    [
        ("Broad Street, Kellville, Ohio, May 4, 1901.", "Kellville", False),
        ("Legation of Kell, Central America, Guatemala, May 4, 1882.", "Guatemala", True),
        ("Legation of the United States Paris, May 4, 1882.", "Paris", True),
        ("Legation of the North German Union, Washington, May 4, 1870.", "Washington", True),
        ("Dundalk Jail, May 4, 1882.", "Dundalk Jail", True),
        ("Consulate of the United States, Queenstown (Cork), May 4, 1882.", "Queenstown", True),
        ("Nr. 12. Wien, den 4. Mai 1912", "Wien", True),
        ("T. n° 8. Berlin, 4 mai 1912, 11 h. 20.", "Berlin", True),
    ],
)  # fmt: skip
def test_datelines(dateline: str, place: str, located: bool) -> None:
    """The town is told from house, street, number and region."""
    document = describe(bare_document("a/1", f"Mr. Kell to Mr. Holm\n{dateline}\nSir: Yes."))
    assert document.place is not None
    assert document.place.name == place
    assert (document.place.latitude is not None) is located


@pytest.mark.parametrize(
    ("body", "located"),
    [("Her Majesty’s Government have seen it.", True), ("The Government have seen it.", False)],
)
def test_a_house_of_many_towns(body: str, located: bool) -> None:
    """The Foreign Office lies in London only where the text shows whose it is."""
    text = f"Mr. Kell to Mr. Holm\nForeign Office, May 4, 1882.\nSir: {body}"
    place = describe(bare_document("a/1", text)).place
    assert place is not None
    assert place.name == "Foreign Office"
    assert (place.latitude is not None) is located
