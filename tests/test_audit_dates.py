"""Dates: mark-up against print, sent against received, weekdays, calendars; nothing openly said."""

import pytest
from audit_papers import chapter, dated, findings, kinds, paper

from regesta.auditing.chronology import ChronologyAuditor
from regesta.auditing.dates import DateAuditor

#: Mark-up of the date, printed words, what is found (or "").
DATES = [
    ("1890-05-03", "May 3, 1890", ""),
    ("1890-05-03", "3d May 1890", ""),
    ("1890-06-03", "May 3, 1890. (Received June 1, 1890.)", "date.month-of-receipt"),
    ("1890-06-03", "May 3, 1890", "date.month"),
    ("1880-05-03", "May 3, 1890", "date.year"),
    ("2015-05-03T18:00:00", "May 3, 1890—6 p. m.", "date.year"),
    ("1890-05-08", "May 3, 1890", "date.differs"),
    ("1890-05-03", "April 21/May 3, 1890", ""),
    ("1890-04-21", "April 21/May 3, 1890", "date.old-style"),
    ("1890-04-21", "April 21 (May 3), 1890", "date.old-style"),
    ("1890-04-21", "April 21, May 3, 1890", "date.old-style"),
    ("1890-05-08", "May 8 (26), 1890", "date.offset"),
    ("1890-05-08", "May 8 to 26, 1890", ""),
    ("1890-05-08", "May 8/12, 1890", ""),
    ("1891-01-06", "December 25, 1890", ""),
    ("1712-02-03", "February 3, 1711", ""),
    ("1890-05-04T02:00:00Z", "May 3, 1890, 9 p. m.", ""),
    ("1890-05-14", "May, 1890", "date.day-added"),
    ("1890-05", "May, 1890", ""),
    ("1890", "May 3, 1890", ""),
    ("0201-05-03", "May 3", "date.no-year"),
    ("--05-03", "the 3d of the 5th month", "date.no-year"),
    ("1890-05-03", "May 3", ""),
    ("1890-06-30", "June 31, 1890", "date.impossible"),
    ("1890-02-30", "February 27, 1890", "date.impossible"),
    ("1890-05-03", "Saturday, May 3, 1890", ""),
    ("1890-05-03", "Monday, May 3, 1890", "date.weekday"),
    ("1890-05-03", "Saturday night, May 3, 1890", ""),
]


@pytest.mark.parametrize(("day", "printed", "kind"), DATES)
def test_mark_up_against_print(day: str, printed: str, kind: str) -> None:
    """A date in mark-up is held against its words, and agreement is no finding."""
    found = findings(DateAuditor, chapter(paper("d1", dated(day, printed))))
    assert kinds(found) == ([kind] if kind else [])


@pytest.mark.parametrize(("day", "printed", "kind"), [row for row in DATES if row[2]])
def test_words_are_verbatim(day: str, printed: str, kind: str) -> None:
    """Words and span are those of the text, and both values are told."""
    (finding,) = findings(DateAuditor, chapter(paper("d1", dated(day, printed))))
    assert finding.span is not None
    assert finding.words
    assert finding.words in printed.replace("—", "—")
    assert finding.values["printed"]
    assert finding.why.endswith(".")


OPEN = [
    "May 3 [<hi>sic</hi>], 1890",
    "May 3 [8], 1890",
    "May [8], 1890",
    "May 3 (?), 1890",
    'May 3, 1890<note n="1">Misdated; it was written on 8 May.</note>',
    "<sic>May 3, 1890</sic>",
]


@pytest.mark.parametrize("printed", OPEN)
def test_what_is_said_openly_is_no_finding(printed: str) -> None:
    """A source that says itself that a date is odd is left alone."""
    assert findings(DateAuditor, chapter(paper("d1", dated("1890-05-08", printed)))) == []


@pytest.mark.parametrize(
    ("bounds", "printed", "kind"),
    [
        ('from="1890-05-03" to="1890-05-09"', "May 3–9, 1890", ""),
        ('notBefore="1890-05-01" notAfter="1890-05-31"', "May 3, 1890", ""),
        ('notBefore="1889-05-01" notAfter="1889-05-31"', "May 3, 1890", "date.year"),
        ('notAfter="1889"', "May 3, 1890", ""),
    ],
)
def test_intervals(bounds: str, printed: str, kind: str) -> None:
    """An interval in mark-up is held against the print as a whole."""
    line = f"Port Alba, <date {bounds}>{printed}</date>"
    assert kinds(findings(DateAuditor, chapter(paper("d1", line)))) == ([kind] if kind else [])


