"""Judging: what a passage is, which document came second, and why; a formula makes no link."""

import pytest
from msgspec.structs import replace
from reuse_papers import paper, prose

from regesta.linking.reuse.base import Reuse
from regesta.linking.reuse.judge import CLASSES, KINDS, judge, link_of, linked
from regesta.linking.reuse.sides import Paper, Side, sides, spread

NOTE, ANSWER = "1911-05-03", "1911-05-09"
TARN, VENN, ORLE = (
    frozenset({name}) for name in ("=minister at tarn", "=secretary at venn", "=minister at orle")
)


def side(day: str = NOTE, length: int = 2000, at: int = 0, size: int = 300, **more: object) -> Side:
    """A side of so many characters in a paper of such a length."""
    kept = {name: more.pop(name) for name in ("draft", "treaty", "names") if name in more}
    id = str(more.pop("id", "c/a"))
    return Side(at, at + size, Paper(id=id, length=length, day=day, **kept), day=day, **more)  # type: ignore[arg-type]


def judged(one: Side, other: Side, edits: int = 0, refers: bool = False) -> tuple[str, str]:
    """Class and later side of one passage."""
    reuse = Reuse("c/a", "c/b", one.start, one.end, other.start, other.end, edits)
    (found,) = judge([(reuse, one, other)], refers=refers)
    return found.form, found.later


CASES = [
    ("an answer repeats a sentence", side(), side(ANSWER, introduced=True), 0, "quotation", "b"),
    ("between quotation marks", side(ANSWER, quoted=True), side(), 0, "quotation", "a"),
    ("courtesies", side(size=120, ritual=4.0), side(ANSWER, ritual=4.0), 0, "formula", "b"),
    ("a set phrase", side(size=80), side("1925-01-02", size=80), 0, "formula", "b"),
    ("in a dozen papers", side(size=250, places=14), side(ANSWER, places=14), 0, "formula", "b"),
    ("one letter printed twice", side(length=310), side(NOTE, length=305), 0, "duplicate", ""),
    ("two states of it", side(length=310, draft=True), side(ANSWER, length=305), 30, "draft", "b"),
    ("inside an enclosure", side(length=320), side(ANSWER, length=320, host=True, id="c/b#0"), 2,
     "enclosure", "b"),
    ("a paper inside another", side(length=310), side(ANSWER, length=9000), 0, "enclosure", "b"),
    ("clauses of two treaties", side(treaty=True, clauses=True),
     side("1925-01-02", treaty=True, clauses=True), 9, "treaty clause", "b"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "edits", "form", "later"), CASES)
def test_classes(name: str, one: Side, other: Side, edits: int, form: str, later: str) -> None:
    """Each class by its plainest case, with the document that came second."""
    assert judged(one, other, edits) == (form, later), name


@pytest.mark.parametrize(
    ("one", "other", "form"),
    [
        (side(length=310), side(ANSWER, length=9000), "enclosure"),
        (side(length=500, senders=TARN, recipients=VENN),
         side(length=500, senders=TARN, recipients=ORLE), "duplicate"),
    ],
)  # fmt: skip
def test_who_names_a_paper_takes_it_up(one: Side, other: Side, form: str) -> None:
    """Without mark-up that one encloses the other, its words are a quotation then."""
    assert judged(one, other)[0] == form
    assert judged(one, other, refers=True)[0] == "quotation"


MANY = [
    ("notes exchanged: the answer repeats the whole",
     {"senders": TARN, "recipients": VENN, "places": 4},
     {"senders": VENN, "recipients": TARN, "places": 4}, "treaty clause"),
    ("a certificate that anyone fills in", {"ritual": 1.1, "places": 4},
     {"ritual": 1.0, "places": 5}, "formula"),
    ("two treaties of one model in one collection", {"treaty": True}, {"treaty": True},
     "treaty clause"),
    ("one treaty in two collections", {"treaty": True}, {"treaty": True, "id": "d/b"}, "duplicate"),
    ("letters to one addressee, alike", {"places": 8, "recipients": VENN},
     {"places": 8, "recipients": VENN}, "duplicate"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "form"), MANY)
