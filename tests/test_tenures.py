"""Who held an office is learned from documents, and said only where they decide."""

import datetime as dt

import pytest

from regesta.describing.persons.tenures import Observation, contradictions, holder_on, tenures_of

DAYS = [
    ("1870-01-05", "kell"),
    ("1870-02-01", "kell"),
    ("1870-02-20", "kell"),
    ("1870-03-10", "kell"),
    ("1870-06-01", "harrow"),
    ("1870-06-20", "harrow"),
    ("1870-07-02", "harrow"),
]


def seen(days: list[tuple[str, str]]) -> list[Observation]:
    """Observations of days and names."""
    return [Observation(ordinal(d), who, n) for n, (d, who) in enumerate(days)]


def ordinal(day: str) -> int:
    """The day as tenures count it."""
    return dt.date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("1870-02-10", "kell"),
        ("1870-02-20", "kell"),
        ("1870-03-11", "kell"),
        ("1870-04-20", None),
        ("1870-05-31", "harrow"),
        ("1870-06-10", "harrow"),
        ("1870-07-10", "harrow"),
        ("1869-12-30", "kell"),
        ("1869-10-01", None),
        ("1871-01-01", None),
    ],
)
def test_the_holder_is_named_where_documents_decide(day: str, who: str | None) -> None:
    """Between two of his documents, or near one; never in the middle of a change."""
    found = holder_on(seen(DAYS), ordinal(day))
    assert (found.who if found else None) == who


def test_an_office_in_anothers_stead_reaches_less_far() -> None:
    """A chargé of January and of June is not one of April."""
    some = seen([("1870-01-05", "kell"), ("1870-06-05", "kell")])
    assert holder_on(some, ordinal("1870-04-01"), acting=True) is None


def test_a_single_document_far_away_proves_little() -> None:
    """One document on either side of a long gap may be misdated."""
    some = seen([("1870-01-05", "kell"), ("1871-01-05", "kell")])
    assert holder_on(some, ordinal("1870-06-01")) is None


def test_one_document_against_all_around_it_is_not_believed() -> None:
    """On the day of a slip nobody is named, and the slip is a contradiction."""
    days = [*DAYS[:2], ("1870-02-10", "pike"), *DAYS[2:4]]
    assert holder_on(seen(days), ordinal("1870-02-10")) is None
    [(slip, holding)] = contradictions(seen(days))
    assert (slip.who, holding.who) == ("pike", "kell")


def test_tenures_follow_each_other() -> None:
    """Each stretch has its first and last document, their number and the longest gap."""
    found = tenures_of(seen(DAYS))
    assert [(t.who, t.documents, t.gap) for t in found] == [("kell", 4, 27), ("harrow", 3, 19)]


def test_a_slip_does_not_end_a_tenure() -> None:
    """Another name once among many leaves one long tenure and one of a day."""
    days = [*DAYS[:2], ("1870-02-10", "pike"), *DAYS[2:4]]
    assert [(t.who, t.documents) for t in tenures_of(seen(days))] == [("kell", 4), ("pike", 1)]