def test_a_day_before_its_element() -> None:
    """A day that stands just before the date element is there, if not in it."""
    line = 'Port Alba, den 13. <date when="1890-05-13">Mai 1890</date>'
    assert findings(DateAuditor, chapter(paper("d1", line))) == []


def test_received_before_sent() -> None:
    """A paper that arrives before it is written is found; the clocks of two places are not."""
    late = dated("1890-05-03", "May 3, 1890")
    early = f'{late} [Received <date when="1890-04-08">April 8, 1890</date>]'
    (finding,) = findings(DateAuditor, chapter(paper("d1", early)))
    assert finding.kind == "date.received-before-sent"
    assert "25 days" in finding.why
    clocks = f'{late} [Received <date when="1890-05-02">May 2, 1890, 11 p. m.</date>]'
    assert findings(DateAuditor, chapter(paper("d1", clocks))) == []


def test_an_enclosure_is_looked_at_too() -> None:
    """A date of an enclosed paper is found under the paper's id."""
    inner = (
        '<frus:attachment xml:id="att1"><head>Mr. Orlo to Mr. Varga</head><dateline>'
        + dated("1890-04-01", "April 1/13, 1890")
        + "</dateline><p>The tide is high.</p></frus:attachment>"
    )
    (finding,) = findings(
        DateAuditor, chapter(paper("d1", dated("1890-05-03", "May 3, 1890"), more=inner))
    )
    assert (finding.kind, finding.enclosure) == ("date.old-style", "att1")


def series(*days: tuple[str, str]) -> str:
    """A chapter of papers with these days, as marked up and as printed."""
    return chapter(*(paper(f"d{n}", dated(*day)) for n, day in enumerate(days, 1)))


def test_a_year_out_of_order() -> None:
    """A paper between equal neighbours whose year alone is out of order is found."""
    days = [
        ("1890-12-29", "December 29, 1890"),
        ("1890-12-30", "December 30, 1890"),
        ("1890-01-02", "January 2, 1890"),
        ("1891-01-03", "January 3, 1891"),
        ("1891-01-05", "January 5, 1891"),
    ]
    (finding,) = findings(ChronologyAuditor, series(*days))
    assert finding.kind == "date.out-of-order"
    assert finding.document == "lagoon1890v1/d3"
    assert "2 January 1891" in finding.why
    assert findings(ChronologyAuditor, series(*days[:2], *days[3:])) == []


def test_another_year_among_neighbours_of_one_month() -> None:
    """Neighbours that are not in order themselves still tell a year that is not theirs."""
    days = [
        ("1864-08-08", "August 8, 1864"),
        ("1864-07-30", "July 30, 1864"),
        ("1846-08-09", "August 9, 1846"),
        ("1864-08-18", "August 18, 1864"),
        ("1864-08-12", "August 12, 1864"),
    ]
    (finding,) = findings(ChronologyAuditor, series(*days))
    assert (finding.kind, finding.document) == ("date.out-of-order", "lagoon1890v1/d3")
    assert "9 August 1864" in finding.why
    days[2] = ("1864-10-29", "October 29, 1864")
    assert findings(ChronologyAuditor, series(*days)) == []


def test_an_older_paper_among_others_is_no_finding() -> None:
    """A paper of years before, which no single slip puts in order, is left alone."""
    days = [
        ("1890-03-01", "March 1, 1890"),
        ("1890-03-02", "March 2, 1890"),
        ("1874-08-19", "August 19, 1874"),
        ("1890-03-03", "March 3, 1890"),
        ("1890-03-04", "March 4, 1890"),
    ]
    assert findings(ChronologyAuditor, series(*days)) == []


def test_a_paper_later_than_its_volume() -> None:
    """A year after that of the volume's publication is found."""
    days = [("1890-03-01", "March 1, 1890"), ("1899-03-02", "March 2, 1899")]
    (finding,) = findings(ChronologyAuditor, series(*days))
    assert (finding.kind, finding.document) == ("date.volume-years", "lagoon1890v1/d2")