def test_papers_that_are_alike(
    name: str, one: dict[str, object], other: dict[str, object], form: str
) -> None:
    """Nearly all words of two papers agree: that alone does not make them one paper."""
    assert judged(side(length=310, **one), side(length=305, **other))[0] == form, name


IN_PART = [
    ("an answer takes up the whole of a note", {"length": 310, "senders": TARN, "recipients": VENN},
     {"length": 9000, "senders": VENN, "recipients": TARN}, "quotation"),
    ("a report quotes the whole of a note", {"length": 310}, {"length": 9000, "introduced": True},
     "quotation"),
    ("it takes up a resolution that another encloses", {"length": 310, "host": True, "id": "c/a#0"},
     {"length": 3000}, "quotation"),
    ("some words, and neither is a letter", {"recipients": frozenset()}, {}, "formula"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "form"), IN_PART)
def test_the_whole_of_a_paper_within_another(
    name: str, one: dict[str, object], other: dict[str, object], form: str
) -> None:
    """It is enclosed where mark-up says so, or where it stands there as it was; else quoted."""
    letter = {"recipients": VENN, **one}
    assert judged(side(**letter), side(ANSWER, **other))[0] == form, name


LETTER = {"senders": TARN, "recipients": VENN}
TWICE = [
    ("an extract of a telegram of that day", {"length": 1800, **LETTER}, {"length": 350, **LETTER},
     0, "duplicate"),
    ("of another day it is no extract", {"length": 1800, **LETTER},
     {"length": 350, "day": ANSWER, **LETTER}, 0, "quotation"),
    ("two translations of one enclosure", {"length": 400, "host": True, "id": "c/a#0"},
     {"length": 420, "host": True, "id": "c/b#0"}, 60, "duplicate"),
    ("an oath that anyone takes", {"length": 400, "host": True, "id": "c/a#0", "ritual": 1.0},
     {"length": 420, "host": True, "id": "c/b#0", "ritual": 1.0}, 60, "formula"),
    ("one message to two on one day", {"length": 550, **LETTER},
     {"length": 560, "senders": TARN, "recipients": ORLE}, 4, "duplicate"),
    ("how a clerk begins his letters", {"length": 550, **LETTER},
     {"length": 560, "day": "1912-01-08", **LETTER}, 4, "formula"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "edits", "form"), TWICE)
def test_one_paper_twice(
    name: str, one: dict[str, object], other: dict[str, object], edits: int, form: str
) -> None:
    """Extracts, translations and identic notes are one paper; forms and openings are none."""
    assert judged(side(**one), side(**other), edits)[0] == form, name


MAKING = [
    ("a telegram gives the words of a treaty to come", {"clauses": True, **LETTER},
     {"day": ANSWER, "clauses": True, "treaty": True, "names": frozenset({"tar"})}, "draft"),
    ("its title is no state of it", {"titled": True, **LETTER},
     {"day": ANSWER, "titled": True, "treaty": True, "names": frozenset({"tar"})}, "formula"),
    ("it gives them when it is signed", {"day": "1911-06-01", "quoted": True, **LETTER},
     {"day": ANSWER, "treaty": True, "names": frozenset({"tar"})}, "quotation"),
    ("a text is to have these words", {"worded": True, **LETTER},
     {"day": ANSWER, "senders": VENN, "recipients": TARN}, "draft"),
    ("a plan, and the plan revised", {"clauses": True, **LETTER},
     {"day": ANSWER, "clauses": True, **LETTER}, "draft"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "form"), MAKING)
def test_a_text_that_is_being_made(
    name: str, one: dict[str, object], other: dict[str, object], form: str
) -> None:
    """Two states of it are draft and final, though no heading says so."""
    both = [
        (Reuse("c/a", "c/b", at, at + 90, at, at + 90, 9),
         side(at=at, size=90, **{"names": frozenset({"tar"}), **one}),
         side(at=at, size=90, **other))
        for at in range(0, 400, 100)
    ]  # fmt: skip
    assert {x.form for x in judge(both)} == {form}, name


