"""Shelfmarks above and below a text."""

import pytest

from regesta.describing.citations import find_citation

TEXT = "A Heading\nThe body of it, which says nothing of archives and was sent in 1912.\n"


@pytest.mark.parametrize(
    ("line", "citation"),
    [
        ("PA AA, R 1234, Bl. 12", "PA AA, R 1234, Bl. 12"),
        ("AMAE, NS Russie 10.", "AMAE, NS Russie 10"),
        ("Public Record Office, FO 371/12345", "Public Record Office, FO 371/12345"),
        ("[FO 371/21659]", "FO 371/21659"),
        ("АВП РФ, ф. 04, оп. 13, д. 987, л. 12—14.", "АВП РФ, ф. 04, оп. 13, д. 987, л. 12—14"),
        ("E 2001 (D) 3/316", "E 2001 (D) 3/316"),
        ("HHStA, PA I 123", "HHStA, PA I 123"),
        ("Source: Department of State, Central Files, 611.61/1–153.",
         "Department of State, Central Files, 611.61/1–153"),
        ("Quelle: BArch, R 43 I/123", "BArch, R 43 I/123"),
        ("AHN, Estado, leg. 1234", "AHN, Estado, leg. 1234"),
        ("Kell, 12 May", None),
        ("The archives are closed.", None),
        ("", None),
    ],
)  # fmt: skip
def test_shelfmark(line: str, citation: str | None) -> None:
    """An archive with digits on a line of its own is where the document is kept."""
    text = TEXT + line
    found = find_citation(text)
    assert (text[slice(*found)] if found else None) == citation


def test_above_the_text() -> None:
    """A shelfmark among the lines of the head is found as well."""
    text = "PA AA, R 7\nA Heading\n" + "word " * 300
    assert find_citation(text, [(0, 10)]) == (0, 10)
