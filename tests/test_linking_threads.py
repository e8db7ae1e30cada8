"""References become replies and threads; what is missing is listed with its witnesses."""

import pytest
from linking_papers import ARNE, HOME, KELL, lookup_of, paper

from regesta.documents import Document
from regesta.linking.base import Card
from regesta.linking.cards import card_of
from regesta.linking.references.missing import missing
from regesta.linking.references.references import resolve_references
from regesta.linking.silences import file_gaps, mentioned, number_gaps
from regesta.linking.threads import relate, threads, unanswered

FIRST = paper("v/1", date="1918-05-01", sender=KELL, recipient=HOME, number="10", kind="telegram")
OWN = paper("v/2", date="1918-05-02", sender=HOME, recipient=KELL, number="20", kind="telegram")
ENCLOSED = paper("v/3", date="1918-05-02", sender=ARNE, recipient=KELL, number="7", kind="letter")


def written(text: str) -> Document:
    """A telegram from home of 4 May."""
    return paper("v/9", text, date="1918-05-04", sender=HOME, recipient=KELL, order=9)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Your 10, May 1. All is well.", ("reply", "v/1", "3")),
        ("Sir: I have received your No. 10, of May 1.", ("reply", "v/1", "3")),
        ("There is peace. In reply to your 10, May 1, the", ("reply", "v/1", "3")),
        ("Continuing my 20, May 2. All", ("continuation", "v/2", "2")),
        ("We enclose a copy of Mr. Arne’s No. 7 of May 2.", ("enclosure", "v/3", "2")),
        ("Please repeat to Tarn my 20, May 2, at once.", ("forwarding", "v/2", "2")),
        ("The gist was communicated to him in my 20, May 2.", None),
        ("There is peace, war and all sorts of things; as your 10, May 1, said.", None),
    ],
)
def test_relations(text: str, relation: tuple[str, str, str] | None) -> None:
    """The words before a mention, or its place at the opening, tell what it does."""
    document = written(text)
    references = resolve_references(document, lookup_of(FIRST, OWN, ENCLOSED, document))
    found = [(link.kind, link.target, link.evidence["days"]) for link in relate(references)]
    assert found == ([relation] if relation else [])


def card(id: str, day: str, sender: str = "A", recipient: str = "B", number: str = "") -> Card:
    """A card with parties of one letter."""
    return Card(
        id=id, collection="v", day=day, number=number, sender=sender, recipient=recipient,
        senders=frozenset([sender]), recipients=frozenset([recipient]),
    )  # fmt: skip


def test_threads() -> None:
    """Replies and continuations join; cycles, strangers and self-references do no harm."""
    cards = {c.id: c for c in (card("1", "1918-01-01"), card("2", "1918-01-04", "B", "A"),
                               card("3", "1918-01-05"), card("4", ""))}  # fmt: skip
    edges = [
        ("2", "reply", "1"), ("3", "continuation", "1"), ("1", "reply", "2"),
        ("4", "enclosure", "3"), ("3", "reply", "3"), ("3", "reply", "gone"),
    ]  # fmt: skip
    found = threads(cards, edges)
    assert [t.documents for t in found] == [("1", "2", "3")]
    assert found[0].replies == (("1", "2", -3), ("2", "1", 3))
    assert (found[0].id, found[0].first, found[0].last) == ("1", "1918-01-01", "1918-01-05")


def test_long_threads() -> None:
    """A chain of thousands is one thread."""
    cards = {str(i): card(str(i), "1918-01-01") for i in range(5000)}
    edges = [(str(i + 1), "reply", str(i)) for i in range(4999)]
    assert len(threads(cards, edges)[0].documents) == 5000


def test_unanswered() -> None:
    """A document is unanswered where the other side wrote back and did not mention it."""
    cards = [
        card("1", "1918-01-01"), card("2", "1918-01-02"), card("3", "1918-01-03", "B", "A"),
        card("4", "1918-01-04", "A", "C"), card("5", ""),
    ]  # fmt: skip
    assert [c.id for c in unanswered(cards, [("3", "1")])] == ["2"]


