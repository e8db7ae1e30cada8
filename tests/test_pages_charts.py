"""Plates: counts in, bars out, and what a plate leaves out is said."""

import re

import pytest

from regesta.serving.pages.charts import Bar, core_years, month_strip, year_bars, year_plate


@pytest.mark.parametrize(
    ("years", "kept", "far"),
    [
        ({}, [], []),
        ({1912: 3}, [1912], []),
        ({1861: 50, 1934: 60}, [1861, 1934], []),
        ({201: 1, 1861: 500, 1934: 60}, [1861, 1934], [201]),
        ({201: 1, 1500: 2, 1861: 500, 1934: 60}, [1861, 1934], [201, 1500]),
        ({201: 60, 1861: 500}, [201, 1861], []),
        ({1861: 500, 1862: 400, 2999: 1}, [1861, 1862], [2999]),
    ],
)
def test_far_years_are_left_out(years: dict[int, int], kept: list[int], far: list[int]) -> None:
    """A few documents far away do not flatten the rest; many are always drawn."""
    drawn, left = core_years(years)
    assert (list(drawn), list(left)) == (kept, far)


def test_bins_keep_every_document() -> None:
    """Long spans are binned by tens, and every document stands in one bin."""
    years = dict.fromkeys(range(1500, 2000, 7), 3)
    bars = year_bars(years)
    assert len(bars) <= 240
    assert sum(bar.count for bar in bars) == sum(years.values())
    assert bars[0] == Bar("1500", "1509", "1500–1509", 6)


def test_every_bar_is_a_link_with_a_title() -> None:
    """Every bar that is drawn is a link whose title says what it stands for."""
    plate = year_plate({1861: 2, 1863: 1}, lambda bar: f"/x?y={bar.first}&z=<")
    assert len(re.findall(r'<a href="/x\?y=18\d\d&amp;z=&lt;"', plate.svg)) == 4
    assert plate.svg.count("<title>1861: 2 documents</title>") == 2
    assert "<title>1862" not in plate.svg


def test_a_single_year_is_drawn_by_month() -> None:
    """A single year is drawn by its months where they are known, else not at all."""
    plate = year_plate({1912: 4}, lambda bar: "/", months=lambda year: {6: 3})
    assert plate.unit == "month"
    assert plate.left_out == ("1 document of no single month",)
    assert "<title>June 1912: 3 documents</title>" in plate.svg
    assert year_plate({1912: 3}, lambda bar: "/").svg == ""


def test_left_out_is_said() -> None:
    """What is not drawn is said with its years."""
    plate = year_plate({201: 1, 1500: 2, 1861: 500, 1934: 60}, lambda bar: "/")
    assert plate.left_out == ("3 documents of 201–1500",)


def test_strip_has_every_day() -> None:
    """A month's strip has each of its days, each a link that says how many documents it has."""
    strip = month_strip("1912-02-03", {3: 1, 29: 9}, lambda day: f"/on/{day}")
    wide = strip[: strip.index("</svg>")]
    assert len(re.findall(r'href="/on/1912-02-\d\d"', wide)) == 29
    assert 'aria-label="3 February 1912: 1 document" aria-current=date' in wide
    assert 'aria-label="4 February 1912: no documents"' in wide