@pytest.mark.parametrize(("edits", "form"), [(20, "draft"), (2, "quotation")])
def test_a_clause_goes_to_and_fro(edits: int, form: str) -> None:
    """A clause that hands exchange within weeks is being made where its wording changes."""
    one = side(size=130, clauses=True, quoted=True, senders=TARN, recipients=VENN)
    answer = side(ANSWER, size=130, clauses=True, quoted=True, senders=VENN, recipients=TARN)
    assert judged(one, answer, edits)[0] == form


def test_who_announces_words_of_a_treaty_cites_them() -> None:
    """With a verb before it as with quotation marks, they are taken from it."""
    treaty = side(treaty=True, clauses=True)
    assert judged(treaty, side(ANSWER, clauses=True, introduced=True))[0] == "quotation"


TAKEN = [
    ("another hand, within weeks, a good part", {"senders": TARN, "length": 500},
     {"senders": ORLE, "day": ANSWER, "length": 900}, "quotation"),
    ("a small part of both", {"senders": TARN}, {"senders": ORLE, "day": ANSWER}, "formula"),
    ("one hand writes so", {"senders": TARN, "length": 500},
     {"senders": TARN, "day": ANSWER, "length": 900}, "formula"),
    ("a name", {"senders": TARN, "length": 500, "titled": True},
     {"senders": ORLE, "day": ANSWER, "length": 900, "titled": True}, "formula"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "form"), TAKEN)
def test_a_short_phrase(
    name: str, one: dict[str, object], other: dict[str, object], form: str
) -> None:
    """It is taken up where it is much of a paper that another hand wrote within weeks."""
    letter = {"recipients": VENN, "size": 80}
    assert judged(side(**letter, **one), side(**letter, **other))[0] == form, name


def test_what_a_document_encloses_may_be_a_document() -> None:
    """A document that stands in another is an enclosed paper like those that mark-up tells."""
    note = paper("a", prose(3, 200))
    inner = replace(note, id="c/b", parent="c/host")
    span = (0, len(note.text), "c/b")
    (outside,), (inside,) = sides(note, [span]), sides(inner, [span])
    assert (outside.host, inside.host) == (False, True)


def test_headings_tell_whose_treaty_it_is() -> None:
    """A draft for one power and a treaty with another are of one model, no states of one text."""
    names = [frozenset({"tar", "kel"}), frozenset({"ven", "orl"}), frozenset({"tar", "ost"})]
    draft, foreign, own = (
        Paper(id=f"c/{n}", length=400, draft=not n, treaty=True, names=names[n]) for n in range(3)
    )

    def form(later: Paper) -> str:
        both = [
            (Reuse("c/a", "c/b", at, at + 90, at, at + 90, 9),
             Side(at, at + 90, draft, clauses=True, day=NOTE),
             Side(at, at + 90, later, clauses=True, day=ANSWER))
            for at in (0, 100, 200, 300)
        ]  # fmt: skip
        return judge(both)[0].form

    assert form(own) == "draft"
    assert form(foreign) != "draft"


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Draft Agreement Number 2 between Ruritania and the Vesna Company", "2"),
        ("Protocol No. 14 of the conference", "14"),
        ("Convention of 3 May 1911", ""),
        ("Letter No. 7", ""),
    ],
)
def test_treaties_are_counted_by_their_headings(heading: str, number: str) -> None:
    """A number right after the word; not that of a letter, nor a day."""
    text = f"{heading}\n{prose(1)}"
    document = replace(paper("a", text), heading=heading)
    start = len(heading) + 1
    (found,) = sides(document, [(start, start + 90, "c/b")])
    assert found.paper.number == number


def test_an_answer_within_weeks_is_no_formula() -> None:
    """Short words shared by a letter and its answer are taken up by it."""
    one = side(size=90, senders=TARN, recipients=VENN)
    assert judged(one, side(ANSWER, size=90, senders=VENN, recipients=TARN))[0] == "quotation"
    assert judged(one, side("1925-01-02", size=90, senders=VENN, recipients=TARN))[0] == "formula"


def test_where_signs_disagree_nobody_quotes() -> None:
    """The earlier document has the quotation marks: both repeat a third paper."""
    reuse = Reuse("c/a", "c/b", 0, 300, 0, 300, 0)
    (found,) = judge([(reuse, side(NOTE, quoted=True), side(ANSWER))])
    assert (found.later, found.reason) == ("", "both may repeat a third paper")