def test_number_gaps() -> None:
    """Numbers left out in a series are named with the days around them; a new year is no gap."""
    cards = [
        card("1", "1918-01-01", number="7"), card("2", "1918-01-04", number="8"),
        card("3", "1918-01-09", number="12"), card("4", "1918-01-20", number="1"),
        card("5", "1918-01-21", number="900"), card("6", "1918-01-05", number="9²"),
        card("7", "1918-01-05", number="9" * 5000),
    ]  # fmt: skip
    gaps = number_gaps(cards)
    assert [(g.numbers, g.count, g.first, g.last, g.witnesses) for g in gaps] == [
        (("9", "11"), 3, "1918-01-04", "1918-01-09", ("2", "3"))
    ]
    assert number_gaps(cards, ["v"]) == []


def test_two_series_of_one_hand() -> None:
    """Numbers of two series that run side by side are no gap; nor can a day use two hundred."""
    cards = [
        card(f"{series}{n}", f"1918-01-{n + 2:02d}", number=str(start + n))
        for series, start in (("a", 40), ("b", 180))
        for n in range(6)
        if (series, n) != ("b", 3)
    ]
    assert [g.numbers for g in number_gaps(cards)] == [("183",)]


def test_a_series_that_begins_anew() -> None:
    """A number of last year says nothing of this year's; a thin series is held together."""
    cards = [
        card("1", "1917-03-01", number="45"), card("2", "1918-02-01", number="40"),
        card("3", "1918-03-01", number="50"), card("4", "1918-12-01", number="52"),
    ]  # fmt: skip
    assert [g.numbers for g in number_gaps(cards)] == [("41", "49"), ("51",)]


def test_file_gaps() -> None:
    """Papers left out of a file are named by its number."""
    papers = [
        card_of(paper(f"v/{i}", date=f"1918-01-{i:02d}", file_number=f"861.51/{n}"))
        for i, n in enumerate((10, 11, 14, 900), 1)
    ]
    assert [(g.file, g.numbers) for g in file_gaps(papers)] == [("861.51", ("12", "13"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Your 11, May 23. All is well.", ("absent", "XXXX-05-23")),
        ("Your 11, April 23. All is well.", ("absent", "1918-04-23")),
        ("Your 11, November 23. All is well.", ("absent", "1917-11-23")),
        ("Your 10, May 13. All is well.", ("asserted", "1918-05-13")),
        ("Your 12, May 14. All is well.", ("asserted", "1917-05-14")),
        ("Your 10, May 14. All is well.", ("absent", "XXXX-05-14")),
    ],
)
def test_a_day_yet_to_come(text: str, said: tuple[str, str]) -> None:
    """A later day is that of the paper with its number and sender; else its year stays open."""
    later = paper("v/1", date="1918-05-13", sender=KELL, recipient=HOME, number="10")
    old = paper("v/2", date="1917-05-14", sender=KELL, recipient=HOME, number="12")
    document = written(text)
    (reference,) = resolve_references(document, lookup_of(later, old, document))
    gone = missing([reference])
    day = gone[0].day if gone else reference.candidates[0].card.day
    assert (reference.standing, day) == said


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Your 11, April 23. All.", ("Minister in Ruritania (Kell)", "Secretary of State")),
        ("Your 11, April 23, 1912. All.", ("", "Secretary of State")),
        ("My 11, April 23, 1912. All.", ("Secretary of State", "")),
        ("Mr. Arne’s No. 11 of April 23, 1912. All.", ("Mr. Arne", "")),
    ],
)
def test_who_held_an_office_long_ago_is_not_said(text: str, parties: tuple[str, str]) -> None:
    """An old paper was another's: only offices, names that are printed and "my" are known."""
    (reference,) = resolve_references(written(text), lookup_of(written(text)))
    (gone,) = missing([reference])
    assert (gone.sender, gone.recipient) == parties


def test_mentioned() -> None:
    """What two documents mention and nobody has is one silence with two witnesses."""
    one = written("Your 11, May 3, 4 p.m. All is well.")
    two = paper("v/10", "Your 11, May 3. All.", date="1918-05-05", sender=HOME, recipient=KELL)
    lookup = lookup_of(FIRST, one, two)
    gone = [m for d in (one, two) for m in missing(resolve_references(d, lookup))]
    found = mentioned(gone)
    assert [(s.numbers, s.first, s.sender, s.recipient, s.witnesses) for s in found] == [
        (
            ("11",),
            "1918-05-03",
            "Minister in Ruritania (Kell)",
            "Secretary of State",
            ("v/9", "v/10"),
        )
    ]
