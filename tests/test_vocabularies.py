"""The word lists of the describers hold together."""

import re

import pytest

from regesta.describing.dates.calendars import julian_to_gregorian, offset
from regesta.describing.languages import language_of
from regesta.describing.places.gazetteer import city_rows, locate
from regesta.describing.words import rows, vocabulary


def test_a_month_has_one_number() -> None:
    """No spelling of a month stands for two months."""
    seen: dict[str, str] = {}
    for table in vocabulary("months").values():
        if isinstance(table, dict):
            for number, names in table.items():
                assert all(seen.setdefault(name, number) == number for name in names)
    assert set(seen.values()) == {str(n) for n in range(1, 13)}


@pytest.mark.parametrize("key", ["salutation", "closer", "addressee", "building"])
def test_phrases_are_patterns(key: str) -> None:
    """Every fixed phrase of letters is a pattern that matches something."""
    assert all(re.compile(p).match("") is None for p in vocabulary("letter_words")[key])


@pytest.mark.parametrize("where", ["bracket", "heading"])
def test_kinds_are_patterns(where: str) -> None:
    """Every word of a kind is a pattern that does not match the empty text."""
    for entry in vocabulary("kinds")[where]:
        assert all(re.compile(p).match("") is None for p in entry["words"])


def test_places_lie_on_earth_and_bear_one_name() -> None:
    """Each historical name stands once and its coordinates are degrees."""
    names: list[str] = []
    for forms, latitude, longitude, today in rows("places"):
        assert -90 <= float(latitude) <= 90
        assert -180 <= float(longitude) <= 180
        assert today
        names += forms.split("|")
    assert len(names) == len(set(names))


def test_cities_are_in_order() -> None:
    """The table of cities is in the order of its folded names, by which it is looked up."""
    names = [row[0].encode() for row in rows("cities")]
    assert names == sorted(names)


def test_every_city_of_a_name_is_found() -> None:
    """Looking up by halves finds all rows of the first, the last and any other name."""
    by_name: dict[str, int] = {}
    for row in rows("cities"):
        by_name[row[0]] = by_name.get(row[0], 0) + 1
    asked = [*list(by_name)[::997], min(by_name), max(by_name)]
    assert {name: len(list(city_rows(name))) for name in asked} == {n: by_name[n] for n in asked}
    assert not list(city_rows("nowhere on the wold"))


@pytest.mark.parametrize("table", ["powers", "regions"])
def test_forms_belong_to_one_row(table: str) -> None:
    """No form of a power's or region's name stands in two rows."""
    forms = [form for row in rows(table) for form in row[1].split("|")]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("name", "region", "latitude"),
    [
        ("Constantinople", "", 41.01),
        ("St. Petersburg", "", 59.94),
        ("Erdöd", "", 45.53),
        ("México", "", 19.43),
        ("Nowhere-on-the-Wold", "", None),
        ("", "", None),
    ],
)
def test_locate(name: str, region: str, latitude: float | None) -> None:
    """Historical names are known; what no table knows is not located."""
    found = locate(name, region)
    assert (found.latitude if found else None) == latitude


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1582, 10, 5, "1582-10-15"),
        (1700, 2, 28, "1700-03-10"),
        (1700, 2, 29, "1700-03-11"),
        (1700, 3, 1, "1700-03-12"),
        (1864, 5, 20, "1864-06-01"),
        (1918, 1, 31, "1918-02-13"),
        (1918, 6, 31, None),
    ],
)
def test_julian(year: int, month: int, day: int, gregorian: str | None) -> None:
    """Julian days become the Gregorian days of the tables of chronology."""
    found = julian_to_gregorian(year, month, day)
    assert (found.isoformat() if found else None) == gregorian


def test_offset_by_century() -> None:
    """The calendars part by 10 to 13 days from 1582 to 2100."""
    assert [offset(y) for y in (1582, 1699, 1700, 1800, 1900, 2000)] == [10, 10, 11, 12, 13, 13]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The answer of the minister was not such as we had been led to expect from this.", "en"),
        ("La réponse du ministre n’est pas celle que nous attendions dans cette affaire.", "fr"),
        ("Die Antwort des Ministers ist nicht die, auf welche wir mit ihm gehofft haben.", "de"),
        ("La risposta del ministro non è quella che si attendeva con questo dispaccio.", "it"),
        ("La respuesta del ministro no es la que se esperaba por este despacho en Madrid.", "es"),
        ("Ответ министра не был таким, как мы от него ждали, и это не для печати.", "ru"),
        ("Yes.", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    """A sentence is enough to tell the language, a word is not."""
    found = language_of(text)
    assert (found[0] if found else None) == language
