"""EDTF in and out."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.documents import parse_edtf
from regesta.documents.dates import from_bounds, from_iso

days = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9998, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1918-10-25", "1918-10-25", "1918-10-25"),
        ("1918-10?", "1918-10-01", "1918-10-31"),
        ("1918~", "1918-01-01", "1918-12-31"),
        ("1918-10-25/1918-10-27", "1918-10-25", "1918-10-27"),
        ("[1918-07-12..1918-07-31]", "1918-07-12", "1918-07-31"),
        ("../1918", None, "1918-12-31"),
        ("1918/", "1918-01-01", None),
        ("[..1917]", None, "1917-12-31"),
        ("[1918-07-12..]", "1918-07-12", None),
        ("191X", "1910-01-01", "1919-12-31"),
        ("1918-XX-31", "1918-01-31", "1918-12-31"),
        ("19XX-02-29", "1904-02-29", "1996-02-29"),
        ("1918-21", "1918-03-01", "1918-05-31"),
        ("1918-24", "1918-01-01", "1919-02-28"),
        ("1918-36", "1918-10-01", "1918-12-31"),
        ("{1917,1919-05}", "1917-01-01", "1919-05-31"),
        ("?1918-10-~25", "1918-10-25", "1918-10-25"),
        ("1918S2", "1900-01-01", "1999-12-31"),
        ("17XX", "1700-01-01", "1799-12-31"),
        ("1918-37", "1918-01-01", "1918-04-30"),
        ("[1918,1920..1922]", "1918-01-01", "1922-12-31"),
        ("1918-XX-XX/1919-02?", "1918-01-01", "1919-02-28"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    """The bounds are the first and last day the text allows, and the text is kept."""
    date = parse_edtf(text)
    assert date is not None
    assert (date.edtf, date.earliest, date.latest) == (text, earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "spring", "1918-06-31", "1918-13", "1918/1917", "[1919..1918]", "..", "1918-02-3X",
     "25 July 1918", "1918-21-05", "1918T10:00", "1918S2-05", "12/25 July 1918", "0000",
     "1918-7-1", "١٩١٨"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    """What is no EDTF or no possible day is None, never something near it."""
    assert parse_edtf(text) is None


def test_time_is_kept_apart() -> None:
    """A moment gives its day as EDTF and its clock time beside it."""
    date = parse_edtf("1918-10-25T19:00:00Z")
    assert date is not None
    assert (date.edtf, date.time) == ("1918-10-25", "19:00")


@given(days)
def test_day_round_trip(day: dt.date) -> None:
    """A day written as EDTF reads back as the same date, by both ways in."""
    assert parse_edtf(day.isoformat()) == from_iso(day.isoformat())


@given(days, days, st.booleans())
def test_range_round_trip(a: dt.date, b: dt.date, between: bool) -> None:
    """A range made from bounds writes EDTF that reads back as the same date."""
    first, last = sorted((a.isoformat(), b.isoformat()))
    made = from_bounds(first, last, between=between)
    assert made is not None
    assert parse_edtf(made.edtf) == made


qualifiers = st.sampled_from(["", "?", "~", "%"])
FORMS = (
    "{0}", "{0}/..", "../{0}", "{0}/", "[..{0}]", "[{0}..]", "[{0},{1}]", "{{{0},{1}}}",
    "{0}/{1}", "[{0}..{1}]", "{{{0}..{1},{0}}}",
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn) -> str:
    """A point in time of levels 0 to 2: qualified, unspecified, a season or a part of a year."""
    day = draw(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
    form = draw(st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y", "season", "decade", "unknown", "S"]))
    mark = draw(qualifiers)
    if form == "season":
        return f"{day:%Y}-{draw(st.integers(21, 41))}{mark}"
    if form == "decade":
        return f"{day:%Y}"[: draw(st.integers(2, 3))].ljust(4, "X") + mark
    if form == "unknown":
        return draw(st.sampled_from([f"{day:%Y}-XX-XX", f"{day:%Y-%m}-XX", f"{day:%Y}-XX"])) + mark
    if form == "S":
        return f"{day:%Y}S{draw(st.integers(1, 4))}{mark}"
    if form == "%Y-%m-%d" and draw(st.booleans()):
        return f"{mark}{day:%Y}-{draw(qualifiers)}{day:%m-%d}{draw(qualifiers)}"
    return f"{day.strftime(form)}{mark}"


@settings(deadline=None)
@given(elements(), elements(), st.sampled_from(FORMS))
def test_levels_0_to_2_go_out_and_in(a: str, b: str, form: str) -> None:
    """Whatever of levels 0 to 2 is read keeps its text, has its bounds in order, reads again."""
    text = form.format(a, b)
    date, one, other = parse_edtf(text), parse_edtf(a), parse_edtf(b)
    assert one is not None
    assert other is not None
    if date is None:
        # Only a range that runs backwards is refused.
        assert "1" in form
        assert str(one.earliest) > str(other.latest)
        return
    assert date.edtf == text
    assert parse_edtf(date.edtf) == date
    assert (date.earliest or "") <= (date.latest or "9999")


@settings(deadline=None)
@given(elements(), elements())
def test_comparing(a: str, b: str) -> None:
    """Order is told only where it is certain, both ways alike; dates that overlap have none."""
    one, other = parse_edtf(a), parse_edtf(b)
    assert one is not None
    assert other is not None
    order, back = one.compare(other), other.compare(one)
    assert (order is None) == (back is None)
    assert order is None or back is None or order == -back
    if order:
        assert not one.overlaps(other.earliest, other.latest)
    if one.within(other.earliest, other.latest):
        assert one.overlaps(other.earliest, other.latest)


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("1918-10-25", "1918-10-26", -1), ("1918-11", "1918-10-31", 1), ("1918", "1918-05", None),
        ("1918-10-25T09:00", "1918-10-25T10:00", -1), ("1918-10-25", "1918-10-25", 0),
        ("1918-10-25T09:00", "1918-10-25", None), ("[..1917]", "1918", -1), ("1918/..", "1917", 1),
        ("../1918", "1917", None),
    ],
)  # fmt: skip
def test_which_is_earlier(a: str, b: str, order: int | None) -> None:
    """A date lies before another where each of its days does."""
    one, other = parse_edtf(a), parse_edtf(b)
    assert one is not None
    assert other is not None
    assert one.compare(other) == order


@given(st.text(alphabet="0123456789X-/.[]{}~?%,T:", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Hostile text never raises, and what is read has its bounds in order."""
    date = parse_edtf(text)
    if date is not None and date.earliest and date.latest:
        assert date.earliest <= date.latest