def test_links() -> None:
    """A link starts from the later document, with both spans; a formula makes none."""
    assert set(KINDS) == set(CLASSES) - {"formula"}
    reuse = Reuse("c/a", "c/b", 10, 310, 40, 340, 3)
    (found,) = judge([(reuse, side(at=10), side(ANSWER, at=40, quoted=True))])
    document, link = link_of(found, "words") or ("", None)
    assert link is not None
    assert (document, link.target, link.span) == ("c/b", "c/a", (40, 340))
    assert link.evidence["there"] == "10-310"
    assert link.evidence["identity"] == "0.990"
    (formula,) = judge([(reuse, side(at=10, ritual=5.0), side(ANSWER, at=40, ritual=5.0))])
    assert link_of(formula, "words") is None


def test_whole_papers_make_one_link() -> None:
    """A reprint of three passages is one link that counts them; quotations are one each."""
    pieces = [
        (side(at=n * 320, length=960), side(ANSWER, at=n * 320, length=960)) for n in range(3)
    ]
    both = [(Reuse("c/a", "c/b", a.start, a.end, b.start, b.end, 0), a, b) for a, b in pieces]
    assert [(one.form, count) for one, count in linked(judge(both))] == [("duplicate", 3)]
    far = [(Reuse("c/a", "c/b", a.start, a.end, b.start, b.end, 0), a, b) for a, b in (
        (side(at=n * 900, length=9000), side(ANSWER, at=n * 900, length=9000, quoted=True))
        for n in range(3)
    )]  # fmt: skip
    assert [(one.form, count) for one, count in linked(judge(far))] == [("quotation", 1)] * 3


INTRODUCED = [
    ("The note reads as follows: “{}”", True, True),
    ("He declared that {}", False, True),
    ("Die Note lautet: „{}“", True, True),
    ("Посол заявил, что {}", False, True),
    ("The harbour is closed. {}", False, False),
    ("The note was read. He went home and {}", False, False),
]


@pytest.mark.parametrize(("frame", "quoted", "introduced"), INTRODUCED)
def test_what_stands_before_a_passage(frame: str, quoted: bool, introduced: bool) -> None:
    """Quotation marks and announcing words, in several languages, right before the passage only."""
    words = prose("quoted", 20)
    text = frame.format(words)
    at = text.index(words)
    (found,) = sides(paper("a", text), [(at, at + len(words), "c/b")])
    assert (found.quoted, found.introduced) == (quoted, introduced)


MADE = [
    ("Article 2 is to read as follows: “{}”", True),
    ("should be amended to read: “The {}”", True),
    ("I was asked to read to you a note. It says: “{}”", False),
    ("Article 2 is to read as follows. The Minister went home. {}", False),
]


@pytest.mark.parametrize(("frame", "worded"), MADE)
def test_how_a_text_is_to_read(frame: str, worded: bool) -> None:
    """Words that say so stand right before it, with a colon or a quotation mark."""
    words = prose("made", 20)
    text = frame.format(words)
    at = text.index(words)
    (found,) = sides(paper("a", text), [(at, at + len(words), "c/b")])
    assert found.worded is worded


@pytest.mark.parametrize(
    ("words", "titled"),
    [
        ("the Minister for Foreign Affairs of the Kingdom of Venn", True),
        ("Министр Иностранных Дел Королевства Венн", True),
        ("the minister said that the harbour of Venn is closed", False),
        ("of the Venn", False),
    ],
)
def test_names_have_capitals(words: str, titled: bool) -> None:
    """Most of three longer words, in any script."""
    (found,) = sides(paper("a", f"{words} {prose('t', 20)}"), [(0, len(words), "c/b")])
    assert found.titled is titled


def test_spread() -> None:
    """The middle of a passage stands in so many other documents, each counted once."""
    spans = [(0, 100, "b"), (40, 60, "c"), (45, 90, "c"), (80, 300, "d"), (0, 300, "e")]
    assert spread(spans) == [3, 3, 3, 2, 2]
