"""Mentions are found in running text and taken apart."""

import pytest
from linking_papers import paper

from regesta.linking.base import Card, Mention, Passage
from regesta.linking.references import find
from regesta.linking.references.find import find_in
from regesta.linking.references.grammar import grammar
from regesta.linking.references.references import find_mentions


def found(text: str, language: str = "en", day: str = "1918-10-30") -> list[Mention]:
    """The mentions of a text written on a day."""
    card = Card(id="v/1", collection="v", day=day)
    passage = Passage(start=0, end=len(text), voice="body", card=card, languages=(language,))
    return find_in(text, passage, grammar(language))


def brief(mention: Mention) -> tuple[str, str, str, str]:
    """Owner, numbers, day and hour of a mention."""
    days = mention.days[0] if mention.days else ""
    return (mention.owner, "/".join(mention.numbers), days, "/".join(mention.times))


ENGLISH = [
    ("Your 513, October 24, 3 p.m. Following", [("you", "513", "1918-10-24", "15:00")]),
    (
        "Referring to my 401, September 14, 4 p.m., and 423 September 24, 7 p.m. All",
        [("me", "401", "1918-09-14", "16:00"), ("me", "423", "1918-09-24", "19:00")],
    ),
    ("Your 104 and 107. The", [("you", "104", "", ""), ("you", "107", "", "")]),
    ("Your 107 received today", [("you", "107", "", "")]),
    (
        "your 12 [21], October 2 [3], 10 a.m. [p.m.?].",
        [("you", "12/21", "1918-10-02", "10:00/22:00")],
    ),
    ("Your 26, May 3 [62, June 3] says", [("you", "26/62", "1918-05-03", "")]),
    ("Department’s [your] May 3, midnight,", [("", "", "1918-05-03", "24:00")]),
    (
        "your despatches Nos. 5 and 6 of May 3 and 4",
        [("you", "5", "1918-05-03", ""), ("you", "6", "1918-05-04", "")],
    ),
    (
        "your letters of May 3 and 4 before me",
        [("you", "", "1918-05-03", ""), ("you", "", "1918-05-04", "")],
    ),
    ("your note of the 12th instant", [("you", "", "1918-10-12", "")]),
    ("your despatch of the 8th ultimo, No. 484,", [("you", "484", "1918-09-08", "")]),
    ("yours of the 12th inst.", [("you", "", "1918-10-12", "")]),
    ("Your Excellency’s note of the 3d instant", [("you", "", "1918-10-03", "")]),
    ("my telegram of yesterday", [("me", "", "1918-10-29", "")]),
    ("my telegram of even date", [("me", "", "1918-10-30", "")]),
    ("my note of May 3 of last year", [("me", "", "1917-05-03", "")]),
    ("the Department’s 22, May 3, noon", [("home", "22", "1918-05-03", "12:00")]),
    (
        "the Consulate’s 89, paragraph 5; and 98, paragraph 5",
        [("mission", "89", "", ""), ("mission", "98", "", "")],
    ),
    ("Mr. Kell’s No. 12 of May 3", [("named", "12", "1918-05-03", "")]),
    ("the Embassy telegram No. 12", [("mission", "12", "", "")]),
    ("urtel 27 May 3", [("you", "27", "1918-05-03", "")]),
    ("Deptel 513, October 24", [("home", "513", "1918-10-24", "")]),
    ("Telegram 513 from Tarn, October 24, 1918, 3 p.m.", [("named", "513", "1918-10-24", "15:00")]),
    ("telegram to the Consul at Tarn, No. 52, July 31, ante", [("", "52", "1918-07-31", "")]),
    ("a note dated May 3, 1918, from the Ruritanian Minister", [("named", "", "1918-05-03", "")]),
    ("despatch No. 432/D of April 28,", [("", "432d", "1918-04-28", "")]),
    ("telegrams Nos. 12, 13, and 15 a week", [("", n, "", "") for n in ("12", "13", "15")]),
    ("December 30: your 7, December 31", [("you", "7", "1917-12-31", "")]),
    (
        "Your despatches (No. 5, dated May 26, and No. 6, of the same date) came",
        [("you", "5", "1918-05-26", ""), ("you", "6", "1918-05-26", "")],
    ),
    ("your No. 7, of the 31st instant", [("you", "7", "1918-10-31", "")]),
    ("my No. 6, of the same date,", [("me", "6", "1918-10-30", "")]),
]
NONE = [
    "my 3 letters", "your 48 hours", "our 1917 crop", "your recent telegram", "Note 12 of the bank",
    "my 4,500 men", "your 5 per cent", "the reply 3 of them gave", "My 3 p.m. train", "", "Your",
]  # fmt: skip
OTHERS = [
    ("de", "Euer Telegramm Nr. 12 vom 3. d. M.", [("you", "12", "1918-10-03", "")]),
    ("de", "auf den Bericht Nr. 45 vom 12. Oktober", [("", "45", "1918-10-12", "")]),
    ("de", "Ew. Exzellenz gefälliges Schreiben vom 3. v. M.", [("you", "", "1918-09-03", "")]),
    ("de", "Ihr Telegramm vom gestrigen Tage", [("you", "", "1918-10-29", "")]),
    ("de", "mein Drahtbericht Nr. 7 vom 2. Mai, 15 Uhr", [("me", "7", "1918-05-02", "15:00")]),
    ("de", "Ihr Schreiben vom 3. Mai v. J.", [("you", "", "1917-05-03", "")]),
    ("fr", "votre dépêche n° 45 du 12 courant", [("you", "45", "1918-10-12", "")]),
    ("fr", "votre dépêche confidentielle n° 4 du 3 mai", [("you", "4", "1918-05-03", "")]),
    ("fr", "mon télégramme d’hier", [("me", "", "1918-10-29", "")]),
    ("fr", "votre lettre du 12 du mois dernier", [("you", "", "1918-09-12", "")]),
]


