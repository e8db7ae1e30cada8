"""Parties in the case of their heading, and in the first."""

import pytest

from regesta.describing.parties.cases import behind_den, in_russian
from regesta.documents import Party


@pytest.mark.parametrize(
    ("office", "first"),
    [
        ("Gesandten in Bern", "Gesandter in Bern"),
        ("Kaiserlichen Gesandten in Bern", "Kaiserlicher Gesandter in Bern"),
        ("Reichspräsidenten", "Reichspräsident"),
        ("deutschen Botschafter in London", "deutscher Botschafter in London"),
        ("Staatssekretär des Auswärtigen Amtes", "Staatssekretär des Auswärtigen Amtes"),
        # No noun that is known to stand in the accusative: as printed.
        ("Kaiserlichen Räten in Wien", "Kaiserlichen Räten in Wien"),
        ("", ""),
    ],
)
def test_behind_den(office: str, first: str) -> None:
    """Behind "an den" stands one man in the accusative."""
    assert behind_den(office) == first


@pytest.mark.parametrize(
    ("name", "office", "case", "first"),
    [
        ("Я. З. Келлину", "послу СССР в Турции", "dative", ("Я. З. Келлин", "посол СССР в Турции")),
        ("Келлина", "Временного поверенного в делах", "genitive",
         ("Келлин", "Временный поверенный в делах")),
        ("", "Народному комиссару иностранных дел", "dative",
         ("", "Народный комиссар иностранных дел")),
        # Several first cases are possible, or the name is in none of them.
        ("Хольскому", "послу в Берлине", "dative", ("Хольскому", "посол в Берлине")),
        ("Георгию Келлину", "послу в Риме", "dative", ("Георгию Келлину", "посол в Риме")),
        ("Мальцова", "послу в Риме", "dative", ("Мальцова", "посол в Риме")),
        ("Келлину", "губернатору Риги", "dative", ("Келлину", "губернатору Риги")),
        ("Kell", "Minister", "dative", ("Kell", "Minister")),
    ],
)  # fmt: skip
def test_in_russian(name: str, office: str, case: str, first: tuple[str, str]) -> None:
    """Office and surname come into the first case where no other is possible."""
    party = in_russian(Party(name=name, office=office), case)
    assert (party.name, party.office) == first
