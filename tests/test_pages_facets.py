"""Values to narrow a list by: every one of them can be reached, each row leads to its choice."""

import pytest
from fake_edition import FakeEdition
from starlette.testclient import TestClient

from regesta.edition.results import FacetCount
from regesta.serving.app import create_app
from regesta.serving.pages.facets import months_or_longer, toggles, years_or_decades


def _rows(*values: str) -> list[FacetCount]:
    return [FacetCount(value, 2, value) for value in values]


def test_many_years_are_offered_as_decades() -> None:
    """Where years are too many for a list, each can be had by way of its decade."""
    few = _rows(*(str(year) for year in range(1861, 1871)))
    assert years_or_decades(few) == few
    decades = years_or_decades(_rows(*(str(year) for year in range(1861, 1901))))
    assert [row.value for row in decades][::4] == ["186X", "190X"]
    assert (decades[0].label, sum(row.count for row in decades)) == ("1860s", 80)


@pytest.mark.parametrize(
    ("years", "first"),
    [((1918,), ("1918-01", "January 1918")), ((1917, 1918), ("1917", "1917")),
     (range(1861, 1901), ("186X", "1860s"))],
)  # fmt: skip
def test_many_months_are_offered_as_longer_times(years: list[int], first: tuple[str, str]) -> None:
    """A year has its months; several have years; many have decades."""
    months = _rows(*(f"{year}-{month:02d}" for year in years for month in range(1, 13)))
    unit, found = months_or_longer(months)
    assert unit == {7: "Month", 4: "Year", 3: "Decade"}[len(first[0].rstrip("X"))]
    assert (found[0].value, found[0].label) == first
    assert sum(row.count for row in found) == 2 * len(months)


def test_a_chosen_year_shows_its_months() -> None:
    """What was chosen comes first, and can be taken back; what lies in it follows."""
    months = _rows(*(f"{year}-{month:02d}" for year in range(1901, 1941) for month in (1, 2)))
    unit, found = months_or_longer(months, ["191X"])
    assert (unit, [row.value for row in found][:3]) == ("Year", ["191X", "1910", "1911"])
    unit, found = months_or_longer(months, ["1918"])
    assert (unit, [row.value for row in found]) == ("Month", ["1918", "1918-01", "1918-02"])
    assert (found[0].count, found[0].label) == (4, "1918")


def test_a_choice_is_made_and_taken_back() -> None:
    """A row adds its value to the address, a chosen one takes it away; other choices stay."""
    asked = {"sender": ("Kell",), "month": ("1918",), "kind": ()}
    first, second = toggles(
        "/list", asked, "sender", _rows("Kell", "Ødegård & Co"), empty=("kind",)
    )
    assert (first.chosen, first.url) == (True, "/list?month=1918&kind=")
    assert (second.chosen, second.percent) == (False, 100)
    assert second.url == "/list?sender=%C3%98deg%C3%A5rd+%26+Co&month=1918&kind="
    assert toggles("/list", {"sender": ("Kell",)}, "sender", _rows("Kell"))[0].url == "/list"


@pytest.mark.parametrize("show", ["", "unanswered"])
def test_threads_are_narrowed(show: str) -> None:
    """Lists of threads, and of what nobody answered, can be narrowed and say until when."""
    with TestClient(create_app(FakeEdition())) as client:
        page = client.get(f"/threads?show={show}&month=1918-07").text
    assert 'aria-label="Narrow the list"' in page
    assert "July 1918" in page
    assert ("until 2 August 1918" in page) == (not show)
