"""Letters without accents, the same in every room."""

import pytest

from regesta.auditing.comparing import plain
from regesta.auditing.words import folded
from regesta.describing.persons.names import fold as fold_name
from regesta.describing.places.gazetteer import fold as fold_place
from regesta.documents.folding import plain_letters
from regesta.edition.building.keys import sort_key
from regesta.linking.words import fold as fold_words


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Łódź", "Lodz"),
        ("Ørsted", "Orsted"),
        ("Đilas", "Dilas"),
        ("Straße", "Strasse"),
        ("Æthelred", "AEthelred"),
        ("Saint-Pétersbourg", "Saint-Petersbourg"),
        ("Moscow", "Moscow"),
    ],
)
def test_every_room_folds_alike(text: str, letters: str) -> None:
    """Two names that differ by accents and strokes alone are one name everywhere."""
    assert plain_letters(text) == letters
    low = letters.lower()
    assert fold_name(text) == low
    assert fold_place(text) == fold_words(text) == plain(text) == low.replace("-", " ")
    assert " ".join(folded(text)) == sort_key(text) == low.replace("-", " ")