@pytest.mark.parametrize(("text", "wanted"), ENGLISH)
def test_english(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    """Numbers, days, hours, rows and corrections are read as they are printed."""
    assert [brief(m) for m in found(text)] == wanted


@pytest.mark.parametrize("text", NONE)
def test_no_mention(text: str) -> None:
    """What counts things, or says neither number nor day, is no mention."""
    assert found(text) == []


@pytest.mark.parametrize(("language", "text", "wanted"), OTHERS)
def test_other_languages(language: str, text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    """German and French mentions are read by their own words."""
    assert [brief(m) for m in found(text, language)] == wanted


def test_offsets() -> None:
    """A mention stands where its words stand."""
    text = "We had your 513, October 24, and the Tarn Consulate’s No. 7 of May 3."
    assert [text[m.start : m.end] for m in found(text)] == [
        "your 513, October 24", "Tarn Consulate’s No. 7 of May 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sender", "recipient"),
    [
        ("telegram No. 5, May 3, from the Consul at Tarn,", "the Consul at Tarn", ""),
        ("letter from Mr. Kell to the Bank, May 3,", "Mr. Kell", "the Bank"),
        ("our note to you of May 3.", "", "you"),
        ("the War Office’s letter of May 3.", "War Office", ""),
        ("circular of May 3, 8 a.m., from Halden. Kell informs us", "Halden", ""),
        ("He is in Halden. Mr. Kell’s letter of May 3", "Mr. Kell", ""),
        ("by General. Kell’s letter of May 3", "General. Kell", ""),
    ],
)
def test_parties(text: str, sender: str, recipient: str) -> None:
    """Named senders and recipients are kept as printed."""
    mention = found(text)[0]
    assert (mention.sender, mention.recipient) == (sender, recipient)


def test_undated_text_tells_no_year() -> None:
    """Without a day of writing a day stays without year, and relative days mean nothing."""
    assert found("my 5, May 3", day="")[0].days == ("XXXX-05-03",)
    assert found("my letter of the 3d instant", day="")[0].days == ()


def test_impossible_days() -> None:
    """A day that no calendar has is no day."""
    assert found("your 5, June 31")[0].days == ()
    assert found("your 5, May 45")[0].numbers == ("5",)


def test_a_flood_of_mentions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of nothing but mentions is read as far as the bound, and no further."""
    monkeypatch.setattr(find, "MOST", 50)
    flood = paper("v/1", "Your 5, May 3; " * 900, date="1918-05-09")
    assert len(find_mentions(flood)) == 50
    noted = paper("v/2", "All.", notes=((3, "telegram No. 5, May 3, p. 7; " * 900),))
    assert 0 < len(find_mentions(noted)) <= 50


def test_an_instant_yet_to_come_was_the_last_month() -> None:
    """ "Of the 14th instant", written on the 5th, is the last month’s; the print stays possible."""
    (mention,) = found("your No. 484, of the 14th instant, came", day="1901-02-05")
    assert mention.days == ("1901-01-14", "1901-02-14")
