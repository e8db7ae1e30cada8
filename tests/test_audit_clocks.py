"""Hours of sending and receipt: no telegram arrives before it is sent, by the clocks of both."""

import pytest
from audit_papers import chapter, dated, findings, paper

from regesta.auditing.clocks import ClockAuditor

_ASHE = 'The <gloss type="from">Secretary of State</gloss> to the Consul (<persName type="to">Varga'
_OUT = f"{_ASHE}</persName>)"
_IN = (
    'The Consul (<persName type="from">Varga</persName>) to the '
    '<gloss type="to">Secretary of State</gloss>'
)


def _volume(place: str, hours: str, *, letters: int = 3, seat: str = "Washington") -> str:
    """A telegram from a place, in a volume where its reader writes from a seat."""
    out = [
        paper(f"d{n}", dated(f"1890-05-0{n}", f"May {n}, 1890", place=seat), head=_OUT, signed="")
        for n in range(1, letters + 1)
    ]
    telegram = paper("d9", dated("1890-05-09", f"May 9, 1890—{hours}", place=place), head=_IN)
    return chapter(*out, telegram)


@pytest.mark.parametrize(
    ("place", "hours", "found"),
    [
        ("Lima", "11 p.m. [Received May 9—3:07 p.m.]", 0.9),
        ("Lima", "11 p.m. [Received May 10—3:07 a.m.]", None),
        ("Lima", "3:30 p.m. [Received May 9—2 p.m.]", 0.7),
        ("Lima", "3 p.m. [Received May 9—2:10 p.m.]", None),
        ("Tokyo", "9 p.m. [Received May 9—11:55 a.m.]", None),
        ("Tokyo", "9 p.m. [Received May 8—11:55 p.m.]", 0.9),
        ("The Hague", "11 p.m. [Received May 9—10:20 a.m.]", 0.9),
        ("London", "6 p.m. [Received May 9—1:35 p.m.]", None),
        ("Lima", "11 p.m. [Received 3:07 p.m.]", 0.7),
        ("Lima", "11 p.m. [sic] [Received May 9—3:07 p.m.]", None),
    ],
)
def test_a_receipt_before_the_sending(place: str, hours: str, found: float | None) -> None:
    """It is found where no difference of clocks allows it, and said to be less sure nearby."""
    made = findings(ClockAuditor, _volume(place, hours))
    assert [f.confidence for f in made] == ([] if found is None else [found])


def test_what_is_said() -> None:
    """Both hours, which place is ahead, and the words that prove it."""
    (finding,) = findings(ClockAuditor, _volume("The Hague", "11 p.m. [Received May 9—10 a.m.]"))
    assert finding.kind == "date.received-before-sent"
    assert "The Hague is 5 hours ahead of Washington" in finding.why
    assert finding.values == {"sent": "9 May 1890, 23:00", "received": "9 May 1890, 10:00"}
    assert finding.words.startswith("May 9, 1890—11 p.m.")


def test_where_a_reader_is_must_be_known() -> None:
    """Of a reader who writes too seldom, or from no place that is known, nothing is said."""
    hours = "11 p.m. [Received May 9—3:07 p.m.]"
    assert findings(ClockAuditor, _volume("Lima", hours, letters=2)) == []
    assert findings(ClockAuditor, _volume("Lima", hours, seat="Port Alba")) == []
