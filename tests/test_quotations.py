"""Quotations are accepted to the letter, and only so; else the nearest passage says why not."""

import pytest

from regesta.documents import Document, Layer, Note, Source
from regesta.edition.citing.quotations import LONGEST, Verification, phrase, verify
from regesta.errors import QueryError

TEXT = (
    "The Consul at Norhavn to the Minister\n"
    "The harbour — so the master’s report says — was closed at noon [by order]. “No vessel,” he "
    "wrote, “may leave before to-day’s tide.”\n"
    "I asked the Commissioner, Mr. Berg, whether the grain-ships . . . might leave. He refused! "
    "The ﬁsh-\ning boats left at 7 p. m., No. 41.\n"
)
NOTE = "The order of the 3d of June was never printed."


def check(quotation: str) -> Verification:
    """Check it against the text above."""
    document = Document(
        id="c/d1",
        collection="c",
        source=Source(path="d1.txt", sha256="0" * 64),
        text=TEXT,
        layers=(Layer("heading", 0, 37), Layer("body", 38, len(TEXT))),
        notes=(Note("2", NOTE, 60),),
    )
    return verify(document, quotation)


@pytest.mark.parametrize(
    "quotation",
    [
        "The harbour — so the master’s report says — was closed",
        "The harbour -- so the master's report says – was closed",
        "so the\nmaster´s   report\u00a0says",
        "'No vessel,' he wrote, 'may leave before to-day’s tide.'",
        "„No vessel,“ he wrote",
        "may leave before to-\nday's tide",
        "whe-\nther the grain-ships",
        "I asked the Com\u00admissioner",
        "The fishing boats left",
        "The ﬁsh-ing boats left",
        "closed at noon [by order].",
        "[t]he harbour — so the master’s report",
        "I asked … whether the grain-ships",
        "I asked the Commissioner [...] whether",
        "I asked the Commissioner, Mr. Berg, whether . . . . He refused!",
        "the grain-ships . . . might leave",
        "the grain-ships … might leave",
        "I asked [him] whether the grain-ships",
        "closed at noon [sic] [by order]",
        "I asked [of all men!] the Commissioner, Mr. Berg",
        "He refused",
        "at 7 p.m., No. 41",
        NOTE,
        "… was closed at noon …",
    ],
)
def test_what_stands_there_is_verbatim(quotation: str) -> None:
    """Marks, dashes, spaces, broken lines, ellipses and brackets change no word."""
    found = check(quotation)
    assert found.verbatim, found
    assert found.nearest is None
    assert found.differences == ()


@pytest.mark.parametrize(
    ("quotation", "kind", "quoted", "printed"),
    [
        ("The harbour was closed at noon", "omitted", "", "— so the master’s report says —"),
        ("I asked the Commissar, Mr. Berg", "changed", "Commissar", "Commissioner"),
        ("whether the big grain-ships might", "added", "big", ""),
        ("I asked the commissioner, Mr. Berg", "changed", "commissioner", "Commissioner"),
        ("I asked the Commissioner; Mr. Berg", "changed", ";", ","),
        ("the grain-ships might leave", "omitted", "", ". . ."),
        ("might leave. He refused?", "changed", "?", "!"),
        ("boats left at 7 a. m., No. 41", "changed", "a", "p"),
        ("I asked the Commissioner [sic] Mr. whether", "omitted", "", "Berg,"),
    ],
)
def test_what_is_changed_is_shown(quotation: str, kind: str, quoted: str, printed: str) -> None:
    """One word, capital or sign that is not so makes it untrue, and is named."""
    found = check(quotation)
    assert not found.verbatim
    assert found.nearest is not None
    assert (kind, quoted, printed) in {(d.kind, d.quoted, d.printed) for d in found.differences}
    for difference in found.differences:
        assert TEXT[slice(*difference.span)] == difference.printed
        assert quotation[slice(*difference.quoted_span)] == difference.quoted


@pytest.mark.parametrize(
    "quotation",
    [
        "was closed … The harbour",
        "I asked [x] boats left at",
        "The master of the ship told me that his crew had fled to the hills",
    ],
)
def test_order_and_room(quotation: str) -> None:
    """Words must come in their order, and a bracket hides a few words, not a paragraph."""
    assert not check(quotation).verbatim


def test_spans_and_voice() -> None:
    """Each stretch without a gap has its span; the voice is the layer that holds it."""
    found = check("closed at noon … No vessel")
    assert [TEXT[a:b] for a, b in found.spans] == ["closed at noon", "No vessel"]
    assert found.voice == "body"
    assert check("Consul at Norhavn").voice == "heading"
    noted = check("the 3d of June")
    assert (noted.note, noted.voice) == ("2", "note")
    assert [NOTE[a:b] for a, b in noted.spans] == ["the 3d of June"]


def test_the_tightest_of_several_places() -> None:
    """Where the words before an ellipsis stand twice, those nearer to what follows are meant."""
    found = check("leave … tide")
    assert found.verbatim
    assert TEXT[found.spans[0][0] : found.spans[-1][1]] == "leave before to-day’s tide"


def test_nothing_like_it() -> None:
    """Words that have nothing to do with the text have no nearest passage."""
    found = check("zebra quagga okapi gnu")
    assert (found.verbatim, found.nearest, found.differences) == (False, None, ())


@pytest.mark.parametrize("quotation", ["", " … ", "[...]", "“ ”", "x" * (LONGEST + 1), "a … " * 50])
def test_what_cannot_be_checked(quotation: str) -> None:
    """No words, or too many, get one clear line."""
    with pytest.raises(QueryError, match="quotation"):
        check(quotation)


def test_bounded() -> None:
    """Many gaps among frequent words take no long time."""
    document = Document(
        id="c/d2", collection="c", source=Source(path="d", sha256=""), text="the and " * 4000
    )
    assert verify(document, "the … and [x] the [y] and … " * 9).verbatim
    assert not verify(document, "the … and [x] the [y] and … " * 9 + "but").verbatim


def test_phrase() -> None:
    """Elsewhere it is looked for by a dozen words of its longest stretch."""
    assert phrase("I asked … whether the ships might leave") == '"whether the ships might leave"'
    assert phrase("one … two") == ""
